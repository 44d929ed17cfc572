"""The relevé of a first meeting: its calendar, and who was there."""

import re
from pathlib import Path

from tests.check.cases import apply
from tests.scenes import Lancer


def test_the_calendar_has_the_days_that_are_written_elsewhere(
    espace: Path, lancer: Lancer, tmp_path: Path
) -> None:
    meetings = [{"date": "2025-07-21", "objet": "Bilan de la mission"}]
    committee = {"membres": ["Le DLA"], "reunions": meetings}
    apply(espace, {"fichiers": {"ingenierie.yaml": {"comite_pilotage": committee}}})
    lancer(
        *("render", "2025-003", "-d", "releve-lancement", "-t", "html", "-o", tmp_path / "sortie"),
        espace=espace,
    )
    (page,) = (tmp_path / "sortie").rglob("releve-lancement.html")
    said = " ".join(re.sub("<[^>]*>", " ", page.read_text(encoding="utf-8")).split())
    assert "4 juillet 2025 Remise du rapport final" in said
    assert "21 juillet 2025 Comité de pilotage : bilan de la mission" in said
    assert said.count("Restitution") == 1
