"""Who is convened: the members of the directory whose term runs, where the séance is about."""

import pytest

from dla_docs.documents.convened import convened, sits

TERM = {"instance": "comite_appui", "debut": "2025-01-01", "fin": "2026-06-30"}
DIRECTORY = [
    {"id": "caisse", "mandats": [{"instance": "comite_appui"}]},
    {"id": "caf-05", "departements": ["05"], "mandats": [TERM]},
    {"id": "etat-04", "departements": ["04"], "mandats": [{"instance": "pilotage_departemental"}]},
]


@pytest.mark.parametrize(
    ("jour", "siege"),
    [("2024-12-31", False), ("2025-01-01", True), ("2026-06-30", True), ("2026-07-01", False)],
)
def test_a_term_runs_from_its_first_day_to_its_last(jour: str, siege: bool) -> None:
    assert sits({"mandats": [TERM]}, "comite_appui", jour) is siege


@pytest.mark.parametrize(
    ("jour", "lieux", "attendus"),
    [
        ("2026-03-05", ["05"], ["caisse", "caf-05"]),
        ("2026-03-05", ["04"], ["caisse"]),
        ("2026-03-05", [], ["caisse", "caf-05"]),
        ("2026-11-05", ["05"], ["caisse"]),
    ],
)
def test_all_who_sit_that_day_where_it_is_about_are_convened(
    jour: str, lieux: list[str], attendus: list[str]
) -> None:
    made = convened(DIRECTORY, [], "comite_appui", jour, lieux)
    assert [member["id"] for member in made] == attendus


def test_those_whom_the_convocation_names_are_convened_and_no_others() -> None:
    made = convened(DIRECTORY, ["etat-04", "caisse"], "comite_appui", "2026-03-05", ["05"])
    assert [member["id"] for member in made] == ["caisse", "etat-04"]
