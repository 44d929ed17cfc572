"""Lateness: what is not there yet, and what came after the day it was due."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from dla_docs.check.controles.retards import (
    balance_is_paid_in_time,
    letters_leave_in_time,
    reasons_are_given_in_time,
    silent_ones_are_reminded,
    structure_is_met_again,
    structures_are_surveyed,
)
from dla_docs.check.facts import Control, Facts
from dla_docs.flow import Examined
from dla_docs.load.scopes import Scope
from dla_docs.load.yaml_reader import Source

DAY = date(2025, 9, 30)
ENDED = {"date_fin": "2025-06-30"}
STOPPED = {"alertes": [{"date": "2025-06-01", "decision": "arret", "date_decision": "2025-06-02"}]}
Said = Callable[..., list[str]]


@pytest.fixture
def dire(examen: Examined) -> Said:
    """`dire(controle, convention={…}, …)`: what is late in a mission of these files, on DAY."""

    def said(control: Control, series: dict[str, Any] | None = None, **files: Any) -> list[str]:
        parts = {k: Source(f"{k}.yaml", d) for k, d in _files(files)}
        scope = Scope("ingenierie", "essai", "2025-001/ingenieries/essai", parts)
        offers = {name: Source(f"{name}.yaml", {}) for name in series or ()}
        facts = Facts(replace(scope, series={"proposition": offers}), examen.corpus, DAY)
        broken = [relation for relation in control(facts) if not relation.holds]
        assert all(relation.late for relation in broken)
        return [relation.message for relation in broken]

    return said


def _files(files: dict[str, Any]) -> Iterator[tuple[str, Any]]:
    return ((name.replace("_", "-"), data) for name, data in files.items())


def test_a_survey_is_awaited_of_a_mission_that_ended_without_a_restitution(dire: Said) -> None:
    (told,) = dire(
        structures_are_surveyed, convention=ENDED, ingenierie={"structures": ["calades"]}
    )
    assert "« calades »" in told
    assert "30\N{NO-BREAK SPACE}juillet 2025" in told


def test_a_survey_sent_after_the_delay_is_late(dire: Said) -> None:
    sent = {"beneficiaires": [{"structure": "calades", "date_envoi": "2025-08-12"}]}
    files = {"ingenierie": {"structures": ["calades"]}, "restitution": {"date": "2025-07-01"}}
    (told,) = dire(structures_are_surveyed, evaluation=sent, **files)
    assert "12\N{NO-BREAK SPACE}août 2025" in told


def test_nothing_is_awaited_of_a_mission_that_was_stopped(dire: Said) -> None:
    files = {"convention": ENDED, "ingenierie": {"structures": ["calades"]}}
    assert dire(structures_are_surveyed, realisation=STOPPED, **files) == []
    assert dire(structure_is_met_again, realisation=STOPPED, **files) == []


@pytest.mark.parametrize(
    ("review", "words"),
    [
        ({"date": "2025-11-02"}, "se tient le"),
        ({"date_prevue": "2025-09-29"}, "rien ne dit qu’il s’est tenu"),
        ({"date": "2025-09-28"}, ""),
        ({"date_prevue": "2025-10-02"}, ""),
    ],
)
def test_a_review_is_held_in_time(dire: Said, review: dict[str, str], words: str) -> None:
    held = {"bilans": [{"ingenierie": "essai", **review}]}
    told = dire(structure_is_met_again, convention=ENDED, suivi=held)
    assert [words in one for one in told] == ([True] if words else [])


@pytest.mark.parametrize(
    ("balance", "words"),
    [
        ({}, "n’est ni facturé ni payé"),
        ({"facture": {"date": "2025-08-01"}}, "n’est pas payé"),
        ({"facture": {"date": "2025-07-10"}, "date_paiement": "2025-08-20"}, "est payé le"),
        ({"facture": {"date": "2025-09-10"}}, ""),
        ({"facture": {"date": "2025-07-10"}, "date_paiement": "2025-08-04"}, ""),
    ],
)
def test_a_balance_is_paid_after_its_last_document(
    dire: Said, balance: dict[str, Any], words: str
) -> None:
    files = {"rapport_final": {"date": "2025-07-01"}, "restitution": {"date": "2025-07-08"}}
    paid = {"versements": [{"libelle": "solde", **balance}]} if balance else {}
    told = dire(balance_is_paid_in_time, reglement=paid, **files)
    assert [words in one for one in told] == ([True] if words else [])


def test_no_balance_is_awaited_before_the_restitution(dire: Said) -> None:
    assert dire(balance_is_paid_in_time, rapport_final={"date": "2025-07-01"}) == []


def test_a_letter_of_refusal_that_was_never_sent_is_late(dire: Said) -> None:
    chosen = {"date": "2025-09-01", "retenu": "lisiere"}
    (told,) = dire(letters_leave_in_time, {"lisiere": {}, "tamaris": {}}, choix=chosen)
    assert "« tamaris » n’a pas reçu" in told


def test_letters_are_owed_to_all_when_nobody_is_retained(dire: Said) -> None:
    chosen = {"date": "2025-09-01", "infructueux": True}
    (told,) = dire(letters_leave_in_time, {"lisiere": {}, "tamaris": {}}, choix=chosen)
    assert "« lisiere » et « tamaris » n’ont pas reçu" in told


def test_a_survey_without_an_answer_is_reminded_to_each_side_once_its_delay_is_over(
    dire: Said,
) -> None:
    sent = {"date_envoi": "2025-09-01"}
    surveys = [{"structure": "calades", **sent}, {"structure": "buech", "date_envoi": "2025-09-20"}]
    first, second = dire(
        silent_ones_are_reminded, evaluation={"beneficiaires": surveys, "prestataire": sent}
    )
    assert "« calades » devait la renvoyer le 22\N{NO-BREAK SPACE}septembre 2025" in first
    assert "le prestataire devait" in second


def test_a_reminder_or_an_answer_ends_the_wait_for_a_survey(dire: Said) -> None:
    sent = {"structure": "calades", "date_envoi": "2025-09-01"}
    reminded, answered = {"relances": ["2025-09-25"]}, {"date_reponse": "2025-09-29"}
    surveys = [{**sent, **reminded}, {**sent, **answered}]
    assert not dire(silent_ones_are_reminded, evaluation={"beneficiaires": surveys})


@pytest.mark.parametrize(
    ("answer", "told"),
    [
        ({}, "et aucun motif n’est écrit"),
        ({"motif": "Trop peu de place."}, ""),
        ({"motif": "Trop peu de place.", "date_motif": "2025-09-16"}, ""),
        ({"date_motif": "2025-09-17"}, "lui est donné le"),
    ],
)
def test_a_reason_asked_for_is_given_within_the_delay(
    answer: dict[str, str], told: str, dire: Said
) -> None:
    asked = {"prestataire": "alidade", "date_demande": "2025-09-01", **answer}
    found = dire(reasons_are_given_in_time, choix={"notifications": [asked]})
    assert [told in one for one in found] == ([True] if told else [])
