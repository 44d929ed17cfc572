"""What a drawing tells: a table of facts, each column with its role, read as they are printed."""

import datetime
import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from decimal import Decimal

from dla_docs.model.errors import TemplateError
from dla_docs.model.values import MONTHS

_NUMBER = re.compile(r"[-−]?(?:\d{1,3}(?:[ \u00a0\u202f]\d{3})+(?:,\d+)?|\d+(?:[.,]\d+)?)")
_DAY = re.compile(rf"(\d{{1,2}})(?:er)?\s+({'|'.join(MONTHS)})\s+(\d{{4}})")

LABEL, VALUE, DETAIL, SHOWN, NOTE = "libelle", "valeur", "detail", "dessine", "note"
"""The roles of most forms: what a row is about, its numbers, what completes its label, whether it
is drawn (where there is such a column, rows without a word in it are not), what a number is the
mean of."""


@dataclass(frozen=True)
class Facts:
    """The facts of a drawing: its form, its title, a role and a name a column, the rows as printed.

    `options`: what else the form may be told.
    """

    form: str
    title: str
    roles: tuple[str, ...]
    names: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    options: Mapping[str, str]

    def column(self, role: str) -> tuple[str, ...]:
        """The words of the first column of a role; empty ones where none has it."""
        return next((said for _, said in self.series(role)), ("",) * len(self.shown))

    def series(self, role: str = VALUE) -> tuple[tuple[str, tuple[str, ...]], ...]:
        """Every column of a role: its name, and its words down the rows that are drawn."""
        places = [rank for rank, known in enumerate(self.roles) if known == role]
        return tuple((self.names[p], tuple(row[p] for row in self.shown)) for p in places)

    @property
    def shown(self) -> tuple[tuple[str, ...], ...]:
        """The rows that are drawn."""
        if SHOWN not in self.roles:
            return self.rows
        place = self.roles.index(SHOWN)
        return tuple(row for row in self.rows if row[place])

    def without(self, role: str) -> "Facts":
        """The same facts but for the columns of a role."""
        roles = tuple("" if known == role else known for known in self.roles)
        return replace(self, roles=roles)

    def days(self, name: str) -> tuple[datetime.date, ...]:
        """The days of an option, in the order they are written."""
        return days_of(self.options.get(name, ""))


def amount(words: str) -> Decimal:
    """The one number of some words, as it is printed in French. Raises TemplateError."""
    numbers = _NUMBER.findall(words)
    if len(numbers) != 1:
        raise TemplateError(f"« {words.strip()} » ne se dessine pas : il faut un nombre")
    return Decimal(re.sub(r"\s", "", numbers[0]).replace(",", ".").replace("−", "-"))


def is_number(words: str) -> bool:
    """Whether some words are a number and nothing else, to which a unit may be added."""
    return bool(_NUMBER.fullmatch(words.strip()))


def is_amount(words: str) -> bool:
    """Whether some words hold one number."""
    return len(_NUMBER.findall(words)) == 1


def is_length(words: str) -> bool:
    """Whether some words hold one number, zero or more."""
    return is_amount(words) and "-" not in words and "−" not in words


def positive(words: str) -> Decimal:
    """The one number of some words, zero or more. Raises TemplateError."""
    if not is_length(words):
        raise TemplateError(
            f"« {words.strip()} » ne se met pas en barre : il faut un nombre, positif ou nul"
        )
    return amount(words)


def days_of(words: str) -> tuple[datetime.date, ...]:
    """Every day that some words name in full: « 1er mars 2026 »."""
    return tuple(
        datetime.date(int(year), MONTHS.index(month) + 1, int(day))
        for day, month, year in _DAY.findall(words)
    )


def day_of(words: str) -> datetime.date | None:
    """The first day that some words name; None without any."""
    return next(iter(days_of(words)), None)
