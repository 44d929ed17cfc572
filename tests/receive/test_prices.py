"""The price that a table of budget makes, and where it contradicts itself."""

from decimal import Decimal

import pytest

from dla_docs.receive.prices import amount, priced
from dla_docs.receive.rows import Line


def lines(*rows: tuple[str, str, str, str]) -> tuple[Line, ...]:
    return tuple(Line(cells, (), (), rank) for rank, cells in enumerate(rows, 1))


def test_days_and_costs_make_the_price() -> None:
    found = priced(
        lines(("Interventions", "4", "800", "3200"), ("Déplacements", "2", "60", "120")),
        Decimal(20),
    )
    assert found.data == {
        "total_ht": Decimal(3320), "taux_jour_ht": Decimal(800), "frais_ht": Decimal(120),
        "total_ttc": Decimal(3984),
    }  # fmt: skip
    assert found.faults == ()


def test_a_row_whose_amount_is_not_its_product_is_told_in_its_words() -> None:
    (fault,) = priced(lines(("Interventions", "4", "800", "3000")), None).faults
    assert "ligne 1 du budget : 4 × 800 € font 3" in fault
    assert "le document dit 3" in fault


def test_an_amount_that_is_not_written_is_the_product() -> None:
    assert priced(lines(("Interventions", "4 jours", "800 €", "")), None).data["total_ht"] == 3200


def test_two_rates_make_no_rate() -> None:
    rows = lines(("Animation", "2", "800", ""), ("Rédaction", "1", "600", ""))
    assert "taux_jour_ht" not in priced(rows, None).data


@pytest.mark.parametrize(
    ("said", "value"),
    [("3 250,50 €", "3250.50"), ("4 jours", "4"), ("20 %", "20"), ("800 € HT", "800")],
)
def test_an_amount_is_read_as_people_write_it(said: str, value: str) -> None:
    assert amount(said) == Decimal(value)
