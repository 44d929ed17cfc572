"""Blocks as pieces: one paragraph each, with the list it belongs to. A slide is filled by them."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property, partial
from typing import Any

from dla_docs.formats.shared import TICKED, answer, cells_of
from dla_docs.formats.slides.facts import A_ROW, Closing, Facts, Question
from dla_docs.formats.slides.frame import WIDTH
from dla_docs.formats.slides.measure import lines
from dla_docs.formats.slides.runs import (
    Run,
    Words,
    dressed,
    merged,
    plain,
    stacked,
    text_of,
    words_of,
)
from dla_docs.formats.slides.tables import Grid, grid_of
from dla_docs.model.values import NO_BREAK
from dla_docs.tree.divisions import DECORATIVE, OnSlide, on_slide
from dla_docs.tree.nodes import Node, Nodes, classes, each, inner, nodes, pairs

SIZES = {0: (24, 30, 9), 1: (24, 30, 9), 2: (21, 26, 5)}
"""Letter, line and space above, for a paragraph or each level of a list; deeper: `SMALLEST`."""
SMALLEST = (19, 24, 4)
"""The least that a slide has for a text. A test holds these sizes to those of the reference."""
INDENTS = {0: 0, 1: 22, 2: 54}
"""Where the text of a paragraph begins, by its depth, as the reference presentation says."""
NUMBERED = 20
"""How much further in the items of a numbered list are: room for « 12. » in 22-point letters."""
BULLETS = frozenset({*TICKED, "□"})
"""Boxes that stand for the bullet of their item."""
ANSWER = "…" * 24
"""A line to write on: three quarters of a slide, so that a short label stands before it."""


@dataclass(frozen=True)
class Piece:
    """A paragraph or the start of an item. `mark` is None, or what makes its list."""

    words: Words
    depth: int = 0
    mark: "Mark | None" = None
    keep: bool = False
    """Whether it must stand on the slide of what follows it."""

    @property
    def room(self) -> float:
        """Width of its lines, in ems."""
        indent = indent_of(self.depth) + (NUMBERED if self.mark and self.mark.style else 0)
        return (WIDTH - indent) / size_of(self.depth)[0]

    @cached_property
    def height(self) -> float:
        """Height it takes, with the space above."""
        _, line, above = size_of(self.depth)
        return lines(self.words, self.room) * line + above


@dataclass(frozen=True)
class Mark:
    """The number of an item, and the style of its list; a bullet when there is no style."""

    number: int = 0
    style: str = ""
    delimiter: str = ""


@dataclass(frozen=True)
class Figure:
    """An image that stands alone, or a row of logos."""

    inlines: Nodes


@dataclass(frozen=True)
class Notes:
    """What the speaker says, under the slide: paragraphs that the room does not see."""

    paragraphs: tuple[Words, ...]


Block = Figure | Grid | Facts | Question
"""What a slide shows under its title, or under a line or two of text: one of them a slide."""
Item = Piece | Block | Closing | Notes


def pieces_of(blocks: Nodes) -> Iterator[Piece]:
    """The paragraphs of blocks, without their tables and images."""
    return (item for item in items_of(blocks) if isinstance(item, Piece))


def items_of(blocks: Nodes, depth: int = 0) -> Iterator[Item]:
    """Blocks as paragraphs, tables and images in reading order."""
    for block in blocks:
        if block["t"] in {"BulletList", "OrderedList", "DefinitionList"}:
            yield from _lists(block["t"], block["c"], depth)
        elif block["t"] == "Div":
            yield from _division(block, depth)
        elif "c" in block:
            yield from _block(block, block["c"], depth)


def _block(block: Node, content: Any, depth: int) -> Iterator[Item]:
    match block["t"]:
        case "Header":
            yield Piece(dressed(words_of(content[2]), "Strong"), depth, keep=True)
        case "Para" | "Plain":
            yield from _paragraph(content, depth)
        case "CodeBlock":
            yield Piece(
                stacked([dressed(plain(r), "Code") for r in content[1].splitlines()]), depth
            )
        case "LineBlock":
            yield Piece(stacked([words_of(row) for row in content]), depth)
        case "Table":
            grid, caption = grid_of(block)
            yield from (replace(piece, keep=True) for piece in pieces_of(caption))
            yield grid
        case "BlockQuote":
            yield from (_quoted(item) for item in items_of(content, depth))
        case "Figure":
            yield from items_of(content[2], depth)


def _division(division: Node, depth: int) -> Iterator[Item]:
    content, form = inner(division), on_slide(classes(division))
    if form is OnSlide.IMAGES:
        yield Figure(list(nodes(content, "Image")))
    elif form is OnSlide.LINES:
        label, rows = answer(division)
        yield Piece(merged([*words_of(label), Run(" "), *stacked([plain(ANSWER)] * rows)]), depth)
    elif form is OnSlide.CELLS:
        for cell in cells_of(division):
            yield Piece(stacked([piece.words for piece in pieces_of(cell)]), depth)
    elif form is OnSlide.CAPTION:
        yield from (replace(piece, keep=True) for piece in pieces_of(content))
    elif form is OnSlide.FIGURES and (shares := pairs(division).get("parts")):
        yield from _parts_of_a_whole(content, shares)
    else:
        yield from _SHOWN[form](content) if form in _SHOWN else items_of(content, depth)


def _chart(content: Nodes) -> Iterator[Item]:
    """Its caption and its drawing; the table is for the speaker, as no room reads both."""
    for item in items_of(content):
        if isinstance(item, Grid):
            rows = (row for row in item.body if any(row))
            yield Notes(tuple(merged(_row(row)) for row in rows))
        else:
            yield item


def _row(cells: Sequence[Sequence[Words]]) -> Iterator[Run]:
    """A row of a table as a line: its cells, separated by a colon, then by semicolons."""
    said = [stacked(cell) for cell in cells if cell]
    for rank, words in enumerate(said):
        yield Run(["", f"{NO_BREAK}: ", "\u202f; "][min(rank, 2)])
        yield from words


def _facts(content: Nodes, people: bool) -> Iterator[Facts]:
    """The entries of definition lists, as many columns a slide as it holds."""
    listed = [b for b in content if b["t"] == "DefinitionList"]
    entries = [
        (words_of(term), stacked([p.words for d in said for p in pieces_of(d)]))
        for block in listed
        for term, said in block["c"]
    ]
    for start in range(0, len(entries), A_ROW):
        yield Facts(tuple(entries[start : start + A_ROW]), people)


def _parts_of_a_whole(content: Nodes, shares: str) -> Iterator[Facts]:
    """Figures that are parts of a whole, if each says what it weighs."""
    weights = tuple(float(share) for share in shares.split(";"))
    for facts in _facts(content, people=False):
        whole = len(weights) == len(facts.entries)
        yield replace(facts, shares=weights) if whole else facts


def _told(content: Nodes) -> Iterator[Words]:
    """The paragraphs of notes; the marks of a list are written, as notes have none of their own."""
    for piece in pieces_of(content):
        sign = f"{piece.mark.number}. " if piece.mark and piece.mark.style else "– "
        yield merged([*plain(sign), *piece.words]) if piece.mark else piece.words


def _question(content: Nodes) -> Iterator[Item]:
    """Its first paragraph is its label."""
    said = [piece.words for piece in pieces_of(content)]
    yield Question(said[0] if said else [], stacked(said[1:]))


def _closing(content: Nodes) -> Iterator[Item]:
    yield Closing(stacked([piece.words for piece in pieces_of(content)]))


def _notes(content: Nodes) -> Iterator[Item]:
    yield Notes(tuple(_told(content)))


_SHOWN: Mapping[OnSlide, Callable[[Nodes], Iterator[Item]]] = {
    OnSlide.CHART: _chart,
    OnSlide.FIGURES: partial(_facts, people=False),
    OnSlide.PEOPLE: partial(_facts, people=True),
    OnSlide.QUESTION: _question,
    OnSlide.CLOSING: _closing,
    OnSlide.NOTES: _notes,
}
"""What a slide makes of the divisions that it shows in a way of its own."""


def _lists(kind: str, content: Any, depth: int) -> Iterator[Item]:
    if kind == "BulletList":
        yield from _list(content, depth, lambda rank: Mark())
    elif kind == "OrderedList":
        (start, style, delimiter), items = content
        kinds = style["t"], delimiter["t"]
        yield from _list(items, depth, lambda rank: Mark(start + rank, *kinds))
    else:
        for term, definitions in content:
            yield from _entry(term, [b for d in definitions for b in d], depth)


def _paragraph(inlines: Nodes, depth: int) -> Iterator[Item]:
    """A paragraph without its images, then each image alone."""
    # A decorative image says nothing: it does not take a slide.
    images = [i for i in nodes(inlines, "Image") if DECORATIVE not in classes(i)]
    words = words_of(each(inlines, "Image", lambda image: []))
    if said := text_of(words).strip():
        ends = said.endswith(":")
        yield Piece(words, depth, keep=ends or bool(images))
    for image in images:
        yield Figure([image])


def _list(items: list[Nodes], depth: int, mark: Callable[[int], Mark]) -> Iterator[Item]:
    """The pieces of a list; what follows in an item is in its paragraph, on a new line."""
    for rank, item in enumerate(items):
        begun: Piece | None = None
        for piece in items_of(item, depth + 1):
            if not isinstance(piece, Piece) or piece.depth > depth + 1 or piece.mark:
                if begun:
                    yield begun
                begun = None
                yield piece
            elif begun:
                begun = replace(begun, words=stacked([begun.words, piece.words]))
            elif text_of(piece.words).lstrip()[:1] in BULLETS:
                # The box is the bullet.
                begun = replace(piece, depth=depth)
            else:
                begun = replace(piece, mark=mark(rank))
        if begun:
            yield begun


def _entry(term: Nodes, definition: Nodes, depth: int) -> Iterator[Item]:
    """« Label : value », then the rest of the value."""
    label = dressed([*words_of(term), Run(f"{NO_BREAK}:")], "Strong")
    first, *rest = list(items_of(definition, depth)) or [Piece([])]
    if isinstance(first, Piece) and not first.mark:
        yield replace(first, words=merged([*label, Run(" "), *first.words]))
    else:
        yield Piece(label, depth, keep=True)
        yield first
    yield from rest


def _quoted(item: Item) -> Item:
    return replace(item, words=dressed(item.words, "Emph")) if isinstance(item, Piece) else item


def size_of(depth: int) -> tuple[int, int, int]:
    """Letter, line and space above of a paragraph at a depth."""
    return SIZES.get(depth, SMALLEST)


def indent_of(depth: int) -> int:
    """Where the text of a paragraph begins at a depth, in points: each deeper list 20 further."""
    return INDENTS.get(depth, INDENTS[2] + 20 * (depth - 2))
