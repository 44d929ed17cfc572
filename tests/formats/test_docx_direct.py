"""What pandoc writes on the words and paragraphs of a DOCX, said by styles."""

from lxml import etree

from dla_docs.formats.docx.direct import say_by_styles
from dla_docs.formats.docx.wordml import W

STYLES = etree.fromstring(
    f'<w:styles xmlns:w="{W}"><w:style w:styleId="Tableau"/>'
    '<w:style w:styleId="TableauTete"><w:basedOn w:val="Gras"/></w:style>'
    '<w:style w:styleId="Gras"><w:rPr><w:b/></w:rPr></w:style></w:styles>'
)


def said(style: str, paragraph: str = "", words: str = "") -> str:
    root = etree.fromstring(
        f'<w:body xmlns:w="{W}"><w:p><w:pPr><w:pStyle w:val="{style}"/>{paragraph}</w:pPr>'
        f"<w:r><w:rPr>{words}</w:rPr></w:r></w:p></w:body>"
    )
    say_by_styles(root, STYLES)
    return etree.tostring(root).decode()


def test_figures_have_a_style_that_stands_on_the_right() -> None:
    written = said("Tableau", '<w:jc w:val="right"/>')
    assert 'w:val="TableauChiffre"' in written
    assert "w:jc" not in written


def test_the_left_is_not_said() -> None:
    assert "w:jc" not in said("Tableau", '<w:jc w:val="left"/>')


def test_strong_words_have_a_style() -> None:
    written = said("Tableau", words="<w:b/><w:bCs/>")
    assert '<w:rStyle w:val="Strong"/>' in written
    assert "<w:b/>" not in written


def test_strong_words_of_a_bold_paragraph_say_nothing() -> None:
    written = said("TableauTete", words="<w:b/>")
    assert "Strong" not in written
    assert "<w:b/>" not in written


def test_what_is_raised_has_a_style() -> None:
    assert '"Exposant"' in said("Tableau", words='<w:vertAlign w:val="superscript"/>')


def test_words_with_a_style_keep_what_is_said_over_it() -> None:
    written = said("Tableau", words='<w:rStyle w:val="Hyperlink"/><w:b/>')
    assert "Hyperlink" in written
    assert "<w:b/>" in written


def test_words_on_a_full_box_are_white_in_libreoffice_too() -> None:
    written = said("Tableau", words='<w:rStyle w:val="PastillePleine"/>')
    assert '<w:rStyle w:val="PastillePleine"/><w:color w:val="FFFFFF"/>' in written
