"""A received file that the data name is where they say, or is told."""

from pathlib import Path
from unicodedata import normalize

import pytest

from dla_docs.flow import examine
from dla_docs.model.findings import Finding, Severity
from dla_docs.model.workspace import Workspace
from tests.scenes import JOUR

INGENIERIE = "dossiers/2025-003-calades-jabron/ingenieries/bilan-organisation-finances"
PROPOSITION = f"{INGENIERIE}/propositions/tamaris-gestion.yaml"


def named(espace: Path, name: str) -> tuple[Finding, ...]:
    """What is told once the proposition says that its file is elsewhere."""
    path = espace / PROPOSITION
    old = "fichier: recus/2025-003/proposition-tamaris-gestion.pdf"
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, f'fichier: "{name}"'), encoding="utf-8")
    return examine(Workspace(espace), JOUR).findings


def test_an_absent_file_is_an_alert_at_its_line(espace: Path) -> None:
    (finding,) = named(espace, "recus/absente.pdf")
    assert (finding.code, finding.severity, finding.line) == ("S-REF", Severity.ALERTE, 4)
    assert finding.message == "le fichier recus/absente.pdf n’existe pas"


def test_an_empty_file_is_told(espace: Path) -> None:
    (espace / INGENIERIE / "recus/vide.pdf").touch()
    assert [f.message for f in named(espace, "recus/vide.pdf")] == [
        "le fichier recus/vide.pdf est vide"
    ]


@pytest.mark.parametrize("folder", [f"{INGENIERIE}/propositions", INGENIERIE, "dossiers", "."])
def test_a_file_may_be_beside_the_data_or_above(folder: str, espace: Path) -> None:
    (espace / folder / "offre.pdf").write_bytes(b"%PDF-1.7\n%%EOF\n")
    assert named(espace, "offre.pdf") == ()


@pytest.mark.parametrize("name", ["https://partage.exemple.fr/offre.pdf", "sharepoint:offre.pdf"])
def test_an_address_is_not_looked_for(name: str, espace: Path) -> None:
    assert named(espace, name) == ()


def test_a_file_outside_the_workspace_is_not_ours(espace: Path) -> None:
    (espace.parent / "offre.pdf").write_bytes(b"%PDF-1.7\n%%EOF\n")
    assert [f.code for f in named(espace, "../../../../../../offre.pdf")] == ["S-REF"]


def test_an_accent_in_two_pieces_is_the_same_name(espace: Path) -> None:
    name = "offre signée.pdf"
    (espace / INGENIERIE / normalize("NFD", name)).write_bytes(b"%PDF-1.7\n%%EOF\n")
    assert named(espace, normalize("NFC", name)) == ()
