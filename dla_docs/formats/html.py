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
)
from dla_docs.pandoc import Writing
from dla_docs.tree import Tree
from dla_docs.walk import Node, Nodes, attributes, div, para, rebuild


def write_html(tree: Tree, properties: Properties, house: House) -> bytes:
    """A page readable on a phone and printable."""

    def band(block: Node) -> Nodes:
        placed = row_of_logos(block, tree.images, house.layout)
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

    blocks = divisions(tree.blocks, {"bandeau-logos": band, "signatures": signatures})
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


def _image(placed: Placed) -> Node:
    mime = "image/svg+xml" if placed.image.kind == "svg" else f"image/{placed.image.kind}"
    address = f"data:{mime};base64,{b64encode(placed.image.content).decode()}"
    size = {"width": f"{placed.width:.2f}mm", "height": f"{placed.height:.2f}mm"}
    words = [{"t": "Str", "c": placed.alternative}]
    return {"t": "Image", "c": [attributes(**size), words, [address, ""]]}
