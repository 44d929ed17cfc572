"""A report that came as a file is that file: nothing is rendered, its points are read in it."""

from pathlib import Path
from typing import Any

import pytest

from tests.check.cases import apply
from tests.scenes import Lancer

FOLDER = Path("dossiers/2025-003-calades-jabron/ingenieries/bilan-organisation-finances")
READ = {"etat": "present", "page": 1}
RECU: dict[str, Any] = {
    "fichier": "recus/rapport.pdf",
    "jours_realises": 5,
    "points": {
        "garde": dict.fromkeys(("logos", "mention", "financeurs"), READ),
        "corps": dict.fromkeys(
            ("rappel", "calendrier", "travail", "plan_actions", "echeancier", "annexes"), READ
        ),
    },
    **dict.fromkeys(("rappel", "calendrier", "travail", "plan_actions", "annexes")),
    **dict.fromkeys(("nouveaux_besoins", "plus_value")),
}


@pytest.fixture
def recu(espace: Path) -> Path:
    """2025-003, whose report came as a PDF and was read point by point."""
    (espace / FOLDER / "recus").mkdir(exist_ok=True)
    (espace / FOLDER / "recus/rapport.pdf").write_bytes(b"%PDF-1.4\n%%EOF\n")
    apply(espace, {"fichiers": {"rapport-final.yaml": RECU}})
    return espace


def control(espace: Path, lancer: Lancer) -> str:
    """The words of the control of the balance."""
    wanted = ("render", "2025-003", "-d", "controle-solde", "-t", "html", "-o", espace / "sortie")
    lancer(*wanted, espace=espace)
    (page,) = (espace / "sortie").rglob("controle-solde*.html")
    return " ".join(page.read_text(encoding="utf-8").split())


def test_a_received_report_that_was_read_is_right(recu: Path, lancer: Lancer) -> None:
    told = lancer("check", "2025-003", espace=recu)
    assert (told.exit_code, "Aucun constat" in told.output) == (0, True), told.output


def test_the_list_says_that_the_report_is_received(recu: Path, lancer: Lancer) -> None:
    rows = lancer("list", "documents", "2025-003", espace=recu).output.splitlines()
    states = {
        row.split("  ")[1].rpartition("/")[2].strip(): row.split()[-1] for row in rows if "/" in row
    }
    assert states["rapport-final"] == "reçu"
    assert states["controle-solde"] == "prêt"


def test_nothing_is_rendered_in_place_of_a_received_report(recu: Path, lancer: Lancer) -> None:
    told = lancer("render", "2025-003", "-d", "rapport-final", "-o", recu / "sortie", espace=recu)
    assert told.exit_code == 0
    assert "reçu en fichier (recus/rapport.pdf), rien n’est produit à sa place" in told.output
    assert not (recu / "sortie").exists()


def test_the_control_of_the_balance_reads_the_checklist(recu: Path, lancer: Lancer) -> None:
    text = control(recu, lancer)
    assert "remis complet le" in text
    assert "Bon à payer" in text


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"corps": {"echeancier": {"etat": "absent"}}}, "« Échéancier » : absent du rapport reçu"),
        ({"garde": {"financeurs": None}}, "« Logos des financeurs » : à vérifier"),
    ],
)
def test_what_the_reading_has_not_found_stops_the_payment(
    change: dict[str, Any], said: str, recu: Path, lancer: Lancer
) -> None:
    apply(recu, {"fichiers": {"rapport-final.yaml": {"points": change}}})
    text = control(recu, lancer)
    assert said in text
    assert "Paiement bloqué" in text


def test_unread_points_are_told_once(recu: Path, lancer: Lancer) -> None:
    apply(recu, {"fichiers": {"rapport-final.yaml": {"points": None}}})
    told = lancer("check", "2025-003", espace=recu).output
    assert told.count("[R-RAP-11]") == 1
    assert "9 points du rapport reçu restent à vérifier" in told


def test_the_days_of_a_received_report_are_compared(recu: Path, lancer: Lancer) -> None:
    apply(recu, {"fichiers": {"rapport-final.yaml": {"jours_realises": 4}}})
    told = lancer("check", "2025-003", espace=recu).output
    assert "le rapport reçu compte 4 jours, la convention 5" in told


def test_what_is_copied_of_it_is_shown_at_the_restitution(espace: Path, lancer: Lancer) -> None:
    (espace / FOLDER / "recus").mkdir(exist_ok=True)
    (espace / FOLDER / "recus/rapport.pdf").write_bytes(b"%PDF-1.4\n%%EOF\n")
    kept = {key: value for key, value in RECU.items() if key != "travail"}
    apply(espace, {"fichiers": {"rapport-final.yaml": kept}})
    rows = lancer("list", "documents", "2025-003", espace=espace).output.splitlines()
    states = [row.split()[-1] for row in rows if "/rapport-final" in row or "presentation" in row]
    assert states == ["reçu", "prêt"]


def test_who_signs_a_balance_is_told_with_the_operator(recu: Path, lancer: Lancer) -> None:
    visa = control(recu, lancer).rpartition("Contrôle fait par")[2]
    assert visa.count("Fabrique associative du Galabre") == 2
