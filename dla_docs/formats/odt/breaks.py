"""New pages of an ODT: a page style is asked for by the first paragraph of each."""

from lxml import etree

from dla_docs.formats.odt.layouts import is_layout
from dla_docs.formats.odt.odf import NAMES, Styles, odf

MASTERS = {"SautDePage": "Suite", "DebutPaysage": "Paysage", "FinPaysage": "Suite"}
"""Marks of a new page, and the page style each one opens."""


def lay_breaks(root: etree._Element, styles: Styles) -> None:
    """Each mark of a new page, made a break of what follows it."""
    for style, master in MASTERS.items():
        for paragraph in root.findall(f".//text:p[@text:style-name='{style}']", NAMES):
            _break_next(paragraph, master, styles)


def _break_next(mark: etree._Element, master: str, styles: Styles) -> None:
    """Start what follows a mark on a new page, with the header and footer of a page style.

    The mark stays before a title: one that both begins a page and keeps with what follows makes
    LibreOffice 7.4 forget the other titles' « keep with next » on that page (measured).
    """
    following, parent = mark.getnext(), mark.getparent()
    assert parent is not None, "a mark is in the text"
    attribute = odf("text", "style-name")
    plain = mark.get(attribute) == "SautDePage"
    if plain and following is not None and following.tag == odf("text", "h"):
        _at_top(following, styles)
        following = mark
    elif following is not None and following.tag == odf("table", "table") and is_layout(following):
        # Its style is that of all its kind.
        following = mark
    else:
        parent.remove(mark)
    if following is None:
        return
    if following.tag == odf("text", "table-of-content"):
        following = following.find(".//text:p", NAMES)
        assert following is not None, "contents have a title"
    if following.tag == odf("table", "table"):
        # A table has a style of its own, written by pandoc.
        own = styles.own(following, "table")
        if own is not None:
            own.set(odf("style", "master-page-name"), master)
        return
    inherited = following.get(attribute, "Standard")
    if inherited in MASTERS and following is not mark:
        return
    name = f"{master}{inherited}"
    following.set(attribute, name)
    if name in styles.named:
        return
    style = styles.add(name, "paragraph")
    style.set(odf("style", "parent-style-name"), inherited)
    style.set(odf("style", "master-page-name"), master)
    properties = etree.SubElement(style, odf("style", "paragraph-properties"))
    properties.set(odf("fo", "break-before"), "page")
    # LibreOffice reads both margins as one: the one left out would be none. 6 points are those
    # below a heading of level 1, which begins most pages.
    properties.set(odf("fo", "margin-top"), "0pt")
    properties.set(odf("fo", "margin-bottom"), "6pt")


def _at_top(heading: etree._Element, styles: Styles) -> None:
    """A heading at the top of its page, as those that come there by themselves."""
    style = styles.derived(heading, "Haut")
    if style is not None:
        properties = etree.SubElement(style, odf("style", "paragraph-properties"))
        # LibreOffice reads both margins as one: the one left out would be none.
        properties.set(odf("fo", "margin-top"), "0pt")
        first = str(style.get(odf("style", "parent-style-name"))) == "Heading_20_1"
        properties.set(odf("fo", "margin-bottom"), "7.5pt" if first else "1.5pt")
