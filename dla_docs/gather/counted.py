"""The lines behind a figure, and how they become a number."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any

from dla_docs.gather.countings import Counting
from dla_docs.gather.gather import Line, is_number, mean
from dla_docs.gather.tables import Column
from dla_docs.model.values import Moyenne, of_unit

STRUCTURES = "structures"
"""The column that says which structures a line is about: a published figure hides few of them."""


@dataclass(frozen=True)
class Counted:
    """The lines behind a figure, and how they become a number."""

    counting: Counting
    lines: tuple[Line, ...]

    @property
    def value(self) -> Any:
        """The number, in the unit of its column; None for the mean of nothing."""
        column = self.counting.table.column(self.counting.column)
        lines = tuple(self._told_last())
        found = [v for line in lines for v in every(line.values.get(self.counting.column))]
        if self.counting.operation == "compte":
            return len(dict.fromkeys(found)) if column else len(lines)
        numbers = [Decimal(v) for v in found if is_number(v)]
        if self.counting.operation == "moyenne":
            return Moyenne(mean(numbers)) if numbers else None
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
        """What the lines are about, each once."""
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

    def kept(self, keep: Callable[[Line], bool]) -> "Counted":
        """The same of some lines alone."""
        return replace(self, lines=tuple(filter(keep, self.lines)))


def of_days(counting: Counting, line: Line, bounds: tuple[str, str], year: str = "") -> bool:
    """Whether a line has a day within bounds, both included, and of a year given as `AAAA-`."""
    days = map(str, every(line.values.get(counting.date)))
    return any(bounds[0] <= day <= bounds[1] and day.startswith(year) for day in days)


def is_of(line: Line, column: Column, value: Any) -> bool:
    """Whether a line has a value, or has none in a column where that is to be of each."""
    found = every(line.values.get(column.id))
    return value in found or (column.for_all and not found)


def every(value: Any) -> tuple[Any, ...]:
    """The values of a case: none, one or several."""
    if value is None:
        return ()
    return value if isinstance(value, tuple) else (value,)
