"""The pages of an ODT: the room of the funders, numbers in the margin, boxes laid as tables."""

import re

import pytest
from lxml import etree

from dla_docs.formats.odt.fields import side_by_side
from dla_docs.formats.odt.headings import hung, style_headings, with_outline
from dla_docs.formats.odt.heads import arranged
from dla_docs.formats.odt.layouts import Cell, Row, layout
from dla_docs.formats.odt.odf import NAMES, odf
from dla_docs.formats.odt.pages import add_length
from dla_docs.tree.divisions import FIGURES, NUMBER, VERDICT
from dla_docs.tree.nodes import Node, attributes, div, nodes, para, string, text
from tests.layout import LAYOUT


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


def header(number: str, words: str) -> Node:
    mark = {"t": "Span", "c": [attributes("", [NUMBER]), string(number)]}
    return {
        "t": "Header",
        "c": [1, attributes("un"), [*([mark] if number else []), *string(words)]],
    }


def test_the_number_of_an_article_hangs_between_two_tabs() -> None:
    (shown,) = hung([header("Article\u00a02\u00a0–", "Objet")])
    assert [node["t"] for node in shown["c"][2]][:3] == ["RawInline", "Span", "RawInline"]
    assert text(shown).strip() == "Art.\u00a02Objet"


STYLES = (
    f'<s xmlns:text="{NAMES["text"]}" xmlns:style="{NAMES["style"]}">'
    '<text:outline-level-style text:level="1" style:num-format=""/></s>'
).encode()


@pytest.mark.parametrize(
    ("number", "format"), [("1. ", "1"), ("Article\u00a02\u00a0–", ""), ("", "")]
)
def test_the_outline_numbers_parts_alone(number: str, format: str) -> None:
    (level,) = etree.fromstring(with_outline(STYLES, [header(number, "Le besoin")]))
    assert level.get(odf("style", "num-format")) == format


def test_a_part_keeps_its_words_and_one_without_number_is_not_counted() -> None:
    written = '<text:h text:outline-level="1"{}>{}</text:h>'
    parts = written.format("", "<text:tab/>Le besoin") + written.format("", "Annexe")
    root = etree.fromstring(f'<r xmlns:text="{NAMES["text"]}">{parts}</r>')
    style_headings(root)
    assert ["".join(part.itertext()) for part in root] == ["Le besoin", "Annexe"]
    assert [part.get(odf("text", "is-list-header")) for part in root] == [None, "true"]


def test_a_reader_chooses_among_styles_with_french_names() -> None:
    written = (LAYOUT / "reference/odt/styles.xml").read_text(encoding="utf-8")
    opened = re.findall(r"<style:style [^>]*>", written)
    ours = [tag for tag in opened if re.search('style:name="(Ancre|Encadre|Reponse|Trait)"', tag)]
    shown = [tag for tag in ours if "loext:hidden" not in tag]
    assert [re.findall('display-name="(.*?)"', tag) for tag in shown] == [["Encadré"], ["Réponse"]]


def test_a_second_line_of_a_foot_takes_its_room_from_the_margin_under_it() -> None:
    named = "xmlns:fo='urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0'"
    (sheet,) = etree.fromstring(f"<r {named}><p fo:margin-bottom='12.5mm'/></r>")
    add_length(sheet, "margin-bottom", -4.0)
    assert sheet.get(odf("fo", "margin-bottom")) == "8.5mm"


def test_the_tab_key_passes_over_the_labels_of_answers_side_by_side() -> None:
    label = div([para(string("Nom"))], custom_style="LibelleChamp")
    cell = [label, div([para(string("Écrire ici"))], custom_style="Champ")]
    rows = raw(side_by_side([cell, cell])).split("<table:table-row>")[1:]
    assert [row.count("<table:table-cell") for row in rows] == [2, 2]
    assert [row.count('table:protected="true"') for row in rows] == [2, 0]
