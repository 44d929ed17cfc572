"""The rows of a table of a form, as elements of a list of the data, or as the data of each row."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from dla_docs.create.asking.closed import Names, Refused
from dla_docs.documents.returned import ReturnedTable, Ticked
from dla_docs.model.findings import Pointer
from dla_docs.model.schemas import Schema, field_at
from dla_docs.receive.blank import Table
from dla_docs.receive.folded import plain, says
from dla_docs.receive.people import person_of
from dla_docs.receive.rows import Line
from dla_docs.receive.values import read_datum

PERSON = ("prenom", "nom")
"""The keys of a cell that holds a name."""


@dataclass(frozen=True)
class Element:
    """A row as data: of a list at `place`, or of the place itself where `own`. `fault`: a cell."""

    place: Pointer
    data: Mapping[str, Any]
    label: str
    said: str = ""
    fault: str = ""
    row: int = 0
    page: int = 0
    own: bool = False


@dataclass(frozen=True)
class Mark:
    """What the box ticked in a row says."""

    place: Pointer
    value: Any
    label: str
    said: str
    fault: str
    row: int
    page: int


def elements_of(
    form: Table, into: ReturnedTable, lines: Sequence[Line], schema: Schema, names: Names
) -> Iterator[Element]:
    """The elements that some rows are, cell by cell; a cell that is no value is told on its own."""
    for line in lines:
        place, own = _place(form, into, line)
        if place is None:
            continue
        inner = field_at(schema, place if own else (*place, 0))
        data: dict[str, Any] = {}
        for column, target in enumerate(into.columns):
            text = line.cells[column] if column < len(line.cells) else ""
            label = form.titles[column] if column < len(form.titles) else ""
            try:
                data |= _cell(text, target, column in line.ticked, inner, names)
            except Refused as refused:
                yield Element(place, {}, label, text, str(refused), line.rank, line.page)
        if data:
            yield Element(place, data, form.titles[0], "", "", line.rank, line.page, own)


def is_placed(form: Table, into: ReturnedTable, line: Line) -> bool:
    """Whether a row has a place in the data: each of a form whose rows are its own must be one."""
    if into.values:
        return line.row is not None and line.row < len(into.ordered)
    return not into.rows or _place(form, into, line)[0] is not None


def _place(form: Table, into: ReturnedTable, line: Line) -> tuple[Pointer | None, bool]:
    """The list that a row is an element of; or the datum that it is, and then True."""
    if not into.rows:
        return into.into, False
    first = plain(line.cells[0] or (form.rows[line.row].words[0] if line.row is not None else ""))
    for begins, datum in into.rows.items():
        if first.startswith(plain(begins)):
            return (*into.into, *datum.split(".")), True
    return None, False


def _cell(
    text: str, target: tuple[str, ...] | Ticked, ticked: bool, inner: Schema, names: Names
) -> dict[str, Any]:
    """What a cell says of the keys of an element. Raises Refused."""
    if isinstance(target, Ticked):
        return {target.datum: target.value} if ticked else {}
    if not target or not says(text):
        return {}
    if target == PERSON:
        return {k: v for k, v in person_of(text).items() if k in inner.get("properties", {})}
    read = read_datum(text, field_at(inner, (target[0],)), names)
    return {target[0]: read[()]} if () in read else {}


def marks_of(form: Table | None, into: ReturnedTable, lines: Sequence[Line]) -> Iterator[Mark]:
    """The datum of each row whose box is ticked."""
    for line in lines if form else ():
        if form is None or line.row is None or line.row >= len(into.ordered) or not line.ticked:
            continue
        values = [into.values[c] for c in line.ticked if c < len(into.values)]
        fault = "plusieurs cases sont cochées" if len(values) > 1 else ""
        said = ", ".join(form.titles[c] for c in line.ticked if c < len(form.titles))
        label = form.rows[line.row].words[0]
        place = (*into.into, into.ordered[line.row])
        value = None if fault or not values else values[0]
        if value is not None or fault:
            yield Mark(place, value, label, said, fault, line.rank, line.page)
