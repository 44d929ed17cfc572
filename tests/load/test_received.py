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


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("../../../../../../offre.pdf", "est hors de l’espace de travail"),
        ("/etc/offre.pdf", "est hors de l’espace de travail"),
        ("recus/lien.pdf", "est un lien qui sort de l’espace de travail"),
        ("recus/2025-003", "est un dossier, non un fichier"),
        ("recus/.offre.pdf", "porte un nom caché, qui commence par un point"),
        ("recus/offre.docm", "peut contenir des macros"),
        ("recus/offre.txt", "n’est pas dans un format attendu : PDF, DOCX, ODT, PPTX ou HTML"),
    ],
)
def test_why_a_file_is_not_taken_is_told(name: str, said: str, espace: Path) -> None:
    (espace.parent / "offre.pdf").write_bytes(b"%PDF")
    (espace / INGENIERIE / "recus/lien.pdf").symlink_to(espace.parent / "offre.pdf")
    for kept in ("recus/.offre.pdf", "recus/offre.docm", "recus/offre.txt"):
        (espace / INGENIERIE / kept).write_bytes(b"PK")
    (told,) = (finding.message for finding in named(espace, name))
    assert told.endswith(f"{name} {said}")


def test_an_extension_in_capitals_is_the_same(espace: Path) -> None:
    (espace / INGENIERIE / "recus/OFFRE.PDF").write_bytes(b"%PDF")
    assert named(espace, "recus/OFFRE.PDF") == ()
