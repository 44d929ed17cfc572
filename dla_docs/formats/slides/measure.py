"""Will a text fit? Widths of letters as wide as any font that may stand in, and texts cut to fit.

A slide has no second page: what does not fit is lost.
"""

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from math import ceil

from dla_docs.tree.nodes import Node, Nodes, classes, joined, nodes, rebuild, target, text

BOLD = 1.12
"""How much wider than regular the bold letters of the widest font are (measured: DejaVu Sans)."""
UNBROKEN = 24
"""Letters of a word that a cut leaves whole: a longer one is an address or no word at all."""

# Widths in ems of DejaVu Sans, rounded up, the letters of French one by one.
_CLASSES = {
    0.30: "iîïjl|.,;:'’!I·\u202f\u2009",
    0.42: ' ()[]frt-/"`‘“”°\u00a0\u2010\u2011',
    0.85: "NOQUHDGÔÖÙÛÜÀÂÄw&–#+<=>~^_±×÷",
    1.00: "mMWŒœÆæ@%—…€\u2003☐☑☒",
}
_WIDTHS = {character: width for width, letters in _CLASSES.items() for character in letters}


@dataclass(frozen=True, eq=False)
class _Shell:
    """A container such as Strong or Link: two alike are two."""

    node: Node

    @property
    def look(self) -> str:
        """The name of the container, as `Run.look` holds it."""
        return MISSING if MISSING in classes(self.node) else str(self.node["t"])

    def around(self, inner: Nodes) -> Node:
        """The same container around other words."""
        content = self.node["c"]
        if self.node["t"] in _PLAIN_SHELLS:
            return {"t": self.node["t"], "c": inner}
        return {"t": self.node["t"], "c": [content[0], inner, *content[2:]]}


Leaf = tuple[tuple[_Shell, ...], Node]
"""A word or a space, and the containers it stands in, from the outermost."""

MISSING = "a-completer"
"""The class of what a draft lacks, written in bold."""
_BOLD = frozenset({"Strong", MISSING})
_PLAIN_SHELLS = frozenset("Emph Strong Underline Strikeout Superscript Subscript SmallCaps".split())
_SHELLS = _PLAIN_SHELLS | {"Span", "Link", "Quoted", "Cite"}


@dataclass(frozen=True)
class Run:
    """Words of one look: the names of the containers around them, and the address of their link.

    A line break is a run of its own, whose words are a line feed.
    """

    words: str
    look: frozenset[str] = frozenset()
    target: str = ""


def runs(inlines: Nodes) -> list[Run]:
    """A paragraph as the runs a slide is written with, as few as its looks allow."""
    merged: list[Run] = []
    for path, leaf in _leaves(inlines):
        look = frozenset(shell.look for shell in path) | ({"Code"} & {leaf["t"]})
        links = [target(shell.node) for shell in path if shell.node["t"] == "Link"]
        # A place of the document is no address: its page is a slide here.
        address = next((link for link in links if not link.startswith("#")), "")
        run = Run("\n" if leaf["t"] == "LineBreak" else _word(leaf), look, address)
        last = merged[-1] if merged else Run("\n")
        if "\n" not in (run.words, last.words) and replace(run, words=last.words) == last:
            merged[-1] = replace(run, words=last.words + run.words)
        elif run.words:
            merged.append(run)
    return merged


def noted(inlines: Nodes) -> Nodes:
    """A paragraph with its notes in brackets: a slide has no foot for them."""

    def settle(inner: Nodes) -> Nodes:
        return [n for node in inner for n in (_bracketed(node) if node["t"] == "Note" else [node])]

    settled: Nodes = rebuild(inlines, inlines=settle)
    return settled


def _bracketed(note: Node) -> Nodes:
    words = [n for b in nodes(note, "Para", "Plain") for n in [*b["c"], {"t": "Space"}]]
    return [{"t": "Str", "c": " ("}, *words[:-1], {"t": "Str", "c": ")"}]


def width(word: str) -> float:
    """Width of a word in ems, in the widest font that may replace the charter's (DejaVu Sans)."""
    return sum(_letter(character) for character in word)


@lru_cache(maxsize=4096)
def _letter(character: str) -> float:
    if character in _WIDTHS:
        return _WIDTHS[character]
    if unicodedata.category(character) in {"Mn", "Me", "Cf"}:
        return 0.0
    if unicodedata.east_asian_width(character) in "WF" or ord(character) > 0xFFFF:
        return 1.3
    if ord(character) > 0x17F:
        return 0.9
    return 0.72 if character.isupper() else 0.64


def lines(inlines: Nodes, room: float) -> int:
    """How many lines a paragraph takes in a column `room` ems wide, at most."""
    return _lines(_leaves(inlines), room)


def cut(inlines: Nodes, room: float, count: int) -> tuple[Nodes, Nodes]:
    """The beginning of a paragraph that holds on `count` lines, and the rest.

    Cut after a sentence if one ends in the second half, else between words, else within a word.
    """
    leaves = _leaves(inlines)
    if _lines(leaves, room) <= count:
        return inlines, []
    low, high = 1, len(leaves)
    while low < high:
        middle = (low + high + 1) // 2
        low, high = (middle, high) if _lines(leaves[:middle], room) <= count else (low, middle - 1)
    place = _good_place(leaves, low)
    rest = place
    while rest < len(leaves) and _is_space(leaves[rest][1]):
        rest += 1
    return _rebuilt(leaves[:place]), _rebuilt(leaves[rest:])


def shortened(inlines: Nodes, room: float, count: int) -> tuple[Nodes, bool]:
    """A paragraph that holds on `count` lines, with « … » where it was cut."""
    head, rest = cut(inlines, room, count)
    if not rest:
        return head, False
    head, _ = cut(inlines, room - 1.5, count)
    return [*head, {"t": "Str", "c": " …"}], True


def without_breaks(inlines: Nodes) -> Nodes:
    """A paragraph on one line: what was broken is separated by a space."""
    return [{"t": "Space"} if n["t"] in {"LineBreak", "SoftBreak"} else n for n in inlines]


def _good_place(leaves: Sequence[Leaf], last: int) -> int:
    """Where to cut, at `last` at the latest and past the middle if possible."""
    half = max(1, last // 2) - 1
    for place in range(last, half, -1):
        before, at = leaves[place - 1][1], leaves[min(place, len(leaves) - 1)][1]
        if _is_space(at) and before["t"] == "Str" and before["c"].endswith((".", "!", "?", ";")):
            return place
    for place in range(last, half, -1):
        if place < len(leaves) and _is_space(leaves[place][1]):
            return place
    return last


def _lines(leaves: Sequence[Leaf], room: float) -> int:
    count, line, word, gap = 1, 0.0, 0.0, 0.0
    for path, leaf in [*leaves, ((), {"t": "LineBreak"})]:
        if not _is_space(leaf):
            bold = BOLD if any(shell.look in _BOLD for shell in path) else 1.0
            word += bold * width(_word(leaf))
            continue
        if word and line and line + gap + word > room:
            count, line, gap = count + 1, 0.0, 0.0
        line += gap + word
        if line > room:
            # A word wider than the column is broken anywhere.
            more = ceil(line / room) - 1
            count, line = count + more, line - more * room
        word, gap = 0.0, width(" ")
        if leaf["t"] == "LineBreak":
            count, line, gap = count + 1, 0.0, 0.0
    return count - 1


def _leaves(inlines: Nodes, path: tuple[_Shell, ...] = ()) -> list[Leaf]:
    leaves: list[Leaf] = []
    for node in inlines:
        kind, content = node["t"], node.get("c")
        if kind == "Str":
            leaves += [(path, {"t": "Str", "c": part}) for part in _parts(str(content))]
        elif kind == "Code" and content:
            parts = _parts(str(content[1]))
            leaves += [(path, {"t": "Code", "c": [content[0], part]}) for part in parts]
        elif kind in _SHELLS and content:
            inner = content if kind in _PLAIN_SHELLS else content[1]
            leaves += _leaves(inner, (*path, _Shell(node)))
        else:
            leaves.append((path, node))
    return leaves


def _parts(letters: str) -> list[str]:
    return [letters[i : i + UNBROKEN] for i in range(0, len(letters), UNBROKEN)]


def _is_space(node: Node) -> bool:
    return node["t"] in {"Space", "SoftBreak", "LineBreak"}


def _word(node: Node) -> str:
    content = node.get("c")
    return str(content[1]) if node["t"] == "Code" and content else text(node)


def _rebuilt(leaves: Sequence[Leaf], depth: int = 0) -> Nodes:
    """Leaves as inlines again, neighbours of one container together."""
    result: Nodes = []
    place = 0
    while place < len(leaves):
        path, leaf = leaves[place]
        if len(path) <= depth:
            result.append(leaf)
            place += 1
            continue
        end = place
        while end < len(leaves) and leaves[end][0][depth : depth + 1] == (path[depth],):
            end += 1
        result.append(path[depth].around(_rebuilt(leaves[place:end], depth + 1)))
        place = end
    return joined(result)
