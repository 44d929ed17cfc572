"""Words in a drawing of ours: the room they take, whatever the font, and how they are cut."""

import re
import unicodedata
from functools import lru_cache

_EMS = {
    0.28: " \u00a0\u202f.,:;!|'’iljtI/",
    0.35: "fr()-“”",
    0.51: "cksxvyzJ",
    0.67: "ABEKPSVXY&",
    0.73: "CDHNRUTw",
    0.79: "GOQ",
    0.85: "mM",
    1.0: "WœŒæÆ%←→—@",
}
"""Ems of a letter in Arial, the widest that commonly stands in for the charter's; 0.57 for others.

Source Sans 3 is narrower by 7 % (measured on the texts of the demonstration): what has room here
has room there.
"""
_USUAL = 0.57
_WIDTHS = {letter: ems for ems, letters in _EMS.items() for letter in letters}
BOLD = 1.08
"""How much wider a bold letter is."""
LEADING = 1.25
"""Between two lines of a label, in sizes of its letters."""
_SPARE = 1.07
"""How far a word alone may go beyond its line before it is cut: what Arial takes more than ours."""


def width_of(words: str, size: float, *, bold: bool = False) -> float:
    """The room kept for a line of words, in the unit of `size`."""
    return size * _ems(words) * (BOLD if bold else 1.0)


def lines_of(label: str, width: float, size: float, *, bold: bool = False) -> list[str]:
    """A label in lines of a width, cut between words, and within a word wider than a line."""
    # Eight letters at least: a narrow drawing must not put them one below the other.
    room = max(width, 8 * _USUAL * size)
    lines = [""]
    # Of the plain space alone: « 17 % » is held together by another.
    for word in re.findall(r" ?[^ -]+-?| ?-", label):
        if lines[-1] and width_of(lines[-1] + word, size, bold=bold) > room:
            lines.append("")
        lines[-1] = (lines[-1] + word).strip()
        while len(cut := _start(lines[-1], room * _SPARE, size, bold)) < len(lines[-1]):
            lines[-1:] = [f"{cut}-", lines[-1][len(cut) :]]
    return lines


def _start(word: str, room: float, size: float, bold: bool) -> str:
    """As much of a line as has room, with the hyphen that would cut it."""
    if width_of(word, size, bold=bold) <= room:
        return word
    length = len(word)
    while length > 1 and width_of(word[:length] + "-", size, bold=bold) > room:
        length -= 1
    return word[:length]


# The labels of a document are measured for each format.
@lru_cache(maxsize=4096)
def _ems(words: str) -> float:
    plain = unicodedata.normalize("NFD", words)
    letters = (c for c in plain if not unicodedata.combining(c))
    # In whole thousandths: a sum of floats would be rounded otherwise by another Python.
    return sum(round(1000 * _WIDTHS.get(c, _USUAL)) for c in letters) / 1000
