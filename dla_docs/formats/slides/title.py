"""The title slide: the head of the document on a coloured band, its logos on white under it.

What does not fit is not lost: it goes on the slide that follows.
"""

from dataclasses import dataclass, field, replace

from dla_docs.formats.properties import Properties
from dla_docs.formats.slides.frame import LEFT, WIDTH
from dla_docs.formats.slides.measure import BOLD, lines, shortened
from dla_docs.formats.slides.paragraphs import Piece, pieces_of
from dla_docs.formats.slides.pictures import Picture, Stage, rows
from dla_docs.formats.slides.runs import Words, merged, on_one_line, plain, words_of
from dla_docs.formats.slides.shapes import Style, Text
from dla_docs.formats.slides.slides import Slide, under_title
from dla_docs.tree import divisions as named
from dla_docs.tree.divisions import OnSlide, on_slide
from dla_docs.tree.nodes import Node, Nodes, classes, inner, is_div, nodes
from dla_docs.tree.passes import Tree

GENRE_TOP, TITLE_TOP, BAND = 44.0, 74.0, 352.0
"""Where the kind and the title begin on the coloured band, and where what it says ends: the band is
366 points high, as the layout « Titre » of the reference draws it."""
LOGOS_TOP, LOGOS_ROOM = 388.0, 138.0
"""Where the logos begin, on white under the band, and the height that they may take."""
_BETWEEN = 16.0
"""Air under a band of logos: who funds is another group than who writes."""
GAP = 10.0
"""Air between two groups; this and the sizes below, by eye on the demonstration."""
DRAFT = Style(16, 20, 1, "bg1", bold=True)
KIND = Style(17, 22, 1, "bg1", bold=True, capitals=True)
TITLE = Style(40, 48, 3, "bg1", bold=True, voice=True)
SUBTITLE = Style(24, 30, 2, "bg1")
ENTRY = Style(19, 24, 2, "bg1", after=3)
MENTION = Style(15, 19, 1, "accent3")
LEGEND = Style(13, 16, 2)


Shape = Text | Picture


@dataclass
class TitleSlide:
    """What a title slide shows, in the order it is read; `subject`: a title of its own."""

    blocks: Nodes
    subject: Words = field(default_factory=list)
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
        # A title that needs fewer lines than the widest font would stays by its subtitle.
        box = (LEFT, top, WIDTH, height)
        self.shapes.append(Text([short], style, box, place, low=style is TITLE))
        return height

    def show(self, pictures: list[Picture]) -> float:
        """Place rows of images and give the height they take."""
        self.shapes += pictures
        tops, ends = [p.box[1] for p in pictures], [p.box[1] + p.box[3] for p in pictures]
        return max(ends, default=0.0) - min(tops, default=0.0)


def title_slide(tree: Tree, properties: Properties, stage: Stage) -> tuple[TitleSlide, list[Slide]]:
    """The title slide, and slides for what it could not hold."""
    # The funders of a short head are at the end of pages; of slides, on the first.
    held = (named.HEAD, named.DRAFT, named.FUNDERS_FOOT)
    blocks = [b for b in tree.blocks if is_div(b, *held)]
    cover = TitleSlide(blocks)
    content = [n for b in blocks for n in ([b] if is_div(b, named.DRAFT) else _flat(b))]
    cover.subject = _words(content, named.TITLE)
    title = cover.subject or plain(properties.title)
    if draft := _words(content, named.DRAFT):
        cover.write(draft, DRAFT, GENRE_TOP - DRAFT.line - 2)
    if kind := _words(content, named.KIND):
        cover.write(kind, KIND, GENRE_TOP)
    top = TITLE_TOP + cover.write(title, TITLE, TITLE_TOP, 0) + GAP
    if subtitle := _words(content, named.SUBTITLE):
        top += cover.write(subtitle, SUBTITLE, top, 1) + GAP
    lines_due = pieces_of([b for b in content if not _placed(b)])
    # Several values after a label are separated by commas.
    _entries(cover, [replace(p, words=on_one_line(p.words, ", ")) for p in lines_due], top)
    _logos(cover, content, tree, stage)
    return cover, under_title(title, cover.left_out)


def _flat(head: Node) -> Nodes:
    """What a head holds, its band, its funders and its lines opened; a slide has no step."""
    opened = (named.BAND, named.FUNDERS_FOOT, named.CARTOUCHE)
    held = [n for b in inner(head) for n in (inner(b) if is_div(b, *opened) else [b])]
    return [block for block in held if not is_div(block, named.STEPS)]


def _entries(cover: TitleSlide, entries: list[Piece], top: float) -> None:
    """As many lines of information as there is room for, in one box; the others later."""
    room = WIDTH / ENTRY.size
    held: list[Words] = []
    height = 0.0
    for rank, piece in enumerate(entries):
        words, was_cut = shortened(piece.words, room, ENTRY.most)
        more = lines(words, room) * ENTRY.line + ENTRY.after
        if was_cut or top + height + more > BAND:
            cover.left_out += entries[rank:]
            break
        held.append(words)
        height += more
    if held:
        cover.shapes.append(Text(held, ENTRY, (LEFT, top, WIDTH, height + 2)))


def _logos(cover: TitleSlide, content: Nodes, tree: Tree, stage: Stage) -> None:
    """The logos on white, the funders' under their mention, as large as the room allows."""
    # A larger row may be cut in two: the largest scale that holds is looked for.
    scales = [step / 50 for step in range(50, 9, -1)]
    scale = next(
        (s for s in scales if _rows(TitleSlide([]), content, tree, stage, s) <= LOGOS_ROOM), 0.2
    )
    _rows(cover, content, tree, stage, scale)


def _rows(cover: TitleSlide, content: Nodes, tree: Tree, stage: Stage, scale: float) -> float:
    """Bands of logos, mention and legends one under the other; the height they take."""
    top = LOGOS_TOP
    for block in content:
        if is_div(block, named.LOGOS):
            top += cover.show(rows(_images(block), tree, stage, top, scale)) + _BETWEEN * scale
        elif is_div(block, named.FUNDERS):
            top += cover.write(_said(block), MENTION, top) + 3
        elif is_div(block, named.LEGEND):
            top += cover.write(_said(block), LEGEND, top)
    return top - LOGOS_TOP


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
