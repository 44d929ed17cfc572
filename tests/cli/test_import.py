"""`dla import`: what it says, what it writes, how it ends."""

from pathlib import Path

import pytest

from tests.lists.books import workbook
from tests.scenes import Lancer

HEAD = ["Raison sociale", "SIRET", "Téléphone"]


@pytest.fixture
def liste(tmp_path: Path) -> Path:
    """A workbook with a row that changes a record, a new one, and a faulty one."""
    path = tmp_path / "liste.xlsx"
    rows = [
        HEAD,
        ["Faîtage", 1294417900022, 465713861],
        ["Neuf", "73282932000074", ""],
        ["Faux", "12", ""],
    ]
    path.write_bytes(workbook(rows))
    return path


def bytes_of(espace: Path) -> dict[str, bytes]:
    files = (path for path in espace.rglob("*") if path.is_file())
    return {path.relative_to(espace).as_posix(): path.read_bytes() for path in files}


def test_nothing_is_written_unless_it_is_asked(lancer: Lancer, espace: Path, liste: Path) -> None:
    before = bytes_of(espace)
    result = lancer("--workspace", espace, "import", "prestataires", liste)
    assert result.exit_code == 1 and bytes_of(espace) == before
    assert "B4, Faux, SIRET : « 12 » n’est pas un SIRET" in result.stdout
    assert "B2, Faîtage, SIRET : « 1294417900022 » est lu 01294417900022" in result.stdout
    assert "Téléphone : 04 65 71 38 60 → 04 65 71 38 61" in result.stdout
    assert "2 lignes sont à écrire : ajoutez --write. 1 ligne reste à corriger." in result.stdout


def test_sound_rows_are_written_and_the_others_wait(
    lancer: Lancer, espace: Path, liste: Path
) -> None:
    before = bytes_of(espace)
    result = lancer("--workspace", espace, "import", "prestataires", liste, "--write")
    after = bytes_of(espace)
    changed = {name for name in after if after[name] != before.get(name)}
    assert {name for name in changed if not name.startswith(".dla/")} == {
        "dossiers/prestataires/faitage.yaml",
        "dossiers/prestataires/neuf.yaml",
    }
    assert result.exit_code == 1 and "1 fichier créé, 1 fichier modifié." in result.stdout


def test_a_sound_list_ends_well(lancer: Lancer, espace: Path, tmp_path: Path) -> None:
    path = tmp_path / "l.csv"
    path.write_text(
        "Organisme;Nom;Fonction\nCaisse solidaire de la Durance;Paul Vidalenc;délégué\n"
    )
    result = lancer("--workspace", espace, "import", "membres", path)
    assert result.exit_code == 0 and "Modifiés (1)" in result.stdout


def test_an_unknown_list_and_an_unreadable_file_end_with_two(
    lancer: Lancer, espace: Path, tmp_path: Path
) -> None:
    (tmp_path / "x.csv").write_bytes(b"%PDF")
    for words in (("factures", tmp_path / "x.csv"), ("membres", tmp_path / "x.csv")):
        result = lancer("--workspace", espace, "import", *words)
        assert result.exit_code == 2 and "Erreur : " in result.stderr


def test_a_model_is_written_among_the_exports_and_clean_leaves_it(
    lancer: Lancer, espace: Path
) -> None:
    result = lancer("--workspace", espace, "export", "membre", "--modele", "-t", "csv")
    assert result.exit_code == 0 and result.stdout.strip().endswith("modele-membres.csv")
    assert lancer("--workspace", espace, "clean").exit_code == 0
    assert (espace / "documents/exports/modele-membres.csv").is_file()


@pytest.mark.parametrize(
    "options",
    [
        ("--modele",),
        ("prestataires", "--rempli"),
        ("prestataires", "--modele", "--dans", "2025-03-06"),
        ("prestataires", "--modele", "--pour", "public"),
    ],
)
def test_options_that_do_not_go_together_are_refused(
    options: tuple[str, ...], lancer: Lancer, espace: Path
) -> None:
    assert lancer("--workspace", espace, "export", *options).exit_code == 2


def test_the_same_remark_of_many_cells_is_told_once(
    lancer: Lancer, espace: Path, tmp_path: Path
) -> None:
    path = tmp_path / "l.csv"
    rows = "".join(f"Structure {rank};3\n" for rank in range(30))
    path.write_text(f"Structure;Salariés\n{rows}", encoding="utf-8")
    result = lancer("--workspace", espace, "import", "structures", path)
    assert "  B2 à B31 (30 cellules), Personnes salariées : n’est pas retenu" in result.stdout
    assert result.stdout.count("n’est pas retenu") == 1
