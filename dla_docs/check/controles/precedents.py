"""What a dossier says of those of the same structures before it."""

from collections.abc import Iterator

from dla_docs.check.controles.registry import rule
from dla_docs.check.facts import Facts, fault
from dla_docs.check.ledger import Relation
from dla_docs.load.places import REFERENCE
from dla_docs.model.words import enumeration

# Beyond, a line that names them all would not be read.
TOLD = 3


@rule("R-ACC-11")
def earlier_dossiers_are_named(facts: Facts) -> Iterator[Relation]:
    """A dossier names those that came before it, or the record of the structure does.

    Known where the whole workspace is read; numbers follow the order in which dossiers are opened.
    """
    told = facts.at("dossier.precedents")
    if told is None or not facts.holds("dossier"):
        return
    named = {one.value[:REFERENCE] for one in facts.data("dossier.precedents[].dossier")}
    untold = {
        path
        for structure in facts.data("dossier.structures[]")
        for path in facts.corpus.followed.get(structure.value, ())
        if path[:REFERENCE] < facts.scope.reference and path[:REFERENCE] not in named
        if not _in_record(facts, structure.value, path)
    }
    if untold:
        several = len(untold) > 1
        listed = sorted(untold)[:TOLD]
        more = ["d’autres"] if len(untold) > TOLD else []
        yield fault(
            told,
            f"{enumeration([*listed, *more])} {'ont' if several else 'a'} déjà accompagné "
            "la même structure, et rien ne le dit ici",
            f"nommez-{'les' if several else 'le'} dans « precedents », ou notez "
            "l’accompagnement et son année dans la fiche de la structure",
        )


def _in_record(facts: Facts, structure: str, path: str) -> bool:
    """Whether the record of a structure tells of a dossier, by its year or its number."""
    listed = facts.record("structures", structure).get("accompagnements_anterieurs") or ()
    year, number = int(path[:4]), path[:REFERENCE]
    return any(one.get("annee") == year or number in str(one.get("objet")) for one in listed)


@rule("R-ACC-11")
def what_is_earlier_is(facts: Facts) -> Iterator[Relation]:
    """An earlier dossier has a smaller number."""
    for one in facts.data("dossier.precedents[].dossier"):
        if facts.holds("dossier") and one.value[:REFERENCE] >= facts.scope.reference:
            yield fault(
                one,
                f"{one.value} ne précède pas ce dossier ({facts.scope.reference})",
                "nommez un dossier au numéro plus petit, ou retirez-le de « precedents »",
            )
