"""Where the titles of a table are once a person has been through it, and where its columns went."""

from collections.abc import Sequence

from dla_docs.reading.blocks import Cell, Grid
from dla_docs.receive.blank import Table
from dla_docs.receive.folded import plain

ALIKE = 0.6
"""Share of the titles of a table that are found in another for it to be the same: one may have been
retyped, and a column taken out."""
_HIGH = 3
"""Rows among which the titles are: people write a line or two above them."""


def alike_titles(grid: Grid, table: Table) -> float:
    """The share of the titles of a table that one of the first rows of a grid holds."""
    return max((_share(row, table) for row in grid.rows[:_HIGH]), default=0.0)


def _share(row: Sequence[Cell], table: Table) -> float:
    wanted = [plain(title) for title in table.titles if plain(title)]
    held = {plain(cell.text) for cell in row}
    return sum(title in held for title in wanted) / len(wanted) if wanted else 0.0


def title_row(table: Table, grid: Grid) -> int:
    """The rank of the row of titles, from 0; -1 where there is none, or none any more."""
    shares = [_share(row, table) for row in grid.rows[:_HIGH]]
    best = max(shares, default=0.0)
    return shares.index(best) if best >= ALIKE else -1


def columns_of(table: Table, grid: Grid) -> list[int | None]:
    """Where each column of the form is in a table: by its title, else at its own rank."""
    at = title_row(table, grid)
    held = [plain(cell.text) for cell in grid.rows[at]] if at >= 0 else []
    width = len(held) or max((len(row) for row in grid.rows), default=0)
    order: list[int | None] = []
    for rank, title in enumerate(table.titles):
        wanted = plain(title)
        there = held.index(wanted) if wanted and wanted in held else None
        same = rank < width and rank not in order
        order.append(there if there is not None else rank if same else None)
    return order
