"""Amounts as people write them: thirds of a price, half a cent, a cent too many."""

from pathlib import Path
from typing import Any

import pytest

from dla_docs.flow import examine
from dla_docs.model.workspace import Workspace
from tests.check.cases import apply
from tests.scenes import JOUR


def said(espace: Path, **convention: Any) -> set[str]:
    """The codes of the rules that are broken once some keys of the convention are changed."""
    apply(espace, {"fichiers": {"convention.yaml": convention}})
    return {code for f in examine(Workspace(espace), JOUR).findings for code in f.codes}


def thirds(*shares: tuple[float, float]) -> list[dict[str, Any]]:
    """A schedule of three payments, each of a percentage and an amount."""
    kinds = (("acompte", "facture"), ("intermediaire", "facture"), ("solde", "rapport_final"))
    return [
        {
            "libelle": kind,
            "pourcentage": rate,
            "montant_ttc": paid,
            "declencheur": "Facture reçue",
            "pieces": [piece],
        }
        for (kind, piece), (rate, paid) in zip(kinds, shares, strict=True)
    ]


@pytest.mark.parametrize(
    "shares",
    [
        ((33.33, 1083.33), (33.33, 1083.33), (33.34, 1083.34)),
        ((33.33, 1083.33), (33.33, 1083.33), (33.33, 1083.33)),
        ((33.3, 1083.33), (33.3, 1083.33), (33.4, 1083.34)),
    ],
)
def test_a_price_paid_in_thirds_is_right(espace: Path, shares: Any) -> None:
    # The invoices of the demonstration are those of its own schedule.
    assert said(espace, echeancier=thirds(*shares)) & {"R-COH-06", "R-CVT-03"} == set()


def test_a_whole_percentage_is_meant_as_it_is(espace: Path) -> None:
    shares = {0: {"montant_ttc": 976.0}, 1: {"montant_ttc": 2274.0}}
    assert "R-COH-06" in said(espace, echeancier=shares)


def test_half_a_cent_of_tax_goes_up(espace: Path) -> None:
    invoice = {"facture": {"ht": 975.05, "tva": 97.51, "ttc": 1072.56}}
    apply(espace, {"fichiers": {"reglement.yaml": {"versements": {0: invoice}}}})
    paid = {0: {"pourcentage": 30, "montant_ttc": 1072.56}, 1: {"montant_ttc": 2502.62}}
    amount = {"ht": 3250.15, "taux_tva": 10, "tva": 325.02, "ttc": 3575.17}
    assert "R-COH-06" not in said(espace, montant=amount, echeancier=paid, repartition=None)
