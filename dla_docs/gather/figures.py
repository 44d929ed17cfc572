"""The figures of a bilan, counted on the lines of the tables, of a period and a perimeter.

Each keeps the references of the dossiers behind it: whoever doubts one reads them.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from dla_docs.gather.countings import Counting
from dla_docs.gather.gather import Gathered, Line, mean
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

    `valeur` is None where it is hidden, `part` where a share has no sense, `structures` where the
    table tells of none: an action of communication shows nobody. `annees` is the value of each year
    of a period of several, of the parts of a breakdown.
    """

    libelle: Any
    valeur: Any
    part: Pourcent | None = None
    dossiers: tuple[str, ...] = ()
    code: Any = ""
    structures: int | None = None
    annees: tuple["Part", ...] = ()


@dataclass(frozen=True)
class Figure:
    """A figure, as templates print it.

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
    structures: int | None = None


def figures(
    gathered: Gathered,
    period: Period,
    titles: Titles,
) -> dict[str, Figure]:
    """Every figure of a period. `titles` gives what a value of a column is called."""
    told = {}
    for rank, (name, counting) in enumerate(gathered.countings.items(), start=1):
        lines = gathered.lines.get(counting.table.name, ())
        figure = replace(_figure(counting, lines, period, titles), renvoi=f"chiffre{rank}")
        told[name] = _published(figure, period.hidden)
    return told


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
        numbers = [Decimal(v) for v in found if isinstance(v, int | Decimal)]
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
        return tuple(dict.fromkeys(line.reference for line in self.lines))

    @property
    def structures(self) -> int | None:
        if self.counting.table.column(STRUCTURES) is None:
            return None
        return len({s for line in self.lines for s in every(line.values.get(STRUCTURES))})

    def kept(self, keep: Callable[[Line], bool]) -> "_Counted":
        return replace(self, lines=tuple(filter(keep, self.lines)))


def _figure(
    counting: Counting,
    lines: Iterable[Line],
    period: Period,
    titles: Titles,
) -> Figure:
    counted = _Counted(counting, tuple(_meant(counting, lines, period)))
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
        structures=counted.structures,
    )


def _meant(counting: Counting, lines: Iterable[Line], period: Period) -> Iterator[Line]:
    """The lines of the period and the perimeter that meet the conditions."""
    for line in lines:
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
    """The parts of a figure by the values of a column: in the order of a closed list, or by name.

    A line with several values is in each: the parts may add up to more than the whole. `years`: the
    period whose years each part tells apart.
    """
    described = counted.counting.table.column(column)
    assert described is not None, "the columns of a figure are checked where it is read"
    values = dict.fromkeys(v for line in counted.lines for v in every(line.values.get(column)))
    ordered = [code for code in described.labels if code in values]
    ordered += sorted((v for v in values if v not in ordered), key=str)
    for code in ordered:
        part = counted.kept(lambda line, code=code: is_of(line, described, code))  # type: ignore[misc]
        label = described.labels.get(code) or titles(described, str(code))
        yield _part(label, part, total, str(code), years)
    untold = counted.kept(lambda line: not every(line.values.get(column)))
    if untold.lines and not (described.for_all and ordered):
        yield _part(UNTOLD, untold, total, "", years)


def _part(
    label: str, counted: _Counted, total: Any, code: str, years: Period | None = None
) -> Part:
    value = counted.value
    summed = counted.counting.operation != "moyenne" and total
    share = Pourcent(_to_the_unit(Decimal(value) * 100 / Decimal(total))) if summed else None
    each = tuple(_years(counted, years)) if years else ()
    return Part(label, value, share, counted.references, code, counted.structures, each)


def _to_the_unit(share: Decimal) -> Decimal:
    """A share in whole percents, half going up."""
    return share.quantize(Decimal(1), ROUND_HALF_UP)


def _years(counted: _Counted, period: Period) -> Iterator[Part]:
    """The figure of each year of a period that has several; one without bounds tells none apart."""
    first, last = int(period.start[:4]), int(period.end[:4])
    for year in range(first, last + 1) if first and last > first else ():
        own = f"{year:04d}-"

        def of_year(line: Line, own: str = own) -> bool:
            days = every(line.values.get(counted.counting.date))
            return any(
                period.start <= (d := str(day)) <= period.end and d.startswith(own) for day in days
            )

        yield _part(str(year), counted.kept(of_year), None, str(year))


def _published(figure: Figure, hidden: int) -> Figure:
    """A figure without what would show a few structures apart, nor the dossiers behind it."""
    if not hidden:
        return figure
    few = _few(figure.structures, hidden)

    def told(parts: tuple[Part, ...]) -> tuple[Part, ...]:
        return tuple(_veiled(parts, hidden, few))

    return replace(
        figure,
        total=None if few else figure.total,
        lignes=told(figure.lignes),
        operateurs=told(figure.operateurs),
        departements=told(figure.departements),
        annees=told(figure.annees),
        dossiers=(),
    )


def _veiled(parts: tuple[Part, ...], hidden: int, few: bool) -> Iterator[Part]:
    """The parts of enough structures; the others hidden, with one more where one alone would show.

    The whole less the parts told gives those hidden: they must not be few either.
    """
    secret = {part.code for part in parts if few or _few(part.structures, hidden)}
    left = sum(part.structures or 0 for part in parts if part.code in secret)
    open_ = [part for part in parts if part.code not in secret]
    if secret and left < hidden and open_:
        secret.add(min(open_, key=lambda part: part.structures or 0).code)
    for part in parts:
        veiled = replace(part, valeur=None, part=None) if part.code in secret else part
        yield replace(veiled, dossiers=(), annees=())


def _few(structures: int | None, hidden: int) -> bool:
    """Whether a number is of too few structures to be told; none at all shows nobody."""
    return structures is not None and 0 < structures < hidden


def every(value: Any) -> tuple[Any, ...]:
    """The values of a case: none, one or several."""
    if value is None:
        return ()
    return value if isinstance(value, tuple) else (value,)
