"""A key whose name has changed: read under the former one, told, and written by `--fix`."""

from pathlib import Path

import pytest

from tests.scenes import Lancer

ACTIVITE = "dossiers/activite/2025.yaml"


@pytest.fixture
def ancien(espace: Path) -> tuple[Path, bytes]:
    """A workspace where the functions of a year have their former name, and what it was."""
    file = espace / ACTIVITE
    former = file.read_bytes()
    assert b"- fonction:" in former
    file.write_bytes(former.replace(b"- fonction:", b"- mission:"))
    return espace, former


def test_un_ancien_nom_est_encore_lu_et_dit(ancien: tuple[Path, bytes], lancer: Lancer) -> None:
    told = lancer("check", str(ancien[0] / ACTIVITE), espace=ancien[0])
    assert told.exit_code == 0, told.stdout
    assert "alerte [S-CLE] la clé « mission » s’appelle désormais « fonction »" in told.stdout
    assert "l’ancien nom est encore lu ; dla check --fix l’écrit" in told.stdout


def test_le_nouveau_nom_est_ecrit_a_sa_place(ancien: tuple[Path, bytes], lancer: Lancer) -> None:
    espace, former = ancien
    assert "Aucun constat" in lancer("check", "--fix", espace=espace).stdout
    assert (espace / ACTIVITE).read_bytes() == former


def test_l_ancien_nom_a_cote_du_nouveau_n_est_pas_lu(espace: Path, lancer: Lancer) -> None:
    file = espace / ACTIVITE
    text = file.read_text(encoding="utf-8")
    start = text.index("- fonction:")
    file.write_text(f"{text[:start]}- mission: x\n    {text[start + 2 :]}", encoding="utf-8")
    told = lancer("check", "--fix", espace=espace)
    assert told.exit_code == 1
    assert "la clé « mission » n’existe pas ici" in told.stdout
