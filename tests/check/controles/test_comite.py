"""Comité d'appui: several partners, no decision, no name where none is due."""

from pathlib import Path

import pytest

from dla_docs.check.controles.comite import lends_decision
from dla_docs.flow import examine
from dla_docs.model.findings import Finding
from dla_docs.model.workspace import Workspace
from tests.check.cases import apply
from tests.scenes import JOUR

A = "dossiers/2025-003-calades-jabron"
COMITE = "dossiers/comites/2025-03-06.yaml"


def found(espace: Path, shown: object, **others: object) -> tuple[Finding, ...]:
    """The findings once what the comité notes of 2025-003, and more of it, is changed."""
    apply(espace, {"fichiers": {COMITE: {"dossiers": {0: shown}, **others}}})
    return examine(Workspace(espace), JOUR).findings


def test_members_of_one_family_are_no_comite(espace: Path) -> None:
    reseaux = [{"organisme": name, "famille": "reseau_associatif"} for name in ("Un", "Deux")]
    (told,) = found(espace, {}, membres=reseaux)
    assert (told.code, told.pointer) == ("R-COM-04", ("membres",))
    assert "une seule famille" in told.message


def test_a_dossier_is_shown_once_to_a_comite(espace: Path) -> None:
    again = {"dossier": "2025-003-calades-jabron", "moment": "suivi", "presentation": "nominative"}
    (told,) = found(espace, {}, dossiers=[again, again])
    assert (told.code, told.pointer) == ("S-DOUBLON", ("dossiers", 1, "dossier"))


def test_a_comite_to_come_may_still_find_its_members(espace: Path) -> None:
    seul = [{"organisme": "Un réseau", "famille": "reseau_associatif"}]
    change = {"date": "2027-01-14", "membres": seul, "dossiers": {0: {"moment": "suivi"}}}
    (espace / COMITE).rename(espace / "dossiers/comites/2027-01-14.yaml")
    apply(espace, {"fichiers": {"dossiers/comites/2027-01-14.yaml": change}})
    assert "R-COM-04" not in {f.code for f in examine(Workspace(espace), JOUR).findings}


@pytest.mark.parametrize(
    "text",
    [
        "Le comité valide le parcours.",
        "Le comité d’appui du 6 mars 2025 a refusé l’ingénierie.",
        "Le parcours a été validé par le comité.",
        "Dossier approuvé en comité d'appui.",
        "Suivre la décision du comité.",
        "Le comité donne son accord au financement.",
        "Le comité rend un avis réservé et refuse le dossier.",
        "Décision favorable, financement accordé.",
        "Demande rejetée.",
        "Comme l’a décidé le comité, le parcours commence en mai.",
        "Favorable à l'unanimité.",
        "Dossier retenu, l’ingénierie est financée à hauteur de 3 600 €.",
        "Feu vert pour lancer la consultation.",
        "Échanges nourris sur les coûts.\n\nAvis favorable",
        "- Question des tarifs\n- Accordé, sous réserve des comptes",
        "Défavorable : le projet n’est pas mûr.",
        "Dossier ajourné.",
        "Accord de principe.",
    ],
)
def test_a_decision_of_the_comite_in_prose_is_told(text: str) -> None:
    assert lends_decision(text)


@pytest.mark.parametrize(
    "text",
    [
        "Le comité propose que la structure décide après l’étude.",
        "Le comité de pilotage a validé le calendrier.",
        "Le conseil d’administration a voté le plan.",
        "Le comité n’a pas à valider ce choix.",
        "Le dossier, accepté par la Région, sera financé en mai.",
        "Le comité rappelle les étapes, que la structure suit et valide.",
        "Le parcours validé le 4 mars est présenté.",
        "Le comité suggère de refuser les petits chantiers.",
        "La structure a retenu l’idée d’un groupement.",
        "Le cahier des charges demande un modèle que l’association tienne seule.",
        "Feu vert de la commune attendu en mai.",
        "Favorable ou non à un groupement ?",
        "L’ingénierie est financée à hauteur de 1 500 € par le Département.",
        "Un contexte\nfavorable aux petits chantiers.",
        "Le modèle retenu reste simple.",
        "Refus de la banque : voir une avance de trésorerie.",
    ],
)
def test_what_the_comite_brings_is_no_decision(text: str) -> None:
    assert not lends_decision(text)


def test_a_decision_of_the_comite_in_the_parcours_is_told(espace: Path) -> None:
    change = {"modalites_suivi": "Un point par mois, comme l’a décidé le comité d’appui."}
    apply(espace, {"fichiers": {f"{A}/parcours.yaml": change}})
    assert [f.code for f in found(espace, {"suites": "Rien."})] == ["R-COM-05"]


@pytest.mark.parametrize(
    "text", ["Que faire aux Calades ?", "Que dire à M. Estoublier ?", "Les Calades du Jabron"]
)
def test_an_anonymous_presentation_does_not_name(text: str, espace: Path) -> None:
    (told,) = found(espace, {"presentation": "anonyme", "question": text})
    assert (told.code, told.pointer) == ("R-COM-06", ("dossiers", 0, "question"))


def test_an_open_synthesis_does_not_name_either(espace: Path) -> None:
    synthesis = {"synthese": "Les Calades du Jabron : deux exercices en perte."}
    apply(espace, {"fichiers": {f"{A}/diagnostic.yaml": synthesis}})
    (told,) = found(espace, {"presentation": "anonyme"})
    assert (told.code, told.path) == ("R-COM-06", COMITE)
    assert "diagnostic.yaml" in told.hint


def test_an_anonymous_sheet_has_words_of_its_own(espace: Path) -> None:
    lent = {"synthese": "Deux exercices en perte, et un directeur qui fait tout lui-même."}
    apply(espace, {"fichiers": {f"{A}/diagnostic.yaml": lent}})
    own = {"presentation": "anonyme", "situation": "Une structure cherche à payer ses coûts."}
    assert found(espace, own) == ()
    (told,) = found(espace, {"presentation": "anonyme", "situation": lent["synthese"]})
    assert (told.code, str(told.severity)) == ("R-COM-12", "alerte")


def test_a_synthesis_that_nobody_reads_discloses_nothing(espace: Path) -> None:
    synthesis = {"synthese": "Les Calades du Jabron : deux exercices en perte."}
    closed = {"consentements": {2: {"portee": ["financeurs"]}}}
    changes = {f"{A}/diagnostic.yaml": synthesis, f"{A}/dossier.yaml": closed}
    apply(espace, {"fichiers": changes})
    assert found(espace, {"presentation": "anonyme"}) == ()


def test_an_anonymous_presentation_does_not_give_the_town(espace: Path) -> None:
    (told,) = found(espace, {"presentation": "anonyme", "question": "Que faire à Sisteron ?"})
    assert (told.code, str(told.severity)) == ("R-COM-07", "alerte")
