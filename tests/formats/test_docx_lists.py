"""The lists of Word: each item in the style of its list."""

from lxml import etree

from dla_docs.formats.docx.lists import styled_lists
from dla_docs.formats.docx.wordml import W, style_of, w

ITEM = '<w:p><w:pPr>{}<w:numPr><w:ilvl w:val="0"/><w:numId w:val="7"/></w:numPr></w:pPr></w:p>'
NUMBERS = (
    f'<w:numbering xmlns:w="{W}"><w:abstractNum w:abstractNumId="1"><w:lvl w:ilvl="0">'
    '<w:numFmt w:val="decimal"/></w:lvl></w:abstractNum>'
    '<w:num w:numId="7"><w:abstractNumId w:val="1"/></w:num></w:numbering>'
)


def test_an_item_that_pandoc_leaves_without_style_has_that_of_its_list() -> None:
    items = ITEM.format('<w:pStyle w:val="Compact"/>') + ITEM.format("")
    root = etree.fromstring(f'<w:body xmlns:w="{W}">{items}<w:p/></w:body>')
    styled_lists(root, etree.fromstring(NUMBERS))
    assert [style_of(item) for item in root.iter(w("p"))] == ["ListNumber", "ListNumberFin", None]
