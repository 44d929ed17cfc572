"""The sheets of a workbook as bytes. Alone knows XlsxWriter.

Texts are written as texts, whatever they say: none becomes a formula, an address or a number.
"""

import datetime
import io
from collections.abc import Mapping, Sequence
from textwrap import wrap
from typing import Any

import xlsxwriter

from dla_docs.formats.properties import Properties
from dla_docs.formats.sheets.book import Book, Sheet, Table
from dla_docs.formats.sheets.cells import Cell
from dla_docs.formats.sheets.drawn import bars
from dla_docs.formats.sheets.entries import ready
from dla_docs.formats.sheets.front import front
from dla_docs.formats.sheets.names import FRONT
from dla_docs.formats.sheets.printed import Placed, breaks_of, high_of
from dla_docs.formats.sheets.widths import (
    INDENT,
    indents_of,
    last_column,
    own_room,
    room_of,
    widths_of,
)
from dla_docs.formats.sheets.writing import (
    AIR,
    HEIGHT,
    Writing,
    fit,
    print_setup,
    ruled,
    said,
    titled,
    write,
)

LINE = 90
"""Signs of a line of a sentence, at least: a narrow table does not make a column of it."""
LETTERS = 1.15
"""Letters of a sentence in the width of a digit, at least: French has 1.25 (measured)."""
MANY = 8
"""Rows from which a filter serves."""
WIDE = 6
"""Columns from which the first one stays in sight."""
EMPREINTE = "@@EMPREINTE@@"
"""Stands for the empreinte until the file is finished."""
_THICK = 2
"""Excel's number of a rule."""


def workbook(book: Book, properties: Properties, colours: Mapping[str, str]) -> bytes:
    """The bytes of a workbook, not yet tidy; `colours` are those of the charter."""
    buffer = io.BytesIO()
    # Without a temporary file for each sheet.
    made = xlsxwriter.Workbook(buffer, {"in_memory": True})
    writing = Writing(made, colours, properties, room_of(book.sheets))
    sheets = [(made.add_worksheet(FRONT), FRONT)]
    sheets += [(made.add_worksheet(sheet.name), sheet.name) for sheet in book.sheets]
    front(sheets[0][0], book, writing)
    for (page, _), sheet in zip(sheets[1:], book.sheets, strict=True):
        _sheet(page, sheet, writing)
    made.set_properties(
        {
            "title": properties.title,
            "subject": properties.subject,
            "author": properties.author,
            # Without it, XlsxWriter asks the clock.
            "created": datetime.datetime.combine(properties.date, datetime.time()),
        }
    )
    made.set_custom_property("reference", properties.reference, "text")
    made.set_custom_property("empreinte", EMPREINTE, "text")
    made.close()
    return buffer.getvalue()


def _sheet(page: Any, sheet: Sheet, writing: Writing) -> None:
    """A sheet: its title, then its tables one under the other."""
    room = own_room(sheet, writing.room)
    widths = widths_of(sheet, room)
    for rank, width in enumerate(widths):
        page.set_column(rank, rank, width)
    first, *others = sheet.tables
    mark = "PROJET – " if writing.properties.draft else ""
    title = sheet.name if others else first.title
    # Above the title, for the screen alone: a page of paper begins under it.
    write(page, 0, 0, Cell("Retour au sommaire", link=f"#{FRONT}"), writing, wrapped=False)
    page.write_string(1, 0, mark + title, writing.format(**titled(writing, 14)))
    row, placed, heads = 3, [], []
    for table in sheet.tables:
        start = row
        if others:
            page.write_string(row, 0, table.title, writing.format(**titled(writing, 12)))
            page.set_row(row, HEIGHT + AIR)
            row += 1
        head, row, high = _block(page, sheet, table, row, widths, room, writing)
        placed.append(Placed(start, high, len(table.rows)))
        heads.append(head)
    _handy(page, sheet, heads, widths, writing)
    if not first.entries:
        page.hide_gridlines(2)
    # Excel would mark each SIRET as a mistake.
    page.ignore_errors({"number_stored_as_text": f"A1:XFD{row}"})
    print_setup(page, writing, widths, room)
    if not first.entries:
        page.print_area(1, 0, row - 1, last_column(widths, max(LINE, room)))
    if room:
        page.set_h_pagebreaks(breaks_of(placed, high_of(room)))


def _block(
    page: Any, sheet: Sheet, table: Table, row: int, widths: list[int], room: int, writing: Writing
) -> tuple[int, int, float]:
    """A table, its chart and what is said of it; its header, the row after it, its points."""
    start, across = row, int(LETTERS * max(LINE, room, sum(widths)))
    first = _sentences(page, row, table.before, across, writing)
    high, row = _table(page, table, first, widths, writing)
    if table.chart:
        chart, rows = bars(writing.book, sheet.name, table, first, writing.colours)
        page.insert_chart(row, 0, chart, {"description": table.chart, "x_offset": 8})
        row += rows + 1
    row = _sentences(page, row, table.after, across, writing)
    plain = (row - start - len(table.header) - len(table.rows)) * HEIGHT
    return first, row, high + plain + HEIGHT + AIR


def _table(
    page: Any, table: Table, first: int, widths: list[int], writing: Writing
) -> tuple[float, int]:
    """A table from the row `first`; its points, and the row of what comes after."""
    indents, high = indents_of(table, widths), 0.0
    for rank, heads in enumerate(table.header):
        for column, cell in enumerate(heads):
            look = _header(writing, table.rights[column]) | {"indent": indents[column]}
            page.write_string(first + rank, column, said(cell), writing.format(**look))
        # A filter's arrow covers the last signs of a column.
        arrow = 2 * _filtered(table)
        room = [
            width - arrow - round((indent - 1) / INDENT)
            for width, indent in zip(widths, indents, strict=False)
        ]
        high += fit(page, first + rank, [cell.words for cell in heads], room, AIR, bold=True)
    body = first + len(table.header)
    for rank, cells in enumerate(table.rows):
        for column, cell in enumerate(cells):
            right = table.rights[column]
            look = ruled(writing, rank in table.stressed) | {"indent": indents[column]}
            write(page, body + rank, column, cell, writing, right=right, look=look)
        words, bold = [cell.words for cell in cells], rank in table.stressed
        high += fit(page, body + rank, words, widths, AIR, bold=bold)
    return high, body + len(table.rows) + 1


def _handy(page: Any, sheet: Sheet, heads: list[int], widths: list[int], writing: Writing) -> None:
    """What serves a sheet: a filter on its longest table, a header in sight, room to type."""
    table, head = max(zip(sheet.tables, heads, strict=True), key=lambda one: len(one[0].rows))
    body = head + len(table.header)
    if _filtered(table):
        page.autofilter(head, 0, body + len(table.rows) - 1, len(table.rights) - 1)
    if len(heads) > 1:
        page.freeze_panes(2, 0)
    elif table.header:
        page.freeze_panes(body, 1 if len(widths) > WIDE else 0)
        page.repeat_rows(head, body - 1)
    if table.entries:
        ready(page, table, body, widths, writing.format(num_format="@"))


def _filtered(table: Table) -> bool:
    return len(table.header) == 1 and len(table.rows) >= MANY


def _sentences(page: Any, row: int, sentences: Sequence[str], across: int, writing: Writing) -> int:
    """Sentences over several columns, a row a line, without merged cells; the row to go on from.

    A reader by ear loses its place in merged cells, and Excel gives them the height of one line.
    """
    for sentence in sentences:
        for line in wrap(sentence, across):
            page.write_string(row, 0, line, writing.format())
            row += 1
    return row + 1 if sentences else row


def _header(writing: Writing, right: bool) -> dict[str, Any]:
    colours = writing.colours
    return {
        "bold": True,
        "text_wrap": True,
        "valign": "bottom",
        "align": "right" if right else "left",
        "font_color": colours["principale"],
        "indent": 1,
        "bottom": _THICK,
        "bottom_color": colours["principale"],
    }
