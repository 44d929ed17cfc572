"""The content of an ODT: what pandoc wrote, completed with what it does not write."""

from collections.abc import Sequence
from copy import deepcopy
from dataclasses import dataclass
from math import fsum

from lxml import etree

from dla_docs.formats.notch import Notch
from dla_docs.formats.odt.breaks import lay_breaks
from dla_docs.formats.odt.closer import set_rows_closer
from dla_docs.formats.odt.frames import lay_frames
from dla_docs.formats.odt.headings import style_headings
from dla_docs.formats.odt.layouts import columns, is_layout
from dla_docs.formats.odt.lists import lay_lists, part_lists
from dla_docs.formats.odt.odf import NAMES, Styles, odf
from dla_docs.formats.odt.tables import Look, dress_tables
from dla_docs.formats.office import DECORATIVE
from dla_docs.formats.together import (
    UNDER_DRAWING,
    announces,
    concludes,
)
from dla_docs.tree.divisions import DIVISIONS, LOGOS

_WHOLE = "style:table-properties[@style:may-break-between-rows='false']"
_ROW, _MOVED = 17.0, 180.0
"""Points of a row of a table, about; those that a drawing and its table move together, at most."""


@dataclass(frozen=True)
class Told:
    """What the tree says that pandoc does not write.

    The alternative texts of images, what each table asks for, and the millimetres of the text of a
    page, then of one on its side; where the funders of the first page begin; how much closer than
    the charter it is set.
    """

    alternatives: Sequence[str]
    looks: Sequence[Look]
    widths: tuple[float, float]
    top_of_funders: float
    notch: Notch | None = None


def finished(part: bytes, told: Told) -> bytes:
    """The content with its tables dressed, its pages begun, its frames in their place."""
    root = etree.fromstring(part)
    # Those of the layout, for who writes it.
    etree.strip_tags(root, etree.Comment)
    automatic = root.find("office:automatic-styles", NAMES)
    body = root.find("office:body/office:text", NAMES)
    assert automatic is not None and body is not None, "page.opendocument holds both"
    styles = Styles.of(automatic)
    dress_tables(root, styles, told.looks, told.widths)
    columns(root, styles)
    _describe(root, told.alternatives)
    style_headings(root)
    lay_lists(styles)
    part_lists(root, styles)
    _space_emitters(body)
    lay_frames(root, told.widths[0], told.top_of_funders)
    _sign(body)
    _loosen(body, styles)
    _free_articles(body)
    _quote(styles)
    lay_breaks(root, styles)
    for paragraph in body.findall("text:p", NAMES):
        words, under = str(paragraph.xpath("string()")), paragraph.getnext()
        titles = under is not None and under.get(odf("text", "style-name")) == "TitreGraphique"
        if announces(words) or (words and titles and concludes(words)):
            _keep_next(paragraph, styles)
    for found in body.findall("text:list", NAMES):
        for rank in (0, -2):
            _keep_item(found, rank, styles)
    _end_after_table(body, styles)
    if told.notch is not None:
        set_rows_closer(root, told.notch)
    _drop_unused(root, automatic)
    return bytes(etree.tostring(root, xml_declaration=True, encoding="UTF-8"))


def _drop_unused(root: etree._Element, automatic: etree._Element) -> None:
    """Only the styles that this text uses: the layout has those of every type."""
    name, family = odf("style", "name"), odf("style", "style")
    used = {
        str(value)
        for element in root.iter()
        for attribute, value in element.attrib.items()
        if attribute != name
    }
    for style in automatic.findall(f"{family}"):
        if style.get(name) not in used:
            automatic.remove(style)


def _describe(root: etree._Element, alternatives: Sequence[str]) -> None:
    """The alternative texts of images, which pandoc drops in ODT.

    No `svg:title` beside: LibreOffice's PDF says both (measured). After the image: the schema
    orders a frame's content.
    """
    frames = list(root.iter(odf("draw", "frame")))
    for frame, words in zip(frames, alternatives, strict=True):
        if words != DECORATIVE:
            etree.SubElement(frame, odf("svg", "desc")).text = words


def _space_emitters(body: etree._Element) -> None:
    """The last row of the logos that begin the first page, over the space of the head."""
    name, last = DIVISIONS[LOGOS].style, None
    for element in body.iterchildren():
        if element.get(odf("text", "style-name")) != name:
            break
        last = element
    if last is not None:
        last.set(odf("text", "style-name"), "LogosTete")
    else:
        body.insert(0, etree.Element(odf("text", "p"), {odf("text", "style-name"): "SansLogos"}))


def _sign(body: etree._Element) -> None:
    """The name under a letter, over no space to sign in: that is above it."""
    signed = body.findall("text:p[@text:style-name='Signataire']", NAMES)
    if len(signed) > 1:
        signed[-1].set(odf("text", "style-name"), "SignataireNom")


def _free_articles(body: etree._Element) -> None:
    """Of the articles kept with signatures, the last alone: all would empty half of a page."""
    name = odf("text", "style-name")
    for kept in body.findall("text:p[@text:style-name='FaitA']", NAMES):
        following = kept.getnext()
        if following is not None and following.tag == odf("text", "h"):
            kept.set(name, "First_20_paragraph")


def _loosen(body: etree._Element, styles: Styles) -> None:
    """A drawing free of what follows it, unless its table does and both make no hole together."""
    for drawing in body.findall("text:p[@text:style-name='Dessin']", NAMES):
        table = drawing.getnext()
        shown = table is not None and table.tag == odf("table", "table")
        if table is None or not shown or _long(drawing, table, styles):
            drawing.set(odf("text", "style-name"), "DessinSeul")
        style = styles.derived(drawing, "Sur") if shown else None
        if style is not None:
            spaced = etree.SubElement(style, odf("style", "paragraph-properties"))
            # LibreOffice reads both margins as one: the one left out would be none.
            spaced.set(odf("fo", "margin-top"), "3pt")
            spaced.set(odf("fo", "margin-bottom"), f"{UNDER_DRAWING:g}pt")


def _long(drawing: etree._Element, table: etree._Element, styles: Styles) -> bool:
    """Whether a drawing and a table that is never split would empty much of a page by moving."""
    style = styles.own(table, "table")
    whole = style is not None and style.find(_WHOLE, NAMES) is not None
    heights = [str(frame.get(odf("svg", "height"))) for frame in drawing.iter(odf("draw", "frame"))]
    drawn = fsum(float(height.removesuffix("in")) * 72 for height in heights)
    rows = len(list(table.iter(odf("table", "table-row"))))
    return whole and drawn + rows * _ROW > _MOVED


def _quote(styles: Styles) -> None:
    """Quotations where their own style puts them: pandoc sets them far in the page."""
    for style in styles.root.findall("style:style[@style:parent-style-name='Quotations']", NAMES):
        for properties in style.findall("style:paragraph-properties", NAMES):
            for name in ("margin-left", "margin-right", "text-indent"):
                properties.attrib.pop(odf("fo", name), "")


def _keep_next(paragraph: etree._Element, styles: Styles) -> None:
    """A paragraph on the page of what it announces, by a style of its own over the one it has."""
    style = styles.derived(paragraph, "Annonce")
    if style is not None:
        properties = etree.SubElement(style, odf("style", "paragraph-properties"))
        properties.set(odf("fo", "keep-with-next"), "always")


def _keep_item(found: etree._Element, rank: int, styles: Styles) -> None:
    """An item of a list on the page of the next: never one dash alone, first or last."""
    items = found.findall("text:list-item", NAMES)
    held = None if len(items) == 1 else items[rank].find("text:p", NAMES)
    style = None if held is None else styles.own(held, "text")
    if held is None or style is None or len(items[rank]) > 1:
        return
    own = str(style.get(odf("style", "name")))
    name = f"Premier{own.removeprefix('Premier')}"
    held.set(odf("text", "style-name"), name)
    if name in styles.named:
        return
    kept = deepcopy(style)
    kept.set(odf("style", "name"), name)
    for properties in kept.findall("style:paragraph-properties", NAMES):
        properties.set(odf("fo", "keep-with-next"), "always")
    styles.root.append(kept)
    styles.named[name] = kept


def _end_after_table(body: etree._Element, styles: Styles) -> None:
    """A paragraph as low as may be after a last table.

    LibreOffice adds one of its own otherwise, of full height: at the foot of a page, it alone made
    another (seen on two documents of the demonstration).
    """
    if not len(body) or body[-1].tag != odf("table", "table"):
        return
    style = styles.own(body[-1], "table")
    if style is not None and is_layout(body[-1]):
        # That of a layout is of all its kind.
        style = deepcopy(style)
        style.set(odf("style", "name"), f"{style.get(odf('style', 'name'))}Fin")
        body[-1].set(odf("table", "style-name"), str(style.get(odf("style", "name"))))
        styles.root.append(style)
    properties = None if style is None else style.find("style:table-properties", NAMES)
    if properties is not None:
        properties.set(odf("fo", "margin-bottom"), "0mm")
    etree.SubElement(body, odf("text", "p"), {odf("text", "style-name"): "Ancre"})
