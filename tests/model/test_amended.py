"""The convention as its avenants leave it: each applies to what the former left."""

from decimal import Decimal
from typing import Any

from dla_docs.model.amended import amended, amended_on

CONVENTION: dict[str, Any] = {
    "jours": 6,
    "date_fin": "2026-10-30",
    "montant": {"ht": 1000, "taux_tva": 20, "tva": 200, "ttc": 1200},
    "intervenants": [{"nom": "Kerbrat"}],
    "echeancier": [
        {"libelle": "acompte", "pourcentage": 30, "montant_ttc": 360},
        {"libelle": "solde", "pourcentage": 70, "montant_ttc": 840},
    ],
    "avenants": [
        {"date": "2026-06-01", "delta_jours": 1, "delta_ht": 100, "date_fin": "2026-12-31"},
        {"date": "2026-07-01", "delta_jours": -2, "delta_ht": -50, "delta_ttc": -60},
    ],
}


def amounts(state: dict[str, Any]) -> list[Any]:
    return [one.get("montant_ttc") for one in state["echeancier"]]


def test_each_avenant_applies_to_what_the_former_left() -> None:
    state = amended(CONVENTION)
    assert (state["jours"], state["date_fin"]) == (5, "2026-12-31")
    assert state["montant"] == {"ht": 1050, "taux_tva": 20, "tva": 210, "ttc": 1260}


def test_the_convention_of_a_day_has_the_avenants_drawn_up_by_then() -> None:
    assert amended_on(CONVENTION, "2026-05-31")["jours"] == 6
    assert amended_on(CONVENTION, "2026-06-01")["jours"] == 7


def test_what_is_added_is_paid_with_the_balance_by_default() -> None:
    assert amounts(amended(CONVENTION)) == [360, 900]


def test_payments_added_come_before_the_balance_which_keeps_the_rest() -> None:
    more = {"delta_ht": 100, "versements": [{"libelle": "intermediaire", "montant_ttc": 300}]}
    assert amounts(amended(CONVENTION, [more])) == [360, 300, 660]


def test_a_new_schedule_replaces_the_former_and_counts_its_shares() -> None:
    parts = [{"libelle": "acompte", "pourcentage": 25}, {"libelle": "solde", "montant_ttc": 990}]
    state = amended(CONVENTION, [{"delta_ht": 100, "echeancier": parts}])
    assert amounts(state) == [Decimal("330.00"), 990]


def test_half_a_cent_of_tax_goes_up() -> None:
    state = amended(CONVENTION, [{"delta_ht": Decimal("0.375")}])
    assert state["avenants"][0]["delta_ttc"] == Decimal("0.45")


def test_what_is_not_written_is_not_counted() -> None:
    assert amended({"avenants": [{"delta_jours": 1, "delta_ht": 10}]}) == {
        "montant": {},
        "echeancier": [],
        "avenants": [{"delta_jours": 1, "delta_ht": 10}],
    }
