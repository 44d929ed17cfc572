"""What a blank form has that a filled one keeps: its labels, its fixed words, its tables.

An answer is what stands between two of them.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from dla_docs.formats.fields import prompt_of
from dla_docs.forms.fields import Field, Kind
from dla_docs.reading.blocks import Block, Grid, Role, Words
from dla_docs.receive.blank import Blank, Table
from dla_docs.receive.folded import plain, says
from dla_docs.receive.titles import ALIKE, alike_titles, title_row

ANCHOR = "l_"
"""What begins the bookmarks of our labels (see `forms/fields.py`)."""


@dataclass(frozen=True)
class Landmark:
    """A text of the blank form that nobody is asked to change, or one of its tables.

    `keys`: the answers it is the label of, or the boxes that it holds. `slot`: the cell where its
    answer is written, from its own (rows, columns), where both are in one table.
    """

    block: Block
    plain: str = ""
    keys: tuple[str, ...] = ()
    table: str = ""
    slot: tuple[int, int] | None = None

    @property
    def is_heading(self) -> bool:
        """Whether it is a title."""
        return isinstance(self.block, Words) and self.block.role is Role.HEADING


def units_of(blocks: tuple[Block, ...], tables: Mapping[str, Table]) -> list[tuple[Block, str]]:
    """The blocks of a file in order, each with the key of the table that it is.

    A table that is none of those of the form is its texts: it was there for the layout, or is a
    person's own.
    """
    found: list[tuple[Block, str]] = []
    for block in blocks:
        if not isinstance(block, Grid):
            found.append((block, ""))
        elif key := _table_of(block, tables):
            if not _continues(block, found, key, title_row(tables[key], block) + 1):
                found.append((block, key))
        elif not _continues(block, found):
            found += [(words, "") for words in block.words()]
    return found


def _continues(grid: Grid, found: list[tuple[Block, str]], again: str = "", first: int = 0) -> bool:
    """Whether a table is the end of the one before it, cut in two; its rows are then put there.

    `again`: the table that its own titles say it is, `first` the rank of its row after them.
    """
    last = len(found) - 1
    while last >= 0 and isinstance(block := found[last][0], Words) and not block.text.strip():
        last -= 1
    before, key = found[last] if last >= 0 else (None, "")
    if not isinstance(before, Grid) or not key or not grid.rows or again not in {"", key}:
        return False
    if len(grid.rows[0]) != len(before.rows[-1]):
        return False
    found[last] = (replace(before, rows=(*before.rows, *grid.rows[first:])), key)
    return True


def _table_of(grid: Grid, tables: Mapping[str, Table]) -> str:
    """The key of the table that a grid is, by its titles; empty for none of them.

    Of two with the same titles, by the words that their rows begin with; by these alone, where the
    titles were taken out.
    """
    scores = {key: alike_titles(grid, table) for key, table in tables.items()}
    alike = [key for key, score in scores.items() if score >= ALIKE]
    if not alike:
        alike = [key for key, table in tables.items() if _has_its_rows(grid, table)]
    return max(alike, key=lambda key: (scores[key], _same_words(grid, tables[key])), default="")


def _has_its_rows(grid: Grid, table: Table) -> bool:
    """Whether a grid without titles has most of the words that the rows of a table are known by."""
    count = sum(bool(plain(words)) for row in table.rows for words in row.words)
    return count > 1 and _same_words(grid, table) >= ALIKE * count


def _same_words(grid: Grid, table: Table) -> int:
    """How many fixed words of a table another holds too."""
    held = {plain(cell.text) for row in grid.rows for cell in row}
    return sum(plain(words) in held for row in table.rows for words in row.words if plain(words))


def landmarks_of(blank: Blank) -> list[Landmark]:
    """The landmarks of a blank form in order."""
    marks: list[Landmark] = []
    slots: set[tuple[int, ...]] = set()
    for block, table in units_of(blank.read.blocks, blank.tables):
        if isinstance(block, Grid):
            marks.append(Landmark(block, table=table))
        elif block.role is not Role.MARGIN:
            _add(block, blank.fields, marks, slots)
    return [_with_slot(mark, slots) for mark in _labelled(marks, blank.fields)]


def _add(
    words: Words, fields: Mapping[str, Field], marks: list[Landmark], slots: set[tuple[int, ...]]
) -> None:
    """A text of the blank form: a landmark, or a place to write."""
    named = [control.name for control in words.controls if control.name in fields]
    boxes = tuple(key for key in named if fields[key].kind is Kind.TICK)
    anchored = tuple(_keys(words.anchors, fields))
    if not boxes and is_blank(words.text, (fields[key] for key in named)):
        slots.add(words.cell)
        # Without a word of its own, an answer is named by what stands above it.
        if anchored and marks:
            marks[-1] = replace(marks[-1], keys=(*marks[-1].keys, *anchored))
        return
    if words.text.strip():
        marks.append(Landmark(words, plain(words.text), boxes or anchored))


def _keys(anchors: tuple[str, ...], fields: Mapping[str, Field]) -> Iterator[str]:
    named = (name.removeprefix(ANCHOR) for name in anchors if name.startswith(ANCHOR))
    return (key for key in named if key in fields)


def is_blank(text: str, fields: Iterator[Field]) -> bool:
    """Whether a text is no answer: nothing, dots, or what stands where nothing is written yet."""
    return not says(text) or text.strip() in {prompt_of(field) for field in fields}


def _labelled(marks: list[Landmark], fields: Mapping[str, Field]) -> Iterator[Landmark]:
    """The landmarks, those whose bookmark the format does not keep known by their words."""
    known = {key for mark in marks for key in mark.keys}
    words = {plain(f.label): key for key, f in reversed([*fields.items()]) if key not in known}
    for mark in marks:
        key = words.pop(mark.plain, "") if not mark.keys and mark.plain else ""
        yield replace(mark, keys=(key,)) if key else mark


def _with_slot(mark: Landmark, slots: set[tuple[int, ...]]) -> Landmark:
    """A label of a table of layout, with the cell of its answer: its own, or the one below."""
    if len(mark.keys) != 1 or not isinstance(mark.block, Words) or not mark.block.cell:
        return mark
    table, row, column = mark.block.cell
    for down in (0, 1):
        if (table, row + down, column) in slots:
            return replace(mark, slot=(down, 0))
    return mark
