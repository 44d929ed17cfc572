"""What a document says beside what was asked, or agreed: names, days, price, dates handed over."""

import re
from collections.abc import Iterator, Sequence
from datetime import date
from decimal import Decimal

from dla_docs.judge.amounts import Price, where
from dla_docs.judge.dated import DAY, MONTHS, Written
from dla_docs.judge.days import Done
from dla_docs.judge.expected import Expected, Terms, spaced
from dla_docs.judge.passages import Passage
from dla_docs.model.days import day_of
from dla_docs.model.readings import day
from dla_docs.model.values import long_date, printed
from dla_docs.model.words import apart, folded

_LIMIT = re.compile(r"\b(?:date limite|limite de (?:remise|reponse|depot)|remise des offres)\b")
_PERIOD = re.compile(
    rf"\bdu (\d{{1,2}}(?:er)?(?: (?:{MONTHS}))?(?: \d{{4}})?|{DAY.pattern}) au ({DAY.pattern})"
)
_MISSION = re.compile(r"\b(?:mission|intervention|accompagnement|prestation)\b")
_TOTALLED = re.compile(
    r"\b(?:soit|total)\b[^.;€]{0,30}?(\d[\d ]{0,9}(?:[.,]\d{1,2})?) ?(?:€|euros)"
)
_DAY_ALONE = re.compile(rf"\b(\d{{1,2}})(?:er)? ({MONTHS})|\b(\d{{1,2}})/(\d{{1,2}})\b")
_HANDED = re.compile(
    r"\b(?:remis\w*|livr\w+|envo\w+|transmis\w*|depos\w+|rendus?|rendue?s?|adress\w+|numerique|"
    r"papier|echeance)\b"
)
_LONG = 40
"""Words of a passage that speaks of one thing, at most: a longer one has dates of others."""
_SMALL = frozenset("de du des d l la le les en et a au aux".split())
_FEW = 3
"""Faults of one kind that are told one by one."""


def beside(found: Sequence[Passage], expected: Expected, price: Price) -> Iterator[str]:
    """What a proposition says otherwise than the cahier des charges."""
    yield from misnamed(found, expected)
    yield from _limit(found, expected)
    yield from _asked(expected.terms, price)
    yield from _handed(found, expected.terms, None)


def reported(
    found: Sequence[Passage], expected: Expected, done: Done | None, written: Written | None
) -> Iterator[str]:
    """What a report says otherwise than the convention."""
    terms = expected.terms
    yield from misnamed(found, expected)
    if done and terms.most_days is not None and done[0] != terms.most_days:
        yield (
            f"{where(done[1])} : le rapport compte {printed(done[0])} jours, "
            f"{terms.source} en prévoit {printed(terms.most_days)}"
        )
    yield from _period(found, terms)
    yield from _outside(found, terms, done)
    yield from _handed(found, terms, written)
    yield from _paid(found, terms)


def misnamed(found: Sequence[Passage], expected: Expected) -> Iterator[str]:
    """The structures that a document never names, where it names another that is like one."""
    whole = " ".join(one.plain for one in found)
    for called in expected.unnamed("structure", whole):
        first = max(spaced(folded(called)).split()[:2], key=len, default="")
        place = next((one for one in found if _like(one, first)), None)
        if place is not None and len(first) > 4:
            yield (
                f"{where(place)} : le document nomme « {_like(place, first)} », jamais « {called} »"
            )


def _like(one: Passage, first: str) -> str:
    """The name of a passage that begins with a word, as it is written there."""
    words = one.text.split()
    for n, word in enumerate(words):
        if first and first in spaced(folded(word)).split():
            held = [*words[max(n - 1, 0) : n], word] if words[n - 1 : n] == ["Les"] else [word]
            for after in words[n + 1 :]:
                if folded(after.strip("’'")) in _SMALL or after[:1].isupper():
                    held.append(after)
                else:
                    break
            return " ".join(held).strip(" .,;:()")
    return ""


def _limit(found: Sequence[Passage], expected: Expected) -> Iterator[str]:
    """The date of answers, where the document says another."""
    for one in found:
        told = _LIMIT.search(one.plain)
        match = DAY.search(one.plain, told.end()) if told else None
        said = day_of(day(match[0]).written or None) if match else None
        if said and expected.last and said != expected.last:
            yield (
                f"{where(one)} : le document dit que les réponses sont attendues le "
                f"{long_date(said)}, le cahier des charges le {long_date(expected.last)}"
            )
            return


def _asked(terms: Terms, price: Price) -> Iterator[str]:
    """The days and the price, beside those of the cahier des charges."""
    data = {key: (value, place) for key, value, place in price.data}
    days, place = data.get("jours", (None, None))
    least, most = terms.least_days, terms.most_days
    if days and place and ((least and days < least) or (most and days > most)):
        yield (
            f"{where(place)} : {printed(days)} jours proposés, {terms.source} en demande "
            f"{_between(least, most)}"
        )
    total, place = data.get("total_ttc") or data.get("total_ht") or (None, None)
    if total and place and terms.price and total > terms.price:
        yield (
            f"{where(place)} : {printed(total)} € proposés, {terms.source} fixe au plus "
            f"{printed(terms.price)} € TTC"
        )
    if price.doubt:
        yield f"{price.doubt} : demandez si le prix est hors taxes ou TTC"


def _between(least: Decimal | None, most: Decimal | None) -> str:
    if least is None or most is None or least == most:
        return printed(most if most is not None else least)
    return f"{printed(least)} à {printed(most)}"


def _period(found: Sequence[Passage], terms: Terms) -> Iterator[str]:
    """The days between which the mission is said to have been done."""
    for one in found:
        told = _PERIOD.search(one.plain) if _MISSION.search(one.plain) else None
        end = day_of(day(told[2]).written or None) if told else None
        start = _start(told[1], end) if told and end else None
        if not (start and end and terms.start and terms.end):
            continue
        if (start, end) != (terms.start, terms.end) and len(one.plain.split()) <= _LONG:
            yield (
                f"{where(one)} : mission du {long_date(start)} au {long_date(end)}, "
                f"{terms.source} dit du {long_date(terms.start)} au {long_date(terms.end)}"
            )
        return


def _start(text: str, end: date) -> date | None:
    """The first day of a period: « du 3 », « du 3 mai » have the month and the year of its end."""
    whole = day_of(day(text).written or None)
    if whole:
        return whole
    month = re.search(rf"(?:{MONTHS})", text)
    number = re.match(r"\d{1,2}", text)
    said = f"{number[0]} {month[0]} {end.year}" if number and month else ""
    if said:
        return day_of(day(said).written or None)
    return end.replace(day=int(number[0])) if number and 1 <= int(number[0]) <= 28 else None


def _outside(found: Sequence[Passage], terms: Terms, done: Done | None) -> Iterator[str]:
    """The days of the calendar that are not of the mission."""
    if done is None or not (terms.start and terms.end):
        return
    wrong: list[str] = []
    for one in found:
        if one.table != done[1].table or one.row == 1:
            continue
        for match in DAY.finditer(one.plain):
            said = day_of(day(match[0]).written or None)
            if said and not terms.start <= said <= terms.end:
                wrong.append(f"le {long_date(said)} (ligne {one.row})")
    if wrong:
        more = f" et {len(wrong) - _FEW} autres" if len(wrong) > _FEW else ""
        yield (
            f"{where(done[1])} : hors de la mission, qui va du {long_date(terms.start)} au "
            f"{long_date(terms.end)} : {apart(wrong[:_FEW])}{more}"
        )


def _handed(found: Sequence[Passage], terms: Terms, written: Written | None) -> Iterator[str]:
    """What is handed over on another day than the one that is due."""
    for called, when in terms.due:
        words = [word for word in spaced(folded(called)).split() if word not in _SMALL]
        if written and "rapport" in words:
            if written[0] > when:
                yield (
                    f"{where(written[1])} : {called.lower()} daté du {long_date(written[0])}, "
                    f"attendu le {long_date(when)}"
                )
            continue
        speaking = [one for one in found if _speaks(one, words, called)]
        days = [(one, set(_days(one))) for one in speaking]
        if any((when.day, when.month) in held for _, held in days):
            continue
        alone = next(((one, held) for one, held in days if len(held) == 1), None)
        if alone:
            number, month = next(iter(alone[1]))
            told = long_date(date(when.year, month, number)).rpartition(" ")[0]
            yield (
                f"{where(alone[0])} : « {called} » le {told}, {terms.source} dit le "
                f"{long_date(when)}"
            )


def _speaks(one: Passage, words: Sequence[str], called: str) -> bool:
    """Whether a passage says when something is handed over, and little else."""
    said = spaced(one.plain).split()
    if len(said) > _LONG or not all(word in said for word in words):
        return False
    alone = any(folded(cell.partition("(")[0]) == folded(called) for cell in one.cells)
    return alone or _HANDED.search(one.plain) is not None


def _days(one: Passage) -> Iterator[tuple[int, int]]:
    """The days and months that a passage says, with or without a year."""
    for match in _DAY_ALONE.finditer(one.plain):
        year = "2000"  # A leap one: the 29th of February is a day.
        text = f"{match[1]} {match[2]} {year}" if match[1] else f"{match[3]}/{match[4]}/{year}"
        said = day_of(day(text).written or None)
        if said:
            yield said.day, said.month


def _paid(found: Sequence[Passage], terms: Terms) -> Iterator[str]:
    """The price of the mission, where the report says another."""
    for one in found:
        told = _TOTALLED.search(one.plain) if "jour" in one.plain and not one.table else None
        said = _number(told[1]) if told else None
        if said is not None and terms.prices and said not in terms.prices:
            yield (
                f"{where(one)} : {printed(said)} €, {terms.source} dit {printed(terms.prices[0])} €"
            )
            return


def _number(text: str) -> Decimal:
    return Decimal(re.sub(r"\s", "", text).replace(",", "."))
