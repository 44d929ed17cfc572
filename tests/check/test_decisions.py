"""What the operator decides during a mission, and what a stop or a suspension brings."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from dla_docs.check.controles.decisions import (
    a_reorientation_asked_for_is_decided,
    a_reorientation_in_words_is_asked_for,
    no_note_while_interrupted,
    no_other_party_allows_a_payment,
    no_other_party_decides,
    nothing_is_worked_while_interrupted,
    who_decides_is_of_the_operator,
)
from dla_docs.check.controles.suivi import only_days_done_are_paid
from dla_docs.check.facts import Control, Facts
from dla_docs.check.mission import halts, interrupted
from dla_docs.flow import Examined
from dla_docs.load.scopes import Scope
from dla_docs.load.yaml_reader import Source

STOP = {"date": "2025-05-20", "decision": "arret", "date_decision": "2025-05-22"}
PAUSE = {"date": "2025-05-20", "decision": "suspension", "date_decision": "2025-05-22"}
AGREED = {"jours": 5, "montant": {"ttc": 3000}}
BILLED = {"versements": [{"libelle": "solde", "facture": {"ttc": 3000}}]}
Said = Callable[..., list[str]]


def facts(examen: Examined, alertes: list[dict[str, Any]], **files: Any) -> Facts:
    mission = {"alertes": alertes, "notes": files.pop("notes", [])}
    files = {"realisation": mission, **files}
    parts = {k.replace("_", "-"): Source(f"{k}.yaml", d) for k, d in files.items()}
    territory = examen.corpus.scopes["territoire"]
    scope = Scope("ingenierie", "essai", "2025-001/ingenieries/essai", parts, territory)
    return Facts(scope, examen.corpus, date(2025, 6, 1))


@pytest.fixture
def dire(examen: Examined) -> Said:
    """`dire(controle, [alerte], …)`: what is wrong in a mission with these alerts and files."""

    def said(control: Control, alertes: list[dict[str, Any]], **files: Any) -> list[str]:
        found = control(facts(examen, alertes, **files))
        return [relation.message for relation in found if not relation.holds]

    return said


def worked(*days: str) -> dict[str, Any]:
    return {"calendrier": [{"date": day, "duree": 1} for day in days]}


def test_a_suspension_ends_when_it_says_so_or_at_the_next_decision(examen: Examined) -> None:
    resumed = {**PAUSE, "date_reprise": "2025-06-10"}
    goes_on = {"date": "2025-05-30", "decision": "poursuite", "date_decision": "2025-05-31"}
    refused = {"date": "2025-05-25", "decision": "hors_cadre_refuse", "date_decision": "2025-05-26"}
    ends = [
        [h.end for h in halts(facts(examen, a))] for a in ([resumed], [PAUSE, goes_on], [PAUSE])
    ]
    assert ends == [["2025-06-10"], ["2025-05-31"], [""]]
    assert interrupted(facts(examen, [PAUSE, refused]))
    assert not interrupted(facts(examen, [PAUSE, goes_on]))


def test_days_worked_after_a_stop_are_told_once_with_how_many(dire: Said) -> None:
    report = worked("2025-05-22", "2025-06-05", "2025-06-17")
    (told,) = dire(nothing_is_worked_while_interrupted, [STOP], rapport_final=report)
    assert "5\N{NO-BREAK SPACE}juin 2025, après l’arrêt de la mission" in told
    assert "(et 1 autre jour)" in told


def test_the_day_a_mission_resumes_is_a_day_of_work(dire: Said) -> None:
    pause, report = {**PAUSE, "date_reprise": "2025-06-05"}, worked("2025-06-05")
    assert dire(nothing_is_worked_while_interrupted, [pause], rapport_final=report) == []


def test_a_note_dated_inside_a_suspension_is_told(dire: Said) -> None:
    (told,) = dire(no_note_while_interrupted, [PAUSE], notes=[{"date": "2025-05-30"}])
    assert "pendant la suspension de la mission" in told
    assert "sans reprise notée" in told


@pytest.mark.parametrize(
    ("alerts", "count"),
    [
        ([], 1),
        ([{"date": "2025-05-01", "decision": "poursuite", "date_decision": "2025-05-02"}], 1),
        (
            [
                {
                    "date": "2025-05-21",
                    "decision": "hors_cadre_refuse",
                    "date_decision": "2025-05-21",
                }
            ],
            1,
        ),
        ([{"date": "2025-05-12", "decision": "poursuite", "date_decision": "2025-05-20"}], 0),
        ([{"date": "2025-05-21"}], 0),
    ],
)
def test_a_reorientation_asked_for_is_answered_after_the_note(
    dire: Said, alerts: list[dict[str, Any]], count: int
) -> None:
    notes = [{"date": "2025-05-15", "reorientation_necessaire": True}]
    assert len(dire(a_reorientation_asked_for_is_decided, alerts, notes=notes)) == count


def test_a_reorientation_asked_for_yesterday_is_not_late(dire: Said) -> None:
    notes = [{"date": "2025-05-31", "reorientation_necessaire": True}]
    assert dire(a_reorientation_asked_for_is_decided, [], notes=notes) == []


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("Il faudrait réorienter l’étude vers les prix.", 1),
        ("La mission avance ; une réorientation de la commande s’impose.", 1),
        ("Aucune réorientation de la mission n’est demandée.", 0),
        ("La structure réoriente ses activités vers les jardins.", 0),
    ],
)
def test_a_note_whose_text_asks_for_a_reorientation_says_so(
    dire: Said, text: str, count: int
) -> None:
    notes = [{"date": "2025-05-15", "suites": text, "reorientation_necessaire": False}]
    assert len(dire(a_reorientation_in_words_is_asked_for, [], notes=notes)) == count


@pytest.mark.parametrize(("who", "count"), [("Zoé Ventoux", 1), ("Didier Aumerat", 0)])
def test_a_payment_is_allowed_by_the_operator(dire: Said, who: str, count: int) -> None:
    parties = {"prestataire": [{"representant": {"prenom": "Zoé", "nom": "Ventoux"}}]}
    files = {"reglement": {"versements": [{"libelle": "solde", "bon_a_payer": {"par": who}}]}}
    told = dire(no_other_party_allows_a_payment, [], convention={"parties": parties}, **files)
    assert len(told) == count


@pytest.mark.parametrize(
    ("who", "other", "unknown"),
    [
        ("Lise Carrouge", 0, 0),
        ("DIDIER AUMERAT, président", 0, 0),
        ("Fabrique associative du Galabre", 0, 0),
        ("Zoé Ventoux", 1, 0),
        ("Lise Carrouge, avec Zoé Ventoux", 0, 0),
        ("Le bureau des Calades du Jabron", 1, 0),
        ("Jean Inconnu", 0, 1),
    ],
)
def test_who_decides_is_of_the_operator(dire: Said, who: str, other: int, unknown: int) -> None:
    parties = {"prestataire": [{"representant": {"prenom": "Zoé", "nom": "Ventoux"}}]}
    alert, convention = {**STOP, "decideur": who}, {"parties": parties}
    dossier = {"structures": ["calades-jabron"]}
    assert (
        len(dire(no_other_party_decides, [alert], convention=convention, dossier=dossier)) == other
    )
    assert (
        len(dire(who_decides_is_of_the_operator, [alert], convention=convention, dossier=dossier))
        == unknown
    )


@pytest.mark.parametrize(
    ("alert", "days", "words"),
    [
        (STOP, ("2025-05-20", "2025-05-22", "2025-06-05"), "2 sur 5, soit 1\u202f200"),
        ({**STOP, "jours_effectues": 3}, (), "3 sur 5"),
        (STOP, (), "rien ne dit combien de jours"),
        (PAUSE, ("2025-05-20",), "la suspension de la mission"),
        ({**PAUSE, "date_reprise": "2025-06-05"}, ("2025-05-20",), ""),
        ({**STOP, "jours_effectues": 5}, (), ""),
    ],
)
def test_only_days_done_are_paid(
    dire: Said, alert: dict[str, Any], days: tuple[str, ...], words: str
) -> None:
    files = {"convention": AGREED, "reglement": BILLED, "rapport_final": worked(*days)}
    told = dire(only_days_done_are_paid, [alert], **files)
    assert [words in one for one in told] == ([True] if words else [])


def test_an_avenant_that_takes_days_back_makes_the_account(dire: Said) -> None:
    cut = {**AGREED, "avenants": [{"delta_jours": -3, "delta_ttc": -1800}]}
    paid = {"versements": [{"libelle": "solde", "facture": {"ttc": 1200}}]}
    files = {"convention": cut, "reglement": paid}
    assert dire(only_days_done_are_paid, [{**STOP, "jours_effectues": 2}], **files) == []
