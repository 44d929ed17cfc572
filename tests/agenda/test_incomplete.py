"""What a proposition lacks, as a reminder says it."""

from typing import Any

from dla_docs.agenda.incomplete import lacks_of_offer
from tests.scenes import demonstration

SCHEMA = demonstration().corpus.kinds["proposition"].schema


def lacks(**offer: Any) -> list[str]:
    return list(lacks_of_offer(offer, SCHEMA))


def test_a_point_that_nobody_read_is_no_lack() -> None:
    assert lacks(points={"rappel": {"enjeux": {"etat": "a_verifier", "note": "page 2 ?"}}}) == []


def test_an_absent_point_is_one() -> None:
    assert lacks(points={"garde": {"contact": {"etat": "absent"}}}) == ["nom du contact"]


def test_so_is_a_cv_and_a_budget_that_contradicts_itself() -> None:
    team = [{"prenom": "Ana", "nom": "Sol"}, {"prenom": "Bo", "nom": "Ruy", "cv": True}]
    budget = {"etat": "a_verifier", "note": "Ligne 1 : 2 × 3 font 6."}
    assert lacks(intervenants=team, points={"modalites": {"budget": budget}}) == [
        "le CV d’Ana Sol",
        "un budget dont les montants s’accordent (ligne 1 : 2 × 3 font 6)",
    ]
