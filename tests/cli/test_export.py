"""`dla export`: names, places, and what it says."""

from pathlib import Path

import pytest

from tests.scenes import Lancer


def test_without_a_table_they_are_listed(lancer: Lancer, espace: Path) -> None:
    result = lancer("--workspace", espace, "export")
    assert result.exit_code == 0
    assert "prestataires" in result.stdout and "Une mission, de la consultation" in result.stdout


def test_a_table_and_its_dictionary_are_written_and_told(lancer: Lancer, espace: Path) -> None:
    result = lancer("--workspace", espace, "export", "Ingénierie")
    assert result.exit_code == 0, result.stderr
    names = [Path(line).name for line in result.stdout.splitlines()]
    assert names == ["ingenieries.csv", "ingenieries-colonnes.csv"]
    assert (espace / "documents/exports/ingenieries.csv").is_file()


def test_an_unknown_table_is_told_with_those_there_are(lancer: Lancer, espace: Path) -> None:
    result = lancer("--workspace", espace, "export", "factures")
    assert result.exit_code == 2
    assert "« factures » n’est pas un tableau" in result.stderr and "dossiers" in result.stderr


def test_columns_closed_to_an_audience_are_told(lancer: Lancer, espace: Path) -> None:
    result = lancer("--workspace", espace, "export", "dossiers", "--pour", "public")
    assert result.exit_code == 0
    assert "fermées à ce public (public) : " in result.stderr and "Structures" in result.stderr
    assert "dossiers-public.csv" in result.stdout


def test_a_table_closed_to_an_audience_is_refused_and_the_others_are_written(
    lancer: Lancer, espace: Path
) -> None:
    names = ("presences", "dossiers")
    result = lancer("--workspace", espace, "export", *names, "--pour", "public", "-t", "xlsx")
    assert result.exit_code == 1
    assert "aucune colonne n’est ouverte à ce public (public)" in result.stderr
    assert "peut aller à : operateur" in result.stderr and "dossiers-public.xlsx" in result.stdout


def test_a_file_changed_by_hand_is_kept(lancer: Lancer, espace: Path) -> None:
    lancer("--workspace", espace, "export", "dossiers")
    file = espace / "documents/exports/dossiers.csv"
    file.write_text("à moi", encoding="utf-8")
    result = lancer("--workspace", espace, "export", "dossiers")
    assert result.exit_code == 1 and "modifié à la main" in result.stderr
    assert file.read_text(encoding="utf-8") == "à moi"


def test_clean_leaves_the_exports_of_tables_that_are_there(lancer: Lancer, espace: Path) -> None:
    own = espace / "schemas/tableaux/essai.yaml"
    own.parent.mkdir(parents=True)
    text = "titre: E\ndescription: E.\nligne: dossier\ncolonnes:\n"
    text += "  - {id: n, titre: N, description: N., de: portee.reference}\n"
    own.write_text(text, encoding="utf-8")
    lancer("--workspace", espace, "export", "essai", "dossiers")
    own.unlink()
    lancer("--workspace", espace, "clean", "--yes")
    left = sorted(p.name for p in (espace / "documents/exports").glob("*.csv"))
    assert left == ["dossiers-colonnes.csv", "dossiers.csv"]


def test_a_faulty_file_is_told_and_the_rest_is_written(lancer: Lancer, espace: Path) -> None:
    file = next(espace.glob("dossiers/2025-003*/accueil.yaml"))
    text = file.read_text(encoding="utf-8")
    file.write_text(text.replace("decision: poursuivre", "decision: peut-être"), encoding="utf-8")
    result = lancer("--workspace", espace, "export", "dossiers")
    assert result.exit_code == 1 and "1 fichier à corriger" in result.stderr
    assert "dossiers.csv" in result.stdout


@pytest.mark.parametrize("format", ["csv", "xlsx"])
def test_two_exports_are_the_same_bytes(
    lancer: Lancer, espace: Path, tmp_path: Path, format: str
) -> None:
    for name in ("a", "b"):
        lancer("--workspace", espace, "export", "dossiers", "-t", format, "-o", tmp_path / name)
    files = [p.name for p in (tmp_path / "a").glob("dossiers*")]
    assert files
    assert all(
        (tmp_path / "a" / n).read_bytes() == (tmp_path / "b" / n).read_bytes() for n in files
    )
