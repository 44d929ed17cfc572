"""What `make test` looks at of the exhaustive campaigns, which `make test-all` plays whole."""

import os
import subprocess
from collections.abc import Iterable
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import TypeVar

T = TypeVar("T")

EVERYTHING = os.environ.get("DLA_TOUT") == "1"
"""Whether campaigns (marker `campagne`) are played whole: `make test-all`, run by `.ci/run`."""
SHARE = 10
"""One case in ten, others at each commit: a week of work plays most of them on the way."""


@cache
def commit() -> str:
    """The commit under test, which draws the cases; nothing outside of a git repository."""
    command = ["git", "rev-parse", "HEAD"]
    root = Path(__file__).resolve().parent
    try:
        done = subprocess.run(command, cwd=root, capture_output=True, encoding="utf-8", check=False)
    except OSError:
        return ""
    return done.stdout.strip()


def sampled(cases: Iterable[T]) -> list[T]:
    """The cases to play: all of them, or those that the commit draws by their text, never none.

    The draw depends on nothing else: a case that fails here fails wherever the commit is tested.
    """
    ranked = sorted(cases, key=lambda case: rank(str(case)))
    if EVERYTHING:
        return ranked
    drawn = [case for case in ranked if rank(str(case)) < 1 / SHARE]
    return drawn or ranked[:1]


def rank(case: str) -> float:
    """A number from 0 to 1 that the commit gives to a case."""
    return int.from_bytes(sha256(f"{commit()} {case}".encode()).digest()[:8]) / 2**64
