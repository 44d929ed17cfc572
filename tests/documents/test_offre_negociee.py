"""An offer that was negotiated: what is retained is its last version, and documents say so."""

import html
import re
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.check.cases import apply
from tests.scenes import Lancer

FOLDER = Path("dossiers/2025-003-calades-jabron/ingenieries/bilan-organisation-finances")
OFFER = "propositions/delphine-orsatelli.yaml"
VERSIONS: dict[str, Any] = {
    "versions": [
        {
            "date": "2025-03-31",
            "objet": "Une journée de moins, faite par l’équipe.",
            "budget": {
                "jours": 4,
                "taux_jour_ht": 650,
                "total_ht": 2600,
                "taux_tva": 0,
                "total_ttc": 2600,
            },
        }
    ]
}


@pytest.fixture
def negociee(espace: Path) -> Path:
    """2025-003, whose prestataire came down from five days to four before the choice."""
    apply(espace, {"fichiers": {OFFER: VERSIONS}})
    return espace


def printed(name: str, espace: Path, lancer: Lancer) -> str:
    """The words of the documents of a type in the mission."""
    lancer(
        "render", "2025-003", "-d", name, "-t", "html", "--draft", "-o", espace / "s", espace=espace
    )
    (page,) = (
        (espace / "s").rglob(f"{name}*-orsatelli*.html")
        if name == "notification"
        else (espace / "s").rglob(f"{name}*.html")
    )
    text = html.unescape(re.sub(r"<style.*?</style>|<[^>]+>", " ", page.read_text(), flags=re.S))
    return " ".join(text.split())


def test_the_convention_is_compared_with_the_last_version(negociee: Path, lancer: Lancer) -> None:
    same_price = {"taux_jour_ht": 812.5, "total_ht": 3250, "total_ttc": 3250}
    apply(negociee, {"fichiers": {OFFER: {"versions": {0: {"budget": same_price}}}}})
    told = " ".join(lancer("check", "2025-003", espace=negociee).output.split())
    assert "la convention dit 5 jours, la proposition retenue 4" in told


def test_a_new_convention_takes_the_last_version(negociee: Path, lancer: Lancer) -> None:
    (negociee / FOLDER / "convention.yaml").unlink()
    lancer("new", "convention", "2025-003/bilan-organisation-finances", espace=negociee)
    data = yaml.safe_load((negociee / FOLDER / "convention.yaml").read_text())
    assert (data["jours"], data["montant"]["ttc"]) == (4, 2600)


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("releve-choix", "ajustée le 31 mars 2025 : 4 jours au lieu de 5, 2 600 € toutes"),
        ("notification", "telle que vous l’avez ajustée le 31 mars 2025 : 4 jours au lieu de 5"),
        ("convention", "la négociation l’a ajustée le 31 mars 2025 (4 jours au lieu de 5"),
    ],
)
def test_who_reads_knows_that_the_offer_was_adjusted(
    name: str, said: str, negociee: Path, lancer: Lancer
) -> None:
    assert said in printed(name, negociee, lancer)


def test_a_document_tells_no_later_version(negociee: Path, lancer: Lancer) -> None:
    apply(negociee, {"fichiers": {OFFER: {"versions": {0: {"date": "2025-04-10"}}}}})
    assert "ajustée" not in printed("releve-choix", negociee, lancer)


def test_the_price_of_a_version_is_computed_again(negociee: Path, lancer: Lancer) -> None:
    apply(negociee, {"fichiers": {OFFER: {"versions": {0: {"budget": {"total_ht": 2500}}}}}})
    told = " ".join(lancer("check", "2025-003", espace=negociee).output.split())
    assert "[R-PRO-04] jours × prix + frais font 2 600 €, et non 2 500 €" in told


def test_a_negotiation_that_does_not_say_its_object_is_told_all_the_same(
    negociee: Path, lancer: Lancer
) -> None:
    place = negociee / FOLDER / OFFER
    said, removed = re.subn(r'"objet": "Une journée[^"]*",', "", place.read_text("utf-8"))
    place.write_text(said, "utf-8")
    words = ("render", "2025-003", "-d", "releve-choix", "-t", "html", "-o", negociee / "s")
    told = lancer(*words, espace=negociee).output
    assert removed == 1 and "imprimée sans être testée" not in told
    assert len(list((negociee / "s").rglob("releve-choix.html"))) == 1
