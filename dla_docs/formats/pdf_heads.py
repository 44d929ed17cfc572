"""PDF: what stands at the head of a document, and its short pairs, as calls of `page.typ`."""

from dla_docs.tree.divisions import FUNDERS_FOOT, HEAD
from dla_docs.tree.head import OF_ITS_OWN, model_of, stays_last
from dla_docs.tree.nodes import Node, Nodes, div, inner, is_div, pairs, raw_block


def called_around(block: Node, name: str) -> Nodes:
    """A division as the call of a function of the page template."""
    return [raw_block("typst", f"#{name}["), *inner(block), raw_block("typst", "]")]


SPACE_OF_EMITTERS = {"couverture": 28, "bandeau": 22, "court": 22, "lettre": 22}
"""Millimetres from the top of the emitters' logos to what follows them, by model of head."""


def head(block: Node) -> Nodes:
    """A head: each model has its own functions for the logos, the band and the cartouche."""
    model = model_of(block)
    own = {
        "#bandeau-logos(": f"#emetteurs({SPACE_OF_EMITTERS[model]}mm,",
        "#bande[": f"#bande-{model}[",
        "#cartouche-court(": "#cartouche(" if model == OF_ITS_OWN else "#cartouche-court(",
    }

    def fitted(rank: int, child: Node) -> Node:
        code = child["c"][1] if child["t"] == "RawBlock" else ""
        name = next((name for name in own if code.startswith(name)), "")
        # The funders' logos, which come last, are no emitters'.
        if not name or (name == "#bandeau-logos(" and rank > 0):
            return child
        return raw_block("typst", own[name] + code.removeprefix(name))

    held = [fitted(rank, child) for rank, child in enumerate(inner(block))]
    return [raw_block("typst", f"#tete-{model}["), *held, raw_block("typst", "]")]


def footed(blocks: Nodes) -> Nodes:
    """The blocks with the funders of a short head at the foot of the first page as well.

    `page.typ` prints them at one of both: which leaves no page nearly empty is known once set.
    Those of the last page alone have no other.
    """
    if not (blocks and is_div(blocks[0], HEAD) and is_div(blocks[-1], FUNDERS_FOOT)):
        return blocks
    last = blocks[-1]
    if stays_last(last):
        return blocks
    first = div(inner(last), FUNDERS_FOOT, place="premier")
    return [blocks[0], first, *blocks[1:]]


def foot(block: Node) -> Nodes:
    """The funders: at the foot of the page they begin on, or of the last."""
    place = pairs(block).get("place", "fin")
    return called_around(block, f'pied-financeurs("{place}")')


def brief(block: Node) -> Nodes:
    """What is essential: a sentence or none, then a few facts."""
    sentence = [b for b in inner(block) if b["t"] != "DefinitionList"]
    begin = [raw_block("typst", "#en-bref(["), *sentence, raw_block("typst", "],")]
    return [*begin, *in_pairs(block, "en-bref")[1:]]


def verdict(block: Node) -> Nodes:
    """A decision: its word, then the sentence that says why."""
    word, *rest = inner(block)
    blocked = "true" if pairs(block).get("negatif") else "false"
    begin = [raw_block("typst", f"#verdict(negatif: {blocked}, ["), word]
    return [*begin, raw_block("typst", "], ["), *rest, raw_block("typst", "])")]


def question(block: Node) -> Nodes:
    """The one question of a document, under its label."""
    label, *asked = inner(block)
    begin = [raw_block("typst", "#question(["), label, raw_block("typst", "], [")]
    return [*begin, *asked, raw_block("typst", "])")]


def record(block: Node) -> Nodes:
    """A `fiche`: pairs of a label and a value."""
    return in_pairs(block, "fiche")


def in_pairs(block: Node, function: str) -> Nodes:
    """Pairs of a label and a value, as the arguments of a function."""
    result = [raw_block("typst", f"#{function}(")]
    for term, definitions in _entries(block):
        result += [raw_block("typst", "([")]
        result += [{"t": "Plain", "c": term}, raw_block("typst", "], [")]
        result += [*definitions, raw_block("typst", "]),")]
    return [*result, raw_block("typst", ")")]


def _entries(block: Node) -> list[tuple[Nodes, Nodes]]:
    lists = [b["c"] for b in inner(block) if b["t"] == "DefinitionList"]
    return [(term, [b for d in defs for b in d]) for entries in lists for term, defs in entries]
