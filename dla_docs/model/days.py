"""Days of the data, and those that come some time after them."""

from calendar import monthrange
from datetime import MAXYEAR, MINYEAR, date, timedelta
from typing import Any


def day_of(text: Any) -> date | None:
    """A date of the data, written AAAA-MM-JJ; None for an absent one."""
    return date.fromisoformat(text) if isinstance(text, str) else None


def days_after(day: date, days: float) -> date:
    """Some days later; the last day there is, or the first, where the calendar ends before."""
    try:
        return day + timedelta(days=days)
    except OverflowError:
        return date.max if days > 0 else date.min


def months_after(day: date, months: int) -> date:
    """The same day some months later, or the last of that month; the calendar has two ends."""
    year, month = divmod(day.year * 12 + day.month - 1 + int(months), 12)
    if not MINYEAR <= year <= MAXYEAR:
        return date.max if year > MAXYEAR else date.min
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))
