"""The lines of a PDF, page by page, and its pictures: the one module that knows PDFium."""

from collections.abc import Iterator
from io import BytesIO

import pypdfium2

_JOINED = "\ufffe"
"""What PDFium puts where a word is cut at the end of a line."""
MOST = 2_000_000
"""Signs of text that are read, at most: a page of ours has three thousand."""


def lines_of(content: bytes) -> Iterator[tuple[int, str]]:
    """Each line with its page, from 1; none where the pages are pictures, as a scan's are."""
    document = pypdfium2.PdfDocument(content)
    left = MOST
    try:
        for number in range(len(document)):
            page = document[number]
            held = page.get_textpage()
            text = held.get_text_bounded().replace(_JOINED, "")
            held.close()
            page.close()
            left -= len(text)
            if left < 0:
                return
            for line in text.splitlines():
                if words := " ".join(line.split()):
                    yield number + 1, words
    finally:
        document.close()


PICTURES, FIRST, POINTS = 40, 5, 16_000_000
"""Pictures that are taken, pages where they are looked for (a cover has them), points of each."""


def pictures_of(content: bytes) -> Iterator[bytes]:
    """The pictures of the first pages, as PNG or JPEG: where logos are looked for.

    One that PDFium cannot give is left out: what is drawn has no picture either.
    """
    document = pypdfium2.PdfDocument(content)
    left = PICTURES
    try:
        for number in range(min(FIRST, len(document))):
            page = document[number]
            for held in page.get_objects(filter=(pypdfium2.raw.FPDF_PAGEOBJ_IMAGE,)):
                width, height = held.get_px_size()
                if left and 0 < width * height <= POINTS:
                    left -= 1
                    yield from _picture(held)
            page.close()
    finally:
        document.close()


def _picture(held: pypdfium2.PdfImage) -> Iterator[bytes]:
    made = BytesIO()
    try:
        held.extract(made, fb_format="png")
    # PDFium and what it calls raise errors of many kinds on a damaged picture: all mean the same.
    except Exception:
        return
    yield made.getvalue()
