"""The tables of data of an ODT, which pandoc writes without their look."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import fsum

from lxml import etree

from dla_docs.formats.odt.layouts import is_layout
from dla_docs.formats.odt.odf import NAMES, Styles, odf
from dla_docs.formats.together import few_rows, short_table
from dla_docs.tree.nodes import Node, pairs
from dla_docs.tree.tables import DENSE, RETAINED, TOTAL, stressed

OVERHANG = 2.0
"""Millimetres of a table in the margin: those before the text of its first column."""
_SHARE = odf("style", "rel-column-width")
_COMMON = "Table_20_Contents"
"""The style of the paragraphs of a cell."""
_STRESSED = {TOTAL: "CelluleTotal", RETAINED: "CelluleRetenue"}


@dataclass(frozen=True)
class Look:
    """What a table asks for: its rows that stand out, by rank, smaller letters, one page.

    `few`: one page too, unless it stands under its drawing.
    """

    stress: Mapping[int, str]
    dense: bool
    whole: bool
    few: bool


def look_of(table: Node) -> Look:
    """What a table asks for."""
    return Look(stressed(table), DENSE in pairs(table), short_table(table), few_rows(table))


def dress_tables(
    root: etree._Element,
    styles: Styles,
    looks: Sequence[Look],
    widths: tuple[float, float],
) -> None:
    """The styles of `page.opendocument` on rows and cells; short tables are never split.

    `widths`: millimetres of the text of a page, and of one on its side.
    """
    tables = [table for table in root.iter(odf("table", "table")) if not is_layout(table)]
    for table, look in zip(tables, looks, strict=True):
        whole = look.whole or (look.few and not _is_drawn(table))
        _size(table, styles, widths[_on_its_side(table)], whole)
        _dress_cells(table, look)
        for paragraph in table.findall(".//text:list//text:p", NAMES):
            listed = styles.own(paragraph, "text")
            if listed is not None:
                listed.set(odf("style", "parent-style-name"), _COMMON)
        for row in table.iter(odf("table", "table-row")):
            row.set(odf("table", "style-name"), "Ligne")
        for paragraph in table.iter(odf("text", "p")):
            if paragraph.find(".//draw:frame", NAMES) is not None:
                # A line of an exact height would cut it.
                paragraph.set(odf("text", "style-name"), "Figure")
        if look.dense:
            _tighten(table, styles)


def _is_drawn(table: etree._Element) -> bool:
    above = table.getprevious()
    return above is not None and above.get(odf("text", "style-name")) == "Dessin"


def _dress_cells(table: etree._Element, look: Look) -> None:
    """The styles of cells, by their rows."""
    dense = "Dense" if look.dense else ""
    for rank, row in enumerate(table.findall("table:table-row", NAMES)):
        style = _STRESSED.get(look.stress.get(rank, ""), "Cellule") + dense
        for cell in row.iter(odf("table", "table-cell")):
            cell.set(odf("table", "style-name"), style)
            if not len(cell):
                # LibreOffice would put one of the text's size.
                etree.SubElement(cell, odf("text", "p"), {odf("text", "style-name"): _COMMON})
    for cell in table.findall("table:table-header-rows//table:table-cell", NAMES):
        cell.set(odf("table", "style-name"), f"CelluleEntete{dense}")


def _tighten(table: etree._Element, styles: Styles) -> None:
    """Cells in smaller letters: what is set on the right has a style over the common one."""
    attribute = odf("text", "style-name")
    for paragraph in table.iter(odf("text", "p")):
        style = styles.own(paragraph, "text")
        if style is not None and style.get(odf("style", "parent-style-name")) == _COMMON:
            style.set(odf("style", "parent-style-name"), "TableauDense")
        elif paragraph.get(attribute) == _COMMON:
            paragraph.set(attribute, "TableauDense")


def _size(table: etree._Element, styles: Styles, width: float, whole: bool) -> None:
    """A table as wide as the text, that of its first column on the axis."""
    style = styles.own(table, "table")
    if style is None:
        return
    properties = style.find("style:table-properties", NAMES)
    if properties is None:
        properties = etree.SubElement(style, odf("style", "table-properties"))
    properties.attrib.pop(odf("style", "rel-width"), "")
    properties.set(odf("style", "width"), f"{width + OVERHANG:g}mm")
    properties.set(odf("table", "align"), "left")
    properties.set(odf("fo", "margin-left"), f"-{OVERHANG:g}mm")
    # By eye, page by page on the demonstration.
    properties.set(odf("fo", "margin-top"), "0mm")
    properties.set(odf("fo", "margin-bottom"), "2.8mm")
    _share(table, styles, width + OVERHANG)
    if whole:
        properties.set(odf("style", "may-break-between-rows"), "false")


def _share(table: etree._Element, styles: Styles, width: float) -> None:
    """Columns in millimetres: LibreOffice takes shares of the whole page (measured)."""
    columns = table.findall("table:table-column", NAMES)
    owned = [style for c in columns if (style := styles.own(c, "table")) is not None]
    found = [p for style in owned for p in style.findall("style:table-column-properties", NAMES)]
    shared = [properties for properties in found if properties.get(_SHARE)]
    shares = [float(str(properties.get(_SHARE)).removesuffix("*")) for properties in shared]
    for properties, share in zip(shared, shares, strict=True):
        del properties.attrib[_SHARE]
        wide = width * share / fsum(shares)
        properties.set(odf("style", "column-width"), f"{wide:.2f}mm")


def _on_its_side(table: etree._Element) -> bool:
    """Whether the last change of page before a table is to one on its side."""
    start = "@text:style-name='DebutPaysage'"
    marks = f"{start} or @text:style-name='FinPaysage'"
    return bool(table.xpath(f"preceding::text:p[{marks}][1][{start}]", namespaces=NAMES))
