"""A table as one audience may have it: the columns open to it, and values as people say them.

A column is closed to whoever may not read its field in the dossiers. One that its author opens
(`x-ouvert-si`) is kept: the lines of who did not agree are not there.
"""

import datetime
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from dla_docs.gather.gather import Gathered, Line
from dla_docs.gather.tables import Column, Table
from dla_docs.load.corpus import Corpus
from dla_docs.load.places import SHELVES
from dla_docs.load.references import titled, titles_of
from dla_docs.model.departements import departement_named

OPERATOR = "operateur"
Value = str | int | Decimal | datetime.date | bool | None
Names = Mapping[str, Mapping[str, str]]
"""By folder or list of the territory, what each of its names is called."""


@dataclass(frozen=True)
class Exported:
    """A table ready to leave: its lines hold one value a column, or several in a tuple.

    `left`: the columns that are closed to the audience.
    """

    table: Table
    audience: str
    columns: tuple[Column, ...]
    left: tuple[Column, ...]
    rows: tuple[tuple[Any, ...], ...]


class Noted:
    """What the names of the data are called, noted while their files are read."""

    def __init__(self) -> None:
        self._names: dict[str, dict[str, str]] = {}
        self._corpus: Corpus | None = None

    def passing(self, corpora: Iterable[Corpus]) -> Iterator[Corpus]:
        """The same, each with the names of its structures and prestataires noted."""
        for corpus in corpora:
            self._corpus = corpus
            for scope in corpus.scopes.values():
                source = scope.part(scope.level) if scope.level in SHELVES.values() else None
                if source and (titles := titles_of(source.data)):
                    self._names.setdefault(f"{scope.level}s", {})[scope.name] = titles[0]
            yield corpus

    def names(self, table: Table) -> Names:
        """What the values of a table are called: the territory is in every corpus."""
        targets = {column.target for column in table.columns} - {"", *self._names}
        listed = {target: titled(self._corpus, target) for target in targets if self._corpus}
        return self._names | {
            target: {name: titles[0] for name, titles in found.items() if titles}
            for target, found in listed.items()
        }


def exported(gathered: Gathered, name: str, audience: str, names: Names) -> Exported:
    """A table of those gathered, by its name, for an audience; its lines by reference."""
    table = gathered.tables[name]
    kept = tuple(c for c in table.columns if is_open(c, audience) or c.opened_by)
    left = tuple(c for c in table.columns if c not in kept)
    # As stable as the references: those of one keep the order of its file.
    lines = sorted(gathered.lines[name], key=lambda line: line.reference)
    opened = {column.id for column in kept if not is_open(column, audience)}
    if opened:
        lines = [line for line in lines if opened & line.agreed]
    rows = tuple(tuple(_cell(line, c, audience, names) for c in kept) for line in lines)
    return Exported(table, audience, kept, left, rows)


def is_open(column: Column, audience: str) -> bool:
    """Whether an audience may read a column on every line."""
    return audience in column.audience


def _cell(line: Line, column: Column, audience: str, names: Names) -> Any:
    """The values of a column on a line, None where there is none or the author keeps them."""
    if not is_open(column, audience) and column.id not in line.agreed:
        return None
    value = line.values[column.id]
    if isinstance(value, tuple):
        return tuple(_said(one, column, names) for one in value)
    return _said(value, column, names)


def _said(value: Any, column: Column, names: Names) -> Value:
    """A value as people say it: the label of a code, what a name is called, a day."""
    if value is None or isinstance(value, bool | int | Decimal):
        return value
    word = str(value)
    if column.field.get("format") == "date" and column.operation != "compte":
        return datetime.date.fromisoformat(word)
    if column.field.get("format") == "departement":
        found = departement_named(word)
        return found.name if found else word
    if column.target:
        return names.get(column.target, {}).get(word, word)
    return column.labels.get(word, word)
