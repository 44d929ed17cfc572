"""Where the columns of the tables of one sheet stand: a table of few columns spreads its texts.

The columns of a sheet are those of its tables of most columns; a long text of another table takes
several of them rather than be as narrow as the figures under it.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations

from dla_docs.formats.sheets.book import Sheet, Table
from dla_docs.formats.sheets.widths import NARROWEST, floors_of, high_in, plain, widths_of

_MOST = 12
"""Columns of a sheet among which texts are spread."""


@dataclass(frozen=True)
class Placing:
    """The widths of the columns of a sheet, and the last one that each column of a table takes."""

    widths: list[int]
    ends: tuple[tuple[int, ...], ...]

    def starts(self, rank: int) -> list[int]:
        """The first column of the sheet that each column of a table takes."""
        return [0, *(end + 1 for end in self.ends[rank][:-1])]

    def own(self, rank: int) -> list[int]:
        """Signs of each column of a table."""
        pairs = zip(self.starts(rank), self.ends[rank], strict=True)
        return [sum(self.widths[start : end + 1]) for start, end in pairs]


def place(sheet: Sheet, room: int) -> Placing:
    """The columns of a sheet; without `room`, each table has its first ones."""
    return _placed(sheet, plain(sheet) if room else list(sheet.tables), room)


def _placed(sheet: Sheet, kept: list[Table], room: int) -> Placing:
    """The columns of some tables, and the others over them, but for those that find no place."""
    grid = _grid(kept, room)
    if len(kept) == len(sheet.tables):
        grid = widths_of(kept, room)
    ends = []
    for table in sheet.tables:
        found = tuple(range(len(table.rights))) if table in kept else _ends(table, grid)
        if found is None:
            return _placed(sheet, [*kept, table], room)
        ends.append(found)
    return Placing(grid, tuple(ends))


def _grid(tables: Sequence[Table], room: int) -> list[int]:
    """The columns of some tables, then what is left of a page for texts to spread over."""
    widths = widths_of(tables, room)
    more = max(0, room - sum(widths)) // NARROWEST
    return widths + [NARROWEST] * max(0, min(more, _MOST - len(widths)))


def _ends(table: Table, grid: Sequence[int]) -> tuple[int, ...] | None:
    """The last column that each of a table takes: the fewest lines, then the fewest columns."""
    floors = floors_of(table)
    found = []
    for ends in _shares(len(table.rights), len(grid)):
        own = [sum(grid[start:end]) for start, end in zip((0, *ends), ends, strict=False)]
        if all(width >= floor for width, floor in zip(own, floors, strict=True)):
            found.append((high_in(table, own), ends[-1], ends))
    return tuple(end - 1 for end in min(found)[2]) if found else None


def _shares(parts: int, columns: int) -> Iterator[tuple[int, ...]]:
    """Every way to share out columns, the last ones or not, between so many parts."""
    yield from combinations(range(1, columns + 1), parts)
