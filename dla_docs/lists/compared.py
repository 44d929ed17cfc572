"""A row beside what is known of the same thing: new, changed (old → new), or the same.

A row never takes anything out: an empty cell says nothing, and the elements of a list that it does
not name stay. A list of words is replaced by the one that the cell gives, which shows all of it.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from dla_docs.edit.changes import Append, Change, Edit
from dla_docs.lists.declared import ListType
from dla_docs.model.findings import Pointer
from dla_docs.model.readings import tight
from dla_docs.model.schemas import Schema, field_at
from dla_docs.model.words import plain


@dataclass(frozen=True)
class Difference:
    """A datum that a row changes: where, what it is called, what it was and what it becomes."""

    pointer: Pointer
    title: str
    former: Any
    value: Any
    edit: Edit


def differences(
    known: Mapping[str, Any], data: Mapping[str, Any], declared: ListType, base: Pointer
) -> tuple[Difference, ...]:
    """What a row changes of what is known. `base`: the place of the record in its file."""
    return tuple(_mapping(known, data, (), declared, base))


def _mapping(
    known: Any, data: Mapping[str, Any], at: Pointer, declared: ListType, base: Pointer
) -> Iterator[Difference]:
    known = known if isinstance(known, Mapping) else {}
    for key, value in data.items():
        former, place = known.get(key), (*at, key)
        if isinstance(value, dict):
            yield from _mapping(former, value, place, declared, base)
        elif isinstance(value, list) and value and isinstance(value[0], dict):
            yield from _elements(former, value, place, declared, base)
        elif not alike(former, value, field_at(declared.schema, place)):
            edit = Change((*base, *place), value)
            yield Difference(place, title_of(place, declared), former, value, edit)


def _elements(
    known: Any, data: list[Any], at: Pointer, declared: ListType, base: Pointer
) -> Iterator[Difference]:
    """Each element by what tells it: changed where it is known, else added after the others."""
    keys = declared.keys.get(str(at[-1]), ())
    listed = known if isinstance(known, list) else []
    for value in data:
        rank = _same_element(listed, value, keys, field_at(declared.schema, (*at, 0)))
        if rank is None:
            edit = Append((*base, *at), value)
            yield Difference((*at, len(listed)), title_of(at, declared), None, value, edit)
        else:
            yield from _mapping(listed[rank], value, (*at, rank), declared, base)


def _same_element(
    listed: list[Any], value: Mapping[str, Any], keys: tuple[str, ...], schema: Schema
) -> int | None:
    """The rank of the element that a value is of: the last that its keys, as far as said, fit.

    Without the first of its keys, a value is of no known element.
    """
    said = [key for key in keys if key in value]
    if not said or said[0] != keys[0]:
        return None
    for rank in reversed(range(len(listed))):
        item = listed[rank] if isinstance(listed[rank], Mapping) else {}
        if all(alike(item.get(key), value[key], field_at(schema, (key,))) for key in said):
            return rank
    return None


def alike(one: Any, other: Any, field: Schema) -> bool:
    """Whether two values say the same: spaces, apostrophes and groups of digits aside.

    A name that a list gives in capitals is the same name.
    """
    if isinstance(one, list) and isinstance(other, list):
        items = field_at(field, (0,))
        return len(one) == len(other) and all(
            alike(a, b, items) for a, b in zip(one, other, strict=True)
        )
    if isinstance(one, bool) or isinstance(other, bool):
        return one is other
    if isinstance(one, int | Decimal) and isinstance(other, int | Decimal):
        return one == other
    if not isinstance(one, str) or not isinstance(other, str):
        return one is None and other is None
    if field.get("format") and field["format"] not in {"date", "email", "uri"}:
        return _code(one) == _code(other)
    former, new = _eased(one), _eased(other)
    return former == new or (new == new.upper() and former.upper() == new)


def _code(text: str) -> str:
    """A code without what parts its groups; a French number as one dials it from France."""
    return tight(text.replace("+33", "0", 1))


def _eased(text: str) -> str:
    return plain(text).replace("'", "’")


def title_of(place: Pointer, declared: ListType) -> str:
    """What people call a datum of a row: the title of its column, else that of its field."""
    for column in declared.columns:
        steps = tuple(step if isinstance(step, str) else 0 for step in column.steps)
        if column.in_model and steps == tuple(s if isinstance(s, str) else 0 for s in place):
            return column.title
    return str(field_at(declared.schema, place).get("title", place[-1]))
