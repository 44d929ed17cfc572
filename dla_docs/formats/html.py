"""HTML: one file that needs no other, images and style inside."""

from base64 import b64encode

from dla_docs.formats.house import (
    House,
    Placed,
    Properties,
    cells_of,
    divisions,
    in_text,
    row_of_logos,
    short_table,
    tables_in,
)
from dla_docs.pandoc import Writing
from dla_docs.tree import Tree
from dla_docs.walk import Node, Nodes, attributes, classes, div, nodes, para, rebuild, text

TITLE = "titre-principal"


def write_html(tree: Tree, properties: Properties, house: House) -> bytes:
    """A page readable on a phone and printable."""

    def band(block: Node) -> Nodes:
        placed = row_of_logos(block, tree, house.layout)
        return [div([para([_image(logo) for logo in placed])], "bandeau-logos")] if placed else []

    def signatures(block: Node) -> Nodes:
        return [div([div(cell, "signature") for cell in cells_of(block)], "signatures")]

    def images(inlines: Nodes) -> Nodes:
        return [
            _image(in_text(n, tree.images, house.layout))
            if n["t"] == "Image" and not n["c"][0][2]
            else n
            for n in inlines
        ]

    blocks = divisions(
        _levels(tree.blocks),
        {"bandeau-logos": band, "signatures": signatures, TITLE: _title},
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


def _levels(blocks: Nodes) -> Nodes:
    """Headings one level down when a title is on the page: it is the only heading of level 1."""
    if not any(TITLE in classes(division) for division in nodes(blocks, "Div")):
        return blocks

    def lower(inner: Nodes) -> Nodes:
        return [
            {"t": "Header", "c": [min(b["c"][0] + 1, 6), *b["c"][1:]]} if b["t"] == "Header" else b
            for b in inner
        ]

    rebuilt: Nodes = rebuild(blocks, blocks=lower)
    return rebuilt


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
