"""HTML: one file that needs no other, images and style inside."""

from base64 import b64encode

from dla_docs.engines.pandoc import Writing
from dla_docs.formats.contents import entries, html_contents
from dla_docs.formats.shared import (
    House,
    Placed,
    Properties,
    answer,
    cells_of,
    divisions,
    in_text,
    prepared,
    row_of_logos,
    short_table,
    tables_in,
)
from dla_docs.tree.nodes import (
    Node,
    Nodes,
    attributes,
    classes,
    div,
    nodes,
    para,
    raw_block,
    raw_inline,
    rebuild,
    text,
)
from dla_docs.tree.passes import Tree

TITLE = "titre-principal"


def write_html(tree: Tree, properties: Properties, house: House) -> bytes:
    """A page readable on a phone and printable."""
    tree = prepared(tree, properties, house.layout)
    titled = any(TITLE in classes(division) for division in nodes(tree.blocks, "Div"))

    def band(block: Node) -> Nodes:
        placed = row_of_logos(block, tree, house.layout)
        return [div([para([_image(logo) for logo in placed])], "bandeau-logos")] if placed else []

    def signatures(block: Node) -> Nodes:
        return [div([div(cell, "signature") for cell in cells_of(block)], "signatures")]

    def contents(block: Node) -> Nodes:
        listed = entries(tree.blocks)
        return [_nav(html_contents(listed, 2 if titled else 1))] if listed else []

    def images(inlines: Nodes) -> Nodes:
        return [
            _image(in_text(n, tree.images, house.layout))
            if n["t"] == "Image" and not n["c"][0][2]
            else n
            for n in inlines
        ]

    blocks = divisions(
        _lowered(tree.blocks) if titled else tree.blocks,
        {
            "bandeau-logos": band,
            "signatures": signatures,
            TITLE: _title,
            "sommaire": contents,
            "cases": _boxes,
            "reponse": _answer,
            "debut-paysage": lambda block: [raw_block("html", '<div class="page-paysage">')],
            "fin-paysage": lambda block: [raw_block("html", "</div>")],
        },
    )
    blocks = tables_in(blocks, _scrolled)
    return house.pandoc.write(
        rebuild(blocks, inlines=images),
        {**properties.page(), "title": properties.title},
        Writing(
            "html5-smart",
            properties.epoch,
            template=house.layout.text("page.html"),
            variables={"feuille-de-style": house.layout.text("style.css")},
        ),
    )


def _lowered(blocks: Nodes) -> Nodes:
    """Headings one level down: the title of the page is its only heading of level 1."""

    def lower(inner: Nodes) -> Nodes:
        return [
            {"t": "Header", "c": [min(b["c"][0] + 1, 6), *b["c"][1:]]} if b["t"] == "Header" else b
            for b in inner
        ]

    rebuilt: Nodes = rebuild(blocks, blocks=lower)
    return rebuilt


def _nav(listed: Node) -> Node:
    """The contents as a landmark, named by their heading."""
    opening = raw_block("html", '<nav class="sommaire" aria-labelledby="sommaire">')
    return div([opening, *listed["c"][1], raw_block("html", "</nav>")])


def _boxes(block: Node) -> Nodes:
    """Real boxes to tick, in a group that its question names."""
    question = text([b for b in block["c"][1] if b["t"] != "BulletList"]).strip()
    return [div(block["c"][1], "cases", role="group", aria_label=question or "Choix")]


def _answer(block: Node) -> Nodes:
    """A label and lines to write on once it is printed."""
    label, count = answer(block)
    line = raw_inline("html", '<span class="ligne" aria-hidden="true"></span>')
    lines = [para([line]) for _ in range(count - 1)]
    first = {"t": "Span", "c": [attributes("", ["libelle"]), label]}
    return [div([para([first, line]), *lines], "reponse")]


def _title(block: Node) -> Nodes:
    """The title of the cover, as the heading of the whole page."""
    inlines: Nodes = []
    for paragraph in block["c"][1]:
        inlines += [{"t": "LineBreak"}] if inlines else []
        inlines += paragraph["c"]
    return [{"t": "Header", "c": [1, attributes("titre-principal", [TITLE]), inlines]}]


def _scrolled(table: Node) -> Nodes:
    """A table in a box that scrolls on a phone, reachable by keyboard; a short one is marked."""
    name = text(table["c"][1]).strip() or "Tableau"
    names = ["tableau", "tableau-court"] if short_table(table) else ["tableau"]
    return [div([table], *names, role="group", tabindex="0", aria_label=name)]


def _image(placed: Placed) -> Node:
    mime = "image/svg+xml" if placed.image.kind == "svg" else f"image/{placed.image.kind}"
    address = f"data:{mime};base64,{b64encode(placed.image.content).decode()}"
    size = {"width": f"{placed.width:.2f}mm", "height": f"{placed.height:.2f}mm"}
    words = [{"t": "Str", "c": placed.alternative}]
    return {"t": "Image", "c": [attributes(**size), words, [address, ""]]}
