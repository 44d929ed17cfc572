"""What a command said the last time, said again where it would say the same: nothing is looked for.

It would when nothing has changed of the workspace, of what was made from it, of the program, of the
day, of what surrounds the command: then it is not even imported. A command is remembered once it
has run without changing any of that.
"""

import hashlib
import marshal
import os
import sys
import sysconfig
import time
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from dla_docs.cli import terminal
from dla_docs.disk.errors import DiskError
from dla_docs.disk.listing import Mark, marks, names
from dla_docs.disk.reading import Unreadable, stamp
from dla_docs.disk.writing import save, unlink
from dla_docs.memory.inventory import OUTPUT, YOUNG, tells_changes
from dla_docs.memory.store import kept, place_of, sealed
from dla_docs.model.errors import WorkspaceError
from dla_docs.model.resources import package_data
from dla_docs.model.workspace import find_workspace

REPEATED = {
    "check": ("--fix", "--fresh"),
    "list": (),
    "render": ("-o", "--out", "--fresh", "--force"),
    "status": (),
}
"""The commands that say the same of the same workspace, each with the options that go further."""
MADE = {"render", "status"}
"""Those that look at what was made too."""
KEPT = 40
"""Answers kept of a workspace at most: a person asks the same few questions."""
RECORD = ".dla-produits.json"
"""See `produced.py`, which the commands that make import."""
_NAME, _LONGEST = "dit-", 1_000_000
"""How their files are named; signs of an answer that is kept, at most."""


@dataclass(frozen=True)
class Question:
    """A command as it was asked: `file` is where its answer is kept, `state` what it rests on."""

    root: Path
    place: Path
    file: str
    state: str
    is_settled: bool
    with_output: bool

    def answer(self) -> tuple[int, Sequence[tuple[bool, str]]] | None:
        """The exit code and the words of the last time, if they would be the same."""
        state, code, said = kept(self.place, self.file) or ("", 0, ())
        return (code, said) if state == self.state else None

    def keep(self, code: int, said: Sequence[tuple[bool, str]]) -> None:
        """Keep what was said, if to say it has changed nothing, and nothing is changing."""
        size = sum(len(text) for _, text in said)
        after = _state(self.root, self.with_output)[0] if self.is_settled else ""
        if after != self.state or size > _LONGEST:
            return
        with suppress(DiskError, Unreadable):
            content = sealed(self.file, (self.state, code, tuple(said)))
            save({self.place / self.file: content}, self.place)
            self._forget_oldest()

    def _forget_oldest(self) -> None:
        within = (self.place,)
        listed = (n for n in names(self.place, within) if n.startswith(_NAME))
        files = sorted((self.place / n for n in listed), key=lambda file: stamp(file, within))
        for file in files[:-KEPT]:
            unlink(file, self.place)


def question_of(arguments: Sequence[str], workspace: Path | None, day: date) -> Question | None:
    """The question that a command line asks; None for one whose answer is not to be kept."""
    further = REPEATED.get(arguments[0]) if arguments else None
    if further is None or not tells_changes():
        return None
    if any(argument.startswith(option) for argument in arguments for option in further):
        return None
    try:
        root = find_workspace(Path.cwd(), workspace).root
    except WorkspaceError:
        return None
    place = place_of(root)
    with_output = arguments[0] in MADE
    state, is_settled = _state(root, with_output) if place else ("", False)
    if not place or not state:
        return None
    asked = repr((arguments, day, Path.cwd(), sorted(os.environ.items()), terminal.streams()))
    file = f"{_NAME}{_hash(asked.encode('utf-8', 'surrogatepass'))[:32]}"
    return Question(root, place, file, state, is_settled, with_output)


def _state(root: Path, with_output: bool) -> tuple[str, bool]:
    """One hash of all that the answers of a workspace rest on, by the marks of files.

    Empty where they do not tell all. And whether no file has just changed: one that changes again
    now might keep its mark.
    """
    settled = time.time_ns() - YOUNG
    found: list[tuple[str, Mark]] = []
    ours = (Path(__file__).parents[1], *map(package_data, ("schemas", "templates")))
    for folder in (root, *ours):
        here = marks(folder, () if with_output else {OUTPUT}, {RECORD})
        if here is None:
            return "", False
        found += sorted(here.items())
    libraries = Path(sysconfig.get_path("purelib"))
    told = marshal.dumps((sys.version, names(libraries, (libraries,)), found))
    return _hash(told), all(mark[2] < settled for _, mark in found)


def _hash(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()
