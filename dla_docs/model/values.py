"""Values ready to print: what a field's schema says of it decides how it reads in French."""

import datetime
import re
from collections.abc import Iterator, Mapping, Sequence
from decimal import ROUND_HALF_UP, Context, Decimal
from typing import Any

from dla_docs.model.words import plural

NARROW = "\u202f"
"""Narrow no-break space: groups of thousands."""
NO_BREAK = "\u00a0"
"""No-break space: before a unit, between the groups of a number that names."""
MINUS = "\u2212"
"""The sign of a loss, as wide as a figure: a hyphen is lost before it, and parted from it."""
GROUPS = {"siret": (3, 3, 3, 5), "siren": (3, 3, 3), "iban": (4,) * 9, "tva": (4, 3, 3, 3)}
"""How a number that names is read and dictated, by the `format` of its field."""
# Our own list rather than a locale, which some machines lack.
MONTHS = (
    "janvier février mars avril mai juin juillet août septembre octobre novembre décembre".split()
)

CENT = Decimal("0.01")
"""What amounts are written to, and how far a rounding may leave one from what it is computed to."""
# `quantize` refuses a result longer than its context: a slip of the keyboard must not stop there.
_WIDE = Context(prec=1000)


class Euros(Decimal):
    """An amount of money."""


class Pourcent(Decimal):
    """A percentage, 20 for 20 %."""


class Moyenne(Decimal):
    """A mean of notes, always to one decimal or the two it has: beside 4,3, a bare 4 is a note."""


class Code(str):
    """One value of a closed list; it compares as its code and prints as its label."""

    label: str

    def __new__(cls, code: str, label: str) -> "Code":
        """Build the code with its label."""
        made = super().__new__(cls, code)
        made.label = label
        return made


class Riche(str):
    """A Markdown text; `folder` is where its images are looked for, relative to the workspace."""

    folder: str

    def __new__(cls, text: str, folder: str) -> "Riche":
        """Build the text with its folder."""
        made = super().__new__(cls, text)
        made.folder = folder
        return made


class Missing(str):
    """What a draft lacks: it prints as a mark to fill in, and stands for whatever is under it."""

    def __getitem__(self, key: Any) -> "Missing":
        return self

    def __iter__(self) -> Iterator[str]:
        yield self

    def __len__(self) -> int:
        return 1

    def __bool__(self) -> bool:
        return True

    # A template may sort dates or compare amounts: a draft must not stop there.
    def __lt__(self, other: object) -> bool:
        return False

    __le__ = __gt__ = __ge__ = __lt__


UNITS: dict[str, type[Decimal]] = {"euros": Euros, "pourcent": Pourcent}


def of_unit(number: int | Decimal, unit: str) -> Decimal:
    """A number with the unit its field declares; plain for days and other counts."""
    return UNITS.get(unit, Decimal)(number)


def printed(value: Any) -> str:
    """A scalar as French readers expect it. Raises TypeError for what cannot be printed."""
    # In this order: a bool is an int, a Code a str, Euros and Pourcent are Decimals.
    if isinstance(value, bool):
        return "oui" if value else "non"
    if isinstance(value, Code):
        return value.label
    if isinstance(value, Euros):
        return f"{_signed(number(to_the_cent(value), 2))}{NO_BREAK}€"
    if isinstance(value, Pourcent):
        return f"{_signed(number(value))}{NO_BREAK}%"
    if isinstance(value, Moyenne):
        return number(value, max(1, -int(value.as_tuple().exponent)))
    if isinstance(value, Decimal):
        return _signed(number(value))
    if isinstance(value, datetime.date):
        return long_date(value)
    if isinstance(value, str):
        return str(value)
    if isinstance(value, int):
        return _signed(str(value))
    raise TypeError(type(value).__name__)


def round_euros(value: Euros) -> str:
    """An amount where nobody pays it: its cents only if it has some, `3 400 €`, `1 083,30 €`."""
    return f"{_signed(amount(value))}{NO_BREAK}€"


def _signed(printed: str) -> str:
    return printed.replace("-", MINUS, 1) if printed.startswith("-") else printed


def grouped(name: str, sizes: Sequence[int]) -> str:
    """A number that names, in groups held together: `011 690 534 00026`.

    One of another length than the groups have is left as it is written, but an IBAN, whose length
    is that of its country.
    """
    signs = "".join(name.split())
    groups, place = [], 0
    for size in sizes:
        groups.append(signs[place : place + size])
        place += size
    whole = place == len(signs) or (place > len(signs) and len(set(sizes)) == 1)
    return NO_BREAK.join(filter(None, groups)) if whole else name


def to_the_cent(amount: Decimal) -> Decimal:
    """An amount in cents: half a cent goes up, as on an invoice, and not to the even cent."""
    return amount.quantize(CENT, ROUND_HALF_UP, _WIDE)


def amount(value: int | Decimal) -> str:
    """An amount in the sentence of a finding, its € left to the sentence: `3 250`, `1 083,30`."""
    cents = to_the_cent(Decimal(value))
    return number(cents) if cents == cents.to_integral() else number(cents, 2)


def long_date(day: datetime.date) -> str:
    """`1er janvier 2027`, `12 mars 2026`, day and month never parted."""
    return f"{'1er' if day.day == 1 else day.day}{NO_BREAK}{MONTHS[day.month - 1]} {day.year}"


def clock(hour: str) -> str:
    """`17 h`, `14 h 30` from `17:00`, `14:30`."""
    hours, minutes = hour.split(":")
    past = f"{NO_BREAK}{minutes}" if minutes != "00" else ""
    return f"{int(hours)}{NO_BREAK}h{past}"


def number(value: Decimal, places: int | None = None) -> str:
    """`12 345,5`: narrow spaces between thousands, a comma, no useless zero."""
    if places is None:
        # `normalize` writes 100 as 1E+2: whole numbers do without it.
        value = value.normalize() if value != value.to_integral() else value.to_integral()
        places = max(0, -int(value.as_tuple().exponent))
    text = f"{value:,.{places}f}"
    return text.replace(",", NARROW).replace(".", ",")


def count(quantity: int | Decimal, one: str, many: str = "") -> str:
    """`1 jour`, `1,5 jour`, `2 jours`: French plurals begin at two."""
    return f"{_signed(number(Decimal(quantity)))}{NO_BREAK}{plural(quantity, one, many)}"


_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")


def shown(data: Any, field: Mapping[str, Any]) -> str:
    """A datum as people read it inside the sentence of a finding; `field` is its schema."""
    if data is None:
        return "sans date" if field.get("format") == "date" else "rien"
    if isinstance(data, list | dict):
        return f"{len(data)}"
    if isinstance(data, str):
        if _DAY.fullmatch(data):
            return long_date(datetime.date.fromisoformat(data))
        return str(field.get("x-libelles", {}).get(data, data))
    if isinstance(data, bool):
        return printed(data)
    return amount(data) if field.get("x-unite") == "euros" else number(Decimal(data))
