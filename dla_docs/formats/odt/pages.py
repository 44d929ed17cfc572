"""The pages of an ODT: what their heads and feet say, and the tab at their edge."""

from dataclasses import dataclass

from lxml import etree

from dla_docs.formats.draft import WORD, mark_pages
from dla_docs.formats.notch import Notch
from dla_docs.formats.odt.closer import set_closer
from dla_docs.formats.odt.fonts import Face, declare
from dla_docs.formats.odt.odf import NAMES, odf
from dla_docs.formats.office import emitter_lines
from dla_docs.formats.properties import Properties

_TAB, _FRAME = "Onglet.Mot", "Onglet.Cadre"
"""The styles of the tab: a cell of the running heads, a frame on the first page."""

_EMITTER = "Emetteur"
"""The style of who writes, in a foot."""
_SECOND = 4.0
"""Millimetres of a second line of a foot, taken from the margin under it: the rule stays."""


@dataclass(frozen=True)
class Pages:
    """What the pages of a document are: their fonts, `alert` the colour of a draft.

    A page that is a cover has no tab: its band stands for it. `room`: millimetres that the first
    page keeps under its text; `notch`: how much closer than the charter the text is set.
    """

    embedded: tuple[Face, ...]
    alert: str
    covered: bool
    room: float
    notch: Notch | None


def finished(part: bytes, properties: Properties, pages: Pages) -> bytes:
    """The styles with the words of this document."""
    root = etree.fromstring(mark_pages(part) if properties.draft else part)
    etree.strip_tags(root, etree.Comment)
    words = {
        "@@TITRE@@": properties.running_title,
        "@@NUMERO@@": properties.piece,
        "@@EMETTEUR@@": properties.emitter,
        "@@PIECE@@ ": properties.before_page,
    }
    for element in root.iter(odf("text", "p"), odf("text", "tab"), odf("text", "span")):
        element.text, element.tail = (words.get(t or "", t) for t in (element.text, element.tail))
    lines = emitter_lines(properties)
    if len(lines) > 1:
        _on_two_lines(root, *lines)
    if pages.covered:
        for frame in root.findall(f".//draw:frame[@draw:style-name='{_FRAME}']", NAMES):
            parent = frame.getparent()
            assert parent is not None, "a frame is in a paragraph"
            parent.remove(frame)
    if pages.room:
        _keep(root, pages.room)
    if properties.draft:
        _draft(root, pages.alert)
    if pages.notch is not None:
        set_closer(root, pages.notch)
    declare(root, pages.embedded)
    return bytes(etree.tostring(root, xml_declaration=True, encoding="UTF-8"))


def _on_two_lines(root: etree._Element, name: str, place: str) -> None:
    """The place of who writes under its name: the rank of the page would be cut otherwise."""
    for span in root.findall(f".//text:span[@text:style-name='{_EMITTER}']", NAMES):
        paragraph = span.getparent()
        assert paragraph is not None, "who writes is named in a foot"
        span.text = name
        second = etree.SubElement(paragraph, odf("text", "span"))
        second.set(odf("text", "style-name"), _EMITTER)
        etree.SubElement(second, odf("text", "line-break")).tail = place
    for layout in root.iterfind(".//style:page-layout", NAMES):
        (sheet,) = layout.findall("style:page-layout-properties", NAMES)
        add_length(sheet, "margin-bottom", -_SECOND)
        for foot in layout.iterfind("style:footer-style/*", NAMES):
            add_length(foot, "min-height", _SECOND)


def add_length(properties: etree._Element, name: str, more: float) -> None:
    """Millimetres more of a length."""
    before = float(str(properties.get(odf("fo", name))).removesuffix("mm"))
    properties.set(odf("fo", name), f"{before + more:g}mm")


def _keep(root: etree._Element, room: float) -> None:
    """Millimetres of a first page left above its foot."""
    layout = root.find(".//style:page-layout[@style:name='PagePremiere']", NAMES)
    foot = None if layout is None else layout.find("style:footer-style/*", NAMES)
    assert foot is not None, "the reference has a first page with a foot"
    for name in ("min-height", "margin-top"):
        add_length(foot, name, room)


def _draft(root: etree._Element, alert: str) -> None:
    """The tab of a draft: its word in the colour of alerts, on white."""
    for paragraph in root.findall(".//text:p[@text:style-name='Onglet']", NAMES):
        paragraph.text = WORD
    text = root.find(".//style:style[@style:name='Onglet']/style:text-properties", NAMES)
    assert text is not None, "the reference has the style of the tab"
    text.set(odf("fo", "color"), alert)
    for name in (_TAB, _FRAME):
        style = root.find(f".//style:style[@style:name='{name}']", NAMES)
        assert style is not None, "the reference has the tab"
        for properties in style:
            properties.set(odf("fo", "background-color"), "#FFFFFF")
            properties.set(odf("fo", "border"), f"1pt solid {alert}")
            if name == _FRAME:
                properties.set(odf("draw", "fill-color"), "#FFFFFF")
