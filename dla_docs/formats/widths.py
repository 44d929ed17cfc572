"""Columns of a table wide enough for what no line may cut: a date, an amount, an ordinary word."""

import re
from functools import lru_cache
from math import fsum

from dla_docs.tree.nodes import Node, Nodes, text

_NARROW = frozenset("iljtfI.,;:!|'’()[]-\u00a0\u202f ")
_BROAD = frozenset("mwMWœŒæÆ@%")
_EM = {"narrow": 0.28, "broad": 0.83, "capital": 0.6, "other": 0.52}
"""Widths in em of the signs of the text's font, by kind, a little above their mean."""
_MEAN, _BLANK = 0.95, 0.2
"""What brings these widths down to the mean, for a whole line; em of a space between words."""
MARGINS = 4.0
"""Millimetres of the two margins of a cell."""
LONGEST = 24
"""Letters of the longest piece that a column is widened for: an address on the web may be cut."""
_PIECE = re.compile(r"[^\s/-]+(?:[\u00a0\u202f][^\s/-]+)*[/-]?")
"""What stands between two places where a line may end; no-break spaces join."""
_SPACE = re.compile(r"[^\S\u00a0\u202f]+")


def uncut(table: Node, width: float, size: float) -> Nodes:
    """A table whose narrow columns take what they lack from the others, in proportion.

    `width` of the table in millimetres, `size` of its letters in points.
    """
    columns = table["c"][2]
    shares = [share["c"] for _, share in columns if share["t"] == "ColWidth"]
    rows = [row for part in _rows(table) for row in part]
    if len(shares) != len(columns) or any(len(row) != len(columns) for row in rows):
        return [table]
    needs = [
        max((needed(row[rank], size) for row in rows), default=0.0) for rank in range(len(shares))
    ]
    found = fitted(shares, [min(1.0, need / width) for need in needs])
    specs = [
        [align, {"t": "ColWidth", "c": share}]
        for (align, _), share in zip(columns, found, strict=True)
    ]
    return [{"t": "Table", "c": [*table["c"][:2], specs, *table["c"][3:]]}]


def fitted(shares: list[float], needs: list[float]) -> list[float]:
    """Shares of the width, each at least what it needs; as tight as the others for want of room."""
    lacking = fsum(max(0.0, need - share) for share, need in zip(shares, needs, strict=True))
    spare = fsum(max(0.0, share - need) for share, need in zip(shares, needs, strict=True))
    if not lacking:
        return shares
    if lacking > spare:
        return [need / fsum(needs) for need in needs]
    return [
        need if share < need else share - (share - need) * lacking / spare
        for share, need in zip(shares, needs, strict=True)
    ]


def _rows(table: Node) -> list[list[list[Nodes]]]:
    """The cells of the head and of the bodies, row by row."""
    head, bodies = table["c"][3], table["c"][4]
    parts = [head[1], *(rows for body in bodies for rows in body[2:4])]
    return [[[cell[4] for cell in row[1]] for row in part] for part in parts]


def needed(cell: Nodes, size: float) -> float:
    """Millimetres of the longest piece of a cell, in letters of `size` points, and its margins."""
    pieces = [piece for word in _SPACE.split(text(cell)) for piece in _PIECE.findall(word)]
    longest = max((ems(piece) for piece in pieces if len(piece) <= LONGEST), default=0.0)
    return longest * size * 25.4 / 72 + MARGINS


# A text is measured at a dozen notches, most of which leave its lines as they are.
@lru_cache(maxsize=4096)
def wrapped(line: str, room: float) -> int:
    """How many lines the words of a text take in `room` em, as near as may be."""
    count, left = 1, room
    for word in _SPACE.split(line):
        wide = ems(word) * _MEAN
        if wide > left and left < room:
            count, left = count + 1, room
        left -= wide + _BLANK
    return count


# The words of a document come again and again.
@lru_cache(maxsize=16384)
def ems(piece: str) -> float:
    """The width of a text in em, a little above its own."""
    return fsum(_EM[_kind(sign)] for sign in piece)


def _kind(sign: str) -> str:
    if sign in _NARROW:
        return "narrow"
    if sign in _BROAD:
        return "broad"
    return "capital" if sign.isupper() else "other"
