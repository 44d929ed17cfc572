"""A settled tree as slides, none of which overflows: one idea a slide, under a title.

A slide holds one run of text, or one table or image under at most two lines of text.
Lengths are points of a 960 × 540 slide, as `reference/pptx` places them.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from itertools import takewhile, zip_longest
from math import fsum

from dla_docs.formats.contents import TITLE
from dla_docs.formats.slides.facts import Closing, Facts, Question, Shapes
from dla_docs.formats.slides.frame import (
    FLOOR,
    GAP,
    LEAD_LINES,
    TEXT_ROOM,
    TITLE_LINES,
    TITLE_SIZE,
    TOP,
    UNDER_LEAD,
    WIDTH,
)
from dla_docs.formats.slides.measure import BOLD, cut, lines, shortened
from dla_docs.formats.slides.paragraphs import (
    Block,
    Figure,
    Item,
    Notes,
    Piece,
    items_of,
    size_of,
)
from dla_docs.formats.slides.runs import (
    Run,
    Words,
    dressed,
    merged,
    on_one_line,
    without_links,
    words_of,
)
from dla_docs.formats.slides.tables import READ, SIZES, Grid, grid_slides
from dla_docs.tree.divisions import CONTENTS
from dla_docs.tree.nodes import Node, Nodes, attributes, inner, is_div, level, nodes, para

TABLE_ROOM, TABLE_UNDER_LEAD = FLOOR - TOP, FLOOR - UNDER_LEAD
"""Height that a table may fill, alone or under a text."""
_TITLE_ROOM = WIDTH / TITLE_SIZE / (BOLD + 0.06)
"""Width of a line of a title, in ems of regular letters: titles are bold, in a font with serifs."""
_MORE_ROOM = 5
"""Ems kept on each line of a shortened title for what tells its parts apart: « (suite 9) »."""
_LEAST, _STEP = 60.0, 15.0
"""Evening out: no slide is asked to hold less than two lines, tried by steps of half a line."""
AGAIN = "suite"


@dataclass(frozen=True)
class Slide:
    """A slide: title, text, and under it images, a table or shapes; what closes it, down to 484.

    Images end at `floor`. `notes` are what the speaker says.
    """

    title: Words
    text: list[Piece] = field(default_factory=list)
    table: Grid | None = None
    images: Nodes | None = None
    shapes: Shapes = field(default_factory=list)
    closing: Shapes = field(default_factory=list)
    floor: float = FLOOR
    notes: tuple[Words, ...] = ()

    @property
    def bottom(self) -> float:
        """Where what it shows ends; images make do with what is left to them."""
        top = UNDER_LEAD if self.text else TOP
        if self.table:
            return top + fsum(self.table.heights)
        return max((shape.box[1] + shape.box[3] for shape in self.shapes), default=top)


def slides(blocks: Nodes) -> list[Slide]:
    """Slides of the blocks that follow the cover: each heading of level 1 or 2 begins one."""
    made: list[Slide] = []
    chapter: Words = []
    blocks = _with_contents(blocks)
    for header, content in _sections(blocks):
        items = list(items_of(content))
        if header and level(header) == 1:
            chapter = _said(header)
        if not items and not _worth_a_slide(header, blocks):
            continue
        title, whole = _title(header, chapter)
        if whole:
            items.insert(0, Piece(dressed(whole, "Strong"), keep=True))
        told = [item for item in items if isinstance(item, Notes)]
        first, *others = list(_parts([i for i in items if i not in told])) or [Slide(title)]
        notes = tuple(words for item in told for words in item.paragraphs)
        made += _numbered(title, [replace(first, notes=notes), *others])
    return made


def _with_contents(blocks: Nodes) -> Nodes:
    """The list of the sections at the place of the contents."""
    titles = [inner(header) for header in _headings(blocks) if level(header) == 1]
    # Without links, for they lead nowhere on slides.
    items = [para(title) for title in titles]
    header = {"t": "Header", "c": [1, attributes(), [{"t": "Str", "c": TITLE}]]}
    contents: Nodes = [header, *items] if items else []
    return [n for b in blocks for n in (contents if is_div(b, CONTENTS) else [b])]


def under_title(title: Words, pieces: list[Piece]) -> list[Slide]:
    """Slides for what the title slide could not hold."""
    if not pieces:
        return []
    short, _ = shortened(without_links(on_one_line(title)), _TITLE_ROOM - _MORE_ROOM, TITLE_LINES)
    return _numbered(short, [Slide(short), *_text_slides(pieces)])[1:]


def _sections(blocks: Nodes) -> Iterator[tuple[Node | None, Nodes]]:
    """Blocks under each heading of level 1 or 2, wherever divisions put it."""
    header: Node | None = None
    content: Nodes = []
    for block in _opened(blocks):
        if _heads(block):
            if header or content:
                yield header, content
            header, content = block, []
        else:
            content.append(block)
    if header or content:
        yield header, content


def _opened(blocks: Nodes) -> Iterator[Node]:
    """Blocks, divisions that hold a heading opened."""
    for block in blocks:
        if block["t"] == "Div" and any(map(_heads, nodes(block, "Header"))):
            yield from _opened(inner(block))
        else:
            yield block


def _heads(block: Node) -> bool:
    """Whether a block begins a slide."""
    return block["t"] == "Header" and level(block) <= 2


def _headings(blocks: Nodes) -> Iterator[Node]:
    """The headings that begin slides, in order."""
    return filter(_heads, _opened(blocks))


def _worth_a_slide(header: Node | None, blocks: Nodes) -> bool:
    """Whether a heading above nothing announces no other: it would be lost."""
    if header is None:
        return False
    after = _headings(blocks)
    # Down to this very heading: another may have the same words.
    next(other for other in after if other is header)
    following = next(after, None)
    return not (level(header) == 1 and following and level(following) == 2)


def _title(header: Node | None, chapter: Words) -> tuple[Words, Words]:
    """The title of a slide on two lines at most, and the whole of it when it was cut."""
    words = _said(header) if header else [Run("Présentation")]
    if header and level(header) == 2 and chapter:
        both = merged([*chapter, Run(" – "), *words])
        # Eight m: more than « (suite 12) », 5.6 ems, for a title that is not cut afterwards.
        if lines([*both, Run(f" {'m' * 8}")], _TITLE_ROOM) <= TITLE_LINES:
            return both, []
    short, was_cut = shortened(words, _TITLE_ROOM, TITLE_LINES)
    return short, words if was_cut else []


def _said(header: Node) -> Words:
    """The words of a heading, as a title is read out in the list of slides."""
    return without_links(on_one_line(words_of(inner(header))))


def _numbered(title: Words, parts: list[Slide]) -> list[Slide]:
    """Parts under one title, each with a title of its own.

    The first has it whole; where it fills its lines, the others make room for their number.
    """
    short, _ = shortened(title, _TITLE_ROOM - _MORE_ROOM, TITLE_LINES)
    again = ["", f" ({AGAIN})", *(f" ({AGAIN}\u00a0{rank})" for rank in range(2, len(parts)))]
    pairs = zip(parts, again, strict=False)
    return [replace(p, title=merged([*short, Run(more)]) if more else title) for p, more in pairs]


def _parts(items: list[Item]) -> Iterator[Slide]:
    """The slides of a section, titles to come."""
    run: list[Piece] = []
    last: Slide | None = None
    for item, following in zip_longest(items, items[1:]):
        closed = _closed(last, item) if last and not run else None
        if closed:
            last = closed
        elif isinstance(item, Piece):
            run.append(item)
        elif isinstance(item, Closing):
            # Under nothing to close, it is said as the rest.
            run.append(Piece(item.words))
        elif not isinstance(item, Notes):
            yield from [last] if last else []
            if isinstance(item, Facts) and isinstance(following, Closing):
                item = replace(item, closed=True, floor=following.placed()[1] - GAP)
            lead = _lead(run)
            yield from _text_slides(run[: len(run) - len(lead)])
            *whole, last = _shown(item, lead)
            yield from whole
            run = []
    yield from [last] if last else []
    yield from _text_slides(run)


def _shown(block: Block, lead: list[Piece]) -> Iterator[Slide]:
    """The slides of a block under a line or two of text: a long table takes several."""
    if isinstance(block, Figure):
        yield Slide([], lead, images=block.inlines)
    elif isinstance(block, Facts | Question):
        yield Slide([], lead, shapes=block.placed(UNDER_LEAD if lead else TOP)[0])
    else:
        for table in grid_slides(block, TABLE_UNDER_LEAD if lead else TABLE_ROOM):
            yield Slide([], lead, table)
            lead = []


def _closed(slide: Slide, item: Item) -> Slide | None:
    """A slide with a line, or people, at its foot; None where it has no room for them.

    A table makes room, in letters a little smaller.
    """
    tables = [replace(slide.table, size=s) for s in SIZES if s >= READ] if slide.table else []
    smaller = [replace(slide, table=t) for t in tables if slide.table and t.size < slide.table.size]
    tried = (_with_foot(one, item) for one in (slide, *smaller))
    return next((closed for closed in tried if closed), None)


def _with_foot(slide: Slide, item: Item) -> Slide | None:
    """A slide, as it is, with a line or people at its foot; None where it has no room for them."""
    people = isinstance(item, Facts) and item.people
    if slide.closing or not (isinstance(item, Closing) or people):
        return None
    assert isinstance(item, Closing | Facts)
    shapes, end = item.placed(FLOOR) if isinstance(item, Closing) else item.placed(0.0)
    top = end if isinstance(item, Closing) else FLOOR - end
    if slide.bottom + GAP > top:
        return None
    down = 0.0 if isinstance(item, Closing) else top
    moved: Shapes = [replace(s, box=(s.box[0], s.box[1] + down, *s.box[2:])) for s in shapes]
    return replace(slide, closing=moved, floor=top - GAP)


def _lead(run: list[Piece]) -> list[Piece]:
    """The paragraphs just before a table or an image that can stand above it."""
    lead: list[Piece] = []
    count = 0
    for piece in reversed(run):
        count += lines(piece.words, piece.room)
        if piece.depth or count > LEAD_LINES or (lead and not piece.keep):
            break
        lead.insert(0, piece)
    return lead


def _text_slides(run: list[Piece]) -> Iterator[Slide]:
    """Paragraphs over as few slides as hold them, and as even as can be."""
    pieces = [part for piece in run for part in _pieces(piece)]
    if not pieces:
        return
    count = len(_packed(pieces, TEXT_ROOM))
    room = TEXT_ROOM
    while room > _LEAST and len(_packed(pieces, room - _STEP)) == count:
        room -= _STEP
    for group in _packed(pieces, room):
        yield Slide([], [replace(group[0], depth=_first_depth(group[0])), *group[1:]])


def _pieces(piece: Piece) -> Iterator[Piece]:
    """A paragraph in as many parts as its length asks for."""
    count = int((TEXT_ROOM - size_of(piece.depth)[2]) // size_of(piece.depth)[1])
    rest = piece.words
    mark = piece.mark
    while rest:
        head, rest = cut(rest, piece.room, count)
        yield replace(piece, words=head, mark=mark, keep=piece.keep and not rest)
        mark = None


def _packed(pieces: list[Piece], room: float) -> list[list[Piece]]:
    groups: list[list[Piece]] = [[]]
    used = 0.0
    for rank, piece in enumerate(pieces):
        height = piece.height
        following = _announced(pieces, rank)
        if groups[-1] and used + height + following > room:
            groups.append([])
            used = 0.0
        groups[-1].append(piece)
        used += height
    return groups


def _announced(pieces: list[Piece], rank: int) -> float:
    """Height of what must stand on the slide of a piece: what it announces, a whole list if can."""
    piece = pieces[rank]
    if not piece.keep or rank + 1 == len(pieces):
        return 0.0
    after = pieces[rank + 1 :]
    listed = list(takewhile(lambda p: p.depth > piece.depth, after))
    for group in (listed, after[:1]):
        height = fsum(p.height for p in group)
        if group and piece.height + height <= TEXT_ROOM:
            return height
    return 0.0


def _first_depth(piece: Piece) -> int:
    """The rest of an item stands as a paragraph: it has no bullet to be under."""
    return piece.depth if piece.mark else 0
