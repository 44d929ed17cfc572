"""Where the printed pages of a sheet end: not within a short table."""

from collections.abc import Sequence
from dataclasses import dataclass

from dla_docs.formats.sheets.widths import LANDSCAPE

SCALE, _LEAST = 82, 74
"""Percents of the size of a printed page: letters of eleven points are of nine there; at least, of
eight."""
_UPRIGHT, _LYING = 900, 598
"""Points of rows on a portrait page and on a landscape one, at the size of a workbook."""
_FEW, _HOLE, _SPILT = 5, 0.6, 0.2
"""Rows of a table that is not parted; the part of a page that may stay empty for another, and the
least part of the next page that the end of one takes."""


@dataclass(frozen=True)
class Placed:
    """A table on a sheet: its first row, its points, title and chart included, its rows."""

    row: int
    high: float
    rows: int


def high_of(room: int, scale: int = SCALE) -> float:
    """Points of rows on a page of so many signs."""
    return (_LYING if room == LANDSCAPE else _UPRIGHT) * SCALE / scale


def scale_of(tables: Sequence[Placed], room: int, used: float = 30.0) -> int:
    """Percents of the size of a sheet: a little smaller where that spares a page of a few lines."""
    pages = {
        scale: _paged(tables, high_of(room, scale), used)[1] for scale in range(_LEAST, SCALE + 1)
    }
    return max(pages, key=lambda scale: (-pages[scale], scale))


def breaks_of(tables: Sequence[Placed], page: float, used: float = 30.0) -> list[int]:
    """The rows that begin a page, so that a table which would be parted goes there whole.

    `used`: the points above the first.
    """
    return _paged(tables, page, used)[0]


def _paged(tables: Sequence[Placed], page: float, used: float) -> tuple[list[int], int]:
    """The rows that begin a page, and how many pages there are."""
    found, pages = [], 1
    for rank, table in enumerate(tables):
        left = page - used
        short = table.rows < _FEW or left < page * _HOLE or table.high - left < page * _SPILT
        # The first stays under the title of its sheet.
        if rank and left < table.high <= page and short:
            found.append(table.row)
            used, pages = 0.0, pages + 1
        more, used = divmod(used + table.high, page)
        pages += int(more)
    return found, pages
