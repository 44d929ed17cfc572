"""Other programs, run and waited for with all that they start."""

import ctypes
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping, Sequence
from pathlib import Path

DAY = "2026-11-22"
"""The day of every run: a measure of another day reads the same data."""
_ADOPT = 36
"""PR_SET_CHILD_SUBREAPER (linux/prctl.h): orphans become ours, and what they used is counted."""
_GRACE = 1.0
"""Seconds that those who were killed are given to end."""


def adopt_orphans() -> None:
    """Count what outlives its parent: a worker of `dla` is ended before the pandoc it started."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_ADOPT, 1, 0, 0, 0)


def run(
    command: Sequence[str | Path],
    env: Mapping[str, str] | None = None,
    codes: Sequence[int] = (0,),
) -> None:
    """Run a command. Stops at any other code."""
    with tempfile.TemporaryFile() as told:
        process = subprocess.Popen(
            [str(word) for word in command],
            stdout=told,
            stderr=subprocess.STDOUT,
            env={**os.environ, **(env or {})},
        )
        code = process.wait()
        if code not in codes:
            told.seek(0)
            last = told.read().decode(errors="replace")[-1_000:]
            sys.exit(f"échec (code {code}) : {' '.join(map(str, command))[:300]}\n{last}")
    _wait_for_orphans()


_SPAWN = (
    "import resource, subprocess, sys; code = subprocess.call(sys.argv[2:]);"
    "open(sys.argv[1], 'w').write(str(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss));"
    "sys.exit(code)"
)
"""Runs a command and writes its peak: a child that we start ourselves begins with ours (measured:
450 MB, which no process of it holds)."""


def peak(command: Sequence[str | Path]) -> float:
    """Run a command: peak memory of its largest process, in megabytes."""
    with tempfile.NamedTemporaryFile() as told:
        run([sys.executable, "-c", _SPAWN, told.name, *command])
        # In kilobytes, but on macOS.
        return float(told.read()) / (1e6 if sys.platform == "darwin" else 1e3)


def python(module: str) -> list[str]:
    """A module run by the Python that runs this."""
    return [sys.executable, "-m", module]


def dla(root: Path, *words: str) -> list[str]:
    """A command of ours on a workspace."""
    return [*python("dla_docs"), "--workspace", str(root), "--date", DAY, *words]


def said(*command: str) -> str:
    """The first line that a command prints."""
    lines = subprocess.run(command, capture_output=True, text=True, check=False).stdout.splitlines()
    return lines[0].strip() if lines else ""


def _wait_for_orphans() -> None:
    until = time.monotonic() + _GRACE
    try:
        while time.monotonic() < until:
            if os.waitpid(-1, os.WNOHANG) == (0, 0):
                time.sleep(0.002)
    except ChildProcessError:
        return
