"""The figures of a bilan, counted on the lines of the tables, of a period and a perimeter.

Each keeps the references of the dossiers behind it: whoever doubts one reads them.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from dla_docs.gather.counted import STRUCTURES, Counted, every, is_of, of_days
from dla_docs.gather.countings import Counting
from dla_docs.gather.gather import Gathered, Line
from dla_docs.gather.parts import (
    DEPARTMENTS,
    OPERATORS,
    ORIENTATIONS,
    UNTOLD,
    Cut,
    Part,
    Period,
    by_year,
    in_rows,
    part_of,
    yearly,
)
from dla_docs.gather.published import TOTAL, Cell, told
from dla_docs.gather.tables import Column, Table

Titles = Callable[[Column, str], str]


@dataclass(frozen=True)
class Figure:
    """A figure, as templates print it; `dit` is false, and it says no number, where it is hidden.

    `axes`: the columns by which its lines are cut into perimeters; `compte`: these lines, to cut
    them otherwise. `renvoi`: the anchor where its dossiers are listed, of letters and a number
    alone: Word keeps forty signs of it, and nothing in it needs escaping.
    """

    id: str
    titre: str
    methode: str
    tableau: str
    total: Any
    lignes: tuple[Part, ...]
    operateurs: tuple[Part, ...]
    departements: tuple[Part, ...]
    annees: tuple[Part, ...]
    dossiers: tuple[str, ...]
    renvoi: str = ""
    dit: bool = True
    evident: bool = False
    axes: tuple[str, ...] = ()
    compte: "Cut | None" = None

    @property
    def numeros(self) -> tuple[str, ...]:
        """The dossiers, those in a row as one."""
        return in_rows(self.dossiers)

    def pour(self, **wanted: Any) -> Part | None:
        """The part of some `annee`, `operateur`, `departement` and `orientation` together.

        None where the lines cannot be told so: their table has no such column.
        """
        part = self.compte.part(**wanted) if self.compte else None
        if part is None or self.compte is None or not self.compte.masked:
            return part
        given = {name: str(value) for name, value in wanted.items() if value}
        if self.compte.is_whole(given.get("annee", "")):
            given.pop("annee", None)
        if not given:
            return replace(part, valeur=self.total, dossiers=(), dit=self.dit)
        oriented = self.compte.counted.counting.by == ORIENTATIONS
        told = {"annee": self.annees, "orientation": self.lignes if oriented else ()}
        name, value = given.popitem()
        found = () if given else told.get(name, ())
        return next((one for one in found if one.code == value), _unsaid(part))

    def par_orientation(self, names: list[str], annee: Any = None) -> tuple[Part, ...]:
        """The part of each of these orientations, then of what has none of them; of a year, or all.

        Every line is in one part or more; empty where the lines tell of no orientation.
        """
        parts = self.compte.of_orientations(names, annee) if self.compte else ()
        if self.compte is None or not self.compte.masked:
            return parts
        # What is told already, and no number that subtracting from it would tell.
        told = {part.code: part for part in self.lignes if not annee}
        other = bool(set(told) - {*names, ""})
        return tuple(
            _unsaid(p) if other and not p.code else told.get(p.code, _unsaid(p) if annee else p)
            for p in parts
        )


def figures(
    gathered: Gathered,
    period: Period,
    titles: Titles,
) -> dict[str, Figure]:
    """Every figure of a period. `titles` gives what a value of a column is called.

    Those of a published one are masked together: what one leaves unsaid, another would tell.
    """
    counted = {
        name: Counted(counting, tuple(_meant(counting, gathered.lines, period)))
        for name, counting in gathered.countings.items()
    }
    cells = (cell for one in counted.values() for cell in _cells(one, period))
    kept = told(cells, period.hidden) if period.hidden else frozenset()
    known = {}
    for rank, (name, one) in enumerate(counted.items(), start=1):
        figure = replace(_figure(one, period, titles), renvoi=f"chiffre{rank}")
        known[name] = _published(figure, one, kept) if period.hidden else figure
    return known


def _figure(counted: Counted, period: Period, titles: Titles) -> Figure:
    counting = counted.counting
    total = counted.value

    def parts(column: str, by_year: bool = False) -> tuple[Part, ...]:
        return tuple(_parts(counted, column, total, titles, period if by_year else None))

    return Figure(
        counting.id,
        counting.title,
        counting.method,
        counting.table.title,
        total,
        parts(counting.by, bool(counting.date)) if counting.by else (),
        parts(OPERATORS) if counting.table.column(OPERATORS) else (),
        parts(DEPARTMENTS) if counting.table.column(DEPARTMENTS) else (),
        tuple(yearly(counted, period)) if counting.date else (),
        counted.references,
        evident=counting.evident,
        axes=tuple(name for name in (OPERATORS, DEPARTMENTS) if counting.table.column(name)),
        compte=Cut(counted, period),
    )


def _meant(
    counting: Counting, lines: Mapping[str, tuple[Line, ...]], period: Period
) -> Iterator[Line]:
    """The lines of the period and the perimeter that meet the conditions."""
    for line in lines.get(counting.table.name, ()):
        dated = not counting.date or of_days(counting, line, period.days)
        if (
            dated
            and within(line, period, counting.table)
            and all(_holds(line, *c) for c in counting.when.items())
        ):
            yield line


def within(line: Line, period: Period, table: Table) -> bool:
    """Whether a line is of the perimeter; one of a table that knows none is of all."""
    wanted = ((OPERATORS, period.operator), (DEPARTMENTS, period.department))
    columns = ((table.column(name), value) for name, value in wanted if value)
    return all(column is None or is_of(line, column, value) for column, value in columns)


def _holds(line: Line, column: str, wanted: Any) -> bool:
    found = every(line.values.get(column))
    if isinstance(wanted, bool):
        # A datum that is itself a yes or a no is compared; another is there or not.
        told = [value for value in found if isinstance(value, bool)]
        return wanted in told if told else bool(found) is wanted
    return not set(wanted if isinstance(wanted, list) else [wanted]).isdisjoint(found)


def _parts(
    counted: Counted, column: str, total: Any, titles: Titles, years: Period | None
) -> Iterator[Part]:
    """The parts of a figure by the values of a column. `years`: those each part tells apart.

    A line with several values is in each: the parts may add up to more than the whole.
    """
    described = counted.counting.table.column(column)
    assert described is not None, "the columns of a figure are checked where it is read"
    for code, part in _split(counted, described):
        label = described.labels.get(code) or (titles(described, code) if code else UNTOLD)
        yield part_of(label, part, total, code, years)


def _split(counted: Counted, column: Column) -> Iterator[tuple[str, Counted]]:
    """What a figure counts for each value of a column, by its code; last, without any: empty.

    In the order of a closed list, or by name.
    """
    name = column.id
    values = dict.fromkeys(v for line in counted.lines for v in every(line.values.get(name)))
    ordered = [code for code in column.labels if code in values]
    ordered += sorted((v for v in values if v not in ordered), key=str)
    for code in ordered:
        part = counted.kept(lambda line, code=code: is_of(line, column, code))  # type: ignore[misc]
        yield str(code), part
    untold = counted.kept(lambda line: not every(line.values.get(name)))
    if untold.lines and not (column.for_all and ordered):
        yield "", untold


def _cells(counted: Counted, period: Period) -> Iterator[Cell]:
    """The numbers of a published figure; none where its table does not say of which structures."""
    counting = counted.counting
    structures = counting.table.column(STRUCTURES)
    if counting.table.anonymous or structures is None or structures.operation != "de":
        return

    def cell(axis: str, code: str, part: Counted) -> Cell:
        return Cell(counting.id, axis, code, counting.table.name, part.cell)

    yield cell(TOTAL, "", counted)
    if by := counting.table.column(counting.by):
        for code, part in _split(counted, by):
            yield cell("lignes", code, part)
    for year, part in by_year(counted, period) if counting.date else ():
        yield cell("annees", year, part)


def _unsaid(part: Part) -> Part:
    return replace(part, valeur=None, part=None, dossiers=(), annees=(), dit=False)


def _published(figure: Figure, counted: Counted, kept: frozenset[tuple[str, str, str]]) -> Figure:
    """A figure with the numbers that may be told, without its dossiers nor what crosses axes.

    One of a table that declares that it is about nobody is told whole.
    """
    anonymous = counted.counting.table.anonymous

    def parts(axis: str, known: tuple[Part, ...]) -> tuple[Part, ...]:
        shown = (replace(part, dossiers=(), annees=()) for part in known)
        return tuple(
            part if anonymous or (figure.id, axis, part.code) in kept else _unsaid(part)
            for part in shown
        )

    dit = anonymous or (figure.id, TOTAL, "") in kept
    return replace(
        figure,
        total=figure.total if dit else None,
        lignes=parts("lignes", figure.lignes),
        operateurs=(),
        departements=(),
        annees=parts("annees", figure.annees),
        dossiers=(),
        dit=dit,
    )
