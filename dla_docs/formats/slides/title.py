"""The title slide: the cover of the document on one slide, its logos in rows above and below.

What does not fit is not lost: it goes on the slide that follows.
"""

from dataclasses import dataclass, field, replace

from dla_docs.formats.shared import Properties
from dla_docs.formats.slides.frame import LEFT, WIDTH
from dla_docs.formats.slides.measure import BOLD, lines, shortened
from dla_docs.formats.slides.paragraphs import Piece, pieces_of
from dla_docs.formats.slides.pictures import Picture, Stage, row
from dla_docs.formats.slides.runs import Words, merged, on_one_line, plain, words_of
from dla_docs.formats.slides.shapes import Rule, Style, Text
from dla_docs.formats.slides.slides import Slide, under_title
from dla_docs.tree import divisions as named
from dla_docs.tree.divisions import OnSlide, on_slide
from dla_docs.tree.nodes import Node, Nodes, classes, inner, is_div, nodes
from dla_docs.tree.passes import Tree

TOP, BOTTOM = 22.0, 520.0
"""Where the title slide begins and ends: it has no footer."""
GAP = 12.0
"""Air between two groups; this and the sizes below, by eye on the demonstration."""
RULE = (96.0, 4.0)
"""Length and thickness of the line above the title."""


OVER = Style(18, 22, 1, "accent2", bold=True)
TITLE = Style(40, 47, 2, "tx2", bold=True)
SUBTITLE = Style(24, 29, 2)
ENTRY = Style(18, 22, 2, after=3)
MENTION = Style(16, 20, 1)
LEGEND = Style(12, 15, 2)
DRAFT = Style(16, 20, 1, "accent5", bold=True)


Shape = Text | Picture | Rule


@dataclass
class TitleSlide:
    """What a title slide shows, in the order it is read."""

    blocks: Nodes
    shapes: list[Shape] = field(default_factory=list)
    left_out: list[Piece] = field(default_factory=list)

    def write(self, words: Words, style: Style, top: float, place: int | None = None) -> float:
        """Write a text and give the height it takes."""
        room = WIDTH / style.size / (BOLD if style.bold else 1.0)
        short, was_cut = shortened(words, room, style.most)
        if was_cut:
            self.left_out.append(Piece(words))
        # 2 points to spare, against rounding.
        height = lines(short, room) * style.line + 2
        self.shapes.append(Text([short], style, (LEFT, top, WIDTH, height), place))
        return height

    def show(self, pictures: list[Picture]) -> float:
        """Place a row of images and give the height it takes."""
        self.shapes += pictures
        return max((p.box[3] for p in pictures), default=0.0)


def title_slide(tree: Tree, properties: Properties, stage: Stage) -> tuple[TitleSlide, list[Slide]]:
    """The title slide, and slides for what it could not hold."""
    blocks = [b for b in tree.blocks if is_div(b, named.HEAD, named.DRAFT)]
    cover = TitleSlide(blocks)
    content = [n for b in blocks for n in (_flat(b) if is_div(b, named.HEAD) else [b])]
    bands = [_images(b) for b in content if is_div(b, named.LOGOS)]
    split = next((i for i, b in enumerate(content) if is_div(b, named.TITLE)), 0)
    above = [_images(b) for b in content[:split] if is_div(b, named.LOGOS)]
    below = bands[len(above) :]
    title = _words(content, named.TITLE) or plain(properties.title)
    floor = BOTTOM - _foot_height(content, below, tree, stage)

    top = TOP
    for images in above:
        top += cover.show(row(images, tree, stage, top)) + GAP
    if draft := _words(content, named.DRAFT):
        top += cover.write(draft, DRAFT, top)
    lines_due = pieces_of([b for b in content if not _placed(b)])
    # Several values after a label are separated by commas.
    entries = [replace(p, words=on_one_line(p.words, ", ")) for p in lines_due]
    top += _air(floor - top, len(entries))
    cover.shapes.append(Rule((LEFT, top, *RULE)))
    top += RULE[1] + GAP / 2
    if over := _words(content, named.OVER):
        top += cover.write(over, OVER, top)
    top += cover.write(title, TITLE, top, 0)
    if subtitle := _words(content, named.SUBTITLE):
        top += cover.write(subtitle, SUBTITLE, top, 1) + GAP
    _entries(cover, entries, top, floor)
    _foot(cover, content, below, floor, tree, stage)
    return cover, under_title(title, cover.left_out)


def _flat(head: Node) -> Nodes:
    """What a head holds, its band and its funders opened; a slide has no step."""
    opened = (named.BAND, named.FUNDERS_FOOT)
    held = [n for b in inner(head) for n in (inner(b) if is_div(b, *opened) else [b])]
    return [block for block in held if not is_div(block, named.STEPS)]


def _air(room: float, entries: int) -> float:
    """Space above the title, so that it stands a little above the middle of what is free."""
    # Lines above the title, the title, the subtitle, and one line and its air an entry.
    needed = 22 + 60 + 35 + entries * 25
    # 0.4 rather than 0.5: what stands in the middle looks low.
    return max(GAP, (room - needed) * 0.4)


def _entries(cover: TitleSlide, entries: list[Piece], top: float, floor: float) -> None:
    """As many lines of information as there is room for, in one box; the others later."""
    room = WIDTH / ENTRY.size
    held: list[Words] = []
    height = 0.0
    for rank, piece in enumerate(entries):
        words, was_cut = shortened(piece.words, room, ENTRY.most)
        more = lines(words, room) * ENTRY.line + ENTRY.after
        if was_cut or top + height + more > floor - GAP:
            cover.left_out += entries[rank:]
            break
        held.append(words)
        height += more
    if held:
        cover.shapes.append(Text(held, ENTRY, (LEFT, top, WIDTH, height + 2)))


def _foot_height(content: Nodes, below: list[Nodes], tree: Tree, stage: Stage) -> float:
    """Height of the mention, the funders' logos and their legends."""
    measure = TitleSlide([])
    return _foot(measure, content, below, 0.0, tree, stage)


def _foot(
    cover: TitleSlide, content: Nodes, below: list[Nodes], top: float, tree: Tree, stage: Stage
) -> float:
    """The mention, the funders' logos and their legends from `top` down; the height they take."""
    begun = top
    if mention := _words(content, named.FUNDERS):
        # 4 points of air: these lines are one group.
        top += cover.write(mention, MENTION, top) + 4
    for images in below:
        top += cover.show(row(images, tree, stage, top)) + 4
    for block in content:
        if is_div(block, named.LEGEND):
            top += cover.write(_said(block), LEGEND, top)
    return top - begun


def _placed(block: Node) -> bool:
    """Whether the title slide places a division by itself: what is left is lines of information."""
    return on_slide(classes(block)) in {OnSlide.COVER, OnSlide.IMAGES}


def _words(content: Nodes, name: str) -> Words:
    return next((_said(b) for b in content if is_div(b, name)), [])


def _said(block: Node) -> Words:
    """The paragraphs of a division, one after the other."""
    said = [run for b in nodes(block, "Para", "Plain") for run in [*plain(" "), *words_of(b["c"])]]
    return merged(said[1:])


def _images(band: Node) -> Nodes:
    return list(nodes(band, "Image"))
