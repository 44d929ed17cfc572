"""CSV and workbooks of exported tables: what a spreadsheet must not misread."""

import csv
import io
from datetime import date
from decimal import Decimal
from typing import Any

import openpyxl
import pytest

from dla_docs.formats.flat import dictionary_csv, table_csv, word
from dla_docs.formats.properties import Properties
from dla_docs.formats.sheets.exported import table_xlsx
from dla_docs.gather.exported import Exported
from dla_docs.gather.tables import Column, Table
from dla_docs.model.paths import Path

COLUMNS = (
    Column("numero", "Numéro", "Le numéro.", "de", Path.parse("portee.reference"), {}, frozenset()),
    Column(
        *("cout", "Coût", "Le coût.", "somme", Path.parse("convention.montant.ttc")),
        {"x-unite": "euros"},
        frozenset(),
        "l’opérateur",
    ),
    Column("jour", "Jour", "Le jour.", "de", Path.parse("convention.date"), {}, frozenset()),
)
TABLE = Exported(
    Table("essai", "Essai", "Une ligne.", "dossier", None, COLUMNS),
    "operateur",
    COLUMNS,
    (),
    (("=2+2", Decimal("-1234.50"), date(2026, 3, 12)), ("été ; « x »", None, None)),
)
COLOURS = dict.fromkeys("texte principale accent alerte fond filet".split(), "#112233")


def lines(content: bytes) -> list[list[str]]:
    text = content.decode("utf-8-sig")
    assert text.encode("utf-8-sig") == content and text.endswith("\r\n")
    return list(csv.reader(io.StringIO(text), delimiter=";"))


def test_a_french_excel_reads_the_columns_the_accents_and_the_numbers() -> None:
    assert lines(table_csv(TABLE)) == [
        ["numero", "cout", "jour"],
        ["'=2+2", "-1234,50", "2026-03-12"],
        ["été ; « x »", "", ""],
    ]


@pytest.mark.parametrize(
    ("value", "written"),
    [
        ("@SUM(A1)", "'@SUM(A1)"),
        ("-2+3", "'-2+3"),
        (("+33 6", "b"), "'+33 6 | b"),
        (-2, "-2"),
        ("\t=1", "'=1"),
        (True, "oui"),
        ((date(2026, 1, 2), date(2026, 1, 3)), "2026-01-02 | 2026-01-03"),
        ("deux\nlignes", "deux lignes"),
    ],
)
def test_no_text_of_a_csv_is_a_formula(value: Any, written: str) -> None:
    assert word(value) == written


def test_the_dictionary_says_where_a_column_comes_from_and_who_has_it() -> None:
    head, _, cost, _ = lines(dictionary_csv(TABLE))
    told = dict(zip(head, cost, strict=True))
    assert (told["source"], told["calcul"]) == ("convention.montant.ttc", "la somme")
    assert (told["unite"], told["aupres"]) == ("€", "l’opérateur")


def test_a_workbook_has_real_values_and_its_dictionary() -> None:
    content = table_xlsx(TABLE, Properties("Essai", "", "", "", date(2026, 3, 2)), COLOURS)
    book = openpyxl.load_workbook(io.BytesIO(content))
    assert book.sheetnames == ["Sommaire", "Essai", "Colonnes"]
    row = [cell for cell in book["Essai"][7]]
    assert [cell.value for cell in row][:2] == ["=2+2", -1234.5]
    assert row[0].data_type == "s" and row[2].is_date
