"""Cells read as spreadsheets give them: numbers, days, codes that have lost their zeros."""

from datetime import date, datetime
from decimal import Decimal
from typing import Any

import pytest

from dla_docs.engines.worksheets import LONGEST, Value
from dla_docs.lists.cells import Read, Refused, address, parts_of, person, read_value
from dla_docs.model.schemas import Schema
from dla_docs.model.words import plain
from tests.lists.books import declared


def field(name: str, title: str) -> Schema:
    return next(c for c in declared(name).columns if c.title == title).value


FIELDS = {
    "siret": field("prestataires", "SIRET"),
    "cp": field("prestataires", "Code postal"),
    "tel": field("prestataires", "Téléphone"),
    "jour": field("prestataires", "Mise à jour"),
    "texte": field("prestataires", "Raison sociale"),
    "oui": field("prestataires", "Assujetti à la TVA"),
    "secteur": field("structures", "Secteur"),
    "dept": field("structures", "Département"),
    "salaries": field("structures", "Personnes salariées"),
    "produits": field("structures", "Produits"),
    "ape": field("prestataires", "Code APE"),
    "civilite": field("prestataires", "Civilité du représentant"),
}

READ: list[tuple[str, Value, Any]] = [
    ("siret", "012\u00a0058\u202f715 00033", "01205871500033"),
    ("siret", 73282932000074.0, "73282932000074"),
    ("cp", 13100.0, "13100"),
    ("tel", "+33 (0)4 92 00 00 00", "+33492000000"),
    ("tel", "0492000000", "04 92 00 00 00"),
    ("jour", date(2026, 3, 12), "2026-03-12"),
    ("jour", datetime.fromisoformat("2026-03-12T10:30:00"), "2026-03-12"),
    ("jour", "12/03/2026", "2026-03-12"),
    ("jour", "jeudi 12 mars 2026", "2026-03-12"),
    ("texte", "A\u00a0B ", "A B"),
    ("texte", 2026.0, "2026"),
    ("texte", "'+Forts", "+Forts"),
    ("oui", True, True),
    ("oui", "x", True),
    ("oui", 0.0, False),
    ("secteur", "Insertion et emploi", "insertion_emploi"),
    ("secteur", "enfance, famille, jeunesse", "enfance_famille_jeunesse"),
    ("dept", "Hautes-Alpes", "05"),
    ("salaries", 3.0, 3),
    ("produits", 1234.1 + 0.2, Decimal("1234.30")),
    ("produits", "12 345,67 €", Decimal("12345.67")),
    ("ape", "70.22Z", "70.22Z"),
    ("civilite", "Mme", "madame"),
    ("siret", "", None),
    ("texte", "  \u00a0", None),
]


@pytest.mark.parametrize(("name", "value", "expected"), READ)
def test_a_cell_is_read_as_its_column_wants_it(name: str, value: Value, expected: Any) -> None:
    assert read_value(value, FIELDS[name], {}) == Read(expected)


TOLD: list[tuple[str, Value, Any, str]] = [
    ("siret", 1205871500033.0, "01205871500033", "le zéro de tête remis"),
    ("cp", 5000.0, "05000", "« 5000 » est lu 05000"),
    ("tel", 492000000.0, "04 92 00 00 00", "le zéro de tête remis"),
    ("dept", 5.0, "05", "« 5 » est lu 05"),
    ("jour", 46093.0, "2026-03-12", "le nombre 46093 est lu comme le 12/03/2026"),
    ("jour", "12/03/26", "2026-03-12", "est lu comme le 12 mars 2026"),
    ("tel", "à compléter", None, "est lu comme une case vide"),
]


@pytest.mark.parametrize(("name", "value", "expected", "note"), TOLD)
def test_what_was_understood_otherwise_is_told(
    name: str, value: Value, expected: Any, note: str
) -> None:
    read = read_value(value, FIELDS[name], {})
    assert read.value == expected and note in plain(read.note)


def test_days_of_old_macintoshes_count_from_1904() -> None:
    assert read_value(44631.0, FIELDS["jour"], {}, late=True).value == "2026-03-12"


REFUSED: list[tuple[str, Value, str]] = [
    ("siret", "1205871500034", "n’est pas un SIRET"),
    ("siret", "1,20587E+13", "a perdu ses derniers chiffres"),
    ("siret", 12345.0, "n’est pas un SIRET"),
    ("cp", "Gap", "n’est pas un code postal"),
    ("jour", "01/13/2026", "n’est pas une date"),
    ("jour", 7.0, "n’est pas une date"),
    ("oui", "peut-être", "n’est ni oui ni non"),
    ("secteur", "cuisine", "n’est pas dans la liste"),
    ("salaries", 2.5, "n’est pas un nombre entier"),
    ("produits", "1.234", "peut se lire de deux façons"),
    ("produits", 12.345, "a plus de deux décimales"),
    ("texte", date(2026, 2, 1), "le tableur en a fait une date (01/02/2026)"),
    ("texte", "a" * (LONGEST + 1), f"plus de {LONGEST} signes"),
]


@pytest.mark.parametrize(("name", "value", "reason"), REFUSED)
def test_what_cannot_be_read_is_refused(name: str, value: Value, reason: str) -> None:
    with pytest.raises(Refused) as caught:
        read_value(value, FIELDS[name], {})
    assert reason in caught.value.reason


def test_the_words_of_a_territory_mean_a_value() -> None:
    assert read_value("IAE", FIELDS["secteur"], {"iae": "insertion_emploi"}).value == (
        "insertion_emploi"
    )


@pytest.mark.parametrize(
    ("cell", "parts"),
    [
        ("a | b, c | d;e", ["a", "b, c", "d;e"]),
        ("– a\n– b", ["a", "b"]),
        ("a ; b ;", ["a", "b"]),
        ("a, b", ["a", "b"]),
        ("a, b |", ["a, b"]),
    ],
)
def test_the_strongest_sign_parts_the_values_of_a_cell(cell: str, parts: list[str]) -> None:
    assert list(parts_of(cell, {"type": "string"}, listed=False)) == parts


def test_the_place_of_an_element_is_kept_where_it_says_nothing() -> None:
    assert list(parts_of("a; b | | c", {"type": "string"}, listed=True)) == ["a; b", "", "c"]


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        ("Mme Claire Montagut", {"civilite": "madame", "prenom": "Claire", "nom": "Montagut"}),
        ("DE LA TOUR Jean-Paul", {"prenom": "Jean-Paul", "nom": "DE LA TOUR"}),
        ("M. J. DUPONT", {"civilite": "monsieur", "prenom": "J.", "nom": "DUPONT"}),
    ],
)
def test_a_person_in_one_cell_is_parted(cell: str, expected: dict[str, str]) -> None:
    assert person(cell) == expected


@pytest.mark.parametrize("cell", ["Marie Anne Le Goff", "Ana ROY / Luc PETIT", "a@exemple.fr"])
def test_a_person_that_nothing_parts_is_refused(cell: str) -> None:
    with pytest.raises(Refused):
        person(cell)


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        ("12 rue du Four, 04 140\nSeyne", ("12 rue du Four", "04140", "Seyne")),
        ("Le Village – 05000 Gap", ("Le Village", "05000", "Gap")),
        ("12 rue du Four", ("12 rue du Four",)),
    ],
)
def test_an_address_in_one_cell_is_parted(cell: str, expected: tuple[str, ...]) -> None:
    assert tuple(address(cell).values()) == expected
