"""Sections of a text: what stands under a heading, and headings above nothing."""

from dla_docs.tree.divisions import BRIEF, MISSING, OWN_PAGE, VERDICT
from dla_docs.tree.nodes import (
    Node,
    Nodes,
    attributes,
    body_rows,
    classes,
    each,
    identifier,
    inner,
    is_div,
    level,
    para,
    rebuild,
    string,
    text,
)

TYPED = "saisi"
"""The class, until it is identified, of a heading of the data: typed, it is printed."""


def without_empty_headings(blocks: Nodes, owed: set[str]) -> Nodes:
    """Drop the headings of a template that announce nothing, but the owed ones, the contract's."""
    result: Nodes = []
    for block in reversed(blocks):
        titled = block["t"] == "Header" and TYPED not in classes(block)
        if titled and identifier(block) not in owed:
            following = result[-1] if result else None
            if following is None or (
                following["t"] == "Header" and level(following) <= level(block)
            ):
                continue
        result.append(block)
    return result[::-1]


def words_under(blocks: Nodes, rank: int) -> str:
    """The words between a heading and the next of the same or a higher level.

    Captions, table headers and the labels of a `fiche` aside: they announce, they do not say.
    """
    said = []
    for block in blocks[rank + 1 :]:
        if block["t"] == "Header" and level(block) <= level(blocks[rank]):
            break
        said.append(text(rebuild([block], blocks=_said)))
    return " ".join(said).strip()


def with_marks(blocks: Nodes, owed: set[str]) -> Nodes:
    """The same, with a mark to fill in under each owed heading that has nothing under it."""
    result: Nodes = []
    for rank, block in enumerate(blocks):
        result.append(block)
        if block["t"] == "Header" and identifier(block) in owed and not words_under(blocks, rank):
            mark = {"t": "Span", "c": [attributes("", [MISSING]), string("à compléter")]}
            result.append(para([mark]))
    return result


def without_headings(blocks: Nodes) -> Nodes:
    """A letter: it has no heading, those of a typed text are bold paragraphs in it.

    After the contract, which knows the owed sections by them. What stands on a page of its own, as
    a reply slip, keeps its headings.
    """
    rank = next((r for r, block in enumerate(blocks) if is_div(block, OWN_PAGE)), len(blocks))

    def bold(header: Node) -> Nodes:
        typed = TYPED in classes(header)
        return [para([{"t": "Strong", "c": inner(header)}])] if typed else []

    return [*each(blocks[:rank], "Header", bold), *blocks[rank:]]


def without_titled_verdicts(blocks: Nodes) -> Nodes:
    """A verdict, or what is essential, is its own title: the heading before it is not printed.

    After the contract, which knows the owed sections by their headings.
    """
    after = [*blocks[1:], None]
    return [
        block
        for block, next_one in zip(blocks, after, strict=True)
        if not (block["t"] == "Header" and next_one and _titled(next_one))
    ]


def _titled(block: Node) -> bool:
    return is_div(block, VERDICT) or is_div(block, BRIEF)


def _said(blocks: Nodes) -> Nodes:
    result: Nodes = []
    for block in blocks:
        if block["t"] == "Table":
            result += [b for row in body_rows(block) for cell in row for b in cell]
        elif block["t"] == "DefinitionList":
            result += [b for _, definitions in block["c"] for d in definitions for b in d]
        elif block["t"] != "Header":
            result.append(block)
    return result
