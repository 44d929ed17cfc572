"""What a regular expression may try again: two of its repetitions that can share the same signs.

A repetition gives signs back when what follows fails. Where the next repetition can take them, the
texts are tried as many times as there are ways to share them: the square of their length, or more
in a loop. One that gives nothing back (`*+`, `++`, `(?>…)`), or that ends at a sign that it cannot
take, is tried once.
"""

import re
from collections.abc import Iterator, Sequence
from functools import cache
from typing import Any

from re import _constants as sre  # type: ignore[attr-defined]  # isort: skip
from re import _parser  # type: ignore[attr-defined]  # isort: skip

Node = tuple[Any, Any]
Signs = frozenset[int]

_OTHERS = "\u0301\u0660\u2010–—‘’“”•…\u2028\u202e\u202f€あ\ud800\uf0b7🌿"
ALPHABET = (*range(0x180), *map(ord, _OTHERS))
"""Signs that stand for all: those of Latin, and one of each kind that patterns name."""
EVERY = frozenset(ALPHABET)
MANY = 50
"""Turns of a repetition past which trying each of them again takes time."""
_LOOPS = frozenset({sre.MAX_REPEAT, sre.MIN_REPEAT})
_CLASSES = {
    "CATEGORY_DIGIT": r"\d", "CATEGORY_NOT_DIGIT": r"\D", "CATEGORY_SPACE": r"\s",
    "CATEGORY_NOT_SPACE": r"\S", "CATEGORY_WORD": r"\w", "CATEGORY_NOT_WORD": r"\W",
}  # fmt: skip


def shared(pattern: str | bytes, flags: int = 0) -> list[str]:
    """What two repetitions of a pattern can share, a few words for each; empty where it is sure."""
    parsed = _parser.parse(pattern, flags)
    return list(dict.fromkeys(_faults(list(parsed), (), False)))


@cache
def _category(name: str) -> Signs:
    return frozenset(sign for sign in ALPHABET if re.match(_CLASSES[name], chr(sign)))


def _both_cases(signs: Signs) -> Signs:
    """A sign stands for both of its cases: a pattern may not look at them."""
    swapped = (chr(sign).swapcase() for sign in signs)
    return signs | {ord(sign) for sign in swapped if len(sign) == 1 and ord(sign) in EVERY}


def _member(op: Any, value: Any) -> Signs:
    if op is sre.LITERAL:
        return frozenset({value})
    if op is sre.RANGE:
        return frozenset(sign for sign in ALPHABET if value[0] <= sign <= value[1])
    return _category(str(value))


def _taken(node: Node) -> Signs:
    """The signs that may be anywhere in what a node takes."""
    op, value = node
    if op is sre.LITERAL:
        return _both_cases(frozenset({value}))
    if op is sre.NOT_LITERAL:
        return EVERY - {value}
    if op is sre.ANY or op is sre.GROUPREF:
        return EVERY
    if op is sre.IN:
        negated = value[0][0] is sre.NEGATE
        members = frozenset[int]().union(
            *(_member(*each) for each in value if each[0] is not sre.NEGATE)
        )
        return EVERY - members if negated else _both_cases(members)
    return frozenset[int]().union(*(_taken(inner) for body in _bodies(node) for inner in body))


def _bodies(node: Node) -> list[list[Node]]:
    """The sequences inside a node that take signs: one, or one for each branch."""
    op, value = node
    if op is sre.BRANCH:
        return [list(body) for body in value[1]]
    if op is sre.SUBPATTERN:
        return [list(value[3])]
    if op is sre.ATOMIC_GROUP:
        return [list(value)]
    if op in _LOOPS or op is sre.POSSESSIVE_REPEAT:
        return [list(value[2])]
    if op is sre.GROUPREF_EXISTS:
        return [list(body) for body in value[1:] if body]
    return []


def _empty(node: Node) -> bool:
    """Whether a node may take nothing."""
    op, value = node
    if op in {sre.AT, sre.ASSERT, sre.ASSERT_NOT, sre.GROUPREF, sre.GROUPREF_EXISTS}:
        return True
    if op in _LOOPS or op is sre.POSSESSIVE_REPEAT:
        return value[0] == 0 or all(map(_empty, value[2]))
    bodies = _bodies(node)
    return any(all(map(_empty, body)) for body in bodies)


def _first(nodes: Sequence[Node]) -> Signs:
    """The signs that a sequence may begin with."""
    signs = frozenset[int]()
    for node in nodes:
        bodies = _bodies(node)
        signs |= frozenset().union(*map(_first, bodies)) if bodies else _taken(node)
        if not _empty(node):
            break
    return signs


def _reached(signs: Signs, nodes: Sequence[Node]) -> Iterator[Signs]:
    """The signs of each long repetition that can begin where one of `signs` is given back."""
    for node in nodes:
        op, value = node
        if (op in _LOOPS or op is sre.POSSESSIVE_REPEAT) and _turns(value) >= MANY:
            # What begins by a sign that is not given back begins at one place only.
            yield _taken(node) & signs if _first(list(value[2])) & signs else frozenset()
        for body in _bodies(node):
            yield from _reached(signs, body)
        if not _empty(node) and not _first([node]) & signs:
            return


def _turns(value: Any) -> int:
    return int(value[1]) - int(value[0])


def _faults(nodes: Sequence[Node], follows: Sequence[Node], looped: bool) -> Iterator[str]:
    """What may be shared in a sequence, before `follows`, within a loop that gives back or not."""
    for rank, node in enumerate(nodes):
        op, value = node
        after = [*nodes[rank + 1 :], *follows]
        if op in {sre.ASSERT, sre.ASSERT_NOT}:
            yield from _faults(list(value[1]), (), False)
        elif op is sre.ATOMIC_GROUP or op is sre.POSSESSIVE_REPEAT:
            # Each turn is kept as it was first found: nothing of it is given back.
            yield from (fault for body in _bodies(node) for fault in _faults(body, (), False))
        elif op in _LOOPS:
            yield from _of_loop(node, after, looped)
        else:
            if looped and op is sre.BRANCH and _alike(node, after):
                yield "deux branches d’une boucle commencent par les mêmes signes"
            for body in _bodies(node):
                yield from _faults(body, after, looped)


def _alike(node: Node, after: Sequence[Node]) -> bool:
    begun = [_first([*body, *after]) for body in _bodies(node)]
    return any(one & other for rank, one in enumerate(begun) for other in begun[:rank])


def _of_loop(node: Node, after: Sequence[Node], looped: bool) -> Iterator[str]:
    value = node[1]
    body, many = list(value[2]), _turns(value) >= MANY
    signs = _taken(node)
    if many and any(_reached(signs, after)):
        both = frozenset[int]().union(*_reached(signs, after))
        yield f"deux répétitions partagent {''.join(map(chr, sorted(both)[:12]))!r}"
    if looped and _turns(value) and _first(body) & _first(after):
        yield "une répétition d’une boucle peut prendre ce qui la suit"
    again = [(sre.MAX_REPEAT, (0, value[1], value[2])), *after] if value[1] > 1 else after
    yield from _faults(body, again, looped or many)
