"""Diagnostic partagé: its axes, its words, and what a comité sees of it."""

import re
from collections.abc import Iterator

from dla_docs.check.controles.registry import rule
from dla_docs.check.facts import Facts, fault, inside
from dla_docs.check.ledger import Datum, Relation
from dla_docs.model.words import around

_AUDIT = re.compile(r"\baudit(?:er|s)?\b", re.IGNORECASE)
DENIED = re.compile(r"\b(?:pas|non|ni|sans)\b[^.]{0,25}$", re.IGNORECASE)
"""A denial just before, in the same sentence: « n’est pas un audit » calls nothing an audit.

25 letters between the two: enough for « sans qu’il s’agisse d’un », too few for another clause.
"""


@rule("R-DIA-04")
def presented_with_a_validated_diagnostic(facts: Facts) -> Iterator[Relation]:
    """The leaders validate the diagnostic before the comité sees it ([seed 000], [seed 003])."""
    met = facts.at("comite.date")
    for entry, dossier in facts.presented():
        if entry.value.get("moment") != "avant_consultation" or not met or not met.value:
            continue
        validation = dossier.at("diagnostic.validation.date")
        # Once a parcours is begun, the absence is told in the diagnostic itself.
        if (not validation or not validation.value) and dossier.holds("parcours"):
            continue
        yield Relation(
            (met, inside(entry, "dossier")),
            bool(validation and validation.value and validation.value <= met.value),
            "le dossier est présenté au comité avant que l’équipe dirigeante ait validé le "
            "diagnostic",
            "attendez la validation du diagnostic pour le présenter",
            rests=(validation,) if validation else (dossier.absent_file("diagnostic", "dossier"),),
            instead=((met, TOO_SOON, "corrigez la date du comité, ou celle des validations"),),
        )


TOO_SOON = "le comité se tient avant les validations des dossiers qui lui sont présentés"


@rule("R-DIA-05")
def no_audit(facts: Facts) -> Iterator[Relation]:
    """It is no audit ([seed 000])."""
    for text in facts.words("diagnostic"):
        if speaks_of_audit(text.value):
            yield fault(
                text,
                "le mot « audit » ne convient pas : un diagnostic est partagé avec la structure",
                "parlez de diagnostic, d’analyse ou de lecture commune",
            )


@rule("R-DIA-06")
def axes_are_ranked(facts: Facts) -> Iterator[Relation]:
    """Axes are ranked, each rank once, from 1 on ([seed 000])."""
    for part, path in (
        ("diagnostic", "diagnostic.axes[].priorite"),
        ("parcours", "parcours.axes_prioritaires[].rang"),
    ):
        ranks = list(facts.data(path)) if facts.holds(part) else []
        count = sum(1 for _ in facts.data(path.rpartition(".")[0]))
        hint = f"donnez à chaque axe un rang, de 1 à {count}"
        first: dict[int, Datum] = {}
        for rank in ranks:
            if rank.value > count:
                message = f"le rang {rank.value} dépasse le nombre d’axes ({count})"
                yield fault(rank, message, hint)
            elif rank.value in first:
                message = f"le rang {rank.value} est déjà pris par un autre axe"
                yield Relation((first[rank.value], rank), False, message, hint)
            first.setdefault(rank.value, rank)


def speaks_of_audit(text: str) -> bool:
    """Whether a text calls the work an audit, other than to say that it is none."""
    return any(not DENIED.search(around(text, word)[0]) for word in _AUDIT.finditer(text))
