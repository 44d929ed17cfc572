"""The rows of the tables that have amounts: what each is for, how many, at what price, how much.

Columns are known by their titles, else by their order; a PDF without cells is read along its lines.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import ROUND_HALF_UP, Decimal
from itertools import groupby

from dla_docs.judge.passages import Passage
from dla_docs.model.readings import number
from dla_docs.model.values import printed
from dla_docs.model.words import folded

_CENT = Decimal("0.01")
_MOST_DAYS = Decimal(100)
"""Days of a row, at most: a mission has four, and the longest of the sources twenty."""
_LEAST_RATE = Decimal(50)
"""Euros of a day, at least: what a line of a PDF is parted by when it has no cells."""
_NUMBER = re.compile(r"\d{1,3}(?:[  ]\d{3})+(?:[.,]\d{1,2})?|\d+(?:[.,]\d{1,2})?")
_TOKEN = re.compile(r"\d+(?:[.,]\d{1,2})?")
_MONEY = re.compile(r"€|\beuros?\b|\bh\.?t\b|\bt\.?t\.?c\b", re.I)
_TOTAL = re.compile(
    r"\b(?:total|montant total|cout total|prix total|soit|en tout|cout global)\b|^ensemble$"
)
_PARTIAL = re.compile(r"\bsous[ -]?total\b")
TAX = re.compile(r"\b(?:tva|t\.v\.a)\b")
TTC = re.compile(r"\bt\.?t\.?c\b|toutes taxes|\bnet a payer\b")
RATE = re.compile(r"(\d{1,2}(?:[.,]\d{1,2})?) ?%")
_UNITS = re.compile(r"\b(?:jours?|journees?|nb|nombre|quantites?|qte|duree|unites?)\b")
_PRICES = re.compile(r"\b(?:prix|tarif|taux|cout|tjm|unitaire|p\.?u)\b")
_SUMS = re.compile(
    r"\b(?:montant|total|sous-total|somme|cout total|prix total|ht|ttc|hors taxes?|euros?)\b|€"
)
_PLACED = re.compile(r"\b\d{5}\b|@|\bsiret\b")
"""What an address has, and no row of a budget."""
_OWN_RATE = re.compile(r"(\d[\d ]{0,9}(?:[.,]\d{1,2})?) ?(?:€|euros?)")


@dataclass(frozen=True)
class Row:
    """A row that has amounts: what it is for, how many, at what price, what it says they make.

    `kind`: what it sums (`ht`, `ttc`, `tva`, `partiel`), empty where it sums nothing. `made`: what
    the days of several people come to, each at a price of their own; `sum` is how that is written.
    """

    label: str
    count: Decimal | None
    price: Decimal | None
    amount: Decimal | None
    place: Passage
    kind: str = ""
    made: Decimal | None = None
    sum: str = ""

    @property
    def product(self) -> Decimal | None:
        """How many, at what price, to the cent."""
        if self.made is not None:
            return self.made
        if self.count is None or self.price is None:
            return None
        return (self.count * self.price).quantize(_CENT, ROUND_HALF_UP)

    @property
    def worth(self) -> Decimal | None:
        """What it says it comes to, else the product."""
        return self.amount if self.amount is not None else self.product

    @property
    def written(self) -> str:
        """The product, as it is written before its result."""
        return self.sum or f"{printed(self.count)} × {printed(self.price)} €"


def tables_of(found: Sequence[Passage]) -> Iterator[list[Row]]:
    """The rows with amounts, table by table; lines of numbers that follow one another are one."""
    for table, group in groupby(found, key=lambda one: one.table or _lined(one)):
        held = list(group)
        if isinstance(table, int) and table > 0:
            yield list(_summing(list(_of_cells(held))))
        elif table == _LINES and any(_MONEY.search(one.plain) for one in held):
            yield [row for one in held if (row := _of_line(one)) is not None]


_LINES = "lignes"


def _lined(one: Passage) -> str:
    """Whether a passage is a row without cells: a PDF has none where nothing parts them."""
    tokens = _TOKEN.findall(one.plain)
    short = len(one.plain) < 120 and not one.plain.endswith(".") and not _PLACED.search(one.plain)
    budget = bool(_TOTAL.search(one.plain) or TAX.search(one.plain)) and bool(tokens)
    return _LINES if one.rank == 0 and short and (len(tokens) >= 3 or budget) else ""


def _of_cells(rows: Sequence[Passage]) -> Iterator[Row]:
    """The rows of a table whose titles say which column is which, else by their order."""
    head = [folded(cell) for cell in rows[0].cells]
    money = any(_MONEY.search(cell) for one in rows for cell in one.cells)
    if not (money or any(_PRICES.search(cell) or _SUMS.search(cell) for cell in head)):
        return
    rates = dict(_own_rates(head))
    columns = _columns(["" if n in rates else cell for n, cell in enumerate(head)])
    for one in rows:
        values = [amount_of(cell) for cell in one.cells]
        label = next((c for c, v in zip(one.cells, values, strict=True) if v is None and c), "")
        kind = _kind(folded(label))
        count, price, amount = (
            values[n] if columns and 0 <= n < len(values) else None for n in columns or (-1,) * 3
        )
        if kind:
            last = next((v for v in reversed(values) if v is not None), None)
            yield Row(label, count if kind == "ht" else None, None, last, one, kind)
        elif columns and any(value is not None for value in values):
            made, told = _made(values, rates)
            yield Row(label, count, price, amount, one, "", made, told)


def _own_rates(head: Sequence[str]) -> Iterator[tuple[int, Decimal]]:
    """The columns whose title says a price: « M. Corbara (840 €) » counts the days of one."""
    for n, cell in enumerate(head):
        told = _OWN_RATE.search(cell)
        rate = number(told[1].strip()) if told else None
        if rate is not None and rate >= _LEAST_RATE:
            yield n, rate


def _made(
    values: Sequence[Decimal | None], rates: dict[int, Decimal]
) -> tuple[Decimal | None, str]:
    """What the days of each come to, and how that is written."""
    held = [(values[n], rate) for n, rate in rates.items() if n < len(values)]
    told = [(days, rate) for days, rate in held if days is not None]
    if not told:
        return None, ""
    words = " + ".join(f"{printed(days)} × {printed(rate)} €" for days, rate in told)
    return sum((days * rate for days, rate in told), Decimal(0)).quantize(_CENT), words


def _columns(head: Sequence[str]) -> tuple[int, int, int] | None:
    """The ranks of how many, at what price and how much; -1 for one that is not there."""
    prices = [n for n, cell in enumerate(head) if _PRICES.search(cell) and "total" not in cell]
    sums = [n for n, cell in enumerate(head) if _SUMS.search(cell) and n not in prices[:1]]
    counts = [
        n for n, cell in enumerate(head) if _UNITS.search(cell) and n not in (*prices, *sums[-1:])
    ]
    if not (prices or sums):
        return None
    return (counts or [-1])[0], (prices or [-1])[0], (sums or [-1])[-1]


def amount_of(cell: str) -> Decimal | None:
    """The number that a cell is, with its unit or without: « 4 jours », « 3 200,00 € HT »."""
    words = re.sub(
        r"\b(?:ht|ttc|jours?|journ[ée]es?|j|h\.t\.|euros?|par|/)\b|[€/]", " ", cell, flags=re.I
    )
    words = " ".join(words.split())
    return number(words) if _NUMBER.fullmatch(words) else None


def _kind(label: str) -> str:
    """What a row sums: `ht`, `ttc`, `tva`, `partiel`; empty for one that sums nothing."""
    if _PARTIAL.search(label):
        return "partiel"
    taxed, tax = TTC.search(label), TAX.search(label)
    if taxed and not (tax and tax.start() < taxed.start()):
        return "ttc"
    if tax and not _TOTAL.search(label):
        return "tva"
    return "ht" if _TOTAL.search(label) else ""


def _summing(rows: Sequence[Row]) -> Iterator[Row]:
    """The rows, those whose amount is the sum of the others told to be totals, however named."""
    above, whole, tax = list[Decimal](), Decimal(0), Decimal(0)
    for row in rows:
        worth = row.amount or Decimal(0)
        told = row
        if not row.kind and row.product is None and worth:
            if whole and tax and worth == whole + tax:
                told = replace(row, kind="ttc", count=None)
            elif not whole and len(above) > 1 and worth == sum(above):
                told = replace(row, kind="ht")
        if told.kind == "ht":
            whole = worth
        elif told.kind == "tva":
            tax = worth
        elif not told.kind and row.worth is not None:
            above.append(row.worth)
        yield told


def _of_line(one: Passage) -> Row | None:
    """A line that has how many, at what price and how much, whatever the spaces; or a total."""
    label = _TOKEN.split(one.text)[0].strip(" :-–")
    kind = _kind(one.plain)
    readings = list(_readings(_TOKEN.findall(one.text)))
    if kind:
        amounts = _NUMBER.findall(RATE.sub(" ", one.text))
        return Row(label, None, None, number(amounts[-1]) if amounts else None, one, kind)
    fit = [r for r in readings if len(r) == 3 and r[0] <= _MOST_DAYS and r[1] >= _LEAST_RATE]
    right = [r for r in fit if r[0] * r[1] == r[2]]
    if right or len(fit) == 1:
        return Row(label, *(right or fit)[0], one)
    return None


def _readings(tokens: Sequence[str]) -> Iterator[tuple[Decimal, ...]]:
    """The numbers that a line may hold: three digits may be those of the thousands before them."""
    if not tokens:
        yield ()
        return
    for size in (1, 2):
        held = tokens[:size]
        joined = size == 1 or (len(held) == 2 and _is_thousands(held[0], held[1]))
        if len(held) == size and joined:
            value = number("".join(held))
            for rest in _readings(tokens[size : size + 7]):
                if value is not None:
                    yield (value, *rest)


def _is_thousands(before: str, after: str) -> bool:
    return before.isdigit() and len(before) <= 3 and len(re.split("[.,]", after)[0]) == 3
