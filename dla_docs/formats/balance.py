"""The title of a document on lines of like length, where a word processor breaks lines as it can.

The words of its last line are joined by no-break spaces: where all hold on one line, nothing shows.
"""

from math import fsum

from dla_docs.formats.widths import ems
from dla_docs.model.values import NO_BREAK
from dla_docs.tree.divisions import HEAD, TITLE
from dla_docs.tree.head import OF_ITS_OWN, model_of
from dla_docs.tree.nodes import Node, Nodes, each, is_div, text

_WIDTH = 425.0
"""Points of a line."""
_COVER, _HEAD = 32.0, 24.0
"""Points of the letters of a title: of a cover, of another head."""
_BOLD = 1.0
"""How wide the letters of titles are beside those of the text (measured)."""
_SHORT, _WORSE = 3, 0.2
"""Letters of a word that ends no line gladly; the part of a line that this costs."""
_BREAKS = {"Space", "SoftBreak"}


def balanced(block: Node) -> Node:
    """A head whose title, if it takes two lines, leaves no word alone on the second."""
    covered = is_div(block, HEAD) and model_of(block) == OF_ITS_OWN
    room = _WIDTH / (_COVER if covered else _HEAD)

    def paragraph(block: Node) -> Nodes:
        return [{"t": block["t"], "c": _bound(block["c"], room)}]

    def title(division: Node) -> Nodes:
        return each([division], "Para", paragraph) if is_div(division, TITLE) else [division]

    return each([block], "Div", title)[0]


def _bound(words: Nodes, room: float) -> Nodes:
    """The words of a title, those of its second line joined."""
    breaks = [rank for rank, word in enumerate(words) if word["t"] in _BREAKS]
    whole = _long(words)
    if not breaks or whole <= room or any(word["t"] == "LineBreak" for word in words):
        return words

    def badness(rank: int) -> float:
        first, second = words[:rank], words[rank + 1 :]
        last = text(first[-1:])
        return max(_long(first), _long(second)) + room * _WORSE * (len(last) <= _SHORT)

    at = min(breaks, key=badness)
    if whole > 2 * room or _long(words[at + 1 :]) > room:
        # On three lines, the last has two words at least.
        at = breaks[-2] if len(breaks) > 1 else breaks[-1]
    joint = {"t": "Str", "c": NO_BREAK}
    return [joint if rank > at and rank in breaks else word for rank, word in enumerate(words)]


def _long(words: Nodes) -> float:
    """The length of some words, in em of the title."""
    return _BOLD * fsum(ems(part) for part in text(words))
