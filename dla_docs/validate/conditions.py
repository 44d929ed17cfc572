"""Conditions inside one file: what a schema says, in words of its own, of well-formed data.

A subschema that carries `x-message` is a condition: a rule of the trade, not a fault of form. All
the constraints that break within it are one finding, with that message, the hint of `x-conseil`
and the code of `x-regle`, those closest on the way down. They are said in JSON Schema so that an
editor applies them too.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from dla_docs.load.yaml_reader import Source
from dla_docs.model.findings import Finding, Pointer
from dla_docs.model.paths import at
from dla_docs.model.schemas import Schema, field_at
from dla_docs.model.values import shown
from dla_docs.model.words import enumeration, filled
from dla_docs.validate.branches import Breach
from dla_docs.validate.messages import CODES

DATUM, LACKING = "valeur", "manque"
"""What a message may hold: the datum at fault, what lacks, or any key of the mapping."""

_NAMED = frozenset({"properties", "patternProperties", "dependentSchemas", "prefixItems", "allOf"})
"""Keywords that hold several schemas: the step after them names one."""

_DOWN = frozenset({"properties", "patternProperties", "additionalProperties", "items"})
_DOWN |= {"prefixItems", "unevaluatedProperties", "unevaluatedItems"}
"""Keywords whose schemas are about what a datum holds: one step further in the data."""


@dataclass(frozen=True)
class Condition:
    """A subschema with a message, and the part of the data that it is about.

    `place` is where it applies in the data; `keys` are those that it looks at, from `root` on.
    """

    message: str
    hint: str
    rule: str
    place: Pointer
    root: Pointer
    keys: frozenset[str]


def condition_of(schema: Schema, path: Iterable[str | int], pointer: Pointer) -> Condition | None:
    """The condition that a broken keyword is part of; None for a fault of form.

    `path` leads to the keyword in the schema, `pointer` to what breaks it in the data.
    """
    rule, hint, above = "", "", schema
    looked_at: list[tuple[int, Any]] = []
    closest = None
    for depth, keyword, node in _way(schema, path):
        rule, hint = node.get("x-regle", rule), node.get("x-conseil", hint)
        if keyword in {"then", "else"}:
            looked_at.append((depth, above["if"]))
        if "x-message" in node:
            parts = [*looked_at, (depth, node)]
            keys = frozenset(key for _, part in parts for key in _keys(part))
            root = pointer[: parts[0][0]]
            closest = Condition(node["x-message"], hint, rule, pointer[:depth], root, keys)
        above = node
    return closest


def _way(schema: Schema, path: Iterable[str | int]) -> Iterator[tuple[int, str | int, Schema]]:
    """Each subschema on the way to a keyword: its depth in the data, what it stands under."""
    node: Any = schema
    depth, steps = 0, iter(path)
    yield depth, "", schema
    for keyword in steps:
        node = node[keyword]
        depth += keyword in _DOWN
        if keyword in _NAMED and (name := next(steps, None)) is not None:
            # jsonschema does not name the property whose schema is `false`.
            node = node[name]
        if isinstance(node, Mapping):
            yield depth, keyword, node


def _keys(schema: Any) -> Iterator[str]:
    """The keys of the data that a schema names, at any depth."""
    if isinstance(schema, Mapping):
        yield from schema.get("properties", ())
        yield from schema.get("required", ())
        schema = list(schema.values())
    if isinstance(schema, list):
        for inner in schema:
            yield from _keys(inner)


def broken_conditions(
    source: Source,
    schema: Schema,
    breaches: Iterable[tuple[Condition, Breach]],
    faults: Iterable[Finding],
) -> Iterator[Finding]:
    """One finding for each condition that does not hold, of all that breaks one in a file.

    A condition that looks at a datum whose form is at fault says nothing: the cause is told.
    """
    together: dict[Condition, list[Breach]] = {}
    for condition, breach in breaches:
        together.setdefault(condition, []).append(breach)
    pointers = [fault.pointer for fault in faults]
    for condition, broken in together.items():
        pointer = _datum(broken[0])
        if not any(_bears_on(condition, pointer, other) for other in pointers):
            yield _finding(source, schema, condition, broken, pointer)


def _bears_on(condition: Condition, datum: Pointer, fault: Pointer) -> bool:
    """Whether a fault is at what a condition is told of, or at what it looks at."""
    size = len(condition.root)
    beside = fault[:size] == condition.root and not condition.keys.isdisjoint(fault[size:])
    return beside or datum[: len(fault)] == fault or fault[: len(datum)] == datum


def _datum(breach: Breach) -> Pointer:
    """The datum at fault: what breaks the constraint, or the first key that lacks."""
    return (*breach.pointer, *_absent(breach)[:1])


def _absent(breach: Breach) -> list[str]:
    """The keys that lack, for the keywords that ask for some."""
    asked, data = breach.asked, breach.data
    if breach.keyword == "dependentRequired":
        asked = [key for known, keys in asked.items() if known in data for key in keys]
    elif breach.keyword != "required":
        return []
    return [key for key in asked if key not in data]


def _finding(
    source: Source,
    schema: Schema,
    condition: Condition,
    broken: list[Breach],
    pointer: Pointer,
) -> Finding:
    size = len(condition.place)
    while not isinstance(at(source.data, condition.place[:size]), dict):
        size -= 1
    mapping = condition.place[:size]

    def word(name: str) -> str:
        if name == LACKING:
            return _lacking(broken)
        place = pointer if name == DATUM else (*mapping, name)
        return shown(at(source.data, place), field_at(schema, place))

    code = condition.rule or CODES.get(broken[0].keyword, "S-VALEUR")
    message, hint = (filled(text, word) for text in (condition.message, condition.hint))

    # Which keys lack is no datum.
    def public(text: str) -> str:
        return filled(text, lambda name: word(name) if name == LACKING else "…")

    found = source.finding(code, message, pointer, hint=hint)
    words = public(condition.message), public(condition.hint)
    return replace(found, condition=True, public=words)


def _lacking(broken: list[Breach]) -> str:
    """The keys that are absent, and the titles of the elements that a list has not."""
    names = [key for breach in broken for key in _absent(breach)]
    names += [b.asked.get("title", "") for b in broken if b.keyword == "contains"]
    return enumeration(dict.fromkeys(names))
