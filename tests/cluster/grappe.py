"""A cluster of two workers on this machine, as a person starts it on several."""

import re
import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

WORKERS = 2
_QUIET = ["--no-dashboard", "--dashboard-address", "127.0.0.1:0"]


@dataclass(frozen=True)
class Grappe:
    """Where it answers, and its workers."""

    address: str
    workers: tuple[subprocess.Popen[bytes], ...]


@contextmanager
def grappe(folder: Path) -> Iterator[Grappe]:
    """A scheduler and its workers, in one of the folders of the test."""
    with ExitStack() as stack:
        scheduler = _started(
            stack, folder, "scheduler", "--host", "127.0.0.1", "--port", "0", *_QUIET
        )
        assert scheduler.stderr is not None
        lines = iter(scheduler.stderr.readline, b"")
        address = next(m[0] for line in lines if (m := re.search(rb"tcp://\S+", line))).decode()
        more = ("--no-nanny", "--nthreads", "1", "--host", "127.0.0.1", *_QUIET)
        workers = [_started(stack, folder, "worker", address, *more) for _ in range(WORKERS)]
        yield Grappe(address, tuple(workers))


def _started(stack: ExitStack, folder: Path, *words: str) -> subprocess.Popen[bytes]:
    process = subprocess.Popen(
        [sys.executable, "-m", "dask", *words], stderr=subprocess.PIPE, cwd=folder
    )
    stack.callback(_ended, process)
    return process


def _ended(process: subprocess.Popen[bytes]) -> None:
    process.kill()
    process.wait()
    assert process.stderr is not None
    process.stderr.close()
