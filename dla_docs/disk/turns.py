"""A file that several programs write again from what it holds: one at a time, each after another.

Whoever makes the file that will replace it has the turn (as git's `index.lock`): nothing else
stays, and a network disk puts up with it.
"""

import errno
import os
import stat
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from dla_docs.disk.errors import writing
from dla_docs.disk.writing import MAKING, PAUSE, WAIT, folder_for, replace

STALE = 10.0
"""Seconds: how long the mark of a program stays when it died while it had the turn, which takes a
hundredth."""


def rewrite(path: Path, root: Path, content: Callable[[], bytes]) -> None:
    """Write a file below a root from a content computed in turn; empty, the file is removed.

    Raises DiskError.
    """
    with writing(path):
        place = folder_for(path.parent, root) / path.name
        mark = place.with_name(f"{place.name}.dla")
        handle = _taken(mark)
        try:
            with os.fdopen(handle, "wb") as file:
                told = content()
                file.write(told)
            replace(mark, place)
        except BaseException:
            # Once it has become the file, a mark of that name is another program's.
            mark.unlink(missing_ok=True)
            raise
        if not told:
            place.unlink(missing_ok=True)


def _taken(mark: Path) -> int:
    """The mark, made and open, once no other program has it."""
    seen = -1
    since = start = time.monotonic()
    while (handle := _made(mark)) is None:
        now, stamp = time.monotonic(), _stamp(mark)
        if now - start > WAIT:
            raise BlockingIOError(errno.EBUSY, "mark", str(mark))
        if stamp != seen:
            seen, since = stamp, now
        elif stamp == 0 or now - since > STALE:
            with suppress(FileNotFoundError):
                mark.unlink()
        time.sleep(PAUSE)
    return handle


def _made(mark: Path) -> int | None:
    """The mark, made and open; None where it was there."""
    try:
        return os.open(mark, MAKING, 0o666)
    except FileExistsError:
        return None
    except PermissionError:
        # Windows says this of a file that is being replaced.
        if os.name != "nt":
            raise
        return None


def _stamp(mark: Path) -> int:
    """What tells the mark of one program from that of the next; -1 when it is gone.

    0 for what no program of ours has made, such as a link.
    """
    try:
        state = mark.lstat()
    except OSError:
        return -1
    return state.st_mtime_ns if stat.S_ISREG(state.st_mode) else 0
