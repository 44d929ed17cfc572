"""The figures of a bilan, counted on the lines of the tables, of a period and a perimeter.

Each keeps the references of the dossiers behind it: whoever doubts one reads them.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from dla_docs.gather.countings import Counting
from dla_docs.gather.gather import Gathered, Line, is_number, mean
from dla_docs.gather.published import TOTAL, Cell, told
from dla_docs.gather.tables import Column, Table
from dla_docs.model.values import Pourcent, of_unit

OPERATORS, DEPARTMENTS = "operateurs", "departements"
"""The columns by which a table is cut into perimeters, where it has them."""
STRUCTURES = "structures"
"""The column that says which structures a line is about: a published figure hides few of them."""
Titles = Callable[[Column, str], str]
UNTOLD = "non renseigné"
"""What lines without the value of a breakdown are called."""


@dataclass(frozen=True)
class Period:
    """The days counted, both included, as `AAAA-MM-JJ`, and the perimeter; empty means all.

    `hidden`: fewer structures than that are not told apart: 0 where the figures are not published.
    """

    start: str
    end: str
    operator: str = ""
    department: str = ""
    hidden: int = 0


@dataclass(frozen=True)
class Part:
    """A part of a figure: what it is of, its value, its share of the whole, what it counts.

    `part` is None where a share has no sense. `annees` is the value of each year of a period of
    several, of the parts of a breakdown. `dit` is false, and `valeur` None, where it is hidden.
    """

    libelle: Any
    valeur: Any
    part: Pourcent | None = None
    dossiers: tuple[str, ...] = ()
    code: Any = ""
    annees: tuple["Part", ...] = ()
    dit: bool = True


@dataclass(frozen=True)
class Figure:
    """A figure, as templates print it; `dit` is false, and it says no number, where it is hidden.

    `renvoi`: the anchor where its dossiers are listed, of letters and a number alone: Word keeps
    forty signs of it, and nothing in it needs escaping.
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


def figures(
    gathered: Gathered,
    period: Period,
    titles: Titles,
) -> dict[str, Figure]:
    """Every figure of a period. `titles` gives what a value of a column is called.

    Those of a published one are masked together: what one leaves unsaid, another would tell.
    """
    counted = {
        name: _Counted(counting, tuple(_meant(counting, gathered.lines, period)))
        for name, counting in gathered.countings.items()
    }
    cells = (cell for one in counted.values() for cell in _cells(one, period))
    kept = told(cells, period.hidden) if period.hidden else frozenset()
    known = {}
    for rank, (name, one) in enumerate(counted.items(), start=1):
        figure = replace(_figure(one, period, titles), renvoi=f"chiffre{rank}")
        known[name] = _published(figure, one, kept) if period.hidden else figure
    return known


@dataclass(frozen=True)
class _Counted:
    """The lines behind a figure, and how they become a number."""

    counting: Counting
    lines: tuple[Line, ...]

    @property
    def value(self) -> Any:
        column = self.counting.table.column(self.counting.column)
        lines = tuple(self._told_last())
        found = [v for line in lines for v in every(line.values.get(self.counting.column))]
        if self.counting.operation == "compte":
            return len(dict.fromkeys(found)) if column else len(lines)
        numbers = [Decimal(v) for v in found if is_number(v)]
        if self.counting.operation == "moyenne":
            return mean(numbers) if numbers else None
        return of_unit(sum(numbers, Decimal(0)), column.unit if column else "")

    def _told_last(self) -> Iterable[Line]:
        """Of the lines of one thing noted several times, the last by its date; a tie, the last."""
        columns = self.counting.last_of
        if not columns:
            return self.lines
        last: dict[tuple[Any, ...], Line] = {}
        for line in sorted(self.lines, key=self._day):
            last[tuple(line.values.get(column) for column in columns)] = line
        return last.values()

    def _day(self, line: Line) -> str:
        return max(map(str, every(line.values.get(self.counting.date))), default="")

    @property
    def references(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(line.reference for line in self.lines if line.reference))

    @property
    def cell(self) -> dict[int, frozenset[str]]:
        """The structures of each line that holds what is counted: the others say nothing."""
        column = self.counting.column
        numbers = self.counting.operation != "compte"
        lines = tuple(self._told_last())
        if column:
            kind = int | Decimal if numbers else object
            lines = tuple(
                line
                for line in lines
                if any(isinstance(v, kind) for v in every(line.values[column]))
            )
        return {id(line): frozenset(every(line.values.get(STRUCTURES))) for line in lines}

    def kept(self, keep: Callable[[Line], bool]) -> "_Counted":
        return replace(self, lines=tuple(filter(keep, self.lines)))


def _figure(counted: _Counted, period: Period, titles: Titles) -> Figure:
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
        tuple(_years(counted, period)) if counting.date else (),
        counted.references,
    )


def _meant(
    counting: Counting, lines: Mapping[str, tuple[Line, ...]], period: Period
) -> Iterator[Line]:
    """The lines of the period and the perimeter that meet the conditions."""
    for line in lines.get(counting.table.name, ()):
        days = [str(day) for day in every(line.values.get(counting.date))]
        dated = not counting.date or any(period.start <= day <= period.end for day in days)
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


def is_of(line: Line, column: Column, value: Any) -> bool:
    """Whether a line has a value, or has none in a column where that is to be of each."""
    found = every(line.values.get(column.id))
    return value in found or (column.for_all and not found)


def _holds(line: Line, column: str, wanted: Any) -> bool:
    found = every(line.values.get(column))
    if isinstance(wanted, bool):
        # A datum that is itself a yes or a no is compared; another is there or not.
        told = [value for value in found if isinstance(value, bool)]
        return wanted in told if told else bool(found) is wanted
    return not set(wanted if isinstance(wanted, list) else [wanted]).isdisjoint(found)


def _parts(
    counted: _Counted, column: str, total: Any, titles: Titles, years: Period | None
) -> Iterator[Part]:
    """The parts of a figure by the values of a column. `years`: those each part tells apart.

    A line with several values is in each: the parts may add up to more than the whole.
    """
    described = counted.counting.table.column(column)
    assert described is not None, "the columns of a figure are checked where it is read"
    for code, part in _split(counted, described):
        label = described.labels.get(code) or (titles(described, code) if code else UNTOLD)
        yield _part(label, part, total, code, years)


def _split(counted: _Counted, column: Column) -> Iterator[tuple[str, _Counted]]:
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


def _part(
    label: str, counted: _Counted, total: Any, code: str, years: Period | None = None
) -> Part:
    value = counted.value
    summed = counted.counting.operation != "moyenne" and total
    share = Pourcent(_to_the_unit(Decimal(value) * 100 / Decimal(total))) if summed else None
    each = tuple(_years(counted, years)) if years else ()
    return Part(label, value, share, counted.references, code, each)


def _to_the_unit(share: Decimal) -> Decimal:
    """A share in whole percents, half going up."""
    return share.quantize(Decimal(1), ROUND_HALF_UP)


def _years(counted: _Counted, period: Period) -> Iterator[Part]:
    for year, of_year in _by_year(counted, period):
        yield _part(year, of_year, None, year)


def _by_year(counted: _Counted, period: Period) -> Iterator[tuple[str, _Counted]]:
    """What counts in each year of a period of several; one without bounds tells none apart."""
    first, last = int(period.start[:4]), int(period.end[:4])
    for year in range(first, last + 1) if first and last > first else ():
        own = f"{year:04d}-"

        def of_year(line: Line, own: str = own) -> bool:
            days = every(line.values.get(counted.counting.date))
            return any(
                period.start <= (d := str(day)) <= period.end and d.startswith(own) for day in days
            )

        yield f"{year:04d}", counted.kept(of_year)


def _cells(counted: _Counted, period: Period) -> Iterator[Cell]:
    """The numbers of a published figure; none where its table does not say of which structures."""
    counting = counted.counting
    structures = counting.table.column(STRUCTURES)
    if counting.table.anonymous or structures is None or structures.operation != "de":
        return

    def cell(axis: str, code: str, part: _Counted) -> Cell:
        return Cell(counting.id, axis, code, counting.table.name, part.cell)

    yield cell(TOTAL, "", counted)
    if by := counting.table.column(counting.by):
        for code, part in _split(counted, by):
            yield cell("lignes", code, part)
    for year, part in _by_year(counted, period) if counting.date else ():
        yield cell("annees", year, part)


def _published(figure: Figure, counted: _Counted, kept: frozenset[tuple[str, str, str]]) -> Figure:
    """A figure with the numbers that may be told, without its dossiers nor what crosses axes.

    One of a table that declares that it is about nobody is told whole.
    """
    anonymous = counted.counting.table.anonymous

    def parts(axis: str, known: tuple[Part, ...]) -> tuple[Part, ...]:
        shown = (replace(part, dossiers=(), annees=()) for part in known)
        return tuple(
            part
            if anonymous or (figure.id, axis, part.code) in kept
            else replace(part, valeur=None, part=None, dit=False)
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


def every(value: Any) -> tuple[Any, ...]:
    """The values of a case: none, one or several."""
    if value is None:
        return ()
    return value if isinstance(value, tuple) else (value,)
