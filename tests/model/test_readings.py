"""What people write, read as what it means; what may mean two things is not guessed."""

from decimal import Decimal

import pytest

from dla_docs.model.readings import boolean, day, email, hour, number, site, telephone


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("12/01/2026", "2026-01-12"),
        ("10 mars 2026", "2026-03-10"),
        ("1er juin 2025", "2025-06-01"),
        ("2026-1-5", "2026-01-05"),
        ("2026/01/05", "2026-01-05"),
        ("2026-01-12T10:00", "2026-01-12"),
        ("mardi 3 mars 2026", "2026-03-03"),
        ("Le 12 janv. 2026 à 10 h", "2026-01-12"),
        ("10\u00a0AOÛT\u202f2026", "2026-08-10"),
        ("20260112", "2026-01-12"),
        ("12-01-98", "1998-01-12"),
    ],
)
def test_a_day_is_read_as_the_french_write_it(text: str, written: str) -> None:
    assert day(text).written == written


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("01/13/2026", "il n’y a pas de mois 13"),
        ("30/02/2026", "il n’y a que 28 jours en février 2026"),
        ("lundi 3 mars 2026", "est un mardi"),
        ("mars 2026", "ajoutez le jour"),
        ("12 mars", "ajoutez l’année"),
        ("12/01/0026", "vérifiez l’année"),
        ("à définir", "laissez la clé vide"),
    ],
)
def test_a_day_that_cannot_be_is_told_for_what_it_is(text: str, why: str) -> None:
    reading = day(text)
    assert reading.written == ""
    assert why in reading.why


@pytest.mark.parametrize("text", ["hier", "12 jui 2026", "début mars 2026", "3 à 5"])
def test_what_is_no_day_is_not_guessed(text: str) -> None:
    assert (day(text).written, day(text).why) == ("", "")


@pytest.mark.parametrize("year", ["26", "98"])
def test_a_year_of_two_digits_is_to_be_confirmed(year: str) -> None:
    assert day(f"12.01.{year}").doubt.endswith(year)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("-18 700 €", "-18700"),
        ("−18\u202f700", "-18700"),
        ("– 18 700,50", "-18700.50"),
        ("(18 700)", "-18700"),
        ("18 700-", "-18700"),
        ("1 234,56 €", "1234.56"),
        ("1.234,56", "1234.56"),
        ("1,234.56", "1234.56"),
        ("18,7 k€", "18700"),
        ("1,2 M€", "1200000"),
        ("20 %", "20"),
        ("2,5 jours", "2.5"),
        ("450 € / jour HT", "450"),
    ],
)
def test_a_number_keeps_its_sign_its_thousands_and_its_cents(text: str, value: str) -> None:
    assert number(text) == Decimal(value)


@pytest.mark.parametrize("text", ["", "€", "trois", "3 à 5", "12/01/2026", "04 92 x", "environ 3"])
def test_what_is_no_number_is_not_guessed(text: str) -> None:
    assert number(text) is None


def test_a_lone_point_before_three_digits_parts_thousands_of_euros_or_of_counts() -> None:
    assert (number("3.600 €"), number("1.200", whole=True)) == (3600, 1200)
    assert (number("1.200"), number("1,200 €"), number("1,200")) == (None, None, Decimal("1.2"))


@pytest.mark.parametrize(
    ("text", "written"), [("17h", "17:00"), ("9 h 30", "09:30"), ("midi", "12:00"), ("25h", "")]
)
def test_an_hour_is_read_as_people_say_it(text: str, written: str) -> None:
    assert hour(text).written == written


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("+33 (0)4 92 00 00 00", "+33492000000"),
        ("0033 4 92 00 00 00", "+33492000000"),
        ("Tél. : 04.92.00.00.00", "04 92 00 00 00"),
        ("492000000", "04 92 00 00 00"),
        ("\u202a04 92 00 00 00\u202c", "04 92 00 00 00"),
        ("04 92 00 00", ""),
    ],
)
def test_a_telephone_is_read_as_one_would_dial_it(text: str, written: str) -> None:
    assert telephone(text).written == written


def test_addresses_lose_what_pasting_adds() -> None:
    assert email("mailto:lea@exemple.fr").written == "lea@exemple.fr"
    assert email("Léa Roux <lea@exemple.fr>").written == "lea@exemple.fr"
    assert site("www.exemple.fr").written == "https://www.exemple.fr"


@pytest.mark.parametrize(("word", "value"), [("Oui", True), ("faux", False), ("peut-être", None)])
def test_a_yes_is_known_in_two_languages(word: str, value: bool | None) -> None:
    assert boolean(word) is value
