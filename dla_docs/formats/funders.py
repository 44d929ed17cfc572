"""Where the funders of a document stand, that nothing lays out here: its first page, or its end."""

from math import ceil, fsum

from dla_docs.charter.charter import Charter
from dla_docs.formats.estimate import FUNDERS
from dla_docs.formats.shared import rows_of_logos
from dla_docs.tree.divisions import FUNDERS_FOOT, HEAD, LANDSCAPE_START, LOGOS, OWN_PAGE
from dla_docs.tree.nodes import Node, Nodes, classes, div, inner, is_div, nodes
from dla_docs.tree.passes import Tree

ABOVE = 4.0
"""Millimetres from the text to what is said above the logos."""
_WORDS, _UNDER, _BETWEEN = 6.8, 0.6, 3.4
"""Millimetres of the words above the logos, of what a line adds under them, between two rows
(measured in LibreOffice)."""
_ROW, _A_ROW = 45.0, 4
"""Points of a row of logos, and the most that hold on one, or on each of two."""


def with_funders(tree: Tree, at_end: bool) -> Tree:
    """The funders that end a document at the foot of its first page, unless they stay `at_end`."""
    blocks = tree.blocks
    if at_end or not blocks or not is_div(blocks[-1], FUNDERS_FOOT):
        return tree
    head = {"t": "Div", "c": [blocks[0]["c"][0], [*inner(blocks[0]), blocks[-1]]]}
    return Tree([head, *blocks[1:-1]], tree.images)


def with_cut(tree: Tree, title: Node | None) -> Tree:
    """A document one of whose titles begins a page."""
    cut = [div([], OWN_PAGE)]
    blocks = [b for block in tree.blocks for b in ([*cut, block] if block is title else [block])]
    return Tree(blocks, tree.images)


def room_of_funders(tree: Tree, charter: Charter) -> float:
    """Millimetres that a first page keeps for them, under its text; 0 where they are on another."""
    foot = _of_first_page(tree)
    if foot is None:
        return 0.0
    logos = [block for block in inner(foot) if is_div(block, LOGOS)]
    rows = [row for block in logos for row in rows_of_logos(block, tree, charter) if row]
    heights = [max(logo.height for logo in row) + _UNDER for row in rows]
    # Not `sum`: it rounds floats otherwise since Python 3.12, and bytes hold on every one.
    return round(fsum((ABOVE, _WORDS, *heights)) + _BETWEEN * (len(rows) - 1), 1) if rows else 0.0


def _of_first_page(tree: Tree) -> Node | None:
    """The funders in the head; those of a letter come after who signs it."""
    heads = [block for block in tree.blocks if is_div(block, HEAD)]
    held = inner(heads[0]) if heads else []
    return next((block for block in held if is_div(block, FUNDERS_FOOT)), None)


def points_of_funders(foot: Node) -> float:
    """Points of the logos of funders: one or two rows of four, or rows of three."""
    logos = sum(1 for _ in nodes([foot], "Image"))
    rows = ceil(logos / _A_ROW) if logos <= 2 * _A_ROW else ceil(logos / 3)
    return FUNDERS + _ROW * (rows - 2)


def parted(blocks: Nodes) -> list[Nodes]:
    """The blocks from one forced new page to the next."""
    parts: list[Nodes] = [[]]
    for block in blocks:
        if _begins(block):
            parts.append([])
        parts[-1].append(block)
    return [part for part in parts if part] or [[]]


def _begins(block: Node) -> bool:
    return block["t"] == "Div" and bool({OWN_PAGE, LANDSCAPE_START} & set(classes(block)))
