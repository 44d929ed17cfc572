"""HTML: one file that needs no other, images and style inside."""

from base64 import b64encode
from functools import partial

from dla_docs.engines.pandoc import Writing
from dla_docs.formats.contents import entries, html_contents
from dla_docs.formats.html import heads
from dla_docs.formats.html.beside import beside
from dla_docs.formats.html.breaks import mail, unbroken
from dla_docs.formats.html.cards import carded
from dla_docs.formats.html.sheet import quoted
from dla_docs.formats.properties import DASH, Properties
from dla_docs.formats.shared import (
    Engines,
    Placed,
    answer,
    by_hand,
    cells_of,
    dressed,
    in_text,
    parts_of,
    prepared,
    rows_of_logos,
    without_web,
)
from dla_docs.tree.divisions import (
    ANSWER,
    BOXES,
    CONTENTS,
    DIVISIONS,
    HEAD,
    LANDSCAPE_END,
    LANDSCAPE_START,
    LOGOS,
    OBJECT,
    SIGNATURES,
    TITLE,
    VERDICT,
)
from dla_docs.tree.nodes import (
    Node,
    Nodes,
    attributes,
    div,
    each,
    inner,
    is_div,
    level,
    nodes,
    pairs,
    para,
    raw_block,
    raw_inline,
    text,
)
from dla_docs.tree.passes import Tree


def write_html(tree: Tree, properties: Properties, engines: Engines) -> bytes:
    """A page readable on a phone and printable."""
    tree = prepared(tree, properties, engines.charter, web=True)
    titled = any(is_div(division, TITLE, OBJECT) for division in nodes(tree.blocks, "Div"))
    letter = any(is_div(division, OBJECT) for division in nodes(tree.blocks, "Div"))

    def band(block: Node) -> Nodes:
        placed = [logo for row in rows_of_logos(block, tree, engines.charter) for logo in row]
        return [div([para([_image(logo) for logo in placed])], LOGOS)] if placed else []

    def contents(block: Node) -> Nodes:
        listed = entries(without_web(tree.blocks))
        return [_nav(html_contents(listed, 2 if titled else 1))] if listed else []

    def image(node: Node) -> Nodes:
        # One that has a size already is a logo, drawn above.
        return [node] if pairs(node) else [_image(in_text(node, tree.images, engines.charter))]

    start = f'<div class="{DIVISIONS[LANDSCAPE_START].html_class}">'
    blocks = dressed(
        heads.funders_last(_lowered(tree.blocks) if titled else tree.blocks),
        {
            LOGOS: band,
            SIGNATURES: _signatures,
            # What follows a letter, a survey, has a title below that of the whole page.
            TITLE: partial(_title, name=TITLE, level=2 if letter else 1),
            OBJECT: partial(_title, name=OBJECT, level=1),
            CONTENTS: contents,
            BOXES: _boxes,
            ANSWER: _answer,
            **heads.DRESSES,
            LANDSCAPE_START: lambda block: [raw_block("html", start)],
            LANDSCAPE_END: lambda block: [raw_block("html", "</div>")],
        },
    )
    blocks = each(each(blocks, "Header", heads.numbered), "Table", carded)
    blocks = each([unbroken(block) for block in blocks], "Link", mail)
    blocks = with_links(blocks, beside(properties.stem, properties.formats))
    return engines.pandoc.write(
        each(blocks, "Image", image), _told(properties, titled), _writing(properties, engines)
    )


def _writing(properties: Properties, engines: Engines) -> Writing:
    """How pandoc writes the page."""
    # `smart` would make English quotes.
    return Writing(
        "html5-smart",
        properties.epoch,
        template=engines.charter.text("page.html"),
        variables={"feuille-de-style": engines.charter.text("style.css")},
    )


def _told(properties: Properties, titled: bool) -> dict[str, str]:
    """What the page says outside of its text, on a screen and on paper."""
    return {
        **properties.page(),
        "title": properties.title,
        "emetteur": properties.emitter,
        # Its name, then where it is, as at the foot of the other formats.
        "pied-gauche": "\\A ".join(map(quoted, properties.emitter.split(DASH, 1))),
        "pied-droit": quoted(properties.before_page),
        **({} if titled else {"sans-titre": "1"}),
    }


def _signatures(block: Node) -> Nodes:
    """Boxes to sign in; the place and the date end on a line to write on."""
    boxes = [div([_signing(line) for line in cell], "signature") for cell in cells_of(block)]
    return [div(boxes, SIGNATURES)]


def _signing(block: Node) -> Node:
    line = raw_inline("html", ' <span class="ligne" aria-hidden="true"></span>')
    filled = by_hand(block, line)
    return div([para(filled)], "a-la-main") if filled else block


def with_links(blocks: Nodes, links: Nodes) -> Nodes:
    """The links to other formats under the cover, or at the head of a page without one."""
    place = next((rank + 1 for rank, block in enumerate(blocks) if is_div(block, HEAD)), 0)
    # A decision is told with its subject, before where else to read it.
    while place and place < len(blocks) and is_div(blocks[place], VERDICT):
        place += 1
    return [*blocks[:place], *links, *blocks[place:]]


def _lowered(blocks: Nodes) -> Nodes:
    """Headings one level down: the title of the page is its only heading of level 1."""

    def lower(header: Node) -> Nodes:
        # HTML has six levels.
        return [{"t": "Header", "c": [min(level(header) + 1, 6), *header["c"][1:]]}]

    return each(blocks, "Header", lower)


def _nav(listed: Node) -> Node:
    """The contents as a landmark, named by their heading."""
    opening = raw_block("html", '<nav class="sommaire" aria-labelledby="sommaire">')
    return div([opening, *inner(listed), raw_block("html", "</nav>")])


def _boxes(block: Node) -> Nodes:
    """Real boxes to tick, in a group that its question names."""
    question = text(parts_of(block)[0]).strip()
    return [div(inner(block), BOXES, role="group", aria_label=question or "Choix")]


def _answer(block: Node) -> Nodes:
    """A label and lines to write on once it is printed."""
    label, count = answer(block)
    line = raw_inline("html", '<span class="ligne" aria-hidden="true"></span>')
    lines = [para([line]) for _ in range(count - 1)]
    first = {"t": "Span", "c": [attributes("", ["libelle"]), label]}
    return [div([para([first, line]), *lines], ANSWER)]


def _title(block: Node, name: str, level: int) -> Nodes:
    """The title of the cover, or what a letter is about: the heading of the whole page, level 1."""
    inlines: Nodes = []
    for paragraph in inner(block):
        inlines += [{"t": "LineBreak"}] if inlines else []
        inlines += paragraph["c"]
    return [{"t": "Header", "c": [level, attributes(name, [name]), inlines]}]


def _image(placed: Placed) -> Node:
    mime = "image/svg+xml" if placed.image.kind == "svg" else f"image/{placed.image.kind}"
    address = f"data:{mime};base64,{b64encode(placed.image.content).decode()}"
    size = {"width": f"{placed.width:.2f}mm", "height": f"{placed.height:.2f}mm"}
    words = [{"t": "Str", "c": placed.alternative}]
    return {"t": "Image", "c": [attributes(**size), words, [address, ""]]}
