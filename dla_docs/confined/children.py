"""Programs that we start: listened to no longer than they may take, ended with what they started.

A pipe stays open as long as any of a family holds it: to end the eldest alone frees nobody.
"""

import contextlib
import os
import queue
import subprocess
import sys
import threading
import time
from typing import IO

_PIECE, _AHEAD = 65_536, 8
"""Bytes that are read at once, and such pieces that may wait: who talks without end is not kept."""


def end(process: subprocess.Popen[bytes]) -> None:
    """Kill a program that leads a session of its own, and those it started."""
    if sys.platform != "win32":
        try:
            os.killpg(process.pid, 9)
        except (ProcessLookupError, PermissionError):
            process.kill()
    else:
        process.kill()
    process.wait()


def close(pipe: IO[bytes] | None) -> None:
    """Close what one writes to a program, dead or not."""
    # What was not sent to a dead process no longer matters.
    with contextlib.suppress(OSError):
        if pipe:
            pipe.close()


class Heard:
    """What a program says, read by a thread: a pipe has no time limit of its own on Windows.

    `until` is on the clock of `time.monotonic`; past it TimeoutError is raised.
    """

    def __init__(self, pipe: IO[bytes]) -> None:
        self._pieces: queue.Queue[bytes] = queue.Queue(_AHEAD)
        self._held, self._ended = bytearray(), False
        self._over = threading.Event()
        threading.Thread(target=self._listen, args=(pipe,), daemon=True).start()

    def line(self, most: int, until: float) -> bytes:
        """The next line, of `most` bytes; what there is of it where the program has ended."""
        while b"\n" not in self._held[:most] and len(self._held) < most and self._more(until):
            pass
        return self._taken(self._held.find(b"\n", 0, most) + 1 or most)

    def content(self, size: int, until: float) -> bytes:
        """The bytes that follow, as many; fewer where the program has ended."""
        while len(self._held) < size and self._more(until):
            pass
        return self._taken(size)

    def stop(self) -> None:
        """Listen no more: the thread closes the pipe as soon as it may."""
        self._over.set()
        with contextlib.suppress(queue.Empty):
            while True:
                self._pieces.get_nowait()

    def _more(self, until: float) -> bool:
        """Wait for another piece; False at the end."""
        if not self._ended:
            try:
                piece = self._pieces.get(timeout=max(0.0, until - time.monotonic()))
            except queue.Empty:
                raise TimeoutError from None
            self._held += piece
            self._ended = not piece
        return not self._ended

    def _taken(self, size: int) -> bytes:
        taken = bytes(self._held[:size])
        del self._held[:size]
        return taken

    def _listen(self, pipe: IO[bytes]) -> None:
        while not self._over.is_set() and (piece := os.read(pipe.fileno(), _PIECE)):
            self._pieces.put(piece)
        self._pieces.put(b"")
        pipe.close()
