"""What the names of files say: copies, backups, names that another system cannot open."""

import shutil
from pathlib import Path

import pytest

from dla_docs.flow import examine
from dla_docs.load.file_names import backup_of, copy_of, portable_faults
from dla_docs.model.findings import Finding, Severity
from dla_docs.model.workspace import Workspace
from tests.scenes import JOUR, Lancer

FICHE = "prestataires/alidade.yaml"
DOSSIER = "2025-003-calades-jabron"


def told(espace: Path, path: str) -> list[Finding]:
    return [f for f in examine(Workspace(espace), JOUR).findings if f.path == f"dossiers/{path}"]


@pytest.mark.parametrize(
    "name",
    [
        "alidade (copie en conflit de Poste-12 2026-01-05)",
        "alidade (Conflicted copy 2026-01-05)",
        "alidade - Copie",
        "alidade - Copie (2)",
        "Copie de alidade",
        "alidade (1)",
        "alidade 2",
        "alidade copie",
        "alidade-copie",
        "alidade_conflict-20260105-101112",
        "alidade.sync-conflict-20260105-101112-ABCDEFG",
        "alidade-DESKTOP-4F5K2",
    ],
)
def test_a_copy_is_known_by_its_name(name: str) -> None:
    path = f"prestataires/{name}.yaml"
    assert copy_of(path, {FICHE, path}) == (path, FICHE)


@pytest.mark.parametrize("name", ["alidade", "alidade-conseil", "copie-conforme"])
def test_what_has_a_name_of_its_own_is_no_copy(name: str) -> None:
    path = f"prestataires/{name}.yaml"
    assert copy_of(path, {FICHE, path}) == ("", "")


@pytest.mark.parametrize("ending", ["~", ".bak", ".orig", ".BAK2"])
def test_a_backup_is_known_by_its_ending(ending: str) -> None:
    assert backup_of(f"{FICHE}{ending}") == FICHE


def test_a_copy_in_conflict_is_told_and_makes_no_second_fiche(espace: Path) -> None:
    copy = "prestataires/alidade (copie en conflit de Poste-12 2026-01-05).yaml"
    shutil.copy(espace / "dossiers" / FICHE, espace / "dossiers" / copy)
    (finding,) = examine(Workspace(espace), JOUR).findings
    assert (finding.code, finding.path) == ("S-FICHIER", f"dossiers/{copy}")
    assert f"est une copie de dossiers/{FICHE}" in finding.message


def test_a_copied_dossier_is_told_once(espace: Path) -> None:
    source = espace / "dossiers" / DOSSIER
    shutil.copytree(source, source.with_name(f"{DOSSIER} - Copie"))
    (finding,) = examine(Workspace(espace), JOUR).findings
    assert finding.message.startswith(f"« {DOSSIER} - Copie » est une copie de dossiers/{DOSSIER}")


def test_a_dossier_of_the_same_number_is_compared_not_passed_over(espace: Path) -> None:
    source = espace / "dossiers" / DOSSIER
    shutil.copytree(source, source.with_name(f"{DOSSIER}-copie"))
    assert "R-COH-01" in {f.code for f in examine(Workspace(espace), JOUR).findings}


def test_a_backup_is_only_an_information(espace: Path) -> None:
    shutil.copy(espace / "dossiers" / FICHE, espace / "dossiers" / f"{FICHE}.orig")
    (finding,) = told(espace, f"{FICHE}.orig")
    assert finding.severity is Severity.INFO


@pytest.mark.parametrize(
    ("old", "new", "advice"),
    [
        (FICHE, "prestataires/alidade.yml", "renommez-le alidade.yaml"),
        (FICHE, "prestataires/Alidade.yaml", "renommez-le alidade.yaml"),
        (f"{DOSSIER}/accueil.yaml", f"{DOSSIER}/accueil.yml", "renommez-le accueil.yaml"),
        (f"{DOSSIER}/accueil.yaml", f"{DOSSIER}/Accueil.YAML", "renommez-le accueil.yaml"),
    ],
)
def test_a_name_nearly_right_is_answered_with_the_right_one(
    old: str, new: str, advice: str, espace: Path
) -> None:
    (espace / "dossiers" / old).rename(espace / "dossiers" / new)
    assert [finding.hint for finding in told(espace, new)] == [advice]


@pytest.mark.parametrize(
    ("good", "double"),
    [
        (FICHE, "prestataires/alidadé.yaml"),
        (FICHE, "prestataires/Alidade.YAML"),
        (FICHE, "prestataires/alidade.yaml.txt"),
        (f"{DOSSIER}/accueil.yaml", f"{DOSSIER}/acceuil.yaml"),
    ],
)
def test_a_double_of_a_right_file_is_compared_not_renamed(
    good: str, double: str, espace: Path
) -> None:
    shutil.copy(espace / "dossiers" / good, espace / "dossiers" / double)
    hints = [finding.hint for finding in told(espace, double)]
    assert any(f"{good.split('/')[-1]} est déjà là" in hint for hint in hints)
    assert not any("renommez" in hint for hint in hints)


def test_a_reference_to_a_misnamed_file_says_how_to_rename_it(espace: Path) -> None:
    shelf = espace / "dossiers/structures"
    (shelf / "calades-jabron.yaml").rename(shelf / "Calades Jabron.yaml")
    hints = {f.hint for f in examine(Workspace(espace), JOUR).findings if f.code == "S-REF"}
    assert hints == {"renommez dossiers/structures/Calades Jabron.yaml en calades-jabron.yaml"}


@pytest.mark.parametrize(
    ("path", "words"),
    [
        ("structures/aux.yaml", "« aux.yaml » est réservé"),
        ("x/Con/note.md", "« Con » est réservé"),
        ("x/rapport. /a.md", "finit par une espace"),
        ("x/rapport./a.md", "finit par un point"),
        ("x/10:30.md", "contient « : »"),
        ("x/a\nb.md", "contient « U+000A »"),
        (f"x/{'a' * 200}.md", "ce chemin compte 214 signes"),
    ],
)
def test_what_windows_cannot_open_is_an_alert(path: str, words: str) -> None:
    (finding,) = portable_faults([path])
    assert finding.severity is Severity.ALERTE
    assert words in finding.message


def test_two_names_that_only_capitals_tell_apart_are_told() -> None:
    (finding,) = portable_faults(["x/Note.md", "x/note.md"])
    assert "ne diffère de « Note.md » que par ses majuscules" in finding.message


@pytest.mark.parametrize("name", ["auxiliaires", "console", "com10", "point.de.suite", "prn-1"])
def test_a_name_that_only_begins_as_a_reserved_one_is_right(name: str) -> None:
    assert list(portable_faults([f"structures/{name}.yaml"])) == []


def test_a_fiche_named_as_a_text_is_told(espace: Path) -> None:
    fiche = espace / "dossiers" / FICHE
    fiche.rename(fiche.with_name("alidade.yaml.txt"))
    assert [f.hint for f in told(espace, f"{FICHE}.txt")] == ["renommez-le alidade.yaml"]


def test_a_misnamed_folder_is_told_once(espace: Path) -> None:
    dossier = espace / "dossiers" / DOSSIER
    dossier.rename(dossier.with_name("2025-003 Calades"))
    found = [f for f in examine(Workspace(espace), JOUR).findings if f.code == "S-FICHIER"]
    assert [f.hint for f in found] == [
        "renommez le dossier « 2025-003 Calades » en 2025-003-calades"
    ]


def test_a_comite_is_renamed_by_its_day(espace: Path) -> None:
    comite = espace / "dossiers/comites/2025-03-06.yaml"
    comite.rename(comite.with_name("06.03.2025.yaml"))
    hints = [f.hint for f in told(espace, "comites/06.03.2025.yaml")]
    assert hints == ["renommez-le 2025-03-06.yaml"]


def test_an_empty_dossier_is_told(espace: Path) -> None:
    (espace / "dossiers/2027-001-vide").mkdir()
    (finding,) = told(espace, "2027-001-vide")
    assert "ne contient aucun fichier YAML" in finding.message


@pytest.mark.parametrize("shape", ["text", "github", "gitlab", "sarif", "json"])
def test_a_name_with_a_line_end_writes_no_line_of_its_own(
    shape: str, lancer: Lancer, espace: Path
) -> None:
    (espace / "dossiers/a\n::error::injecté\u202e.yaml").write_text("x: 1\n", encoding="utf-8")
    result = lancer("check", "--format", shape, espace=espace)
    assert result.exit_code == 1
    assert not [line for line in result.stdout.splitlines() if line.startswith("::error::inj")]
    assert "\u202e" not in result.stdout or shape == "json"


def test_a_name_that_is_not_utf_8_stops_no_report(lancer: Lancer, espace: Path) -> None:
    Path(f"{espace}/dossiers/mal\udcff.yaml").write_text("x: 1\n", encoding="utf-8")
    for shape in ("text", "github", "gitlab", "sarif"):
        assert lancer("check", "--format", shape, espace=espace).exit_code == 1


def test_a_name_that_is_not_utf_8_is_told() -> None:
    (fault,) = portable_faults(["logos/photo\udcff.png"])
    assert (fault.code, "n’est pas en UTF-8" in fault.message) == ("S-FICHIER", True)
