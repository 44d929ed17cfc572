"""What the bilan of a year needs of each dossier."""

from collections.abc import Iterator

from dla_docs.check.controles.registry import rule
from dla_docs.check.facts import Facts, fault
from dla_docs.check.ledger import Relation

YEAR = len("AAAA")


@rule("R-BIL-02")
def orientations_are_told(facts: Facts) -> Iterator[Relation]:
    """A dossier of a year whose avenants give orientations says which it serves ([seed 003]).

    An empty list says that it serves none.
    """
    year = str(facts.value("dossier.demande.date", ""))[:YEAR]
    told = facts.at("dossier.orientations")
    given = facts.value("territoire.orientations", [])
    operators = set(facts.value("dossier.operateurs", []))
    concerned = [
        one
        for one in given
        if year in map(str, one.get("annees", ())) and one.get("operateur") in {None, *operators}
    ]
    if told and told.value is None and concerned:
        names = ", ".join(str(one.get("id")) for one in concerned)
        yield fault(
            told,
            "rien ne dit quelle orientation prioritaire sert ce dossier",
            f"écrivez « orientations: » dans dossier.yaml, avec celles qu’il sert parmi {names}, "
            "ou « [] » s’il n’en sert aucune",
        )
