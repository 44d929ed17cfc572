"""A document set closer: its styles alone change, in Word as in Writer."""

from lxml import etree

from dla_docs.formats.docx.closer import set_closer as set_word_closer
from dla_docs.formats.docx.wordml import W
from dla_docs.formats.notch import ONE_PAGE, TIGHT, UNDER_FIGURE, Notch
from dla_docs.formats.odt.closer import set_closer as set_writer_closer
from dla_docs.formats.odt.odf import NAMES, odf

SPACING = '<w:spacing w:before="0" w:after="120" w:line="300" w:lineRule="atLeast"/>'


def spacing_of(style: str, notch: Notch = ONE_PAGE) -> dict[str, str]:
    styles = (
        f'<w:styles xmlns:w="{W}"><w:style w:styleId="{style}"><w:pPr>{SPACING}</w:pPr></w:style>'
        "</w:styles>"
    )
    text = f'<w:document xmlns:w="{W}"/>'
    parts = {"word/styles.xml": styles.encode(), "word/document.xml": text.encode()}
    root = etree.fromstring(set_word_closer(parts, notch)["word/styles.xml"])
    (found,) = root.iter(f"{{{W}}}spacing")
    return {str(name).rpartition("}")[2]: str(value) for name, value in found.attrib.items()}


def test_the_text_of_word_has_closer_lines_and_less_space() -> None:
    assert spacing_of("BodyText") == {
        "before": "0",
        "after": str(round(120 * ONE_PAGE.space)),
        "line": str(round(ONE_PAGE.line * 20)),
        "lineRule": "exact",
    }


def test_a_drawing_keeps_air_under_it_however_close_the_text() -> None:
    assert spacing_of("Figure", TIGHT)["after"] == str(round(UNDER_FIGURE * 20))


def test_what_has_its_place_on_the_sheet_of_word_does_not_move() -> None:
    assert spacing_of("LogosGrille")["line"] == "300"


def test_the_text_of_writer_has_closer_lines() -> None:
    names = " ".join(f'xmlns:{prefix}="{uri}"' for prefix, uri in NAMES.items())
    root = etree.fromstring(
        f'<office:document-styles {names}><office:styles><style:style style:name="Standard" '
        'style:family="paragraph"><style:paragraph-properties fo:margin-bottom="6pt" '
        'style:line-height-at-least="15pt"/></style:style></office:styles>'
        "</office:document-styles>"
    )
    set_writer_closer(root, ONE_PAGE)
    (properties,) = root.iter(odf("style", "paragraph-properties"))
    assert properties.get(odf("fo", "line-height")) == f"{ONE_PAGE.line:g}pt"
    assert properties.get(odf("style", "line-height-at-least")) is None
