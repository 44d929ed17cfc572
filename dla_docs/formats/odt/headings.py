"""The numbers of headings, which an ODT hangs in the margin."""

from lxml import etree

from dla_docs.formats.odt.layouts import FORMAT
from dla_docs.formats.odt.odf import NAMES, odf
from dla_docs.tree.divisions import NUMBER
from dla_docs.tree.nodes import Node, Nodes, attributes, classes, each, raw_inline, text
from dla_docs.tree.numbers import is_article, short_number

_ARTICLE, _NUMBERED, _PLAIN = "Article", "TitreNumerote", "TitreSansNumero"
"""Styles: an article, a part with a number, a part where none has one."""


def hung(blocks: Nodes) -> Nodes:
    """The numbers of headings, each before a tab that leads to the axis."""
    return each(blocks, "Header", _hung)


def _hung(header: Node) -> Nodes:
    depth, attrs, inlines = header["c"]
    if not inlines or NUMBER not in classes(inlines[0]):
        return [header]
    words, tab = text(inlines[0]), raw_inline(FORMAT, "<text:tab/>")
    number: Nodes = short_number(words)
    if is_article(words):
        style = attributes(custom_style="NumeroArticle")
        # A first tab: its number ends at the same place whatever its figures.
        number = [tab, {"t": "Span", "c": [style, number]}]
    return [{"t": "Header", "c": [depth, attrs, [*number, tab, *inlines[1:]]]}]


def style_headings(root: etree._Element) -> None:
    """The styles of the headings that begin with a number; small where no part has one."""
    parts = root.findall(".//text:h[@text:outline-level='1']", NAMES)
    tabs = [len(heading.findall(".//text:tab", NAMES)) for heading in parts]
    for heading, count in zip(parts, tabs, strict=True):
        style = (_PLAIN, _NUMBERED, _ARTICLE)[min(count, 2)]
        if count or 1 not in tabs:
            heading.set(odf("text", "style-name"), style)
