"""The paragraphs and the tables of a PDF, by where its lines stand: it says neither itself.

A row is what two rules hold, else a line whose first cell is filled. Titles are larger, or bold.
"""

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import groupby

from dla_docs.reading.blocks import Block, Cell, Grid, Role, Words
from dla_docs.reading.pdf_text import Line, Piece

_BULLET = re.compile(r"[^\w\s]{1,2}|\W|\d{1,2}[.)]|[a-zA-Z][.)]")
"""What stands before an item of a list, and is no cell of a row."""
_ITEM = re.compile(r"[-–•*▪►→☐☒\uf0b7]|\d{1,2}(?:\.\d+)*[.)] |[a-z]\) ")
_TIGHT = 1.75
"""Heights of letters from one line to the next of a paragraph, at most: 1.2 to 1.6 are usual."""
_NEAR = 6.0
"""Points by which what is set on one line or in one column may differ."""
_LARGER = 1.12
"""How much larger than the text a title is, at least."""
_ROW = 60.0
"""Points of a row, at most: below it, a rule says that the table is not over."""
_SHARED = 3
"""Lines of one margin, at least, that say how wide the text is."""
_LAST = 150.0
"""Points that the last column may go on beyond its head."""
_RULED = 3
"""Rules of a table that has one between its rows, at least: above, below its head, and below."""


def laid_out(lines: Sequence[Line], rules: Sequence[tuple[int, float]]) -> Iterator[Block]:
    """The paragraphs and the tables that lines make, in their order. `rules`: page and height."""
    sizes = Counter[float]()
    for line in lines:
        sizes[round(line.size, 1)] += len(line.text)
    text = next((size for size, _ in sizes.most_common(1)), 0.0)
    rank = 0
    for page, group in groupby(lines, key=lambda line: line.page):
        held = [_unlisted(line) for line in group]
        heights = sorted({round(y, 1) for where, y in rules if where == page})
        begun = 0
        for start, end in _tables(held, heights):
            yield from _paragraphs(held[begun:start], text)
            rank += 1
            yield _grid(held[start:end], heights, rank, page)
            begun = end
        yield from _paragraphs(held[begun:], text)


def _unlisted(line: Line) -> Line:
    """A line whose bullet is no piece."""
    if len(line.pieces) < 2 or not _BULLET.fullmatch(line.pieces[0].text):
        return line
    if len(line.pieces) > 2 and line.pieces[0].text.strip()[:1].isdigit():
        return line
    first, second = line.pieces[:2]
    joined = Piece(first.left, second.right, f"{first.text} {second.text}")
    return replace(line, pieces=(joined, *line.pieces[2:]))


def _tables(lines: Sequence[Line], heights: Sequence[float]) -> Iterator[tuple[int, int]]:
    """Where tables begin and end: two rows at least, whose cells stand below one another."""
    n = 0
    while n < len(lines):
        end = _table_end(lines, n, heights) if len(lines[n].pieces) > 1 else n
        rows = [line for line in lines[n:end] if len(line.pieces) > 1]
        if len(rows) > 1:
            yield n, end
        n = max(end, n + 1)


def _table_end(lines: Sequence[Line], start: int, heights: Sequence[float]) -> int:
    columns = [(piece.left, piece.right) for piece in lines[start].pieces]
    end = start + 1
    for n in range(start + 1, len(lines)):
        line = lines[n]
        if len(line.pieces) > 1:
            if not any(_below(piece, columns[1:]) for piece in line.pieces[1:]):
                break
            columns = _wider(columns, line.pieces)
        elif not (line.pieces and _within(line, lines[n - 1], columns, heights)):
            break
        end = n + 1
    return end


def _below(piece: Piece, columns: Sequence[tuple[float, float]]) -> bool:
    return any(
        piece.left <= right + _NEAR and piece.right >= left - _NEAR for left, right in columns
    )


def _wider(
    columns: list[tuple[float, float]], pieces: Sequence[Piece]
) -> list[tuple[float, float]]:
    """The columns of a table, as wide as a row that has as many cells shows them."""
    if len(pieces) != len(columns):
        spans = [(piece.left, piece.right) for piece in pieces]
        return spans if len(pieces) > len(columns) else columns
    pairs = zip(columns, pieces, strict=True)
    return [(min(left, p.left), max(right, p.right)) for (left, right), p in pairs]


def _within(
    line: Line,
    before: Line,
    columns: Sequence[tuple[float, float]],
    heights: Sequence[float],
) -> bool:
    """Whether a line of one piece goes on with a cell: it stands in its column, close below."""
    piece = line.pieces[0]
    lefts = [left for left, _ in columns]
    column = max(0, bisect_left(lefts, piece.left + _NEAR) - 1)
    aligned = abs(piece.left - lefts[column]) <= _NEAR
    room = lefts[column + 1] if column + 1 < len(lefts) else max(r for _, r in columns) + _LAST
    close = abs(before.base - line.base) <= _TIGHT * max(line.size, 6.0)
    # The text of a row is drawn cell by cell: the next cell begins above the end of the last.
    close = close or line.base > before.base
    alike = line.bold == before.bold and abs(line.size - before.size) <= 0.5
    ruled = alike and any(line.base - _ROW <= y < line.base for y in heights)
    return aligned and piece.right <= room and (close or ruled)


def _grid(lines: Sequence[Line], heights: Sequence[float], rank: int, page: int) -> Grid:
    columns = _columns(lines)
    rows: dict[tuple[int, int], list[list[str]]] = {}
    for place, line in _placed(lines, heights, len(columns)):
        row = rows.setdefault(place, [[] for _ in columns])
        for piece in line.pieces:
            row[_column(piece, columns)].append(piece.text)
    made = (tuple(_cell(" ".join(texts), page) for texts in row) for row in rows.values())
    return Grid(tuple(made), rank, page)


def _cell(text: str, page: int) -> Cell:
    return Cell((Words(text, page=page),))


def _columns(lines: Sequence[Line]) -> list[tuple[float, float]]:
    """From where to where each column goes, by the rows that have them all."""
    most = max(len(line.pieces) for line in lines)
    full = [line.pieces for line in lines if len(line.pieces) == most]
    return [
        (min(pieces[n].left for pieces in full), max(pieces[n].right for pieces in full))
        for n in range(most)
    ]


def _column(piece: Piece, columns: Sequence[tuple[float, float]]) -> int:
    def away(n: int) -> tuple[float, float]:
        left, right = columns[n]
        common = min(piece.right, right) - max(piece.left, left)
        return -common, abs(piece.left - left)

    return min(range(len(columns)), key=away)


def _placed(
    lines: Sequence[Line], heights: Sequence[float], columns: int
) -> Iterator[tuple[tuple[int, int], Line]]:
    """Each line with what tells its row: the rules below it, and the rows told so far."""
    top, foot = max(line.base for line in lines), min(line.base for line in lines)
    inside = [y for y in heights if foot - 30 <= y <= top + 30]
    distinct = [y for n, y in enumerate(inside) if not n or y - inside[n - 1] > _NEAR / 2]
    full = Counter(
        bisect_left(distinct, line.base) for line in lines if len(line.pieces) == columns
    )
    ruled = len(distinct) >= _RULED and max(full.values(), default=0) <= 1
    number = 0
    for n, line in enumerate(lines):
        if ruled:
            yield (bisect_left(distinct, line.base), 0), line
            continue
        first = abs(line.pieces[0].left - lines[0].pieces[0].left) <= _NEAR
        begins = len(line.pieces) > 1 and (first or len(line.pieces) >= max(2, columns - 1))
        number += bool(n) and begins
        yield (0, number), line


def _paragraphs(lines: Sequence[Line], text: float) -> Iterator[Words]:
    """The lines put together again, a paragraph each."""
    rights: dict[int, list[float]] = {}
    for line in lines:
        if line.pieces:
            rights.setdefault(_margin(line), []).append(line.pieces[-1].right)
    whole = max((right for every in rights.values() for right in every), default=0.0)
    # Centred lines share no margin: none of them says how wide the text is.
    edges = {left: max(every) for left, every in rights.items() if len(every) >= _SHARED}
    held: list[Line] = []
    for line in lines:
        if held and not _goes_on(held[-1], line, edges.get(_margin(line), whole)):
            yield _words(held, text)
            held = []
        held.append(line)
    if held:
        yield _words(held, text)


def _margin(line: Line) -> int:
    """Where a line begins, as those of one margin do."""
    return round(line.pieces[0].left / _NEAR) if line.pieces else 0


def _goes_on(last: Line, line: Line, edge: float) -> bool:
    """Whether a line goes on with the one above: close, set alike, and no room was left for it."""
    if not (last.pieces and line.pieces) or _ITEM.match(line.text):
        return False
    alike = abs(last.size - line.size) <= 0.5 and last.bold == line.bold
    close = 0 < last.base - line.base <= _TIGHT * max(line.size, 6.0)
    first = line.pieces[0]
    word = len(line.text.split()[0]) / max(len(first.text), 1) * (first.right - first.left)
    return alike and close and last.pieces[-1].right + word >= edge - _NEAR


def _words(lines: Sequence[Line], text: float) -> Words:
    larger = all(line.size >= text * _LARGER for line in lines)
    strong = bool(lines[0].pieces) and (larger or all(line.bold for line in lines))
    said = " ".join(line.text for line in lines)
    return Words(said, Role.PARAGRAPH, page=lines[0].page, strong=strong)
