"""How wide the columns of a sheet are, by what they hold."""

from collections.abc import Sequence
from itertools import zip_longest

from dla_docs.formats.sheets.book import Row, Sheet, Table

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
INDENT = 7 / 9
"""Indents of the width of a sign (Excel, LibreOffice)."""
_EASY, _UPRIGHT, _LEAST = 40, 26, 22
"""Signs of a column of texts where a page is shared out: those that read well, and the fewest."""


def room_of(sheets: Sequence[Sheet]) -> int:
    """Signs of the widest pages of a workbook; 0 for larger ones, or to be filled."""
    if any(table.entries for sheet in sheets for table in sheet.tables):
        return 0
    for room, most in ((PORTRAIT, _EASY), (LANDSCAPE, _LEAST)):
        if max((sum(_at_most(sheet, most)) for sheet in sheets), default=0) <= room:
            return room
    return 0


def own_room(sheet: Sheet, room: int) -> int:
    """Signs of the pages of one sheet: upright, which hold more rows, where its columns fit."""
    upright = room == LANDSCAPE and sum(_at_most(sheet, _UPRIGHT)) <= PORTRAIT
    return PORTRAIT if upright else room


def widths_of(sheet: Sheet, room: int = 0) -> list[int]:
    """Signs of each column: the widest give way where the whole would not go on a page."""
    widths = _at_most(sheet, LINE if room else WIDEST)
    if not room:
        return widths if sum(widths) <= SMALLEST else _at_most(sheet, NARROWED)
    while sum(widths) > room:
        widths[widths.index(max(widths))] -= 1
    return widths


def last_column(widths: Sequence[int], across: int) -> int:
    """The rank of the last column printed: charts and sentences may go past a narrow table."""
    more = max(0, across - sum(widths)) // NARROWEST
    return len(widths) - 1 + more


def indents_of(table: Table, widths: Sequence[int]) -> list[int]:
    """Indents of the cells of each column: a figure stays near its label in a column of texts."""
    needed = _needed(table, LINE)
    spare = [max(0, width - need) for need, width in zip(needed, widths, strict=False)]
    return [
        1 + round(left * INDENT) if right and left > NARROWEST else 1
        for left, right in zip(spare, table.rights, strict=True)
    ]


def _at_most(sheet: Sheet, most: int) -> list[int]:
    """What the longest line of each column takes in every table, within bounds."""
    every = [_needed(table, most) for table in sheet.tables]
    return [max(column) for column in zip_longest(*every, fillvalue=NARROWEST)]


def _needed(table: Table, most: int) -> list[int]:
    """What each column of a table takes; a header may be cut."""

    def longest(row: Row, column: int) -> int:
        return max(map(len, row[column].words.split("\n")), default=0)

    widths = []
    for column in range(len(table.rights)):
        body = max((longest(row, column) for row in table.rows), default=0)
        heads = [word for row in table.header for word in row[column].words.split()]
        # For the margins of a cell; the arrow of a filter covers the last signs of a header.
        least = max((len(word) for word in heads), default=0) + 3
        widths.append(max(NARROWEST, min(most, max(body + 3, least))))
    return widths
