"""Where what comes back in a blank form goes: the block `retour` of a manifest.

Every datum it names is one of the file that it fills; a test holds each key against the forms.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any

from dla_docs.model.paths import Path


@dataclass(frozen=True)
class Ticked:
    """What the boxes of a column say: the datum, and its value where one is ticked."""

    datum: str
    value: Any


@dataclass(frozen=True)
class ReturnedTable:
    """Where a table of a form goes.

    `into`: the list whose elements its rows are, or the mapping that they fill. `columns`: what
    each holds, by the keys of an element; several keys for one cell that holds a name. `rows`: the
    datum of each row where it has one of its own, by the words it begins with or in order; `values`
    is then what the box of each column says. `reading`: a way to read it that has a name.
    `attested`: the data that a box of the form, ticked once, says true of every row.
    """

    into: tuple[str, ...]
    columns: tuple[tuple[str, ...] | Ticked, ...] = ()
    rows: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    ordered: tuple[str, ...] = ()
    values: tuple[Any, ...] = ()
    reading: str = ""
    attested: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))


@dataclass(frozen=True)
class Returned:
    """Where the answers of a form go: in the file `into`, or in one element of its list `element`.

    `key`: the datum of the element that is the key of the document, or one of the answers. `fields`
    gives each datum the answers that make it; `boxes`, what each box says; `present`, the points of
    a checklist that an answer shows to be there; `printed`, those that the form itself bears;
    `left`, what a person reads, and no datum holds; `unkept`, what is read in the file alone, or
    serves who fills the form.
    """

    into: str
    element: Path | None = None
    key: str = ""
    fields: Mapping[str, tuple[str, ...]] = field(default_factory=lambda: MappingProxyType({}))
    boxes: Mapping[str, Mapping[str, Any]] = field(default_factory=lambda: MappingProxyType({}))
    tables: Mapping[str, ReturnedTable] = field(default_factory=lambda: MappingProxyType({}))
    present: Mapping[str, tuple[str, ...]] = field(default_factory=lambda: MappingProxyType({}))
    printed: tuple[str, ...] = ()
    left: tuple[str, ...] = ()
    unkept: tuple[str, ...] = ()

    def data(self) -> Iterator[tuple[str, ...]]:
        """The place of every datum that it names, from its file or its element."""
        yield from (tuple(name.split(".")) for name in (*self.fields, *self.boxes))
        yield from (("points", *name.split(".")) for name in (*self.present, *self.printed))
        for table in self.tables.values():
            yield from _data_of(table)


def _data_of(table: ReturnedTable) -> Iterator[tuple[str, ...]]:
    named = [*table.rows.values(), *table.ordered]
    holders = [(*table.into, *row.split(".")) for row in named] or [(*table.into, "0")]
    if table.values or table.reading:
        yield from holders if named else [table.into]
        return
    for holder in holders:
        for column in table.columns:
            for key in (column.datum,) if isinstance(column, Ticked) else column:
                yield (*holder, key)
        yield from ((*holder, datum) for datum in table.attested)


def returned(data: Mapping[str, Any] | None) -> Returned | None:
    """What a manifest declares; None for a type that nobody fills and sends back."""
    if not data:
        return None
    element = data.get("element")
    return Returned(
        into=data["vers"],
        element=Path.parse(f"{data['vers']}.{element}") if element else None,
        key=data.get("cle", ""),
        fields={datum: _listed(keys) for datum, keys in data.get("champs", {}).items()},
        boxes={datum: dict(boxes) for datum, boxes in data.get("cases", {}).items()},
        tables={key: _table(table) for key, table in data.get("tableaux", {}).items()},
        present={datum: _listed(keys) for datum, keys in data.get("points", {}).items()},
        printed=tuple(data.get("imprimes", ())),
        left=tuple(data.get("laisses", ())),
        unkept=tuple(data.get("sans_suite", ())),
    )


def _listed(keys: str | Sequence[str]) -> tuple[str, ...]:
    return (keys,) if isinstance(keys, str) else tuple(keys)


def _table(data: Mapping[str, Any]) -> ReturnedTable:
    rows = data.get("lignes", {})
    named = isinstance(rows, Mapping)
    return ReturnedTable(
        into=tuple(data["vers"].split(".")) if data.get("vers") else (),
        columns=tuple(_column(column) for column in data.get("colonnes", ())),
        rows=dict(rows) if named else {},
        ordered=() if named else tuple(rows),
        values=tuple(data.get("valeurs", ())),
        reading=data.get("lecture", ""),
        attested=dict(data.get("atteste", {})),
    )


def _column(column: str | Mapping[str, Any] | None) -> tuple[str, ...] | Ticked:
    if isinstance(column, Mapping):
        ((datum, value),) = column.items()
        return Ticked(datum, value)
    return tuple(column.split()) if column else ()
