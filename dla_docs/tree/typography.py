"""French typography, once for all formats: the spaces that must not break.

It only replaces ordinary spaces that are there: U+202F before ; ! ? and inside « », U+00A0 before
: % €, after n°, U+202F between groups of thousands. Code and addresses are left as they are.
"""

import re

from dla_docs.model.values import NARROW, NO_BREAK
from dla_docs.tree.nodes import Node, Nodes, joined, rebuild, text

_NARROW_BEFORE = frozenset(";!?»")
_WIDE_BEFORE = frozenset(":%€")
# A number so far: one to three figures, then groups of three.
_GROUP = re.compile(r"(?:^|\D)\d{1,3}(?:\u202f\d{3})*$")


def typography(blocks: Nodes) -> Nodes:
    """The same text with its unbreakable spaces."""
    rebuilt: Nodes = rebuild(blocks, inlines=_spaces)
    return rebuilt


def _spaces(inlines: Nodes) -> Nodes:
    """Replace a space by the unbreakable one that its neighbours ask for."""
    result: Nodes = []
    for rank, node in enumerate(inlines):
        if node["t"] in {"Space", "SoftBreak"} and 0 < rank < len(inlines) - 1:
            before, after = _text(result), _first(inlines[rank + 1])
            if space := _space_between(before, after, _run(inlines[rank + 1 :])):
                result.append({"t": "Str", "c": space})
                continue
        result.append(node)
    return joined(result)


def _space_between(before: str, after: str, run: list[str]) -> str:
    if after[:1] in _NARROW_BEFORE or before.endswith("«"):
        return NARROW
    if after[:1] in _WIDE_BEFORE or re.search(r"(?:^|\W)[nN]°$", before):
        return NO_BREAK
    # All or none: « 12 345 67 » is no number, and its spaces are left.
    groups = all(re.match(r"\d{3}(?!\d)", word) for word in run)
    if run and groups and _GROUP.search(before):
        return NARROW
    return ""


def _run(inlines: Nodes) -> list[str]:
    """The words that go on a number after a space: one of another length makes it no number."""
    words: list[str] = []
    for node in inlines:
        if node["t"] in {"Space", "SoftBreak"}:
            if words and not words[-1].isdigit():
                break
            continue
        word = _first(node)
        if not word[:1].isdigit():
            break
        words.append(word)
    return words


def _text(result: Nodes) -> str:
    """The end of the text so far, back to the last ordinary space."""
    tail = ""
    for node in reversed(result):
        if node["t"] in {"Space", "SoftBreak", "LineBreak"}:
            break
        tail = text(node) + tail
    return tail


def _first(node: Node) -> str:
    return "" if node["t"] in {"Code", "Math", "RawInline"} else text(node).split(" ")[0]
