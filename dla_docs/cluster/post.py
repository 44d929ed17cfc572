"""The other machine's side: a confined process for the jobs of one member of a crew.

What a stranger wrote is bounded there as it is here: a worker of Dask opens none of it.
"""

import pickle
import time
from dataclasses import dataclass
from typing import Any
from weakref import finalize

from dla_docs.confined.process import Confined, Patience
from dla_docs.confined.worker import function_named

BEGIN = "dla_docs.cluster.post:begin"
"""What a confined process is told first: see `begin`."""


@dataclass(frozen=True)
class Answer:
    """What a job yielded before it ended, and the failure that ended it, if one did.

    `used`: seconds of computing; `lasted`: seconds that it took, without what it waited for.
    """

    results: tuple[Any, ...]
    failure: Exception | None
    used: float
    lasted: float


class Post:
    """A process of this machine. Dask holds it as what a task gave, and hands it to the jobs.

    `told`: what it begins with, see `begin`. The process ends as soon as nobody holds the post;
    one that is moved to another machine begins again there.
    """

    def __init__(self, told: bytes) -> None:
        self._told = told
        self._process = Confined(BEGIN, told)
        finalize(self, self._process.close)

    def __reduce__(self) -> tuple[type["Post"], tuple[bytes]]:
        return Post, (self._told,)

    def answer(self, asked: bytes, seconds: float) -> Answer:
        """What a job yields in no more than some seconds. `asked`: its name and what it is given.

        Failures are part of the answer: raised, they would be told by Dask in its own way.
        """
        job, given = pickle.loads(asked)
        results: list[Any] = []
        failure: Exception | None = None
        used = 0.0
        # The run is bounded by who asks: see `Patience`.
        self._process.patience = patience = Patience(seconds, 1e9)
        start = time.monotonic()
        try:
            with patience.piece():
                try:
                    results.extend(self._process.do(job, *given))
                finally:
                    used = patience.used
        except Exception as error:
            failure = error
        return Answer(tuple(results), failure, used, time.monotonic() - start)


def packed(name: str, given: tuple[Any, ...]) -> bytes:
    """A function by its name and what it is given, which Dask carries without looking inside."""
    return pickle.dumps((name, given), protocol=5)


def begin(told: bytes) -> Any:
    """Prepare a confined process with what was packed: what the jobs work on."""
    prepare, given = pickle.loads(told)
    return function_named(prepare)(*given)


def answer(post: Post, asked: bytes, seconds: float) -> Answer:
    """The task that Dask is given: one job, at a post."""
    return post.answer(asked, seconds)
