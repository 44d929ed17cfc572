"""Headings of Word: its list numbers parts, the text numbers articles."""

from lxml import etree

from dla_docs.formats.docx.headings import numbered, numbering_of, part_from_boxes, with_numbering
from dla_docs.tree.divisions import NUMBER
from dla_docs.tree.nodes import Node, attributes, inner, nodes, string, text

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
NAMES = {"w": W}
STYLES = (
    f'<w:styles xmlns:w="{W}"><w:style w:styleId="Heading1"><w:pPr><w:keepNext/>'
    '<w:spacing w:before="240"/></w:pPr><w:rPr><w:sz w:val="34"/></w:rPr></w:style>'
    '<w:style w:styleId="Heading2"><w:rPr><w:sz w:val="23"/></w:rPr></w:style></w:styles>'
).encode()


def header(number: str, words: str) -> Node:
    mark = {"t": "Span", "c": [attributes("", [NUMBER]), string(number)]}
    held = [mark, {"t": "Str", "c": "\u00a0"}] if number else []
    return {"t": "Header", "c": [1, attributes("un"), [*held, *string(words)]]}


def test_the_number_of_a_part_is_left_to_the_list() -> None:
    (block,) = numbered([header("1.", "Calendrier")])
    assert text(inner(block)) == "Calendrier"


def test_the_number_of_an_article_stands_in_the_margin() -> None:
    (block,) = numbered([header("Article\u00a01er\u00a0–", "Objet")])
    (number,) = [n for n in nodes(block, "Span") if dict(n["c"][0][2])]
    assert text(inner(number)) == "Art.\u00a01er"


def test_a_heading_without_number_leaves_the_list() -> None:
    _, free = numbered([header("1.", "Calendrier"), header("", "Annexe")])
    assert [dict(n["c"][0][2])["custom-style"] for n in nodes(free, "Span")] == ["SansNumero"]


def test_a_document_says_how_it_is_numbered() -> None:
    assert numbering_of([header("1.", "Un"), header("", "Deux")]) == "part"
    assert numbering_of([header("Article\u00a02\u00a0–", "Un")]) == "article"
    assert numbering_of([header("", "Un")]) == ""


def test_a_heading_that_one_adds_takes_its_number() -> None:
    root = etree.fromstring(with_numbering(STYLES, "part"))
    (style,) = root.findall("w:style[@w:styleId='Heading1']", NAMES)
    assert style.find("w:pPr/w:numPr/w:numId", NAMES) is not None


def test_parts_without_numbers_have_the_letters_of_a_section() -> None:
    root = etree.fromstring(with_numbering(STYLES, ""))
    assert root.xpath("//w:sz/@w:val", namespaces=NAMES) == ["23", "23"]


def test_a_title_stands_off_the_box_above_it() -> None:
    box = '<w:tbl/><w:bookmarkEnd w:id="1"/>'
    title = '<w:p><w:pPr><w:pStyle w:val="Heading1"/></w:pPr></w:p>'
    root = etree.fromstring(
        f'<w:document xmlns:w="{W}"><w:body>{title}{box}{title}</w:body></w:document>'
    )
    part_from_boxes(root)
    first, second = root.iter(f"{{{W}}}p")
    assert first.find(f".//{{{W}}}spacing") is None
    assert second.find(f".//{{{W}}}spacing") is not None
