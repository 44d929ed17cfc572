"""What a piece of work costs, and two of them in turn: seconds of processor, seconds of the clock.

The processor is counted for this process and for every child that has ended, and theirs. Ratios are
taken pair by pair, so that a machine that slows down meanwhile slows both.
"""

import resource
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from statistics import median

LEAST, MOST = 3, 9
"""Pairs that are measured whatever they last, and the most that a median asks for."""


@dataclass(frozen=True)
class Cost:
    """Seconds that one unit of work takes: of processor, and of the clock on the wall."""

    cpu: float
    wall: float


@dataclass(frozen=True)
class Work:
    """Something to do, and how many units of it are done at once.

    `warm`: what is done first and does not count, where the work itself would be long.
    """

    do: Callable[[], object]
    units: int = 1
    warm: Callable[[], object] | None = None


@dataclass(frozen=True)
class Pair:
    """Ours and theirs, one right after the other."""

    ours: Cost
    theirs: Cost


def cost_of(work: Work) -> Cost:
    """What one unit of some work costs. Children that it leaves behind are not counted."""
    cpu, wall = _cpu(), time.perf_counter()
    work.do()
    wall = time.perf_counter() - wall
    return Cost((_cpu() - cpu) / work.units, wall / work.units)


def paired(ours: Work, theirs: Work, seconds: float, least: int = LEAST) -> tuple[Pair, ...]:
    """Pairs of runs, after one of each that does not count, as many as some seconds hold.

    Who runs first changes at each pair: what one leaves in memory serves the other as often.
    """
    for work in (ours, theirs):
        (work.warm or work.do)()
    pairs: list[Pair] = []
    start = time.perf_counter()
    while len(pairs) < least or (
        len(pairs) < MOST and time.perf_counter() - start < seconds * len(pairs) / (len(pairs) + 1)
    ):
        if len(pairs) % 2:
            second = cost_of(theirs)
            pairs.append(Pair(cost_of(ours), second))
        else:
            pairs.append(Pair(cost_of(ours), cost_of(theirs)))
    return tuple(pairs)


def in_rounds(works: Sequence[Work], seconds: float) -> Iterator[tuple[Cost, ...]]:
    """What each work costs, alone, in rounds: one of them, then those that fit, three at most."""
    rounds: list[tuple[Cost, ...]] = []
    start = time.perf_counter()
    while not rounds or (len(rounds) < LEAST and time.perf_counter() - start < seconds / 2):
        rounds.append(tuple(cost_of(work) for work in works))
    return zip(*rounds, strict=True)


def middle(costs: tuple[Cost, ...]) -> Cost:
    """The median of each of the two seconds."""
    return Cost(median(c.cpu for c in costs), median(c.wall for c in costs))


def _cpu() -> float:
    ended = resource.getrusage(resource.RUSAGE_CHILDREN)
    return time.process_time() + ended.ru_utime + ended.ru_stime
