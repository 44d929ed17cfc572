"""XLSX of an exported table: its lines, then the dictionary of its columns."""

import datetime
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from dla_docs.formats.flat import DICTIONARY, SEVERAL, dictionary, plain
from dla_docs.formats.properties import Properties
from dla_docs.formats.sheets.book import Book, Row, Sheet, Table
from dla_docs.formats.sheets.cells import Cell, number_cell
from dla_docs.formats.sheets.names import Names
from dla_docs.formats.sheets.writer import finished
from dla_docs.gather.exported import Exported
from dla_docs.gather.tables import Column
from dla_docs.model.values import of_unit, printed

_FOR = {"operateur": "l’opérateur", "financeurs": "les financeurs", "public": "tout public"}
_DAY = "dd/mm/yyyy"
"""A day in few signs: these sheets are sorted and filtered rather than read."""


def table_xlsx(exported: Exported, properties: Properties, colours: Mapping[str, str]) -> bytes:
    """A workbook of two sheets; the same table and properties give the same bytes."""
    names = Names()
    columns = exported.columns
    table = Table(
        exported.table.title,
        (_heads(column.title for column in columns),),
        tuple(
            tuple(_cell(v, c) for v, c in zip(row, columns, strict=True)) for row in exported.rows
        ),
        tuple(_counts(rank, exported) for rank in range(len(columns))),
        (exported.table.description,),
    )
    titles = [word.replace("_", " ").capitalize() for word in DICTIONARY]
    words = Table(
        "Ce que dit chaque colonne",
        (_heads(titles),),
        tuple(tuple(Cell(said) for said in line) for line in dictionary(columns)),
        (False,) * len(DICTIONARY),
    )
    left = [column.title for column in exported.left]
    facts = [("Pour", Cell(_FOR.get(exported.audience, exported.audience)))]
    facts += [("Colonnes laissées de côté", Cell(", ".join(left)))] if left else []
    sheets = (
        Sheet(names.give(exported.table.title), (table,)),
        Sheet(names.give("Colonnes"), (words,)),
    )
    return finished(Book(tuple(facts), (), sheets), properties, colours)


def _heads(titles: Any) -> Row:
    return tuple(Cell(title, bold=True) for title in titles)


def _counts(rank: int, exported: Exported) -> bool:
    """Whether a column holds numbers, and nothing else."""
    values = [row[rank] for row in exported.rows if row[rank] is not None]
    return bool(values) and all(_is_number(value) for value in values)


def _is_number(value: Any) -> bool:
    return isinstance(value, int | Decimal) and not isinstance(value, bool)


def _cell(value: Any, column: Column) -> Cell:
    if isinstance(value, datetime.date):
        return Cell(value.strftime("%d/%m/%Y"), value, _DAY)
    if _is_number(value):
        number = of_unit(value, column.unit)
        return number_cell(printed(number), Decimal(value))
    if isinstance(value, tuple):
        return Cell(SEVERAL.join(plain(one) for one in value))
    return Cell(plain(value))
