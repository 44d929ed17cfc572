"""What the answers of a form say of the data: each value, its place, and where it was read.

`retour` of the type says where each answer goes; what goes nowhere is told, and kept in the file.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from fnmatch import fnmatchcase
from typing import Any

from dla_docs.create.asking.closed import Names, Refused, short
from dla_docs.documents.returned import Returned, ReturnedTable
from dla_docs.forms.fields import Field
from dla_docs.model.findings import Pointer
from dla_docs.model.schemas import Schema, field_at
from dla_docs.model.values import NO_BREAK, printed
from dla_docs.receive.answers import Answer, Reply
from dla_docs.receive.blank import Blank
from dla_docs.receive.listed import elements_of, is_placed, marks_of
from dla_docs.receive.prices import SUMS, amount, priced
from dla_docs.receive.values import read_datum


@dataclass(frozen=True)
class Origin:
    """Where a value was read: the label that asked it, how it was found, its page and paragraph.

    `table` and `row` name the line of a table, `row` from 1; `doubt` is why it must be looked at.
    """

    label: str
    how: str = ""
    page: int = 0
    rank: int = 0
    table: str = ""
    row: int = 0
    doubt: str = ""


@dataclass(frozen=True)
class Given:
    """A value: its place below what the form fills. Without a place, it goes nowhere.

    `said`: the words. `fault`: why they are no value there; then there is none. `element`: what
    names the element of a list that it belongs to; `()` where its place is known already.
    """

    place: Pointer
    value: Any
    said: str
    origin: Origin
    fault: str = ""


@dataclass(frozen=True)
class Answers:
    """All that a reply says: values, elements of lists by the place of the list, contradictions.

    `unanswered`: the labels of what was asked and has no answer. `remarks`: what a person must look
    at in the document itself.
    """

    values: tuple[Given, ...] = ()
    elements: Mapping[Pointer, tuple[tuple[Mapping[str, Any], Origin], ...]] = field(
        default_factory=dict
    )
    faults: tuple[str, ...] = ()
    unanswered: tuple[str, ...] = ()
    left: tuple[Given, ...] = ()
    remarks: tuple[str, ...] = ()


def answers_of(reply: Reply, blank: Blank, into: Returned, schema: Schema, names: Names) -> Answers:
    """What a reply says, for what the form fills: a file, or an element. `schema`: of that."""
    reader = _Reader(reply, blank, into, schema, names)
    values = [*reader.fields(), *reader.boxes(), *reader.marks()]
    elements, wrong = reader.elements()
    prices, faults = reader.prices()
    faults += _contradictions(prices, values)
    said = _doubted((*prices, *values)) if faults else (*prices, *values)
    found = {given.place: given for given in said if given.place}
    unread = [given for given in values if given.fault]
    kept = [given for place, given in found.items() if not given.fault]
    return Answers(
        values=tuple([*kept, *dict.fromkeys([*unread, *wrong])]),
        elements=elements,
        faults=tuple(faults),
        unanswered=tuple(reader.unanswered()),
        left=tuple(reader.left()),
        remarks=(*reply.remarks, *reader.doubtful_boxes(), *reader.unplaced()),
    )


def _doubted(values: Sequence[Given]) -> Iterator[Given]:
    """The values, those of sums that do not agree in doubt: none of them is written unseen."""
    for given in values:
        one = given.origin
        if given.place[-1:] and given.place[-1] in SUMS:
            one = replace(one, doubt=one.doubt or "les montants du budget se contredisent")
        yield replace(given, origin=one)


def _contradictions(prices: Sequence[Given], values: Sequence[Given]) -> Iterator[str]:
    """The amounts that the table of the budget makes, where the document says others elsewhere."""
    said = {given.place: given for given in values if not given.fault}
    for price in prices:
        other = said.get(price.place)
        if other is not None and price.value != other.value:
            told, made = (printed(Decimal(str(v))) for v in (other.value, price.value))
            yield (f"« {other.origin.label} » : le budget donne {made} €, le document dit {told} €")


_ADDED = "cette ligne n’est pas du formulaire tel qu’il est fait aujourd’hui"


class _Reader:
    """Reads the answers of one form."""

    def __init__(
        self, reply: Reply, blank: Blank, into: Returned, schema: Schema, names: Names
    ) -> None:
        self._reply, self._blank, self._into = reply, blank, into
        self._schema, self._names = schema, names

    def fields(self) -> Iterator[Given]:
        """The answers that make a datum each, or several together."""
        for datum, keys in self._into.fields.items():
            answers = [self._reply.answers[k] for k in keys if k in self._reply.answers]
            answers = [answer for answer in answers if answer.text]
            if answers:
                place = tuple(datum.split("."))
                text = "\n\n".join(answer.text for answer in answers)
                doubt = next((a.doubt for a in answers if a.doubt), "")
                yield from self._read(place, text, self._origin(answers[0], doubt))

    def _origin(self, answer: Answer, doubt: str = "") -> Origin:
        label = self._blank.fields[answer.key].label.rstrip(" *")
        return Origin(label, answer.how, answer.page, answer.rank, doubt=doubt or answer.doubt)

    def _read(self, place: Pointer, text: str, origin: Origin) -> Iterator[Given]:
        own = field_at(self._schema, place)
        try:
            read = read_datum(text, own, self._names)
        except Refused as refused:
            yield Given(place, None, text, origin, fault=str(refused))
            return
        for below, value in read.items():
            yield Given((*place, *below), value, text, origin)

    def boxes(self) -> Iterator[Given]:
        """The data that boxes say; several ticked that do not agree are told."""
        for datum, meanings in self._into.boxes.items():
            ticked = [a for k in meanings if (a := self._reply.answers.get(k)) and a.ticked]
            values = list(dict.fromkeys(meanings[answer.key] for answer in ticked))
            if not values:
                continue
            place, origin = tuple(datum.split(".")), self._origin(ticked[0])
            said = ", ".join(self._blank.fields[a.key].label for a in ticked)
            fault = "plusieurs cases sont cochées" if len(values) > 1 else ""
            yield Given(place, None if fault else values[0], said, origin, fault)

    def doubtful_boxes(self) -> Iterator[str]:
        """The boxes of which nobody can say whether they are ticked."""
        for answer in self._reply.answers.values():
            if answer.ticked is False and answer.doubt:
                label = self._blank.fields[answer.key].label
                yield f"«{NO_BREAK}{label}{NO_BREAK}»{NO_BREAK}: {answer.doubt}"

    def unplaced(self) -> Iterator[str]:
        """The rows that are none of those of a form whose rows are its own."""
        for key, table in self._into.tables.items():
            form = self._blank.tables.get(key)
            for line in self._reply.lines.get(key, ()) if form else ():
                if form and not is_placed(form, table, line):
                    said = short(" ".join(" ".join(line.cells).split()))
                    yield f"«{NO_BREAK}{said}{NO_BREAK}» n’est pas une ligne de ce tableau"

    def marks(self) -> Iterator[Given]:
        """The data that the box ticked in each row says."""
        for key, table in self._into.tables.items():
            if table.values:
                lines = self._reply.lines.get(key, ())
                doubts = {line.rank: line.doubt for line in lines}
                for mark in marks_of(self._blank.tables.get(key), table, lines):
                    doubt = doubts.get(mark.row, "")
                    origin = Origin(mark.label, "case", mark.page, 0, key, mark.row, doubt)
                    yield Given(mark.place, mark.value, mark.said, origin, mark.fault)

    def elements(
        self,
    ) -> tuple[dict[Pointer, tuple[tuple[Mapping[str, Any], Origin], ...]], list[Given]]:
        """The elements that the rows of tables are, by list; and the cells that are no value."""
        found: dict[Pointer, tuple[tuple[Mapping[str, Any], Origin], ...]] = {}
        wrong: list[Given] = []
        for key, form in self._blank.tables.items():
            table = next((t for n, t in self._into.tables.items() if _is(key, n)), None)
            if table is None or table.values or table.reading:
                continue
            lines = self._reply.lines.get(key, ())
            added = _ADDED if table.rows else ""
            doubts = {n.rank: n.doubt or (added if n.row is None else "") for n in lines}
            for element in elements_of(form, table, lines, self._schema, self._names):
                doubt = doubts.get(element.row, "")
                origin = Origin(element.label, "tableau", element.page, 0, key, element.row, doubt)
                if element.fault:
                    wrong.append(Given(element.place, None, element.said, origin, element.fault))
                if element.data and element.own:
                    wrong += [
                        Given((*element.place, k), v, element.said, origin)
                        for k, v in element.data.items()
                    ]
                elif element.data:
                    held = found.get(element.place, ())
                    data = {**element.data, **self._attested(table)}
                    found[element.place] = (*held, (data, origin))
        return found, wrong

    def _attested(self, table: ReturnedTable) -> dict[str, bool]:
        """What a box, ticked once, says of every row of a table."""
        answers = {datum: self._reply.answers.get(key) for datum, key in table.attested.items()}
        return {datum: True for datum, answer in answers.items() if answer and answer.ticked}

    def prices(self) -> tuple[list[Given], list[str]]:
        """The price that a table of budget makes, and its contradictions."""
        given: list[Given] = []
        faults: list[str] = []
        for key, table in self._into.tables.items():
            if table.reading != "prix":
                continue
            rate = self._reply.answers.get("taux_tva")
            result = priced(self._reply.lines.get(key, ()), amount(rate.text) if rate else None)
            doubt = next((line.doubt for line in self._reply.lines.get(key, ()) if line.doubt), "")
            origin = Origin("Budget", "tableau", table=key, doubt=doubt)
            given += [
                Given((*table.into, name), value, "", origin) for name, value in result.data.items()
            ]
            faults += result.faults
        return given, faults

    def unanswered(self) -> Iterator[str]:
        """What was asked, goes somewhere, and has no answer."""
        asked = [key for keys in self._into.fields.values() for key in keys]
        for key in asked:
            own = self._blank.fields.get(key)
            if own and not (key in self._reply.answers and self._reply.answers[key].text):
                yield own.label.rstrip(" *")

    def left(self) -> Iterator[Given]:
        """The answers that go nowhere in the data: a person reads them."""
        for key, answer in self._reply.answers.items():
            if any(fnmatchcase(key, pattern) for pattern in self._into.left):
                own: Field = self._blank.fields[key]
                said = answer.text or (own.label if answer.ticked else "")
                if said:
                    yield Given((), None, said, self._origin(answer))


def _is(key: str, name: str) -> bool:
    """Whether a table of the form is one of that name: `preconisations_2` is a second one."""
    return key == name or (key.startswith(f"{name}_") and key[len(name) + 1 :].isdigit())
