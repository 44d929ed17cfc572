"""What is asked next of a file: one question at a time, from its schema and what it holds already.

Owed keys are asked, with those that the sections of its documents are made of; the others are
offered by their names, once (`ALSO`). What is short and belongs together is asked on one line
(`ROW`): an address, a person, a line of the schedule of payments.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from math import ceil
from typing import Any

from dla_docs.create.asking.owed import Applied, applied, below, blank, elements, required
from dla_docs.create.asking.received import Instead
from dla_docs.model.findings import Pointer
from dla_docs.model.paths import Every, Path, Step, at
from dla_docs.model.schemas import Schema, field_at, fields, refused_key

WIDEST = 8
"""Cells of a line, at most: a person sees what each is. Beyond, the owed ones come first."""

General = tuple[Step, ...]
"""A place whatever the element of a list."""
EVERY = Every()
ERASED = object()
"""What a cell holds when the person takes out what was there."""


class Form(StrEnum):
    """How a question is asked and answered."""

    VALUE = "valeur"
    TEXT = "texte"
    LIST = "liste"
    ROW = "ligne"
    COLUMN = "colonne"
    KNOWN = "connu"
    ALSO = "aussi"


@dataclass(frozen=True)
class Question:
    """One question: where its answer goes, and the schema of that place.

    `columns`: the keys that a line answers, or the optional keys that are offered. `places`: the
    parts of a new file that are shown as known. `proposed`: what Enter keeps. `last`: Enter ends
    the list. `owed`: left empty, the file stays incomplete. `ranks`: the elements of a column.
    `either`: the answer is a received file; Enter, that what it would hold is written here.
    """

    form: Form
    pointer: Pointer
    field: Schema
    columns: tuple[str, ...] = ()
    proposed: Any = None
    last: bool = False
    owed: bool = True
    ranks: tuple[int, ...] = ()
    places: tuple[Pointer, ...] = ()
    either: bool = False


@dataclass(frozen=True)
class Progress:
    """What a session remembers beside the data: what was passed, offered, chosen, and is growing.

    `printed`: the keys that the sections of documents are made of. `known`: the parts of a new
    file that were filled from elsewhere, until they are shown. `review`: the places to ask again.
    `offers`: what is known from elsewhere, written or not. `made`: the mappings whose optional keys
    are to be offered, in general. `single`: those of which one cell alone was answered: the others
    are asked one by one. `demanded`: what a rule wants. `resumed`: the file was there before.
    """

    printed: frozenset[General] = frozenset()
    known: tuple[Pointer, ...] = ()
    review: tuple[Pointer, ...] = ()
    passed: frozenset[Pointer] = frozenset()
    offered: frozenset[General] = frozenset()
    chosen: frozenset[General] = frozenset()
    growing: frozenset[Pointer] = frozenset()
    single: frozenset[Pointer] = frozenset()
    demanded: frozenset[General] = frozenset()
    resumed: bool = False
    instead: Instead | None = None  # What stands for its sections, where it may be received.
    offers: Mapping[str, Any] = field(default_factory=dict)
    made: frozenset[General] = field(default_factory=lambda: frozenset({()}))


def general(place: Pointer) -> General:
    """A place, whatever the elements on its way."""
    return tuple(EVERY if isinstance(step, int) else step for step in place)


def printed_keys(paths: Iterator[Path], kind: str) -> frozenset[General]:
    """The places of a kind of file that some paths name, and what holds them."""
    steps = (path.general.steps for path in paths if path.part == kind)
    return frozenset(s[:size] for s in steps for size in range(1, len(s) + 1))


def next_question(schema: Schema, data: Mapping[str, Any], progress: Progress) -> Question | None:
    """The first question that is left; None when all is said."""
    first = progress.instead
    if first and (here := (first.key,)) not in progress.passed and first.undecided(data):
        return Question(Form.VALUE, here, field_at(schema, here), owed=False, either=True)
    if progress.known:
        return Question(Form.KNOWN, (), schema, places=progress.known, owed=False)
    if progress.review:
        return _again(progress.review[0], schema, data)
    return next(_of_mapping((schema,), data, (), progress), None)


def _of_mapping(
    schemas: Applied, data: Mapping[str, Any], place: Pointer, progress: Progress
) -> Iterator[Question]:
    """The questions left of a mapping, in the order of its keys, then its optional keys."""
    live = applied(schemas, data)
    unowed = progress.instead.unowed(data) if progress.instead and not place else frozenset()
    owed = required(live, data) - unowed
    yield from _of_line(schemas[0], data, place, owed, progress)
    # A mapping that was chosen, owes nothing and holds no line is a checklist: all of it is meant.
    bare = not schemas[0].get("required") and not cells(schemas[0])
    whole = bool(place) and bare and general(place) in progress.chosen
    optional: dict[str, Applied] = {}
    for key, own in fields(schemas[0]):
        here, value = (*place, key), data.get(key)
        if refused_key(own) or "const" in own or own.get("x-note"):
            continue
        where = general(here)
        printed = where in progress.printed and key not in unowed
        wanted = whole or key in owed or printed or where in progress.chosen
        if not blank(value):
            yield from _of_present(below(live, key), value, here, progress)
            if is_table(own) and progress.resumed and here not in progress.passed:
                optional[key] = below(live, key)
        elif wanted and here not in progress.passed:
            yield from _of_chosen(schemas[0], data, place, progress)
            due = key in owed or where in progress.demanded
            yield from _of_absent(below(live, key), here, progress, due)
        elif not wanted and here not in progress.passed:
            optional[key] = below(live, key)
    if general(place) in progress.made - progress.offered:
        yield from _optional(schemas[0], data, place, optional, progress)


def _optional(
    own: Schema,
    data: Mapping[str, Any],
    place: Pointer,
    optional: Mapping[str, Applied],
    progress: Progress,
) -> Iterator[Question]:
    """What else may be said of a mapping: its optional keys, and its lists that may go on."""
    if len(optional) == 1 and blank(data.get(next(iter(optional)))):
        # To ask for its value is as short as to ask whether there is one.
        for key, field_schemas in optional.items():
            yield from _of_absent(field_schemas, (*place, key), progress, owed=False)
    elif optional:
        yield Question(Form.ALSO, place, own, tuple(optional), owed=False)


def _of_line(
    own: Schema, data: Mapping[str, Any], place: Pointer, owed: frozenset[str], progress: Progress
) -> Iterator[Question]:
    """What a mapping that is there still lacks, on one line, as soon as some of it is owed."""
    lacking = [
        key
        for key, inner in fields(own)
        if blank(data.get(key))
        and not refused_key(inner)
        and is_short(inner, key in own.get("required", ()))
        and (*place, key) not in progress.passed
    ]
    # As on the first pass: a postcode given second is not taken for a complement.
    lacking.sort(key=lambda key: key not in own.get("required", ()))
    if len(lacking) > WIDEST:
        lacking = [key for key in lacking if key in owed][:WIDEST]
    apart = not place or place in progress.single
    if not apart and len(lacking) > 1 and not owed.isdisjoint(lacking):
        yield Question(Form.ROW, place, own, tuple(lacking))


def _of_chosen(
    own: Schema, data: Mapping[str, Any], place: Pointer, progress: Progress
) -> Iterator[Question]:
    """The short optional keys that were chosen for the elements of a list, on one line."""
    columns = tuple(
        key
        for key, inner in fields(own)
        if (*general(place), key) in progress.chosen
        and is_short(inner, owed=False)
        and blank(data.get(key))
        and (*place, key) not in progress.passed
    )
    if place and len(columns) > 1:
        # Lines of about the same length rather than a long one, then a short one.
        rows = ceil(len(columns) / WIDEST)
        yield Question(Form.ROW, place, own, columns[: ceil(len(columns) / rows)], owed=False)


def _of_absent(
    schemas: Applied, here: Pointer, progress: Progress, owed: bool
) -> Iterator[Question]:
    """The question of a datum that is not there."""
    own = schemas[0]
    if is_table(own):
        inner = own["items"]
        yield Question(Form.ROW, (*here, 0), inner, cells(inner), last=True, owed=owed)
    elif is_mapping(own):
        columns = tuple(key for key in cells(own) if (*here, key) not in progress.passed)
        if len(columns) > 1:
            offer = at(progress.offers, here) or None
            yield Question(Form.ROW, here, own, columns, owed=owed, proposed=offer)
        else:
            yield from _of_mapping(schemas, {}, here, progress)
    else:
        offer = at(progress.offers, here)
        proposed = own.get("default") if blank(offer) else offer
        yield Question(form_of(own), here, own, owed=owed, proposed=proposed)


def _of_present(
    schemas: Applied, value: Any, here: Pointer, progress: Progress
) -> Iterator[Question]:
    """The questions left of what is there already: what it lacks, and whether a list goes on."""
    own = schemas[0]
    if isinstance(value, dict) and is_mapping(own):
        # A checklist that still holds what it starts with is a question, with that proposed.
        if value == own.get("default") and here not in progress.passed:
            yield Question(Form.ROW, here, own, cells(own), proposed=value)
        else:
            yield from _of_mapping(schemas, value, here, progress)
    elif isinstance(value, list) and is_table(own):
        inner = elements(schemas)
        yield from _columns(inner[0], value, here, progress)
        for rank, item in enumerate(value):
            if isinstance(item, dict):
                yield from _of_mapping(inner, item, (*here, rank), progress)
        # A list that holds all it may is not asked to go on.
        if here in progress.growing and len(value) < own.get("maxItems", len(value) + 1):
            end = (*here, len(value))
            yield Question(Form.ROW, end, inner[0], cells(inner[0]), last=True, owed=False)


def _columns(
    inner: Schema, items: list[Any], here: Pointer, progress: Progress
) -> Iterator[Question]:
    """What several elements lack of the same, asked on one line: the weight of each criterion."""
    owed = inner.get("required", ())
    for key, own in fields(inner):
        lacking = [
            rank
            for rank, item in enumerate(items)
            if isinstance(item, dict)
            and blank(item.get(key))
            and not {(*here, rank, key), (*here, rank)} & progress.passed
        ]
        counted = own.get("type") in ("integer", "number")
        if key in owed and len(lacking) > 1 and counted:
            yield Question(Form.COLUMN, here, inner, (key,), ranks=tuple(lacking))


def _again(place: Pointer, schema: Schema, data: Mapping[str, Any]) -> Question:
    """The question of a datum that is there, with it proposed."""
    own: Schema = schema
    for step in place:
        own = own.get("items", {}) if isinstance(step, int) else own["properties"][step]
    value = at(data, place)
    if is_mapping(own):
        return Question(Form.ROW, place, own, cells(own), proposed=value)
    return Question(form_of(own), place, own, proposed=value)


def places_of(schema: Schema, data: Any, place: Pointer) -> Iterator[Pointer]:
    """The places of a datum that are shown one by one: a line, a text; a table, to add to it."""
    if isinstance(data, dict) and is_mapping(schema):
        short = cells(schema)
        if any(key in data for key in short):
            yield place
        for key, own in fields(schema):
            if key in data and key not in short:
                yield from places_of(own, data[key], (*place, key))
    elif isinstance(data, list) and is_table(schema):
        for rank, item in enumerate(data):
            yield from places_of(schema["items"], item, (*place, rank))
        yield place
    else:
        yield place


def form_of(own: Schema) -> Form:
    """How the datum of a field is asked, when it is neither a mapping nor a table."""
    if own.get("contentMediaType") == "text/markdown":
        return Form.TEXT
    return Form.LIST if own.get("type") == "array" else Form.VALUE


def is_mapping(own: Schema) -> bool:
    """Whether a field holds keys of its own."""
    return bool(own.get("properties")) and own.get("contentMediaType") != "text/markdown"


def is_table(own: Schema) -> bool:
    """Whether a field is a list of mappings."""
    items = own.get("items")
    return own.get("type") == "array" and isinstance(items, Mapping) and is_mapping(items)


def is_scalar(own: Schema) -> bool:
    """Whether a field holds one short value."""
    plain = own.get("type") not in ("array", "object") and not own.get("properties")
    return plain and own.get("contentMediaType") != "text/markdown"


def is_closed(own: Schema) -> bool:
    """Whether a field takes its value among known ones."""
    return "enum" in own or "x-reference" in own


def cells(schema: Schema) -> tuple[str, ...]:
    """The keys of a mapping that are short enough to be answered together, on one line.

    Values, lists of known names, owed lists of words; the points of a checklist, which are small
    mappings of one shape.
    """
    owed = schema.get("required", ())
    known = {key: own for key, own in fields(schema) if not refused_key(own)}
    if _is_checklist(list(known.values())):
        return tuple(known)
    short = [key for key, own in known.items() if is_short(own, key in owed)]
    # Who gives what is owed alone leaves no place empty for what is not.
    short.sort(key=lambda key: key not in owed)
    if len(short) > WIDEST:
        short = [key for key in short if key in owed] or short
    return tuple(short[:WIDEST])


def is_short(own: Schema, owed: bool) -> bool:
    """Whether a datum fits in the cell of a line."""
    if is_scalar(own):
        return True
    listed = form_of(own) is Form.LIST and not is_table(own) and not is_mapping(own)
    return listed and (owed or is_closed(own.get("items", {})))


def _is_checklist(known: list[Schema]) -> bool:
    shapes = [own.get("properties") for own in known if is_mapping(own)]
    if not 1 < len(shapes) == len(known) or not shapes[0]:
        return False
    return all(shape == shapes[0] for shape in shapes) and all(map(is_scalar, shapes[0].values()))
