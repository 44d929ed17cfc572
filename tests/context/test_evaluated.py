"""The evaluations of past missions, as the fiche of a prestataire prints them."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from dla_docs.context.evaluated import SURVEYS, PastMissions, evaluated
from dla_docs.context.views import Lens, TemplateFault
from dla_docs.documents.documents import documents
from dla_docs.flow import Examined
from dla_docs.gather.gather import Gathered, Line, gathered_in

FICHE = date(2026, 7, 6)
"""The day of the fiche of Alidade: both its missions are restituted, three structures answered."""


@pytest.fixture(scope="module")
def gathered(examen: Examined) -> Gathered:
    return gathered_in(examen.corpus)


def told(
    examen: Examined,
    gathered: Gathered,
    name: str = "alidade",
    day: date = FICHE,
    audience: str = "prestataire",
) -> PastMissions:
    fiches = (
        d for d in documents(examen.corpus, examen.types) if d.type.name == "fiche-prestataire"
    )
    document = next(d for d in fiches if d.scope.name == name)
    lens = Lens(examen.corpus, frozenset({audience}), document.scope, day, None, False)
    return evaluated(document, lens, gathered)


def with_answers(gathered: Gathered, **values: Any) -> Gathered:
    """The same tables, every survey having those values."""
    return _changed(gathered, lambda line, _: {**line.values, **values})


def of_others(gathered: Gathered) -> Gathered:
    """The same tables, each survey being of a structure of its own."""
    return _changed(gathered, lambda line, rank: {**line.values, "structures": f"structure-{rank}"})


def _changed(gathered: Gathered, values: Callable[[Line, int], dict[str, Any]]) -> Gathered:
    surveys = enumerate(gathered.lines[SURVEYS])
    lines = tuple(replace(line, values=values(line, rank)) for rank, line in surveys)
    return replace(gathered, lines={**gathered.lines, SURVEYS: lines})


def test_missions_surveys_and_answers_are_counted(examen: Examined, gathered: Gathered) -> None:
    past = told(examen, gathered)
    assert (past.missions, past.terminees, past.envoyees, past.reponses) == (2, 2, 3, 3)


def test_a_mean_is_that_of_each_question(examen: Examined, gathered: Gathered) -> None:
    means = {q.titre: str(q.moyenne) for q in told(examen, of_others(gathered)).questions}
    assert means["Compétences du prestataire"] == "5.0"
    assert means["Impact"] == "3.7"


def test_a_question_that_few_answered_has_no_mean(examen: Examined, gathered: Gathered) -> None:
    questions = told(examen, of_others(gathered)).questions
    (durability,) = [question for question in questions if question.titre == "Durabilité"]
    assert (durability.reponses, durability.moyenne) == (1, None)


def test_a_structure_that_answers_several_times_is_one(
    examen: Examined, gathered: Gathered
) -> None:
    past = told(examen, gathered)
    assert {question.moyenne for question in past.questions} == {None}
    assert past.reponses == 3


def test_one_answer_gives_no_mean(examen: Examined, gathered: Gathered) -> None:
    past = told(examen, gathered, "delphine-orsatelli")
    assert past.reponses == 1
    assert {question.moyenne for question in past.questions} == {None}


def test_what_comes_after_the_fiche_is_not_counted(examen: Examined, gathered: Gathered) -> None:
    past = told(examen, gathered, day=date(2026, 1, 31))
    assert (past.terminees, past.reponses) == (1, 1)


def test_only_who_agreed_is_quoted(examen: Examined, gathered: Gathered) -> None:
    quotes = told(examen, gathered).paroles
    assert [quote.nom for quote in quotes] == [
        "Françoise Maurel, directrice de L’Aubépine du Buëch"
    ]
    assert told(examen, with_answers(gathered, citation=False)).paroles == ()


def test_a_prestataire_without_mission_has_nothing(examen: Examined, gathered: Gathered) -> None:
    past = told(examen, gathered, "tamaris-gestion")
    assert (past.missions, past.envoyees, past.paroles) == (0, 0, ())


def test_who_may_not_read_the_notes_has_no_mean(examen: Examined, gathered: Gathered) -> None:
    with pytest.raises(TemplateFault, match="R-CNF"):
        told(examen, gathered, audience="consultes")


def test_a_document_of_no_prestataire_has_no_evaluations(
    examen: Examined, gathered: Gathered
) -> None:
    bilan = next(
        d for d in documents(examen.corpus, examen.types) if d.type.name == "bilan-activite"
    )
    lens = Lens(examen.corpus, bilan.audience, bilan.scope, FICHE, None, False)
    with pytest.raises(TemplateFault, match="prestataire"):
        evaluated(bilan, lens, gathered)
