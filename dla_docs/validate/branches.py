"""Which branch of `oneOf` or `anyOf` was meant, and what is wrong in that one alone.

A validator says that no branch fits. People want to know what to change in the form they chose:
the one whose type and whose fixed values (`const`, `enum`) are those of the data. jsonschema's own
`best_match` takes the deepest error: of two branches told apart by a constant, the other one.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from dla_docs.model.findings import Pointer

FIXED = frozenset({"const", "enum"})
KEYS = frozenset({"required", "additionalProperties", "unevaluatedProperties"})
TOO_LONG = "trop-long"
"""Not of JSON Schema: what was not looked at to its end, for want of a bound."""
ONE_KEY_OF = "une-des-cles"
"""Not of JSON Schema: none of the keys of which one is due (`anyOf` of several `required`)."""


@dataclass(frozen=True)
class Breach:
    """A broken keyword: what it asks, the data at fault, where, and the schema that says it.

    `rule` is the closest `x-regle` on the way to it, branches included. `branches` holds the
    breaches of each branch of a `oneOf` or an `anyOf` when none fits.
    """

    keyword: str
    asked: Any
    data: Any
    pointer: Pointer
    schema: Mapping[str, Any]
    rule: str = ""
    branches: tuple[tuple["Breach", ...], ...] = ()


def meant(breach: Breach) -> Iterator[Breach]:
    """The breach itself, or those of the branch that was meant, down to plain keywords."""
    if not breach.branches:
        yield breach
        return
    roots = [tuple(b for b in branch if b.pointer == breach.pointer) for branch in breach.branches]
    if all(_mistyped(root) for root in roots):
        types = [_types(b.asked) for root in roots for b in root if b.keyword == "type"]
        asked = list(dict.fromkeys(name for names in types for name in names))
        yield replace(breach, keyword="type", asked=asked, branches=())
    elif keys := _keys_asked(breach.branches, roots):
        yield replace(breach, keyword=ONE_KEY_OF, asked=keys, branches=())
    else:
        near = [
            branch
            for branch, root in zip(breach.branches, roots, strict=True)
            if not _mistyped(root)
        ]
        if len(near) > 1 and not isinstance(breach.data, dict | list):
            yield replace(breach, branches=())
        else:
            for inner in min(near, key=lambda branch: _distance(branch, breach.pointer)):
                yield from meant(inner)


def _mistyped(root: tuple[Breach, ...]) -> bool:
    return any(breach.keyword == "type" for breach in root)


def _types(asked: Any) -> list[str]:
    return [asked] if isinstance(asked, str) else list(asked)


def _keys_asked(
    branches: tuple[tuple[Breach, ...], ...], roots: list[tuple[Breach, ...]]
) -> list[str]:
    """The keys of which one is due, when each branch asks for others and nothing else."""
    if any(
        len(b) != len(r) or {x.keyword for x in r} != {"required"}
        for b, r in zip(branches, roots, strict=True)
    ):
        return []
    asked = [key for root in roots for breach in root for key in breach.asked]
    return list(dict.fromkeys(key for key in asked if key not in roots[0][0].data))


def _distance(branch: tuple[Breach, ...], pointer: Pointer) -> tuple[int, int, int]:
    """How far the data is from a branch: its fixed values first, then its keys, then the rest."""
    size = len(pointer) + 1
    fixed = sum(b.keyword in FIXED and len(b.pointer) <= size for b in branch)
    keys = sum(b.keyword in KEYS and b.pointer == pointer for b in branch)
    return fixed, keys, len(branch)
