"""The control of a final report: from the checklist of a file, or from the report written here."""

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.check.cases import apply
from tests.documents.test_rapport_recu import FOLDER, RECU
from tests.scenes import Lancer

RAPPORT = "rapport-final.yaml"


@pytest.fixture
def controler(espace: Path, lancer: Lancer) -> Callable[[dict[str, Any]], str]:
    """The words of the control, once the report of 2025-003 is changed."""

    def words(changes: dict[str, Any]) -> str:
        (espace / FOLDER / "recus/rapport.pdf").write_bytes(b"%PDF-1.4\n%%EOF\n")
        apply(espace, {"fichiers": {RAPPORT: changes}})
        out = espace / "sortie"
        wanted = ("render", "2025-003", "-d", "controle-rapport", "-t", "html", "-o", out)
        told = lancer(*wanted, espace=espace)
        assert told.exit_code == 0, told.output
        (page,) = out.rglob("controle-rapport*.html")
        return " ".join(page.read_text(encoding="utf-8").split())

    return words


Controler = Callable[[dict[str, Any]], str]


def test_a_report_written_here_is_judged_by_its_rubrics(controler: Controler) -> None:
    assert "Rapport en ordre" in controler({})


def test_a_rubric_that_is_not_written_is_told_first(controler: Controler) -> None:
    text = controler({"annexes": None})
    told = text.index("Rapport à compléter")
    assert told < text.index("Il manque : Annexes") < text.index("Points attendus")


def test_a_received_report_tells_each_point_with_its_page(controler: Controler) -> None:
    read = {"etat": "present", "page": 14}
    text = controler({**RECU, "points": {**RECU["points"], "corps": dict.fromkeys(CORPS, read)}})
    assert "Rapport en ordre" in text
    assert len(re.findall(r"page\s14", text)) == len(CORPS)


CORPS = ("rappel", "calendrier", "travail", "plan_actions", "echeancier", "annexes")


def test_what_is_not_read_is_to_be_filled(controler: Controler) -> None:
    text = controler({**RECU, "points": {"corps": {"echeancier": {"etat": "absent"}}}})
    assert "Il manque : Échéancier" in text
    assert text.count("☐ présent") == 8


def test_a_version_on_paper_that_lacks_is_told(controler: Controler) -> None:
    text = controler({**RECU, "formats_remis": ["numerique"]})
    assert "Versions du rapport : " in text
    assert "Rapport en ordre" not in text


def test_reserves_that_are_not_lifted_are_part_of_the_verdict(controler: Controler) -> None:
    text = controler({"acceptation": {"reserves": "Le budget est à revoir."}})
    assert "Rapport en ordre, accepté avec des réserves à lever" in text


def test_what_is_in_order_is_a_tick(controler: Controler) -> None:
    text = controler({})
    assert "Rapport en ordre, accepté sans réserve" in text
    assert text.count("✓") == len(CORPS) + 5
