"""Days, rates and totals of a received document, counted again wherever it multiplies or sums.

A row says how many, at what price, and what they come to; a total, what the rows above it come to.
Numbers are read cell by cell, or along the line where a PDF has no cells.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import ROUND_HALF_UP, Decimal

from dla_docs.judge.needs import COUNTS
from dla_docs.judge.passages import Passage
from dla_docs.judge.rows import RATE, TAX, Row, tables_of
from dla_docs.model.readings import number
from dla_docs.model.values import printed

_CENT = Decimal("0.01")
_EXEMPT = re.compile(r"\b293 ?b\b|non (?:assujettie?|applicable|soumise?)|exoneree?|franchise")
_BY = r"(?:\bx|×|\*|\ba|\bde|prix de|facturee?s?|tarif de|taux de|base de|:)"
_SENTENCE = re.compile(
    rf"\b(?P<days>\d{{1,3}}(?:[.,]\d{{1,2}})?|{'|'.join(COUNTS)}) ?(?:jours?|journees?|j\b)"
    r"(?P<half> et demie?\b)?"
    rf"[^.;€]{{0,40}}?{_BY} ?(?P<rate>\d[\d ]*+(?:[.,]\d{{1,2}})?+) ?(?:€|euros?)"
    r"[^.;]{0,60}?(?:soit|=|:|font|total de)[^\d.;]{0,30}"
    r"(?P<total>\d[\d ]*+(?:[.,]\d{1,2})?+) ?(?:€|euros?)"
)
_DAILY = re.compile(
    r"(?:prix|tarif|cout|taux|honoraires|facturee?s?)[^.;€\d]{0,30}jour[^.;€\d]{0,20}"
    r"(\d[\d ]{0,9}(?:[.,]\d{1,2})?) ?(?:€|euros?)"
    r"|(?<![\d ])(\d[\d ]{0,9}(?:[.,]\d{1,2})?) ?(?:€|euros?)(?: h\.?t\.?)? ?(?:par|la|/|le) ?jour"
)
"""The price of a day, said beside the table."""
_TAXED = re.compile(r"\bh\.?t\b|hors taxes?|\bt\.?t\.?c\b|toutes taxes|\btva\b|t\.v\.a|293 ?b")


@dataclass(frozen=True)
class Price:
    """What the amounts of a document come to: the data of its budget, and where each is read.

    `faults`: where they contradict one another, in the words of who wrote them. `doubt`: why the
    total must be looked at.
    """

    data: tuple[tuple[str, Decimal, Passage], ...] = ()
    faults: tuple[str, ...] = ()
    doubt: str = ""


def price_of(found: Sequence[Passage]) -> Price:
    """The price that a document says, and its contradictions."""
    daily = _daily(found)
    tables = [
        _priced(rows, daily)
        for rows in tables_of(found)
        if any(row.worth is not None for row in rows)
    ]
    faults = [fault for rows in tables for fault in (*_products(rows), *_sums(rows))]
    faults += [fault for one in found if not one.table for fault in _sentences(one)]
    best = max(tables, key=_fullness, default=[])
    data = dict(((key, (value, place)) for key, value, place in _data(best, found)))
    told = any(_TAXED.search(one.plain) for one in found)
    doubt = "" if told or not data else "le document ne dit ni hors taxes, ni TTC, ni TVA"
    held = tuple((k, v, p) for k, (v, p) in data.items())
    return Price(held, tuple(dict.fromkeys(faults)), doubt)


def _fullness(rows: Sequence[Row]) -> tuple[int, int]:
    """How much a table says of a price: the rows that multiply, then those that sum."""
    return sum(row.product is not None for row in rows), sum(bool(row.kind) for row in rows)


def _daily(found: Sequence[Passage]) -> Decimal | None:
    """The only price of a day that sentences say; None where they say several, or none."""
    every = (match for one in found if not one.table for match in _DAILY.finditer(one.plain))
    rates = {number((match[1] or match[2]).strip()) for match in every}
    return rates.pop() if len(rates) == 1 else None


def _priced(rows: list[Row], daily: Decimal | None) -> list[Row]:
    """The rows, at the price of a day that is said beside them where most of them bear it out."""
    open_ = [row for row in rows if not row.kind and row.product is None and row.count]
    if daily is None or not open_:
        return rows
    right = [row for row in open_ if row.amount is not None and row.amount == row.count * daily]  # type: ignore[operator]
    if 2 * len(right) <= len(open_):
        return rows
    return [replace(row, price=daily) if row in open_ else row for row in rows]


def _products(rows: Sequence[Row]) -> Iterator[str]:
    """The rows whose amount is not their product."""
    for row in rows:
        if row.product is not None and row.amount is not None and row.product != row.amount:
            yield (
                f"{where(row.place)} : {row.written} font "
                f"{printed(row.product)} €, le document dit {printed(row.amount)} €"
            )
    counts = [row.count for row in rows if not row.kind and row.count is not None]
    days = sum(counts, Decimal(0))
    for row in rows:
        if row.kind == "ht" and len(counts) > 1 and row.count is not None and row.count != days:
            yield (
                f"{where(row.place)}{_named(row)} : les jours font {printed(days)}, "
                f"le document dit {printed(row.count)}"
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
        elif whole is not None and (rate := _rate(row.place)) is not None:
            due = whole * (1 + rate / 100)
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
        days = days + Decimal("0.5") if days is not None and match["half"] else days
        rate, total = number(match["rate"].strip()), number(match["total"].strip())
        if days is not None and rate is not None and total is not None:
            yield days, rate, total


def _data(rows: Sequence[Row], found: Sequence[Passage]) -> Iterator[tuple[str, Decimal, Passage]]:
    """The data of the budget that a table makes: days and rate where there is one rate."""
    lines = [row for row in rows if not row.kind]
    worked = [row for row in lines if row.product is not None]
    rates = {row.price for row in worked}
    # Days without a price are days all the same; a row of costs counts none.
    counted = worked or [row for row in lines if row.count is not None]
    if counted and (worked or any(row.kind for row in rows)):
        days = sum((row.count for row in counted if row.count is not None), Decimal(0))
        if days:
            yield "jours", days, counted[0].place
    if worked and len(rates) == 1 and worked[0].price is not None:
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
        if TAX.search(one.plain):
            if _EXEMPT.search(one.plain):
                return Decimal(0), one
            if (rate := _rate(one)) is not None:
                return rate, one
    return None


def _rate(one: Passage) -> Decimal | None:
    told = RATE.search(one.plain)
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
    if one.around:
        return f"en-tête ou pied de page, « {_short(one.text)} »"
    parts = [f"page {one.page}"] if one.page else []
    if one.table:
        parts.append(f"tableau {one.table}, ligne {one.row}")
    elif one.rank:
        parts.append(f"paragraphe {one.rank}")
    else:
        parts.append(f"« {_short(one.text)} »")
    return ", ".join(parts)
