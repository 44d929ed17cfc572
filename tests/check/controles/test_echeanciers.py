"""What an avenant makes of payments: they make the new price, and leave a balance."""

from pathlib import Path
from typing import Any

import pytest

from dla_docs.flow import examine
from dla_docs.model.workspace import Workspace
from tests.check.cases import apply
from tests.scenes import JOUR

DOSSIER = "2026-002-musiques-guillestrois"
ING = f"dossiers/{DOSSIER}/ingenieries/projet-et-gouvernance"
NEW = {"libelle": "intermediaire", "declencheur": "Remise du projet", "pieces": ["facture"]}


def told(root: Path, avenant: dict[str, Any], **files: Any) -> list[tuple[str, str]]:
    """The code and the words of what is found once the avenant is changed."""
    change = {f"{ING}/convention.yaml": {"avenants": {0: avenant}}, **files}
    apply(root, {"fichiers": change})
    return [
        (f.code, " ".join(f.message.split()))
        for f in examine(Workspace(root), JOUR, (DOSSIER,)).findings
    ]


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"echeancier": {2: {"montant_ttc": 1000}}}, "font 5 896 €, et non 6 192 €"),
        ({"repartition": {0: {"montant_ttc": 5000}}}, "font 6 000 €, et non 6 192 €"),
        ({"echeancier": {3: {"libelle": "intermediaire"}}}, "n’est pas le solde"),
        ({"echeancier": {3: {"pieces": ["facture"]}}}, "n’est plus conditionné"),
        (
            {"echeancier": None, "versements": [{**NEW, "montant_ttc": 4000}]},
            "le solde serait de -1 004,80 €",
        ),
    ],
)
def test_payments_and_shares_make_the_new_price(
    espace_entier: Path, change: dict[str, Any], words: str
) -> None:
    ((code, message),) = told(espace_entier, change)
    assert code == "R-CVT-10"
    assert words in message


def test_an_added_price_without_its_funders_is_told(espace_entier: Path) -> None:
    ((code, message),) = told(espace_entier, {"repartition": None})
    assert code == "R-CVT-11" and "ajoute 864 € TTC" in message


def test_a_schedule_and_payments_added_do_not_go_together(espace_entier: Path) -> None:
    (found,) = told(espace_entier, {"versements": [{**NEW, "montant_ttc": 10}]})
    assert "l’un des deux suffit" in found[1]


def test_an_invoice_is_compared_with_the_schedule_of_the_avenant(espace_entier: Path) -> None:
    third = {"libelle": "intermediaire", "facture": {"numero": "CL-9", "date": "2026-11-20"}}
    third["facture"] |= {"ht": 1000, "tva": 200, "ttc": 1200, "mentions": True}
    paid = [
        {"libelle": "acompte"},
        {"libelle": "intermediaire"},
        third,
    ]
    change = {f"{ING}/reglement.yaml": {"versements": paid}}
    ((code, message),) = told(espace_entier, {}, **change)
    assert code == "R-COH-03" and "la facture devrait être de 1 296 €" in message
