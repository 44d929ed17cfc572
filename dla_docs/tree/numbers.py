"""The number of a heading, as a format that hangs it in the margin writes it."""

import re

from dla_docs.model.values import NO_BREAK
from dla_docs.tree.nodes import Nodes

ARTICLE = "article"
"""What is said of a heading that is an article of a contract."""


def is_article(number: str) -> bool:
    """Whether a number is that of an article."""
    return number.startswith("Article")


def short_number(number: str) -> Nodes:
    """« 1. » as « 1 », « Article 1er – » as « Art. 1er », its letters raised."""
    rank = re.search(r"\d+", number)
    words = rank[0] if rank else number.strip()
    if not is_article(number):
        return [{"t": "Str", "c": words}]
    label = {"t": "Str", "c": f"Art.{NO_BREAK}{words}"}
    raised = {"t": "Superscript", "c": [{"t": "Str", "c": "er"}]}
    return [label, raised] if words == "1" else [label]
