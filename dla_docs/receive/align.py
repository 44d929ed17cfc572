"""Pairs the landmarks of a blank form with what a filled one still has of them.

By their bookmarks, which no program loses; else by their words, in order: the best sum of likeness,
as two texts are compared. What was moved is paired last, where its words are the same.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from dla_docs.reading.blocks import Block, Grid, Role, Words
from dla_docs.receive.folded import plain
from dla_docs.receive.landmarks import ANCHOR, Landmark

_ANCHORED, _EQUAL, _BEGINS, _NEAR, _TABLE = 100.0, 4.0, 3.5, 3.0, 6.0
"""How much each likeness counts: measured on ten fillings of each of three forms."""
_HEADINGS = 0.3
"""What two titles have more."""
_LIKE = 0.85
"""Likeness of two labels where one was retyped, of 1: under it, other labels are taken for it."""
_SHORT = 4
"""Letters under which a text is no label that a sentence may begin with."""


@dataclass(frozen=True)
class Unit:
    """A block of a filled form, as it is compared; `table` is the key of the table that it is."""

    block: Block
    plain: str
    table: str = ""

    @classmethod
    def of(cls, block: Block, table: str) -> "Unit":
        """A block as it is compared."""
        return cls(block, "" if isinstance(block, Grid) else plain(block.text), table)


@dataclass(frozen=True)
class Pairs:
    """Which unit each landmark is, by rank; `anchored` those that a bookmark names."""

    units: dict[int, int]
    anchored: frozenset[int]


def pair(marks: Sequence[Landmark], units: Sequence[Unit]) -> Pairs:
    """Every landmark that is still there, with its unit."""
    scores = [[*_scores(mark, units)] for mark in marks]
    found = _aligned(scores)
    taken = set(found.values())
    for rank, mark in enumerate(marks):
        if rank in found or (not mark.table and len(mark.plain) < _SHORT):
            continue
        same = [n for n, unit in enumerate(units) if n not in taken and _is_same(mark, unit)]
        if len(same) == 1:
            found[rank] = same[0]
            taken.add(same[0])
    anchored = frozenset(rank for rank, n in found.items() if scores[rank][n] >= _ANCHORED)
    return Pairs(found, anchored)


def _is_same(mark: Landmark, unit: Unit) -> bool:
    """Whether a unit is a landmark for certain, wherever it is."""
    return unit.table == mark.table if mark.table else unit.plain == mark.plain


def _scores(mark: Landmark, units: Sequence[Unit]) -> Iterator[float]:
    """How much each unit is like a landmark."""
    # What the comparison counts of the label is counted once: most of the time is spent there.
    matcher = SequenceMatcher(None, b=mark.plain)
    yield from (_score(mark, unit, matcher) for unit in units)


def _score(mark: Landmark, unit: Unit, matcher: "SequenceMatcher[str]") -> float:
    """How much a unit is like a landmark; 0 where it is not."""
    if isinstance(unit.block, Grid) or mark.table:
        return _TABLE if mark.table and mark.table == unit.table else 0.0
    if {f"{ANCHOR}{key}" for key in mark.keys} & set(unit.block.anchors):
        return _ANCHORED if _is_near(mark.plain, unit.plain, matcher) else 0.0
    likeness = _likeness(mark.plain, unit.plain, matcher)
    both = mark.is_heading and unit.block.role is Role.HEADING
    return likeness + _HEADINGS if likeness and both else likeness


def _is_near(label: str, words: str, matcher: "SequenceMatcher[str]") -> bool:
    """Whether an anchored text is the label still: a bookmark stays where its label was erased."""
    return _likeness(label, words, matcher) > 0 or bool(set(label.split()) & set(words.split()))


def _likeness(label: str, words: str, matcher: "SequenceMatcher[str]") -> float:
    if not label or not words:
        return 0.0
    if label == words:
        return _EQUAL
    if len(label) >= _SHORT and words.startswith(label) and not words[len(label)].isalnum():
        return _BEGINS
    if _far(label, words):
        return 0.0
    matcher.set_seq1(words)
    # The two quick ratios are never under the true one, which takes fifty times longer.
    near = matcher.quick_ratio() >= _LIKE and matcher.ratio() >= _LIKE
    return _NEAR if near else 0.0


def _far(label: str, words: str) -> bool:
    """Whether two texts cannot be near: cheaper than to compare them."""
    longest = max(len(label), len(words))
    return min(len(label), len(words)) < 0.7 * longest or longest < 6


def _aligned(scores: Sequence[Sequence[float]]) -> dict[int, int]:
    """The pairs, in order, of the best sum."""
    width = len(scores[0]) if scores else 0
    best = [[0.0] * (width + 1) for _ in range(len(scores) + 1)]
    for i in range(len(scores) - 1, -1, -1):
        row, below, own = best[i], best[i + 1], scores[i]
        for j in range(width - 1, -1, -1):
            paired = below[j + 1] + own[j] if own[j] else 0.0
            row[j] = max(below[j], row[j + 1], paired)
    found: dict[int, int] = {}
    i = j = 0
    while i < len(scores) and j < width:
        if scores[i][j] and best[i][j] == best[i + 1][j + 1] + scores[i][j]:
            found[i] = j
            i, j = i + 1, j + 1
        elif best[i][j] == best[i + 1][j]:
            i += 1
        else:
            j += 1
    return found


def words_of(unit: Unit) -> str:
    """The text of a unit; none for a table."""
    return unit.block.text if isinstance(unit.block, Words) else ""


def anchors(unit: Unit) -> tuple[str, ...]:
    """The bookmarks that begin in a unit."""
    return unit.block.anchors if isinstance(unit.block, Words) else ()


def cell_of(unit: Unit) -> tuple[int, ...]:
    """The cell that a unit is in; empty out of a table."""
    return unit.block.cell if isinstance(unit.block, Words) else ()


def written_as(block: Words | Grid) -> str:
    """A paragraph as a text of the data is written: a list keeps its dashes."""
    if isinstance(block, Grid):
        return ""
    return f"- {block.text}" if block.role is Role.ITEM else block.text
