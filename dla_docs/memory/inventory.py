"""The files of a workspace: what each holds, by its hash, read again only when it changed.

The disk tells when a file last changed, whatever was done to its date since. A file that changed
a moment ago may change again without its mark telling it: it is read each time.
"""

import hashlib
import sys
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from dla_docs.disk.listing import Mark, marks
from dla_docs.disk.reading import DOCUMENT, Unreadable, read

OUTPUT = "documents"
"""The folder of what is made: nothing of it is an input."""
YOUNG = 2_000_000_000
"""Nanoseconds under which a change is too near: FAT tells times to two seconds, others finer."""
Held = Mapping[str, tuple[Mark, str]]
"""The hash of the content that each file had at a mark, by its path from the workspace."""


def tells_changes() -> bool:
    """Whether this system tells when a file last changed: Windows gives its birth in the place."""
    return sys.platform != "win32"


@dataclass
class Inventory:
    """The files of a workspace, by their path from it, at one moment.

    `known`: what they held at their marks, by an earlier inventory.
    """

    root: Path
    marks: Mapping[str, Mark]
    moment: int
    known: Held = field(default_factory=dict)
    _hashes: dict[str, str] = field(default_factory=dict)

    @property
    def has_news(self) -> bool:
        """Whether what is to be known the next time is more than what was known."""
        return any(self.known.get(path) != one for path, one in self.held().items())

    def hash(self, path: str) -> str:
        """The hash of what a file holds, or a word for one that is not there."""
        if path not in self._hashes:
            mark, known = self.marks.get(path), self.known.get(path)
            fresh = mark and known and known[0] == mark and not self._is_young(mark)
            self._hashes[path] = known[1] if fresh and known else self._read(path)
        return self._hashes[path]

    def held(self) -> Held:
        """What is to be known of these files the next time."""
        old = {p: (m, h) for p, h in self._hashes.items() if (m := self.marks.get(p))}
        return {path: one for path, one in old.items() if not self._is_young(one[0])}

    def _is_young(self, mark: Mark) -> bool:
        return not tells_changes() or mark[2] > self.moment - YOUNG

    def _read(self, path: str) -> str:
        if path not in self.marks:
            return "absent"
        try:
            return hashlib.sha256(read(self.root / path, (self.root,), DOCUMENT)).hexdigest()
        except Unreadable as reason:
            return str(reason)


def inventory(root: Path, known: Held | None = None) -> Inventory | None:
    """The files of a workspace but those made, and those that programs hide.

    None where their marks do not tell all (see `marks`).
    """
    moment = time.time_ns()
    found = marks(root, {OUTPUT})
    return None if found is None else Inventory(root, found, moment, known or {})
