"""The sheets of a workbook as bytes. Alone knows XlsxWriter.

Texts are written as texts, whatever they say: none becomes a formula, an address or a number.
"""

import datetime
import io
from collections.abc import Mapping, Sequence
from typing import Any

import xlsxwriter

from dla_docs.formats.properties import Properties
from dla_docs.formats.sheets.alone import alone, head
from dla_docs.formats.sheets.book import Book, Sheet, Table
from dla_docs.formats.sheets.cells import Cell
from dla_docs.formats.sheets.drawn import bars, legend
from dla_docs.formats.sheets.entries import ready
from dla_docs.formats.sheets.front import front
from dla_docs.formats.sheets.names import FRONT
from dla_docs.formats.sheets.printed import SCALE, Placed, breaks_of, high_of, scale_of
from dla_docs.formats.sheets.sentences import parts_of, roomy, sentence
from dla_docs.formats.sheets.widths import (
    INDENT,
    MANY,
    indents_of,
    last_column,
    own_room,
    room_of,
    widths_of,
)
from dla_docs.formats.sheets.writing import (
    AIR,
    GAP,
    HEIGHT,
    Writing,
    fit,
    print_setup,
    put,
    ruled,
    said,
    sided,
    titled,
    write,
)

LINE = 90
"""Signs of a line of a sentence, at least: a narrow table does not make a column of it."""
WIDE = 6
"""Columns from which the first one stays in sight."""
_KEPT = 10
"""Rows of a head that stay in sight with the header of the only table, at most."""
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
    if not alone(book):
        front(writing.book.add_worksheet(FRONT), book, writing)
    for sheet in book.sheets:
        _sheet(writing.book.add_worksheet(sheet.name), sheet, book, writing)
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


def _sheet(page: Any, sheet: Sheet, book: Book, writing: Writing) -> None:
    """A sheet: its title, or the head of the only one, then its tables one under the other."""
    room, single = own_room(sheet, writing.room), alone(book)
    widths = roomy(sheet, widths_of(sheet.tables, room), room)
    for rank, width in enumerate(widths):
        page.set_column(rank, rank, width)
    row, above = head(page, book, widths, writing) if single else _titled(page, sheet, writing)
    found, heads = [], []
    for rank, table in enumerate(sheet.tables):
        start = row
        if single or len(sheet.tables) > 1:
            put(page, row, 0, table.title, writing, **titled(writing, 12))
            page.set_row(row, HEIGHT + AIR)
            row += 1
        top, row, high = _block(page, sheet, rank, row, widths, room, writing)
        found.append(Placed(start, high, len(table.rows)))
        heads.append(top)
    first = sheet.tables[0]
    _handy(page, sheet, heads, widths, writing, 0 if single else 2)
    if not first.entries:
        page.hide_gridlines(2)
    # Excel would mark each SIRET as a mistake.
    page.ignore_errors({"number_stored_as_text": f"A1:XFD{row}"})
    scale = scale_of(found, room, above) if room else SCALE
    print_setup(page, writing, widths, room, scale)
    if not first.entries:
        page.print_area(0 if single else 1, 0, row - 1, last_column(widths, max(LINE, room)))
    if room:
        page.set_h_pagebreaks(breaks_of(found, high_of(room, scale), above))


def _titled(page: Any, sheet: Sheet, writing: Writing) -> tuple[int, float]:
    """The title of a sheet among others; the row to go on from, and the points it takes."""
    mark = "PROJET – " if writing.properties.draft else ""
    title = sheet.name if len(sheet.tables) > 1 else sheet.tables[0].title
    # Above the title, for the screen alone: a page of paper begins under it.
    write(page, 0, 0, Cell("Retour au sommaire", link=f"#{FRONT}"), writing, wrapped=False)
    put(page, 1, 0, mark + title, writing, **titled(writing, 14))
    return 3, 2.0 * HEIGHT


def _block(
    page: Any, sheet: Sheet, rank: int, row: int, widths: list[int], room: int, writing: Writing
) -> tuple[int, int, float]:
    """A table, its chart and what is said of it; its header, the row after it, its points."""
    table, across = sheet.tables[rank], max(LINE, room, sum(widths))
    first, before = _sentences(page, row, table.before, widths, across, writing)
    high, row = _table(page, table, first, widths, writing)
    start = row
    if table.chart:
        chart, rows = bars(writing, sheet.name, table, first)
        row += legend(page, row, table, writing)
        page.insert_chart(row, 0, chart, {"description": table.chart, "x_offset": 8})
        row += rows + 1
    drawn = (row - start) * HEIGHT
    row, after = _sentences(page, row, table.after, widths, across, writing)
    return first, row, before + high + drawn + after + 2 * HEIGHT + AIR


def _table(
    page: Any, table: Table, first: int, every: list[int], writing: Writing
) -> tuple[float, int]:
    """A table from the row `first`; its points, and the row of what comes after."""
    widths = every[: len(table.rights)]
    indents, high = indents_of(table, widths), 0.0
    for rank, heads in enumerate(table.header):
        for column, cell in enumerate(heads):
            look = _header(writing, column, table.rights[column]) | {"indent": indents[column]}
            put(page, first + rank, column, said(cell), writing, **look)
        _to_the_edge(page, first + rank, table, every, writing, _header(writing, 0, right=False))
        # A filter's arrow covers the last signs of a column.
        arrow = 2 * _filtered(table)
        room = [
            width - arrow - round((indent - 1) / INDENT)
            for width, indent in zip(widths, indents, strict=True)
        ]
        high += fit(page, first + rank, [cell.words for cell in heads], room, AIR, bold=True)
    body = first + len(table.header)
    for rank, cells in enumerate(table.rows):
        words, bold = [cell.words for cell in cells], rank in table.stressed
        taken = fit(page, body + rank, words, widths, AIR, bold=bold)
        # In the middle of its air: what is kept for wider letters would be a hole under a text.
        for column, cell in enumerate(cells):
            right = table.rights[column]
            look = ruled(writing, bold) | {"indent": indents[column], "valign": "vcenter"}
            write(page, body + rank, column, cell, writing, right=right, look=look)
        _to_the_edge(page, body + rank, table, every, writing, ruled(writing, bold))
        high += taken
    page.set_row(body + len(table.rows), GAP)
    return high + GAP - HEIGHT, body + len(table.rows) + 1


def _to_the_edge(
    page: Any, row: int, table: Table, every: Sequence[int], writing: Writing, look: dict[str, Any]
) -> None:
    """The rule of a row goes on under no cell, so that the tables of a sheet end at one edge."""
    for column in range(len(table.rights), len(every)):
        page.write_blank(row, column, None, writing.format(**look))


def _handy(
    page: Any, sheet: Sheet, heads: list[int], widths: list[int], writing: Writing, kept: int
) -> None:
    """What serves a sheet: a filter on its longest table, a header in sight, room to type."""
    table, top = max(zip(sheet.tables, heads, strict=True), key=lambda one: len(one[0].rows))
    body = top + len(table.header)
    if _filtered(table):
        page.autofilter(top, 0, body + len(table.rows) - 1, len(table.rights) - 1)
    if len(heads) > 1 or not kept:
        # Excel finds fault with a pane of no row; a head of many would leave no room under it.
        if kept or (len(heads) == 1 and body <= _KEPT):
            page.freeze_panes(kept or body, 0)
    elif table.header:
        page.freeze_panes(body, 1 if len(widths) > WIDE else 0)
        page.repeat_rows(top, body - 1)
    if table.entries:
        ready(page, table, body, widths, writing.format(num_format="@"))


def _filtered(table: Table) -> bool:
    return len(table.header) == 1 and len(table.rows) >= MANY


def _sentences(
    page: Any, row: int, texts: Sequence[str], widths: list[int], across: int, writing: Writing
) -> tuple[int, float]:
    """Sentences, one a row, and a little air under the last; the row to go on from, the points."""
    high = 0.0
    for words in texts:
        for part in parts_of(words, across):
            high += sentence(page, row, part, writing, {})
            row += 1
    if texts:
        page.set_row(row, GAP)
    return row + bool(texts), high + GAP * bool(texts)


def _header(writing: Writing, column: int, right: bool) -> dict[str, Any]:
    colours = writing.colours
    return {
        "bold": True,
        "text_wrap": True,
        "valign": "bottom",
        **sided(column, right),
        "font_color": colours["principale"],
        "indent": 1,
        "bottom": _THICK,
        "bottom_color": colours["principale"],
    }
