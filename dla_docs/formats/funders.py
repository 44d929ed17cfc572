"""Where the funders of a document stand, that nothing lays out here: its first page, or its end."""

from dla_docs.formats.estimate import ends_well, leaves_a_hole
from dla_docs.tree.divisions import FUNDERS_FOOT, HEAD
from dla_docs.tree.head import OF_LETTER, model_of
from dla_docs.tree.nodes import Nodes, inner, is_div
from dla_docs.tree.passes import Tree


def with_funders(tree: Tree) -> Nodes:
    """The funders at the foot of the first page, unless the last has room for them, about.

    Nobody knows here which page is the last: on a doubt they are where they are never alone. Those
    of a letter, which is one page, stay at its end.
    """
    blocks = tree.blocks
    heads = bool(blocks) and is_div(blocks[0], HEAD) and model_of(blocks[0]) != OF_LETTER
    if not heads or not is_div(blocks[-1], FUNDERS_FOOT):
        return blocks
    if ends_well(blocks, tree.images) or leaves_a_hole(blocks[:-1], tree.images):
        return blocks
    head = {"t": "Div", "c": [blocks[0]["c"][0], [*inner(blocks[0]), blocks[-1]]]}
    return [head, *blocks[1:-1]]
