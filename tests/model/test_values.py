"""Values as French readers expect them."""

import datetime
from decimal import Decimal

import pytest

from dla_docs.model.values import (
    Code,
    Euros,
    Moyenne,
    Pourcent,
    amount,
    clock,
    count,
    long_date,
    number,
    of_unit,
    printed,
)

NARROW = "\u202f"
NO_BREAK = "\u00a0"


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        ("2027-01-01", "1er\u00a0janvier 2027"),
        ("2027-01-02", "2\u00a0janvier 2027"),
        ("2026-03-12", "12\u00a0mars 2026"),
        ("2026-02-21", "21\u00a0février 2026"),
        ("2026-08-11", "11\u00a0août 2026"),
        ("2026-12-31", "31\u00a0décembre 2026"),
    ],
)
def test_a_date_is_written_in_full(day: str, expected: str) -> None:
    assert expected == printed(datetime.date.fromisoformat(day))


def test_every_month_has_a_name() -> None:
    months = {long_date(datetime.date(2026, month, 2)).split()[1] for month in range(1, 13)}
    assert len(months) == 12


@pytest.mark.parametrize(
    ("amount", "expected"),
    [
        ("12345.67", f"12{NARROW}345,67{NO_BREAK}€"),
        ("4800", f"4{NARROW}800,00{NO_BREAK}€"),
        ("1234567.8", f"1{NARROW}234{NARROW}567,80{NO_BREAK}€"),
        ("0", f"0,00{NO_BREAK}€"),
        ("999.999", f"1{NARROW}000,00{NO_BREAK}€"),
        ("0.005", f"0,01{NO_BREAK}€"),
        ("-12.5", f"−12,50{NO_BREAK}€"),
    ],
)
def test_an_amount_has_two_decimals_and_its_sign(amount: str, expected: str) -> None:
    assert expected == printed(Euros(amount))


@pytest.mark.parametrize(("mean", "expected"), [("4", "4,0"), ("4.3", "4,3")])
def test_a_mean_is_always_to_one_decimal(mean: str, expected: str) -> None:
    assert expected == printed(Moyenne(mean))


@pytest.mark.parametrize(
    ("rate", "expected"),
    [("20", "20"), ("5.50", "5,5"), ("0", "0"), ("100", "100"), ("33.3", "33,3")],
)
def test_a_percentage_keeps_only_useful_decimals(rate: str, expected: str) -> None:
    assert f"{expected}{NO_BREAK}%" == printed(Pourcent(rate))


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("5", "5"),
        ("4.50", "4,5"),
        ("12.0", "12"),
        ("1E+3", f"1{NARROW}000"),
        ("0.25", "0,25"),
        ("100", "100"),
        ("1500.5", f"1{NARROW}500,5"),
    ],
)
def test_a_number_has_no_useless_zero(value: str, expected: str) -> None:
    assert expected == number(Decimal(value))


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (True, "oui"),
        (False, "non"),
        (2026, "2026"),
        ("05000", "05000"),
        ("", ""),
        (Code("ca", "conseil d’administration"), "conseil d’administration"),
    ],
)
def test_other_values_print_as_they_are(value: object, expected: str) -> None:
    assert expected == printed(value)


@pytest.mark.parametrize("value", [None, [], {}, ("a",), 1.5, object()])
def test_what_is_no_value_is_not_printed(value: object) -> None:
    with pytest.raises(TypeError):
        printed(value)


@pytest.mark.parametrize(
    ("quantity", "expected"),
    [("0", "0 jour"), ("1", "1 jour"), ("1.5", "1,5 jour"), ("2", "2 jours"), ("12", "12 jours")],
)
def test_plurals_begin_at_two(quantity: str, expected: str) -> None:
    assert expected.replace(" ", NO_BREAK) == count(Decimal(quantity), "jour")


def test_an_irregular_plural_is_given() -> None:
    assert f"3{NO_BREAK}travaux" == count(3, "travail", "travaux")


@pytest.mark.parametrize(
    ("unit", "kind"), [("euros", Euros), ("pourcent", Pourcent), ("jours", Decimal)]
)
def test_a_number_takes_the_unit_of_its_field(unit: str, kind: type) -> None:
    assert kind is type(of_unit(12, unit))


@pytest.mark.parametrize(
    ("hour", "expected"),
    [("17:00", "17\u00a0h"), ("09:00", "9\u00a0h"), ("14:30", "14\u00a0h\u00a030")],
)
def test_an_hour_is_written_as_it_is_said(hour: str, expected: str) -> None:
    assert expected == clock(hour)


@pytest.mark.parametrize(
    ("value", "expected"),
    [("3250", f"3{NARROW}250"), ("3250.00", f"3{NARROW}250"), ("1083.3", f"1{NARROW}083,30")],
)
def test_an_amount_in_a_sentence_has_its_cents_or_none(value: str, expected: str) -> None:
    assert amount(Decimal(value)) == expected


def test_an_amount_of_thirty_digits_is_an_amount() -> None:
    assert printed(Euros("1" * 30)).endswith(f"111,00{NO_BREAK}€")
