"""The 23 points of a proposition: what nothing is noted of is to read, and told once."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from dla_docs.flow import examine
from dla_docs.model.workspace import Workspace
from tests.check.cases import apply
from tests.scenes import ROOT, Lancer

RETENUE = "propositions/delphine-orsatelli.yaml"
AUTRE = "propositions/tamaris-gestion.yaml"


@pytest.mark.parametrize(("file", "code"), [(RETENUE, "R-PRO-06"), (AUTRE, "R-PRO-07")])
def test_a_proposition_without_points_is_told_once(
    file: str, code: str, espace: Path, lancer: Lancer
) -> None:
    apply(espace, {"fichiers": {file: {"points": None}}})
    told = lancer("check", "2025-003", espace=espace).output
    assert told.count("à vérifier »") == 1
    assert f"[{code}] 22 points" in told


@pytest.mark.parametrize(
    ("noted", "said"),
    [
        (None, "un point de la proposition retenue reste « à vérifier » : budget"),
        ({"etat": "absent"}, "Modalités d’intervention, il manque : budget"),
    ],
)
def test_a_point_is_named(noted: Any, said: str, espace: Path, lancer: Lancer) -> None:
    apply(espace, {"fichiers": {RETENUE: {"points": {"modalites": {"budget": noted}}}}})
    told = " ".join(lancer("check", "2025-003", espace=espace).output.split())
    assert said in told


@pytest.mark.parametrize(("day", "told"), [(4, False), (5, True)])
def test_a_reading_that_has_begun_may_last_until_the_deadline(day: int, told: bool) -> None:
    found = examine(Workspace(ROOT), date(2026, 12, day)).findings
    assert any(one.code == "R-PRO-09" and one.late for one in found) == told
