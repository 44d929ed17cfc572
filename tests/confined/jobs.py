"""Jobs that tests ask of a confined process."""

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from dla_docs.model.errors import RequestError


def ready() -> None:
    return


def prepare(word: str) -> str:
    return word


def refuse(word: str) -> str:
    raise RequestError(f"{word} n’existe pas")


def count(state: str, most: int) -> Iterator[str]:
    for rank in range(most):
        sys.stdout.write("ce que rien ne lit")
        sys.stdout.flush()
        yield f"{state} {rank}"


def last(state: str, seconds: float) -> Iterator[str]:
    yield state
    time.sleep(seconds)


def swell(state: str) -> Iterator[int]:
    yield len(bytearray(8 << 30))


def stop(state: str) -> Iterator[None]:
    yield None
    os.abort()


def refused(state: str) -> Iterator[None]:
    yield from ()
    raise RequestError("rien", "tout")


def wrong(state: str) -> Iterator[None]:
    yield from ()
    raise KeyError("une clé")


def family(state: str) -> Iterator[tuple[int, int, str]]:
    """The process, a child of its own that would last, and a file of theirs."""
    child = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(600)"])
    handle, name = tempfile.mkstemp()
    os.close(handle)
    yield os.getpid(), child.pid, str(Path(name).parent)
    time.sleep(600)


def compute(state: str, seconds: float) -> Iterator[str]:
    start = time.process_time()
    while time.process_time() - start < seconds:
        pass
    yield state
