"""Charts: bars as long as their values, labels that hold, words for those who do not see them."""

import itertools
import re
from decimal import Decimal
from typing import Any

import pytest
from lxml import etree

from dla_docs.model.errors import TemplateError
from dla_docs.tree.charts import Bar, charts, draw, with_drawings
from dla_docs.tree.nodes import Node, div, nodes, pairs, para, string, text

CHARTER: dict[str, Any] = {
    "couleurs": {"accent": "#0B5C7A", "filet": "#B4C1D3", "texte": "#1E2329"},
    "polices": {"texte": "Source Sans 3"},
}
SVG = "{http://www.w3.org/2000/svg}"


def listed(*rows: tuple[str, str]) -> Node:
    cells = [[[{"t": "Plain", "c": string(cell)}] for cell in row] for row in rows]
    return {"t": "BulletList", "c": [[{"t": "BulletList", "c": row}] for row in cells]}


def chart(*rows: tuple[str, str], **options: str) -> Node:
    options = {"titre": "Jours par étape", **options}
    return div([listed(("Étape", "Jours"), *rows)], "graphique", **options)


def alternative(*rows: tuple[str, str], **options: str) -> str:
    (built,) = charts([chart(*rows, **options)])
    return " ".join(pairs(built)["alternative"].split())


def drawn(*bars: Bar, width: float = 640) -> etree._Element:
    return etree.fromstring(draw(list(bars), CHARTER, width).content)


def bar(label: str, value: str) -> Bar:
    return Bar(label, Decimal(value), value)


def test_a_list_becomes_a_table_with_its_values_in_french() -> None:
    (built,) = charts([chart(("Lancement", "1"), ("Suivi", "1234.5"), unite="jour")])
    (table,) = nodes(built, "Table")
    said = [text(cell[4]).strip() for row in table["c"][4][0][3] for cell in row[1]]
    assert said == ["Lancement", "1\u00a0jour", "Suivi", "1\u202f234,5\u00a0jours"]


@pytest.mark.parametrize(
    ("written", "value"),
    [("12,5", "12.5"), ("1 250", "1250"), ("12\u202f345,60\u00a0€", "12345.60"), ("20 %", "20")],
)
def test_a_number_is_read_as_it_is_printed(written: str, value: str) -> None:
    (built,) = charts([chart(("Lancement", written))])
    assert pairs(built)["valeurs"] == value


def test_alternative_tells_the_extremes() -> None:
    said = alternative(("A", "12"), ("B", "45"), ("C", "30"), unite="jour")
    assert said == (
        "Graphique en barres : Jours par étape. 3 barres, de 12 jours (A) à 45 jours (B) ; "
        "les valeurs sont dans le tableau qui suit."
    )


def test_alternative_of_one_bar_and_of_equal_bars() -> None:
    assert alternative(("A", "12")).endswith("étape. A : 12.")
    assert alternative(("A", "12"), ("B", "12")).endswith("2 barres égales, 12 chacune.")


def test_a_chart_without_data_is_dropped() -> None:
    assert charts([chart()]) == []


@pytest.mark.parametrize("written", ["-3", "−3", "aucun", "2 ou 3"])
def test_what_is_not_one_positive_number_is_refused(written: str) -> None:
    with pytest.raises(TemplateError, match="ne se met pas en barre"):
        charts([chart(("A", written))])


def test_a_chart_has_a_title() -> None:
    with pytest.raises(TemplateError, match="n’a pas de titre"):
        charts([chart(("A", "1"), titre=" ")])


def test_bars_are_as_long_as_their_values() -> None:
    picture = drawn(bar("A", "10"), bar("B", "5"), bar("C", "0"))
    lengths = [float(rect.get("width", "")) for rect in picture.iter(f"{SVG}rect")]
    assert lengths[1] == pytest.approx(lengths[0] / 2, abs=0.1)
    assert lengths[2] == 0


def test_equal_zeros_are_drawn() -> None:
    picture = drawn(bar("A", "0"), bar("B", "0"))
    assert [rect.get("width") for rect in picture.iter(f"{SVG}rect")] == ["0.0", "0.0"]


def test_long_labels_are_cut_in_lines_that_stay_in_the_drawing() -> None:
    words = "Accompagnement à la transformation anticonstitutionnellement-prolongée " * 2
    picture = drawn(bar(words + "W" * 80, "10"))
    for line in picture.iter(f"{SVG}text"):
        if line.get("text-anchor") == "end":
            assert float(line.get("x", "")) >= 0.5 * 13 * len(line.text or "")


def test_rows_do_not_overlap() -> None:
    picture = drawn(*(bar("Un libellé assez long pour prendre plusieurs lignes " * 2, "3"),) * 4)
    heights = [float(line.get("y", "")) for line in picture.iter(f"{SVG}text")
               if line.get("text-anchor") == "end"]  # fmt: skip
    assert all(after - before > 13 for before, after in itertools.pairwise(heights))
    assert heights[-1] < float(picture.get("height", ""))


def test_labels_are_text_whatever_they_hold() -> None:
    picture = drawn(bar('<script> & "co"', "1"))
    assert '<script> & "co"' in ["".join(t.itertext()) for t in picture.iter(f"{SVG}text")]


def test_colours_are_those_of_the_charter() -> None:
    colours = set(re.findall("#[0-9A-F]{6}", etree.tostring(drawn(bar("A", "1"))).decode()))
    assert colours == set(CHARTER["couleurs"].values())


def test_each_drawing_is_one_more_image_of_the_document() -> None:
    blocks = charts([chart(("A", "1")), para(string("Entre deux.")), chart(("B", "2"))])
    changed, images = with_drawings(blocks, (), CHARTER, 170)
    assert [image["c"][2][0] for image in nodes(changed, "Image")] == ["image:0", "image:1"]
    assert [image.kind for image in images] == ["svg", "svg"]
