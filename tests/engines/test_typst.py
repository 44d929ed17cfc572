"""Typst sets a page a notch tighter where that fills it, and as it was where it cannot write it."""

import datetime
import io
import subprocess
import sys

import pypdfium2

from dla_docs.engines.typst import compile_pdf

DAY = datetime.date(2026, 1, 1)
SOURCE = """#set document(title: "Essai")
#set text(lang: "fr")
#import "cran.typ": cran
#if cran == 0 { [Un]; pagebreak(); [Deux] } else { %s }
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


LONG = """
import datetime, resource
from dla_docs.engines.typst import compile_pdf
page = '#set document(title: "Essai")\\n#set text(lang: "fr")\\n'
page += '#for rank in range(60) [Numéro %d #rank #lorem(40) \\n\\n #grid(..range(40).map(str))]'
page += '#context [#metadata((what: "document", page: here().page(), filled: 0.1)) <fin>]'
for number in range(12):
    compile_pdf(page % number, {}, datetime.date(2026, 1, 1), ())
print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)
"""


BETWEEN = "import subprocess, sys; subprocess.run([sys.executable, '-c', sys.argv[1]], check=True)"
"""A peak begins with that of the process it was made from: this one is small."""


def test_former_documents_leave_the_memory() -> None:
    """The peak is 120 MB, and three times as much where they stay."""
    command = [sys.executable, "-c", BETWEEN, LONG]
    done = subprocess.run(command, capture_output=True, check=True)
    assert int(done.stdout) < 220 * 1024
