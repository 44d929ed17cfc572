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
from tests.clients.outils import drop_drawn

pytestmark = pytest.mark.clients

Files = Callable[[str], dict[str, Path]]
Heading = tuple[int, str, str]
"""Its level, its number if it has one, and its words."""


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
    found = []
    for node in page(path).iter("h2", "h3", "h4", "h5", "h6"):
        numbers = node.find_class("numero")
        said = "".join(number.text_content() for number in numbers)
        words = str(node.text_content()).removeprefix(said).replace("\n", " ")
        # The title of a survey, below its letter, is no heading of the others.
        if words != "Sommaire" and "titre-principal" not in node.classes:
            found.append((int(node.tag[1]) - 1, said.strip(" "), words))
    return found


def tabbed(level: int, words: str) -> Heading:
    """A heading whose number is written before it, a tab between them."""
    number, _, title = words.strip("\t").rpartition("\t")
    return level, number, title


def docx_headings(path: Path) -> list[Heading]:
    """A heading of an article says its number; the list of its style numbers that of a part."""
    found: list[Heading] = []
    rank = 0
    for node in docx.Document(str(path)).paragraphs:
        styles = [node.style] if node.style is not None else []
        while styles and styles[-1].base_style is not None:
            styles.append(styles[-1].base_style)
        levels = [style.name[-1] for style in styles if style.name.startswith("Heading ")]
        if not levels:
            continue
        lists = [style.element.find(".//{*}numPr/{*}numId") for style in styles]
        list_id = next((one.val for one in lists if one is not None), 0)
        level, number, title = tabbed(int(levels[0]), node.text)
        if list_id:
            rank += 1
            number = f"{rank} {number}".strip()
        found.append((level, number, title))
    return found


def odt_headings(path: Path) -> list[Heading]:
    """Those of an outline that numbers its first level say no number, articles do."""
    document = odfdo.Document(path)
    outline = document.get_part("styles").root.get_element("//text:outline-level-style")
    counted = outline is not None and bool(outline.get_attribute("style:num-format"))
    found: list[Heading] = []
    rank = 0
    for node in document.body.headers:
        level, number, title = tabbed(int(node.level), node.inner_text)
        if counted and level == 1 and not node.get_attribute("text:is-list-header"):
            rank += 1
            number = str(rank)
        found.append((level, number, title))
    return found


def pdf_headings(path: Path) -> list[Heading]:
    """The bookmarks, which say the number before the words."""
    with closing(pypdfium2.PdfDocument(path)) as document:
        return [(mark.level + 1, "", mark.get_title()) for mark in document.get_toc()]


LETTERS = re.compile(r"--(?:convocation|courrier|notification|communication|decision)-[\w-]+$")
"""How the names of letters end."""
HEADINGS = {"docx": docx_headings, "odt": odt_headings, "pdf": pdf_headings}


@pytest.mark.parametrize("kind", HEADINGS)
def test_headings_are_the_same_in_the_same_order(fichiers: Files, kind: str) -> None:
    pages = {name: html_headings(fichiers("html")[name]) for name in both(fichiers, kind)}
    assert any(number for headings in pages.values() for _, number, _ in headings)
    if kind == "pdf":
        pages = {
            name: [(level, "", f"{number} {words}".strip()) for level, number, words in headings]
            for name, headings in pages.items()
        }
    assert {name: HEADINGS[kind](fichiers(kind)[name]) for name in pages} == pages
    # Letters alone have none.
    bare = {name for name, headings in pages.items() if not headings}
    assert [name for name in bare if not LETTERS.search(name)] == []


LOOKS = {"Table", "TableDense"}
"""The styles of the tables of data."""


def docx_tables(path: Path) -> int:
    """Tables of figures or words; what lays a page out has neither their style nor a head."""
    tables = docx.Document(str(path)).tables
    headed = [table for table in tables if table._tbl.find(".//{*}tblHeader") is not None]
    styled = [table for table in tables if table.style is not None and table.style.name in LOOKS]
    assert len(headed) == len(styled), path.name
    return len(headed)


def odt_tables(path: Path) -> int:
    """The same; those that lay a page out are named for what they lay out."""
    tables = odfdo.Document(path).body.get_tables()
    headed = [table for table in tables if table.get_element("table:table-header-rows") is not None]
    named = [table for table in tables if (table.style or "").startswith("Table")]
    assert len(headed) == len(named), path.name
    return len(headed)


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
    root = page(path)
    return sum(1 for _ in root.iter("table")) - (drop_drawn(root) if kind == "pdf" else 0)


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
    """The title of the first slide ends it: the type of the document comes before."""
    for name, path in fichiers("pptx").items():
        deck = Presentation(str(path))
        first = deck.slides[0].shapes.title
        assert first is not None and first.text_frame.text, name
        title = deck.core_properties.title.casefold()
        assert title.endswith(first.text_frame.text.casefold()), name


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
    headings = html_headings(fichiers("html")["territoire--planche"])
    due = [f"{number}.\u00a0{words}" for level, number, words in headings if level == 1]
    assert len(due) > 3
    first = [next(r for r, title in enumerate(titles) if title.startswith(text)) for text in due]
    assert first == sorted(first)
