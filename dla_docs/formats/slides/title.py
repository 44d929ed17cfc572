"""The title slide: the cover of the document on one slide, its logos in rows above and below.

What does not fit is not lost: it goes on the slide that follows.
"""

from dataclasses import dataclass, field, replace
from xml.sax.saxutils import escape

from dla_docs.formats.shared import Properties
from dla_docs.formats.slides.measure import lines, shortened
from dla_docs.formats.slides.paragraphs import Piece, pieces_of
from dla_docs.formats.slides.pictures import LEFT, WIDTH, Box, Picture, Stage, frame, row
from dla_docs.formats.slides.slides import Slide, under_title
from dla_docs.tree.nodes import Node, Nodes, classes, nodes, string, text
from dla_docs.tree.passes import Tree

TOP, BOTTOM = 22.0, 520.0
GAP = 12.0


RULE = (96.0, 4.0)
_DECORATIVE = (
    '<a:extLst><a:ext uri="{C183D7F6-B498-43B3-948B-1728B52AA6E4}"><adec:decorative '
    'xmlns:adec="http://schemas.microsoft.com/office/drawing/2017/decorative" val="1"/></a:ext>'
    "</a:extLst>"
)


@dataclass(frozen=True)
class Style:
    """Letters and lines of a text of the title slide, in points, and the lines it may have."""

    size: int
    line: int
    most: int
    colour: str = "tx1"
    bold: bool = False


OVER = Style(18, 22, 1, "accent2", bold=True)
TITLE = Style(40, 47, 2, "tx2", bold=True)
SUBTITLE = Style(24, 29, 2)
ENTRY = Style(18, 22, 2)
MENTION = Style(16, 20, 1)
LEGEND = Style(12, 15, 2)
DRAFT = Style(16, 20, 1, "accent5", bold=True)


@dataclass
class Cover:
    """What a title slide shows: markup of its shapes, `@@n@@` for the link of the nth image."""

    blocks: Nodes
    shapes: str = ""
    pictures: list[Picture] = field(default_factory=list)
    left_out: list[Piece] = field(default_factory=list)

    def write(self, words: Nodes, style: Style, top: float, place: str = "") -> float:
        """Write a text and give the height it takes."""
        room = WIDTH / style.size / (1.13 if style.bold else 1.0)
        kept, was_cut = shortened(words, room, style.most)
        if was_cut:
            self.left_out.append(Piece(words))
        height = lines(kept, room) * style.line + 2
        box = (LEFT, top, WIDTH, height)
        self.shapes += _shape([kept], style, box, place)
        return height

    def show(self, pictures: list[Picture]) -> float:
        """Place a row of images and give the height it takes."""
        for picture in pictures:
            self.shapes += picture.shape(f"rIdImage{len(self.pictures)}")
            self.pictures.append(picture)
        return max((p.box[3] for p in pictures), default=0.0)


def title_slide(tree: Tree, properties: Properties, stage: Stage) -> tuple[Cover, list[Slide]]:
    """The title slide, and slides for what it could not hold."""
    found = [b for b in tree.blocks if {"couverture", "projet"} & set(classes(b))]
    cover = Cover(found)
    content = [n for b in found for n in (b["c"][1] if "couverture" in classes(b) else [b])]
    bands = [_images(b) for b in content if "bandeau-logos" in classes(b)]
    split = next((i for i, b in enumerate(content) if "titre-principal" in classes(b)), 0)
    above = [_images(b) for b in content[:split] if "bandeau-logos" in classes(b)]
    below = bands[len(above) :]
    title = _words(content, "titre-principal") or string(properties.title)
    floor = BOTTOM - _foot_height(content, below, tree, stage)

    top = TOP
    for images in above:
        top += cover.show(row(images, tree, stage, top)) + GAP
    if draft := _words(content, "projet"):
        top += cover.write(draft, DRAFT, top)
    lines_due = pieces_of([b for b in content if not _known(b)])
    entries = [replace(piece, inlines=_on_one_line(piece.inlines)) for piece in lines_due]
    top += _air(floor - top, len(entries))
    cover.shapes += _rule(top)
    top += RULE[1] + GAP / 2
    if over := _words(content, "surtitre"):
        top += cover.write(over, OVER, top)
    top += cover.write(title, TITLE, top, 'type="ctrTitle"')
    if subtitle := _words(content, "sous-titre"):
        top += cover.write(subtitle, SUBTITLE, top, 'type="subTitle" idx="1"') + GAP
    _entries(cover, entries, top, floor)
    _foot(cover, content, below, floor, tree, stage)
    return cover, under_title(title, cover.left_out)


def _air(room: float, entries: int) -> float:
    """Space above the title, so that it stands a little above the middle of what is free."""
    needed = 22 + 60 + 35 + entries * 25
    return max(GAP, (room - needed) * 0.4)


def _entries(cover: Cover, entries: list[Piece], top: float, floor: float) -> None:
    """As many lines of information as there is room for, in one box; the others later."""
    room = WIDTH / ENTRY.size
    kept: list[Nodes] = []
    height = 0.0
    for rank, piece in enumerate(entries):
        words, was_cut = shortened(piece.inlines, room, ENTRY.most)
        more = lines(words, room) * ENTRY.line + 3
        if was_cut or top + height + more > floor - GAP:
            cover.left_out += entries[rank:]
            break
        kept.append(words)
        height += more
    if kept:
        box = (LEFT, top, WIDTH, height + 2)
        cover.shapes += _shape(kept, ENTRY, box)


def _foot_height(content: Nodes, below: list[Nodes], tree: Tree, stage: Stage) -> float:
    """Height of the mention, the funders' logos and their legends."""
    measure = Cover([])
    return _foot(measure, content, below, 0.0, tree, stage)


def _foot(
    cover: Cover, content: Nodes, below: list[Nodes], top: float, tree: Tree, stage: Stage
) -> float:
    """The mention, the funders' logos and their legends from `top` down; the height they take."""
    begun = top
    if mention := _words(content, "mention-financeurs"):
        top += cover.write(mention, MENTION, top) + 4
    for images in below:
        top += cover.show(row(images, tree, stage, top)) + 4
    for block in content:
        if "legende-logo" in classes(block):
            top += cover.write(_inlines(block), LEGEND, top)
    return top - begun


def _rule(top: float) -> str:
    """A short line above the title."""
    return (
        f'<p:sp><p:nvSpPr><p:cNvPr id="0" name="Filet">{_DECORATIVE}</p:cNvPr><p:cNvSpPr/><p:nvPr/>'
        "</p:nvSpPr>"
        f'<p:spPr>{frame((LEFT, top, *RULE))}<a:prstGeom prst="rect"><a:avLst/></a:prstGeom>'
        '<a:solidFill><a:schemeClr val="accent2"/></a:solidFill><a:ln><a:noFill/></a:ln></p:spPr>'
        f"</p:sp>"
    )


def _shape(paragraphs: list[Nodes], style: Style, box: Box, place: str = "") -> str:
    """A text in a box: a placeholder of the layout, or a text of its own."""
    kind = f"<p:ph {place}/>" if place else ""
    locks = '<a:spLocks noGrp="1"/>' if place else ""
    own = "" if place else ' txBox="1"'
    geometry = "" if place else '<a:prstGeom prst="rect"><a:avLst/></a:prstGeom><a:noFill/>'
    written = "".join(_paragraph(words, style) for words in paragraphs)
    return (
        f'<p:sp><p:nvSpPr><p:cNvPr id="0" name="Texte"/><p:cNvSpPr{own}>{locks}</p:cNvSpPr>'
        f"<p:nvPr>{kind}</p:nvPr></p:nvSpPr><p:spPr>{frame(box)}{geometry}</p:spPr><p:txBody>"
        '<a:bodyPr wrap="square" lIns="0" tIns="0" rIns="0" bIns="0" anchor="t"><a:noAutofit/>'
        f"</a:bodyPr><a:lstStyle/>{written}</p:txBody></p:sp>"
    )


def _paragraph(words: Nodes, style: Style) -> str:
    properties = (
        '<a:pPr marL="0" indent="0" algn="l">'
        f'<a:lnSpc><a:spcPts val="{style.line * 100}"/></a:lnSpc><a:spcBef><a:spcPts val="0"/>'
        '</a:spcBef><a:spcAft><a:spcPts val="300"/></a:spcAft><a:buNone/></a:pPr>'
    )
    if style is not ENTRY:
        properties = properties.replace('<a:spcAft><a:spcPts val="300"/></a:spcAft>', "")
    return f"<a:p>{properties}{''.join(_run(word, style) for word in words)}</a:p>"


def _run(word: Node, style: Style) -> str:
    if word["t"] == "LineBreak":
        return f"<a:br>{_letters(style, style.bold)}</a:br>"
    bold = style.bold or word["t"] == "Strong"
    content = escape(text(word))
    return f"<a:r>{_letters(style, bold)}<a:t>{content}</a:t></a:r>"


def _letters(style: Style, bold: bool) -> str:
    weight = ' b="1"' if bold else ' b="0"'
    fill = f'<a:solidFill><a:schemeClr val="{style.colour}"/></a:solidFill>'
    return f'<a:rPr lang="fr-FR" sz="{style.size * 100}"{weight}>{fill}</a:rPr>'


_KNOWN = frozenset(
    "bandeau-logos surtitre titre-principal sous-titre mention-financeurs legende-logo "
    "projet".split()
)


def _known(block: Node) -> bool:
    return bool(_KNOWN & set(classes(block)))


def _words(content: Nodes, name: str) -> Nodes:
    return next((_inlines(b) for b in content if name in classes(b)), [])


def _inlines(block: Node) -> Nodes:
    found = [b["c"] for b in nodes(block, "Para", "Plain")]
    return [n for rank, words in enumerate(found) for n in ([{"t": "Space"}] * bool(rank)) + words]


def _on_one_line(inlines: Nodes) -> Nodes:
    """Several values after a label are separated by commas."""
    comma: Nodes = [{"t": "Str", "c": ","}, {"t": "Space"}]
    return [n for i in inlines for n in (comma if i["t"] == "LineBreak" else [i])]


def _images(band: Node) -> Nodes:
    return list(nodes(band, "Image"))
