"""A value of the data as lines of YAML, the same whoever writes it: a skeleton, or a change.

Lines have no line end, and no indent of their own: who places them sets them in.
"""

from collections.abc import Iterable, Mapping
from typing import Any

from dla_docs.model.examples import ESCAPED, scalar
from dla_docs.model.schemas import Schema, field_at, fields

STEP = 2
"""Columns that what a key or a dash holds is set in by."""


def shape(field: Schema, value: Any) -> str:
    """How a value is laid out: `mapping`, `items` (a list of mappings), `list`, `text`, `scalar`.

    Where there is no value yet, its schema says.
    """
    if field.get("contentMediaType") == "text/markdown":
        return "text"
    kinds = field.get("type", "object" if "properties" in field else "string")
    if value is None:
        return _due(field, kinds)
    if isinstance(value, dict) and value:
        return "mapping"
    if isinstance(value, list) and value:
        if all(isinstance(item, dict) and item for item in value):
            return "items"
        return "list"
    return "scalar"


def _due(field: Schema, kinds: Any) -> str:
    if "object" in kinds and field.get("properties"):
        return "mapping"
    if "array" not in kinds:
        return "scalar"
    items = field.get("items", {})
    return "items" if isinstance(items, Mapping) and items.get("type") == "object" else "list"


def as_block(value: Any) -> bool:
    """Whether a text can be written under « | »; its last line end means nothing in Markdown."""
    if value is None:
        return True
    return isinstance(value, str) and not (value[:1].isspace() or ESCAPED.search(value))


def entry(key: str, value: Any, field: Schema) -> list[str]:
    """A key and the value it holds; none where it is left empty."""
    kind, name = "" if value is None else shape(field, value), scalar(key)
    if kind == "mapping":
        return [f"{name}:", *indented(_inside(value, field))]
    if kind in ("items", "list"):
        item = field_at(field, (0,))
        return [f"{name}:", *indented(line for one in value for line in element(one, item))]
    if kind == "text" and value and as_block(value):
        return [f"{name}: |", *indented(value.rstrip("\n").split("\n"))]
    return [f"{name}: {'' if value is None else scalar(value)}".rstrip()]


def element(value: Any, field: Schema) -> list[str]:
    """An element of a list, after its dash."""
    if value is not None and shape(field, value) == "mapping":
        first, *others = _inside(value, field)
        return [f"- {first}", *indented(others)]
    return [f"- {'' if value is None else scalar(value)}".rstrip()]


def _inside(value: Mapping[str, Any], field: Schema) -> list[str]:
    """The keys of a mapping in the order of its schema, then those it says nothing of."""
    known = [key for key, _ in fields(field) if key in value]
    order = (*known, *(key for key in value if key not in known))
    return [line for key in order for line in entry(key, value[key], field_at(field, (key,)))]


def indented(lines: Iterable[str], by: int = STEP) -> list[str]:
    """Lines set in, the empty ones left empty."""
    return [f"{' ' * by}{line}" if line else "" for line in lines]
