"""Charts that Word edits in a document: their frame in the text, their parts, where they lead."""

import re
from decimal import Decimal

from lxml import etree

from dla_docs.drawings.facts import Facts
from dla_docs.drawings.ink import Palette
from dla_docs.formats.docx.charts import chart_changes, chart_parts, native
from dla_docs.formats.native_charts import BARS, ChartPart, NativeSeries, chart_part
from dla_docs.model.images import Image

COLOURS = Palette(
    "#0B4F5F", "#4F8D9B", "#E5F0F2", "#1B1D21", "#53575E", "#B3B8BF", "#B00047", ("S",)
)
DRAWING = Image(b"<svg/>", "svg", 567, 60)
TYPES = b'<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>'
RELATIONS = b'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"/>'


def facts(form: str = "barres", **options: str) -> Facts:
    rows = (("A", "1"), ("B", "2"))
    return Facts(form, "T", ("libelle", "valeur"), ("", "Jours"), rows, options)


def test_a_chart_has_its_words_and_leads_to_its_part() -> None:
    parts: list[ChartPart] = []
    (frame,) = native(parts, facts(), COLOURS, DRAWING, 'Barres & "mots"')
    assert "&amp; " in frame["c"][1]
    assert 'r:id="rIdGraphique1"' in frame["c"][1]
    assert len(parts) == 1


def test_what_is_signed_and_what_word_does_not_know_keep_their_drawing() -> None:
    parts: list[ChartPart] = []
    assert native(parts, facts(fige="oui"), COLOURS, DRAWING, "") == []
    assert native(parts, facts("frise"), COLOURS, DRAWING, "") == []
    assert parts == []


def test_every_part_is_typed_and_found() -> None:
    part = chart_part(BARS, ["A"], [NativeSeries("Jours", "plein", (Decimal(1),), "1")], COLOURS)
    changes = chart_changes([part])
    types = etree.fromstring(changes["[Content_Types].xml*"](TYPES))
    found = etree.fromstring(changes["word/_rels/document.xml.rels"](RELATIONS))
    named = {f"/{name}" for name in chart_parts([part])}
    assert [r.get("Target") for r in found] == ["charts/chart1.xml"]
    assert {t.get("PartName") for t in types if t.get("PartName")} <= named
    assert "xlsx" in [t.get("Extension") for t in types]


def test_a_document_without_a_chart_is_left_as_it_is() -> None:
    assert chart_changes([]) == {}
    assert chart_parts([]) == {}


def test_bars_side_by_side_are_named_in_their_order_above_the_chart() -> None:
    parts: list[ChartPart] = []
    columns = ("libelle", "valeur", "valeur")
    grouped = Facts("groupees", "T", columns, ("", "Retenue", "B & C"), (("A", "1", "2"),), {})
    line, _ = native(parts, grouped, COLOURS, DRAWING, "")
    words = re.sub(r"<[^>]+>", "", line["c"][1].replace("<w:tab/>", "|"))
    assert words.replace("\u00a0", " ") == "  Retenue|  B &amp; C"
    assert b"c:legend" not in parts[0].xml


def test_the_parts_of_a_stacked_bar_are_named_under_it_none_of_them_cut() -> None:
    parts: list[ChartPart] = []
    rows = (("Banque des Territoires", "12 €"), ("Région", "8 €"), ("État", "5 €"))
    stacked = Facts("empilee", "T", ("libelle", "valeur"), ("", "Somme"), rows, {})
    _, line = native(parts, stacked, COLOURS, DRAWING, "")
    said = re.sub(r"<[^>]+>", "", line["c"][1].replace("<w:tab/>", "|").replace("<w:br/>", "|"))
    assert said.replace("\u00a0", "_").split("|") == [
        "__12 €_Banque_des_Territoires", "__8 €_Région", "__5 €_État",
    ]  # fmt: skip
    assert "<w:b/></w:rPr><w:t>\u00a0\u00a012 €" in line["c"][1]
    assert line["c"][1].count('cx="108000"') == 2 * len(rows)
    assert b"c:legend" not in parts[0].xml


def test_bars_of_labels_of_one_line_are_no_higher_than_our_drawing() -> None:
    drawing = Image(b"<svg/>", "svg", 567, 43)
    (frame,) = native([], facts(), COLOURS, drawing, "")
    high = int(re.findall(r'cy="(\d+)"', frame["c"][1])[0]) / 9525
    assert high <= drawing.height + 3
