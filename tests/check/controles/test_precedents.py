"""A dossier names those of the same structures before it (R-ACC-11)."""

from pathlib import Path

import pytest

from dla_docs.flow import examine
from dla_docs.model.findings import Finding
from dla_docs.model.workspace import Workspace
from dla_docs.sweep import survey
from tests.scenes import JOUR

LATER = "dossiers/2025-021-rapprochement-buech-jabron/dossier.yaml"
RECORD = "dossiers/structures/calades-jabron.yaml"
NAMED = "  - dossier: 2025-003-calades-jabron\n"


def told(root: Path, *names: str) -> list[Finding]:
    found = survey(Workspace(root), JOUR, names).findings
    return [finding for finding in found if finding.code == "R-ACC-11"]


def rewrite(path: Path, before: str, after: str) -> None:
    text = path.read_text("utf-8")
    assert before in text
    path.write_text(text.replace(before, after, 1), "utf-8")


@pytest.fixture
def untold(espace: Path) -> Path:
    """A dossier that names 2025-007 alone, and not 2025-003."""
    rewrite(espace / LATER, "dossier: 2025-003-calades-jabron", "dossier: 2025-007-aubepine-buech")
    return espace


def test_an_earlier_dossier_that_nothing_names_is_told(untold: Path) -> None:
    (finding,) = told(untold)
    assert (finding.path, finding.pointer) == (LATER, ("precedents",))
    assert finding.message.startswith("2025-003-calades-jabron a déjà accompagné")


def test_one_unit_read_alone_says_nothing_of_the_others(untold: Path) -> None:
    assert told(untold, "2025-021") == []


def test_what_the_record_of_the_structure_tells_is_known(untold: Path) -> None:
    rewrite(untold / RECORD, "  - annee: 2019\n", "  - annee: 2025\n")
    assert told(untold) == []


def test_the_whole_read_at_once_says_the_same(untold: Path) -> None:
    found = examine(Workspace(untold), JOUR).findings
    assert [f.code for f in found].count("R-ACC-11") == 1


def test_a_later_dossier_does_not_come_before(espace: Path) -> None:
    rewrite(espace / LATER, "dossier: 2025-003-calades-jabron", "dossier: 2025-021")
    told_of_it = [f for f in told(espace) if f.pointer == ("precedents", 0, "dossier")]
    assert [f.message for f in told_of_it] == ["2025-021 ne précède pas ce dossier (2025-021)"]
