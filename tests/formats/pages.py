"""Where the words of a page of PDF end: what the tests of the ends of pages look at."""

import ctypes
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass, replace
from itertools import groupby
from pathlib import Path

import pypdfium2
import pypdfium2.raw as pdfium

MM = 72 / 25.4
TOP, FOOT = 34.0, 27.0
"""Margins of a page, in millimetres: the running head is above, the foot below."""
MENTIONS = ("Accompagnement DLA financé par", "Avec le soutien de")
"""Words above the funders' logos, which stand at the foot of their page."""


@dataclass(frozen=True)
class Line:
    """A line of a page: its words, its bottom in millimetres from the top, how it is set."""

    words: str
    bottom: float
    font: str
    colour: tuple[int, int, int]

    @property
    def titles(self) -> bool:
        """Whether it is set as a heading or the head of a table is: bold, in a colour."""
        return "Bold" in self.font and max(self.colour) - min(self.colour) > 30


@dataclass(frozen=True)
class Page:
    """A page: its lines between head and foot, down to the funders, and its height."""

    lines: tuple[Line, ...]
    foot: str
    height: float

    @property
    def fill(self) -> float:
        """The part of the room of the text that is used, from 0 to 1."""
        room = self.height - TOP - FOOT
        return max((line.bottom - TOP for line in self.lines), default=0.0) / room


def pages(path: Path) -> list[Page]:
    """The pages of a PDF."""
    with closing(pypdfium2.PdfDocument(path)) as document:
        return [_page(document, rank) for rank in range(len(document))]


def _page(document: pypdfium2.PdfDocument, rank: int) -> Page:
    with closing(document[rank]) as page, closing(page.get_textpage()) as text:
        height = page.get_height() / MM
        parts = sorted(_lines(text, page.get_height()), key=lambda line: line.bottom)
    lines = list(_joined(parts))
    foot = " ".join(line.words for line in lines if line.bottom > height - FOOT + 4)
    held = [line for line in lines if line.bottom <= height - FOOT + 4]
    mention = next((line.bottom for line in held if line.words.startswith(MENTIONS)), height)
    kept = (line for line in held if line.bottom < mention - 1 and line.bottom > 20)
    return Page(tuple(kept), foot, height)


def _joined(parts: list[Line]) -> Iterator[Line]:
    """Lines in one piece: a page gives them by runs of one font."""
    for _, same in groupby(parts, key=lambda part: round(part.bottom)):
        first, *others = same
        yield replace(first, words=" ".join([first.words, *(part.words for part in others)]))


def _lines(text: pypdfium2.PdfTextPage, height: float) -> Iterator[Line]:
    for rank in range(text.count_rects()):
        left, bottom, right, top = text.get_rect(rank)
        words = text.get_text_bounded(left, bottom, right, top).strip()
        place = pdfium.FPDFText_GetCharIndexAtPos(text.raw, left + 1, (bottom + top) / 2, 4, 4)
        if words and place >= 0:
            yield Line(words, (height - bottom) / MM, _font(text, place), _colour(text, place))


def _font(text: pypdfium2.PdfTextPage, place: int) -> str:
    buffer, flags = ctypes.create_string_buffer(200), ctypes.c_int()
    pdfium.FPDFText_GetFontInfo(text.raw, place, buffer, len(buffer), flags)
    return buffer.value.decode()


def _colour(text: pypdfium2.PdfTextPage, place: int) -> tuple[int, int, int]:
    red, green, blue, alpha = (ctypes.c_uint() for _ in range(4))
    pdfium.FPDFText_GetFillColor(text.raw, place, red, green, blue, alpha)
    return red.value, green.value, blue.value
