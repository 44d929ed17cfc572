"""A grid of one's own: other criteria, another total, scales of their own (issue 13)."""

import html
import re
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.check.cases import apply
from tests.scenes import Lancer

MISSION = "ingenieries/bilan-organisation-finances"
FOLDER = Path("dossiers/2025-003-calades-jabron") / MISSION
GRILLE: dict[str, Any] = {
    "total_points": 70,
    "criteres": [
        {"critere": "comprehension", "poids": 15},
        {"critere": "resultats_attendus", "poids": 10},
        {"critere": "methodologie", "poids": 15},
        {"critere": "profil_references", "poids": 10},
        {"critere": "budget", "poids": 10},
        {"critere": "ancrage_local", "intitule": "ancrage local", "poids": 10, "note_maximale": 10},
    ],
    "criteres_ecartes": [{"critere": "duree", "motif": "Le nombre de jours est fixé d’avance."}],
}
"""The public example: 70 points, « ancrage local » noted out of 10, no criterion of duration."""


@pytest.fixture
def local(espace: Path) -> Path:
    """The demonstration with that grid; 2025-003 is noted on it."""
    notes = {"duree": None, "ancrage_local": 10}
    away = {**notes, "ancrage_local": 1}
    fichiers = {
        "dossiers/territoire.yaml": {"grille": GRILLE},
        "cahier-des-charges.yaml": GRILLE,
        "choix.yaml": {"evaluations": {n: {"notes": (notes, away)[n > 1]} for n in range(4)}},
    }
    apply(espace, {"fichiers": fichiers})
    return espace


def printed(name: str, local: Path, lancer: Lancer) -> str:
    """The words of a document of the mission."""
    scope = "territoire" if name == "guide-prestataires" else "2025-003"
    wanted = ("render", scope, "-d", name, "-t", "html", "-o", local / "sortie")
    assert lancer(*wanted, espace=local).exit_code == 0
    (page,) = (local / "sortie").rglob(f"{name}*.html")
    text = html.unescape(re.sub(r"<style.*?</style>|<[^>]+>", " ", page.read_text(), flags=re.S))
    return " ".join(text.split())


def test_a_grid_of_the_territory_is_right(local: Path, lancer: Lancer) -> None:
    told = lancer("check", "2025-003", espace=local)
    assert (told.exit_code, "Aucun constat" in told.output) == (0, True), told.output


def test_the_order_prints_the_real_total_and_the_local_words(local: Path, lancer: Lancer) -> None:
    text = printed("cahier-des-charges", local, lancer)
    assert "les propositions ensemble, sur 70 points" in text
    # The weights are those of the drawing, and of the words that stand for it.
    (page,) = (local / "sortie").rglob("cahier-des-charges*.html")
    assert "Ancrage local, 10" in page.read_text(encoding="utf-8").replace("\u00a0", " ")
    assert "Durée d’intervention" not in text


def test_each_criterion_counts_on_its_own_scale(local: Path, lancer: Lancer) -> None:
    text = printed("grille-analyse", local, lancer)
    assert "Ancrage local (noté sur 10) 10 10,0 10,0 1,0 1,0" in text
    # 15 × 5/5 + 10 × 4/5 + 15 × 5/5 + 10 × 4/5 + 10 × 4/5 + 10 × 10/10; then 3, 4, 3, 4, 3, 1.
    assert "Total sur 70 70 64,0 63,0 41,0 39,0" in text


def test_the_releve_says_the_total_of_the_grid(local: Path, lancer: Lancer) -> None:
    assert "elle obtient 63,5 sur 70" in printed("releve-choix", local, lancer)


def test_the_guide_gives_the_grid_of_the_territory(local: Path, lancer: Lancer) -> None:
    text = printed("guide-prestataires", local, lancer)
    assert "budget ; ancrage local. Ils font ensemble 70 points" in text


def test_a_new_order_begins_with_the_grid_of_the_territory(local: Path, lancer: Lancer) -> None:
    (local / FOLDER / "cahier-des-charges.yaml").unlink()
    lancer("new", "cahier-des-charges", "2025-003/bilan-organisation-finances", espace=local)
    data = yaml.safe_load((local / FOLDER / "cahier-des-charges.yaml").read_text())
    assert {key: data[key] for key in GRILLE} == GRILLE


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"criteres": {0: {"poids": 20}}}, "font 75 points, et non 70"),
        ({"criteres": {5: {"critere": "ancrge"}}}, "« ancrage_local » est noté, et n’est pas"),
        ({"criteres": {5: {"intitule": None}}}, "donnez-lui un « intitule » s’il est propre"),
        ({"criteres_ecartes": None}, "la grille écarte le critère « duree » du dispositif"),
    ],
)
def test_what_is_wrong_in_a_grid_is_said(
    change: dict[str, Any], said: str, local: Path, lancer: Lancer
) -> None:
    apply(local, {"fichiers": {"cahier-des-charges.yaml": change}})
    assert said in " ".join(lancer("check", "2025-003", espace=local).output.split())


def test_a_note_keeps_to_the_scale_of_its_criterion(local: Path, lancer: Lancer) -> None:
    notes = {"evaluations": {0: {"notes": {"ancrage_local": 12, "budget": 6}}}}
    apply(local, {"fichiers": {"choix.yaml": notes}})
    told = lancer("check", "2025-003", espace=local).output
    assert "la note 12 dépasse la note maximale (10)" in told
    assert "la note 6 dépasse la note maximale (5)" in told
