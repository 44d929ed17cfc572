"""The rows of a table of a form, as they come back: those that were there, and those added."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from dla_docs.formats.fields import CELL_PROMPT
from dla_docs.reading.blocks import Cell, Grid, Words
from dla_docs.receive.blank import Row, Table
from dla_docs.receive.folded import after_prompt, plain, says, tick_of, without_tick
from dla_docs.receive.titles import columns_of, title_row

_PROMPTS = frozenset({"0", "0,00", "oui / non", "-", "–"})
"""What stands in a cell where nothing was written: nobody works for nothing, at no price."""
STRUCK = "des mots y sont barrés"
_RANK = re.compile(r"\d{1,2}")


@dataclass(frozen=True)
class Line:
    """A row that says something: its cells in the order of the columns of the form.

    `ticked`: the columns, from 0, whose box is. `fixed`: those whose words are of the form.
    `rank` counts the rows of the table from 1, its titles aside. `row`: that of the blank form,
    from 0; None for one that was added. `doubt`: why it must be looked at.
    """

    cells: tuple[str, ...]
    ticked: tuple[int, ...]
    fixed: tuple[int, ...]
    rank: int
    page: int = 0
    row: int | None = None
    doubt: str = ""


def lines_of_grid(table: Table, grid: Grid) -> tuple[Line, ...]:
    """The rows of a table that was filled, whose columns may have been moved."""
    order, titles = columns_of(table, grid), title_row(table, grid)
    left = list(range(len(table.rows)))
    found: list[Line] = []
    for rank, cells in enumerate(grid.rows[titles + 1 :], 1):
        texts = tuple(
            cells[n].text.strip() if n is not None and n < len(cells) else "" for n in order
        )
        row = _same_row(table, left, texts)
        if row is not None:
            left.remove(row)
        if line := _line(table, row, texts, _ticks(cells, order), rank, grid.page):
            found.append(replace(line, doubt=_doubt(cells)))
    return tuple(found)


def _doubt(cells: Sequence[Cell]) -> str:
    if any(cell.span > 1 and says(cell.text) for cell in cells):
        return "des cellules de cette ligne ont été fusionnées"
    if any(words.struck for cell in cells for words in cell.words):
        return STRUCK
    return ""


def beyond(table: Table, grid: Grid) -> Iterator[Words]:
    """What is written in the columns that a form has not, and above its titles."""
    order, titles = set(columns_of(table, grid)), title_row(table, grid)
    for rank, row in enumerate(grid.rows):
        for column, cell in enumerate(row):
            if rank < titles or (column not in order and rank > titles):
                yield from (words for words in cell.words if says(words.text))


def _same_row(table: Table, left: Sequence[int], texts: Sequence[str]) -> int | None:
    """The row of the form that a row is: by its fixed words, else the next one to be filled."""
    for n in left:
        fixed = [
            c for c, key in enumerate(table.rows[n].keys) if not key and _names(table.rows[n], c)
        ]
        if fixed and all(_kept(table.rows[n].words[c], texts[c]) for c in fixed if c < len(texts)):
            return n
    return next((n for n in left if not _named(table.rows[n])), None)


def _names(row: Row, column: int) -> bool:
    words = row.words[column]
    return bool(plain(words)) and not _RANK.fullmatch(words)


def _named(row: Row) -> bool:
    """Whether a row of the form has words of its own, by which it is known."""
    return row.total or any(not key and _names(row, c) for c, key in enumerate(row.keys))


def _kept(words: str, text: str) -> bool:
    return _letters(words) == _letters(text)


def _letters(words: str) -> str:
    """The letters alone: a form of last month had a colon where there is a line break today."""
    return "".join(filter(str.isalnum, plain(words)))


def _ticks(cells: Sequence[Cell], order: Sequence[int | None]) -> tuple[int, ...]:
    """The columns whose box is ticked, or that someone crossed."""
    found = []
    for column, n in enumerate(order):
        text = cells[n].text.strip() if n is not None and n < len(cells) else ""
        # « ☐ X » : a cross typed beside the box.
        crossed = tick_of(f"{text} ") or tick_of(f"{without_tick(text)} ")
        if crossed and len(plain(text)) <= 1:
            found.append(column)
    return tuple(found)


def _line(
    table: Table,
    row: int | None,
    texts: tuple[str, ...],
    ticks: tuple[int, ...],
    rank: int,
    page: int,
) -> Line | None:
    """A row, where it says more than the blank one; what it computes of others is no answer."""
    model = table.rows[row] if row is not None else None
    if (model and model.total) or _is_total(table, texts):
        return None
    keys = model.keys if model else ("",) * len(texts)
    fixed = tuple(c for c, key in enumerate(keys) if model and not key and plain(model.words[c]))
    cells = tuple("" if _prompt(text) else after_prompt(text, CELL_PROMPT) for text in texts)
    own = [c for c, text in enumerate(cells) if text and c not in fixed and not _is_box(text)]
    if not own and not ticks:
        return None
    return Line(cells, ticks, fixed, rank, page, row)


def _is_total(table: Table, texts: tuple[str, ...]) -> bool:
    """Whether a row that is not known for one of the form is its total, retyped.

    It says « total », and a sum; what says more is an answer: « Total à revoir ».
    """
    summed = any(row.total for row in table.rows)
    return summed and plain(texts[0]).startswith("total") and all(map(_prompt, texts[1:-1]))


def _prompt(text: str) -> bool:
    return not says(text) or text in _PROMPTS


def _is_box(text: str) -> bool:
    return tick_of(f"{text} ") is not None and len(plain(text)) <= 1


def lines_of_fields(table: Table, fields: Mapping[str, str | bool]) -> tuple[Line, ...]:
    """The rows of a table whose cells are fields, those added after the last one too."""
    found = []
    for rank, (number, keys) in enumerate(_rows_of(table, fields), 1):
        model = table.rows[number] if number is not None else None
        texts, ticks = [], []
        for column, key in enumerate(keys):
            value = fields.get(key, "") if key else (model.words[column] if model else "")
            if isinstance(value, bool):
                ticks += [column] if value else []
                value = ""
            texts.append(value.strip())
        if line := _line(table, number, tuple(texts), tuple(ticks), rank, 0):
            found.append(line)
    return tuple(found)


def _rows_of(
    table: Table, fields: Mapping[str, str | bool]
) -> Iterator[tuple[int | None, tuple[str, ...]]]:
    """The keys of each row: those of the form, then those that its page added."""
    yield from ((rank, row.keys) for rank, row in enumerate(table.rows))
    ranked = [(n, row) for n, row in enumerate(table.rows) if any(row.keys) and not row.total]
    if not ranked:
        return
    last = ranked[-1][1]
    rank = next((int(m[1]) for key in last.keys if (m := _ranked(table.key, key))), 0)
    while rank:
        former, rank = f"{table.key}_{rank}_", rank + 1
        keys = tuple(key.replace(former, f"{table.key}_{rank}_", 1) for key in last.keys)
        last = Row(keys, ("",) * len(keys))
        if not any(key in fields for key in keys if key):
            return
        yield None, keys


def _ranked(table: str, key: str) -> re.Match[str] | None:
    return re.match(rf"{re.escape(table)}_(\d+)_", key)
