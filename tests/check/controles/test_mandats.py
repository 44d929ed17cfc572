"""Mandates: who presides from one day to the next, and who signs an avenant."""

from pathlib import Path
from typing import Any

import pytest

from dla_docs.flow import examine
from dla_docs.model.workspace import Workspace
from tests.check.cases import apply
from tests.scenes import JOUR

DOSSIER = "2026-002-musiques-guillestrois"
CONVENTION = f"dossiers/{DOSSIER}/ingenieries/projet-et-gouvernance/convention.yaml"
STRUCTURE = "dossiers/structures/musiques-guillestrois.yaml"


def told(root: Path, code: str, **files: Any) -> list[str]:
    apply(root, {"fichiers": files})
    findings = examine(Workspace(root), JOUR).findings
    return [" ".join(finding.message.split()) for finding in findings if code in finding.codes]


@pytest.mark.parametrize(
    ("leaders", "words"),
    [
        ({1: {"fin": "2026-09-13"}}, "président la structure en même temps"),
        ({1: {"fin": None}}, "président la structure en même temps"),
        ({1: {"fin": "2026-08-31"}}, "entre le 31 août 2026"),
        ({0: {"fin": "2026-11-15"}}, "plus personne ne préside la structure"),
    ],
)
def test_one_presides_after_the_other(
    espace_entier: Path, leaders: dict[int, Any], words: str
) -> None:
    (message,) = told(espace_entier, "R-ELI-06", **{STRUCTURE: {"dirigeants": leaders}})
    assert words in message


def test_copresidents_preside_together(espace_entier: Path) -> None:
    two = {0: {"fonction": "coprésidente"}, 1: {"fonction": "coprésidente", "fin": None}}
    assert told(espace_entier, "R-ELI-06", **{STRUCTURE: {"dirigeants": two}}) == []


def test_who_left_does_not_sign_the_avenant(espace_entier: Path) -> None:
    who = {"denomination": "Musiques en Guillestrois", "prenom": "Solène", "nom": "Arnoux-Bérard"}
    change = {CONVENTION: {"avenants": {0: {"representants": [who]}}}}
    (message,) = told(espace_entier, "R-CVT-06", **change)
    assert "sans être en fonction le 29 septembre 2026" in message


def test_a_delegation_lets_somebody_else_sign(espace_entier: Path) -> None:
    who = {"denomination": "Musiques en Guillestrois", "prenom": "Tristan", "nom": "Inconnu"}
    change = {"representants": [{**who, "delegation": "pouvoir du bureau"}]}
    assert told(espace_entier, "R-CVT-06", **{CONVENTION: {"avenants": {0: change}}}) == []


def test_who_represents_a_stranger_to_the_convention_is_told(espace_entier: Path) -> None:
    who = {"denomination": "Une autre", "prenom": "Paul", "nom": "Garcin"}
    change = {CONVENTION: {"avenants": {0: {"representants": [who]}}}}
    (message,) = told(espace_entier, "R-CVT-07", **change)
    assert "« Une autre » n’est pas partie à la convention" in message
