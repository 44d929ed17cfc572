"""The folders of a commit, and which state of the workspace it holds."""

import os
from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import sha256
from unicodedata import normalize

from dla_docs.engines.git import Objects
from dla_docs.load.places import DATA, DOSSIER, REFERENCE

_UNREAD = ("documents",)
"""What is made of the others; what begins with a dot is none of the workspace's either."""
_FOLDER = 4_000_000
"""Bytes of one folder of git: a hundred thousand names."""
_KEPT = 4_000
"""Small folders kept in memory: those of a workspace are the same from one commit to the next."""
_SMALL = 8_000
TREE, LINK, MODULE = "40000", "120000", "160000"
"""How git writes what is no file: a folder, a link, the commit of another repository."""


class Lacking(Exception):
    """An object of a commit is missing, or is not what it should be."""


@dataclass(frozen=True)
class Entry:
    """One line of a folder of git: its mode as git writes it, its name, its object."""

    mode: str
    name: str
    id: str


@dataclass(frozen=True)
class State:
    """What tells two states of a workspace apart.

    `whole`: all that is read of it; `near`: the same, less the dossiers that a document is not of.
    """

    whole: bytes
    near: bytes


class Trees:
    """The folders of a store of objects. `digits`: how long the names of its objects are."""

    def __init__(self, objects: Objects, digits: int) -> None:
        self._objects, self._size = objects, digits // 2
        self._known: dict[str, tuple[Entry, ...]] = {}

    def workspace(self, tree: str, steps: tuple[str, ...]) -> str:
        """The folder of the workspace below the top one; empty where it is not. Raises Lacking."""
        for step in steps:
            # macOS names « é » otherwise than git.
            wanted = normalize("NFC", step)
            inner = [e.id for e in self.entries(tree) if normalize("NFC", e.name) == wanted]
            if not inner:
                return ""
            tree = inner[0]
        return tree

    def state(self, tree: str, own: str) -> State:
        """The state of a workspace, by its folder and a dossier (see `Search`). Raises Lacking."""
        whole, near = sha256(), sha256()
        for path, entry in self._lines_of(tree):
            line = f"{entry.mode} {entry.id} {path}\0".encode("utf-8", "surrogateescape")
            whole.update(line)
            folder = path.removeprefix(DATA)
            mine = folder[:REFERENCE] == own[:REFERENCE]
            if not own or mine or not DOSSIER.fullmatch(folder):
                near.update(line)
        return State(whole.digest(), near.digest())

    def parts(self, tree: str) -> tuple[Entry, ...]:
        """What is right below the workspace, less what it does not read. Raises Lacking."""
        entries = self.entries(tree)
        return tuple(e for e in entries if e.name[:1] != "." and e.name not in _UNREAD)

    def _lines_of(self, tree: str) -> Iterator[tuple[str, Entry]]:
        """What is right below the workspace, and right below its data, by path."""
        for entry in self.parts(tree):
            if f"{entry.name}/" == DATA and entry.mode == TREE:
                yield from ((f"{DATA}{inner.name}", inner) for inner in self.entries(entry.id))
            else:
                yield entry.name, entry

    def entries(self, tree: str) -> tuple[Entry, ...]:
        """The lines of a folder. Raises Lacking."""
        if tree not in self._known:
            content = self._objects.content(tree, "tree", _FOLDER)
            if content is None:
                raise Lacking
            found = tuple(self._lines(content))
            if len(content) > _SMALL or len(self._known) > _KEPT:
                return found
            self._known[tree] = found
        return self._known[tree]

    def _lines(self, content: bytes) -> Iterator[Entry]:
        place = 0
        while place < len(content):
            # `<mode> <name>`, NUL, then the name of the object, in bytes.
            end = content.find(b"\0", place)
            mode, _, name = content[place:end].partition(b" ")
            place = end + 1 + self._size
            if end < 0 or place > len(content):
                raise Lacking
            id = content[end + 1 : place].hex()
            yield Entry(mode.decode("latin-1"), os.fsdecode(name), id)
