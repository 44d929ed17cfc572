"""Confined processes that share pieces of work; what they make comes in the order of the pieces.

Each is driven by a thread of the parent, which does nothing but wait: two cores are two processes.
"""

import os
from collections import deque
from collections.abc import Callable, Generator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor, wait
from queue import SimpleQueue
from typing import TypeVar

from dla_docs.confined.process import Confined

Result = TypeVar("Result")

MOST = 8
"""Processes that work together unless more are asked for: each may hold a gigabyte."""
_AHEAD = 4
"""Pieces that each process may be ahead of the one waited for: what is made is held in memory."""
_LISTEN = 0.5
"""Seconds between two looks at the keyboard: Windows tells no interrupt to one who waits."""


def workers_for(pieces: int, asked: int | None) -> int:
    """How many processes share some pieces of work: those asked for, or one a core.

    To start one takes as long as two pieces do (measured): unasked, half as many at most.
    """
    return max(1, min(asked, pieces) if asked else min(_cores(), MOST, (pieces + 1) // 2))


def _cores() -> int:
    """The cores that this process may use; a container has fewer than its machine."""
    allowed = getattr(os, "sched_getaffinity", None)
    return len(allowed(0)) if allowed else os.cpu_count() or 1


def in_order(
    crew: Sequence[Confined], pieces: int, work: Callable[[Confined, int], Result]
) -> Generator[Result]:
    """What `work` makes of each piece, by its rank, as soon as it and those before it are made.

    What it raises is raised at its turn. The processes end with the last piece, or as soon as the
    generator is closed.
    """
    free: SimpleQueue[Confined] = SimpleQueue()
    for confined in crew:
        free.put(confined)

    def one(rank: int) -> Result:
        confined = free.get()
        try:
            return work(confined, rank)
        finally:
            free.put(confined)

    waiting: deque[Future[Result]] = deque()
    with ThreadPoolExecutor(len(crew)) as pool:
        try:
            for rank in range(pieces):
                waiting.append(pool.submit(one, rank))
                if len(waiting) > _AHEAD * len(crew):
                    yield _awaited(waiting.popleft())
            while waiting:
                yield _awaited(waiting.popleft())
        finally:
            for future in waiting:
                future.cancel()
            for confined in crew:
                confined.close()


def _awaited(future: Future[Result]) -> Result:
    while not wait([future], _LISTEN).done:
        pass
    return future.result()
