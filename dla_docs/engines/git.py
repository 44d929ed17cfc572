"""Objects of a git repository, one at a time. Alone runs git, and `git cat-file` only.

Git never runs in the repository of a workspace: what its `.git` holds names programs to run
(filters, signatures, transports, helpers) and files to read, in more settings than can be refused
one by one. It runs in an empty repository of ours, that has no setting but ours, and is given the
store of objects of the other: commits, folders and files by the sum of their content.
"""

import os
import re
import shutil
import subprocess
import time
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType

from dla_docs.confined.children import Heard, close, end
from dla_docs.confined.limits import AT_BIRTH
from dla_docs.disk.laid import lay_folder
from dla_docs.disk.scratch import Scratch

ID = re.compile(r"[0-9a-f]{40}(?:[0-9a-f]{24})?")
"""The name of an object: SHA-1, or SHA-256."""
_ANSWER = re.compile(rb"([0-9a-f]{40,64}) (blob|tree|commit|tag) (\d{1,18})\n")
_LONGEST = 200
"""Bytes of the longest line that `cat-file` answers before a content, with room."""
ANSWER = 10.0
"""Seconds that git may take to answer about one object: one answer takes a thousandth, and a
damaged object can keep git turning without end."""
_CHECK, _CONTENT = "--batch-check", "--batch"
"""The questions: what an object is, and the same with its content."""
_ALLOWED = "96m"
"""What git may take at once to read an object, and what another is a difference from."""
_NOTHING = "/dev/null"
"""An empty file, as git names it on Windows too."""
_CORE = f"""\
\tbare = true
\tcommitGraph = false
\tmultiPackIndex = false
\tfsmonitor = false
\thooksPath = {_NOTHING}
"""
_SETTINGS = {
    "sha1": f"[core]\n\trepositoryFormatVersion = 0\n{_CORE}",
    "sha256": f"[core]\n\trepositoryFormatVersion = 1\n{_CORE}"
    "[extensions]\n\tobjectFormat = sha256\n",
}
"""Ours, and the only ones. What speeds git up and is not an object is not read either."""
_NEUTRAL = {
    "GIT_CONFIG_NOSYSTEM": "1",
    "GIT_CONFIG_SYSTEM": _NOTHING,
    "GIT_CONFIG_GLOBAL": _NOTHING,
    "GIT_ATTR_NOSYSTEM": "1",
    "GIT_NO_REPLACE_OBJECTS": "1",
    "GIT_NO_LAZY_FETCH": "1",
    "GIT_ALLOW_PROTOCOL": "none",
    "GIT_TERMINAL_PROMPT": "0",
    "GIT_OPTIONAL_LOCKS": "0",
    "GIT_ALLOC_LIMIT": _ALLOWED,
    "GIT_PAGER": "cat",
}
"""What git is told whatever its version: no setting of the machine, nothing from the network."""


class GitFault(Exception):
    """Git cannot answer: it has died, of an object most often."""


class NoGit(Exception):
    """There is no git on this machine."""


class BadGit(Exception):
    """What is in the place of git on this machine does not answer as git does."""


class OutOfTime(Exception):
    """The time to answer is over."""


@dataclass(frozen=True)
class About:
    """What an object is, known before it is read: its kind and its size in bytes."""

    kind: str
    size: int


class Objects:
    """The objects of a store. Use as a context manager; git starts when first asked.

    `store`: a folder `objects`, checked before. `digits`: how long the names of its objects are.
    `until`: when git must have answered, on the clock of `time.monotonic`.
    """

    def __init__(self, store: Path, digits: int, until: float, outside: Path) -> None:
        self._store, self._digits, self._until, self._outside = store, digits, until, outside
        self._running: dict[str, _Git] = {}
        self._scratch, self._ready = Scratch(), False
        # Who reads a content asks first what it is: once is enough.
        self._last: tuple[str, About | None] = "", None

    def __enter__(self) -> "Objects":
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._stop()
        self._scratch.close()

    def about(self, name: str) -> About | None:
        """The kind and the size of an object; None where it is missing.

        Raises GitFault, NoGit, BadGit and OutOfTime.
        """
        if name != self._last[0]:
            self._last = name, self._asked(_CHECK, name)
        return self._last[1]

    def content(self, name: str, kind: str, most: int) -> bytes | None:
        """The content of an object of that kind, of `most` bytes; None for another.

        Raises GitFault, NoGit, BadGit and OutOfTime.
        """
        about = self.about(name)
        if about is None or about.kind != kind or about.size > most:
            return None
        if self._asked(_CONTENT, name) != about:
            # Something is left to read that nobody wants: the next answer starts afresh.
            self._stop()
            return None
        try:
            content = self._running[_CONTENT].heard.content(about.size + 1, self._patience())
        except TimeoutError as error:
            raise self._ended() from error
        if len(content) != about.size + 1:
            raise self._ended()
        return content[:-1]

    def _asked(self, question: str, name: str) -> About | None:
        """What git answers about an object: what it is, or that it is missing."""
        if not ID.fullmatch(name):
            return None
        self.check()
        if question not in self._running:
            self._begin(question)
        try:
            line = self._running[question].answer(name, self._patience())
        except OSError as error:
            raise self._ended() from error
        if line == _missing(name):
            return None
        said = _ANSWER.fullmatch(line)
        if said is None or said[1] != name.encode():
            raise self._ended()
        return About(said[2].decode(), int(said[3]))

    def check(self) -> None:
        """Raise OutOfTime once the time is over."""
        if time.monotonic() > self._until:
            raise OutOfTime

    def _patience(self) -> float:
        """Until when git may take to answer."""
        return min(self._until, time.monotonic() + ANSWER)

    def _ended(self) -> Exception:
        """Why a git has ended without an answer; those that run are ended with it."""
        self._stop()
        late = time.monotonic() >= self._until
        return OutOfTime() if late else GitFault("git s’est arrêté")

    def _begin(self, question: str) -> None:
        """Start the git that answers one kind of question. Raises NoGit, BadGit and OutOfTime."""
        program, folder = _program(self._outside), self._repository()
        if not self._ready:
            # What has no object lacks any: whoever says otherwise, or nothing, is no git.
            nothing = "0" * self._digits
            try:
                git = self._running[_CHECK] = _Git(program, _CHECK, folder, folder / "objects")
                known = git.answer(nothing, self._patience()) == _missing(nothing)
            except OSError:
                known = False
            self._stop()
            if not known:
                self.check()
                raise BadGit
            self._ready = True
        try:
            self._running[question] = _Git(program, question, folder, self._store)
        except OSError as error:
            raise BadGit from error

    def _repository(self) -> Path:
        """The repository of ours that git runs in: no file of it comes from elsewhere."""
        if not self._ready:
            sum = "sha1" if self._digits == 40 else "sha256"
            self._scratch.write("config", _SETTINGS[sum].encode())
            self._scratch.write("HEAD", b"ref: refs/heads/none\n")
            for name in ("refs", "objects"):
                lay_folder(self._scratch.path / name)
        return self._scratch.path

    def _stop(self) -> None:
        for git in self._running.values():
            git.stop()
        self._running = {}


class _Git:
    """A git that answers one kind of question. Raises OSError where it cannot start."""

    def __init__(self, program: str, question: str, folder: Path, store: Path) -> None:
        self._process = subprocess.Popen(
            [program, "cat-file", question],
            cwd=folder,
            env=_environment(folder, store),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            # What git complains of is not for the person, and a pipe that nobody reads fills up.
            stderr=subprocess.DEVNULL,
            preexec_fn=AT_BIRTH,
            start_new_session=True,
        )
        assert self._process.stdin and self._process.stdout, "git is started with pipes"
        self._asked, self.heard = self._process.stdin, Heard(self._process.stdout)

    def answer(self, name: str, until: float) -> bytes:
        """The line that git answers about an object. Raises OSError, TimeoutError of them."""
        # It never waits: nothing is asked before the former question had its own answer.
        self._asked.write(name.encode() + b"\n")
        self._asked.flush()
        return self.heard.line(_LONGEST, until)

    def stop(self) -> None:
        """End it, with what it started."""
        end(self._process)
        close(self._asked)
        self.heard.stop()


def _missing(name: str) -> bytes:
    """What git says of an object that is not there."""
    return name.encode() + b" missing\n"


def _program(outside: Path) -> str:
    """The git of the machine: never one that a workspace holds. Raises NoGit."""
    # Windows looks in the current folder before the others.
    found = shutil.which("git")
    if found is None or Path(found).resolve().is_relative_to(outside):
        raise NoGit("git n’est pas installé sur cette machine")
    return str(Path(found).absolute())


def _environment(folder: Path, store: Path) -> dict[str, str]:
    """The variables of the machine, less all that speak to git, plus ours."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("GIT_")}
    # Before git 2.32, the only way not to read the settings of the person.
    home = {"HOME": str(folder), "XDG_CONFIG_HOME": str(folder)}
    ours = {"GIT_DIR": str(folder), "GIT_OBJECT_DIRECTORY": str(store)}
    return {**kept, **home, **_NEUTRAL, **ours}
