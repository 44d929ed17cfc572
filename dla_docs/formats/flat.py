"""CSV: an exported table, and the dictionary of its columns, as a French Excel opens them.

UTF-8 with its mark, semicolons, decimals with a comma, days as AAAA-MM-JJ; several values in a cell
are parted by a bar. No cell may be taken for a formula.
"""

import csv
import datetime
import io
from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import Any

from dla_docs.gather.exported import Exported
from dla_docs.gather.tables import Column

SEVERAL = " | "
"""Between the values of a cell: no text of ours holds it, and a semicolon parts the columns."""
_FORMULA = tuple("=+-@")
"""What begins a formula, for the programs that open the file; a tab or a line end never begins
a cell here."""
DICTIONARY = "colonne titre description unite valeurs source calcul aupres ouverte_a".split()
"""What the dictionary says of each column."""
UNITS = {"euros": "€", "pourcent": "%"}
HOW = {
    "de": "la donnée",
    "premier": "la plus petite valeur",
    "dernier": "la plus grande valeur",
    "compte": "le nombre de valeurs",
    "somme": "la somme",
    "moyenne": "la moyenne, au centième",
    "existe": "oui s’il y a une valeur",
}


def table_csv(exported: Exported) -> bytes:
    """The lines of a table, under the identifiers of its columns."""
    return lines_csv([[column.id for column in exported.columns], *exported.rows])


def dictionary_csv(exported: Exported) -> bytes:
    """What each column says, and where it comes from."""
    return lines_csv([DICTIONARY, *dictionary(exported.columns)])


def dictionary(columns: Sequence[Column]) -> list[list[str]]:
    """A line a column, under `DICTIONARY`."""
    return [
        [
            column.id,
            column.title,
            column.description,
            UNITS.get(column.unit, column.unit),
            SEVERAL.join(column.labels.values()),
            str(column.path),
            HOW[column.operation],
            column.held_by,
            _readers(column),
        ]
        for column in columns
    ]


def _readers(column: Column) -> str:
    """Who may read a column; « tous, si … » where its author may open it."""
    consent = f"tous, si {column.opened_by.steps[-1]}" if column.opened_by else ""
    return SEVERAL.join([*sorted(column.audience), *([consent] if consent else [])])


def word(value: Any) -> str:
    """A value in a cell of CSV; a text that would begin a formula begins with an apostrophe."""
    match value:
        case None:
            return ""
        case tuple():
            return _harmless(SEVERAL.join(map(plain, value)))
        case _:
            words = plain(value)
            return words if isinstance(value, int | Decimal) else _harmless(words)


def plain(value: Any) -> str:
    """A value as text alone, on one line; empty for none."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "oui" if value else "non"
    if isinstance(value, Decimal):
        return f"{value:f}".replace(".", ",")
    if isinstance(value, datetime.date):
        return value.isoformat()
    return " ".join(str(value).split())


def _harmless(words: str) -> str:
    return f"'{words}" if words.startswith(_FORMULA) else words


def lines_csv(lines: Iterable[Sequence[Any]]) -> bytes:
    """Lines of values, the first of them their titles."""
    buffer = io.StringIO()
    writer = csv.writer(buffer, delimiter=";", lineterminator="\r\n")
    writer.writerows([word(value) for value in line] for line in lines)
    # Without the mark, Excel reads accents as two letters.
    return b"\xef\xbb\xbf" + buffer.getvalue().encode()
