"""The grid of analysis: its criteria, those it leaves out, the notes of each proposition.

A grid is the call's own (`cahier-des-charges.criteres`): criteria of the dispositif or of the
territory, on any total, each with its scale. The six of the source are what it is without one.
"""

from collections.abc import Iterator, Mapping
from decimal import Decimal

from dla_docs.check.controles.coordination import admissible
from dla_docs.check.controles.registry import rule
from dla_docs.check.facts import Facts, fault, inside
from dla_docs.check.ledger import Datum, Relation
from dla_docs.model.likeness import did_you_mean, nearest_word
from dla_docs.model.values import number
from dla_docs.model.words import plural, quoted

CRITERIA = (
    "comprehension",
    "resultats_attendus",
    "methodologie",
    "profil_references",
    "duree",
    "budget",
)
"""The six criteria of analysis ([seed 002], [seed 004])."""


@rule("R-CDC-07")
def what_a_grid_leaves_out_is_explained(facts: Facts) -> Iterator[Relation]:
    """Each of the six is in the grid, or left out for a reason that is written ([inferred])."""
    listed = facts.at("cahier-des-charges.criteres")
    kept = list(facts.data("cahier-des-charges.criteres[].critere"))
    left = {datum.value for datum in facts.data("cahier-des-charges.criteres_ecartes[].critere")}
    for key in CRITERIA:
        if listed and kept and key not in left | {datum.value for datum in kept}:
            told = f"la grille écarte le critère « {key} » du dispositif, et ne dit pas pourquoi"
            hint = "remettez-le, ou donnez le motif dans « criteres_ecartes »"
            yield fault(listed, told, hint, *kept)


@rule("R-SEL-01")
def every_criterion_is_noted(facts: Facts) -> Iterator[Relation]:
    """The criteria of the grid are noted for each admissible proposition ([seed 002])."""
    scales = _scales(facts)
    for ranked in facts.data("choix.evaluations[]"):
        for key, most in scales.items():
            note, hint = inside(ranked, "notes", key), f"notez-le de 0 à {most}"
            if note.value is None:
                yield fault(note, f"le critère « {key} » n’est pas noté", hint)
            elif note.value > most:
                told = f"la note {number(Decimal(note.value))} dépasse la note maximale ({most})"
                yield fault(note, told, hint)


@rule("R-SEL-01")
def only_the_criteria_of_the_grid_are_noted(facts: Facts) -> Iterator[Relation]:
    """A note on what the order does not announce would count for nothing ([seed 002])."""
    scales = _scales(facts)
    for ranked in facts.data("choix.evaluations[]"):
        for key in ranked.value.get("notes") or {}:
            if key not in scales and not key.startswith("x-"):
                near = did_you_mean(nearest_word(key, scales))
                told = f"« {key} » est noté, et n’est pas un critère du cahier des charges"
                hint = near or f"critères du cahier des charges : {', '.join(scales)}"
                yield fault(inside(ranked, "notes", key), told, hint)


@rule("R-SEL-01")
def every_proposition_is_noted(facts: Facts) -> Iterator[Relation]:
    """No admissible proposition is left out of the notes ([seed 002])."""
    ranked = list(facts.each("choix.evaluations[].prestataire"))
    absent = sorted(admissible(facts) - {datum.value for datum in ranked})
    listed = facts.at("choix.evaluations")
    if absent and listed:
        one, many = (
            "la proposition de {} n’est pas notée",
            "les propositions de {} ne sont pas notées",
        )
        told = plural(len(absent), one, many).format(quoted(absent))
        yield fault(listed, told, "notez-la sur chaque critère", *ranked)


def _scales(facts: Facts) -> Mapping[str, int]:
    """The criteria of the grid, each with its highest note: its own, else the territory's."""
    usual = facts.parameter("note_maximale")
    grid = [datum for datum in facts.data("cahier-des-charges.criteres[]") if _named(datum)]
    own = {d.value["critere"]: d.value.get("note_maximale") or usual for d in grid}
    return own or dict.fromkeys(CRITERIA, usual)


def _named(criterion: Datum) -> bool:
    """Whether a criterion is one of the six, or has words of its own: else it is a mistake."""
    key = criterion.value.get("critere")
    return key in CRITERIA or (key is not None and "intitule" in criterion.value)
