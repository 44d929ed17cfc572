"""What is due on a line, what it lacks, and who has it."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from dla_docs.context.completeness import Completeness, _share, completed
from dla_docs.context.views import Lens, TemplateFault
from dla_docs.documents.documents import Document, documents
from dla_docs.flow import Examined
from dla_docs.gather.gather import Gathered, Line, gathered_in


@pytest.fixture(scope="module")
def gathered(examen: Examined) -> Gathered:
    return gathered_in(examen.corpus)


def control(examen: Examined, period: str) -> Document:
    found = documents(examen.corpus, examen.types)
    return next(d for d in found if (d.type.name, d.key) == ("controle-enee", period))


def of(examen: Examined, gathered: Gathered, name: Any, period: str = "2025-2027") -> Completeness:
    document = control(examen, period)
    lens = Lens(examen.corpus, document.audience, document.scope, examen.day, None, False)
    return completed(document, lens, gathered, name)


def changed(gathered: Gathered, **values: Any) -> Gathered:
    """The same with one line of Enée, the first, some values of which are others."""
    line = next(line for line in gathered.lines["enee"] if line.reference == "2025-003")
    other = Line(line.reference, {**line.values, **values})
    return replace(gathered, lines={"enee": (other,)})


def lacks(found: Completeness) -> list[str]:
    (line,) = found.lignes
    return [lack.titre for lack in line.manquent]


def test_a_full_line_lacks_nothing(examen: Examined, gathered: Gathered) -> None:
    found = of(examen, changed(gathered), "enee")
    assert lacks(found) == [] and found.taux == 100 and found.detenteurs == ()


def test_what_lacks_is_asked_to_who_has_it(examen: Examined, gathered: Gathered) -> None:
    found = of(examen, changed(gathered, siret=None, prescripteur=None, statut=None), "enee")
    assert lacks(found) == ["SIRET", "Statut juridique", "Prescripteur"]
    asked = {h.aupres: (h.total, h.demandes[0].structure) for h in found.detenteurs}
    assert asked == {
        "la structure": (2, "Les Calades du Jabron"),
        "la personne chargée de mission": (1, "Les Calades du Jabron"),
    }


def test_a_datum_is_not_due_before_what_it_goes_with(examen: Examined, gathered: Gathered) -> None:
    found = of(examen, changed(gathered, conventions=None, jours=None, cout=None), "enee")
    assert lacks(found) == []
    assert next(d for d in found.donnees if d.titre == "Coût").attendues == 0


def test_two_conventions_are_due_two_prestataires(examen: Examined, gathered: Gathered) -> None:
    days = ("2025-04-14", "2025-09-01")
    found = of(examen, changed(gathered, conventions=days, jours=(5, 3), cout=(1, 2)), "enee")
    assert lacks(found) == ["Prestataires"]


@pytest.mark.parametrize(("planned", "due"), [("2026-03-01", ["Suivi"]), ("2027-06-01", [])])
def test_a_day_to_come_asks_for_nothing_yet(
    examen: Examined, gathered: Gathered, planned: str, due: list[str]
) -> None:
    found = of(
        examen, changed(gathered, suivi_prevu=planned, suivi=None, releve_suivi=None), "enee"
    )
    assert lacks(found) == due


def test_a_structure_that_employs_nobody_owes_no_record(
    examen: Examined, gathered: Gathered
) -> None:
    none = dict.fromkeys(("releves", "salaries", "etp", "cdi", "cdd"))
    assert lacks(of(examen, changed(gathered, employeuse=False, **none), "enee")) == []
    assert lacks(of(examen, changed(gathered, employeuse=True, **none), "enee")) == [
        "Relevés d’emplois"
    ]


def test_lines_without_a_day_of_their_own_in_the_period_are_not_asked_for(
    examen: Examined, gathered: Gathered
) -> None:
    told = {line.reference for line in of(examen, gathered, "enee", "2025").lignes}
    assert told and not any(reference.startswith("2026") for reference in told)


def test_the_perimeter_of_a_period_is_that_of_its_lines(
    examen: Examined, gathered: Gathered
) -> None:
    found = of(examen, gathered, "enee", "2026-hautes-alpes")
    departments = {line.donnees["departements"] for line in found.lignes}
    assert departments == {"05"}


def test_the_last_day_of_a_line_is_none_of_after_the_control(
    examen: Examined, gathered: Gathered
) -> None:
    other = changed(gathered, suivi="2026-12-24", synthese="2026-09-01")
    assert of(examen, other, "enee").lignes[0].dernier == date(2026, 9, 1)


def test_a_period_to_publish_is_not_controlled_twice(examen: Examined) -> None:
    assert not control(examen, "2025-2026-public").begun and control(examen, "2025").begun


def test_an_unknown_table_is_told(examen: Examined, gathered: Gathered) -> None:
    with pytest.raises(TemplateFault, match="enee"):
        of(examen, gathered, "ennee")


def test_a_structure_is_named_to_those_alone_who_may_know_it(
    examen: Examined, gathered: Gathered
) -> None:
    document = control(examen, "2025-2027")
    named = []
    for audience in ("operateur", "public"):
        lens = Lens(examen.corpus, frozenset({audience}), document.scope, examen.day, None, False)
        found = completed(document, lens, gathered, "enee")
        named.append(any(line.structure for line in found.lignes))
    assert named == [True, False]


@pytest.mark.parametrize(
    ("there", "due", "share"), [(141, 144, 98), (999, 1000, 99), (63, 63, 100), (0, 0, None)]
)
def test_a_share_is_the_nearest_percent_and_100_only_when_nothing_lacks(
    there: int, due: int, share: int | None
) -> None:
    assert _share(there, due) == share
