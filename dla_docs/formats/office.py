"""What DOCX and ODT have in common: named styles, images as paragraphs, tidy archives."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any

from dla_docs.charter.charter import Charter
from dla_docs.engines.archives import ArchiveFault, packed, unpacked
from dla_docs.formats.contents import Entry, entries
from dla_docs.formats.properties import DASH, Properties
from dla_docs.formats.shared import (
    EN_SPACE,
    GRID_COLUMNS,
    TICKED,
    Engines,
    Placed,
    answer,
    cells_of,
    dressed,
    in_text,
    parts_of,
    raster,
    rows,
    rows_of_logos,
)
from dla_docs.formats.together import (
    SHORT_TABLE,
)
from dla_docs.model.errors import EngineError
from dla_docs.tree.divisions import (
    ANSWER,
    BADGES,
    BOXES,
    CHART,
    CONTENTS,
    DIVISIONS,
    FUNDERS,
    FUNDERS_FOOT,
    HEAD,
    LANDSCAPE_END,
    LANDSCAPE_START,
    LEGEND,
    LOGOS,
    MISSING,
    OWN_PAGE,
    RECORD,
    SIGNATURES,
    WINDOW,
)
from dla_docs.tree.head import OF_ITS_OWN, model_of
from dla_docs.tree.nodes import (
    Node,
    Nodes,
    attributes,
    classes,
    div,
    inner,
    is_div,
    pairs,
    para,
    raw_block,
    raw_inline,
    rebuild,
    text,
)
from dla_docs.tree.passes import Tree

FOOT_OF_COVER = tuple(DIVISIONS[name].style for name in (FUNDERS, LOGOS, LEGEND))
"""Styles of the paragraphs, from the first one, that stand at the foot of the cover."""

ADDRESSEE = DIVISIONS[WINDOW].style
"""The style of the paragraph that the window of an envelope shows."""
ENVELOPE = (110, 55, 80, 41)
"""Left, top, width and least height of what that window shows, in millimetres from the edges of the
sheet: a DL envelope, however the sheet slides in it (`page.typ` says the same). The height reaches
below the window, so that the date, which follows, never shows in it."""

WIDE_LETTER = 0.63
"""Mean width of a bold letter of DejaVu Sans, in em (measured on our labels: 0.56 to 0.66)."""

FOOT_LENGTH = 100
"""Characters of a foot that fit on one line, without the rank of the page."""

DECORATIVE = "@@DECORATIF@@"
"""Stands for the alternative text of a decorative image until the file is finished."""

Media = dict[str, tuple[str, bytes]]

_SPANS = {MISSING: "ACompleter", **BADGES}
"""The styles of words, by their class."""


@dataclass(frozen=True)
class Markup:
    """What DOCX and ODT each write in their own way; `format` is pandoc's name of raw markup.

    `mark` is an empty paragraph of a style: the place of a page break or a change of page, which
    goes when the file is finished. `box` is a box to tick. `own` are the divisions that it dresses
    in a way of its own, `grid` the style of a row of logos under another, if it has one.
    """

    format: str
    tab: str
    mark: Callable[[str], str]
    box: Callable[[str], Node]
    contents: Callable[[list[Entry]], str]
    own: Callable[[Charter], Mapping[str, Callable[[Node], Nodes]]] = lambda charter: {}
    grid: str = ""


def emitter_lines(properties: Properties) -> list[str]:
    """Who writes, in a foot: its name, its place under it where both would reach the page."""
    name, dash, place = properties.emitter.partition(DASH)
    long = len(properties.emitter) + len(properties.before_page) > FOOT_LENGTH
    return [name, place] if dash and long else [properties.emitter]


def dress(tree: Tree, engines: Engines, markup: Markup) -> tuple[Nodes, Media]:
    """The blocks as pandoc's DOCX and ODT writers want them, and the images they name."""
    media: Media = {}
    tab = raw_inline(markup.format, markup.tab)

    def band(block: Node) -> Nodes:
        rows = rows_of_logos(block, tree, engines.charter)
        style = pairs(block).get("style", DIVISIONS[LOGOS].style)
        # More than one row is a grid: its columns are the tab stops of its style.
        several = len(rows) > 1 and max(map(len, rows)) <= GRID_COLUMNS
        grid = several and style == DIVISIONS[LOGOS].style and markup.grid
        lines = [para(_logos(row, engines, media, tab if grid else None)) for row in rows]
        return [div([line], custom_style=grid or style) for line in lines]

    dresses: dict[str, Callable[[Node], Nodes]] = {
        **{d.name: partial(_styled, style=d.style) for d in DIVISIONS.values() if d.style},
        **_pages(markup, entries(tree.blocks), any(map(_is_page, tree.blocks))),
        LOGOS: band,
        RECORD: lambda block: _record(block, engines, tab),
        # Opened: pandoc parts two tables in a row, and sees none within a division.
        CHART: inner,
        SIGNATURES: _signatures,
        BOXES: _boxes,
        ANSWER: lambda block: _answer(block, tab),
        **markup.own(engines.charter),
    }
    blocks = dressed(tree.blocks, dresses)

    def inline(node: Node) -> Node:
        if node["t"] == "Image" and not pairs(node):
            return _image(in_text(node, tree.images, engines.charter), media)
        # Written alone, with a space after it, as templates and lists of choices have them.
        if node["t"] == "Str" and node["c"] in TICKED:
            return markup.box(node["c"])
        if node["t"] == "Span" and (named := next(filter(_SPANS.get, classes(node)), None)):
            return {"t": "Span", "c": [attributes(custom_style=_SPANS[named]), inner(node)]}
        return node

    return rebuild(blocks, inlines=lambda inlines: [inline(n) for n in inlines]), media


def _is_page(block: Node) -> bool:
    return is_div(block, HEAD) and model_of(block) == OF_ITS_OWN


def _styled(block: Node, style: str) -> Nodes:
    return [div(inner(block), custom_style=style)]


def _pages(
    markup: Markup, listed: list[Entry], covered: bool
) -> dict[str, Callable[[Node], Nodes]]:
    """What begins a page: after the cover and its contents, around a landscape page."""

    def mark(style: str) -> Node:
        return raw_block(markup.format, markup.mark(style))

    contents = raw_block(markup.format, markup.contents(listed))
    # At the back of a cover; else the text follows.
    at_back = [mark("SautDePage")] if covered else []
    return {
        HEAD: lambda block: [*inner(block), *([mark("SautDePage")] if _is_page(block) else [])],
        FUNDERS_FOOT: inner,
        CONTENTS: lambda block: [contents, *at_back] if listed else [],
        OWN_PAGE: lambda block: [mark("SautDePage")],
        LANDSCAPE_START: lambda block: [mark("DebutPaysage")],
        LANDSCAPE_END: lambda block: [mark("FinPaysage")],
    }


def _logos(placed: list[Placed], engines: Engines, media: Media, between: Node | None) -> Nodes:
    """The images of a band; without `between`, spaces as wide as the charter wants part them."""
    # An en space is half an em of the text's letters; 72 points an inch.
    half_em = float(engines.charter.values["tailles"]["texte"]) / 2 * 25.4 / 72
    gap = max(1, int(engines.charter.logo_gap / half_em))
    inlines: Nodes = []
    for rank, logo in enumerate(placed):
        inlines += [between or {"t": "Str", "c": EN_SPACE * gap}] if rank else []
        inlines.append(_image(logo, media))
    return inlines


def _signatures(block: Node) -> Nodes:
    blank: Nodes = [{"t": "Plain", "c": []}]
    return [_signature_table(rows([_cell(c) for c in cells_of(block)], blank))]


def tidy(
    archive: bytes,
    changes: Mapping[str, Callable[[bytes], bytes]],
    added: Mapping[str, bytes] | None = None,
) -> bytes:
    """Rewrite an archive: parts changed by name, dates fixed, so that bytes depend on no clock.

    A name that ends with `*` stands for every part that begins so. Raises EngineError for an
    archive that is not whole.
    """
    try:
        parts = unpacked(archive) | dict(added or {})
    except ArchiveFault as fault:
        raise EngineError(
            f"le document est sorti abîmé du programme qui l’écrit ({fault})",
            "vérifiez la place sur le disque, puis recommencez",
        ) from fault
    for name in parts:
        for pattern, change in changes.items():
            if name == pattern or (pattern[-1] == "*" and name.startswith(pattern[:-1])):
                parts[name] = change(parts[name])
    # ODF wants this one readable at a fixed place.
    return packed(parts, stored=("mimetype",))


def _image(placed: Placed, media: Media) -> Node:
    mime, content = raster(placed)
    name = f"image-{placed.rank}-{placed.height:.2f}.{mime.partition('/')[2]}"
    media[name] = (mime, content)
    size = {"width": f"{placed.width:.2f}mm", "height": f"{placed.height:.2f}mm"}
    words = [{"t": "Str", "c": DECORATIVE if placed.decorative else placed.alternative}]
    return {"t": "Image", "c": [attributes(**size), words, [name, ""]]}


def _boxes(block: Node) -> Nodes:
    """A question and its choices: paragraphs, for a list would show a bullet before each box."""
    question, choices = parts_of(block)
    heading = [div(question, custom_style="LibelleChamp")] if question else []
    last = len(choices) - 1
    return heading + [
        div(
            [para(b["c"]) if b["t"] == "Plain" else b for b in choice],
            custom_style="CaseFin" if rank == last else "Case",
        )
        for rank, choice in enumerate(choices)
    ]


def _answer(block: Node, tab: Node) -> Nodes:
    """A label and lines to write on, in one paragraph: each line is a tab to a dotted leader."""
    label, count = answer(block)
    inlines = [*label, {"t": "Space"}, tab]
    for _ in range(count - 1):
        inlines += [{"t": "LineBreak"}, tab]
    return [div([para(inlines)], custom_style="Reponse")]


def _record(block: Node, engines: Engines, tab: Node) -> Nodes:
    """A `fiche`: one paragraph an entry, the entries of a short one kept together."""
    entries = [e for b in inner(block) if b["t"] == "DefinitionList" for e in b["c"]]
    widest = float(engines.charter.values["fiche"]["libelle_mm"])
    size = float(engines.charter.values["tailles"]["texte"])
    lines: Nodes = []
    for rank, entry in enumerate(entries):
        fits = _width(text(entry[0]), size) < widest
        after = tab if fits else {"t": "LineBreak"}
        joined_on = rank + 1 < len(entries) <= SHORT_TABLE
        style = "FicheDebut" if rank == 0 else "Fiche" if joined_on else "FicheFin"
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
