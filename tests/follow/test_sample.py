"""The structures to follow after their accompaniment: whose window is open, how many are asked."""

import json
from datetime import date
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator

from dla_docs.flow import examine
from dla_docs.follow.sample import Sample, sample
from dla_docs.model.resources import package_data
from dla_docs.model.workspace import Workspace
from tests.check.cases import apply
from tests.scenes import JOUR, Lancer, demonstration

CALADES = "dossiers/2025-003-calades-jabron"
SCHEMA = package_data("schemas") / "sorties/a-suivre.schema.json"


def on(day: date) -> Sample:
    return sample(demonstration().corpus, day)


def changed(espace: Path, **files: object) -> Sample:
    apply(espace, {"fichiers": files})
    return sample(examine(Workspace(espace), JOUR).corpus, JOUR)


@pytest.mark.parametrize(
    ("day", "due"),
    [(date(2026, 2, 19), 0), (date(2026, 2, 20), 1), (date(2026, 3, 18), 2), (JOUR, 4)],
)
def test_a_structure_is_due_a_year_after_its_diagnostic(day: date, due: int) -> None:
    assert len(on(day).dues) == due


def test_what_is_done_later_is_not_done_yet() -> None:
    first, second = on(date(2026, 4, 13)), on(date(2026, 4, 14))
    assert (first.done, second.done) == (0, 1)


def test_of_several_follow_ups_the_last_one_known_that_day_is_told(espace: Path) -> None:
    suivi = espace / CALADES / "suivi.yaml"
    again = "\n  - structure: calades-jabron\n    date: 2027-04-14\n    par: lise-carrouge\n"
    written = suivi.read_text(encoding="utf-8")
    assert written.count("post_accompagnement:\n") == 1
    text = written.replace("post_accompagnement:\n", f"post_accompagnement:{again}", 1)
    suivi.write_text(text, encoding="utf-8")
    corpus = examine(Workspace(espace), date(2026, 6, 1)).corpus
    held = {due.structure: due.fait for due in sample(corpus, date(2026, 6, 1)).dues}
    later = {due.structure: due.fait for due in sample(corpus, date(2028, 1, 1)).dues}
    assert (held["calades-jabron"], later["calades-jabron"]) == (
        date(2026, 4, 14),
        date(2027, 4, 14),
    )


def test_open_windows_come_first() -> None:
    assert [due.jusqu_au >= JOUR for due in on(JOUR).dues] == [True, True, False, False]


@pytest.mark.parametrize(("rate", "asked"), [(0, 0), (20, 1), (25, 1), (26, 2), (100, 4)])
def test_the_rate_says_how_many_a_part_of_one_counting_for_one(rate: int, asked: int) -> None:
    assert Sample(JOUR, rate, on(JOUR).dues).asked == asked


def test_the_delay_and_the_rate_are_the_territory_s(espace: Path) -> None:
    settings = {"suivi_min_mois": 24, "suivi_max_mois": 30, "suivi_taux": 50}
    found = changed(espace, **{"dossiers/territoire.yaml": {"parametres": settings}})
    assert (found.dues, found.taux) == ((), 50)


def test_a_day_that_is_set_is_planned(espace: Path) -> None:
    planned = {"post_accompagnement": None, "post_accompagnement_prevu": "2026-12-10"}
    found = changed(espace, **{f"{CALADES}/suivi.yaml": planned})
    assert (found.done, found.planned) == (0, 1)


def test_the_command_tells_who_is_due_and_how_many(lancer: Lancer, espace: Path) -> None:
    result = lancer("list", "dossiers", "--a-suivre", espace=espace)
    assert (result.exit_code, result.stderr) == (0, "")
    assert "passée   fait le 2026-04-14" in result.stdout
    assert "soit 1 à suivre" in result.stdout


def test_its_json_follows_its_schema(lancer: Lancer, espace: Path) -> None:
    data = json.loads(lancer("list", "dossiers", "--a-suivre", "--json", espace=espace).stdout)
    schema = Draft202012Validator(json.loads(SCHEMA.read_text(encoding="utf-8")))
    assert [error.message for error in schema.iter_errors(data)] == []
    assert data["structures"][0]["etat"] == "fait"
