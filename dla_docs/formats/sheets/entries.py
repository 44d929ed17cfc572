"""What the columns of a sheet to be filled take: texts that stay texts, values to choose from.

A SIRET typed in a cell of a number loses its zeros; in a cell of a text, it keeps them.
"""

from typing import Any

from dla_docs.formats.sheets.book import Table

ROWS = 1_000
"""Rows that are ready to be filled, beyond those that are: a territory has some hundreds."""
NARROWEST = 16
"""Signs of a column to be typed in, at least."""


def ready(page: Any, table: Table, body: int, widths: list[int], text: Any) -> None:
    """Make the columns of a sheet ready from its first row `body`. `text`: the format of a text."""
    last = body + len(table.rows) + ROWS
    for rank, entry in enumerate(table.entries):
        page.set_column(rank, rank, max(widths[rank], NARROWEST), text if entry.text else None)
        if entry.choices:
            name, column, count = entry.choices
            page.data_validation(
                body,
                rank,
                last,
                rank,
                {
                    "validate": "list",
                    "source": f"='{name.replace(chr(39), chr(39) * 2)}'!{_cells(column, count)}",
                    # Other words are understood too: what is typed is not forbidden.
                    "error_type": "information",
                    "error_title": "Autre valeur",
                    "error_message": "Cette valeur n’est pas dans la liste proposée.",
                },
            )


FIRST = 5
"""The row, from 1, where the values of a table without a sentence before its table begin."""


def _cells(column: int, count: int) -> str:
    """The cells of a column of values, as a formula names them."""
    letters = ""
    rank = column + 1
    while rank:
        rank, left = divmod(rank - 1, 26)
        letters = chr(65 + left) + letters
    return f"${letters}${FIRST}:${letters}${FIRST + count - 1}"
