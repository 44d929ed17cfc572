"""Days along a line: where one stands, and the months and quarters on the way."""

import datetime
from collections.abc import Iterator
from dataclasses import dataclass

from dla_docs.model.values import MONTHS

SHORT = ("janv.", "févr.", "mars", "avril", "mai", "juin",
         "juil.", "août", "sept.", "oct.", "nov.", "déc.")  # fmt: skip
"""Months as a drawing writes them."""


@dataclass(frozen=True)
class Scale:
    """A span of days, drawn from `left` over `width`."""

    first: datetime.date
    last: datetime.date
    left: float
    width: float

    def at(self, day: datetime.date) -> float:
        """Where a day stands; a day outside stands at the end it is beyond."""
        whole = max(1, (self.last - self.first).days)
        share = (day - self.first).days / whole
        return self.left + self.width * min(1.0, max(0.0, share))

    def firsts(self, every: int = 1) -> Iterator[datetime.date]:
        """The first day of each month of the span, or of one in three, counted from January."""
        for rank in range(_rank(self.first), _rank(self.last) + 1):
            day = _first_of(rank)
            if self.first <= day <= self.last and (day.month - 1) % every == 0:
                yield day


def whole_months(days: list[datetime.date]) -> tuple[datetime.date, datetime.date]:
    """From the first of the month of the first day to the end of that of the last."""
    end = _first_of(_rank(max(days)) + 1) - datetime.timedelta(days=1)
    return min(days).replace(day=1), end


def quarter_of(day: datetime.date) -> datetime.date:
    """The first day of the quarter of a day."""
    return _first_of(_rank(day) - (day.month - 1) % 3)


def month_of(day: datetime.date) -> str:
    """The month of a day, in short."""
    return SHORT[day.month - 1]


def short_day(day: datetime.date) -> str:
    """A day without its year: « 1er mars », « 26 janv. »."""
    return f"{'1er' if day.day == 1 else day.day}\u00a0{month_of(day)}"


def long_month(day: datetime.date) -> str:
    """A month and its year in full."""
    return f"{MONTHS[day.month - 1]} {day.year}"


def _rank(day: datetime.date) -> int:
    return day.year * 12 + day.month - 1


def _first_of(rank: int) -> datetime.date:
    return datetime.date(rank // 12, rank % 12 + 1, 1)
