"""Members of a crew that share pieces of work; what they make comes in the order of the pieces.

Each is driven by a thread of the parent, which does nothing but wait: two cores are two processes.
"""

import os
from collections import deque
from collections.abc import Callable, Generator, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor, wait
from contextlib import contextmanager
from queue import SimpleQueue
from typing import Any, Protocol, TypeVar

from dla_docs.confined.process import Confined, Patience

Result = TypeVar("Result")


class Member(Protocol):
    """Who does jobs, one at a time: a process of this machine, or one of another (`cluster/`).

    What each means is told by `Confined`, which is one.
    """

    patience: Patience

    def do(self, job: str, *given: Any) -> Iterator[Any]:
        """What a job yields."""

    def close(self) -> None:
        """End, whatever is being done."""


class Hire(Protocol):
    """The members of a crew for some pieces, each told `prepare` with what is `given`."""

    def __call__(
        self,
        pieces: int,
        jobs: int | None,
        prepare: str,
        *given: Any,
        patience: Sequence[float] = (),
    ) -> Sequence[Member]:
        """As many as `jobs`, no more than there is work for; each of a patience of its own."""


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


def processes(
    pieces: int, jobs: int | None, prepare: str, *given: Any, patience: Sequence[float] = ()
) -> Sequence[Member]:
    """A crew of this machine. `patience`: that of each, when it is not the usual one."""
    count = workers_for(pieces, jobs)
    return [Confined(prepare, *given, patience=Patience(*patience)) for _ in range(count)]


@contextmanager
def begun(warm: str) -> Iterator[Hire]:
    """The same, whose first process starts now, and is told `warm` at once.

    It imports what it needs while the command finds what there is to do: each takes half a second
    or more (measured), and neither waits for the other.
    """
    first = Confined(warm)
    first.begin()
    early = [first]

    def hire(
        pieces: int, jobs: int | None, prepare: str, *given: Any, patience: Sequence[float] = ()
    ) -> Sequence[Member]:
        ready = [one.prepared(prepare, *given, patience=Patience(*patience)) for one in early]
        early.clear()
        count = workers_for(pieces, jobs) - len(ready)
        return [
            *ready,
            *(Confined(prepare, *given, patience=Patience(*patience)) for _ in range(count)),
        ]

    try:
        yield hire
    finally:
        # Those to whom it was given had perhaps nothing to do.
        first.close()


def _cores() -> int:
    """The cores that this process may use; a container has fewer than its machine."""
    allowed = getattr(os, "sched_getaffinity", None)
    return len(allowed(0)) if allowed else os.cpu_count() or 1


def in_order(
    crew: Sequence[Member], pieces: int, work: Callable[[Member, int], Result]
) -> Generator[Result]:
    """What `work` makes of each piece, by its rank, as soon as it and those before it are made.

    What it raises is raised at its turn. The members end with the last piece, or as soon as the
    generator is closed.
    """
    free: SimpleQueue[Member] = SimpleQueue()
    for member in crew:
        free.put(member)

    def one(rank: int) -> Result:
        member = free.get()
        try:
            return work(member, rank)
        finally:
            free.put(member)

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
            for member in crew:
                member.close()


def _awaited(future: Future[Result]) -> Result:
    while not wait([future], _LISTEN).done:
        pass
    return future.result()
