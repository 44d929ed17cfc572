"""A YAML file once read: its data, and where each key and value stands in it."""

from dataclasses import dataclass, field
from typing import Any, NamedTuple

from dla_docs.model.findings import Cure, Finding, Pointer, Severity, Written
from dla_docs.model.paths import at


class Span(NamedTuple):
    """A place in a file; lines and columns count from 1, `end` is just past the last character."""

    line: int
    column: int
    end_line: int
    end_column: int


@dataclass(frozen=True)
class Source:
    """A file read: its data, and where each key and value stands.

    `path` is relative to the workspace. `data` is None for an empty or unreadable file; then
    `faults` says why. `lines` serve the excerpts of messages. `gaps`: some value is empty;
    `escapes`: some text may say more than its letters.
    """

    path: str
    data: Any
    faults: tuple[Finding, ...] = ()
    keys: dict[Pointer, Span] = field(default_factory=dict, repr=False)
    values: dict[Pointer, Span] = field(default_factory=dict, repr=False)
    lines: tuple[str, ...] = field(default=(), repr=False)
    gaps: bool = False
    escapes: bool = False

    def place(self, pointer: Pointer) -> Span:
        """Where a datum is; for an absent one, the key of the nearest mapping that lacks it."""
        if pointer in self.values:
            return self.values[pointer]
        for size in range(len(pointer) - 1, 0, -1):
            parent = pointer[:size]
            if parent in self.keys:
                return self.keys[parent]
            if parent in self.values:
                return self.values[parent]
        return Span(1, 1, 1, 1)

    def key_place(self, pointer: Pointer) -> Span:
        """Where the key of a datum is written."""
        return self.keys.get(pointer) or self.place(pointer)

    def mended(self, pointer: Pointer, value: Written) -> Cure:
        """What writes another value at a place of this file."""
        return Cure(pointer, at(self.data, pointer), self.place(pointer), value=value)

    def renamed(self, pointer: Pointer, key: str) -> Cure:
        """What gives a key of this file another name."""
        return Cure(pointer, str(pointer[-1]), self.key_place(pointer), key=key)

    def finding(
        self,
        code: str,
        message: str,
        pointer: Pointer = (),
        severity: Severity = Severity.ERREUR,
        hint: str = "",
        source: str = "",
        also: tuple[str, ...] = (),
        at_key: bool = False,
    ) -> Finding:
        """A finding about a datum of this file, at its place."""
        span = self.key_place(pointer) if at_key else self.place(pointer)
        return Finding(
            code, severity, message, self.path, span.line, span.column, hint, source, pointer, also
        )
