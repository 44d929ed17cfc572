"""The sheets of a workbook as bytes. Alone knows XlsxWriter.

Texts are written as texts, whatever they say: none becomes a formula, an address or a number.
"""

import datetime
import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from textwrap import wrap
from types import MappingProxyType
from typing import Any

import xlsxwriter

from dla_docs.formats.properties import Properties
from dla_docs.formats.sheets.book import Book, Sheet, Table
from dla_docs.formats.sheets.cells import DAY, Cell
from dla_docs.formats.sheets.drawn import DRAWN, bars
from dla_docs.formats.sheets.entries import ready
from dla_docs.formats.sheets.names import FRONT
from dla_docs.formats.sheets.widths import SMALLEST, widths_of
from dla_docs.model.words import number_of

PORTRAIT = 92
"""Signs of the columns that a portrait page of A4 holds at the size of the text."""
STACKED = 135
"""Signs of the columns of a portrait page of several tables, a little smaller."""
_LETTERS = 1.1
"""Letters that a unit of the width of a column holds, a digit wide: 1.25 of French (measured)."""
LINE = 90
"""Signs of a line of a sentence, at least: a narrow table does not make a column of it."""
LONGEST = 32_000
"""Signs of a cell: Excel stops at 32,767, and would refuse the file."""
CUT = " […]"
MANY = 8
"""Rows from which a filter serves."""
WIDE = 6
"""Columns from which the first one stays in sight."""
EMPREINTE = "@@EMPREINTE@@"
"""Stands for the empreinte until the file is finished."""
HEIGHT, HIGHEST, AIR = 15, 409, 5
"""Points of a line at the size of the text, of the highest row of Excel, and of the air of a row of
a table."""
_THIN, _THICK = 1, 2
"""Excel's numbers of two rules."""
A4 = 9
"""Excel's number of that paper."""
_LABELS, _VALUES = 32, 60
"""Signs of the two columns of the first sheet: a portrait page."""
_FORMULA = tuple("=+-@\t\r")
"""What begins a formula where someone types a text again."""


@dataclass
class _Writing:
    """A workbook being written, its layout, and the formats of cells made so far."""

    book: Any
    colours: Mapping[str, str]
    properties: Properties
    formats: dict[tuple[tuple[str, Any], ...], Any] = field(default_factory=dict)

    def format(self, **wanted: Any) -> Any:
        """One format a look: Excel admits few of them, whatever the number of cells."""
        key = tuple(sorted(wanted.items()))
        if key not in self.formats:
            self.formats[key] = self.book.add_format(
                {"valign": "top", "font_color": self.colours["texte"], **wanted}
            )
        return self.formats[key]


def workbook(book: Book, properties: Properties, colours: Mapping[str, str]) -> bytes:
    """The bytes of a workbook, not yet tidy; `colours` are those of the charter."""
    buffer = io.BytesIO()
    # Without a temporary file for each sheet.
    made = xlsxwriter.Workbook(buffer, {"in_memory": True})
    writing = _Writing(made, colours, properties)
    sheets = [(made.add_worksheet(FRONT), FRONT)]
    sheets += [(made.add_worksheet(sheet.name), sheet.name) for sheet in book.sheets]
    _front(sheets[0][0], book, writing)
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


def _front(page: Any, book: Book, writing: _Writing) -> None:
    """The first sheet: what the document is, who pays, and the sheets that follow."""
    properties = writing.properties
    page.set_column(0, 0, _LABELS)
    page.set_column(1, 1, _VALUES)
    page.hide_gridlines(2)
    row = _heading(page, writing)
    for label, cell in _facts(book, properties):
        page.write_string(row, 0, label, writing.format(bold=True, text_wrap=True))
        _write(page, row, 1, cell, writing)
        _fit(page, row, [label, cell.words], [_LABELS, _VALUES])
        row += 1
    if book.funders:
        row += 1
        thanks, *names = book.funders
        page.write_string(row, 0, thanks, writing.format(bold=True, text_wrap=True))
        for name in names or [""]:
            page.write_string(row, 1, name, writing.format(text_wrap=True))
            row += 1
    if book.sheets:
        row += 1
        page.write_string(row, 0, "Feuilles", writing.format(**_titled(writing, 13)))
        row += 1
    for sheet in book.sheets:
        _write(page, row, 0, Cell(sheet.name, link=f"#{sheet.name}"), writing)
        # A row a table: rows of one height.
        for table in sheet.tables:
            said = _told(table, sheet)
            page.write_string(row, 1, said, writing.format(text_wrap=True))
            _fit(page, row, [said], [_VALUES])
            row += 1
    _print_setup(page, writing, _LABELS + _VALUES)
    page.fit_to_pages(1, 1)


def _told(table: Table, sheet: Sheet) -> str:
    """A table as the first sheet says it: how many rows, where its sheet has its name."""
    named = len(sheet.tables) == 1 and table.title == sheet.name
    return number_of(len(table.rows), "ligne") if named else table.title


def _facts(book: Book, properties: Properties) -> list[tuple[str, Cell]]:
    """What the document is: its own properties, then its records, nothing twice."""
    day = Cell("", properties.date, DAY)
    own = [("Référence", Cell(properties.reference)), ("Date du document", day)]
    own.append(("Établi par", Cell(properties.author)))
    own = [(label, cell) for label, cell in own if cell.words or cell.value]
    there = {cell.value or cell.words for _, cell in own}
    return own + [
        (label, cell) for label, cell in book.facts if (cell.value or cell.words) not in there
    ]


def _heading(page: Any, writing: _Writing) -> int:
    """The title of the document; the row after it, left empty below."""
    rank = 0
    if writing.properties.draft:
        page.write_string(
            0, 0, "PROJET", writing.format(bold=True, font_color=writing.colours["alerte"])
        )
        rank = 1
    page.write_string(rank, 0, writing.properties.title, writing.format(**_titled(writing, 16)))
    return rank + 2


def _titled(writing: _Writing, size: int) -> dict[str, Any]:
    return {"bold": True, "font_size": size, "font_color": writing.colours["principale"]}


def _sheet(page: Any, sheet: Sheet, writing: _Writing) -> None:
    """A sheet: its title, then its tables one under the other."""
    widths = widths_of(sheet)
    for rank, width in enumerate(widths):
        page.set_column(rank, rank, width)
    first, *others = sheet.tables
    across = max(LINE, sum(widths))
    mark = "PROJET – " if writing.properties.draft else ""
    title = sheet.name if others else first.title
    page.write_string(0, 0, mark + title, writing.format(**_titled(writing, 14)))
    _write(page, 1, 0, Cell(f"Retour à « {FRONT} »", link=f"#{FRONT}"), writing, wrapped=False)
    row = 3
    for table in sheet.tables:
        if others:
            page.write_string(row, 0, table.title, writing.format(**_titled(writing, 12)))
            page.set_row(row, HEIGHT + AIR)
            row += 1
        head, row = _table(page, table, row, widths, writing)
        if table.chart:
            chart, high = bars(writing.book, sheet.name, table, head, writing.colours)
            page.insert_chart(row, 0, chart, {"description": table.chart, "x_offset": 8})
            row += high + 1
        row = _sentences(page, row, table.after, across, writing)
    if not others:
        _handy(page, first, head, widths, writing)
    if not first.entries:
        page.hide_gridlines(2)
    # Excel would mark each SIRET as a mistake.
    page.ignore_errors({"number_stored_as_text": f"A1:XFD{row}"})
    drawn = any(table.chart for table in sheet.tables)
    upright = drawn or bool(others and sum(widths) <= STACKED)
    _print_setup(page, writing, max(sum(widths), DRAWN if drawn else 0), upright=upright)


def _table(
    page: Any, table: Table, row: int, widths: list[int], writing: _Writing
) -> tuple[int, int]:
    """A table under what is said before it; the rows of its header, and of what comes after."""
    first = _sentences(page, row, table.before, max(LINE, sum(widths)), writing)
    for rank, heads in enumerate(table.header):
        for column, cell in enumerate(heads):
            look = writing.format(**_header(writing, right=table.rights[column]))
            page.write_string(first + rank, column, _said(cell), look)
        # A filter's arrow covers the last signs of a column.
        room = [width - 2 * _filtered(table) for width in widths]
        _fit(page, first + rank, [cell.words for cell in heads], room, AIR)
    body = first + len(table.header)
    for rank, cells in enumerate(table.rows):
        for column, cell in enumerate(cells):
            look = _ruled(writing, stressed=rank in table.stressed)
            _write(page, body + rank, column, cell, writing, right=table.rights[column], look=look)
        _fit(page, body + rank, [cell.words for cell in cells], widths, AIR)
    return first, body + len(table.rows) + 1


def _handy(page: Any, table: Table, head: int, widths: list[int], writing: _Writing) -> None:
    """What serves the one table of a sheet: its header in sight, a filter, what is to be typed."""
    body = head + len(table.header)
    if _filtered(table):
        page.autofilter(head, 0, body + len(table.rows) - 1, len(widths) - 1)
    if table.header:
        page.freeze_panes(body, 1 if len(widths) > WIDE else 0)
        page.repeat_rows(head, body - 1)
    if table.entries:
        ready(page, table, body, widths, writing.format(num_format="@"))


def _filtered(table: Table) -> bool:
    return len(table.header) == 1 and len(table.rows) >= MANY


def _sentences(
    page: Any, row: int, sentences: Sequence[str], across: int, writing: _Writing
) -> int:
    """Sentences over several columns, a row a line, without merged cells; the row to go on from.

    A reader by ear loses its place in merged cells, and Excel gives them the height of one line.
    """
    for sentence in sentences:
        for line in wrap(sentence, across):
            page.write_string(row, 0, line, writing.format())
            row += 1
    return row + 1 if sentences else row


def _fit(page: Any, row: int, texts: Sequence[str], widths: Sequence[int], air: int = 0) -> None:
    """As high a row as its longest cell asks: LibreOffice does not see to it (measured)."""
    rooms = [max(1, round(width * _LETTERS) - 2) for width in widths]
    lines = max(
        sum(max(1, len(wrap(line, room))) for line in words.split("\n"))
        # A table may have fewer columns than its sheet.
        for words, room in zip(texts, rooms, strict=False)
    )
    if lines > 1 or air:
        page.set_row(row, min(HIGHEST, lines * HEIGHT + air))


def _header(writing: _Writing, right: bool) -> dict[str, Any]:
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


def _ruled(writing: _Writing, stressed: bool) -> dict[str, Any]:
    """A row of a table: a rule under it, none between its cells; a total stands out."""
    colours = writing.colours
    ruled = {"bottom": _THIN, "bottom_color": colours["filet"], "indent": 1, "valign": "vcenter"}
    return ruled | ({"bg_color": colours["fond"], "bold": True} if stressed else {})


def _write(
    page: Any, row: int, column: int, cell: Cell, writing: _Writing, *,
    right: bool = False, look: Mapping[str, Any] = MappingProxyType({}), wrapped: bool = True,
) -> None:  # fmt: skip
    """A cell: a number, a day, a link or a text."""
    look = {**look, "align": "right" if right else "left"} | ({"bold": True} if cell.bold else {})
    if isinstance(cell.value, datetime.date):
        page.write_datetime(row, column, cell.value, writing.format(num_format=cell.format, **look))
    elif cell.value is not None:
        page.write_number(row, column, cell.value, writing.format(num_format=cell.format, **look))
    elif cell.link:
        blue = {"font_color": writing.colours["accent"], "underline": 1, "text_wrap": wrapped}
        page.write_url(
            row, column, _address(cell.link), writing.format(**look, **blue), _said(cell)
        )
    else:
        quoted = {"quote_prefix": True} if cell.words.startswith(_FORMULA) else {}
        page.write_string(
            row, column, _said(cell), writing.format(text_wrap=wrapped, **look, **quoted)
        )


def _address(link: str) -> str:
    """Where a link leads: out of the workbook, or to the first cell of one of its sheets."""
    if not link.startswith("#"):
        return link
    name = link[1:].replace("'", "''")
    return f"internal:'{name}'!A1"


def _said(cell: Cell) -> str:
    words = cell.words
    return words if len(words) <= LONGEST else words[: LONGEST - len(CUT)] + CUT


def _print_setup(page: Any, writing: _Writing, width: int, *, upright: bool = False) -> None:
    """A4, as its columns ask, with the title, the reference and the page in the margins.

    `upright`: a chart, or a table among others, is cut less often on a high page.
    """
    page.set_paper(A4)
    if width > PORTRAIT and not upright:
        page.set_landscape()
    if width <= SMALLEST:
        page.fit_to_pages(1, 0)
    else:
        page.repeat_columns(0)
    # In inches: two centimetres at the sides, a little more where the title is.
    page.set_margins(left=0.79, right=0.79, top=0.9, bottom=0.8)
    properties = writing.properties
    title, reference = (
        words.replace("&", "&&") for words in (properties.running_title, properties.reference)
    )
    page.set_header("&L" + ("PROJET – " if properties.draft else "") + f"{title}&R{reference}")
    page.set_footer("&L&A&RPage &P / &N")
    if properties.draft:
        page.set_tab_color(writing.colours["alerte"])
