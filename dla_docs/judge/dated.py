"""The day that a document says it was written: its cover names other days too."""

import re
from collections.abc import Iterator, Sequence
from datetime import date

from dla_docs.judge.passages import Passage
from dla_docs.model.days import day_of
from dla_docs.model.readings import day

MONTHS = (
    "janvier|fevrier|mars|avril|mai|juin|juillet|aout|septembre|octobre|novembre|decembre|"
    r"janv\.|fevr\.|avr\.|juil\.|sept\.|oct\.|nov\.|dec\."
)
DAY = re.compile(
    rf"\b\d{{1,2}}[/.-]\d{{1,2}}[/.-](?:\d{{4}}|\d{{2}})\b|\b\d{{4}}-\d\d-\d\d\b|"
    rf"\b\d{{1,2}}(?:er)? (?:{MONTHS}) \d{{4}}\b"
)
"""A whole day, in a folded text."""
_WRITTEN = re.compile(
    r"(?:\bdate(?: (?:du|de (?:la|l'|ce|cette)?) ?(?:rapport|document|proposition|offre|redaction|"
    r"remise|envoi|ecriture|emission|reponse|version))?|\bdate d'(?:ecriture|emission|envoi)"
    r"|\b(?:fait|ecrite?|redigee?|remise?|etablie?|emise?|editee?|signee?|arretee?)\b[^.;]{0,30}"
    r"|\b(?:rapport|proposition|offre|document|version|devis|reponse)(?: \w+)? du"
    r"|^[\w' -]{2,40}, le|^le)[ :]*$"
)
"""What comes before the day on which a document was written."""
_OTHER = re.compile(
    r"(?:\b(?:du|au|entre le|et le|depuis(?: le)?|avant le|apres le|jusqu'au|des le|valable|valide)"
    r"|\b(?:convention|consultation|appel|cahier des charges|diagnostic|courriel|demande|conseil|"
    r"limite|validite|lancement|demarrage|debut|fin|restitution|comite)\b[^.;]{0,40})[ :]*$"
)
"""What comes before a day of something else: a mission, a convention, a limit."""
_ALONE = 3
"""Words beside a day that stands alone, at most: « Gap, le lundi »."""
_LINE = 12
"""Words of a line of a cover, at most: a day in a longer one is that of a story."""
_END = 8
"""Passages of the end, where a document is signed."""

Written = tuple[date, Passage]


def written_on(cover: Sequence[Passage]) -> Written | None:
    """The day that a cover says the document was written: the plainest of those it holds."""
    found = [told for one in cover for told in _days(one)]
    best = max(found, key=lambda told: told[0], default=None)
    return (best[1], best[2]) if best else None


def signed_on(body: Sequence[Passage]) -> Written | None:
    """The day of the signature, at the end."""
    found = [told for one in body[-_END:] for told in _days(one) if told[0] == 3]
    return (found[-1][1], found[-1][2]) if found else None


def days_in(one: Passage) -> Iterator[date]:
    """The whole days that a passage says."""
    for match in DAY.finditer(one.plain):
        read = day_of(day(match[0]).written or None)
        if read is not None:
            yield read


def _days(one: Passage) -> Iterator[tuple[int, date, Passage]]:
    """The days of a passage that may be the one, with how plainly: 3, 2, 1."""
    for match in DAY.finditer(one.plain):
        read = day_of(day(match[0]).written or None)
        before = one.plain[: match.start()]
        if read is None:
            continue
        others = len((before + one.plain[match.end() :]).split())
        if _WRITTEN.search(before):
            yield 3, read, one
        elif _OTHER.search(before):
            continue
        elif others <= _ALONE:
            yield 2, read, one
        elif others <= _LINE and not one.table:
            yield 1, read, one
