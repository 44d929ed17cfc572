"""Sentences of a sheet: each in one cell, which is copied and edited whole, where a line holds it.

No cells are merged: a reader by ear loses its place there, and Excel gives them the height of one
line. A sentence goes over the empty cells on its right; one that is longer goes on in the row
below: on several lines of one cell, it would be read in the column of a table.
"""

import re
from collections.abc import Mapping
from typing import Any

from dla_docs.formats.sheets.book import Sheet
from dla_docs.formats.sheets.letters import BOLD, width_of
from dla_docs.formats.sheets.widths import WIDEST
from dla_docs.formats.sheets.writing import HEIGHT, Writing, put

_ENDS = re.compile(r"(?<=[\w»)%\u202f][\w»)%][.!?]) (?=[A-ZÀÂÉÈÊÎÔÇ«])")
_SURE = 0.98
"""What a line surely holds of what letters are counted for: a letter cut is worse than a row."""


def roomy(sheet: Sheet, widths: list[int], room: int) -> list[int]:
    """Columns whose first one takes what the page leaves, where a sentence needs several lines."""
    spare, across = room - sum(widths), max(room, sum(widths))
    said = [words for table in sheet.tables for words in (*table.before, *table.after)]
    if spare <= 0 or all(
        holds(one, across) for words in said for one in sentences_of(words, across)
    ):
        return widths
    return [max(widths[0], min(WIDEST, widths[0] + spare)), *widths[1:]]


def parts_of(words: str, across: float, *, bold: bool = False) -> list[str]:
    """What is written of a text on each row: its sentences, or the lines of a longer one."""
    return [
        line
        for one in sentences_of(words, across, bold=bold)
        for line in _lines(one, across, bold=bold)
    ]


def sentences_of(words: str, across: float, *, bold: bool = False) -> list[str]:
    """A text whole where a line of so many digits holds it, else its sentences."""
    parts = words.split("\n")
    if all(holds(part, across, bold=bold) for part in parts):
        return parts
    return [sentence for part in parts for sentence in _ENDS.split(part)]


def _lines(words: str, across: float, *, bold: bool = False) -> list[str]:
    found = [""]
    for word in words.split(" "):
        longer = f"{found[-1]} {word}".strip()
        if found[-1] and not holds(longer, across, bold=bold):
            found.append(word)
        else:
            found[-1] = longer
    return found


def holds(words: str, across: float, *, bold: bool = False) -> bool:
    """Whether a line of so many digits holds a text."""
    return width_of(words) * (BOLD if bold else 1) + 2 <= across * _SURE


def sentence(
    page: Any, row: int, words: str, writing: Writing, look: Mapping[str, Any], column: int = 0
) -> float:
    """A text that a line holds, from a column on, over the empty cells beside; its points."""
    shown: dict[str, Any] = {"indent": 1, "align": "left", "valign": "vcenter", **look}
    put(page, row, column, words, writing, **shown)
    return HEIGHT
