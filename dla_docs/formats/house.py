"""What every writer needs and shares: the layout, pandoc, the properties, the sizes of logos."""

import datetime
from collections.abc import Callable
from dataclasses import dataclass
from math import sqrt

from dla_docs.images import Image
from dla_docs.layout import Layout
from dla_docs.pandoc import Pandoc
from dla_docs.typst_engine import rasterise
from dla_docs.walk import Node, Nodes, classes, nodes, rebuild, text

LANGUAGE = "fr-FR"
SIGNATURES_A_ROW = 3
EM_SPACE = "\u2003"


@dataclass(frozen=True)
class Properties:
    """What a file says of itself. `subject` is the dossier or the record it is about."""

    title: str
    author: str
    reference: str
    subject: str
    date: datetime.date

    @property
    def epoch(self) -> int:
        """Midnight UTC of the document's day, in seconds: the date of every file inside."""
        midnight = datetime.datetime.combine(self.date, datetime.time(), datetime.UTC)
        return int(midnight.timestamp())

    def office(self) -> dict[str, str]:
        """Metadata of DOCX and ODT: any other key would leak into their custom properties."""
        return {
            "title": self.title,
            "author": self.author,
            "lang": LANGUAGE,
            "subject": self.subject,
            "reference": self.reference,
        }

    def page(self) -> dict[str, str]:
        """Metadata of the HTML and Typst page templates."""
        return {
            "lang": LANGUAGE,
            "titre": self.title,
            "auteur": self.author,
            "reference": self.reference,
            "description": self.subject,
            "annee": str(self.date.year),
            "mois": str(self.date.month),
            "jour": str(self.date.day),
        }


@dataclass(frozen=True)
class House:
    """The layout and the engines of a run."""

    layout: Layout
    pandoc: Pandoc


@dataclass(frozen=True)
class Placed:
    """An image in a row of logos or alone in the text; `height` and `width` in millimetres."""

    rank: int
    image: Image
    alternative: str
    width: float
    height: float


def row_of_logos(band: Node, images: tuple[Image, ...], layout: Layout) -> list[Placed]:
    """Sizes of a band: one height for all, smaller when the row is too wide.

    The European Union's block grows to be at least as large as the largest other logo (annexe B).
    """
    found = [(image, _rank(image)) for image in nodes(band, "Image")]
    ratios = [images[rank].ratio for _, rank in found]
    scales = [
        max(1.0, sqrt(max(ratios) / ratio)) if "europe" in classes(image) else 1.0
        for (image, _), ratio in zip(found, ratios, strict=True)
    ]
    gaps = layout.logo_gap * (len(found) - 1)
    total = sum(r * s for r, s in zip(ratios, scales, strict=True))
    height = min(layout.logo_height, (layout.text_width - gaps) / total) if total else 0.0
    return [
        Placed(rank, images[rank], alternative(image), height * ratio * scale, height * scale)
        for (image, rank), ratio, scale in zip(found, ratios, scales, strict=True)
    ]


def in_text(image: Node, images: tuple[Image, ...], layout: Layout) -> Placed:
    """Size of an image of the text: its own at 96 pixels an inch, never wider than the text."""
    rank = _rank(image)
    drawing = images[rank]
    width = min(drawing.width * 25.4 / 96, layout.text_width)
    return Placed(rank, drawing, alternative(image), width, width / drawing.ratio)


def raster(placed: Placed) -> tuple[str, bytes]:
    """Mime type and bytes of an image for programs that do not draw SVG."""
    if placed.image.kind == "svg":
        return "image/png", rasterise(placed.image.content, "svg", placed.height)
    return f"image/{placed.image.kind}", placed.image.content


def alternative(image: Node) -> str:
    """The alternative text of an image."""
    return text(image["c"][1]).strip()


def cells_of(division: Node) -> list[Nodes]:
    """The contents of a division `signatures`: one cell a signatory."""
    return [cell for block in division["c"][1] if block["t"] == "BulletList" for cell in block["c"]]


def rows(cells: list[Nodes], empty: Nodes) -> list[list[Nodes]]:
    """Cells in rows as even as can be, never more than three wide; the last is completed."""
    count = -(-len(cells) // SIGNATURES_A_ROW)
    width = -(-len(cells) // count) if count else 0
    found = [cells[i : i + width] for i in range(0, len(cells), width)] if width else []
    return [row + [empty] * (width - len(row)) for row in found]


def divisions(blocks: Nodes, dress: dict[str, Callable[[Node], Nodes]]) -> Nodes:
    """Replace each division whose class has a dress in this format."""

    def change(inner: Nodes) -> Nodes:
        result: Nodes = []
        for block in inner:
            name = next((c for c in classes(block) if c in dress), None)
            is_division = block["t"] == "Div" and name
            result.extend(dress[name](block) if is_division and name else [block])
        return result

    rebuilt: Nodes = rebuild(blocks, blocks=change)
    return rebuilt


def _rank(image: Node) -> int:
    return int(str(image["c"][2][0]).removeprefix("image:"))
