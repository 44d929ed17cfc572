"""Where the lines of a page may break: browsers cut references at their hyphens, mails anywhere."""

import re

from dla_docs.formats.html.cards import CODE
from dla_docs.tree.nodes import Node, Nodes, attributes, each, raw_inline, target

_REFERENCE = re.compile(r"(?<!\d)\d++(?:-\w*+(?<=\d))++")


def unbroken(head: Node) -> Node:
    """A head whose references and periods stay on one line."""
    (whole,) = each([head], "Str", _whole)
    return whole


def _whole(word: Node) -> Nodes:
    held = {"t": "Span", "c": [attributes("", [CODE]), [word]]}
    return [held if _REFERENCE.search(word["c"]) else word]


def mail(link: Node) -> Nodes:
    """A mail address that is cut before its domain rather than in a word."""
    if not target(link).startswith("mailto:"):
        return [link]

    def parts(word: Node) -> Nodes:
        name, sign, domain = word["c"].partition("@")
        after: Nodes = [raw_inline("html", "<wbr>"), {"t": "Str", "c": domain}] if domain else []
        return [{"t": "Str", "c": name + sign}, *after]

    return each([link], "Str", parts)
