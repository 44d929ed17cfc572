"""Styles and lists of a DOCX: ours alone, and each paragraph in the one that says what it is."""

from lxml import etree

from dla_docs.formats.docx.lists import set_signs, styled_lists
from dla_docs.formats.docx.styles import kept_styles
from dla_docs.formats.docx.wordml import style_of, w
from tests.layout import LAYOUT

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
NAMES = {"w": W}
GALLERY = set(
    "Title Genre Subtitle Heading1 Heading2 Heading3 Article BodyText ListBullet ListNumber "
    "Question Verdict EnBref Encadre Tableau Caption Signature Libelle".split()
)
NUMBERING = etree.fromstring(
    f'<w:numbering xmlns:w="{W}">'
    '<w:abstractNum w:abstractNumId="991"><w:lvl w:ilvl="0"><w:numFmt w:val="bullet"/>'
    '<w:lvlText w:val="o"/><w:pPr><w:ind w:left="720" w:hanging="360"/></w:pPr>'
    '<w:rPr><w:rFonts w:ascii="Symbol"/></w:rPr></w:lvl></w:abstractNum>'
    '<w:abstractNum w:abstractNumId="992"><w:lvl w:ilvl="0"><w:numFmt w:val="decimal"/>'
    "</w:lvl></w:abstractNum>"
    '<w:num w:numId="1001"><w:abstractNumId w:val="991"/></w:num>'
    '<w:num w:numId="1002"><w:abstractNumId w:val="992"/></w:num></w:numbering>'
)


def listed(*numbers: str) -> etree._Element:
    items = "".join(
        '<w:p><w:pPr><w:pStyle w:val="Compact"/><w:numPr><w:ilvl w:val="0"/>'
        f'<w:numId w:val="{number}"/></w:numPr></w:pPr></w:p>'
        for number in numbers
    )
    return etree.fromstring(f'<w:body xmlns:w="{W}">{items}</w:body>')


def test_a_reader_chooses_a_style_by_a_name_with_its_accents() -> None:
    offered = '<w:style w:styleId="Encadre"><w:name w:val="Encadre"/><w:qFormat/></w:style>'
    part = f'<w:styles xmlns:w="{NAMES["w"]}">{offered}</w:styles>'.encode()
    (name,) = etree.fromstring(kept_styles(part, [])).iterfind(".//w:name", NAMES)
    assert name.get(w("val")) == "Encadré"


def test_the_gallery_offers_the_styles_of_the_charter() -> None:
    root = etree.fromstring((LAYOUT / "reference/docx/word/styles.xml").read_bytes())
    offered = root.xpath("//w:style[w:qFormat]/@w:styleId", namespaces=NAMES)
    assert set(offered) == GALLERY


def test_a_style_that_serves_nothing_is_left_out() -> None:
    part = (
        f'<w:styles xmlns:w="{W}"><w:style w:styleId="KeywordTok"/><w:style w:styleId="Fiche">'
        '<w:basedOn w:val="BodyText"/></w:style><w:style w:styleId="BodyText"/></w:styles>'
    )
    kept = etree.fromstring(kept_styles(part.encode(), [b'<w:pStyle w:val="Fiche"/>']))
    assert kept.xpath("//@w:styleId", namespaces=NAMES) == ["Fiche", "BodyText"]


def test_the_last_of_a_list_has_room_after() -> None:
    body = listed("1001", "1001", "1002")
    styled_lists(body, NUMBERING)
    assert [style_of(p) for p in body] == ["ListBullet", "ListBulletFin", "ListNumberFin"]


def test_a_bullet_is_a_dash_of_the_text() -> None:
    set_signs(NUMBERING)
    assert NUMBERING.xpath("//w:lvlText/@w:val", namespaces=NAMES) == ["–"]
    assert NUMBERING.xpath("//w:rFonts", namespaces=NAMES) == []
