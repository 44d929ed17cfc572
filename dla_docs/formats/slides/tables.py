"""Tables cut to the height of a slide: rows that stay whole if they can, the header repeated."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from math import fsum, sqrt
from typing import Any

from dla_docs.formats.slides.frame import FLOOR, TOP, WIDTH
from dla_docs.formats.slides.measure import BOLD, cut, lines, shortened, width
from dla_docs.formats.slides.runs import Words, dressed, merged, plain, text_of, words_of
from dla_docs.tree.nodes import Node, Nodes, text

MARGINS = 14.4
"""What a cell keeps free on its two sides: the defaults of the format."""
SIZES = (22, 21, 20, 19, 17, 16, 13)
"""Letters, in points: the largest that break no word of the header, or the smallest, which is
that of the footer."""
LINE, CELL_AIR, PADDING = 1.2, 5.0, 12.0
"""Height of a line for one point of letters; air above and below the text of a cell; what a row has
beside its lines: that air twice, and 2 for its rules and for rounding."""
READ = 19
"""Letters under which a table is not made smaller to hold on one slide: 14 points on paper."""
ROOM = FLOOR - TOP
"""Height that a table may fill."""
MOST_ROWS = 8
"""Rows of a slide, at most: twelve of one line would fit, more than a room reads at a glance."""
HEAD_LINES = 3
"""Lines of a cell of the header, repeated on each slide: the rest of it would leave no room."""
_LEAST, _STEP = 60.0, 15.0
"""Evening out: no table is asked to be lower than two rows, tried by steps of a line or less."""

Cell = list[Words]
"""The paragraphs of a cell."""
_Sized = tuple[list[Cell], float]
"""A row and its height."""


@dataclass(frozen=True)
class Grid:
    """A table: sides its columns stand on, their parts of the width, header and body rows.

    A side is `left`, `center`, `right`, or `default`.
    """

    sides: list[str]
    widths: list[float]
    head: list[list[Cell]]
    body: list[list[Cell]]
    size: int = SIZES[0]

    @property
    def heights(self) -> tuple[float, ...]:
        """Heights of its rows, the header first, in points."""
        head = (self.height(row, bold=True) for row in self.head)
        return (*head, *(self.height(row) for row in self.body))

    @property
    def line(self) -> float:
        """Height of a line, in points."""
        return self.size * LINE

    def room(self, column: int) -> float:
        """Width of the lines of a column, in ems."""
        # One em at least: a column narrower than its margins would never hold a letter.
        return max(1.0, (self.widths[column] * WIDTH - MARGINS) / self.size)

    def height(self, row: list[Cell], bold: bool = False) -> float:
        """Height of a row, the highest of its cells."""
        return self._lines(row, bold) * self.line + PADDING

    def _lines(self, row: list[Cell], bold: bool) -> int:
        wide = BOLD if bold else 1.0
        return max(
            sum(lines(p, self.room(rank) / wide) for p in cell) or 1
            for rank, cell in enumerate(row)
        )


def grid_of(table: Node) -> tuple[Grid, Nodes]:
    """A table of pandoc, and its caption."""
    _, (_, caption), columns, head, bodies, foot = table["c"]
    rows = [row for body in bodies for part in (body[2], body[3]) for row in part] + foot[1]
    heads = [_cells(row, len(columns)) for row in head[1]]
    lines_of_body = [_cells(row, len(columns)) for row in rows]
    widths = _widths(columns, heads + lines_of_body)
    sides = [column[0]["t"].removeprefix("Align").lower() for column in columns]
    grids = [Grid(sides, widths, heads, lines_of_body, size) for size in SIZES]
    fitting = [grid for grid in grids if _header_fits(grid)] or grids[-1:]
    # The largest letters in which a short table holds on one slide, or else the largest.
    whole = (g for g in fitting if g.size >= READ and fsum(g.heights) <= ROOM)
    return next(whole, fitting[0]), caption


def _header_fits(grid: Grid) -> bool:
    """Whether the longest word of each cell of the header holds on a line."""
    cells = [(rank, cell) for row in grid.head for rank, cell in enumerate(row)]
    words = [(rank, word) for rank, cell in cells for p in cell for word in text_of(p).split()]
    return all(width(word) * BOLD <= grid.room(rank) for rank, word in words)


def grid_slides(grid: Grid, room: float) -> Iterator[Grid]:
    """Tables of a slide each, under the same header."""
    head = [[_short(cell, grid.room(rank)) for rank, cell in enumerate(row)] for row in grid.head]
    left = room - fsum(replace(grid, head=head, body=[]).heights)
    parts = [part for row in grid.body for part in _split(grid, row, left)]
    rows = [(part, grid.height(part)) for part in parts]
    count = len(_packed(rows, left))
    # As even as can be: the least room that takes no more slides.
    while left > _LEAST and len(_packed(rows, left - _STEP)) == count:
        left -= _STEP
    for group in _packed(rows, left):
        yield replace(grid, head=head, body=[row for row, _ in group])


def _packed(rows: list[_Sized], room: float) -> list[list[_Sized]]:
    groups: list[list[_Sized]] = [[]]
    used = 0.0
    for row, height in rows:
        if groups[-1] and (used + height > room or len(groups[-1]) >= MOST_ROWS):
            groups.append([])
            used = 0.0
        groups[-1].append((row, height))
        used += height
    return groups


def _split(grid: Grid, row: list[Cell], room: float) -> Iterator[list[Cell]]:
    """A row higher than a slide, in several."""
    count = max(1, int((room - PADDING) // grid.line))
    rest = row
    while rest:
        if grid.height(rest) <= room:
            yield rest
            return
        parts = [_cut(cell, grid.room(rank), count) for rank, cell in enumerate(rest)]
        yield [head for head, _ in parts]
        rest = [tail for _, tail in parts] if any(tail for _, tail in parts) else []


def _cut(cell: Cell, room: float, count: int) -> tuple[Cell, Cell]:
    """As many paragraphs of a cell as hold on some lines, and the others."""
    held: Cell = []
    for rank, paragraph in enumerate(cell):
        needed = lines(paragraph, room)
        if needed > count:
            head, rest = cut(paragraph, room, count) if count else ([], paragraph)
            return [*held, *([head] if head else [])], [rest, *cell[rank + 1 :]]
        held.append(paragraph)
        count -= needed
    return held, []


def _short(cell: Cell, room: float) -> Cell:
    """A cell of a header, on a few lines."""
    words = merged([run for p in cell for run in [*plain(" "), *p]][1:])
    return [shortened(words, room / BOLD, HEAD_LINES)[0]] if words else []


def _widths(columns: list[Any], rows: list[list[Cell]]) -> list[float]:
    """Parts of the width: those that were given, else by the length of the contents."""
    given = [float(c[1].get("c", 0)) if c[1]["t"] == "ColWidth" else 0.0 for c in columns]
    if not all(given):
        longest = [
            max((sum(map(_length, row[i])) for row in rows), default=1) for i in range(len(columns))
        ]
        # By the root of the length: a column of long texts takes more lines, not all the width.
        given = [max(2.0, sqrt(length)) for length in longest]
    whole = fsum(given)
    return [part / whole for part in given]


def _length(words: Words) -> int:
    return len(text_of(words))


def _cells(row: Any, count: int) -> list[Cell]:
    cells = [list(_paragraphs(cell[4])) for cell in row[1]]
    return cells + [[] for _ in range(count - len(cells))]


def _paragraphs(blocks: Nodes, mark: str = "") -> Iterator[Words]:
    """Blocks of a cell as paragraphs: slides have no list within a cell."""
    for block in blocks:
        for paragraph in _contents(block["t"], block.get("c", [])):
            yield merged([*plain(mark), *paragraph])
            mark = ""


def _contents(kind: str, content: Any) -> Iterator[Words]:
    match kind:
        case "Para" | "Plain":
            # A cell holds no image: its alternative text instead.
            yield words_of(content)
        case "BulletList":
            for item in content:
                yield from _paragraphs(item, "•\u00a0")
        case "OrderedList":
            for rank, item in enumerate(content[1], content[0][0]):
                yield from _paragraphs(item, f"{rank}.\u00a0")
        case "Div":
            yield from _paragraphs(content[1])
        case "BlockQuote":
            yield from _paragraphs(content)
        case "CodeBlock":
            for row in content[1].splitlines():
                yield dressed(plain(row), "Code")
        case _:
            yield plain(text(content).strip())
