"""Cells, rows and printed pages of a sheet, as XlsxWriter takes them.

Texts are written as texts, whatever they say: none becomes a formula, an address or a number.
"""

import datetime
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from textwrap import wrap
from types import MappingProxyType
from typing import Any

from dla_docs.formats.properties import DASH, Properties
from dla_docs.formats.sheets.cells import Cell
from dla_docs.formats.sheets.letters import BOLD, lines, width_of
from dla_docs.formats.sheets.printed import SCALE
from dla_docs.formats.sheets.widths import LANDSCAPE, PORTRAIT, SMALLEST
from dla_docs.tree.typography import ORDINAL

LONGEST = 32_000
"""Signs of a cell: Excel stops at 32,767, and would refuse the file."""
CUT = " […]"
HEIGHT, NEXT, HIGHEST, AIR = 15, 14, 409, 4
"""Points of a line at the size of the text, of those under it, of the highest row of Excel, and of
the air of a row of a table."""
GAP = 8
"""Points of the row that parts two blocks."""
LETTERS = 1.15
"""Letters of a sentence in the width of a digit, at least: French has 1.25 (measured)."""
FRENCH = "[$-40C]"
"""Before a format, whatever the language of the program: a comma before decimals."""
_HEAD = 72
"""Signs of the head of a printed page, beside a reference."""
_LETTER, _SMALL = 11, 13
"""Points of the letters of a sheet, and of the smallest title."""
_THIN = 1
"""Excel's number of a rule."""
A4 = 9
"""Excel's number of that paper."""
_FORMULA = tuple("=+-@\t\r")
"""What begins a formula where someone types a text again."""


@dataclass
class Writing:
    """A workbook being written, its layout, and the formats of cells made so far.

    `room`: signs of its widest pages, all of one size; 0 where each has its own.
    """

    book: Any
    colours: Mapping[str, str]
    properties: Properties
    room: int = 0
    formats: dict[tuple[tuple[str, Any], ...], Any] = field(default_factory=dict)

    def format(self, **wanted: Any) -> Any:
        """One format a look: Excel admits few of them, whatever the number of cells."""
        key = tuple(sorted(wanted.items()))
        if key not in self.formats:
            self.formats[key] = self.book.add_format(
                {"valign": "top", "font_color": self.colours["texte"], **wanted}
            )
        return self.formats[key]


def put(page: Any, row: int, column: int, words: str, writing: Writing, **look: Any) -> None:
    """A text, the letters of its ordinals raised: « 1er » still reads « 1er »."""
    whole, parts, place = writing.format(**look), [], 0
    font = {name: look[name] for name in ("bold", "font_size", "font_color") if name in look}
    for found in ORDINAL.finditer(words):
        parts += [writing.format(**font), words[place : found.end(1)]]
        parts += [writing.format(**font, font_script=1), found[2]]
        place = found.end()
    if not parts:
        page.write_string(row, column, words, whole)
        return
    parts += [writing.format(**font), words[place:]] if words[place:] else []
    page.write_rich_string(row, column, *parts, whole)


def title_lines(title: str, widths: Sequence[int], largest: int) -> tuple[int, list[str]]:
    """Points of a title, and its lines: one, smaller if need be, that goes over empty cells."""
    room = sum(widths) - 2
    wide = width_of(title) * BOLD / _LETTER
    if (size := min(largest, int(room / wide))) >= _SMALL:
        return size, [title]
    return _SMALL, wrap(title, int(LETTERS * room * _LETTER / _SMALL / BOLD))


def titled(writing: Writing, size: int) -> dict[str, Any]:
    """The look of a title."""
    return {"bold": True, "font_size": size, "font_color": writing.colours["principale"]}


def fit(
    page: Any, row: int, texts: Sequence[str], widths: Sequence[int], air: int = 0, *,
    bold: bool = False,
) -> float:  # fmt: skip
    """As high a row as its longest cell asks (LibreOffice does not see to it); its points."""
    # A table may have fewer columns than its sheet.
    pairs = zip(texts, widths, strict=False)
    count = max(lines(words, width, bold=bold) for words, width in pairs)
    high = min(HIGHEST, HEIGHT + (count - 1) * NEXT + air)
    if count > 1 or air:
        page.set_row(row, high)
    return high


def ruled(writing: Writing, stressed: bool = False) -> dict[str, Any]:
    """A row of a table: a rule under it, none between its cells; a total stands out."""
    colours = writing.colours
    ruled = {"bottom": _THIN, "bottom_color": colours["filet"], "indent": 1}
    return ruled | ({"bg_color": colours["fond"], "bold": True} if stressed else {})


def sided(column: int, right: bool) -> dict[str, Any]:
    """On which side a cell of a column is written.

    LibreOffice forgets the indent of a cell on the right where the last one that it drew has the
    same font: the fonts of every other column do not tell their family, which nothing shows.
    """
    return {"align": "right" if right else "left"} | ({"font_family": 0} if column % 2 else {})


def write(
    page: Any, row: int, column: int, cell: Cell, writing: Writing, *,
    right: bool = False, look: Mapping[str, Any] = MappingProxyType({}), wrapped: bool = True,
) -> None:  # fmt: skip
    """A cell: a number, a day, a link or a text."""
    look = {**look, **sided(column, right)} | ({"bold": True} if cell.bold else {})
    if isinstance(cell.value, datetime.date):
        page.write_datetime(row, column, cell.value, writing.format(num_format=cell.format, **look))
    elif cell.value is not None:
        shown = writing.format(num_format=french(cell.format), **look)
        page.write_number(row, column, cell.value, shown)
    elif cell.link:
        blue = {"font_color": writing.colours["accent"], "underline": 1, "text_wrap": wrapped}
        page.write_url(row, column, _address(cell.link), writing.format(**look, **blue), said(cell))
    else:
        quoted = {"quote_prefix": True} if cell.words.startswith(_FORMULA) else {}
        put(page, row, column, said(cell), writing, text_wrap=wrapped, **look, **quoted)


def french(shown: str) -> str:
    """A format of numbers as French prints them: LibreOffice would follow its own language."""
    return shown if shown in {"", "General"} else FRENCH + shown


def _address(link: str) -> str:
    """Where a link leads: out of the workbook, or to the first cell of one of its sheets."""
    if not link.startswith("#"):
        return link
    name = link[1:].replace("'", "''")
    return f"internal:'{name}'!A1"


def said(cell: Cell) -> str:
    """The words of a cell, cut where Excel would refuse them."""
    words = cell.words
    return words if len(words) <= LONGEST else words[: LONGEST - len(CUT)] + CUT


def print_setup(
    page: Any, writing: Writing, widths: Sequence[int], room: int, scale: int = SCALE
) -> None:
    """A4, with the title, the reference and the page in the margins; `room`: its signs, or 0."""
    page.set_paper(A4)
    if room == LANDSCAPE or (not room and sum(widths) > PORTRAIT):
        page.set_landscape()
    if room:
        page.set_print_scale(scale)
    elif sum(widths) <= SMALLEST:
        page.fit_to_pages(1, 0)
    else:
        page.repeat_columns(0)
    # In inches: a centimetre and a half at the sides, a little more where the title is.
    page.set_margins(left=0.59, right=0.59, top=0.75, bottom=0.6)
    properties = writing.properties
    title, reference = (
        words.replace("&", "&&") for words in (_headed(properties), properties.reference)
    )
    page.set_header("&L" + ("PROJET – " if properties.draft else "") + f"{title}&R{reference}")
    page.set_footer("&L&A&RPage &P / &N")
    if properties.draft:
        page.set_tab_color(writing.colours["alerte"])


def _headed(properties: Properties) -> str:
    """The title at the head of a printed sheet: whole where a line holds it.

    The foot names the sheet alone, and neither the period nor the department of a report.
    """
    others = (part for part in properties.title.split(DASH) if part != properties.reference)
    whole = DASH.join(others)
    return whole if len(whole) <= _HEAD else properties.running_title
