"""The parent's side: work asked of a process of its own, waited for no longer than it may take.

A process because what a stranger wrote may end it: a page that doubles a text without end stops
the program that composes it, and nothing inside that program can stop it first.
"""

import contextlib
import os
import pickle
import queue
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from types import TracebackType
from typing import IO, Any

from dla_docs.confined.children import close, end
from dla_docs.confined.frames import read_frame, write_frame
from dla_docs.confined.worker import out_of_memory
from dla_docs.disk.errors import reason_of
from dla_docs.disk.scratch import Scratch
from dla_docs.model.errors import EngineError

ONE, ALL = 30.0, 45.0
"""Seconds that a job may take, and that a run may lose in jobs that do not end: the longest
document of the demonstration takes 2, and nobody should wait a minute for nothing."""
FREE = 3.0
"""Seconds of computing of a document that come to something, yet are counted as lost past it: the
longest of the demonstration takes 1. Twenty that take ten each would last as long as they are many.
"""

_OFFLINE = dict.fromkeys(("HTTPS_PROXY", "HTTP_PROXY", "ALL_PROXY"), "http://127.0.0.1:9")
"""A page may ask Typst for a package, which it would fetch: it asks this machine instead, on the
port where what is said is discarded (RFC 863) and where nobody answers."""


class TooLong(EngineError):
    """A piece of work is abandoned: it takes too long."""


class NotTried(EngineError):
    """A piece of work is not begun: those before it have taken all the time of the run."""


class Patience:
    """The time that work which does not end may take: one piece of it, then a whole run.

    A piece of work is one document, whatever the number of its jobs: see `piece`.
    """

    def __init__(self, one: float | None = None, together: float | None = None) -> None:
        self._one, self._left = one or ONE, together or ALL
        self._start: float | None = None
        self._used = 0.0

    @contextlib.contextmanager
    def piece(self) -> Iterator[None]:
        """Around the jobs of a piece of work: its time begins, and is lost if it fails so."""
        assert self._start is None, "a piece of work holds no other"
        self._start, self._used = time.monotonic(), 0.0
        try:
            yield
        except EngineError:
            self.lose()
            raise
        finally:
            self._left -= max(self._used - FREE, 0.0)
            self._start = None

    def left(self) -> float:
        """Seconds that are left to this piece of work. Raises TooLong and NotTried."""
        assert self._start is not None, "work is done inside a piece of it"
        if self._left <= 0:
            raise NotTried(
                "document non tenté : d’autres, avant lui, ont épuisé le temps d’une commande",
                "corrigez-les d’abord, ou demandez celui-ci seul",
            )
        left = self._limit + self._start - time.monotonic()
        if left <= 0:
            raise self.abandoned()
        return left

    def lose(self) -> None:
        """This piece of work comes to nothing: its time is lost for the run."""
        assert self._start is not None, "work is lost inside a piece of it"
        self._left -= time.monotonic() - self._start
        self._used = 0.0

    def wait(self, seconds: float) -> None:
        """This piece of work has waited for someone to do it: its time begins so much later."""
        assert self._start is not None, "work waits inside a piece of it"
        self._start += seconds

    @property
    def used(self) -> float:
        """Seconds that this piece of work has computed."""
        return self._used

    def use(self, seconds: float) -> None:
        """Count what this piece of work computes: at its end, what passes `FREE` is lost."""
        self._used += seconds

    def abandoned(self) -> TooLong:
        """The failure of a piece of work that takes too long."""
        return TooLong(
            f"document abandonné : il n’est pas fait au bout de {self._limit:.0f} secondes",
            "cherchez dans ses données, ses images ou son gabarit ce qui est démesuré",
        )

    @property
    def _limit(self) -> float:
        return min(self._one, self._left)


class Confined:
    """A process that is told `prepare` with what is `given`, then does jobs. A context manager.

    Both are named `module:function`, for their modules to be imported by the process alone. It is
    started again, and prepared again, when it dies or is abandoned.
    """

    def __init__(self, prepare: str, *given: Any, patience: Patience | None = None) -> None:
        self._prepare = pickle.dumps((prepare, given, False), protocol=5)
        self.patience = patience or Patience()
        self._process: subprocess.Popen[bytes] | None = None
        self._answers: queue.Queue[bytes | None] = queue.Queue()
        self._scratch = Scratch()
        # One thread may close it while another begins a job.
        self._one_at_a_time, self._closed = threading.RLock(), False

    def __enter__(self) -> "Confined":
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def close(self) -> None:
        """End the process for good, whatever it is doing; the job fails, and no other begins."""
        with self._one_at_a_time:
            self._closed = True
            self._stop()

    def begin(self) -> None:
        """Start the process now, to be prepared while its work is still being found."""
        # What fails now fails again, and is told, at its first job.
        with contextlib.suppress(EngineError):
            self._running()

    def prepared(self, prepare: str, *given: Any, patience: Patience) -> "Confined":
        """The same process, prepared once more: what it has imported need not be again."""
        with self._one_at_a_time:
            self.patience = patience
            self._prepare = pickle.dumps((prepare, given, False), protocol=5)
            if self._process is not None and self._process.stdin is not None:
                # Dead already, it is started again with the first job.
                with contextlib.suppress(OSError):
                    write_frame(self._process.stdin, self._prepare)
        return self

    def do(self, job: str, *given: Any) -> Iterator[Any]:
        """What a job yields, as it comes; inside a piece of work of `patience` only.

        Raises what the job raises, and EngineError when it takes too long or ends the process.
        """
        self.patience.left()
        process = self._running()
        try:
            assert process.stdin is not None, "the process is started with a pipe"
            write_frame(process.stdin, pickle.dumps((job, given, True), protocol=5))
        except OSError:
            raise self._died() from None
        while True:
            try:
                answer = self._answers.get(timeout=self.patience.left())
            except (queue.Empty, EngineError):
                self._stop()
                raise self.patience.abandoned() from None
            if answer is None:
                raise self._died()
            kind, value = pickle.loads(answer)
            if kind == "done":
                return
            if kind == "used":
                self.patience.use(value)
                continue
            if kind == "spent":
                self._stop()
            if kind != "result":
                raise value
            yield value

    def _died(self) -> EngineError:
        """The failure of a job that ended the process."""
        code = self._code()
        self._stop()
        if code > 0:
            return EngineError(
                f"le programme qui fait les documents s’est arrêté aussitôt (code {code})",
                "réinstallez dla : une partie en manque sans doute",
            )
        # A signal: libraries stop so when memory is refused to them, without a word.
        return out_of_memory()

    def _code(self) -> int:
        """How the process ended: a code of its own, or less than zero, a signal."""
        if self._process is None:
            return 0
        try:
            return self._process.wait(timeout=1)
        except subprocess.TimeoutExpired:
            # It speaks no more, and is still there.
            return 0

    def _running(self) -> subprocess.Popen[bytes]:
        with self._one_at_a_time:
            if self._closed:
                raise EngineError("document abandonné : la commande s’arrête", "recommencez")
            if self._process and self._process.poll() is None:
                return self._process
            return self._begun()

    def _begun(self) -> subprocess.Popen[bytes]:
        self._stop()
        try:
            self._process = _started(self._scratch.path)
        except OSError as error:
            raise EngineError(
                f"aucun document ne peut être fait ({reason_of(error)})",
                "fermez d’autres programmes, puis recommencez",
            ) from error
        self._answers = queue.Queue()
        # Reading in a thread gives a time limit on Windows too, where pipes have none.
        arguments = (self._process.stdout, self._answers)
        threading.Thread(target=_listen, args=arguments, daemon=True).start()
        assert self._process.stdin is not None, "the process is started with a pipe"
        # Dead already, the job that follows is told so.
        with contextlib.suppress(OSError):
            write_frame(self._process.stdin, self._prepare)
        return self._process

    def _stop(self) -> None:
        with self._one_at_a_time:
            if self._process is not None:
                end(self._process)
                # That of the answers is closed by the thread that reads it.
                close(self._process.stdin)
                self._process = None
            self._scratch.close()


def _started(scratch: Path) -> subprocess.Popen[bytes]:
    """The process, in a group of its own so that what it starts ends with it."""
    own = {**dict.fromkeys(("TMPDIR", "TEMP", "TMP"), str(scratch)), **_OFFLINE, "NO_PROXY": ""}
    kept = {name: value for name, value in os.environ.items() if name.upper() not in own}
    return subprocess.Popen(
        # -P: the folder where the command runs may hold a module that bears a library's name.
        [sys.executable, "-P", "-m", "dla_docs.confined.worker", str(scratch)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        # What libraries say of their death is in English, and says nothing of the document.
        stderr=subprocess.DEVNULL,
        env={**kept, **own},
        start_new_session=True,
    )


def _listen(pipe: IO[bytes], answers: "queue.Queue[bytes | None]") -> None:
    while (frame := read_frame(pipe)) is not None:
        answers.put(frame)
    answers.put(None)
    pipe.close()
