"""Which numbers of a published bilan may be told: those that show no few structures.

What is promised: each number told is of no structure or of enough, and so is what differs between
any two of them, and what the parts told of a figure leave of its total. What is not: three numbers
or more put together, another bilan of the same dossiers, and what the reader knows otherwise.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from itertools import chain

Structures = frozenset[str]
TOTAL = ""
"""The axis of the total of a figure."""


@dataclass(frozen=True, eq=False)
class Cell:
    """A number that would be printed: of which figure, on which axis, for which code.

    `lines`: the structures of each line that it is counted on, by a key that is the line's own in
    its table.
    """

    figure: str
    axis: str
    code: str
    table: str
    lines: Mapping[int, Structures]

    @cached_property
    def structures(self) -> Structures:
        """All that it is of."""
        return _of(self.lines.values())

    @property
    def key(self) -> tuple[str, str, str]:
        """What tells it from every other."""
        return (self.figure, self.axis, self.code)


def told(cells: Iterable[Cell], least: int) -> frozenset[tuple[str, str, str]]:
    """The keys of the cells that may be printed together, where fewer than `least` structures hide.

    Totals come first, and the largest: what is told of most is told rather than its details.
    """
    known = list(cells)
    totals = [cell for cell in known if cell.axis == TOTAL]
    printed = list(_agreeing(totals, (), least))
    # A zero says of which other figure those of a hidden total are.
    secret = {cell.table for cell in totals if cell not in printed}
    printed = [cell for cell in printed if cell.structures or cell.table not in secret]
    whole = {cell.figure: cell for cell in printed}
    # The parts of a hidden total would add up to it.
    parts = [cell for cell in known if cell.axis != TOTAL and cell.figure in whole]
    agreeing = set(_agreeing(parts, printed, least))
    axes: dict[tuple[str, str], list[Cell]] = {}
    for part in parts:
        axes.setdefault((part.figure, part.axis), []).append(part)
    kept = (_complete(whole[figure], axis, agreeing, least) for (figure, _), axis in axes.items())
    return frozenset(cell.key for cell in chain(printed, *kept))


def _agreeing(cells: Iterable[Cell], before: Iterable[Cell], least: int) -> Iterator[Cell]:
    """Those that show no few structures, alone or against one told before them."""
    printed = list(before)
    for cell in sorted(cells, key=lambda cell: -len(cell.structures)):
        if not _few(cell.structures, least) and all(_agree(cell, c, least) for c in printed):
            printed.append(cell)
            yield cell


def _agree(one: Cell, other: Cell, least: int) -> bool:
    """Whether what differs between two numbers is of no structure, or of enough."""
    if abs(len(one.structures) - len(other.structures)) >= least:
        return True
    if _few(one.structures ^ other.structures, least):
        return False
    if one.table != other.table:
        return True
    lines = {**one.lines, **other.lines}
    apart = one.lines.keys() ^ other.lines.keys()
    return not _few(_of(lines[key] for key in apart), least)


def _complete(total: Cell, axis: list[Cell], agreeing: set[Cell], least: int) -> list[Cell]:
    """The parts of an axis that may be told: the total less these gives those that are not.

    Where a part is hidden, a zero would say that the others are in it.
    """
    kept = [part for part in axis if part in agreeing]
    if len(kept) == len(axis):
        return kept
    kept = sorted((p for p in kept if p.structures), key=lambda part: len(part.structures))
    while kept and _deduced(total, [p for p in axis if p not in kept], kept, least):
        del kept[0]
    return kept


def _deduced(total: Cell, hidden: list[Cell], kept: list[Cell], least: int) -> bool:
    """Whether the parts hidden together, or what no part told holds, are of few structures."""
    apart = total.lines.keys() - set(chain.from_iterable(part.lines for part in kept))
    return _few(_of(part.structures for part in hidden), least) or _few(
        _of(total.lines[key] for key in apart), least
    )


def _of(sets: Iterable[Structures]) -> Structures:
    return frozenset(chain.from_iterable(sets))


def _few(structures: Structures, least: int) -> bool:
    """Whether structures are too few to be told of; none at all shows nobody."""
    return 0 < len(structures) < least
