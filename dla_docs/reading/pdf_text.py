"""The lines of a PDF as they are laid on its pages, and its pictures: all that knows PDFium."""

import ctypes
import re
from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO

import pypdfium2

Damaged = pypdfium2.PdfiumError
"""What PDFium raises of a file that is cut, though qpdf mends it."""
_JOINED = "\ufffe"
"""What PDFium puts where a word is cut at the end of a line."""
MOST = 2_000_000
"""Signs of text that are read, at most: a page of ours has three thousand."""
_APART = 0.7
"""Height of letters, at least, between two cells of a row: words of a sentence have a third of it,
and half where they are spread to fill a line."""
RULES = 2_000
"""Drawn objects of a page that are looked at, at most: the rules of a table are among them."""
_THIN, _LONG = 3.0, 20.0
"""Points: what is a rule is no thicker, and no shorter."""
_BOLD = re.compile(r"bold|black|heavy|demi", re.I)


@dataclass(frozen=True)
class Piece:
    """Words of a line that nothing parts, from a point of the page to another."""

    left: float
    right: float
    text: str


@dataclass(frozen=True)
class Line:
    """A line of a page, from 1: its words, the pieces that wide gaps part, how it is set.

    `base` is the height of its middle above the foot of the page, `size` that of its letters.
    """

    page: int
    text: str
    pieces: tuple[Piece, ...] = ()
    base: float = 0.0
    size: float = 0.0
    bold: bool = False


def lines_of(content: bytes) -> Iterator[Line]:
    """Each line of text in reading order; none where the pages are pictures, as a scan's are."""
    document = pypdfium2.PdfDocument(content)
    left = MOST
    try:
        for number in range(len(document)):
            page = document[number]
            held = page.get_textpage()
            text = held.get_text_range()
            left -= len(text)
            if left >= 0:
                yield from _lines(held, text, number + 1)
            held.close()
            page.close()
            if left < 0:
                return
    finally:
        document.close()


def _lines(held: pypdfium2.PdfTextPage, text: str, page: int) -> Iterator[Line]:
    """The lines of a page.

    A sign of its text is an object of PDFium, where none is beyond 16 bits: else nothing is said
    of where they stand.
    """
    placed = len(text) == held.count_chars()
    start = 0
    for whole in text.splitlines(keepends=True):
        words = " ".join(whole.replace(_JOINED, "").split())
        if words and placed:
            yield _line(held, (start, whole), words, page)
        elif words:
            yield Line(page, words)
        start += len(whole)


def _line(held: pypdfium2.PdfTextPage, at: tuple[int, str], words: str, page: int) -> Line:
    start, whole = at
    shown = [start + n for n, sign in enumerate(whole) if sign.strip() and sign != _JOINED]
    if not shown:
        return Line(page, words)
    size = float(pypdfium2.raw.FPDFText_GetFontSize(held, shown[0]))
    boxes = [(n, held.get_charbox(n)) for n in shown]
    # Sizes are told before the page scales them: letters say what is seen.
    middle = [(box[1] + box[3]) / 2 for _, box in boxes]
    base = sorted(middle)[len(middle) // 2]
    bold = all(_BOLD.search(_font(held, n)) for n in (shown[0], shown[-1]))
    pieces = tuple(_pieces(boxes, whole, start, size))
    return Line(page, words, pieces, base, size, bold)


Box = tuple[float, float, float, float]


def _pieces(boxes: list[tuple[int, Box]], whole: str, start: int, size: float) -> Iterator[Piece]:
    """The pieces of a line, parted where the gap between two letters is that of two cells."""
    begun = 0
    for n in range(1, len(boxes) + 1):
        if n < len(boxes) and boxes[n][1][0] - boxes[n - 1][1][2] < _APART * max(size, 6.0):
            continue
        first, last = boxes[begun], boxes[n - 1]
        text = whole[first[0] - start : last[0] - start + 1].replace(_JOINED, "")
        yield Piece(first[1][0], last[1][2], " ".join(text.split()))
        begun = n


def _font(held: pypdfium2.PdfTextPage, sign: int) -> str:
    """The name of the font of a sign."""
    name, flags = ctypes.create_string_buffer(200), ctypes.c_int()
    pypdfium2.raw.FPDFText_GetFontInfo(held, sign, name, 200, flags)
    return name.value.decode("latin-1")


def rules_of(content: bytes) -> Iterator[tuple[int, float]]:
    """The horizontal rules of each page, by their height above its foot."""
    document = pypdfium2.PdfDocument(content)
    try:
        for number in range(len(document)):
            page = document[number]
            drawn = page.get_objects(filter=(pypdfium2.raw.FPDF_PAGEOBJ_PATH,))
            for _, held in zip(range(RULES), drawn, strict=False):
                left, bottom, right, top = held.get_bounds()
                if right - left >= _LONG:
                    thin = top - bottom <= _THIN
                    yield from ((number + 1, y) for y in ((bottom,) if thin else (bottom, top)))
            page.close()
    finally:
        document.close()


def has_drawings(content: bytes) -> bool:
    """Whether something is drawn on the first pages that is no rule: a logo may be."""
    document = pypdfium2.PdfDocument(content)
    kinds = (pypdfium2.raw.FPDF_PAGEOBJ_PATH, pypdfium2.raw.FPDF_PAGEOBJ_SHADING)
    try:
        for number in range(min(FIRST, len(document))):
            page = document[number]
            drawn = page.get_objects(filter=kinds)
            boxes = (held.get_bounds() for _, held in zip(range(RULES), drawn, strict=False))
            found = any(
                right - left > _THIN and top - bottom > _THIN for left, bottom, right, top in boxes
            )
            page.close()
            if found:
                return True
        return False
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
