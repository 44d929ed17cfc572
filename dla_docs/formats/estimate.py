"""How long a document is about, before any program lays it out: to place what ends it.

Points of the charter of pages, by block; on the demonstration within a tenth of what LibreOffice
lays out. It decides nothing but the page of the funders.
"""

import re
from collections.abc import Callable
from math import ceil, fsum

from dla_docs.engines.images import Image
from dla_docs.tree.divisions import (
    BAND,
    BRIEF,
    CARTOUCHE,
    FIGURES,
    FUNDERS_FOOT,
    IN_ORDER,
    LANDSCAPE_END,
    LOGOS,
    NOTE,
    OWN_PAGE,
    QUESTION,
    SIGNATURES,
    STEPS,
    SUBTITLE,
    TITLE,
    VERDICT,
)
from dla_docs.tree.nodes import (
    Node,
    Nodes,
    body_rows,
    classes,
    inner,
    items,
    level,
    nodes,
    pairs,
    target,
    text,
)
from dla_docs.tree.tables import DENSE

PAGE = 667.0
"""Points between the margins of a page: 297 mm less 34 and 27."""
FUNDERS = 90.0
"""Those of the funders' two rows of logos and their sentence."""
SEVERAL, EDGE = 1.6, 0.3
"""Pages from which a document surely has two, and the part of a page by which one is mistaken."""
HOLE = 150.0
"""Points left blank above the funders that one sees."""
_LETTERS = 88
"""Letters of a line of text, and of a line of a table as wide as the page."""
_LINE, _CELL = 15.0, 12.5
_FIXED = {
    STEPS: 33.0,
    CARTOUCHE: 58.0,
    VERDICT: 50.0,
    BRIEF: 66.0,
    FIGURES: 62.0,
    NOTE: 26.0,
    QUESTION: 50.0,
    LOGOS: 0.0,
    FUNDERS_FOOT: 0.0,
}
"""What a division takes besides the lines of its paragraphs; the logos stand in a margin."""
_COUNTED = {VERDICT, NOTE, QUESTION}
"""Those whose own paragraphs are lines of text too."""
_ANSWERS = {"LibelleChamp": 21.0, "LibelleChampCase": 0.0, "Champ": 26.0, "Reponse": 49.0}
"""Points of what an answer is made of, by its style; those of a row share the line of labels."""
_NATIVE = re.compile(r'<wp:extent cx="\d+" cy="(\d+)"')
_EMU = 12700
"""Of a point, in the unit of drawings."""


def ends_well(blocks: Nodes, images: tuple[Image, ...]) -> bool:
    """Whether the last of several pages has text and room for the funders under it, about.

    Near the edge of a page nobody can tell: the funders might be alone on the next.
    """
    fresh = [n for n, b in enumerate(blocks, 1) if {OWN_PAGE, LANDSCAPE_END} & set(_names(b))]
    last = height(blocks[fresh[-1] if fresh else 0 :], images)
    several = bool(fresh) or last > SEVERAL * PAGE
    return several and EDGE * PAGE < last % PAGE < PAGE - FUNDERS


def leaves_a_hole(blocks: Nodes, images: tuple[Image, ...]) -> bool:
    """Whether the funders, at the foot of the first page, would empty much of what is above them.

    A picture, and in LibreOffice a table, goes whole to the next page when it meets their frame.
    Not where the text may end with a page: they would be alone on the next.
    """
    if height(blocks, images) % PAGE < EDGE / 2 * PAGE:
        return False
    above, room = 0.0, PAGE - FUNDERS
    for block in blocks:
        under = above + _height(block, images)
        if under > room:
            return room - above > HOLE and _is_whole(block)
        above = under
    return False


def _is_whole(block: Node) -> bool:
    """Whether a block holds a table or a picture."""
    return block["t"] == "Table" or any(True for _ in nodes([block], "Table", "Image"))


def _names(block: Node) -> list[str]:
    return classes(block) if block["t"] == "Div" else []


def height(blocks: Nodes, images: tuple[Image, ...]) -> float:
    """Points that blocks take, one under the other."""
    return fsum(_height(block, images) for block in blocks)


def _height(block: Node, images: tuple[Image, ...]) -> float:
    measures: dict[str, Callable[[Node], float]] = {
        "Header": lambda b: 37.0 if level(b) == 1 else 25.0,
        "Para": lambda b: _pictures(b, images) + _lines(b) * _LINE + 6,
        "BlockQuote": lambda b: height(b["c"], images),
        "Plain": lambda b: _lines(b) * _LINE,
        "BulletList": lambda b: fsum(height(i, images) + 2 for i in items([b])) + 4,
        "OrderedList": lambda b: fsum(height(i, images) + 2 for i in b["c"][1]) + 4,
        "DefinitionList": lambda b: fsum(
            max(_LINE, height(d, images)) for _, ds in b["c"] for d in ds
        ),
        "Table": _table,
        "RawBlock": lambda b: fsum(int(cy) / _EMU for cy in _NATIVE.findall(b["c"][1])),
        "Div": lambda b: _division(b, images),
    }
    measure = measures.get(block["t"])
    return measure(block) if measure else 0.0


def _division(block: Node, images: tuple[Image, ...]) -> float:
    if BAND in classes(block):
        return _band(block)
    style = pairs(block).get("custom-style", "")
    if style in _ANSWERS:
        return _ANSWERS[style]
    name = next((name for name in classes(block) if name in _FIXED), "")
    if name and name not in _COUNTED:
        return _FIXED[name]
    if IN_ORDER in classes(block):
        # Two columns of small letters.
        points = [text([b]) for item in items(inner(block)) for b in item]
        return fsum(ceil(len(point) / 52) * 12.0 + 3 for point in points) / 2 + 10
    if SIGNATURES in classes(block):
        return ceil(len(items(inner(block))) / 2) * 142.0
    return _FIXED.get(name, 0.0) + height(inner(block), images)


def _band(block: Node) -> float:
    """The title of a short head, whose lines hold 36 letters, and what stands around it."""
    parts = {name: child for child in inner(block) for name in classes(child)}
    title = _lines(parts[TITLE], 36) * 26.0 if TITLE in parts else 0.0
    return 16.0 + title + (25.0 if SUBTITLE in parts else 0.0) + (33.0 if STEPS in parts else 0.0)


def _lines(block: Node, letters: float = _LETTERS) -> int:
    if block["t"] in {"Para", "Plain"} and {node["t"] for node in block["c"]} == {"Image"}:
        return 0
    words = text(block)
    return max(1, sum(ceil(max(1, len(line)) / letters) for line in words.split("\n")))


def _pictures(block: Node, images: tuple[Image, ...]) -> float:
    """The height of the images of a paragraph: 96 pixels an inch, 72 points."""
    found = [target(image) for image in nodes(block, "Image")]
    ranks = [int(name.removeprefix("image:")) for name in found if name.startswith("image:")]
    return fsum(images[rank].height * 0.75 for rank in ranks)


def _table(table: Node) -> float:
    shares = [share.get("c", 0.2) for _, share in table["c"][2]]
    rows = [
        max(
            (
                fsum(_lines(b, max(6.0, share * 100)) for b in cell) or 1
                for cell, share in zip(row, shares, strict=False)
            ),
            default=1,
        )
        for row in body_rows(table)
    ]
    line, around = (12.0, 3.0) if DENSE in pairs(table) else (_CELL, 6.0)
    return fsum(lines * line + around for lines in rows) + 26
