"""The bilan of a year: it says what is there, and that there is nothing where there is nothing."""

import shutil
from pathlib import Path

from tests.scenes import ROOT, Lancer

BILAN = "territoire/bilan-activite-2025"


def test_a_bilan_of_no_dossier_and_no_activity_is_made(tmp_path: Path, lancer: Lancer) -> None:
    for name in ("territoire.yaml", "logos", "prestataires"):
        copy = shutil.copytree if (ROOT / "dossiers" / name).is_dir() else shutil.copy
        (tmp_path / "dossiers").mkdir(exist_ok=True)
        copy(ROOT / "dossiers" / name, tmp_path / "dossiers" / name)
    made = lancer("render", "-d", "bilan-activite", "-t", "html", espace=tmp_path)
    assert made.exit_code == 0, made.output
    page = (tmp_path / f"documents/{BILAN}.html").read_text(encoding="utf-8")
    assert "activite/2025.yaml" in page
    assert "– sur 5" not in page
    assert "Aucune formation ni réunion de réseau n’est notée pour 2025." in page
    assert "Aucun commentaire n’est noté pour 2025." in page
