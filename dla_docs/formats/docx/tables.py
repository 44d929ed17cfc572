"""Tables of data as Word shows them: their width, their rows kept whole, what parts them."""

from itertools import pairwise
from typing import Any

from lxml import etree

from dla_docs.formats.docx.boxes import OUT as BOX_OUT
from dla_docs.formats.docx.cells import twips
from dla_docs.formats.docx.head import LOGOS_GRID
from dla_docs.formats.docx.styles import set_style_of_cells, set_style_of_dense
from dla_docs.formats.docx.wordml import NAMES, W, neighbour, set_property, set_style, style_of, w
from dla_docs.formats.office import FOOT_OF_COVER
from dla_docs.formats.together import (
    SHORT_TABLE,
    SHORT_WORDS,
    UNDER_DRAWING,
)
from dla_docs.tree.nodes import Node, Nodes, div, pairs, para
from dla_docs.tree.tables import DENSE, RETAINED, TOTAL, WHOLE, stressed

OUT = 2.0
"""Millimetres of a table to the left of the axis: the text of its first column is on it."""
_STRESS = {TOTAL: "TableauTotal", RETAINED: "TableauRetenu"}
"""Styles of the paragraphs of a row that sums up, and of one that was chosen."""
_BETWEEN = f'<w:p xmlns:w="{W}"><w:pPr><w:pStyle w:val="Entre"/></w:pPr></w:p>'
"""Two tables that touch would be one."""
_UNDER = {
    "BodyText": "SuiteTableau",
    "FirstParagraph": "SuiteTableau",
    "ListBullet": "SuiteTableauPuce",
}
"""Under a table, a paragraph takes the room that the table cannot ask for."""
_HEADINGS = {
    "TOCHeading": 300,
    "Heading1": 360,
    "TitreLibre": 360,
    "Article": 260,
    "Heading2": 200,
    "Heading3": 160,
    "TableCaption": 190,
    "TitreGraphique": 190,
}
"""The same for headings, in twips: their own style stays, for it is what makes them headings."""
_WHOLE = "Entiere"
"""What ends, until it is settled, the style of a table that no page cuts."""
_NOTE = "Discret"
"""The style of a note under a table."""
_FUNDERS = (*FOOT_OF_COVER, LOGOS_GRID)
"""Styles of what a frame takes out of the text."""
_OVER_FIGURES = 160
"""Above key figures, in twips, however close the text is set."""
_UNDER_BOX = 240
"""Under a box with an edge, at least, whatever follows."""


def marked_rows(table: Node) -> Nodes:
    """A table whose total and retained rows have paragraphs of their own styles.

    One in smaller letters has a style of its own, that pandoc writes; so has one kept whole.
    """
    stress = stressed(table)
    (name, kinds, options), *before, bodies, foot = table["c"]
    style = ("TableDense" if DENSE in pairs(table) else "Table") + _WHOLE * (WHOLE in pairs(table))
    own = [["custom-style", style]] if style != "Table" else []
    marked = [
        [*body[:3], [_styled_row(row, stress.get(rank)) for rank, row in enumerate(body[3])]]
        for body in bodies
    ]
    return [{"t": "Table", "c": [[name, kinds, [*options, *own]], *before, marked, foot]}]


def _styled_row(row: list[Any], stress: str | None) -> list[Any]:
    if not stress:
        return row
    attrs, cells = row
    return [attrs, [[*cell[:4], [_styled(cell[4], _STRESS[stress])]] for cell in cells]]


def _styled(blocks: Nodes, style: str) -> Node:
    held = [para(b["c"]) if b["t"] == "Plain" else b for b in blocks]
    return div(held, custom_style=style)


def settle_tables(root: etree._Element, width: float, wide: float, pale: str, dark: str) -> None:
    """Every table of the text; colours as RRGGBB.

    `width` of a portrait page, `wide` of a landscape one, in millimetres.
    """
    room = width
    for block in root.findall("w:body/*", NAMES):
        if style_of(block) in {"DebutPaysage", "FinPaysage"}:
            room = wide if style_of(block) == "DebutPaysage" else width
        if block.tag == w("tbl") and _of_data(block):
            _widen(block, twips(room + OUT))
    for table in list(root.iter(w("tbl"))):
        whole = _asks_to_be_whole(table)
        if _of_data(table):
            set_style_of_cells(table)
            _tint(table, pale, dark)
            if _is_dense(table):
                set_style_of_dense(table)
        for row in table.findall("w:tr", NAMES):
            _keep_row(row)
        _keep_short(table, whole)
        if whole:
            _free_drawing(table)
        _part(table)
        _lift(table)


def _of_data(table: etree._Element) -> bool:
    return table.find("w:tblPr/w:tblStyle", NAMES) is not None


def _asks_to_be_whole(table: etree._Element) -> bool:
    """Whether its style says so; it is then the one of any other."""
    style = table.find("w:tblPr/w:tblStyle", NAMES)
    named = "" if style is None else style.get(w("val"), "")
    if style is None or not named.endswith(_WHOLE):
        return False
    style.set(w("val"), named.removesuffix(_WHOLE))
    return True


def _is_dense(table: etree._Element) -> bool:
    return table.find("w:tblPr/w:tblStyle[@w:val='TableDense']", NAMES) is not None


def _widen(table: etree._Element, width: int) -> None:
    """From the left of the axis to the margin, in twips, columns in the same proportion."""
    columns = table.findall("w:tblGrid/w:gridCol", NAMES)
    size = table.find("w:tblPr/w:tblW", NAMES)
    if not columns or size is None:
        return
    shares = [int(column.get(w("w"), "1")) for column in columns]
    for column, share in zip(columns, shares, strict=True):
        column.set(w("w"), str(round(width * share / sum(shares))))
    size.set(w("type"), "dxa")
    size.set(w("w"), str(width))
    indent = etree.Element(w("tblInd"), {w("w"): str(-twips(OUT)), w("type"): "dxa"})
    size.addnext(indent)


def _tint(table: etree._Element, pale: str, dark: str) -> None:
    """The ground of the rows that their paragraphs mark, and the line above a total."""
    for row in table.findall("w:tr", NAMES):
        styles = {style_of(paragraph) for paragraph in row.iter(w("p"))}
        if not styles & set(_STRESS.values()):
            continue
        for cell in row.findall("w:tc", NAMES):
            properties = cell.find("w:tcPr", NAMES)
            if properties is None:
                properties = etree.Element(w("tcPr"))
                cell.insert(0, properties)
            if _STRESS[TOTAL] in styles:
                borders = etree.SubElement(properties, w("tcBorders"))
                line = {"val": "single", "sz": "8", "space": "0", "color": dark}
                etree.SubElement(borders, w("top"), {w(k): v for k, v in line.items()})
            ground = {"val": "clear", "color": "auto", "fill": pale}
            etree.SubElement(properties, w("shd"), {w(k): v for k, v in ground.items()})


def _keep_row(row: etree._Element) -> None:
    """A row that no page break splits; first in its properties, as the schema wants.

    On each row: in the style of the table alone, LibreOffice ignores it (measured).
    """
    properties = row.find("w:trPr", NAMES)
    if properties is None:
        properties = etree.Element(w("trPr"))
        row.insert(0, properties)
    properties.insert(0, etree.Element(w("cantSplit")))


def _keep_short(table: etree._Element, whole: bool) -> None:
    """Every row of a short or `whole` table kept with the next one.

    Of another, two at each end, and what heads a group of rows. The last with a note under it.
    """
    rows = table.findall("w:tr", NAMES)
    body = [row for row in rows if row.find("w:trPr/w:tblHeader", NAMES) is None]
    held = rows[:-1]
    if not whole and (len(body) > SHORT_TABLE or len(_words(table)) > SHORT_WORDS):
        # The head with two rows, the last with the one before: none is ever alone on a page.
        heads = [row for row, after in pairwise(body) if _is_head(row) and not _is_head(after)]
        held = [*rows[: len(rows) - len(body) + 1], *heads, *rows[-2:-1]]
    note = neighbour(table)
    if note is not None and style_of(note) == _NOTE:
        held = [*held, *rows[-1:]]
    for row in held:
        for paragraph in row.iter(w("p")):
            set_property(paragraph, "keepNext")


def _is_head(row: etree._Element) -> bool:
    """Whether a row heads those after it: all that it says is in bold, or begins so, alone."""
    first, *others = ([_is_bold(run) for run in _runs(cell)] for cell in row.iter(w("tc")))
    told = [bold for cell in others for bold in cell]
    return first[:1] == [True] and (not told or all([*first, *told]))


def _runs(cell: etree._Element) -> list[etree._Element]:
    """What says something in a cell."""
    said = [run for run in cell.iter(w("r")) if run.find("w:t", NAMES) is not None]
    return [run for run in said if "".join(t.text or "" for t in run.iter(w("t"))).strip()]


def _is_bold(run: etree._Element) -> bool:
    strong = "w:rPr/w:b | w:rPr/w:rStyle[@w:val='Strong']"
    return bool(run.xpath(strong, namespaces=NAMES))


def _free_drawing(table: etree._Element) -> None:
    """The drawing above a table that no page cuts stays where it is when the table moves.

    Bound, both would leave most of the page before them blank, with the title above. Its caption
    and it are one paragraph: LibreOffice 7.4 left the caption at the foot of the page before,
    whatever kept it with the drawing (measured).
    """
    drawing = neighbour(table, after=False)
    if drawing is None or style_of(drawing) != "Dessin":
        return
    caption = neighbour(drawing, after=False)
    if caption is None or style_of(caption) != "TitreGraphique":
        set_style(drawing, "DessinSeul")
        return
    etree.SubElement(etree.SubElement(caption, w("r")), w("br"))
    caption.extend([child for child in drawing if child.tag != w("pPr")])
    set_property(caption, "keepNext").set(w("val"), "0")
    set_property(caption, "keepLines")
    room = {"after": str(round(UNDER_DRAWING * 20)), "line": "240", "lineRule": "auto"}
    spacing = set_property(caption, "spacing")
    for name, value in room.items():
        spacing.set(w(name), value)
    parent = drawing.getparent()
    if parent is not None:
        parent.remove(drawing)


def _words(table: etree._Element) -> list[str]:
    return [word for text in table.iter(w("t")) for word in (text.text or "").split()]


def _part(table: etree._Element) -> None:
    """The room under a table: a paragraph between two, a style of what follows."""
    following = neighbour(table)
    while _is_box(table) and following is not None and style_of(following) in _FUNDERS:
        following = neighbour(following)
    if following is not None and following.tag == w("sdt"):
        # The contents begin with their title.
        following = following.find(".//w:p", NAMES)
    if following is None:
        return
    if following.tag == w("tbl"):
        table.addnext(etree.fromstring(_BETWEEN))
    elif following.tag == w("p"):
        name = style_of(following)
        empty = following.find("w:pPr", NAMES) is None and not following.xpath("string()")
        after = neighbour(following)
        if empty and after is not None and after.tag == w("tbl"):
            set_style(following, "Entre")
        elif _is_box(table):
            room = max(_UNDER_BOX, _HEADINGS.get(str(name), 0))
            set_property(following, "spacing").set(w("before"), str(room))
        elif name in _UNDER:
            set_style(following, _UNDER[name])
        elif name in _HEADINGS:
            set_property(following, "spacing").set(w("before"), str(_HEADINGS[name]))


def _lift(table: etree._Element) -> None:
    """The room above key figures, whose rule would strike the words it is under."""
    first, above = table.find("w:tr/w:tc/w:p", NAMES), neighbour(table, after=False)
    if first is None or above is None or above.tag != w("p"):
        return
    if style_of(first) == "Chiffre":
        set_property(above, "spacing").set(w("after"), str(_OVER_FIGURES))


def _is_box(table: etree._Element) -> bool:
    """Whether a layout has an edge or a ground, that reaches out of the axis."""
    indent = table.find("w:tblPr/w:tblInd", NAMES)
    return not _of_data(table) and indent is not None and indent.get(w("w")) == str(-twips(BOX_OUT))
