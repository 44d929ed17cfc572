"""What was agreed later stands for what was first written: the versions of an offer.

A field whose schema names a list beside it (`x-versions`) has the value that the last element of
that list gives under the same key; its own where none does.
"""

from collections.abc import Mapping
from typing import Any

from dla_docs.model.findings import Pointer
from dla_docs.model.paths import at
from dla_docs.model.schemas import Schema, field_at

VERSIONS = "x-versions"
LAST_DAY = "9999-12-31"
"""After every day that data hold: all the versions there are."""


def standing(data: Any, schema: Schema, key: str, day: str = LAST_DAY) -> Pointer:
    """Where the value of a key stands on a day (AAAA-MM-JJ): in its last version, else its own."""
    listed = field_at(schema, (key,)).get(VERSIONS)
    versions = at(data, (listed,)) if listed else None
    # In the order they are written: which came last is told by its place, as people read it.
    for rank, version in reversed(list(enumerate(versions or ()))):
        if isinstance(version, Mapping) and key in version and version.get("date", "") <= day:
            return str(listed), rank, key
    return (key,)
