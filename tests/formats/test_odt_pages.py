"""The pages of an ODT: the room of the funders, numbers in the margin, boxes laid as tables."""

from lxml import etree

from dla_docs.formats.odt.headings import hung
from dla_docs.formats.odt.heads import arranged
from dla_docs.formats.odt.layouts import Cell, Row, layout
from dla_docs.tree.divisions import FIGURES, NUMBER, VERDICT
from dla_docs.tree.nodes import Node, attributes, div, nodes, para, string, text


def raw(tree: object) -> str:
    return "".join(node["c"][1] for node in nodes(tree, "RawBlock"))


def test_a_layout_is_a_whole_table_whose_columns_say_their_width() -> None:
    blocks = layout("Boite", [54, 100], [Row([Cell("Vide", []), Cell("Vide", [])])])
    named = 'xmlns:table="t" xmlns:text="x" xmlns:office="o"'
    (table,) = etree.fromstring(f"<root {named}>{raw(blocks)}</root>")
    assert [column.get("{t}style-name") for column in table.iter("{t}table-column")] == [
        "Large5400",
        "Large10000",
    ]
    assert len(list(table.iter("{t}table-cell"))) == 2


def test_figures_stand_side_by_side_with_a_gutter_between() -> None:
    entries = [[string(figure), [[para(string("personnes"))]]] for figure in ("38", "30", "55")]
    listed: Node = {"t": "DefinitionList", "c": entries}
    blocks = arranged([div([listed], FIGURES)])
    assert raw(blocks).count("<table:table-cell") == 5
    assert text(blocks).split() == ["38", "personnes", "30", "personnes", "55", "personnes"]


def test_a_verdict_that_says_no_has_a_frame_of_its_own() -> None:
    blocks = arranged([div([para(string("Infructueux"))], VERDICT, negatif="oui")])
    assert 'table:style-name="CelluleVerdictNegatif"' in raw(blocks)


def test_a_number_hangs_before_a_tab() -> None:
    number = {"t": "Span", "c": [attributes("", [NUMBER]), string("2. ")]}
    header = {"t": "Header", "c": [1, attributes("besoin"), [number, *string("Le besoin")]]}
    (shown,) = hung([header])
    kinds = [node["t"] for node in shown["c"][2]]
    assert kinds[:2] == ["Str", "RawInline"] and text(shown).split() == ["2Le", "besoin"]
