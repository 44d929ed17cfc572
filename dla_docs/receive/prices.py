"""The price of a proposition, from the table of its budget: what it says, and what it should."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from dla_docs.model.readings import number
from dla_docs.model.values import printed
from dla_docs.model.words import folded
from dla_docs.receive.rows import Line

SUMS = ("total_ht", "frais_ht", "total_ttc")
"""The data of a price that others make: none is sure once they do not agree."""
_CENT = Decimal("0.01")
_WORK = ("intervention", "jour", "animation", "prestation", "accompagnement", "honoraire")
_COSTS = ("deplacement", "frais", "hebergement", "repas", "transport", "impression", "autre")


@dataclass(frozen=True)
class Priced:
    """What a table of budget comes to: `data`, and where it contradicts itself."""

    data: Mapping[str, Decimal]
    faults: tuple[str, ...] = ()


@dataclass(frozen=True)
class _Row:
    """A row of a budget: what it is for, how many, at what price, and what it says they come to."""

    post: str
    count: Decimal | None
    price: Decimal | None
    amount: Decimal | None
    rank: int

    @property
    def total(self) -> Decimal | None:
        """What it comes to: its own amount, else the product."""
        if self.amount is not None:
            return self.amount
        return self.product

    @property
    def product(self) -> Decimal | None:
        """How many, at what price."""
        if self.count is None or self.price is None:
            return None
        return cents(self.count * self.price)

    @property
    def is_work(self) -> bool:
        """Whether it pays days of work, not costs."""
        words = folded(self.post)
        costs = any(word in words for word in _COSTS)
        return not costs or any(word in words for word in _WORK[:1])


def priced(lines: Sequence[Line], tax: Decimal | None) -> Priced:
    """The price that the rows of a budget make. `tax`: the rate of TVA, per cent, if it is said."""
    rows = [_row(line) for line in lines]
    worked = [row for row in rows if row.is_work and row.price is not None]
    totals = [row.total for row in rows if row.total is not None]
    if not totals:
        return Priced({}, tuple(_faults(rows)))
    total = cents(sum(totals, Decimal(0)))
    data = {"total_ht": total}
    rates = {row.price for row in worked if row.price is not None}
    if len(rates) == 1:
        data["taux_jour_ht"] = rates.pop()
        data["frais_ht"] = cents(total - sum((r.total or Decimal(0) for r in worked), Decimal(0)))
    if tax is not None:
        data["total_ttc"] = cents(total * (1 + tax / 100))
    return Priced(data, tuple(_faults(rows)))


def _faults(rows: Sequence[_Row]) -> Iterator[str]:
    """The rows whose amount is not their product."""
    for row in rows:
        if row.product is not None and row.amount is not None and row.product != row.amount:
            yield (
                f"ligne {row.rank} du budget : {printed(row.count)} × {printed(row.price)} € font "
                f"{printed(row.product)} €, le document dit {printed(row.amount)} €"
            )


def _row(line: Line) -> _Row:
    cells = (*line.cells, "", "", "", "")
    numbers = (amount(cell) for cell in cells[1:4])
    count, price, total = numbers
    return _Row(cells[0], count, price, total, line.rank)


def amount(text: str) -> Decimal | None:
    """A number as people write an amount or a count of days: « 3 250,00 € HT », « 4 jours »."""
    words = text.replace("€", " ").replace("%", " ")
    for word in ("euros", "HT", "TTC", "jours", "jour", "j"):
        words = words.removesuffix(word).rstrip()
    return number(words.strip(), False) if words.strip() else None


def cents(value: Decimal) -> Decimal:
    """An amount to the cent."""
    return value.quantize(_CENT, ROUND_HALF_UP)
