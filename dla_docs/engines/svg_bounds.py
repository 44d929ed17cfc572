"""What a drawing may hold, known before it is drawn: a few words of SVG can ask for hours."""

import re
from collections.abc import Iterator

from lxml import etree

from dla_docs.model.images import ImageFault

MAX_ELEMENTS = 20_000
"""Elements drawn, each as many times as it is used; a map of a département has 3 000."""
MAX_MARKS, MAX_ATTRIBUTES = 80_000, 1_000
"""Marks of a file, and attributes of one: a parser compares these with each other."""
_TOO_MANY = (
    f"est un SVG de plus de {MAX_ELEMENTS} traits, trop long à dessiner : exportez-le en PNG"
)
MAX_WORDS = 20_000
"""Signs of the words of a drawing: ten pages."""
MAX_STROKES = 4_000_000
"""Signs of the outlines of a drawing: a traced photograph has a million."""
MAX_FILTERS = 100
"""Elements that ask for an effect: each is computed point by point."""
_ASKED = {"numOctaves": 10, "radius": 50, "order": 9, "targetX": 9, "targetY": 9}
"""What the numbers of an effect may be at most: the work grows with each, or with its square."""
_NUMBER = re.compile(r"[-+]?(?:[0-9]++(?:\.[0-9]++)?|\.[0-9]++)(?:[eE][-+]?[0-9]++)?")
_STROKES = frozenset({"d", "points", "transform", "values", "kernelMatrix", "tableValues"})


def refuse_unreadable(content: bytes) -> None:
    """Raise ImageFault for what would take too long to be parsed: marks are counted first."""
    parts = content.split(b"<", MAX_MARKS + 1)
    if len(parts) > MAX_MARKS or any(part.count(b"=") > MAX_ATTRIBUTES for part in parts):
        raise ImageFault(_TOO_MANY)


def refuse_endless(root: etree._Element) -> None:
    """Raise ImageFault for a drawing that would take too long, or too much memory, to be drawn."""
    if _drawn(root) > MAX_ELEMENTS:
        raise ImageFault(_TOO_MANY)
    nodes = list(root.iter("*"))
    words = sum(len(text) for text in root.itertext())
    strokes = sum(len(str(node.get(key) or "")) for node in nodes for key in _STROKES)
    if words > MAX_WORDS + _styled(nodes) or strokes > MAX_STROKES:
        raise ImageFault("est un SVG démesuré, trop long à dessiner : exportez-le en PNG")
    asked = sum("filter" in node.attrib or "filter" in (node.get("style") or "") for node in nodes)
    if asked > MAX_FILTERS or any(_endless(node) for node in nodes):
        raise ImageFault(
            "est un SVG dont un effet serait trop long à dessiner : exportez-le en PNG"
        )


def _styled(nodes: list[etree._Element]) -> int:
    """The signs that a drawing holds without printing them: its style, what it says of itself."""
    quiet = (node for node in nodes if _name(node) in {"style", "title", "desc", "metadata"})
    return sum(len(text) for node in quiet for text in node.itertext())


def _endless(node: etree._Element) -> bool:
    """Whether an effect (`feTurbulence`…) has a number past what one can compute."""
    if not _name(node).startswith("fe"):
        return False
    return any(
        float(number) > most
        for key, most in _ASKED.items()
        for number in _NUMBER.findall(str(node.get(key) or ""))
    )


def _drawn(root: etree._Element) -> int:
    """How many elements are drawn, those that are used counted each time; bounded."""
    named = {str(node.get("id")): node for node in root.iter("*") if node.get("id")}
    counts: dict[etree._Element, int] = {}
    # The innermost first, without recursion: a tree may be deep.
    for node in reversed(list(root.iter("*"))):
        counts[node] = 1 + sum(counts[child] for child in node.iterchildren("*"))
    for _ in range(_ROUNDS):
        used = {node: _used(node, named, counts) for node in root.iter("*")}
        before = counts[root]
        for node in reversed(list(root.iter("*"))):
            inside = sum(counts[child] for child in node.iterchildren("*"))
            counts[node] = min(1 + inside + used[node], MAX_ELEMENTS + 1)
        if counts[root] == before or counts[root] > MAX_ELEMENTS:
            break
    return counts[root]


_ROUNDS = 20
"""Uses of what uses another: past them, the count has grown past its bound, or stands still."""


def _used(
    node: etree._Element, named: dict[str, etree._Element], counts: dict[etree._Element, int]
) -> int:
    """The elements that a `use` shows again."""
    if _name(node) != "use":
        return 0
    return sum(counts[target] for target in _targets(node, named))


def _targets(node: etree._Element, named: dict[str, etree._Element]) -> Iterator[etree._Element]:
    for key, value in node.attrib.items():
        target = named.get(str(value).strip().removeprefix("#"))
        if etree.QName(key).localname == "href" and target is not None:
            yield target


def _name(node: etree._Element) -> str:
    return etree.QName(node).localname if isinstance(node.tag, str) else ""
