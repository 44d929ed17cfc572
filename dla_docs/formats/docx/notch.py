"""How close Word sets a document, as LibreOffice lays it out from a DOCX.

Measured on the demonstration, apart from Writer's own: both do not compose alike.
"""

from math import ceil

from dla_docs.engines.images import Image
from dla_docs.formats.estimate import FUNDERS, PAGE, height
from dla_docs.formats.notch import Notch, parted
from dla_docs.tree.divisions import FUNDERS_FOOT, HEAD, LANDSCAPE_START
from dla_docs.tree.head import OF_ITS_OWN, OF_LETTER, model_of
from dla_docs.tree.nodes import Node, Nodes, inner, is_div, nodes

ONE_PAGE = Notch(10.0, 13.3, 9.0, 12.0, 0.65, 0.5, 0.65)
"""A text of a page and a little more on one page."""
FULL_PAGE = Notch(10.0, 12.4, 9.0, 11.3, 0.36, 0.25, 0.4)
"""One that is a little longer."""
CLOSER = Notch(10.5, 13.9, 9.0, 12.0, 0.7, 0.5, 0.75)
"""One of two pages and a little more on two, or whose last page would hold a few lines."""
LETTER = Notch(10.0, 13.5, 9.0, 12.0, 0.65, 0.75, 0.65)
"""A letter whose words, address and funders would not hold on one page."""
_LETTER = 0.66
"""The part of a page that the words of a letter fill at most, beside its address and funders."""
_ONE = (0.95, 1.4)
"""Pages, from and to, of a text that is set on one."""
_ROW = 35.0
"""Points of a row of logos."""
_LONGER = 1.225
"""Pages, without the funders, from which it is closer still."""
_TWO = 2.1
"""Pages up to which a text is on two as it is."""
_OVER, _EACH, _NEARLY = 0.48, 0.195, 1.85
"""The part of a third page, or more, that makes a text closer, and that of each page before it;
pages from which two may be three."""


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
    funders = sum(_funders(block) for block in held if is_div(block, FUNDERS_FOOT))
    pages = [height(part, images) / PAGE for part in parts]
    longer = pages[0] > _LONGER
    # The funders stand on a page with the text, the first or the last.
    pages[0] += 0.0 if covered else funders / PAGE
    alone = len(pages) == 1 and not covered
    if alone and _ONE[0] < pages[0] < _ONE[1]:
        return FULL_PAGE if longer else ONE_PAGE
    if alone and 2 < pages[0] < _TWO:
        return None
    # What begins by a page on its side is not measured.
    over = [
        page
        for part, page in zip(parts, pages, strict=True)
        if ((page > 2 and page % 1 < min(_OVER, _EACH * int(page))) or _NEARLY < page < 2)
        and not is_div(part[0], LANDSCAPE_START)
    ]
    return CLOSER if over else None


def _funders(foot: Node) -> float:
    """Points of the logos of funders: two rows of three, or one more."""
    logos = sum(1 for _ in nodes([foot], "Image"))
    return FUNDERS + _ROW * max(0, ceil(logos / 3) - 2)
