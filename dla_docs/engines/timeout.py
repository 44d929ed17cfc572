"""How long an engine may work on one document, and what is said when it takes longer."""

import queue
import threading
import time
from collections.abc import Callable
from typing import TypeVar

from dla_docs.model.errors import EngineError

TIMEOUT = 60.0
"""Seconds after which a document is abandoned: one of the demonstration takes about 0.25 s."""

T = TypeVar("T")


def abandoned(engine: str, seconds: float) -> EngineError:
    """The failure of an engine that did not answer in time."""
    return EngineError(
        f"document abandonné : {engine} n’a pas répondu en {seconds:.0f} secondes",
        "cherchez un texte démesuré dans ses données",
    )


class Deadline:
    """The time left for one document, whatever the number of its formats."""

    def __init__(self) -> None:
        self._until = time.monotonic() + TIMEOUT

    @property
    def passed(self) -> bool:
        """Whether the document has taken too long."""
        return time.monotonic() > self._until

    def check(self, content: bytes) -> bytes:
        """What an engine just made, or EngineError when the document has taken too long."""
        if self.passed:
            raise abandoned("la mise en page", TIMEOUT)
        return content


def within(engine: str, run: Callable[[], T]) -> T:
    """The result of `run`, or EngineError past the time limit.

    The work goes on in a daemon thread, which ends with the program: an engine that runs inside
    this process cannot be stopped, only left behind.
    """
    results: queue.Queue[T | BaseException] = queue.Queue()

    def work() -> None:
        try:
            results.put(run())
        # A panic of typst, written in Rust, is no Exception; lost here, it would be waited for.
        except BaseException as error:
            results.put(error)

    threading.Thread(target=work, daemon=True).start()
    try:
        result = results.get(timeout=TIMEOUT)
    except queue.Empty:
        raise abandoned(engine, TIMEOUT) from None
    if isinstance(result, BaseException):
        raise result
    return result
