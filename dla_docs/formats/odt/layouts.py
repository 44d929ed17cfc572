"""The blocks that stand out of the text: heads, boxes, figures, as tables without heading.

Writer has no grid: what is side by side, or reaches into the margin, is a table whose rows and
cells are named by `page.opendocument`, and whose columns are named by their width (`columns`).
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from lxml import etree

from dla_docs.formats.odt.odf import Styles, odf
from dla_docs.tree.nodes import Node, Nodes, div, para, raw_block

FORMAT = "opendocument"
_WIDE = "Large"
"""What begins the name of a column: its width follows, in hundredths of a millimetre."""


@dataclass(frozen=True)
class Cell:
    """A cell of a style (`CelluleVerdict` for « Verdict »), which may span several columns."""

    style: str
    blocks: Nodes
    span: int = 1


@dataclass(frozen=True)
class Row:
    """A row of a style (`LigneBande` for « Bande »)."""

    cells: Sequence[Cell]
    style: str = ""


def layout(style: str, widths: Sequence[float], rows: Iterable[Row]) -> Nodes:
    """A table of a style, its columns as wide as said in millimetres; without, of one column."""
    named = (f' table:style-name="{_WIDE}{round(width * 100)}"' for width in widths)
    opened = "".join(f"<table:table-column{name}/>" for name in named) or "<table:table-column/>"
    blocks = [_raw(f'<table:table table:style-name="{style}">{opened}')]
    for row in rows:
        blocks.append(_raw(f'<table:table-row table:style-name="Ligne{row.style}">'))
        for cell in row.cells:
            blocks += _cell(cell)
        blocks.append(_raw("</table:table-row>"))
    return [*blocks, _raw("</table:table>")]


def styled(blocks: Nodes, style: str) -> Nodes:
    """Paragraphs of a style."""
    whole = [para(block["c"]) if block["t"] == "Plain" else block for block in blocks]
    return [div(whole, custom_style=style)] if whole else []


def columns(root: etree._Element, styles: Styles) -> None:
    """The styles of the columns that `layout` named."""
    for column in root.iter(odf("table", "table-column")):
        name = str(column.get(odf("table", "style-name")))
        width = name.removeprefix(_WIDE)
        if width == name or name in styles.named:
            continue
        style = styles.add(name, "table-column")
        properties = etree.SubElement(style, odf("style", "table-column-properties"))
        properties.set(odf("style", "column-width"), f"{int(width) / 100:g}mm")


def is_layout(table: etree._Element) -> bool:
    """Whether a table is one of ours: pandoc numbers its own."""
    return not str(table.get(odf("table", "name"))).startswith("Table")


def _cell(cell: Cell) -> Nodes:
    spanned = f' table:number-columns-spanned="{cell.span}"' if cell.span > 1 else ""
    names = f'table:style-name="Cellule{cell.style}"{spanned} office:value-type="string"'
    # A cell holds a paragraph at least.
    blocks = cell.blocks or [_raw('<text:p text:style-name="Ancre"/>')]
    closing = "</table:table-cell>" + "<table:covered-table-cell/>" * (cell.span - 1)
    return [_raw(f"<table:table-cell {names}>"), *blocks, _raw(closing)]


def _raw(content: str) -> Node:
    return raw_block(FORMAT, content)
