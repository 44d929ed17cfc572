"""What DOCX and ODT have in common: named styles, images as paragraphs, tidy archives."""

import io
import zipfile
from collections.abc import Callable, Mapping
from typing import Any

from dla_docs.formats.house import (
    EN_SPACE,
    SHORT_TABLE,
    House,
    Placed,
    cells_of,
    divisions,
    in_text,
    raster,
    row_of_logos,
    rows,
)
from dla_docs.tree import Tree
from dla_docs.walk import Node, Nodes, attributes, div, para, raw_block, raw_inline, rebuild, text

STYLES = {
    "couverture": "Couverture",
    "surtitre": "Surtitre",
    "titre-principal": "Title",
    "sous-titre": "Subtitle",
    "mention": "Mention",
    "mention-financeurs": "MentionFinanceurs",
    "legende-logo": "LegendeLogo",
    "fait-a": "FaitA",
    "encadre": "Encadre",
    "discret": "Discret",
}
"""Divisions that are a paragraph style."""

FOOT_OF_COVER = ("MentionFinanceurs", "Logos", "LegendeLogo")
"""Styles of the paragraphs, from the first one, that stand at the foot of the cover."""

WIDE_LETTER = 0.63
"""Mean width of a bold letter of DejaVu Sans, in em (measured on our labels: 0.56 to 0.66)."""

Media = dict[str, tuple[str, bytes]]


def dress(tree: Tree, house: House, format: str, tab: str, page_break: str) -> tuple[Nodes, Media]:
    """The blocks as pandoc's DOCX and ODT writers want them, and the images they name.

    `format` is pandoc's name of raw markup, `tab` and `page_break` are such markup.
    """
    media: Media = {}

    def styled(name: str) -> Callable[[Node], Nodes]:
        return lambda block: [div(block["c"][1], custom_style=STYLES[name])]

    def cover(block: Node) -> Nodes:
        return [div(block["c"][1], custom_style="Couverture"), raw_block(format, page_break)]

    def band(block: Node) -> Nodes:
        placed = row_of_logos(block, tree, house.layout)
        half_em = float(house.layout.charter["tailles"]["texte"]) / 2 * 25.4 / 72
        gap = max(1, int(house.layout.logo_gap / half_em))
        inlines: Nodes = []
        for rank, logo in enumerate(placed):
            inlines += [{"t": "Str", "c": EN_SPACE * gap}] if rank else []
            inlines.append(_image(logo, media))
        return [div([para(inlines)], custom_style="Logos")] if inlines else []

    def signatures(block: Node) -> Nodes:
        blank: Nodes = [{"t": "Plain", "c": []}]
        return [_signature_table(rows([_cell(c) for c in cells_of(block)], blank))]

    dresses: Mapping[str, Callable[[Node], Nodes]] = {
        **{name: styled(name) for name in STYLES},
        "couverture": cover,
        "bandeau-logos": band,
        "fiche": lambda block: _record(block, house, raw_inline(format, tab)),
        "signatures": signatures,
    }
    blocks = divisions(tree.blocks, dict(dresses))

    def images(inlines: Nodes) -> Nodes:
        return [
            _image(in_text(n, tree.images, house.layout), media) if _unsized(n) else n
            for n in inlines
        ]

    return rebuild(blocks, inlines=images), media


def tidy(archive: bytes, changes: Mapping[str, Callable[[bytes], bytes]]) -> bytes:
    """Rewrite an archive: parts changed by name, dates fixed, so that bytes depend on nothing else.

    A name that ends with `*` stands for every part that begins so.
    """
    buffer = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(archive)) as source,
        zipfile.ZipFile(buffer, "w") as target,
    ):
        for name in source.namelist():
            content = source.read(name)
            for pattern, change in changes.items():
                if name == pattern or (pattern[-1] == "*" and name.startswith(pattern[:-1])):
                    content = change(content)
            entry = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
            entry.create_system = 3
            stored = name == "mimetype"
            entry.compress_type = zipfile.ZIP_STORED if stored else zipfile.ZIP_DEFLATED
            target.writestr(entry, content)
    return buffer.getvalue()


def _unsized(node: Node) -> bool:
    return node["t"] == "Image" and not node["c"][0][2]


def _image(placed: Placed, media: Media) -> Node:
    mime, content = raster(placed)
    name = f"image-{placed.rank}-{placed.height:.2f}.{mime.partition('/')[2]}"
    media[name] = (mime, content)
    size = {"width": f"{placed.width:.2f}mm", "height": f"{placed.height:.2f}mm"}
    words = [{"t": "Str", "c": placed.alternative}]
    return {"t": "Image", "c": [attributes(**size), words, [name, ""]]}


def _record(block: Node, house: House, tab: Node) -> Nodes:
    """A `fiche`: one paragraph an entry, the entries of a short one kept together."""
    entries = [e for b in block["c"][1] if b["t"] == "DefinitionList" for e in b["c"]]
    widest = float(house.layout.charter["fiche"]["libelle_mm"])
    size = float(house.layout.charter["tailles"]["texte"])
    lines: Nodes = []
    for rank, entry in enumerate(entries):
        fits = _width(text(entry[0]), size) < widest
        after = tab if fits else {"t": "LineBreak"}
        kept = rank + 1 < len(entries) <= SHORT_TABLE
        style = "FicheDebut" if rank == 0 else "Fiche" if kept else "FicheFin"
        lines += _entry(entry, after, style)
    return lines


def _width(label: str, size: float) -> float:
    """Millimetres of a bold label of `size` points, in the widest font that may replace ours."""
    return len(label) * size * WIDE_LETTER * 25.4 / 72


def _entry(entry: list[Any], after: Node, style: str) -> Nodes:
    """A label and its value: one paragraph, then the rest of the value indented.

    `after` comes between the two: a tab, or a line break after a label wider than its column.
    """
    term, definitions = entry[0], [block for d in entry[1] for block in d]
    label: Nodes = [{"t": "Strong", "c": term}, after]
    first, rest = (definitions[0], definitions[1:]) if definitions else (None, [])
    if first and first["t"] in {"Para", "Plain"}:
        lines = [div([para([*label, *first["c"]])], custom_style=style)]
    else:
        lines = [div([para(label)], custom_style=style)]
        rest = definitions
    return [*lines, *([div(rest, custom_style="FicheSuite")] if rest else [])]


def _cell(blocks: Nodes) -> Nodes:
    return [
        div([para(b["c"]) if b["t"] == "Plain" else b for b in blocks], custom_style="Signature")
    ]


def _signature_table(grid: list[list[Nodes]]) -> Node:
    width = len(grid[0]) if grid else 1
    columns = [[{"t": "AlignLeft"}, {"t": "ColWidth", "c": 1 / width}] for _ in range(width)]
    lines = [
        [attributes(), [[attributes(), {"t": "AlignDefault"}, 1, 1, cell] for cell in row]]
        for row in grid
    ]
    body = [attributes(), 0, [], lines]
    empty = [attributes(), []]
    attrs = attributes(custom_style="Signatures")
    return {"t": "Table", "c": [attrs, [None, []], columns, empty, [body], empty]}
