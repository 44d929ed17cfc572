"""What follows from other values may be left out: it is calculated once, at reading."""

from decimal import Decimal
from typing import Any

import pytest

from dla_docs.load.calculated import completed, plan_of
from dla_docs.model.schemas import load_kinds
from dla_docs.model.workspace import Workspace
from tests.scenes import ROOT

KINDS = load_kinds(Workspace(ROOT))


def read(kind: str, data: Any) -> Any:
    return completed(data, plan_of(KINDS[kind]))


def shares(*rates: float, ht: int = 1000, tva: int = 20) -> list[Any]:
    payments = [{"pourcentage": Decimal(str(rate))} for rate in rates]
    data = read("convention", {"montant": {"ht": ht, "taux_tva": tva}, "echeancier": payments})
    return [payment["montant_ttc"] for payment in data["echeancier"]]


def test_the_tax_and_the_total_follow_from_the_price() -> None:
    data = read("convention", {"montant": {"ht": Decimal("4290.50"), "taux_tva": 20}})
    assert data["montant"]["tva"] == Decimal("858.10")
    assert data["montant"]["ttc"] == Decimal("5148.60")


def test_without_tax_the_total_is_the_price() -> None:
    data = read("convention", {"montant": {"ht": 2500, "taux_tva": 0}})
    assert [data["montant"]["tva"], data["montant"]["ttc"]] == [0, 2500]


def test_the_last_payment_takes_what_the_others_leave() -> None:
    assert shares(33.33, 33.33, 33.34, ht=100, tva=0) == [
        Decimal("33.33"),
        Decimal("33.33"),
        Decimal("33.34"),
    ]
    assert sum(shares(30, 30, 40, ht=1001)) == Decimal("1201.20")


def test_what_is_written_stays_and_the_rest_follows_from_it() -> None:
    price = {"ht": 1000, "taux_tva": 20, "tva": 210}
    data = read("convention", {"montant": price})
    assert data["montant"] == {**price, "ttc": 1210}


def test_the_one_share_left_out_is_what_the_others_leave() -> None:
    funds = [{"financeur": "Fonds du DLA"}, {"financeur": "Département", "montant_ttc": 1000}]
    price = {"ht": 4290, "taux_tva": 20}
    data = read("convention", {"montant": price, "repartition": funds})
    assert data["repartition"][0]["montant_ttc"] == 4148


def test_of_two_shares_left_out_none_is_guessed() -> None:
    data = read("convention", {"montant": {"ht": 100, "taux_tva": 0}, "repartition": [{}, {}, {}]})
    assert data["repartition"] == [{}, {}, {}]


def test_an_offer_counts_its_days_and_its_costs() -> None:
    budget = {"jours": Decimal("5.5"), "taux_jour_ht": 780, "frais_ht": 110, "taux_tva": 20}
    data = read("proposition", {"budget": budget, "versions": [{"budget": {**budget, "jours": 5}}]})
    assert [data["budget"]["total_ht"], data["budget"]["total_ttc"]] == [4400, 5280]
    assert data["versions"][0]["budget"]["total_ht"] == 4010


def test_a_letter_says_retained_to_the_one_who_is() -> None:
    told = [{"prestataire": "alidade"}, {"prestataire": "lisiere"}]
    data = read("choix", {"retenu": "alidade", "notifications": told})
    assert [one["decision"] for one in data["notifications"]] == ["retenue", "non_retenue"]


def test_nobody_is_told_anything_before_the_choice_but_when_it_failed() -> None:
    told = [{"prestataire": "alidade"}]
    assert read("choix", {"notifications": told})["notifications"] == told
    failed = read("choix", {"infructueux": True, "notifications": told})
    assert failed["notifications"][0]["decision"] == "non_retenue"


@pytest.mark.parametrize("wrong", ["mille", True, None, [1000], {"x": 1}, 10**290])
def test_nothing_follows_from_what_is_no_amount(wrong: Any) -> None:
    data = read("convention", {"montant": {"ht": wrong, "taux_tva": 20}})
    assert data == {"montant": {"ht": wrong, "taux_tva": 20}}


def test_what_is_calculated_is_not_asked_for(lancer: Any, espace: Any) -> None:
    folder = next(espace.glob("dossiers/2025-003*/ingenieries/*"))
    path = folder / "convention.yaml"
    text = path.read_text("utf-8")
    lines = [line for line in text.splitlines() if not line.strip().startswith(("ht:", "ttc:"))]
    path.write_text("\n".join(lines) + "\n", "utf-8")
    said = lancer("check", "2025-003", espace=espace, DLA_DATE="2026-11-22").stdout
    assert "« ht »" in said
    assert "« ttc »" not in said


@pytest.mark.parametrize("wrong", ["ht: 4 440,00 €", "montant_ttc: 1 000 €"])
def test_what_a_wrong_amount_leaves_unknown_is_not_asked_for(
    lancer: Any, espace_entier: Any, wrong: str
) -> None:
    path = next(espace_entier.glob("dossiers/2026-002*/ingenieries/*/convention.yaml"))
    text = path.read_text("utf-8").replace("    montant_ttc: 4328.00\n", "", 1)
    for key in ("tva: 888.00", "ttc: 5328.00"):
        text = text.replace(f"  {key}\n", "", 1)
    right = {"ht": "ht: 4440.00", "mo": "montant_ttc: 1000.00"}[wrong[:2]]
    assert right in text
    path.write_text(text.replace(right, wrong, 1), "utf-8")
    said = lancer("check", "2026-002", espace=espace_entier, DLA_DATE="2026-11-22").stdout
    assert (said.count("[S-TYPE]"), said.count("[S-REQUIS]")) == (1, 0)
