"""The pictures of README.md: three pages of the demonstration and a chart.

`python -m tests.vitrine.images` writes them again; a test says when they are not fresh.
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
from dla_docs.select import Choice, Request
from dla_docs.workshop import here
from tests.planche.images import IMAGES, Cut, picture
from tests.scenes import JOUR, ROOT

MISSION = "2025-021-rapprochement-buech-jabron/phase-1-transition"
PAGE, CHART = 0.72, 1.5
"""Pixels a point: three pages stand side by side on a screen; a chart is read at its size."""
COLOURS = 200
"""Of a picture: logos have as many shades."""
LIMIT = 70_000
"""Bytes of a picture, at most: the first page of the project stays light."""


@dataclass(frozen=True)
class Shown:
    """A picture: the document it is of, and what is cut out of it."""

    document: str
    cut: Cut


SHOWN = (
    Shown(f"{MISSION}/rapport-final", Cut("page-rapport", 1, scale=PAGE, colours=COLOURS)),
    Shown(
        f"{MISSION}/cahier-des-charges",
        Cut("page-cahier-des-charges", 1, scale=PAGE, colours=COLOURS),
    ),
    Shown(
        "2025-021-rapprochement-buech-jabron/parcours-2025-021",
        Cut("page-parcours", 1, scale=PAGE, colours=COLOURS),
    ),
    Shown(
        f"{MISSION}/grille-analyse",
        # It ends its page: the rule of the foot is 14 pixels above the words.
        Cut(
            "graphique-grille",
            0,
            "Moyenne de chaque critère",
            "DLA des Hautes-Alpes",
            margin=14,
            scale=CHART,
        ),
    ),
)
"""In the order of README.md."""


def pictures(folder: Path) -> Iterator[tuple[str, Image.Image]]:
    """The pictures by name, of documents produced in a folder."""
    examined = examine(Workspace(ROOT), JOUR)
    wanted = {shown.document for shown in SHOWN}
    types = tuple({Path(name).name.removesuffix("-2025-021") for name in wanted})
    request = Request(scopes=("2025-021",), types=types, formats=("pdf",))
    chosen = [c for c in choose(request, examined) if _place(c) in wanted]
    list(render(tuple(chosen), request, examined, folder, here))
    for shown in SHOWN:
        with closing(pypdfium2.PdfDocument(folder / f"{shown.document}.pdf")) as document:
            yield shown.cut.name, picture(document[_page(document, shown.cut)], shown.cut)


def _page(document: pypdfium2.PdfDocument, cut: Cut) -> int:
    """The rank of the page of a picture: the one it names, or else that of its first words."""
    if cut.page:
        return cut.page - 1
    return next(rank for rank, page in enumerate(document) if _says(page, cut.start))


def _says(page: pypdfium2.PdfPage, words: str) -> bool:
    with closing(page.get_textpage()) as read:
        return read.search(words).get_next() is not None


def _place(choice: Choice) -> str:
    return f"{choice.document.folder}/{choice.document.stem}"


def main() -> None:
    """Write every picture again."""
    with tempfile.TemporaryDirectory() as folder:
        for name, drawn in pictures(Path(folder)):
            path = IMAGES / f"{name}.png"
            drawn.save(path, optimize=True)
            assert path.stat().st_size < LIMIT, path


if __name__ == "__main__":
    main()
