"""What a mapping must hold, given what it holds: its schema, and the conditions that apply.

`decision: reorienter` makes `orientations` owed. A condition may reach below the mapping that it
is written for: what applies is handed down with each step.
"""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from dla_docs.model.schemas import Schema, owed_keys
from dla_docs.validate.fast import admits

Applied = tuple[Schema, ...]
"""The schemas that say something of one datum: its own first, then those of its conditions."""


def blank(value: Any) -> bool:
    """Whether a datum reads as absent: nothing is in it."""
    if isinstance(value, dict):
        return all(map(blank, value.values()))
    return all(map(blank, value)) if isinstance(value, list) else value is None or value == ""


def applied(schemas: Applied, data: Mapping[str, Any]) -> Applied:
    """The same, with what the conditions of each add for these data."""
    return tuple(_all(schemas, data))


def _all(schemas: Iterable[Schema], data: Mapping[str, Any]) -> Iterator[Schema]:
    for schema in schemas:
        yield schema
        for condition in (schema, *schema.get("allOf", ())):
            if "if" in condition:
                branch = condition.get("then" if _holds(condition["if"], data) else "else")
                if isinstance(branch, Mapping):
                    yield from _all((branch,), data)
            elif condition is not schema:
                yield from _all((condition,), data)
        yield from _all(_alternative(schema, data), data)


def _alternative(schema: Schema, data: Mapping[str, Any]) -> tuple[Schema, ...]:
    """The first of several ways to be right, where none is taken yet."""
    ways = [way for way in schema.get("anyOf", ()) if isinstance(way, Mapping)]
    taken = any(_holds(way, data) for way in ways)
    return () if taken else tuple(ways[:1])


def _holds(schema: Any, data: Any) -> bool:
    try:
        return admits(schema, data) if isinstance(schema, Mapping) else bool(schema)
    except ValueError:
        # A number out of the reach of the fast reader: `dla check` decides.
        return False


def required(schemas: Applied, data: Mapping[str, Any]) -> frozenset[str]:
    """The keys that a mapping must hold, by the schemas that apply; none that is calculated."""
    keys = {key for schema in schemas for key in owed_keys(schema)}
    for schema in schemas:
        for key, others in schema.get("dependentRequired", {}).items():
            keys |= set(others) if data.get(key) is not None else set()
    return frozenset(keys)


def below(schemas: Applied, key: str) -> Applied:
    """The schemas that apply to the datum of a key."""
    found = (schema.get("properties", {}).get(key) for schema in schemas)
    return tuple(field for field in found if isinstance(field, Mapping))


def elements(schemas: Applied) -> Applied:
    """The schemas that apply to each element of a list."""
    found = (schema.get("items") for schema in schemas)
    return tuple(field for field in found if isinstance(field, Mapping))
