"""What the bilan of a year needs of each dossier, and of the year itself."""

from collections.abc import Iterator

from dla_docs.check.controles.registry import rule
from dla_docs.check.facts import Facts, fault, inside
from dla_docs.check.ledger import Relation
from dla_docs.gather.countings import figure_names
from dla_docs.model.likeness import did_you_mean, nearest_word
from dla_docs.model.paths import at

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


NAMED = ("activite.objectifs[].chiffre", "territoire.periodes[].negociation.objectifs[].chiffre")
"""Where a figure is called by its identifier."""


@rule("R-BIL-05")
def figures_exist(facts: Facts) -> Iterator[Relation]:
    """The result of an objective is a figure that is counted ([seed 003])."""
    named = [datum for path in NAMED for datum in facts.data(path)]
    known = figure_names(facts.corpus.workspace) if named else ()
    for datum in named:
        if datum.value not in known:
            near = did_you_mean(nearest_word(str(datum.value), known))
            yield fault(
                datum,
                f"aucun chiffre ne se nomme « {datum.value} »",
                near or "les chiffres sont ceux de schemas/chiffres.yaml",
            )


PERIOD = ("debut", "fin", "etabli_le")
"""The bounds of a period, and the day when its bilan is drawn up."""


@rule("R-BIL-06")
def years_have_their_file(facts: Facts) -> Iterator[Relation]:
    """A period whose bilan is drawn up has the activite of each of its years ([seed 003]).

    Years after the day it is drawn up have nothing to tell yet.
    """
    noted = {at(source.data, ("annee",)) for source in facts.series("activite").values()}
    for period in facts.data("territoire.periodes[]"):
        first, last, drawn = (str(period.value.get(key, ""))[:YEAR] for key in PERIOD)
        if not (first.isdigit() and last.isdigit() and drawn.isdigit()):
            continue
        for year in range(int(first), min(int(last), int(drawn)) + 1):
            if year not in noted:
                yield fault(
                    inside(period, "etabli_le"),
                    f"le bilan de cette période n’a rien de {year} que les dossiers ne disent pas "
                    f"(temps passé, instances, formations…) : activite/{year}.yaml manque",
                    f"écrivez-le (dla new activite {year})",
                )
