"""Boxes and columns of a Word page: tables of layout around their blocks."""

import pytest
from lxml import etree

from dla_docs.formats.docx.boxes import (
    Look,
    brief,
    cartouche,
    figures,
    framed_note,
    in_order,
    record,
    signed,
    stages,
    verdict,
)
from dla_docs.formats.docx.cells import Cell, Row, Rule, laid, twips
from dla_docs.tree.nodes import Node, Nodes, div, nodes, para, string, text

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
NAMES = {"w": W}
LOOK = Look("0B4F5F", "E5F0F2", "53575E", "B3B8BF", "B00047", 150, 40, 20, 42)


def xml(blocks: Nodes) -> etree._Element:
    """The markup around blocks, which are left out but for an empty paragraph each."""
    raw = "".join(b["c"][1] if b["t"] == "RawBlock" else "<w:p/>" for b in blocks)
    return etree.fromstring(f'<w:body xmlns:w="{W}">{raw}</w:body>')


def styles(blocks: Nodes) -> list[str]:
    """The styles of the blocks, in order."""
    return [dict(b["c"][0][2])["custom-style"] for b in nodes(blocks, "Div")]


def pairs(*entries: tuple[str, str]) -> Node:
    return {
        "t": "DefinitionList",
        "c": [[string(term), [[para(string(value))]]] for term, value in entries],
    }


def widths(table: etree._Element) -> list[int]:
    return [int(c.get(f"{{{W}}}w", "0")) for c in table.findall(".//w:gridCol", NAMES)]


def test_a_box_goes_out_of_the_axis_and_its_text_does_not() -> None:
    root = xml(verdict(div([para(string("Bon à payer")), para(string("Rien."))]), LOOK))
    (indent,) = root.xpath("//w:tblInd/@w:w", namespaces=NAMES)
    (margin,) = root.xpath("//w:tcMar/w:left/@w:w", namespaces=NAMES)
    assert int(indent) == -int(margin) == twips(-4)


def test_what_blocks_is_said_in_red_and_in_a_thicker_frame() -> None:
    word = [para(string("À ne pas payer"))]
    blocked = {"t": "Div", "c": [["", ["verdict"], [["negatif", "oui"]]], word]}
    root = xml(verdict(blocked, LOOK))
    assert set(root.xpath("//w:tcBorders/*/@w:sz", namespaces=NAMES)) == {"24"}
    assert styles(verdict(blocked, LOOK)) == ["VerdictNegatif"]


@pytest.mark.parametrize(("facts", "columns"), [(2, 2), (3, 3), (4, 4), (5, 3), (6, 3)])
def test_facts_stand_in_three_or_four_columns(facts: int, columns: int) -> None:
    block = div([pairs(*[(f"Fait {n}", "dit") for n in range(facts)])])
    inside = xml(brief(block, LOOK)).findall(".//w:tc//w:tbl", NAMES)
    assert [len(widths(table)) for table in inside] == [columns]


def test_a_fact_that_needs_room_takes_it_from_the_others() -> None:
    date = "du\u00a010\u00a0septembre\u00a02026"
    block = div([pairs(("A", date), ("B", "b"), ("C", "c"), ("D", "d"))])
    first, second, *_ = widths(xml(brief(block, LOOK)).findall(".//w:tc//w:tbl", NAMES)[0])
    assert first > second


def test_the_current_step_is_thick_and_the_whole_is_said() -> None:
    root = xml(stages(4, LOOK))
    assert root.xpath("//w:tcBorders/w:top/@w:sz", namespaces=NAMES).count("56") == 1
    (said,) = root.xpath("//w:tblDescription/@w:val", namespaces=NAMES)
    assert said == "Étape 4 sur 5 : mission"


def test_figures_have_rules_that_do_not_touch() -> None:
    root = xml(figures(div([pairs(("38", "salariés"), ("55", "bénévoles"))]), LOOK))
    cells = root.findall(".//w:tc", NAMES)
    assert [bool(c.findall(".//w:tcBorders", NAMES)) for c in cells] == [True, False, True]


def test_a_signatory_has_a_box_of_45_mm_and_a_line_to_write_on() -> None:
    role, line = para(string("Pour le DLA")), para(string("Fait à, le"))
    cell = [role, para([{"t": "Strong", "c": string("Le Mélézin")}]), line]
    blocks = signed([cell, cell, cell], LOOK)
    heights = xml(blocks).xpath("//w:trHeight[@w:hRule='atLeast']/@w:val", namespaces=NAMES)
    assert heights == [str(twips(45))] * 2
    assert styles(blocks)[:3] == ["SignatureRole", "SignatureNom", "SignatureLigne"]


def test_a_note_that_begins_in_bold_has_a_title() -> None:
    bold = para([{"t": "Strong", "c": string("Validé")}])
    assert styles(framed_note(div([bold, para(string("Réserve"))]), LOOK)) == [
        "EncadreTitre",
        "Encadre",
    ]


def test_labels_and_values_have_styles_of_their_own() -> None:
    block = div([pairs(("Date", "5 novembre"))])
    assert styles(record(block, LOOK)) == ["FicheLibelle", "Fiche"]
    assert styles(cartouche(block, LOOK, short=True)) == ["LibelleBloc", "ValeurBloc"]


def test_what_is_right_is_read_from_left_to_right() -> None:
    cells = [[para(string(f"✓ point {n}"))] for n in range(3)]
    assert len(xml(in_order(cells, LOOK)).findall(".//w:tr", NAMES)) == 2


def test_no_margin_is_left_to_the_program() -> None:
    rule = {"top": Rule(1, "000000")}
    root = xml(laid([Row((Cell(150, [], rules=rule),))]))
    assert set(root.xpath("//w:tblCellMar/*/@w:w", namespaces=NAMES)) == {"0"}


def test_brief_without_a_fact_is_a_sentence_in_its_box() -> None:
    box = brief(div([para(string("Écrivez dans ce modèle."))], "en-bref"), LOOK)
    assert styles(box) == ["En bref", "Body Text"]
    assert len(xml(box).findall("w:tbl", NAMES)) == 1


def test_where_and_when_one_signs_each_have_a_line_and_the_place_is_not_asked_twice() -> None:
    role = para(string("Pour le DLA"))
    for asked, rules in (("Fait à, le", 2), ("Le", 1)):
        held = nodes(signed([[role, para(string(asked))]], LOOK), "Div")
        (line,) = (b for b in held if styles([b]) == ["SignatureLigne"])
        assert sum(raw["c"][1].count("<w:tab/>") for raw in nodes(line, "RawInline")) == rules
        assert text(line).strip() == asked
