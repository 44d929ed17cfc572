"""What every writer needs and shares: the layout, pandoc, the sizes of logos."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from itertools import zip_longest
from math import fsum, sqrt

from dla_docs.charter.charter import Charter
from dla_docs.engines.fonts import FALLBACK, needs_fallback
from dla_docs.engines.images import Image
from dla_docs.engines.pandoc import Pandoc
from dla_docs.engines.typst import rasterise
from dla_docs.formats.draft import marked
from dla_docs.formats.properties import Properties
from dla_docs.formats.widths import uncut
from dla_docs.tree.charts import Native, with_drawings
from dla_docs.tree.divisions import DECORATIVE, LOGOS, NOT_BOOK, ONLY_BOOK, ONLY_HTML
from dla_docs.tree.nodes import (
    Node,
    Nodes,
    attributes,
    classes,
    each,
    inner,
    is_div,
    items,
    nodes,
    pairs,
    string,
    target,
    text,
)
from dla_docs.tree.passes import Tree, anchored
from dla_docs.tree.tables import SHEET

SIGNATURES_A_ROW = 2
"""Room to sign and stamp: 72 mm each."""
TELEPHONE = 80.0
"""Width for which a drawing is made for a telephone, in millimetres of 96 pixels an inch: shown on
350 pixels of 390, its letters are of 14."""
LOGOS_A_ROW, LEAST_LOGO = 5, 10.0
"""Logos on one row, at most, and their least height in millimetres (charte des pages)."""
GRID_COLUMNS = 3
"""Of several rows of logos: rows of four have no columns in common."""
BY_HAND = ("Fait à, le", "Le", "Signature et cachet", "Date et signature")
"""What one fills in by hand in a box to sign: the first two end on a line."""
ROUNDING = 1.005
"""Sizes are written to the hundredth of a millimetre: « at least as large » survives it."""

EN_SPACE = "\u2002"
"""Half an em, in any font: the space between logos is counted in them."""
TICKED = {"☐": False, "☑": True, "☒": True}
"""Boxes to tick, and whether they are ticked."""


@dataclass(frozen=True)
class Engines:
    """The layout and the engines of a run."""

    charter: Charter
    pandoc: Pandoc
    _families: dict[str, "Engines"] = field(default_factory=dict, compare=False, repr=False)

    def of(self, family: str) -> "Engines":
        """The same, in the colours of a family of documents: one for all documents of a run."""
        if family not in self._families:
            charter = replace(self.charter, family=family)
            self._families[family] = replace(self, charter=charter)
        return self._families[family]


@dataclass(frozen=True)
class Placed:
    """An image in a row of logos or alone in the text; `height` and `width` in millimetres."""

    rank: int
    image: Image
    alternative: str
    width: float
    height: float
    decorative: bool = False
    families: tuple[str, ...] = ()


def prepared(
    tree: Tree,
    properties: Properties,
    charter: Charter,
    web: bool = False,
    native: Native | None = None,
    width: float = 0.0,
    bare: bool = False,
) -> Tree:
    """What each writer begins with: charts drawn in the family's colours, the draft's mark.

    What is for a screen alone, and the links to it, are kept in a page of the `web`; `native` makes
    charts that the format's programs edit. Charts are as wide as the text, or `width` millimetres;
    `bare`: without the tables that a drawing of that width makes needless.
    """
    paged = each(tree.blocks, "Div", _paged)
    shown = paged if web else without_web(paged)
    wide = width or charter.text_width
    narrow = TELEPHONE if web else 0.0
    blocks, images = with_drawings(shown, tree.images, charter.values, wide, native, narrow, bare)
    # The name of a sheet is for a workbook: pandoc would write it in a page.
    blocks = each(blocks, "Table", _unnamed)
    size = float(charter.values["tailles"]["tableau"])
    blocks = each(blocks, "Table", lambda table: uncut(table, wide, size))
    return Tree(marked(blocks) if properties.draft else blocks, images)


def _paged(division: Node) -> Nodes:
    """A division of pages: none of a workbook; what only a workbook does without, as plain text."""
    if is_div(division, ONLY_BOOK):
        return []
    return inner(division) if is_div(division, NOT_BOOK) else [division]


def without_web(blocks: Nodes) -> Nodes:
    """The blocks that every format has: without what is for a screen alone, and links to it."""
    if not any(is_div(division, ONLY_HTML) for division in nodes(blocks, "Div")):
        return blocks
    return anchored(each(blocks, "Div", lambda d: [] if is_div(d, ONLY_HTML) else [d]))


def _unnamed(table: Node) -> Nodes:
    """A table without the name of its sheet."""
    kept = {name: value for name, value in pairs(table).items() if name != SHEET}
    return [{"t": "Table", "c": [attributes(**kept), *table["c"][1:]]}]


def rows_of_logos(band: Node, tree: Tree, charter: Charter) -> list[list[Placed]]:
    """A band in rows, with sizes: one height for all those of a document, so that the widest fits.

    Five logos are a row, unless they would be under the least height; more are rows of three, or of
    four where that saves a row. The European Union's block grows to be at least as large as the
    largest other logo of the document, whatever row that one is in (annexe B).
    """
    every = [d for d in nodes(tree.blocks, "Div") if is_div(d, LOGOS)]
    ratios = [tree.images[_rank(image)].ratio for d in every for image in nodes(d, "Image")]
    widest = max(ratios, default=1.0)

    def scale(image: Node) -> float:
        """How much larger than the common height an image is drawn."""
        # Areas are compared: of the logos of one height, the widest is the largest.
        ratio = tree.images[_rank(image)].ratio
        return max(1.0, ROUNDING * sqrt(widest / ratio)) if "europe" in classes(image) else 1.0

    def highest(rows: list[Nodes]) -> float:
        """The height at which rows fit the width of the text, their columns in line up to three."""
        if len(rows) > 1 and len(rows[0]) > GRID_COLUMNS:
            return min(highest([row]) for row in rows)
        wide = [[tree.images[_rank(image)].ratio * scale(image) for image in row] for row in rows]
        columns = [max(column) for column in zip_longest(*wide, fillvalue=0.0)]
        room = charter.text_width - charter.logo_gap * (len(columns) - 1)
        # Not `sum`: it rounds floats otherwise since Python 3.12, and bytes hold on every one.
        return room / fsum(columns) if columns else charter.logo_height

    def split(division: Node) -> list[Nodes]:
        images = list(nodes(division, "Image"))
        for size in (LOGOS_A_ROW, 4, 3, 2):
            rows = [images[i : i + size] for i in range(0, len(images), size)]
            # Five are a row; four a row save a third one to seven or eight.
            even = len(rows) == 1 or size <= GRID_COLUMNS or (size == 4 and len(images) in {7, 8})
            if even and highest(rows) >= LEAST_LOGO:
                return rows
        return [[image] for image in images]

    heights = [highest(split(division)) for division in every]
    height = min((charter.logo_height, *heights))

    def placed(image: Node) -> Placed:
        drawing, size = tree.images[_rank(image)], height * scale(image)
        words, fonts = alternative(image), families_of(drawing, charter)
        wide = size * drawing.ratio
        return Placed(_rank(image), drawing, words, wide, size, families=fonts)

    return [[placed(image) for image in row] for row in split(band)]


def in_text(image: Node, images: tuple[Image, ...], charter: Charter) -> Placed:
    """Size of an image of the text: its own at 96 pixels an inch, within the text of a page.

    One that says nothing is decorative: an accessible PDF admits no other (PDF/UA-1, 7.3).
    """
    rank = _rank(image)
    drawing = images[rank]
    most = min(charter.text_width, charter.picture_height * drawing.ratio)
    width = min(drawing.width * 25.4 / 96, most)
    words = "" if DECORATIVE in classes(image) else alternative(image)
    fonts = families_of(drawing, charter)
    return Placed(rank, drawing, words, width, width / drawing.ratio, not words, fonts)


def families_of(image: Image, charter: Charter) -> tuple[str, ...]:
    """The fonts of the words of a drawing, with those that complete them where they serve."""
    more = needs_fallback(image.words, charter.families)
    return (*charter.families, FALLBACK) if more else charter.families


def raster(placed: Placed) -> tuple[str, bytes]:
    """Mime type and bytes of an image for programs that do not draw SVG.

    Pandoc writes no PNG beside an SVG: LibreOffice shows a blank (measured). Raises EngineError.
    """
    if placed.image.kind == "svg":
        return "image/png", rasterise(placed.image.content, "svg", placed.height, placed.families)
    return f"image/{placed.image.kind}", placed.image.content


def alternative(image: Node) -> str:
    """The alternative text of an image."""
    return text(inner(image)).strip()


def parts_of(division: Node) -> tuple[Nodes, list[Nodes]]:
    """A division `cases`: the question's paragraphs, and the choices of its lists."""
    content = inner(division)
    question = [block for block in content if block["t"] != "BulletList"]
    return question, items(content)


def answer(division: Node) -> tuple[Nodes, int]:
    """A division `reponse`: the inlines of its label, and how many lines there are to write on."""
    label = [inline for block in inner(division) for inline in block["c"]]
    return label, max(1, int(pairs(division).get("lignes", "1")))


def cells_of(division: Node) -> list[Nodes]:
    """The contents of a division `signatures`: one cell a signatory."""
    return items(inner(division))


def by_hand(block: Node, rule: Node) -> Nodes:
    """A line that one completes by hand, a rule after what each place asks; nothing of another."""
    if block["t"] not in {"Para", "Plain"} or text(block).strip() not in BY_HAND[:2]:
        return []
    asked = text(block).strip().split(",")
    parts = [asked[0], *(f",{part}" for part in asked[1:])]
    return [node for part in parts for node in (*string(part), rule)]


def rows(cells: list[Nodes], empty: Nodes) -> list[list[Nodes]]:
    """Cells in rows as even as can be, never more than three wide; the last is completed."""
    count = -(-len(cells) // SIGNATURES_A_ROW)
    width = -(-len(cells) // count) if count else 0
    lines = [cells[i : i + width] for i in range(0, len(cells), width)] if width else []
    return [line + [empty] * (width - len(line)) for line in lines]


def dressed(blocks: Nodes, dress: dict[str, Callable[[Node], Nodes]]) -> Nodes:
    """Replace each division whose class has a dress in this format."""

    def change(division: Node) -> Nodes:
        name = next((name for name in classes(division) if name in dress), None)
        return dress[name](division) if name else [division]

    return each(blocks, "Div", change)


def _rank(image: Node) -> int:
    return int(target(image).removeprefix("image:"))
