"""Days, rates and totals of a received document, counted again wherever it multiplies or sums.

A row says how many, at what price, and what they come to; a total, what the rows above it come to.
Numbers are read cell by cell, or along the line where a PDF has no cells.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from itertools import groupby

from dla_docs.judge.needs import COUNTS
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
_TOTAL = re.compile(r"\b(?:total|montant total|cout total|prix total|soit)\b")
_PARTIAL = re.compile(r"\bsous[ -]?total\b")
_TAX = re.compile(r"\b(?:tva|t\.v\.a)\b")
_TTC = re.compile(r"\bt\.?t\.?c\b|toutes taxes")
_RATE = re.compile(r"(\d{1,2}(?:[.,]\d{1,2})?) ?%")
_EXEMPT = re.compile(r"\b293 ?b\b|non (?:assujettie?|applicable|soumise?)|exoneree?|franchise")
_BY = r"(?:\bx|×|\*|\ba|\bde|prix de|facturee?s?|tarif de|taux de|base de|:)"
_SENTENCE = re.compile(
    rf"\b(?P<days>\d{{1,3}}(?:[.,]\d{{1,2}})?|{'|'.join(COUNTS)}) ?(?:jours?|journees?|j\b)"
    rf"[^.;€]{{0,40}}?{_BY} ?(?P<rate>\d[\d ]*+(?:[.,]\d{{1,2}})?+) ?(?:€|euros?)"
    r"[^.;]{0,60}?(?:soit|=|:|font|total de)[^\d.;]{0,30}"
    r"(?P<total>\d[\d ]*+(?:[.,]\d{1,2})?+) ?(?:€|euros?)"
)
_UNITS = re.compile(r"\b(?:jours?|journees?|nb|nombre|quantites?|qte|duree|unites?)\b")
_PRICES = re.compile(r"\b(?:prix|tarif|taux|cout|tjm|unitaire|p\.?u)\b")
_SUMS = re.compile(r"\b(?:montant|total|sous-total|somme|cout total|prix total|ht|ttc|euros?)\b|€")


@dataclass(frozen=True)
class Row:
    """A row that has amounts: what it is for, how many, at what price, what it says they make."""

    label: str
    count: Decimal | None
    price: Decimal | None
    amount: Decimal | None
    place: Passage
    kind: str = ""

    @property
    def product(self) -> Decimal | None:
        """How many, at what price, to the cent."""
        if self.count is None or self.price is None:
            return None
        return (self.count * self.price).quantize(_CENT, ROUND_HALF_UP)

    @property
    def worth(self) -> Decimal | None:
        """What it says it comes to, else the product."""
        return self.amount if self.amount is not None else self.product


@dataclass(frozen=True)
class Price:
    """What the amounts of a document come to: the data of its budget, and where each is read.

    `faults`: where they contradict one another, in the words of who wrote them.
    """

    data: tuple[tuple[str, Decimal, Passage], ...] = ()
    faults: tuple[str, ...] = ()


def price_of(found: Sequence[Passage]) -> Price:
    """The price that a document says, and its contradictions."""
    tables = [rows for rows in _tables(found) if any(row.worth is not None for row in rows)]
    faults = [fault for rows in tables for fault in (*_products(rows), *_sums(rows))]
    faults += [fault for one in found if not one.table for fault in _sentences(one)]
    best = max(tables, key=lambda rows: sum(row.product is not None for row in rows), default=[])
    data = dict(((key, (value, place)) for key, value, place in _data(best, found)))
    return Price(tuple((k, v, p) for k, (v, p) in data.items()), tuple(dict.fromkeys(faults)))


def _tables(found: Sequence[Passage]) -> Iterator[list[Row]]:
    """The rows with amounts, table by table; lines of numbers that follow one another are one."""
    for table, group in groupby(found, key=lambda one: one.table or _lined(one)):
        held = list(group)
        if isinstance(table, int) and table > 0:
            yield list(_of_cells(held))
        elif table == _LINES:
            yield [row for one in held if (row := _of_line(one)) is not None]


_LINES = "lignes"


def _lined(one: Passage) -> str:
    """Whether a passage is a row without cells: a PDF has none."""
    tokens = _TOKEN.findall(one.plain)
    short = len(one.plain) < 120 and not one.plain.endswith(".")
    budget = bool(_TOTAL.search(one.plain) or _TAX.search(one.plain)) and bool(tokens)
    return _LINES if one.rank == 0 and short and (len(tokens) >= 3 or budget) else ""


def _of_cells(rows: Sequence[Passage]) -> Iterator[Row]:
    """The rows of a table whose titles say which column is which, else by their order."""
    head = [folded(cell) for cell in rows[0].cells]
    money = any(_MONEY.search(cell) for one in rows for cell in one.cells)
    if not (money or any(_PRICES.search(cell) or _SUMS.search(cell) for cell in head)):
        return
    columns = _columns(head)
    for one in rows:
        values = [amount_of(cell) for cell in one.cells]
        label = next((c for c, v in zip(one.cells, values, strict=True) if v is None and c), "")
        kind = _kind(folded(label))
        if kind:
            last = next((v for v in reversed(values) if v is not None), None)
            yield Row(label, None, None, last, one, kind)
        elif columns and any(value is not None for value in values):
            count, price, amount = (values[n] if 0 <= n < len(values) else None for n in columns)
            yield Row(label, count, price, amount, one)


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
    if _TAX.search(label) and not _TOTAL.search(label):
        return "tva"
    if _TTC.search(label):
        return "ttc"
    return "ht" if _TOTAL.search(label) else ""


def _of_line(one: Passage) -> Row | None:
    """A line that has how many, at what price and how much, whatever the spaces; or a total."""
    label = _TOKEN.split(one.text)[0].strip(" :-–")
    kind = _kind(one.plain)
    readings = list(_readings(_TOKEN.findall(one.text)))
    if kind:
        amounts = _NUMBER.findall(_RATE.sub(" ", one.text))
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


def _products(rows: Sequence[Row]) -> Iterator[str]:
    """The rows whose amount is not their product."""
    for row in rows:
        if row.product is not None and row.amount is not None and row.product != row.amount:
            yield (
                f"{where(row.place)} : {printed(row.count)} × {printed(row.price)} € font "
                f"{printed(row.product)} €, le document dit {printed(row.amount)} €"
            )


def _sums(rows: Sequence[Row]) -> Iterator[str]:
    """The totals that are not what stands above them."""
    above, whole, tax = list[Decimal](), None, None
    partial = list[Decimal]()
    for row in rows:
        if not row.kind:
            above += [row.worth] if row.worth is not None else []
            partial += [row.worth] if row.worth is not None else []
            continue
        if row.amount is None:
            continue
        due: Decimal | None = None
        if row.kind == "partiel":
            due, partial = sum(partial, Decimal(0)), []
        elif row.kind == "ht":
            due = sum(above, Decimal(0)) if len(above) else None
            whole = row.amount
        elif row.kind == "tva":
            rate = _rate(row.place)
            base = whole if whole is not None else sum(above, Decimal(0))
            due = _cents(base * rate / 100) if rate is not None and base else None
            tax = row.amount
        elif whole is not None and tax is not None:
            due = whole + tax
        if due is not None and _cents(due) != _cents(row.amount):
            yield (
                f"{where(row.place)}{_named(row)} : les montants font "
                f"{printed(_cents(due))} €, le document dit {printed(row.amount)} €"
            )


def _sentences(one: Passage) -> Iterator[str]:
    """The sentences that multiply, and are wrong."""
    for days, rate, total in _multiplied(one):
        if _cents(days * rate) != _cents(total):
            yield (
                f"{where(one)} : {printed(days)} × {printed(rate)} € font "
                f"{printed(_cents(days * rate))} €, le document dit {printed(total)} €"
            )


def _multiplied(one: Passage) -> Iterator[tuple[Decimal, Decimal, Decimal]]:
    """How many, at what price and how much, as the sentences of a passage say."""
    for match in _SENTENCE.finditer(one.plain):
        said = match["days"]
        days = Decimal(max(1, COUNTS.index(said))) if said in COUNTS else number(said)
        rate, total = number(match["rate"].strip()), number(match["total"].strip())
        if days is not None and rate is not None and total is not None:
            yield days, rate, total


def _data(rows: Sequence[Row], found: Sequence[Passage]) -> Iterator[tuple[str, Decimal, Passage]]:
    """The data of the budget that a table makes: days and rate where there is one rate."""
    worked = [row for row in rows if row.product is not None and not row.kind]
    rates = {row.price for row in worked}
    if worked and len(rates) == 1 and worked[0].price is not None:
        days = sum((row.count for row in worked if row.count is not None), Decimal(0))
        yield "jours", days, worked[0].place
        yield "taux_jour_ht", worked[0].price, worked[0].place
        others = [row for row in rows if not row.kind and row.product is None and row.amount]
        if others:
            total = sum((row.amount for row in others if row.amount is not None), Decimal(0))
            yield "frais_ht", total, others[0].place
    for kind, key in (("ht", "total_ht"), ("ttc", "total_ttc")):
        last = next((row for row in reversed(rows) if row.kind == kind), None)
        if last is not None and last.amount is not None:
            yield key, last.amount, last.place
    if not rows:
        told = ((one, said) for one in found if not one.table for said in _multiplied(one))
        for place, (days, rate, total) in list(told)[:1]:
            yield "jours", days, place
            yield "taux_jour_ht", rate, place
            yield "total_ht", total, place
    if (tax := _tax(found)) is not None:
        yield "taux_tva", *tax


def _tax(found: Sequence[Passage]) -> tuple[Decimal, Passage] | None:
    """The rate of TVA that a document says; 0 where it says that none applies."""
    for one in found:
        if _TAX.search(one.plain):
            if _EXEMPT.search(one.plain):
                return Decimal(0), one
            if (rate := _rate(one)) is not None:
                return rate, one
    return None


def _rate(one: Passage) -> Decimal | None:
    told = _RATE.search(one.plain)
    return number(told[1]) if told else None


def _cents(value: Decimal) -> Decimal:
    return value.quantize(_CENT, ROUND_HALF_UP)


def _named(row: Row) -> str:
    """What a row of a table is about; a line of a PDF is quoted already."""
    return f", « {_short(row.label)} »" if row.place.table else ""


def _short(label: str) -> str:
    text = " ".join(label.split())
    return text if len(text) <= 40 else f"{text[:40].rstrip()}…"


def where(one: Passage) -> str:
    """Where a passage is, in the words of who wrote it."""
    parts = [f"page {one.page}"] if one.page else []
    if one.table:
        parts.append(f"tableau {one.table}, ligne {one.row}")
    elif one.rank:
        parts.append(f"paragraphe {one.rank}")
    else:
        parts.append(f"« {_short(one.text)} »")
    return ", ".join(parts)
