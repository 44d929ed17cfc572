"""Heads and boxes of a page: the band, the steps, the labels over their values, the question."""

from collections.abc import Callable, Mapping
from html import escape
from typing import Any

from dla_docs.formats.together import (
    short_table,
)
from dla_docs.tree.divisions import (
    BRIEF,
    CARTOUCHE,
    FIGURES,
    FUNDERS_FOOT,
    HEAD,
    NUMBER,
    ONLY_HTML,
    QUESTION,
    SIGNATURES,
    STEPS,
    VERDICT,
)
from dla_docs.tree.head import STEP_NAMES, model_of
from dla_docs.tree.nodes import (
    Node,
    Nodes,
    attributes,
    classes,
    div,
    inner,
    is_div,
    nodes,
    pairs,
    para,
    raw_block,
    string,
    text,
)
from dla_docs.tree.numbers import ARTICLE, is_article, short_number

NEGATIVE = "negatif"
"""The class of a verdict that says no."""
_SHORT = 900
"""Letters of a block that is kept with the funders: ten lines."""


def head(block: Node) -> Nodes:
    """A head, which its model names for the style sheet."""
    return [div(inner(block), HEAD, model_of(block))]


def funders_last(blocks: Nodes) -> Nodes:
    """The blocks with the funders at their end: a screen has no foot of a first page.

    With the last block, where it is short: printed, they are not alone on a page.
    """
    ranks = [rank for rank, block in enumerate(blocks) if is_div(block, HEAD)]
    if not ranks:
        return blocks
    whole = blocks[ranks[0]]
    funders = [child for child in inner(whole) if is_div(child, FUNDERS_FOOT)]
    kept = {"t": "Div", "c": [whole["c"][0], [c for c in inner(whole) if c not in funders]]}
    placed = [*blocks[: ranks[0]], kept, *blocks[ranks[0] + 1 :]]
    funders = funders or [block for block in placed[-1:] if is_div(block, FUNDERS_FOOT)]
    others = [block for block in placed if block not in funders]
    if not funders or len(others) < 2 or not _is_short(others[-1]):
        return [*others, *funders]
    return [*others[:-1], div([others[-1], *funders], "fin")]


def _is_short(block: Node) -> bool:
    """Whether a block surely takes less than half a page."""
    large = any(not short_table(table) for table in nodes([block], "Table"))
    high = large or is_div(block, SIGNATURES) or block["t"] == "RawBlock"
    return not high and len(text([block])) < _SHORT


def steps(block: Node) -> Nodes:
    """The five steps, the current one thick; a sentence says which to who listens."""
    current = int(pairs(block).get("courante", "0"))
    items = "".join(
        f'<li class="{"courante" if rank == current else "autre"}">{rank} {escape(name)}</li>'
        for rank, name in enumerate(STEP_NAMES, 1)
    )
    return [div([*inner(block), raw_block("html", f'<ol aria-hidden="true">{items}</ol>')], STEPS)]


def cartouche(block: Node) -> Nodes:
    """To whom, by whom, when: labels over values, side by side."""
    return [div(_listed(block), CARTOUCHE)]


def figures(block: Node) -> Nodes:
    """Figures over what they count."""
    return [div(_listed(block), FIGURES)]


def brief(block: Node) -> Nodes:
    """What is essential: a sentence or none, then a few facts."""
    title = div([para(string("En bref"))], "titre-en-bref")
    words = [child for child in inner(block) if child["t"] != "DefinitionList"]
    return [div([title, *words, *_listed(block)], BRIEF)]


def verdict(block: Node) -> Nodes:
    """The word of a decision, then what it says."""
    kinds = [NEGATIVE] if pairs(block).get("negatif") else []
    return [div(inner(block), VERDICT, *kinds)]


def question(block: Node) -> Nodes:
    """The one question of a document, under its label, without quotation marks."""
    opening = raw_block("html", '<blockquote class="question">')
    return [opening, *inner(block), raw_block("html", "</blockquote>")]


def folded(block: Node) -> Nodes:
    """What is for a screen alone: a part of its own is folded under its title, for who looks it up.

    A link to what it holds unfolds it.
    """
    held = inner(block)
    if not held or held[0]["t"] != "Header":
        return [block]
    opening = raw_block("html", f'<details class="{ONLY_HTML}"><summary>')
    closing = raw_block("html", "</details>")
    return [opening, held[0], raw_block("html", "</summary>"), *held[1:], closing]


def numbered(header: Node) -> Nodes:
    """A heading whose number a wide screen hangs in the margin."""
    depth, attrs, inlines = header["c"]
    if not inlines or NUMBER not in classes(inlines[0]):
        return [header]
    words = text(inlines[0])
    number = {"t": "Span", "c": [attributes("", [NUMBER]), [*short_number(words), {"t": "Space"}]]}
    kinds = [*attrs[1], *([ARTICLE] if is_article(words) else [])]
    return [{"t": "Header", "c": [depth, [attrs[0], kinds, attrs[2]], [number, *inlines[1:]]]}]


DRESSES: Mapping[str, Callable[[Node], Nodes]] = {
    HEAD: head,
    STEPS: steps,
    CARTOUCHE: cartouche,
    BRIEF: brief,
    VERDICT: verdict,
    FIGURES: figures,
    QUESTION: question,
    ONLY_HTML: folded,
}
"""What a page makes of each division of a head, and of each box."""


def _listed(block: Node) -> Nodes:
    """The definition lists of a division, each label and its value in a box that a grid places."""
    listed: list[Any] = [
        entry for lists in nodes(inner(block), "DefinitionList") for entry in lists["c"]
    ]
    if not listed:
        return []
    result = [raw_block("html", "<dl>")]
    for term, definitions in listed:
        result += [raw_block("html", "<div><dt>"), {"t": "Plain", "c": term}]
        result.append(raw_block("html", "</dt><dd>"))
        result += [child for definition in definitions for child in definition]
        result.append(raw_block("html", "</dd></div>"))
    return [*result, raw_block("html", "</dl>")]
