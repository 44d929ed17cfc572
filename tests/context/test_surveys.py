"""Surveys: what they ask, by when, and what the answers say together."""

from datetime import date
from decimal import Decimal

from dla_docs.context.surveys import answers, form
from dla_docs.flow import Examined
from dla_docs.model.schemas import Schema

OWED = {"calades": "Les Calades", "buech": "L’Aubépine", "sabots": "Les Petits Sabots"}
NOTES = {"modalites": 5, "deroulement": 4, "competences_prestataire": 5, "resultats": 4}
SENT = {"date_envoi": "2026-07-03"}


def schema(examen: Examined) -> Schema:
    return examen.corpus.kinds["evaluation"].schema


def test_the_form_of_a_structure_asks_the_six_themes_of_the_source(examen: Examined) -> None:
    asked = [theme.cle for theme in form(schema(examen), "beneficiaires", None, 21).themes]
    assert asked == [*NOTES, "impact", "durabilite"]


def test_the_form_of_a_prestataire_asks_about_the_operator_and_the_structures(
    examen: Examined,
) -> None:
    asked = [theme.cle for theme in form(schema(examen), "prestataire", None, 21).themes]
    assert asked == ["collaboration_operateur", "collaboration_structure"]


def test_a_form_has_a_last_day_once_it_is_sent(examen: Examined) -> None:
    assert form(schema(examen), "prestataire", "2026-07-03", 21).retour == date(2026, 7, 24)
    assert form(schema(examen), "prestataire", None, 21).retour is None


def test_an_answer_left_without_a_note_counts_in_no_mean(examen: Examined) -> None:
    answered = {**SENT, "date_reponse": "2026-07-06"}
    data = {
        "beneficiaires": [
            {"structure": "calades", **answered, "notes": {**NOTES, "impact": 4}},
            {"structure": "buech", **answered, "notes": {**NOTES, "modalites": 4, "impact": None}},
        ]
    }
    side = answers(schema(examen), data, OWED, "Alidade", 21).beneficiaires
    means = {theme.cle: theme.moyenne for theme in side.themes}
    assert means["modalites"] == Decimal("4.5") and means["impact"] == 4
    assert means["durabilite"] is None
    assert side.repondants == ("Les Calades", "L’Aubépine")


def test_who_is_silent_is_told_from_who_was_never_asked(examen: Examined) -> None:
    data = {"beneficiaires": [{"structure": "calades", **SENT, "relances": ["2026-07-30"]}]}
    read = answers(schema(examen), data, {"calades": "Les Calades", "buech": "B"}, "Alidade", 21)
    silent, never = read.beneficiaires.sans_reponse
    assert (silent.envoi, silent.retour) == (date(2026, 7, 3), date(2026, 7, 24))
    assert silent.relances == (date(2026, 7, 30),) and read.au == date(2026, 7, 30)
    assert (never.nom, never.envoi) == ("B", None)
    assert [one.nom for one in read.prestataire.sans_reponse] == ["Alidade"]
