"""The head of a workbook of one sheet, above its tables: no other sheet is there to be named."""

from typing import Any

from dla_docs.formats.sheets.book import Book
from dla_docs.formats.sheets.front import facts_of, own
from dla_docs.formats.sheets.sentences import holds, parts_of, sentence, sentences_of
from dla_docs.formats.sheets.writing import (
    AIR,
    GAP,
    HEIGHT,
    Writing,
    put,
    ruled,
    title_lines,
)

_TITLE = 18
"""Points of the title."""
_HIGH = 30
"""Points of its row."""
_LABELS, _FAR = 24, 44
"""Signs of the column of labels, at least, and of one too wide to be read beside its sentence."""


def alone(book: Book) -> bool:
    """Whether a workbook is one sheet, to be read: one to be filled keeps its own rows."""
    return len(book.sheets) == 1 and not any(t.entries for t in book.sheets[0].tables)


def head(page: Any, book: Book, widths: list[int], writing: Writing) -> tuple[int, float]:
    """Title, document, verdict and funders; the row to go on from, and the points they take."""
    row = _band(page, widths, writing)
    high: float = row * HEIGHT + (row - 2) * (_HIGH - HEIGHT)
    facts = [(label, cell.words) for label, cell in facts_of(book, writing.properties)]
    for rank, said in enumerate(facts):
        look = {"bg_color": writing.colours["fond"]} | ({"bold": True} if not rank else {})
        more, points = _said(page, row, said, widths, writing, look)
        row, high = row + more, high + points
    if book.funders:
        page.set_row(row, GAP)
        row, high = row + 1, high + GAP
        thanks, *names = book.funders
        whole, across = f"{thanks} {', '.join(names)}".strip(), sum(widths)
        # The words of the emblem are a sentence of their own, not one more name.
        whole = whole.replace(", Cofinancé par", " ; cofinancé par")
        for part in parts_of(whole, across):
            high += sentence(page, row, part, writing, {})
            row += 1
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
    size, titles = title_lines(writing.properties.title, widths, _TITLE)
    title = {**band, "bold": True, "font_size": size, "valign": "vcenter"}
    said = [cell.words for _, cell in own(writing.properties)]
    lines = [(line, title) for line in titles]
    if writing.properties.draft:
        lines.insert(0, ("PROJET", band | {"bold": True}))
    for row, (line, look) in enumerate([*lines, (" – ".join(said), band | {"valign": "top"})]):
        _across(page, row, line, widths, writing, look)
        page.set_row(row, _HIGH if look is title else HEIGHT + AIR)
    page.set_row(len(lines) + 1, GAP)
    return len(lines) + 2


def _said(
    page: Any, row: int, said: tuple[str, str], widths: list[int], writing: Writing,
    look: dict[str, Any],
) -> tuple[int, float]:  # fmt: skip
    """A label and its sentence, which goes over the columns beside it; the rows and the points.

    Beside a wide column, a sentence would stand far from its label: it is then under it. So is one
    that the columns beside do not hold; one without a label begins where labels do.
    """
    label, words = said
    across, bold = sum(widths), bool(look.get("bold"))
    place = next((p for p in range(len(widths)) if sum(widths[:p]) >= _LABELS), 1)
    left = across - sum(widths[:place])
    place = 0 if across - left > _FAR or not label else place
    if not all(holds(one, left, bold=bold) for one in sentences_of(words, left, bold=bold)):
        place = 0
    parts = parts_of(words, left if place else across, bold=bold)
    # Of a place of its own, or on the line of its sentence.
    rows = [(label, "")] * (not place and bool(label)) + [("", part) for part in parts]
    rows[0] = label, rows[0][1]
    high = 0.0
    for rank, (name, part) in enumerate(rows):
        last = rank == len(rows) - 1
        plain = {"indent": 1, "align": "left"} | (ruled(writing) if last else {}) | look
        plain |= {"valign": "vcenter"}
        _across(page, row + rank, "", widths, writing, plain)
        page.set_row(row + rank, HEIGHT + AIR * (last or not rank))
        if name:
            put(page, row + rank, 0, name, writing, **plain | {"bold": True})
        if part:
            sentence(page, row + rank, part, writing, plain, place)
        high += HEIGHT + AIR * (last or not rank)
    return len(rows), high


def _across(
    page: Any, row: int, line: str, widths: list[int], writing: Writing, look: dict[str, Any]
) -> None:
    put(page, row, 0, line, writing, **look)
    for column in range(1, len(widths)):
        page.write_blank(row, column, None, writing.format(**look))
