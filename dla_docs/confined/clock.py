"""The time of a whole command, kept by a process that does nothing else.

What `dla check` computes is bounded piece by piece; this bounds the whole, whatever was missed. A
thread could not: an expression that turns without end holds the interpreter. The command runs in a
child, and tells its parent on a pipe how much there is to do, as soon as it knows.
"""

import os
import select
import signal
import sys
import time
from collections.abc import Callable
from contextlib import suppress
from contextvars import ContextVar

from dla_docs.confined.limits import at_birth

FIRST, A_FILE = 45.0, 0.05
"""Seconds that a command may take, and those that each file of a workspace adds: examining one
takes two thousandths, and a machine may be ten times slower, or ten times busier."""
_STOP = b"stop"

_pipe: ContextVar[int] = ContextVar("pipe", default=-1)
"""Where this process tells of its time; nowhere, when nobody keeps it."""


class Late(Exception):
    """A command that took longer than it may; `seconds` is what it had."""

    def __init__(self, seconds: float) -> None:
        super().__init__(seconds)
        self.seconds = seconds


def allow(seconds: float) -> None:
    """This command may take so much longer."""
    _tell(f"{seconds:.3f}".encode())


def stop() -> None:
    """What follows has limits of its own: the time of the command is kept no more."""
    _tell(_STOP)


def keep(run: Callable[[], None]) -> None:
    """Run a command in a child, and end as it ends. Raises Late in its place.

    Where there is no such child (Windows), the command runs here, and its time is not kept.
    """
    if sys.platform == "win32":
        run()
        return
    ours, theirs = os.pipe()
    # Before anything is imported or started: two thousandths of a second, and no thread is lost.
    child = os.fork()
    if child == 0:
        os.close(ours)
        at_birth()
        _pipe.set(theirs)
        run()
        return
    os.close(theirs)
    for number in (signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, lambda number, frame: _send(child, number))
    # The terminal interrupts both: it is the child's to say so, and to end well.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        _watch(ours)
    except Late:
        _send(child, signal.SIGKILL)
        os.waitpid(child, 0)
        raise
    _end_as(os.waitpid(child, 0)[1])


def _watch(pipe: int) -> None:
    """Wait for the child to end. Raises Late when it takes longer than it may."""
    limit = FIRST
    until: float | None = time.monotonic() + limit
    while True:
        left = None if until is None else max(until - time.monotonic(), 0.0)
        if not select.select([pipe], [], [], left)[0]:
            raise Late(limit)
        if not (told := os.read(pipe, 4096)):
            return
        for word in told.split(b"\n"):
            if word == _STOP:
                until = None
            elif word and until is not None:
                limit, until = limit + float(word), until + float(word)


def _end_as(status: int) -> None:
    """End as the child did: by its code, or by the signal that ended it."""
    if os.WIFSIGNALED(status):
        number = os.WTERMSIG(status)
        with suppress(OSError, ValueError):
            signal.signal(number, signal.SIG_DFL)
        os.kill(os.getpid(), number)
    sys.exit(os.WEXITSTATUS(status))


def _send(child: int, number: int) -> None:
    with suppress(ProcessLookupError):
        os.kill(child, number)


def _tell(word: bytes) -> None:
    # A pipe that nobody reads any more: its reader is dead, and so shall this process be.
    with suppress(OSError):
        if (pipe := _pipe.get()) >= 0:
            os.write(pipe, word + b"\n")
