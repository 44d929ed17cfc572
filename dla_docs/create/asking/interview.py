"""What an answer changes: the data of the file, place by place, and what the session remembers."""

from collections.abc import Iterable, Iterator, Mapping
from copy import deepcopy
from dataclasses import replace
from itertools import pairwise
from typing import Any

from dla_docs.create.asking.owed import blank
from dla_docs.create.asking.questions import (
    ERASED,
    Form,
    Progress,
    Question,
    general,
    is_mapping,
    is_table,
    places_of,
)
from dla_docs.create.new import Draft
from dla_docs.edit.edit import Append, Change, Edit, Remove
from dla_docs.model.findings import Pointer
from dla_docs.model.paths import at
from dla_docs.model.schemas import Schema, field_at, fields

Put = tuple[Pointer, Any]
"""A datum of the file: its place, its new value; None to take it out."""

Answered = tuple[tuple[Put, ...], Progress]
"""What is written in the file, and what is remembered."""


def begun(draft: Draft, data: Mapping[str, Any], given: Iterable[str]) -> Progress:
    """The progress of a session on a new file: what it knows from elsewhere is to be shown.

    `given`: the keys that the person has just said.
    """
    keys = [key for key, _ in fields(draft.schema) if key not in set(given)]
    return showing(Progress(offers=draft.values), keys, data, draft.schema)


def showing(progress: Progress, keys: Iterable[str], data: Any, schema: Schema) -> Progress:
    """The progress once some keys have been filled from elsewhere: they are to be shown."""
    parts = [key for key in keys if not blank(data.get(key))]
    places = [p for key in parts for p in places_of(field_at(schema, (key,)), data[key], (key,))]
    known = tuple(p for p in places if _told(at(data, p), field_at(schema, p)))
    made = {general(place) for key in parts for place in _incomplete(data[key], (key,), schema)}
    return replace(progress, known=known, made=progress.made | made)


def _told(value: Any, field: Schema) -> bool:
    """Whether a datum of a new file comes from elsewhere: not what a key starts with."""
    return not blank(value) and value != field.get("default")


def _incomplete(value: Any, place: Pointer, schema: Schema) -> Iterator[Pointer]:
    """What was filled and lacks more than words: a signature, an invoice, who was there."""
    own = field_at(schema, place)
    if isinstance(value, dict) and is_mapping(own):
        if any(f.get("type") != "string" for k, f in fields(own) if k not in value):
            yield place
        for key, inner in value.items():
            if is_table(field_at(own, (key,))):
                yield from _incomplete(inner, (*place, key), schema)
    elif isinstance(value, list) and is_table(own):
        for rank, item in enumerate(value):
            yield from _incomplete(item, (*place, rank), schema)


def answered(question: Question, value: Any, data: Any, progress: Progress) -> Answered:
    """What an answer writes, and the progress after it; `None` passes the question.

    The answer of a line is the mapping of its cells, None for those left; of a column, the list of
    its values; of known parts or optional keys, those that are chosen. What equals the proposed
    value is kept without being written.
    """
    if question.form is Form.KNOWN:
        return (), _reviewing(question, tuple(value or ()), progress)
    if question.form is Form.ALSO:
        return _chosen(question, tuple(value or ()), data, progress)
    again = tuple(place for place in progress.review if place != question.pointer)
    progress = replace(progress, review=again)
    if value is None:
        return (), _passed(question, progress)
    if question.form is Form.COLUMN:
        places = [(*question.pointer, rank, question.columns[0]) for rank in question.ranks]
        return tuple(zip(places, value, strict=True)), progress
    if value is ERASED:
        return ((question.pointer, None),), _without(question.pointer, progress)
    if question.form is Form.ROW:
        return _row(question, value, data, progress)
    here = question.pointer
    made = progress.made | {general(here[:-1])}
    kept = value == at(data, here)
    puts = () if kept else ((here, value),)
    return puts, replace(progress, passed=progress.passed | {here}, made=made)


def _reviewing(question: Question, places: tuple[Pointer, ...], progress: Progress) -> Progress:
    """The progress once known parts are picked: they are asked again, and tables go on."""
    tables = {place for place in places if is_table(field_at(question.field, place))}
    again = tuple(place for place in places if place not in tables)
    return replace(progress, known=(), review=again, growing=progress.growing | tables)


def _chosen(question: Question, keys: tuple[str, ...], data: Any, progress: Progress) -> Answered:
    """Optional keys that the person wants: those known from elsewhere are filled, and shown."""
    here = question.pointer
    places = {(*general(here), key) for key in keys}
    offered, chosen = progress.offered | {general(here)}, progress.chosen | places
    # A list that is there already goes on, and what may be said of its elements is offered.
    there = {(*here, k) for k in keys if is_table(field_at(question.field, (k,)))}
    there = {place for place in there if not blank(at(data, place))}
    progress = replace(
        progress,
        offered=offered,
        chosen=chosen,
        growing=progress.growing | there,
        made=progress.made | {general((*place, 0)) for place in there},
    )
    if here:
        return (), progress
    known = {key: progress.offers[key] for key in keys if not blank(progress.offers.get(key))}
    # A mapping that lacks something owed is asked at once, with what is known of it proposed.
    puts = [
        ((key,), value)
        for key, value in known.items()
        if not _lacks_owed(value, field_at(question.field, (key,)))
    ]
    filled = with_values(data, puts)
    return tuple(puts), showing(progress, (key for (key,), _ in puts), filled, question.field)


def _lacks_owed(value: Any, own: Schema) -> bool:
    return isinstance(value, dict) and not value.keys() >= set(own.get("required", ()))


def _row(question: Question, value: Mapping[str, Any], data: Any, progress: Progress) -> Answered:
    """A line: its cells are written; those left empty are passed, unless the first is alone.

    Where the first one is all that is owed, the line is whole.
    """
    here = question.pointer
    kept = question.proposed or {}
    answers = {key: value.get(key) for key in question.columns}
    filled = {key: kept.get(key) if cell is None else cell for key, cell in answers.items()}
    given = {key: cell for key, cell in filled.items() if cell is not None}
    owed = question.field.get("required", ())
    left = [(*here, key) for key in question.columns if key not in given and key not in owed]
    several = len(value) > 1 or len(given) > 1 or not set(owed) & set(question.columns) - set(given)
    progress = replace(
        progress,
        passed=progress.passed.union(left if several else (), (here,)),
        single=progress.single | (set() if several else {here}),
        made=progress.made | {general(here)},
        growing=progress.growing | ({here[:-1]} if question.last else set()),
    )
    new = {key: None if cell is ERASED else cell for key, cell in given.items()}
    puts = [((*here, key), cell) for key, cell in new.items() if at(data, (*here, key)) != cell]
    return tuple(puts), progress


def _without(element: Pointer, progress: Progress) -> Progress:
    """The progress once an element is taken out: what it held goes, those after move up by one."""
    *table, rank = element

    def moved(place: Pointer) -> Pointer:
        beyond = place[: len(table)] == tuple(table) and len(place) > len(table)
        step = place[len(table)] if beyond else None
        later = isinstance(step, int) and isinstance(rank, int) and step > rank
        return (*table, int(step) - 1, *place[len(table) + 1 :]) if later and step else place

    left = (place for place in progress.review if place[: len(element)] != element)
    return replace(progress, review=tuple(map(moved, left)))


def _passed(question: Question, progress: Progress) -> Progress:
    """The progress once a question is left: an end of list, a line, or a datum for later."""
    here = question.pointer
    passed = {here}
    if question.form is Form.COLUMN:
        passed = {(*here, rank, question.columns[0]) for rank in question.ranks}
    elif question.last:
        passed = {here[:-1]}
    elif question.form is Form.ROW:
        passed = {(*here, key) for key in question.columns}
        passed |= set() if question.owed else {here}
    growing = progress.growing - {here[:-1]} if question.last else progress.growing
    return replace(progress, passed=progress.passed | passed, growing=growing)


def with_values(data: Any, puts: Iterable[Put]) -> Any:
    """A copy of the data with some values in their places; a list grows by one element at most."""
    new = deepcopy(data)
    for place, value in puts:
        _put(new, place, value)
    return new


def _put(data: Any, place: Pointer, value: Any) -> None:
    for step, following in pairwise(place):
        empty: Any = [] if isinstance(following, int) else {}
        if isinstance(step, int):
            if step == len(data):
                data.append(empty)
            elif blank(data[step]) and not isinstance(data[step], dict | list):
                data[step] = empty
        elif not isinstance(data.get(step), dict | list):
            data[step] = empty
        data = data[step]
    last = place[-1]
    if value is None and isinstance(last, int):
        del data[last]
    elif isinstance(last, int) and last == len(data):
        data.append(value)
    else:
        data[last] = value


def trimmed(data: Any) -> Any:
    """Data without what is empty: the keys, and the elements at the end of a list."""
    if isinstance(data, dict):
        inner = {key: trimmed(value) for key, value in data.items()}
        return {key: value for key, value in inner.items() if not blank(value)}
    if isinstance(data, list):
        items = [trimmed(item) for item in data]
        while items and blank(items[-1]):
            items.pop()
        return items
    return data


def edits_of(puts: Iterable[Put], data: Any) -> tuple[Edit, ...]:
    """The same as changes to the text: the cells of a new element are added together."""
    edits: list[Edit] = []
    added: dict[Pointer, dict[str, Any]] = {}
    for place, value in puts:
        holder = place[:-1]
        table = holder[:-1] if holder and isinstance(holder[-1], int) else None
        if table is not None and len(at(data, table) or ()) <= int(holder[-1]):
            added.setdefault(table, {})[str(place[-1])] = value
        elif value is None:
            edits.append(Remove(place))
        else:
            edits.append(Change(place, value))
    return (*edits, *(Append(table, element) for table, element in added.items()))
