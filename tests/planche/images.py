"""The pictures of docs/guides/vocabulaire.md, cut out of the planche.

`python -m tests.planche.images` writes them again.
"""

import tempfile
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

import pypdfium2
from PIL import Image

from dla_docs.flow import choose, examine, render
from dla_docs.model.workspace import Workspace
from dla_docs.select import Request
from dla_docs.workshop import here
from tests.scenes import JOUR

HERE = Path(__file__).resolve().parent
IMAGES = HERE.parent.parent / "docs" / "images"
SCALE = 1.35
LIMIT = 60_000
"""Bytes of a picture, at most: the documentation stays light."""


@dataclass(frozen=True)
class Cut:
    """A part of a page: from the top of a text to the top of another, or to the end of the page."""

    name: str
    page: int
    start: str = ""
    end: str = ""
    margin: int = 6
    scale: float = SCALE
    colours: int = 48


CUTS = (
    Cut("couverture", 1, scale=0.75),
    Cut("fiche", 1, "Établie le", "Accompagnement DLA"),
    Cut("encadre", 2, "À retenir", "Une mention"),
    Cut("tableau", 3, "Un tableau court", "Action numéro 5"),
    Cut("graphique", 4, "Jours d’intervention", "Tableau large", margin=14),
    Cut("page-paysage", 5, scale=0.75),
    Cut("cases", 6, "L’accompagnement", "Votre nom"),
    Cut("reponse", 6, "Votre nom", "Point à vérifier", margin=14),
    Cut("case", 6, "Point à vérifier", "DLA des Hautes-Alpes", margin=14),
    Cut("signatures", 7, "Fait à Gap", "DLA des Hautes-Alpes", margin=14),
)


def main() -> None:
    """Write every picture again."""
    IMAGES.mkdir(parents=True, exist_ok=True)
    with closing(pypdfium2.PdfDocument(_planche())) as document:
        for cut in CUTS:
            path = IMAGES / f"{cut.name}.png"
            picture(document[cut.page - 1], cut).save(path, optimize=True)
            assert path.stat().st_size < LIMIT, path


def _planche() -> bytes:
    """The PDF of the planche."""
    examined = examine(Workspace(HERE), JOUR)
    request = Request(types=("planche",), formats=("pdf",))
    with tempfile.TemporaryDirectory() as folder:
        (made,) = render(choose(request, examined), request, examined, Path(folder), here)
        (path,) = made.written
        return path.read_bytes()


def picture(page: pypdfium2.PdfPage, cut: Cut) -> Image.Image:
    """What is cut out of a page, in few colours."""
    drawn = page.render(scale=cut.scale).to_pil().convert("RGB")
    tops = [round((page.get_height() - y) * cut.scale) for y in _tops(page, cut)]
    top = max(0, tops[0] - 6) if cut.start else 0
    bottom = tops[-1] - cut.margin if cut.end else drawn.height
    part = drawn.crop((0, top, drawn.width, bottom))
    if cut.start:
        # No more white around it than beside the text.
        box = part.convert("L").point(lambda level: 255 * (level < 250)).getbbox()
        assert box is not None, cut.name
        left, right = max(0, box[0] - 8), min(part.width, box[2] + 8)
        part = part.crop((left, max(0, box[1] - 8), right, min(part.height, box[3] + 8)))
    else:
        framed = Image.new("RGB", (part.width + 2, part.height + 2), "#B4C1D3")
        framed.paste(part, (1, 1))
        part = framed
    return part.quantize(cut.colours)


def _tops(page: pypdfium2.PdfPage, cut: Cut) -> Iterator[float]:
    """Where the texts that bound a cut begin, in points from the foot of the page."""
    past = 0
    with closing(page.get_textpage()) as read:
        for sought in filter(None, (cut.start, cut.end)):
            place = read.search(sought, index=past).get_next()
            assert place is not None, sought
            # The end is looked for after the start: both may have the same words.
            past = sum(place)
            yield read.get_charbox(place[0], loose=True)[3]


if __name__ == "__main__":
    main()
