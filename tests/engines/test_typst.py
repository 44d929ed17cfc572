"""Typst sets a page a notch tighter where that fills it, and as it was where it cannot write it."""

import datetime
import io

import pypdfium2

from dla_docs.engines.typst import compile_pdf

DAY = datetime.date(2026, 1, 1)
SOURCE = """#set document(title: "Essai")
#set text(lang: "fr")
#if sys.inputs.at("cran") == "0" { [Un]; pagebreak(); [Deux] } else { %s }
#context [#metadata((what: "document", page: here().page(), filled: 0.1)) <fin>]
"""


def pages(tight: str) -> int:
    made = compile_pdf(SOURCE % tight, {"carre.svg": SQUARE}, DAY, ())
    return len(pypdfium2.PdfDocument(io.BytesIO(made)))


SQUARE = b"<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 9 9'><path d='M0 0h9v9z'/></svg>"


def test_a_last_page_nearly_empty_is_gained_by_a_notch() -> None:
    assert pages("[Un et deux]") == 1


def test_a_notch_that_cannot_be_written_is_left() -> None:
    """An image without alternative text is laid out, and refused by PDF/UA once written."""
    assert pages('image("carre.svg")') == 2
