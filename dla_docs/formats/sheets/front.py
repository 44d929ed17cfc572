"""The first sheet of a workbook: its title, what it says in short, who pays, what follows."""

from collections.abc import Mapping
from dataclasses import replace
from types import MappingProxyType
from typing import Any

from dla_docs.formats.properties import Properties
from dla_docs.formats.sheets.book import Book, Sheet, Table
from dla_docs.formats.sheets.cells import Cell, day_format
from dla_docs.formats.sheets.widths import PORTRAIT
from dla_docs.formats.sheets.writing import (
    AIR,
    HEIGHT,
    Writing,
    fit,
    print_setup,
    put,
    ruled,
    title_lines,
    titled,
    write,
)
from dla_docs.model.values import long_date
from dla_docs.model.words import number_of

_LABELS = 34
"""Signs of the column of labels."""
_FUNDED = "Financement"
_TITLE = 20
"""Points of the title."""


def front(page: Any, book: Book, writing: Writing) -> None:
    """The first sheet, on one upright page: it is a list, whatever the others are."""
    widths = [_LABELS, PORTRAIT - _LABELS]
    for rank, width in enumerate(widths):
        page.set_column(rank, rank, width)
    page.hide_gridlines(2)
    row = _band(page, widths, writing)
    row = _listed(page, row, own(writing.properties), widths, writing)
    if facts := facts_of(book, writing.properties):
        look = {"bg_color": writing.colours["fond"], "bold": True}
        row = _listed(page, row + 1, facts, widths, writing, look)
    if book.funders:
        thanks, *names = book.funders
        paid = [(thanks, Cell("\n".join(names)))] if names else [(_FUNDED, Cell(thanks))]
        row = _listed(page, row + 1, paid, widths, writing)
    if book.sheets:
        page.write_string(row + 1, 0, "Feuilles", writing.format(**titled(writing, 13)))
        page.set_row(row + 1, HEIGHT + AIR)
        _sheets(page, row + 2, book, widths, writing)
    print_setup(page, writing, widths, writing.room)
    page.set_portrait()
    page.fit_to_pages(1, 1)


def _sheets(page: Any, row: int, book: Book, widths: list[int], writing: Writing) -> None:
    """The sheets, each with what its tables say."""
    for sheet in book.sheets:
        said = Cell("\n".join(_told(table, sheet) for table in sheet.tables))
        linked = Cell(sheet.name, link=f"#{sheet.name}")
        row = _lines(page, row, (linked, said), widths, writing, {})


def _listed(
    page: Any, row: int, listed: list[tuple[str, Cell]], widths: list[int], writing: Writing,
    look: Mapping[str, Any] = MappingProxyType({}),
) -> int:  # fmt: skip
    """Labels and what they say, one a row; the row to go on from."""
    for label, cell in listed:
        # A sentence in bold would be heavy: only what is said in a few words stands out.
        light = look if len(cell.words) <= _LABELS * 2 else {**look, "bold": False}
        row = _lines(page, row, (Cell(label), cell), widths, writing, light)
    return row


def _lines(
    page: Any, row: int, said: tuple[Cell, Cell], widths: list[int], writing: Writing,
    look: Mapping[str, Any],
) -> int:  # fmt: skip
    """A label and what it says, a row a line, in the middle of its air; a rule under the last."""
    label, cell = said
    words = cell.words.split("\n")
    for rank, line in enumerate(words):
        part = replace(cell, words=line) if len(words) > 1 else cell
        shown = {**ruled(writing), **look, "valign": "vcenter"}
        if rank < len(words) - 1:
            shown = {key: kept for key, kept in shown.items() if not key.startswith("bottom")}
        first = replace(label, words=label.words if not rank else "", link=label.link * (not rank))
        write(page, row, 0, first, writing, look=shown)
        write(page, row, 1, part, writing, look=shown)
        fit(page, row, [first.words, line], widths, AIR if len(words) == 1 else 1)
        row += 1
    return row


def _told(table: Table, sheet: Sheet) -> str:
    """A table as the first sheet says it: how many rows, where its sheet has its name."""
    named = len(sheet.tables) == 1 and table.title == sheet.name
    return number_of(len(table.rows), "ligne") if named else table.title


def own(properties: Properties) -> list[tuple[str, Cell]]:
    """What the document is, by its own properties."""
    day = Cell(long_date(properties.date), properties.date, day_format(properties.date))
    own = [("Référence", Cell(properties.reference)), ("Date du document", day)]
    own.append(("Établi par", Cell(properties.author)))
    return [(label, cell) for label, cell in own if cell.words or cell.value]


def facts_of(book: Book, properties: Properties) -> list[tuple[str, Cell]]:
    """What the document says in short, nothing twice."""
    there = {cell.value or cell.words for _, cell in own(properties)}
    return [(label, cell) for label, cell in book.facts if (cell.value or cell.words) not in there]


def _band(page: Any, widths: list[int], writing: Writing) -> int:
    """The title of the document on a band of the colour of its family; the row to go on from."""
    band = {"bg_color": writing.colours["principale"], "font_color": "#FFFFFF", "indent": 1}
    size, titles = title_lines(writing.properties.title, widths, _TITLE)
    title = {**band, "bold": True, "font_size": size, "valign": "vcenter"}
    lines = [("PROJET" if writing.properties.draft else "", band | {"bold": True})]
    lines += [(line, title) for line in titles]
    for row, (line, look) in enumerate([*lines, ("", band)]):
        put(page, row, 0, line, writing, **look)
        page.write_blank(row, 1, None, writing.format(**look))
        page.set_row(row, 1.5 * _TITLE if look is title else HEIGHT)
    return len(lines) + 2
