"""How close a word processor sets a document, so that its last page is not nearly empty.

The PDF is composed until it ends well; Word and Writer compose by themselves, later. Where the text
is guessed to go a little over its last full page, it is set closer at once, by its styles alone: a
wrong guess only makes a page airier or closer.
"""

from dataclasses import dataclass

from dla_docs.engines.images import Image
from dla_docs.formats.estimate import FUNDERS, PAGE, height
from dla_docs.tree.divisions import FUNDERS_FOOT, HEAD, LANDSCAPE_START, OWN_PAGE
from dla_docs.tree.head import OF_ITS_OWN, OF_LETTER, model_of
from dla_docs.tree.nodes import Node, Nodes, classes, inner, is_div, nodes


@dataclass(frozen=True)
class Notch:
    """Points of the text and of its lines, those of tables; the part that is left of spaces.

    `heads`: of those around titles and figures, which part the page for the eye.
    """

    size: float
    line: float
    cell_size: float
    cell_line: float
    space: float
    cell_space: float
    heads: float = 1.0


ONE_PAGE = Notch(10.0, 13.3, 9.0, 12.0, 0.65, 0.5)
"""A text of a page and a little more on one page, of two on two."""
TIGHT = Notch(10.0, 12.8, 9.0, 11.5, 0.45, 0.3)
"""The same, of a text that goes further over."""
CLOSER = Notch(10.5, 13.9, 9.0, 12.0, 0.7, 0.6)
"""A longer one, whose last page would hold a few lines."""
LETTER = Notch(10.0, 13.5, 9.0, 12.0, 0.65, 0.75)
"""A letter whose words, address and funders would not hold on one page."""
_LETTER = 0.66
"""The part of a page that the words of a letter fill at most, beside its address and funders."""
_ONE = (0.95, 1.44)
"""Pages, from and to, of a text that is set on one."""
_TWO = (2.0, 2.2)
"""The same, on two."""
_FAR = (1.235, 2.1)
"""Those from which the first, without funders, and the second are tight."""
_LEAST = (0.03, 0.2)
"""The part of each page under which what is over asks for the tight notch; with several parts,
whose last pages are guessed too long."""
_LONG = 8.0
"""Pages from which nobody guesses the last: the text is closer, whatever they hold."""
_TWO_ROWS, _UNDER_THREE = 6, 1.11
"""Logos of two rows of funders; pages of a text that holds on one, over three rows."""
_OVER, _NEARLY = 0.42, 0.85
"""The part of a last page that makes a text closer, and that from which it may be one more."""


def notch_of(blocks: Nodes, images: tuple[Image, ...]) -> Notch | None:
    """How much closer a document is set; None as it is."""
    heads = [block for block in blocks if is_div(block, HEAD)]
    models = {model_of(head) for head in heads}
    if not heads:
        return None
    if OF_LETTER in models:
        return LETTER if height(parted(blocks)[0], images) > _LETTER * PAGE else None
    covered = OF_ITS_OWN in models
    told = [block for block in blocks if not (covered and block in heads)]
    parts = parted(told)
    held = [*told, *(child for head in heads for child in inner(head))]
    funders = [block for block in held if is_div(block, FUNDERS_FOOT)]
    third = len(list(nodes(funders, "Image"))) > _TWO_ROWS
    pages = [height(part, images) / PAGE for part in parts]
    # The funders stand on a page with the text, the first or the last.
    pages[0] += FUNDERS / PAGE if funders and not covered else 0.0
    alone = len(pages) == 1 and not covered
    if alone and third and pages[0] < _ONE[1]:
        return TIGHT if _ONE[0] < pages[0] < _UNDER_THREE else None
    if alone and _ONE[0] < pages[0] < _ONE[1]:
        return TIGHT if pages[0] > _FAR[0] and not funders else ONE_PAGE
    if alone and _TWO[0] < pages[0] < _TWO[1]:
        return TIGHT if pages[0] > _FAR[1] else ONE_PAGE
    if max(pages) > _LONG:
        return CLOSER
    over = [page for page in pages if page > 1 and not _OVER <= page % 1 <= _NEARLY]
    # What is least over is worth the most: on its pages, or on those before one on its side.
    least = _LEAST[len(pages) > 1]
    if any(page > 2 and page % 1 < least * int(page) for page in over):
        return TIGHT
    return CLOSER if over else None


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
