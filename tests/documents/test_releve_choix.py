"""The relevé of a choice says what was decided, and decides nothing."""

import re
from pathlib import Path

from tests.check.cases import apply
from tests.scenes import Lancer


def drafted(espace: Path, lancer: Lancer, tmp_path: Path, **keys: object) -> str:
    """The draft of the relevé once some keys of the choice are changed."""
    apply(espace, {"fichiers": {"choix.yaml": keys}})
    wanted = ("render", "2025-003", "-d", "releve-choix", "-t", "html", "--draft")
    lancer(*wanted, "-o", tmp_path / "sortie", espace=espace)
    (page,) = (tmp_path / "sortie").rglob("releve-choix*.html")
    return page.read_text(encoding="utf-8")


def test_a_choice_without_a_name_is_to_be_completed(
    espace: Path, lancer: Lancer, tmp_path: Path
) -> None:
    text = drafted(espace, lancer, tmp_path, retenu=None)
    assert "infructueuse" not in text
    assert "à compléter" in text


def test_a_vain_consultation_is_said_so(espace: Path, lancer: Lancer, tmp_path: Path) -> None:
    assert "infructueuse" in drafted(espace, lancer, tmp_path, retenu=None, infructueux=True)


def test_what_is_decided_comes_first_and_the_signatures_last(
    espace: Path, lancer: Lancer, tmp_path: Path
) -> None:
    text = drafted(espace, lancer, tmp_path)
    assert text.index("ont retenu ensemble") < text.index("A décliné") < text.index("Accord du")
    assert "Pour la structure" not in text


def test_a_proposition_that_was_noted_has_come_whatever_the_consultation_says(
    espace: Path, lancer: Lancer, tmp_path: Path
) -> None:
    files = {"consultation.yaml": {"destinataires": {0: {"reponse": None}, 2: {"reponse": None}}}}
    apply(espace, {"fichiers": files})
    page = drafted(espace, lancer, tmp_path)
    answers = " ".join(re.sub("<[^>]*>", " ", page[page.index("Prestataire sollicité") :]).split())
    assert "Orsatelli Conseil Proposition reçue" in answers
    assert "Alidade et Boussole Réponse non notée" in answers
    assert "En attente" not in answers
