"""What the lines of a table hold of what they should, and who has what they lack.

A column that says `aupres` is due on each line; with `attendu_si`, only where the column it names
is filled, and as many times: two conventions are due two prestataires. A day to come asks for
nothing yet.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from dla_docs.context.tallied import Row, Titles, period_of
from dla_docs.context.views import Lens, TemplateFault
from dla_docs.documents.documents import Document
from dla_docs.gather.counted import STRUCTURES, every
from dla_docs.gather.figures import within
from dla_docs.gather.gather import Gathered, Line
from dla_docs.gather.tables import Column, Table
from dla_docs.model.values import Pourcent

NAME = "denomination"
"""The column that says what the structure of a line is called, where a table has it."""


@dataclass(frozen=True)
class Lack:
    """A datum that a line lacks: its column, and who has it."""

    titre: str
    description: str
    aupres: str


@dataclass(frozen=True)
class Held:
    """A line: what it is about, the data that are due, those it lacks, all its values.

    `dues`: the titles of their columns. `dernier`: the last day of its own that the period counts.
    """

    reference: str
    structure: str
    dues: tuple[str, ...]
    attendues: int
    presentes: int
    manquent: tuple[Lack, ...]
    dernier: date | None
    donnees: Row


@dataclass(frozen=True)
class Datum:
    """A column: on how many lines it is due, there, and lacking."""

    titre: str
    description: str
    aupres: str
    attendues: int
    presentes: int
    manquent: int


@dataclass(frozen=True)
class Asked:
    """What is to be asked to one holder, of one line: the titles of the columns."""

    reference: str
    structure: str
    donnees: tuple[str, ...]


@dataclass(frozen=True)
class Holder:
    """Someone who has what lacks, and all that is to be asked there."""

    aupres: str
    demandes: tuple[Asked, ...]
    total: int


@dataclass(frozen=True)
class Completeness:
    """What a table holds of what it should, over the lines of a period."""

    titre: str
    lignes: tuple[Held, ...]
    donnees: tuple[Datum, ...]
    detenteurs: tuple[Holder, ...]
    attendues: int
    presentes: int
    taux: Pourcent | None


def completed(document: Document, lens: Lens, gathered: Gathered, name: Any) -> Completeness:
    """`completude('enee')`: that of a table, over the lines that have a day in the period.

    Raises TemplateFault for a name that is no table's.
    """
    table = gathered.tables.get(name) if isinstance(name, str) else None
    if table is None:
        raise TemplateFault(f"« completude » attend un tableau : {', '.join(gathered.tables)}")
    titles = Titles(lens.corpus)
    period = period_of(document, lens.corpus)
    lines = sorted(gathered.lines.get(table.name, ()), key=lambda line: line.reference)
    meant = [
        line
        for line in lines
        if within(line, period, table)
        and any(period.start <= day <= period.end for day in _days(line, table))
    ]
    reading = _Reading(table, titles, lens.audience, period.end)
    return completeness(table, tuple(reading.held(line) for line in meant))


def completeness(table: Table, held: tuple[Held, ...]) -> Completeness:
    """The counts of some lines: by column, by holder, and in all."""
    due, there = sum(line.attendues for line in held), sum(line.presentes for line in held)
    return Completeness(
        table.title,
        held,
        tuple(_data(table, held)),
        tuple(_holders(held)),
        due,
        there,
        _share(there, due),
    )


def _share(there: int, due: int) -> Pourcent | None:
    """The percent nearest; what lacks one datum of a thousand is not complete."""
    if not due:
        return None
    near = (Decimal(there) * 100 / due).quantize(Decimal(1), ROUND_HALF_UP)
    return Pourcent(near if there == due else min(near, Decimal(99)))


def _days(line: Line, table: Table) -> list[str]:
    """The days of the line itself, not of a fiche that it names."""
    own = (c for c in table.columns if c.field.get("format") == "date" and c.path.through is None)
    return [str(day) for column in own for day in every(line.values.get(column.id))]


@dataclass(frozen=True)
class _Reading:
    """How the lines of a table are read: for whom, and up to which day."""

    table: Table
    titles: Titles
    audience: frozenset[str]
    end: str

    def held(self, line: Line) -> Held:
        """A line with what it is due, and what it lacks."""
        due = [
            column for column in self.table.columns if column.held_by and self._due(column, line)
        ]
        lacking = [column for column in due if self._lacks(column, line)]
        lacks = tuple(Lack(c.title, c.description, c.held_by) for c in lacking)
        dues, there = tuple(column.title for column in due), len(due) - len(lacking)
        last = max((day for day in _days(line, self.table) if day <= self.end), default="")
        return Held(
            line.reference,
            self._about(line),
            dues,
            len(due),
            there,
            lacks,
            date.fromisoformat(last) if last else None,
            Row(self.table, line, self.audience),
        )

    def _due(self, column: Column, line: Line) -> int:
        """How many values a line is due in a column; one, where no other column says."""
        other = self.table.column(column.due_with)
        if other is None:
            return 1
        dated = other.field.get("format") == "date"
        values = (value for value in every(line.values.get(other.id)) if value)
        return sum(1 for value in values if not dated or str(value) <= self.end)

    def _lacks(self, column: Column, line: Line) -> bool:
        """Whether a line has fewer values than it is due; a computed column has but one."""
        values = len(every(line.values.get(column.id)))
        return values < (self._due(column, line) if column.operation == "de" else 1)

    def _about(self, line: Line) -> str:
        """What the structures of a line are called; empty for whom may not know."""
        own = self.table.column(NAME)
        if (names := every(line.values.get(NAME))) and own and self.audience <= own.audience:
            return ", ".join(map(str, names))
        column = self.table.column(STRUCTURES)
        if column is None or not self.audience <= column.audience:
            return ""
        found = every(line.values.get(STRUCTURES))
        return ", ".join(self.titles.of(column, str(name)) for name in found)


def _data(table: Table, held: tuple[Held, ...]) -> Iterator[Datum]:
    for column in table.columns:
        if not column.held_by:
            continue
        lacks = sum(1 for line in held if any(lack.titre == column.title for lack in line.manquent))
        due = sum(1 for line in held if column.title in line.dues)
        yield Datum(column.title, column.description, column.held_by, due, due - lacks, lacks)


def _holders(held: tuple[Held, ...]) -> Iterator[Holder]:
    """Who has what lacks, the one of whom most is asked first."""
    names = dict.fromkeys(lack.aupres for line in held for lack in line.manquent)
    holders = []
    for name in names:
        asked = tuple(
            Asked(line.reference, line.structure, titles)
            for line in held
            if (titles := tuple(lack.titre for lack in line.manquent if lack.aupres == name))
        )
        holders.append(Holder(name, asked, sum(len(one.donnees) for one in asked)))
    yield from sorted(holders, key=lambda holder: -holder.total)
