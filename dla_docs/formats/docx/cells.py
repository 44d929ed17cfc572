"""Boxes and columns of a page: tables of layout, written in WordprocessingML around their blocks.

They have no heading row and no style of their own: read from left to right, they hold paragraphs,
whose styles say what they are. Lengths are in millimetres from the axis, where all text begins.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from xml.sax.saxutils import quoteattr

from dla_docs.tree.nodes import Node, Nodes, raw_block

_LAST = '<w:p><w:pPr><w:pStyle w:val="Ancre"/></w:pPr></w:p>'
"""What Word wants after a table that ends a cell, as low as may be."""
_SIDES = ("top", "left", "bottom", "right")
_NO_MARGIN = "".join(f'<w:{side} w:w="0" w:type="dxa"/>' for side in _SIDES)
"""Said in each table: LibreOffice has margins of its own where no style is named."""


def twips(millimetres: float) -> int:
    """Word's unit of length: a twentieth of a point, 1440 an inch."""
    return round(millimetres * 1440 / 25.4)


@dataclass(frozen=True)
class Rule:
    """A line of a cell: points, and a colour as RRGGBB."""

    points: float
    colour: str


@dataclass(frozen=True)
class Cell:
    """Blocks in a cell of some width; `margins` by side, 0 where nothing is said.

    `low`: they stand at the foot of the cell.
    """

    width: float
    blocks: Nodes
    fill: str = ""
    rules: Mapping[str, Rule] = field(default_factory=dict)
    margins: Mapping[str, float] = field(default_factory=dict)
    span: int = 1
    low: bool = False


@dataclass(frozen=True)
class Row:
    """Cells side by side; `height` in millimetres: at least, or that and no other."""

    cells: tuple[Cell, ...]
    height: float = 0.0
    exact: bool = False


def laid(rows: list[Row], indent: float = 0.0, words: str = "", after: bool = False) -> Nodes:
    """The rows as raw table around their blocks, `indent` from the axis.

    `words` is said of the whole to who hears the page; `after`, the paragraph that a table needs
    where nothing follows it.
    """
    if not rows:
        return []
    widths = [cell.width for cell in max(rows, key=lambda row: len(row.cells)).cells]
    said = f"<w:tblDescription w:val={quoteattr(words)}/>" if words else ""
    grid = "".join(f'<w:gridCol w:w="{twips(width)}"/>' for width in widths)
    start = (
        f'<w:tbl><w:tblPr><w:tblW w:w="{twips(sum(widths))}" w:type="dxa"/>'
        f'<w:tblInd w:w="{twips(indent)}" w:type="dxa"/><w:tblLayout w:type="fixed"/>'
        f'<w:tblCellMar>{_NO_MARGIN}</w:tblCellMar><w:tblLook w:val="0000"/>{said}</w:tblPr>'
        f"<w:tblGrid>{grid}</w:tblGrid>"
    )
    blocks = [_raw(start)]
    for row in rows:
        blocks += _row(row)
    return [*blocks, _raw("</w:tbl>" + (_LAST if after else ""))]


def _row(row: Row) -> Nodes:
    height = ""
    if row.height:
        rule = "exact" if row.exact else "atLeast"
        height = f'<w:trPr><w:trHeight w:val="{twips(row.height)}" w:hRule="{rule}"/></w:trPr>'
    blocks = [_raw(f"<w:tr>{height}")]
    for cell in row.cells:
        blocks += [_raw(f"<w:tc>{_properties(cell)}"), *(cell.blocks or [_raw(_LAST)])]
        blocks.append(_raw("</w:tc>"))
    return [*blocks, _raw("</w:tr>")]


def _properties(cell: Cell) -> str:
    """What a cell is, in the schema's order."""
    span = f'<w:gridSpan w:val="{cell.span}"/>' if cell.span > 1 else ""
    rules = "".join(
        f'<w:{side} w:val="single" w:sz="{round(8 * rule.points)}" w:space="0" '
        f'w:color="{rule.colour}"/>'
        for side in _SIDES
        if (rule := cell.rules.get(side))
    )
    fill = f'<w:shd w:val="clear" w:color="auto" w:fill="{cell.fill}"/>' if cell.fill else ""
    margins = "".join(
        f'<w:{side} w:w="{twips(cell.margins[side])}" w:type="dxa"/>'
        for side in _SIDES
        if side in cell.margins
    )
    return (
        f'<w:tcPr><w:tcW w:w="{twips(cell.width)}" w:type="dxa"/>{span}'
        + (f"<w:tcBorders>{rules}</w:tcBorders>" if rules else "")
        + fill
        + (f"<w:tcMar>{margins}</w:tcMar>" if margins else "")
        + ('<w:vAlign w:val="bottom"/>' if cell.low else "")
        + "</w:tcPr>"
    )


def _raw(markup: str) -> Node:
    return raw_block("openxml", markup)
