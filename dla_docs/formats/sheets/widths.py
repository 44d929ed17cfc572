"""How wide the columns of a sheet are, by what they hold."""

from collections.abc import Sequence
from itertools import zip_longest
from math import ceil

from dla_docs.formats.sheets.book import Row, Sheet, Table
from dla_docs.formats.sheets.letters import BOLD, width_of

NARROWEST, WIDEST = 9, 60
"""Signs of a column: room for a year and its arrow, and a line that the eye follows."""
LINE = 75
"""Signs of the widest column of a printed page, where it has room: the line of a book."""
NARROWED = 36
"""Signs of a column of a table of many texts: five of them go on a page."""
SMALLEST = 200
"""Signs of the widest table printed on one page: beyond, its letters would be too small, and the
first column comes again on each of the pages that it takes."""
PORTRAIT, LANDSCAPE = 106, 160
"""Signs of the columns of a printed page, whose letters are then of nine points."""
MANY = 8
"""Rows from which a filter serves."""
INDENT = 7 / 9
"""Indents of the width of a sign (Excel, LibreOffice)."""
_SURE = 0.94
"""Part of these indents that no program makes too wide for a header."""
_EASY, _UPRIGHT, _LEAST = 40, 26, 22
"""Signs of a column of texts where a page is shared out: those that read well, and the fewest."""
_SEEN = 60
"""Rows of a table that say how its columns share a page."""
_WHOLE = 20
"""Signs of the longest text that keeps its line, whatever the other columns ask."""


def room_of(sheets: Sequence[Sheet]) -> int:
    """Signs of the widest pages of a workbook; 0 for larger ones, or to be filled."""
    if any(table.entries for sheet in sheets for table in sheet.tables):
        return 0
    for room, most in ((PORTRAIT, _EASY), (LANDSCAPE, _LEAST)):
        if max((sum(at_most(sheet.tables, most)) for sheet in sheets), default=0) <= room:
            return room
    return 0


def own_room(sheet: Sheet, room: int) -> int:
    """Signs of the pages of one sheet: upright, which hold more rows, where its columns fit."""
    upright = room == LANDSCAPE and sum(at_most(sheet.tables, _UPRIGHT)) <= PORTRAIT
    return PORTRAIT if upright else room


def widths_of(tables: Sequence[Table], room: int = 0) -> list[int]:
    """Signs of each column: those give way, where a page has not room, whose texts lose least."""
    widths = at_most(tables, LINE if room else WIDEST)
    if room == LANDSCAPE:
        widths = [min(width, most) for width, most in zip(widths, _uneven(tables), strict=True)]
    if not room:
        return widths if sum(widths) <= SMALLEST else at_most(tables, NARROWED)
    floors = [max(column) for column in zip_longest(*map(floors_of, tables), fillvalue=NARROWEST)]
    while sum(widths) > room:
        loose = [rank for rank, width in enumerate(widths) if width > floors[rank]]
        narrower = (
            (sum(high_in(table, _less(widths, rank)) for table in tables), -widths[rank], rank)
            for rank in loose or range(len(widths))
        )
        widths = _less(widths, min(narrower)[2])
    return widths


def _uneven(tables: Sequence[Table]) -> list[int]:
    """Signs at most of each column: a table's long texts do not stretch another's short ones."""
    needs = zip_longest(*(_needed(table, LINE) for table in tables), fillvalue=None)
    known = [[need for need in column if need is not None] for column in needs]
    return [
        _EASY if rank and 2 * min(column) < max(column) else LINE
        for rank, column in enumerate(known)
    ]


def last_column(widths: Sequence[int], across: int) -> int:
    """The rank of the last column printed: charts and sentences may go past a narrow table."""
    more = max(0, across - sum(widths)) // NARROWEST
    return len(widths) - 1 + more


def indents_of(table: Table, widths: Sequence[int]) -> list[int]:
    """Indents of the cells of each column: a figure stays near its label in a column of texts."""
    needed = _needed(table, LINE)
    spare = [max(0, width - need) for need, width in zip(needed, widths, strict=False)]
    return [
        1 + int(left * INDENT * _SURE) if right and left > NARROWEST else 1
        for left, right in zip(spare, table.rights, strict=True)
    ]


def at_most(tables: Sequence[Table], most: int) -> list[int]:
    """What the longest line of each column takes in every table, within bounds."""
    every = [_needed(table, most) for table in tables]
    return [max(column) for column in zip_longest(*every, fillvalue=NARROWEST)]


def floors_of(table: Table) -> list[int]:
    """What each column cannot do without: numbers, days, words, and short texts on one line."""
    floors = _needed(table, _WHOLE)
    for rank in range(len(floors)):
        for cell in (row[rank] for row in table.rows):
            words = [cell.words] if cell.value is not None else cell.words.split()
            floors[rank] = max(floors[rank], *(len(word) + 2 for word in words), 0)
    return floors


def high_in(table: Table, widths: Sequence[int]) -> int:
    """The lines of a table in columns of such widths, roughly."""
    return sum(
        max(
            sum(-(-max(1, len(line)) // (width - 1)) for line in cell.words.split("\n"))
            for cell, width in zip(row, widths, strict=False)
        )
        for row in table.rows[:_SEEN]
    )


def _less(widths: Sequence[int], rank: int) -> list[int]:
    return [width - (place == rank) for place, width in enumerate(widths)]


def _needed(table: Table, most: int) -> list[int]:
    """What each column of a table takes; a header may be cut."""

    def longest(row: Row, column: int) -> int:
        return max(map(len, row[column].words.split("\n")), default=0)

    widths = []
    for column in range(len(table.rights)):
        body = max((longest(row, column) for row in table.rows), default=0)
        heads = [word for row in table.header for word in row[column].words.split()]
        # For the margins of a cell; the arrow of a filter covers the last signs of a header.
        filtered = len(table.rows) >= MANY
        least = ceil(max(map(width_of, heads), default=0) * BOLD) + 2 + filtered
        widths.append(max(NARROWEST - 1 + filtered, min(most, max(body + 3, least))))
    return widths
