"""What a drawing reads of a table: numbers and days as they are printed in French."""

import datetime
from decimal import Decimal

import pytest

from dla_docs.drawings.facts import Facts, amount, days_of, positive
from dla_docs.model.errors import TemplateError


@pytest.mark.parametrize(
    ("written", "value"),
    [("12,5", "12.5"), ("1 250", "1250"), ("12\u202f345,60\u00a0€", "12345.60"), ("20 %", "20"),
     ("−3\u00a0400\u00a0€", "-3400")],
)  # fmt: skip
def test_a_number_is_read_as_it_is_printed(written: str, value: str) -> None:
    assert amount(written) == Decimal(value)


@pytest.mark.parametrize("written", ["-3", "−3", "aucun", "2 ou 3"])
def test_what_is_not_one_positive_number_is_no_length(written: str) -> None:
    with pytest.raises(TemplateError, match="ne se met pas en barre"):
        positive(written)


def test_days_are_read_in_full_words() -> None:
    read = days_of("du 1er mars 2026 au 12\u00a0décembre\u00a02026, en juin")
    assert read == (datetime.date(2026, 3, 1), datetime.date(2026, 12, 12))


def test_only_the_rows_to_draw_are_drawn() -> None:
    rows = (("A", "oui", "1"), ("Total", "", "1"))
    facts = Facts("barres", "T", ("libelle", "dessine", "valeur"), ("", "", ""), rows, {})
    assert facts.column("libelle") == ("A",)
