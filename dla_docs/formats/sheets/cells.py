"""A cell: what it says, and the number or the day that it is, with how Excel prints it.

Texts stay texts: whatever a cell says, no program is given a formula.
"""

import re
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from dla_docs.model.values import MONTHS, NO_BREAK

_SPACES = "\u202f\u00a0 "
_NUMBER = re.compile(
    rf"(?P<sign>[-−]?)(?P<whole>[1-9]\d{{0,2}}(?:[{_SPACES}]\d{{3}})+|0|[1-9]\d*)"
    rf"(?:,(?P<cents>\d+))?(?:[{_SPACES}](?P<unit>%|€|[^\W\d_][^\W\d_{_SPACES}]*))?"
)
"""A number as French prints it, with its unit; no leading zero: `01000` is a code."""
_DAY = re.compile(rf"(1er|[1-9]\d?)[{_SPACES}]({'|'.join(MONTHS)})[{_SPACES}](\d{{4}})")
PRECISION = 15
"""Figures that Excel keeps of a number: a longer one would be another."""
FIRST_YEAR = 1901
"""Excel counts a 29 February 1900 that never was, and no day before that year."""
DAY = "[$-40C]d mmmm yyyy"
"""A day in French words, whatever the language of the program: `12 mars 2026`."""
_FIRST = '[$-40C]d"er" mmmm yyyy'
"""The first of a month, which French counts as such: `1er mars 2026`."""


@dataclass(frozen=True)
class Cell:
    """A cell as it reads (`words`) and what it holds.

    `value`: a number, a day, or None for a text; `format`: that of Excel; `link`: an address, or
    the place of the workbook that `#` and a name of sheet say.
    """

    words: str
    value: Decimal | date | None = None
    format: str = ""
    bold: bool = False
    link: str = ""


def day_format(day: date) -> str:
    """How Excel prints a day."""
    return _FIRST if day.day == 1 else DAY


def number_cell(words: str, value: Decimal, bold: bool = False) -> Cell:
    """A cell for a number known otherwise than by its words, which say how it is printed."""
    if len(value.as_tuple().digits) > PRECISION:
        return Cell(words, bold=bold)
    found = _NUMBER.fullmatch(words)
    return Cell(words, _scaled(value, found), _format(found) if found else "General", bold)


def typed(words: str, *, right: bool, bold: bool = False, link: str = "") -> Cell:
    """A cell from what it prints: a day anywhere, a number in a column on the right only."""
    if day := _day(words):
        return Cell(words, day, day_format(day), bold, link)
    found = _NUMBER.fullmatch(words) if right else None
    if not found:
        return Cell(words, bold=bold, link=link)
    figures = re.sub(r"\D", "", found["whole"]) + (f".{found['cents']}" if found["cents"] else "")
    if len(figures) > PRECISION:
        return Cell(words, bold=bold, link=link)
    value = Decimal(f"{'-' if found['sign'] else ''}{figures}")
    return Cell(words, _scaled(value, found), _format(found), bold, link)


def _day(words: str) -> date | None:
    found = _DAY.fullmatch(words)
    if not found:
        return None
    day, month, year = found.groups()
    try:
        read = date(int(year), MONTHS.index(month) + 1, int(day.removesuffix("er")))
    except ValueError:
        return None
    return read if read.year >= FIRST_YEAR else None


def _scaled(value: Decimal, found: re.Match[str] | None) -> Decimal:
    """A percentage is a part of one for Excel, which multiplies it by a hundred."""
    return value / 100 if found and found["unit"] == "%" else value


def _format(found: re.Match[str]) -> str:
    """The format that prints a number again as it was printed."""
    # A year has no space between its thousands, and a number of a thousand or more has one.
    grouped = len(found["whole"]) <= 3 or any(space in found["whole"] for space in _SPACES)
    whole = ("#,##0" if grouped else "0") + (
        f".{'0' * len(found['cents'])}" if found["cents"] else ""
    )
    match found["unit"]:
        case None:
            return whole
        case "%":
            return f'{whole}"{NO_BREAK}"%'
        case unit:
            return f'{whole}"{NO_BREAK}{unit}"'
