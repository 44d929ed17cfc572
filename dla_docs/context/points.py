"""The points that a received document owes, by block, and what its reading has found of each."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from dla_docs.model.schemas import Schema, field_at, fields
from dla_docs.model.values import Code

FOUND, ABSENT, TO_READ = "present", "absent", "a_verifier"
"""The states of a point: found, looked for in vain, not looked for yet."""
OPTIONAL = frozenset({"age"})
"""Points that nothing obliges to look for: an age is not asked for (R-CNF-05)."""


@dataclass(frozen=True)
class Point:
    """One point: what is expected, the state of its reading, and where it was found."""

    cle: str
    titre: str
    attendu: str
    etat: Any = None
    page: int | None = None
    note: str | None = None


Block = tuple[str, tuple[Point, ...]]
"""The title of a block, and its points in order."""


def blocks(schema: Schema, found: Mapping[str, Any] | None) -> tuple[Block, ...]:
    """The points that `schema` declares, by block; without a state where `found` is None.

    `found` is what was noted of each, by block and by point: what nothing is noted of is to read.
    """
    return tuple(
        (str(block.get("title", key)), tuple(_points(block, found, key)))
        for key, block in fields(schema)
    )


def _points(block: Schema, found: Mapping[str, Any] | None, key: str) -> Iterator[Point]:
    noted = (found or {}).get(key) or {}
    for name, point in fields(block):
        read = noted.get(name) or {}
        due = found is not None and name not in OPTIONAL
        state = read.get("etat", TO_READ if due else None)
        labels = field_at(point, ("etat",)).get("x-libelles", {})
        yield Point(
            name,
            str(point.get("title", name)),
            str(point.get("description", "")),
            Code(state, labels.get(state, state)) if state else None,
            read.get("page"),
            read.get("note"),
        )
