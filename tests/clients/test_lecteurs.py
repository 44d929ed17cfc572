"""Libraries other than ours read the files: python-docx, odfdo, python-pptx, and pypdfium2."""

import re
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import docx
import odfdo
import pypdfium2
import pytest
from lxml import html
from outloud.model import Document as TaggedPdf
from pptx import Presentation

from dla_docs.tree.divisions import ONLY_HTML

pytestmark = pytest.mark.clients

Files = Callable[[str], dict[str, Path]]
Heading = tuple[int, str]


def both(fichiers: Files, kind: str) -> list[str]:
    """The documents that are a page and are in another format too: nearly all."""
    names = [name for name in fichiers("html") if name in fichiers(kind)]
    assert len(names) > 50
    return names


def page(path: Path) -> html.HtmlElement:
    """The main part of an HTML document, which the others are held against."""
    main = html.parse(str(path)).getroot().find(".//main")
    assert main is not None
    # What is for a screen alone is in no other format.
    for section in main.find_class(ONLY_HTML):
        section.drop_tree()
    return main


def html_headings(path: Path) -> list[Heading]:
    """Headings below the title of the cover, the first level being 1."""
    found = page(path).iter("h2", "h3", "h4", "h5", "h6")
    texts = [(int(node.tag[1]) - 1, str(node.text_content())) for node in found]
    return [(level, " ".join(text.split("\n"))) for level, text in texts if text != "Sommaire"]


def docx_headings(path: Path) -> list[Heading]:
    found = docx.Document(str(path)).paragraphs
    styled = [(node.style.name, node.text) for node in found if node.style is not None]
    return [(int(name[-1]), text) for name, text in styled if name.startswith("Heading ")]


def odt_headings(path: Path) -> list[Heading]:
    return [(int(node.level), node.inner_text) for node in odfdo.Document(path).body.headers]


def pdf_headings(path: Path) -> list[Heading]:
    with closing(pypdfium2.PdfDocument(path)) as document:
        return [(mark.level + 1, mark.get_title()) for mark in document.get_toc()]


LETTERS = re.compile(r"--(?:convocation|courrier|notification|communication|decision)-[\w-]+$")
"""How the names of letters end."""
HEADINGS = {"docx": docx_headings, "odt": odt_headings, "pdf": pdf_headings}


@pytest.mark.parametrize("kind", HEADINGS)
def test_headings_are_the_same_in_the_same_order(fichiers: Files, kind: str) -> None:
    pages = {name: html_headings(fichiers("html")[name]) for name in both(fichiers, kind)}
    assert {name: HEADINGS[kind](fichiers(kind)[name]) for name in pages} == pages
    # Letters alone have none.
    bare = {name for name, headings in pages.items() if not headings}
    assert [name for name in bare if not LETTERS.search(name)] == []


def docx_tables(path: Path) -> int:
    return len(docx.Document(str(path)).tables)


def odt_tables(path: Path) -> int:
    return len(odfdo.Document(path).body.get_tables())


def pdf_tables(path: Path) -> int:
    """Tagged tables, each with a header cell that says what it heads."""
    with closing(TaggedPdf(str(path))) as document:
        tables = [element for element in document.elements if element.type == "Table"]
        headed = [
            any(cell.type == "TH" and cell.attr("Scope") for cell in table.descendants())
            for table in tables
        ]
        return sum(headed)


TABLES = {"docx": docx_tables, "odt": odt_tables, "pdf": pdf_tables}


def html_tables(path: Path, kind: str) -> int:
    """The word processors lay signatures out in a table; the page and the PDF do without."""
    laid_out = len(page(path).find_class("signatures")) if kind in {"docx", "odt"} else 0
    return laid_out + sum(1 for _ in page(path).iter("table"))


@pytest.mark.parametrize("kind", TABLES)
def test_tables_are_as_many(fichiers: Files, kind: str) -> None:
    pages = {name: html_tables(fichiers("html")[name], kind) for name in both(fichiers, kind)}
    assert {name: TABLES[kind](fichiers(kind)[name]) for name in pages} == pages
    assert max(pages.values()) >= 5


TITLES: dict[str, Callable[[Path], str]] = {
    "docx": lambda path: docx.Document(str(path)).core_properties.title,
    "odt": lambda path: str(odfdo.Document(path).meta.title),
    "pdf": lambda path: pypdfium2.PdfDocument(path).get_metadata_value("Title"),
}


@pytest.mark.parametrize("kind", TITLES)
def test_title_property_is_the_title_of_the_page(fichiers: Files, kind: str) -> None:
    pages = {
        name: str(html.parse(str(fichiers("html")[name])).getroot().findtext(".//title"))
        for name in both(fichiers, kind)
    }
    assert {name: TITLES[kind](fichiers(kind)[name]) for name in pages} == pages


def test_presentations_have_a_title_property(fichiers: Files) -> None:
    """The title of the first slide opens it."""
    for name, path in fichiers("pptx").items():
        deck = Presentation(str(path))
        first = deck.slides[0].shapes.title
        assert first is not None and first.text_frame.text, name
        assert deck.core_properties.title.startswith(first.text_frame.text), name


def test_each_slide_has_a_title(fichiers: Files) -> None:
    untitled = [
        f"{name}:{rank}"
        for name, path in fichiers("pptx").items()
        for rank, slide in enumerate(Presentation(str(path)).slides, 1)
        if slide.shapes.title is None or not slide.shapes.title.text_frame.text.strip()
    ]
    assert untitled == []


def test_the_planche_has_the_same_headings_on_its_slides(fichiers: Files) -> None:
    deck = Presentation(str(fichiers("pptx")["territoire--planche"]))
    titles = [slide.shapes.title.text_frame.text for slide in deck.slides]
    due = [text for level, text in html_headings(fichiers("html")["territoire--planche"])
           if level == 1]  # fmt: skip
    first = [next(r for r, title in enumerate(titles) if title.startswith(text)) for text in due]
    assert first == sorted(first)
