"""The headings of an ODT: Writer numbers parts, articles say their number in the margin.

Its outline cannot say « Art. 1er » and « Art. 2 »: the number of an article stays in the text.
"""

from lxml import etree

from dla_docs.formats.odt.layouts import FORMAT
from dla_docs.formats.odt.odf import NAMES, odf
from dla_docs.tree.divisions import NUMBER
from dla_docs.tree.nodes import Node, Nodes, attributes, classes, each, raw_inline, text
from dla_docs.tree.numbers import is_article, short_number

_ARTICLE, _PLAIN = "Article", "TitreSansNumero"
_UNDER_PLAIN = "Heading_20_3"
"""Styles: an article, a part where none has a number, a section of it. A part with one has that of
its level."""
_HANGING = "-12mm"
"""From the axis of the text to the number of a part."""


def hung(blocks: Nodes) -> Nodes:
    """The numbers of articles between two tabs; a tab for that of a part, which Writer counts."""
    return each(blocks, "Header", _hung)


def _hung(header: Node) -> Nodes:
    depth, attrs, inlines = header["c"]
    if not inlines or NUMBER not in classes(inlines[0]):
        return [header]
    words, tab = text(inlines[0]), raw_inline(FORMAT, "<text:tab/>")
    number: Nodes = []
    if is_article(words):
        style = attributes(custom_style="NumeroArticle")
        # A first tab: its number ends at the same place whatever its figures.
        number = [tab, {"t": "Span", "c": [style, short_number(words)]}]
    return [{"t": "Header", "c": [depth, attrs, [*number, tab, *inlines[1:]]]}]


def style_headings(root: etree._Element) -> None:
    """The styles of the headings that begin with a number; small where no part has one."""
    parts = root.findall(".//text:h[@text:outline-level='1']", NAMES)
    tabs = [heading.findall(".//text:tab", NAMES) for heading in parts]
    counted = any(len(found) == 1 for found in tabs)
    for heading, found in zip(parts, tabs, strict=True):
        if len(found) > 1:
            heading.set(odf("text", "style-name"), _ARTICLE)
        elif found:
            _drop(found[0])
        elif counted:
            # In the outline, but not counted.
            heading.set(odf("text", "is-list-header"), "true")
        else:
            heading.set(odf("text", "style-name"), _PLAIN)
    if not any(tabs):
        for heading in root.findall(".//text:h[@text:outline-level='2']", NAMES):
            heading.set(odf("text", "style-name"), _UNDER_PLAIN)


def _drop(tab: etree._Element) -> None:
    """Take a tab out, not the words after it."""
    parent, before = tab.getparent(), tab.getprevious()
    assert parent is not None, "a tab is in a heading"
    if before is None:
        parent.text = (parent.text or "") + (tab.tail or "")
    else:
        before.tail = (before.tail or "") + (tab.tail or "")
    parent.remove(tab)


def with_outline(styles: bytes, blocks: Nodes) -> bytes:
    """The outline that numbers the parts of these blocks: a heading that one adds takes its number.

    Only where one of them has a number that is not that of an article.
    """
    firsts = [block["c"][2] for block in blocks if block["t"] == "Header" and block["c"][0] == 1]
    marks = [inlines[0] for inlines in firsts if inlines and NUMBER in classes(inlines[0])]
    if all(is_article(text(mark)) for mark in marks):
        return styles
    root = etree.fromstring(styles)
    level = root.find(".//text:outline-level-style[@text:level='1']", NAMES)
    assert level is not None, "the reference has the styles of the outline"
    level.set(odf("style", "num-format"), "1")
    place = etree.SubElement(level, odf("style", "list-level-properties"))
    place.set(odf("text", "list-level-position-and-space-mode"), "label-alignment")
    label = etree.SubElement(place, odf("style", "list-level-label-alignment"))
    label.set(odf("text", "label-followed-by"), "listtab")
    label.set(odf("text", "list-tab-stop-position"), "0mm")
    label.set(odf("fo", "margin-left"), "0mm")
    label.set(odf("fo", "text-indent"), _HANGING)
    return bytes(etree.tostring(root, xml_declaration=True, encoding="UTF-8"))
