"""The model of a list, to be filled in a spreadsheet: its columns, empty or with what is known.

It is written from the declaration that reads it back: what is known, exported so and imported
again, changes nothing.
"""

import datetime
from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal
from typing import Any

from dla_docs.formats.flat import SEVERAL, lines_csv, plain
from dla_docs.formats.properties import Properties
from dla_docs.formats.sheets.book import Book, Entry, Row, Sheet, Table
from dla_docs.formats.sheets.cells import Cell, number_cell
from dla_docs.formats.sheets.names import Names
from dla_docs.formats.sheets.writer import finished
from dla_docs.lists.declared import Column, ListType
from dla_docs.lists.known import Known
from dla_docs.model.examples import choices
from dla_docs.model.findings import Pointer
from dla_docs.model.paths import Every, at
from dla_docs.model.schemas import Schema, field_at, owed_keys
from dla_docs.model.values import printed

_DAY = "dd/mm/yyyy"
_WORDS = ("Colonne", "Ce qu’elle dit", "Attendue", "Ce qui s’y écrit", "Exemple")
YES_NO = ("oui", "non")


def model_csv(declared: ListType, known: Iterable[Known]) -> bytes:
    """The titles of a list, then a line for each record."""
    columns = asked(declared)
    lines = ([_flat(values_of(c, one.data), c) for c in columns] for one in known)
    return lines_csv([[column.title for column in columns], *lines])


def model_xlsx(
    declared: ListType, known: Iterable[Known], day: datetime.date, colours: Mapping[str, str]
) -> bytes:
    """A workbook: the list to be filled, what each column says, the values to choose from."""
    names, columns = Names(), asked(declared)
    title, words, closed = (
        names.give(name) for name in (declared.title, "Colonnes", "Valeurs proposées")
    )
    offered = [column for column in columns if _choices(column)]
    rows = tuple(tuple(_cell(values_of(c, one.data), c) for c in columns) for one in known)
    listed = Table(
        declared.title,
        (_heads(column.title for column in columns),),
        rows,
        (False,) * len(columns),
        entries=tuple(_entry(column, closed, offered) for column in columns),
    )
    said = Table(
        "Ce que dit chaque colonne",
        (_heads(_WORDS),),
        tuple(_told(column, declared) for column in columns),
        (False,) * len(_WORDS),
    )
    values = Table(
        "Les valeurs proposées",
        (_heads(column.title for column in offered),),
        tuple(_offered(offered)),
        (False,) * len(offered),
    )
    sheets = (Sheet(title, (listed,)), Sheet(words, (said,)), Sheet(closed, (values,)))
    about = f"{declared.title} : liste à remplir"
    properties = Properties(about, "", "", declared.description, day)
    return finished(Book(tuple(_how(declared, title)), (), sheets), properties, colours)


def asked(declared: ListType) -> tuple[Column, ...]:
    """The columns of a model."""
    return tuple(column for column in declared.columns if column.in_model)


def values_of(column: Column, data: Mapping[str, Any]) -> tuple[Any, ...]:
    """The values of a column in a record: one, those of a list, or one an element of a list."""
    if not column.listed:
        found = at(data, _keys(column))
        return tuple(found) if isinstance(found, list) else () if found is None else (found,)
    first = next(rank for rank, step in enumerate(column.steps) if isinstance(step, Every))
    items = at(data, _keys(column)[:first])
    inside = _keys(column)[first + 1 :]
    return tuple(at(item, inside) for item in items) if isinstance(items, list) else ()


def _keys(column: Column) -> Pointer:
    return tuple(step if isinstance(step, str) else 0 for step in column.steps)


def _said(value: Any, own: Schema) -> str:
    """A value as a person would type it."""
    word = own.get("x-libelles", {}).get(value, value) if isinstance(value, str) else value
    return plain(word)


def _joined(values: tuple[Any, ...], column: Column) -> str:
    """The values of a cell; one that a sign could part is marked as whole."""
    told = [_said(value, column.value) for value in values]
    if not any(told):
        return ""
    closed = "enum" in column.value or "format" in column.value
    parting = "\n;" if closed else "\n;,"
    alone = column.several and not column.listed and len(told) == 1
    whole = alone and any(sign in told[0] for sign in parting)
    return f"{told[0]} |" if whole else SEVERAL.join(told)


def _flat(values: tuple[Any, ...], column: Column) -> Any:
    if len(values) == 1 and not isinstance(values[0], str):
        return values[0]
    return _joined(values, column)


def _cell(values: tuple[Any, ...], column: Column) -> Cell:
    value = values[0] if len(values) == 1 else None
    if isinstance(value, int | Decimal) and not isinstance(value, bool):
        return number_cell(printed(value), Decimal(value))
    words = _joined(values, column)
    if isinstance(value, str) and column.value.get("format") == "date":
        day = datetime.date.fromisoformat(value)
        return Cell(day.strftime("%d/%m/%Y"), day, _DAY)
    return Cell(words)


def _choices(column: Column) -> tuple[str, ...]:
    """The values that a cell may be chosen from; none where it may hold several."""
    own = column.value
    if own.get("type") == "boolean":
        return YES_NO
    labels = own.get("x-libelles", {})
    return tuple(str(labels.get(one, one)) for one in own.get("enum", ()) if one is not None)


def _entry(column: Column, sheet: str, offered: list[Column]) -> Entry:
    kinds = column.value.get("type", "string")
    text = kinds == "string" and column.value.get("format") != "date"
    if column not in offered or column.several:
        return Entry(text)
    return Entry(text, (sheet, offered.index(column), len(_choices(column))))


def _offered(columns: list[Column]) -> Iterator[Row]:
    """The closed lists side by side."""
    lists = [_choices(column) for column in columns]
    for rank in range(max(map(len, lists), default=0)):
        yield tuple(Cell(words[rank] if rank < len(words) else "") for words in lists)


def _told(column: Column, declared: ListType) -> Row:
    own, keys = column.value, _keys(column)
    about = str(field_at(declared.schema, keys).get("description", ""))
    owed = all(
        str(key) in owed_keys(field_at(declared.schema, keys[:rank]))
        for rank, key in enumerate(keys)
        if isinstance(key, str)
    )
    example = next(iter(own.get("examples", ())), "")
    shown = (
        datetime.date.fromisoformat(example) if own.get("format") == "date" and example else None
    )
    words = shown.strftime("%d/%m/%Y") if shown else str(example)
    return tuple(
        Cell(said) for said in (column.title, about, "oui" if owed else "", _form(column), words)
    )


def _form(column: Column) -> str:
    """What a person types in a cell of a column."""
    own = column.value
    several = "plusieurs, séparées par « | »" if column.several else ""
    if own.get("type") == "boolean":
        form = "oui ou non"
    elif choices(own):
        form = f"au choix : {', '.join(_choices(column))}"
    elif own.get("format") == "date":
        form = "une date"
    elif {"number", "integer"} & {own.get("type")}:
        form = "un nombre"
    else:
        form = "un texte"
    return " ; ".join(word for word in (form, several) if word)


def _how(declared: ListType, sheet: str) -> Iterator[tuple[str, Cell]]:
    """What the first sheet says before it names the others."""
    yield (
        "Comment la remplir",
        Cell(
            f"{declared.description} Dans la feuille « {sheet} », une case vide ne dit rien, et "
            "n’efface rien. Les colonnes se déplacent et se suppriment ; leur titre les fait "
            "reconnaître."
        ),
    )
    yield "Plusieurs valeurs", Cell("Dans une même case, séparez-les par « | ».")
    yield "Comment la lire", Cell(f"dla import {declared.name} FICHIER")


def _heads(titles: Iterable[str]) -> Row:
    return tuple(Cell(title, bold=True) for title in titles)
