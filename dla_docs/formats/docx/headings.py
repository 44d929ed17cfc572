"""Headings of Word: parts numbered by its own list, articles by their words in the margin.

A list cannot say « Art. 1er » and « Art. 2 »: the number of an article stays in the text.
"""

from copy import deepcopy

from lxml import etree

from dla_docs.formats.docx.wordml import NAMES, neighbour, set_property, set_style, style_of, w
from dla_docs.tree.divisions import NUMBER
from dla_docs.tree.nodes import (
    Node,
    Nodes,
    attributes,
    classes,
    each,
    inner,
    level,
    raw_inline,
    text,
)

_ARTICLE, _PLAIN = "ArticleNumero", "SansNumero"
"""Character styles: the number of an article; a heading that the list leaves out."""
_ROOM = {"before": "140", "after": "20", "line": "300", "lineRule": "atLeast"}
"""Above and below the title of a part without a number, in twips."""
_UNDER_A_BOX = "160"
"""Twips above a title that a box precedes."""
_PARTING = "\u00a0 –"
_LIST = "980"
"""The list of the reference that numbers the parts of a document."""


def numbered(blocks: Nodes) -> Nodes:
    """First-level headings as Word numbers them."""
    kinds = {_kind(header) for header in _firsts(blocks)}
    by_list = "part" in kinds

    def change(header: Node) -> Nodes:
        kind = _kind(header) if level(header) == 1 else ""
        if kind == "article":
            return [_with(header, _margin(header))]
        if kind == "part":
            return [_with(header, _without_number(header))]
        if by_list and level(header) == 1:
            free = {"t": "Span", "c": [attributes(custom_style=_PLAIN), inner(header)]}
            return [_with(header, [free])]
        return [header]

    return each(blocks, "Header", change)


def settle_headings(root: etree._Element) -> None:
    """Articles, and headings without a number, in styles of their own."""
    for paragraph in root.iter(w("p")):
        if style_of(paragraph) != "Heading1":
            continue
        marks = paragraph.findall("w:r/w:rPr/w:rStyle", NAMES)
        names = {mark.get(w("val")) for mark in marks}
        if _ARTICLE in names:
            set_style(paragraph, "Article")
        elif _PLAIN in names:
            set_style(paragraph, "TitreLibre")
            for mark in marks:
                properties = mark.getparent()
                if mark.get(w("val")) == _PLAIN and properties is not None:
                    properties.remove(mark)


def part_from_boxes(root: etree._Element) -> None:
    """A title stands off the box above it, whose edge is nearer than the last line of a text."""
    for title in root.findall("w:body/w:p", NAMES):
        above = neighbour(title, after=False)
        if above is None or not str(style_of(title)).startswith(("Heading", "TitreLibre")):
            continue
        if above.tag == w("tbl") or str(style_of(above)).startswith(("Ancre", "Champ", "Case")):
            set_property(title, "spacing").set(w("before"), _UNDER_A_BOX)


def numbering_of(blocks: Nodes) -> str:
    """How the first headings of a document are numbered: « part », « article », or not at all."""
    kinds = {_kind(header) for header in _firsts(blocks)} - {""}
    return min(kinds, default="")


def with_numbering(styles: bytes, kind: str) -> bytes:
    """The style of parts joined to its list: a heading that one adds takes its number.

    Where parts have no number their titles have the letters of a section, and those of sections
    the letters that come next: one never looks like the other.
    """
    root = etree.fromstring(styles)
    named = {style.get(w("styleId")): style for style in root.findall("w:style", NAMES)}
    if kind == "part":
        for name, number in (("Heading1", _LIST), ("TitreLibre", "0")):
            _join(named.get(name), number)
    elif "Heading1" in named and "Heading2" in named:
        _soften(named["Heading1"], named["Heading2"])
        if not kind and "Heading3" in named:
            _reletter(named["Heading2"], named["Heading3"])
    return bytes(etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True))


def _join(style: etree._Element | None, number: str) -> None:
    properties = None if style is None else style.find("w:pPr", NAMES)
    if properties is None:
        return
    joined = etree.Element(w("numPr"))
    etree.SubElement(joined, w("numId"), {w("val"): number})
    before = {w("keepNext"), w("keepLines"), w("pageBreakBefore"), w("widowControl")}
    properties.insert(sum(child.tag in before for child in properties), joined)


def _soften(first: etree._Element, second: etree._Element) -> None:
    """The letters of a section on the title of a part, with a little more room above."""
    _reletter(first, second)
    room = first.find("w:pPr/w:spacing", NAMES)
    if room is not None:
        for name, value in _ROOM.items():
            room.set(w(name), value)


def _reletter(style: etree._Element, model: etree._Element) -> None:
    """The letters of a model on a style."""
    letters, others = style.find("w:rPr", NAMES), model.find("w:rPr", NAMES)
    if letters is not None and others is not None:
        style.replace(letters, deepcopy(others))


def _firsts(blocks: Nodes) -> list[Node]:
    return [b for b in blocks if b["t"] == "Header" and level(b) == 1]


def _number(header: Node) -> Node | None:
    first = inner(header)[0] if inner(header) else None
    held = first is not None and first["t"] == "Span" and NUMBER in classes(first)
    return first if held else None


def _kind(header: Node) -> str:
    """« article », « part », or nothing for a heading without a number."""
    number = _number(header)
    if number is None:
        return ""
    return "article" if text(inner(number)).startswith("Article") else "part"


def _without_number(header: Node) -> Nodes:
    rest = inner(header)[1:]
    return rest[1:] if rest and text([rest[0]]).strip("\u00a0 ") == "" else rest


def _margin(header: Node) -> Nodes:
    """« Art. 12 » in the margin, then the words on the axis."""
    number = _number(header)
    said = _without_dash([_shortened(node) for node in (inner(number) if number else [])])
    label = {"t": "Span", "c": [attributes(custom_style=_ARTICLE), said]}
    tab = raw_inline("openxml", "<w:r><w:tab/></w:r>")
    return [tab, label, tab, *_without_number(header)]


def _shortened(node: Node) -> Node:
    return {"t": "Str", "c": node["c"].replace("Article", "Art.")} if node["t"] == "Str" else node


def _without_dash(inlines: Nodes) -> Nodes:
    """A number without the dash that parts it from its title in the other formats."""
    kept = list(inlines)
    while kept and not text(kept[-1:]).strip(_PARTING):
        kept.pop()
    if kept and kept[-1]["t"] == "Str":
        kept[-1] = {"t": "Str", "c": kept[-1]["c"].rstrip(_PARTING)}
    return kept


def _with(header: Node, inlines: Nodes) -> Node:
    depth, attrs, _ = header["c"]
    return {"t": "Header", "c": [depth, attrs, inlines]}
