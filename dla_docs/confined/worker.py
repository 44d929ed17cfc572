"""The process that works: `python -m dla_docs.confined.worker`, started by `process.py`.

It is told once how to prepare, then one job after the other; what a job yields is sent at once, so
that what is made is not lost with what follows. It ends with its parent, cleaning its folder.
"""

import importlib
import os
import pickle
import queue
import sys
import threading
import time
import traceback
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import IO, Any

from dla_docs.confined import limits
from dla_docs.confined.frames import read_frame, write_frame
from dla_docs.disk.scratch import remove
from dla_docs.model.errors import Defect, DlaError, EngineError
from dla_docs.model.findings import Refused

LONGEST = 60
"""Seconds of computing of one job: `process.py` ends it sooner, unless it is dead."""


def main(scratch: Path) -> None:
    """Work until the parent closes the pipe."""
    limits.bind(limits.MEMORY, limits.FILE)
    # What prints by mistake must not be taken for an answer.
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    asked: queue.Queue[Any] = queue.Queue()
    arguments = (os.fdopen(0, "rb", closefd=False), asked, scratch)
    threading.Thread(target=_listen, args=arguments, daemon=True).start()
    state: Any = None
    while True:
        name, given, is_job = pickle.loads(asked.get())
        limits.work_for(LONGEST)
        if is_job:
            _answer(answers, function_named(name)(state, *given))
        else:
            state = _prepared(answers, function_named(name), given)


def _listen(pipe: IO[bytes], asked: "queue.Queue[Any]", scratch: Path) -> None:
    """Take what the parent asks; when it is gone, end at once whatever is being done."""
    while (frame := read_frame(pipe)) is not None:
        asked.put(frame)
    remove(scratch)
    limits.end_group()


def function_named(name: str) -> Callable[..., Any]:
    """A function by `module:name`: its module is imported here, and not where it is asked for."""
    module, _, function = name.partition(":")
    found: Callable[..., Any] = getattr(importlib.import_module(module), function)
    return found


def _prepared(answers: IO[bytes], prepare: Callable[..., Any], given: tuple[Any, ...]) -> Any:
    """What jobs work on; a failure is the answer of the first one."""
    try:
        return prepare(*given)
    except MemoryError:
        _send(answers, ("spent", out_of_memory()))
        raise
    except Exception as error:
        _send(answers, ("spent", _told(error)))
        raise


def _answer(answers: IO[bytes], results: Iterator[Any]) -> None:
    """Send each result, then how it ended."""
    start = time.process_time()
    try:
        for result in results:
            _send(answers, ("result", result))
            _send(answers, ("used", time.process_time() - start))
            start = time.process_time()
        _send(answers, ("used", time.process_time() - start))
        _send(answers, ("done", None))
    except MemoryError:
        # What is still held would be lacking for the next job: the process is to be replaced.
        _send(answers, ("spent", out_of_memory()))
    except Exception as error:
        _send(answers, ("failed", _told(error)))


def _told(error: Exception) -> Exception:
    """An exception that the parent can read, with what only this process knows of it."""
    told = error if isinstance(error, DlaError | Refused) else Defect.of(error)
    told.add_note("".join(traceback.format_exception(error)))
    return told


def out_of_memory() -> EngineError:
    """The failure of a work that would hold more than it may."""
    return EngineError(
        f"document abandonné : il demande plus de {limits.MEMORY >> 30} Go de mémoire",
        "cherchez dans ses données, ses images ou son gabarit ce qui est démesuré",
    )


def _send(answers: IO[bytes], message: Any) -> None:
    write_frame(answers, pickle.dumps(message, protocol=5))


if __name__ == "__main__":
    main(Path(sys.argv[1]))
