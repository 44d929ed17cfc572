"""How wide the columns of a sheet are, by what they hold."""

from itertools import zip_longest

from dla_docs.formats.sheets.book import Row, Sheet, Table

NARROWEST, WIDEST = 9, 60
"""Signs of a column: room for a year and its arrow, and a line that the eye follows."""
NARROWED = 36
"""Signs of a column of a table of many texts: five of them go on a page."""
SMALLEST = 200
"""Signs of the widest table printed on one page: beyond, its letters would be too small, and the
first column comes again on each of the pages that it takes."""


def widths_of(sheet: Sheet) -> list[int]:
    """Signs of each column: narrower where the whole would not go on a page."""
    widths = _at_most(sheet, WIDEST)
    return widths if sum(widths) <= SMALLEST else _at_most(sheet, NARROWED)


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
        # Three for the margins of a cell, or for the arrow of a filter.
        least = max((len(word) for word in heads), default=0) + 3
        widths.append(max(NARROWEST, min(most, max(body + 3, least))))
    return widths
