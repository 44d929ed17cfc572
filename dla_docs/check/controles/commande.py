"""The order of an ingénierie: a work done with the structure, which starts from the diagnostic."""

import re
from collections.abc import Iterator

from dla_docs.check.controles.diagnostic import DENIED, speaks_of_audit
from dla_docs.check.controles.registry import rule
from dla_docs.check.facts import Facts, fault
from dla_docs.check.ledger import Relation
from dla_docs.model.words import around

ORDERED = ("mission", "objectifs", "methode", "resultats_attendus", "livrables")
"""Where an order says what is to be done."""

_DIAGNOSTIC = re.compile(r"\b(?:pré-?)?diagnostics?\b", re.IGNORECASE)
_ANOTHER = re.compile(r"\b(?:nouveaux?|nouvel|second|deuxième|autre)\s+$", re.IGNORECASE)
_AGAIN = re.compile(
    r"\b(?:(?:refai|refon|recommenc|réécri|repren(?:dre|d)\s+(?:à\s+zéro|entièrement))\w*)"
    r"\b[^.;:\n]{0,20}$",
    re.IGNORECASE,
)
_MAKE = re.compile(
    r"\b(?:réalis|établi|condui|men|dress|effectu|produi|élabor|f[ae]i|rédig|pos|livr|remet)"
    r"(?:er|r|re|e|ez|era|ra|ire|t|tre|ation|ition|age)?\s+(?:d[’']un|du|un|le|son|leur)\s+$",
    re.IGNORECASE,
)
_INDEFINITE = re.compile(r"(?:^|[-*:;.]|\d\.|\bd?[’']?un)\s*$|\n[^\S\n]*$", re.IGNORECASE)
"""Nothing before, or « un »: it is not there yet. « le » and « du » name the one shared."""
_WHOLE = re.compile(
    r"^\s*(?:(?:partagé|initial|préalable)\s+)?(?:$|[.,;:\n]|complet|global|généra|approfondi|exhausti"
    r"|(?:et|puis)\b|de\s+(?:la\s+structure|l[’']association|l[’']organisation|la\s+coopérative))",
    re.IGNORECASE,
)
"""Of the whole structure: a « diagnostic financier » looks at one subject, as a mission may."""
_NOT_AFTER = re.compile(r"^[^.;:\n]{0,40}\bn[’'e]\s?\w+\s+(?:pas|plus|ni)\b", re.IGNORECASE)
_NONE = re.compile(r"\b(?:aucun|plutôt qu|au lieu d|évite)[^.]{0,25}$", re.IGNORECASE)


@rule("R-CDC-04")
def starts_from_the_diagnostic(facts: Facts) -> Iterator[Relation]:
    """« Faire avec », no audit, and no diagnostic made again ([seed 002], [P09])."""
    for text in facts.words("cahier-des-charges", *ORDERED):
        if speaks_of_audit(text.value):
            yield fault(
                text,
                "la mission ne consiste pas à réaliser un audit : elle fait avec la structure",
                "décrivez un travail mené avec la structure, qui part du diagnostic",
            )
        elif asks_for_a_diagnostic(text.value):
            yield fault(
                text,
                "la mission demande un nouveau diagnostic : celui de la structure est fait et "
                "partagé, la mission en part",
                "dites ce que le prestataire fait à partir du diagnostic partagé",
            )


def asks_for_a_diagnostic(text: str) -> bool:
    """Whether a text orders the diagnostic of a structure, which is made already.

    It does when it says a new one, or says to make one of the whole; not when it says to make none.
    """
    for word in _DIAGNOSTIC.finditer(text):
        before, after = around(text, word)
        other = _ANOTHER.search(before)
        lead = before[: other.start()] if other else before
        if DENIED.search(lead) or _NONE.search(lead) or _NOT_AFTER.search(after):
            continue
        made = _MAKE.search(before) or _INDEFINITE.search(before)
        if other or _AGAIN.search(before) or (made and _WHOLE.search(after)):
            return True
    return False
