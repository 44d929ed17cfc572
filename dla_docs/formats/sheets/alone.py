"""The head of a workbook of one sheet, above its tables: no other sheet is there to be named."""

from textwrap import wrap
from typing import Any

from dla_docs.formats.sheets.book import Book
from dla_docs.formats.sheets.front import facts_of, own
from dla_docs.formats.sheets.writing import AIR, GAP, HEIGHT, LETTERS, Writing, ruled

_TITLE, _LINE = 20, 58
"""Points of the title, and signs of a line of it."""
_LABELS = 24
"""Signs of the column of labels, at least."""


def alone(book: Book) -> bool:
    """Whether a workbook is one sheet, to be read: one to be filled keeps its own rows."""
    return len(book.sheets) == 1 and not any(t.entries for t in book.sheets[0].tables)


def head(page: Any, book: Book, widths: list[int], writing: Writing) -> tuple[int, float]:
    """Title, document, verdict and funders; the row to go on from, and the points they take."""
    row = _band(page, widths, writing)
    high = row * HEIGHT + (row - 2) * 0.5 * _TITLE
    facts = [(label, cell.words) for label, cell in facts_of(book, writing.properties)]
    for rank, said in enumerate(facts):
        look = {"bg_color": writing.colours["fond"]} | ({"bold": True} if not rank else {})
        more = _said(page, row, said, widths, writing, look)
        row, high = row + more, high + more * HEIGHT + AIR
    if book.funders:
        page.set_row(row, GAP)
        row, high = row + 1, high + GAP
        thanks, *names = book.funders
        for line in wrap(f"{thanks} {', '.join(names)}", int(LETTERS * sum(widths))):
            page.write_string(row, 0, line, writing.format(indent=1, align="left"))
            row, high = row + 1, high + HEIGHT
    page.set_row(row, GAP)
    row, high = row + 1, high + GAP
    return row, high


def _band(page: Any, widths: list[int], writing: Writing) -> int:
    """The title on a band of the colour of its family, and what the document is under it."""
    band = {
        "bg_color": writing.colours["principale"],
        "font_color": "#FFFFFF",
        "indent": 1,
        "align": "left",
    }
    title = {**band, "bold": True, "font_size": _TITLE - 2, "valign": "vcenter"}
    said = [cell.words for _, cell in own(writing.properties)]
    lines = [(line, title) for line in wrap(writing.properties.title, _LINE)]
    if writing.properties.draft:
        lines.insert(0, ("PROJET", band | {"bold": True}))
    for row, (line, look) in enumerate([*lines, (" – ".join(said), band | {"valign": "top"})]):
        _across(page, row, line, widths, writing.format(**look))
        page.set_row(row, 1.5 * _TITLE if look is title else HEIGHT + AIR)
    page.set_row(len(lines) + 1, GAP)
    return len(lines) + 2


def _said(
    page: Any, row: int, said: tuple[str, str], widths: list[int], writing: Writing,
    look: dict[str, Any],
) -> int:  # fmt: skip
    """A label and its sentence, which goes over the columns beside it, a row a line; its rows."""
    label, words = said
    place = next((p for p in range(len(widths)) if sum(widths[:p]) >= _LABELS), 1)
    across = int(LETTERS * sum(widths[place:]))
    lines = [line for part in words.split("\n") for line in wrap(part, across)] or [""]
    for rank, line in enumerate(lines):
        last = rank == len(lines) - 1
        rule = {"indent": 1, "align": "left"} | (ruled(writing) if last else {})
        at = "vcenter" if len(lines) == 1 else "top"
        plain = writing.format(**{**rule, **look, "valign": at})
        marked = writing.format(**{**rule, **look, "valign": at, "bold": True})
        _across(page, row + rank, "", widths, plain)
        page.write_string(row + rank, 0, "" if rank else label, marked)
        page.write_string(row + rank, place, line, plain)
        page.set_row(row + rank, HEIGHT + AIR * last)
    return len(lines)


def _across(page: Any, row: int, line: str, widths: list[int], look: Any) -> None:
    page.write_string(row, 0, line, look)
    for column in range(1, len(widths)):
        page.write_blank(row, column, None, look)
