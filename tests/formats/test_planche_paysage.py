"""Landscape pages where they are hard to lay: first, last, after a table, one after another."""

import pytest
from lxml import etree

from dla_docs.formats.docx.sections import Sections, lay_sections
from dla_docs.formats.docx.wordml import W, style_of, w
from dla_docs.tree.nodes import Nodes, classes, div, para, string
from dla_docs.tree.passes import _open_landscape

TABLE = "<w:tbl/>"
START, END = (f'<w:p><w:pPr><w:pStyle w:val="{name}"/></w:pPr></w:p>'
              for name in ("DebutPaysage", "FinPaysage"))  # fmt: skip
TEXT = "<w:p><w:r><w:t>Du texte.</w:t></w:r></w:p>"


def section(orient: str) -> str:
    return f'<w:sectPr xmlns:w="{W}"><w:pgSz w:orient="{orient}"/><w:titlePg/></w:sectPr>'


def laid(*blocks: str) -> etree._Element:
    body = "".join(blocks) + section("portrait")
    root = etree.fromstring(f'<w:document xmlns:w="{W}"><w:body>{body}</w:body></w:document>')
    model = Sections(*(etree.fromstring(section(o)) for o in ("portrait", "landscape")))
    lay_sections(root, model)
    return root


def orients(root: etree._Element) -> list[str | None]:
    return [size.get(w("orient")) for size in root.iter(w("pgSz"))]


@pytest.mark.parametrize("inside", [TEXT, TABLE])
def test_a_page_between_texts_returns_to_portrait(inside: str) -> None:
    root = laid(TEXT, START, inside, END, TEXT)
    assert orients(root) == ["portrait", "landscape", "portrait"]


@pytest.mark.parametrize("inside", [TEXT, TABLE])
def test_no_portrait_page_follows_the_last_landscape_one(inside: str) -> None:
    assert orients(laid(TEXT, START, inside, END)) == ["portrait", "landscape"]


def test_a_mark_stays_only_after_a_table() -> None:
    root = laid(TEXT, START, TEXT, END, TABLE, START, TABLE, END, TEXT)
    marks = [style_of(paragraph) for paragraph in root.iter(w("p")) if style_of(paragraph)]
    assert marks == ["DebutPaysage", "FinPaysage"]


def test_the_cover_alone_has_no_header() -> None:
    root = laid(TEXT, START, TEXT, END, TEXT)
    assert [s.find(w("titlePg")) is not None for s in root.iter(w("sectPr"))] == [
        True,
        False,
        False,
    ]


def names(blocks: Nodes) -> list[str]:
    return [classes(b)[0] if b["t"] == "Div" else b["t"] for b in _open_landscape(blocks)]


def test_a_page_after_another_goes_on() -> None:
    page = div([para(string("Un"))], "page-paysage")
    assert names([page, page]) == ["debut-paysage", "Para", "Para", "fin-paysage"]


def test_an_empty_page_is_dropped() -> None:
    assert names([para(string("Un")), div([], "page-paysage")]) == ["Para"]


def test_what_comes_before_a_page_stays() -> None:
    page = div([para(string("Un"))], "page-paysage")
    assert names([para(string("Avant")), page])[:2] == ["Para", "debut-paysage"]
