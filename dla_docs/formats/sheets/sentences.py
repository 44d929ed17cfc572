"""Sentences of a sheet: each in one cell, which is copied and edited whole.

No cells are merged: a reader by ear loses its place there, and Excel gives them the height of one
line. A sentence goes over the empty cells on its right where a line holds it; else its cell is one
of the widest column, on several lines.
"""

import re
from collections.abc import Mapping, Sequence
from typing import Any

from dla_docs.formats.sheets.book import Sheet
from dla_docs.formats.sheets.letters import BOLD, lines, width_of
from dla_docs.formats.sheets.widths import WIDEST
from dla_docs.formats.sheets.writing import AIR, HEIGHT, NEXT, Writing, put

_ENDS = re.compile(r"(?<=[\w»)%\u202f][\w»)%][.!?]) (?=[A-ZÀÂÉÈÊÎÔÇ«])")
_SURE = 1.08
"""What a line holds beside what letters are counted for: a tenth too much in all (measured)."""
_WIDE = 45
"""Signs of a first column where a sentence on several lines is well read."""


def roomy(sheet: Sheet, widths: list[int], room: int) -> list[int]:
    """Columns whose first one takes what the page leaves, where a sentence needs several lines."""
    spare, across = room - sum(widths), max(room, sum(widths))
    said = [words for table in sheet.tables for words in (*table.before, *table.after)]
    if spare <= 0 or all(holds(one, across) for words in said for one in parts_of(words, across)):
        return widths
    return [max(widths[0], min(WIDEST, widths[0] + spare)), *widths[1:]]


def parts_of(words: str, across: float, *, bold: bool = False) -> list[str]:
    """A text whole where a line of so many digits holds it, else its sentences."""
    parts = words.split("\n")
    if all(holds(part, across, bold=bold) for part in parts):
        return parts
    return [sentence for part in parts for sentence in _ENDS.split(part)]


def holds(words: str, across: float, *, bold: bool = False) -> bool:
    """Whether a line of so many digits holds a text."""
    return width_of(words) * (BOLD if bold else 1) + 2 <= across * _SURE


def sentence(
    page: Any, row: int, words: str, widths: Sequence[int], across: float, writing: Writing,
    look: Mapping[str, Any], column: int = 0,
) -> float:  # fmt: skip
    """A sentence on its row, from a column on; the points of its row."""
    look = {"indent": 1, "align": "left", "valign": "vcenter", **look}
    bold = bool(look.get("bold"))
    if holds(words, across - sum(widths[:column]), bold=bold):
        put(page, row, column, words, writing, **look)
        return HEIGHT
    widest = 0 if widths[0] >= _WIDE else max(range(len(widths)), key=lambda rank: widths[rank])
    put(page, row, widest, words, writing, **look, text_wrap=True)
    high = HEIGHT + AIR + (lines(words, widths[widest], bold=bold) - 1) * NEXT
    page.set_row(row, high)
    return high
