"""Fourteen papers by people who never saw our form: what is found, missed, wrongly found."""

import pytest

from dla_docs.judge.verdict import State
from tests.judge.reading import FOLDERS, counts, judgement, outcomes, states
from tests.judge.written import Paper, papers

ALL = [(kind, paper) for kind, folder in FOLDERS.items() for paper in papers(folder)]
EACH = pytest.mark.parametrize(("kind", "paper"), ALL, ids=[paper.name for _, paper in ALL])


@EACH
def test_nothing_is_found_that_is_not_there(kind: str, paper: Paper) -> None:
    assert [name for name, told in outcomes(paper, kind) if told == "trouvé à tort"] == []


@EACH
def test_nothing_that_is_there_is_said_absent(kind: str, paper: Paper) -> None:
    assert [name for name, told in outcomes(paper, kind) if told == "manqué"] == []


@EACH
def test_what_is_wrong_is_told(kind: str, paper: Paper) -> None:
    found = judgement(paper, kind)
    told = "\n".join([*found.faults, *found.remarks]).replace("\u202f", " ").replace("\xa0", " ")
    assert [words for words in paper.told if words not in told] == []


@EACH
def test_a_sound_paper_is_blamed_for_nothing(kind: str, paper: Paper) -> None:
    assert paper.told or judgement(paper, kind).faults == ()


@EACH
def test_a_person_is_told_why_to_look(kind: str, paper: Paper) -> None:
    doubts = [p for p in judgement(paper, kind).points if p.state is State.DOUBTFUL]
    assert [point.name for point in doubts if not point.reason] == []


@EACH
def test_what_is_present_is_proved(kind: str, paper: Paper) -> None:
    found = [p for p in judgement(paper, kind).points if p.state is State.PRESENT]
    assert [point.name for point in found if not (point.proof or "logo" in point.reason)] == []


@pytest.mark.parametrize(("kind", "least"), [("proposition", 0.7), ("rapport-final", 0.7)])
def test_most_points_are_told_rightly_without_anyone(kind: str, least: float) -> None:
    told = counts(kind)
    assert told["juste"] / told.total() >= least


def test_two_elements_of_a_cover_are_found_and_no_more() -> None:
    paper = next(p for _, p in ALL if p.name == "equipe-d-abord")
    cover = {n: s for n, s in states(paper, "proposition").items() if n.startswith("garde.")}
    found = {name for name, state in cover.items() if state is State.PRESENT}
    assert found == {"garde.structure", "garde.date"}


def test_a_budget_put_off_is_not_a_budget() -> None:
    paper = next(p for _, p in ALL if p.name == "universitaire")
    points = {p.name: p for p in judgement(paper, "proposition").points}
    assert points["modalites.budget"].reason == "ce qui y est dit renvoie à plus tard"
