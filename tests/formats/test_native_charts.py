"""Charts that Word edits: bars with their numbers in a workbook, the same bytes twice."""

from decimal import Decimal

import pytest
from lxml import etree

from dla_docs.drawings.facts import Facts
from dla_docs.drawings.ink import SIZE, Palette
from dla_docs.drawings.words import LEADING
from dla_docs.formats.native_charts import (
    GROUPED,
    NativeSeries,
    chart_of,
    chart_part,
    height_of,
    number_format,
)

COLOURS = Palette(
    "#0B4F5F", "#4F8D9B", "#E5F0F2", "#1B1D21", "#53575E", "#B3B8BF", "#B00047", ("S",)
)
C = "{http://schemas.openxmlformats.org/drawingml/2006/chart}"
A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"


def grouped() -> bytes:
    series = [
        NativeSeries("Retenue & autre", "plein", (Decimal("4.75"), Decimal(4)), "4,75"),
        NativeSeries("Autre", "clair", (Decimal(3), Decimal("3.5")), "3,00"),
    ]
    part = chart_part(GROUPED, ["Budget", "Durée"], series, COLOURS)
    assert part == chart_part(GROUPED, ["Budget", "Durée"], series, COLOURS)
    return part.xml


def test_a_series_has_its_name_its_values_and_their_cells() -> None:
    root = etree.fromstring(grouped())
    assert [v.text for v in root.iter(f"{C}v")][:6] == [
        "Retenue & autre", "Budget", "Durée", "4.75", "4", "Autre",
    ]  # fmt: skip
    assert "Données!$C$2:$C$3" in [f.text for f in root.iter(f"{C}f")]


def test_numbers_of_axes_are_positive() -> None:
    axes = etree.fromstring(grouped()).iter(f"{C}axId", f"{C}crossAx")
    assert all(int(axis.get("val", "")) > 0 for axis in axes)


def test_the_third_series_is_hatched() -> None:
    rows = (("A", "1", "2", "3"),)
    roles = ("libelle", "valeur", "valeur", "valeur")
    part = chart_of(Facts("groupees", "T", roles, ("", "x", "y", "z"), rows, {}), COLOURS)
    assert part and len(list(etree.fromstring(part.xml).iter(f"{A}pattFill"))) == 1


def test_a_part_of_a_whole_is_a_series_named_with_its_amount() -> None:
    rows = (("État", "600 €"), ("Région", "400 €"))
    part = chart_of(Facts("empilee", "T", ("libelle", "valeur"), ("", ""), rows, {}), COLOURS)
    assert part and "État, 600 €" in [v.text for v in etree.fromstring(part.xml).iter(f"{C}v")]


def test_values_of_a_series_have_the_decimals_of_the_finest() -> None:
    rows = (("mai", "1 jour"), ("juin", "1,5 jour"))
    part = chart_of(Facts("barres", "T", ("libelle", "valeur"), ("", ""), rows, {}), COLOURS)
    assert part and b'formatCode="[$-40C]#,##0.0"' in part.xml


def test_a_timeline_has_no_native_chart() -> None:
    assert chart_of(Facts("frise", "T", ("libelle",), ("",), (("A",),), {}), COLOURS) is None


@pytest.mark.parametrize(
    ("sample", "code"),
    [("4,75", "#,##0.00"), ("4\u202f148\u00a0€", '#,##0 "€"'), ("12 jours", "#,##0")],
)
def test_a_number_is_written_as_the_table_prints_it(sample: str, code: str) -> None:
    assert number_format(sample) == code


def test_a_row_holds_its_longest_label_beside_those_of_one_line() -> None:
    long = "L’animation d’un dispositif partenarial, et la participation à d’autres instances"
    rows = (("Accueil", "1"), (long, "2"), ("Suivi", "3"))
    said = Facts("barres", "T", ("libelle", "valeur"), ("", "Temps"), rows, {})
    assert height_of(said, 567.0) >= 2 * LEADING * SIZE


def test_bars_of_a_width_keep_room_for_their_labels_and_their_strong_values() -> None:
    rows = (("Une mission conduite", "1 500 €"), ("Deux", "20 €"))
    said = Facts("barres", "T", ("libelle", "valeur"), ("", "Montant"), rows, {})
    part = chart_of(said, COLOURS, width=567.0, row=21.0)
    assert part
    root = etree.fromstring(part.xml)
    left = float(next(root.iter(f"{C}x")).get("val", ""))
    assert 0.3 < left < 0.5
    assert float(next(root.iter(f"{C}max")).get("val", "")) > 1500
    assert [run.get("b") for run in root.iter(f"{A}defRPr")] == ["1", None]
