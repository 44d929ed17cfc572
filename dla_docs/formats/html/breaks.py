"""Where the lines of a page may break: browsers cut references at their hyphens, mails anywhere.

In a letter, the names of people and of communes too.
"""

import re

from dla_docs.formats.html.cards import CODE
from dla_docs.tree.divisions import HEAD, WINDOW
from dla_docs.tree.nodes import Node, Nodes, attributes, each, is_div, raw_inline, target

_REFERENCE = re.compile(r"(?<!\d)\d++(?:-\w*+(?<=\d))++")
_NUMBER = re.compile(r"\W?\d{4}-\d{3}(?:-[A-Z]\d+)*[^\w-]*")
"""That of a dossier, or of one of its pieces, alone in its word."""
_NAME = re.compile(r"(?:\S+\u00a0)?[A-ZÀ-Ý]\w*(?:-\w+)+,?")
_NAMED, _LONGEST = ("expediteur", WINDOW, "lieu-date", "signataire"), 22
"""The divisions of a letter that name people and places, and letters that a narrow line holds."""


def unbroken(block: Node) -> Node:
    """A head whose references stay on one line, and the address of a letter, its names.

    Elsewhere, the numbers of dossiers: a sentence that lists some is cut between two.
    """
    if not is_div(block, HEAD, *_NAMED):
        (whole,) = each([block], "Str", _numbered)
        return whole
    (whole,) = each([block], "Str", _whole if is_div(block, HEAD) else _named)
    return whole


def _numbered(word: Node) -> Nodes:
    return [_held(word) if _NUMBER.fullmatch(word["c"]) else word]


def _named(word: Node) -> Nodes:
    name = _NAME.fullmatch(word["c"]) and len(word["c"]) <= _LONGEST
    return [_held(word)] if name else _whole(word)


def _whole(word: Node) -> Nodes:
    return [_held(word) if _REFERENCE.search(word["c"]) else word]


def _held(word: Node) -> Node:
    return {"t": "Span", "c": [attributes("", [CODE]), [word]]}


def mail(link: Node) -> Nodes:
    """A mail address that is cut before its domain rather than in a word."""
    if not target(link).startswith("mailto:"):
        return [link]

    def parts(word: Node) -> Nodes:
        name, sign, domain = word["c"].partition("@")
        after: Nodes = [raw_inline("html", "<wbr>"), {"t": "Str", "c": domain}] if domain else []
        return [{"t": "Str", "c": name + sign}, *after]

    return each([link], "Str", parts)
