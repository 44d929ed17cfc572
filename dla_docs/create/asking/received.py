"""A document that came as a file: what it holds is neither asked nor owed, and no empty key waits.

Its manifest says which key names the file (`recu`), and what its sections are made of.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from dla_docs.create.asking.owed import blank
from dla_docs.documents.types import DocumentType
from dla_docs.edit.edit import Remove, changed
from dla_docs.load.yaml_reader import parse
from dla_docs.model.schemas import Kind, Schema


@dataclass(frozen=True)
class Instead:
    """A key of a file that stands for others: what was received is not typed again.

    `key`: names the file that was received. `freed`: the keys that are then no longer owed.
    """

    key: str
    freed: frozenset[str]

    def undecided(self, data: Mapping[str, Any]) -> bool:
        """Whether nothing says yet if it was received, or is written here."""
        return all(blank(data.get(key)) for key in (self.key, *self.freed))

    def unowed(self, data: Mapping[str, Any]) -> frozenset[str]:
        """The keys that these data do not owe, whatever their schema says."""
        return frozenset() if blank(data.get(self.key)) else self.freed


def instead_of(kind: Kind, types: Iterable[DocumentType]) -> Instead | None:
    """What stands for the sections of the document of a kind, if it may be received."""
    for document in types:
        received = document.recu
        if document.donnees[0] == kind.name and received and received.part == kind.name:
            paths = (path for section in document.sections for path in section.champs)
            freed = (str(path.steps[0]) for path in paths if path.part == kind.name)
            # What its own schema requires stays owed: a workspace may have written it.
            always = kind.schema.get("required", ())
            return Instead(str(received.steps[0]), frozenset(freed) - set(always))
    return None


def relieved(text: str, instead: Instead, schema: Schema) -> str:
    """The text of a file whose empty keys are no longer owed: `dla check` would ask to fill them.

    They go behind a `#`, as a new file has what is optional; where they are written in a way that
    does not allow it, they are taken out. Raises EditError where neither can be.
    """
    data = parse("", text.encode()).data
    if not isinstance(data, dict):
        return text
    for key in [key for key in data if key in instead.unowed(data) and blank(data[key])]:
        del data[key]
        behind = _behind_sign(text, key)
        is_sound = parse("", behind.encode()).data == data
        text = behind if is_sound else changed(text, (Remove((key,)),), schema)
    return text


def _behind_sign(text: str, key: str) -> str:
    """The text with the lines of a key of the file, and of all below it, behind a `#`."""
    lines = text.splitlines(keepends=True)
    heads = (rank for rank, line in enumerate(lines) if re.match(rf"{re.escape(key)}\s*:", line))
    if (start := next(heads, None)) is None:
        return text
    end = start + 1
    # A list may stand right under its key, its dashes at the margin.
    while end < len(lines) and (not lines[end].strip() or lines[end][0] in " \t-"):
        end += 1
    while not lines[end - 1].strip():
        end -= 1
    return "".join((*lines[:start], *(f"#{line}" for line in lines[start:end]), *lines[end:]))
