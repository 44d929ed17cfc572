"""A presentation in PDF: the slides of its PPTX, one a page, with the same words, titles, logos."""

import re
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import date
from pathlib import Path
from typing import Any
from unicodedata import normalize

import pypdfium2
import pytest
from outloud import check
from pptx import Presentation

from dla_docs.charter.charter import Charter
from dla_docs.documents.documents import Document
from dla_docs.engines.pandoc import Pandoc
from dla_docs.formats import Engines, Properties
from dla_docs.formats.slides.pages import write_slides_pdf
from dla_docs.model.workspace import Workspace
from dla_docs.tree.fingerprint import signature_in
from dla_docs.tree.passes import Tree
from dla_docs.tree.tables import tables
from tests.formats.test_produits_logos import figures
from tests.scenes import demonstration_logos, looked_at, presented

Made = Callable[..., bytes]
HOSTILE = r'#v(9em) *gras* _it_ $x$ `code` <clé> @ref // /* */ \ " [#pagebreak()] {1+1} ~ -- ...'


def path_of(folder: Path, document: Document, suffix: str) -> Path:
    return folder / document.folder / f"{document.stem}.{suffix}"


def letters(words: str) -> str:
    """A text without what lines and fonts change: spaces, composed letters, bullets, hyphens.

    PDFium gives U+FFFE for the hyphen that ends a line.
    """
    return re.sub("[•–\ufffe\x02-]", "", normalize("NFC", "".join(words.split())))


def pages(source: Path | bytes) -> list[str]:
    with closing(pypdfium2.PdfDocument(source)) as document:
        return [page.get_textpage().get_text_range() for page in document]


def said(slide: Any) -> Iterator[str]:
    """The paragraphs of a slide, its tables included, its footer and number aside."""
    for shape in slide.shapes:
        place = shape._element.xpath("string(.//p:nvPr/p:ph/@type)")
        if shape.has_text_frame and place not in {"ftr", "sldNum"}:
            yield from (p.text for p in shape.text_frame.paragraphs)
        if shape.has_table:
            yield from (cell.text for row in shape.table.rows for cell in row.cells)


@pytest.fixture(scope="module")
def made(racine: Path) -> Iterator[Made]:
    """The PDF of some Markdown shown as slides."""
    with Pandoc() as pandoc:
        engines = Engines(Charter(Workspace(racine)), pandoc)

        def make(markdown: str, title: str = "T", draft: bool = False) -> bytes:
            properties = Properties(title, "A", "2025-001", "S", date(2026, 1, 2), "dla:0", draft)
            (blocks,) = pandoc.read(markdown, [])
            return write_slides_pdf(Tree(tables(blocks), ()), properties, engines)

        yield make


def test_each_slide_is_a_page_with_the_same_words(documents_demo: Path) -> None:
    for document in looked_at(presented):
        slides = Presentation(str(path_of(documents_demo, document, "pptx"))).slides
        found = [letters(page) for page in pages(path_of(documents_demo, document, "pdf"))]
        assert len(found) == len(slides), document.label
        for page, slide in zip(found, slides, strict=True):
            # A kind is printed in capitals.
            shown = page.casefold()
            assert [w for w in said(slide) if letters(w).casefold() not in shown] == []


def test_pages_are_as_wide_as_slides(documents_demo: Path) -> None:
    for document in looked_at(presented):
        with closing(pypdfium2.PdfDocument(path_of(documents_demo, document, "pdf"))) as pdf:
            assert {page.get_size() for page in pdf} == {(960.0, 540.0)}, document.label


def test_titles_of_slides_are_headings(documents_demo: Path) -> None:
    for document in looked_at(presented):
        slides = Presentation(str(path_of(documents_demo, document, "pptx"))).slides
        with closing(pypdfium2.PdfDocument(path_of(documents_demo, document, "pdf"))) as pdf:
            toc = [letters(mark.get_title()) for mark in pdf.get_toc()]
        assert toc == [letters(slide.shapes.title.text_frame.text) for slide in slides]


def test_cover_shows_the_owed_logos_in_order(documents_demo: Path) -> None:
    for document in looked_at(presented):
        owed = [logo.alternative for logo in demonstration_logos(document)]
        with closing(pypdfium2.PdfDocument(path_of(documents_demo, document, "pdf"))) as pdf:
            assert [words for words, _ in figures(pdf[0])] == owed, document.label


def test_both_formats_hold_one_empreinte(documents_demo: Path) -> None:
    for document in looked_at(presented):
        files = [path_of(documents_demo, document, suffix) for suffix in ("pdf", "pptx")]
        assert len({signature_in(file.read_bytes()) for file in files}) == 1, document.label


def test_an_accessibility_checker_finds_nothing(documents_demo: Path) -> None:
    for document in looked_at(presented):
        result = check(str(path_of(documents_demo, document, "pdf")))
        # TBL-014: ruled tables that it believes untagged (`tests/clients/test_validateurs.py`).
        serious = [f for f in result.findings if f.severity != "info" and f.rule != "TBL-014"]
        assert (result.error, serious) == (None, []), document.label


def test_hostile_words_come_out_as_themselves(made: Made) -> None:
    told = letters(HOSTILE)
    code = "".join(f"\\{c}" if not c.isalnum() and c != " " else c for c in HOSTILE)
    grid = f'::: {{.tableau largeurs="50,50"}}\n- - A\n  - B\n- - {code}\n  - b\n:::\n'
    shown = pages(made(f"# {code}\n\n{code}\n\n- {code}\n\n# Deux\n\n{grid}", title=HOSTILE))
    # A title too long for the first slide is whole on the second.
    said_in_full = ("title", "paragraph", "item", "cell")
    assert "".join(map(letters, shown)).count(told) >= len(said_in_full)


def test_a_word_longer_than_a_line_stays_on_its_page(made: Made) -> None:
    content = made(f"# Titre\n\n{'m' * 300}\n\n- {'n' * 200}\n")
    with closing(pypdfium2.PdfDocument(content)) as pdf:
        edges = [obj.get_bounds()[2] for obj in pdf[1].get_objects(filter=[1])]
    assert max(edges) <= 911


def test_lists_keep_their_numbers_and_their_depth(made: Made) -> None:
    _, page = pages(made("# Titre\n\n3. trois\n4. quatre\n    - sous\n    - dessous\n5. cinq\n"))
    assert [mark in page for mark in ("3.", "4.", "5.", "– sous")] == [True] * 4


def test_what_no_font_prints_is_a_sign_with_its_name(made: Made) -> None:
    content = made("# Titre \U00013080\n\nUn œil \U00013080 peint.\n")
    with closing(pypdfium2.PdfDocument(content)) as pdf:
        names = [words for words, _ in figures(pdf[1])]
    assert names == ["caractère egyptian hieroglyph d010"] * 2


def test_a_draft_says_so_on_every_page(made: Made) -> None:
    assert [page.count("PROJET") > 0 for page in pages(made("# T\n\nTexte.", draft=True))] == [
        True
    ] * 2
    assert not any("PROJET" in page for page in pages(made("# T\n\nTexte.")))
