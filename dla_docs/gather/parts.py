"""The parts of a figure: what it is cut into, by the lines behind each."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from functools import partial
from typing import Any

from dla_docs.gather.counted import Counted, every, is_of, of_days
from dla_docs.gather.gather import Line
from dla_docs.gather.tables import Column
from dla_docs.model.values import Pourcent

OPERATORS, DEPARTMENTS = "operateurs", "departements"
"""The columns by which a table is cut into perimeters, where it has them."""
ORIENTATIONS = "orientations"
"""The column of the orientations prioritaires that a line serves."""
IN_A_ROW = 3
"""Dossiers that follow each other from which only the first and the last are said."""
_NUMBER = re.compile(r"(\d{4})-(\d{3})")
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

    @property
    def days(self) -> tuple[str, str]:
        """The first and the last."""
        return self.start, self.end


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

    @property
    def numeros(self) -> tuple[str, ...]:
        """The dossiers, those in a row as one: a thousand are read, and listed, at once."""
        return in_rows(self.dossiers)


def in_rows(names: Iterable[str]) -> tuple[str, ...]:
    """Numbers of dossiers, three or more that follow each other said as « 2026-001 à 2026-009 »."""
    rows: list[list[str]] = []
    for name in names:
        if rows and _follows(rows[-1][-1], name):
            rows[-1].append(name)
        else:
            rows.append([name])
    said = ([f"{row[0]} à {row[-1]}"] if len(row) >= IN_A_ROW else row for row in rows)
    return tuple(word for row in said for word in row)


def _follows(before: str, name: str) -> bool:
    """Whether a dossier is the one after another, by their numbers."""
    one, two = _NUMBER.fullmatch(before), _NUMBER.fullmatch(name)
    return bool(one and two and one[1] == two[1] and int(one[2]) + 1 == int(two[2]))


@dataclass(frozen=True)
class Cut:
    """The lines behind a figure, cut as a template asks: by several columns at once."""

    counted: Counted
    period: Period

    def part(
        self,
        annee: Any = None,
        operateur: Any = None,
        departement: Any = None,
        orientation: Any = None,
    ) -> Part | None:
        """That of all the conditions that are given; None where one cannot be told."""
        values = {OPERATORS: operateur, DEPARTMENTS: departement, ORIENTATIONS: orientation}
        wanted = {column: value for column, value in values.items() if value}
        whole = self._of_year(annee)
        if whole is None or any(self._column(name) is None for name in wanted):
            return None
        kept = whole.kept(
            lambda line: all(is_of(line, self._column(name), v) for name, v in wanted.items())  # type: ignore[arg-type]
        )
        return part_of("", kept, whole.value, "")

    @property
    def masked(self) -> bool:
        """Whether it is published, of a table that tells of somebody."""
        return bool(self.period.hidden) and not self.counted.counting.table.anonymous

    def is_whole(self, year: str) -> bool:
        """Whether a year is all the period, as no year at all is."""
        return not year or self.period.start[:4] == self.period.end[:4] == year

    def of_orientations(self, names: list[str], annee: Any) -> tuple[Part, ...]:
        """The part of each, then of what has none of them."""
        whole = self._of_year(annee)
        if whole is None or self._column(ORIENTATIONS) is None:
            return ()
        total = whole.value

        def of(line: Line) -> tuple[Any, ...]:
            return every(line.values.get(ORIENTATIONS))

        each = [
            part_of(name, whole.kept(lambda line, name=name: name in of(line)), total, name)  # type: ignore[misc]
            for name in names
        ]
        others = whole.kept(lambda line: not set(names) & set(of(line)))
        return (*each, part_of(UNTOLD, others, total, ""))

    def _column(self, name: str) -> Column | None:
        return self.counted.counting.table.column(name)

    def _of_year(self, year: Any) -> Counted | None:
        """The lines of a year, or all where none is asked; None where lines have no day."""
        if year in (None, ""):
            return self.counted
        date = self.counted.counting.date
        return self.counted.kept(partial(self.in_year, f"{int(year):04d}-")) if date else None

    def in_year(self, year: str, line: Line) -> bool:
        """Whether a line has a day of that year, as `AAAA-`, and of the period."""
        return of_days(self.counted.counting, line, self.period.days, year)


def part_of(
    label: str, counted: Counted, total: Any, code: str, period: Period | None = None
) -> Part:
    """What some lines make of a whole; each year of a period apart, where one is given."""
    value = counted.value
    summed = counted.counting.operation != "moyenne" and total
    share = Pourcent(_to_the_unit(Decimal(value) * 100 / Decimal(total))) if summed else None
    each = tuple(yearly(counted, period)) if period else ()
    return Part(label, value, share, counted.references, code, each)


def _to_the_unit(share: Decimal) -> Decimal:
    """A share in whole percents, half going up."""
    return share.quantize(Decimal(1), ROUND_HALF_UP)


def yearly(counted: Counted, period: Period) -> Iterator[Part]:
    """The part of each year of a period of several."""
    for year, of_year in by_year(counted, period):
        yield part_of(year, of_year, None, year)


def by_year(counted: Counted, period: Period) -> Iterator[tuple[str, Counted]]:
    """What counts in each year of a period of several; one without bounds tells none apart."""
    first, last = int(period.start[:4]), int(period.end[:4])
    for year in range(first, last + 1) if first and last > first else ():
        of_year = partial(Cut(counted, period).in_year, f"{year:04d}-")
        yield f"{year:04d}", counted.kept(of_year)
