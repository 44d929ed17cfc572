"""Where the printed pages of a sheet end: not within a short table."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import fsum

from dla_docs.formats.sheets.widths import LANDSCAPE

_UPRIGHT, _LYING = 900, 598
"""Points of rows on a portrait page and on a landscape one, at the size of a workbook."""
_FEW, _HOLE, _SPILT = 5, 0.45, 0.2
"""Rows of a table that is not parted; the part of a page that may stay empty for another, and the
least part of the next page that the end of one takes."""

_OVER = 1.2
"""Pages of a whole workbook that one page prints, a little smaller."""


@dataclass(frozen=True)
class Placed:
    """A table on a sheet: its first row, its points, title and chart included, its rows."""

    row: int
    high: float
    rows: int


def high_of(room: int) -> int:
    """Points of rows on a page of so many signs."""
    return _LYING if room == LANDSCAPE else _UPRIGHT


def breaks_of(tables: Sequence[Placed], page: int, used: float = 30.0) -> list[int]:
    """The rows that begin a page, so that a table which would be parted goes there whole.

    `used`: the points above the first.
    """
    found = []
    for rank, table in enumerate(tables):
        left = page - used
        short = table.rows < _FEW or left < page * _HOLE or table.high - left < page * _SPILT
        # The first stays under the title of its sheet.
        if rank and left < table.high <= page and short:
            found.append(table.row)
            used = 0.0
        used = (used + table.high) % page
    return found


def just_over(tables: Sequence[Placed], page: int, used: float) -> bool:
    """Whether a few rows of these tables would be alone on a second page."""
    return page < used + fsum(table.high for table in tables) <= _OVER * page
