"""PPTX: pandoc's writer over the reference document, then what pandoc does not write.

Pandoc gives texts and tables. Images, the title slide, letters of tables and the language are
set in its archive: it ignores the sizes of images and shows their alternative texts (measured).
"""

import re
from collections.abc import Iterator
from functools import partial
from xml.sax.saxutils import escape

from lxml import etree

from dla_docs.engines.pandoc import Writing
from dla_docs.formats.draft import WORD
from dla_docs.formats.office import tidy
from dla_docs.formats.shared import DASH, LANGUAGE, House, Properties, prepared
from dla_docs.formats.slides.measure import shortened
from dla_docs.formats.slides.paragraphs import INDENTS, NUMBERED
from dla_docs.formats.slides.pictures import (
    LEFT,
    POINT,
    WIDTH,
    Picture,
    Stage,
    frame,
    placed_on_slide,
)
from dla_docs.formats.slides.slides import Slide, slides
from dla_docs.formats.slides.tables import LINE, PADDING
from dla_docs.formats.slides.title import title_slide
from dla_docs.model.errors import EngineError
from dla_docs.tree.nodes import string, text
from dla_docs.tree.passes import Tree

_NAMES = {
    "a": "http://schemas.openxmlformats.org/drawingml/2006/main",
    "p": "http://schemas.openxmlformats.org/presentationml/2006/main",
    "r": "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
}
_TYPES = "http://schemas.openxmlformats.org/package/2006/content-types"
_LINKS = "http://schemas.openxmlformats.org/package/2006/relationships"
_DECLARED = " ".join(f'xmlns:{prefix}="{name}"' for prefix, name in _NAMES.items())
_FOOT_EMS = 50.0
"""Width of the footer, in ems."""
_LEAD = (LEFT, 110.0, WIDTH, 62.0)
_MISSING = f'<a:solidFill {_DECLARED}><a:schemeClr val="accent5"/></a:solidFill>'
"""Colour of what a draft lacks."""
_WATERMARK = (
    '<p:sp><p:nvSpPr><p:cNvPr id="0" name="Projet"/><p:cNvSpPr txBox="1"/>'
    '<p:nvPr userDrawn="1"/></p:nvSpPr><p:spPr><a:xfrm rot="19200000">'
    '<a:off x="2286000" y="2286000"/><a:ext cx="7620000" cy="2286000"/></a:xfrm>'
    '<a:prstGeom prst="rect"><a:avLst/></a:prstGeom><a:noFill/></p:spPr><p:txBody>'
    '<a:bodyPr wrap="none" anchor="ctr"/><a:lstStyle/><a:p><a:pPr algn="ctr"/><a:r>'
    '<a:rPr lang="fr-FR" sz="13000" b="1"><a:solidFill><a:schemeClr val="accent5">'
    '<a:lumMod val="10000"/><a:lumOff val="90000"/></a:schemeClr></a:solidFill></a:rPr>'
    f"<a:t>{WORD}</a:t></a:r></a:p></p:txBody></p:sp>"
)
"""The mark of a draft behind each slide, in a pale solid colour."""


def write_pptx(tree: Tree, properties: Properties, house: House) -> bytes:
    """A presentation: a title slide, then as many slides as the text asks for."""
    tree = prepared(tree, properties, house.layout)
    stage = Stage(house.layout.workspace, house.layout)
    cover, more = title_slide(tree, properties, stage)
    body = [*more, *slides([b for b in tree.blocks if b not in cover.blocks])]
    archive = house.pandoc.write(
        [block for slide in body for block in slide.blocks()],
        properties.office(),
        Writing(
            "pptx",
            properties.epoch,
            reference=house.layout.reference("pptx"),
            binary=True,
            slide_level=2,
        ),
    )
    pictures = [cover.pictures, *(placed_on_slide(slide, tree, stage) for slide in body)]
    changes = {
        "[Content_Types].xml": lambda part: _types(part, len(pictures)),
        "docProps/core.xml": lambda part: _core(part, properties),
        "ppt/slideLayouts/slideLayout*": lambda part: _foot(part, properties),
        "ppt/slideMasters/slideMaster1.xml": lambda part: _master(part, properties),
        "ppt/slides/slide1.xml": lambda part: _title_slide(part, cover.shapes),
    }
    for rank, slide in enumerate(body, 2):
        found = pictures[rank - 1]
        change = partial(_slide, slide=slide, pictures=found, properties=properties)
        changes[f"ppt/slides/slide{rank}.xml"] = change
    for rank, found in enumerate(pictures, 1):
        changes[f"ppt/slides/_rels/slide{rank}.xml.rels"] = partial(_links, pictures=found)
    media = {picture.part: picture.content for found in pictures for picture in found}
    return tidy(archive, changes, media)


def _types(part: bytes, slides_due: int) -> bytes:
    """Kinds of the parts; every slide is one of ours, or a text went where nothing measured it."""
    root = etree.fromstring(part)
    found = [e for e in root if re.search(r"/ppt/slides/slide\d+\.xml$", e.get("PartName", ""))]
    if len(found) != slides_due:
        raise EngineError(f"pandoc a fait {len(found)} diapositives au lieu de {slides_due}")
    known = {entry.get("Extension") for entry in root}
    for suffix in ("png", "jpeg"):
        if suffix not in known:
            entry = etree.Element(f"{{{_TYPES}}}Default")
            entry.set("Extension", suffix)
            entry.set("ContentType", f"image/{suffix}")
            root.insert(0, entry)
    return _bytes(root)


def _core(part: bytes, properties: Properties) -> bytes:
    """The properties of the file that pandoc leaves out of slides, or leaves empty."""
    root = etree.fromstring(part)
    words = {"title": properties.title, "subject": properties.subject, "language": LANGUAGE}
    for name, said in words.items():
        tag = f"{{http://purl.org/dc/elements/1.1/}}{name}"
        found = root.find(tag)
        element = etree.SubElement(root, tag) if found is None else found
        element.text = said
    return _bytes(root)


def _links(part: bytes, pictures: list[Picture]) -> bytes:
    root = etree.fromstring(part)
    for rank, picture in enumerate(pictures):
        link = etree.SubElement(root, f"{{{_LINKS}}}Relationship")
        link.set("Id", f"rIdImage{rank}")
        link.set("Type", f"{_NAMES['r']}/image")
        link.set("Target", picture.part.replace("ppt/", "../"))
    return _bytes(root)


def _title_slide(part: bytes, shapes: str) -> bytes:
    """What pandoc made of the title gives way to the cover."""
    root = etree.fromstring(part)
    shape_tree = _shape_tree(root)
    for shape in shape_tree.findall("p:sp", _NAMES):
        shape_tree.remove(shape)
    _add(shape_tree, shapes)
    return _said(root)


def _slide(part: bytes, slide: Slide, pictures: list[Picture], properties: Properties) -> bytes:
    root = etree.fromstring(_foot(part, properties))
    shape_tree = _shape_tree(root)
    if slide.images and slide.text:
        _place_lead(shape_tree)
    foot = next(_placeholders(shape_tree, "type", "ftr"), None)
    shapes = "".join(p.shape(f"rIdImage{rank}") for rank, p in enumerate(pictures))
    # Before the footer: the order of shapes is the order of reading.
    _add(shape_tree, shapes, foot)
    for table in root.iter(f"{{{_NAMES['a']}}}tbl"):
        _table(table, slide.heights, slide.size)
    for marks in root.iter(f"{{{_NAMES['a']}}}pPr"):
        if marks.find("a:buAutoNum", _NAMES) is not None:
            _indent(marks)
    for letters in root.iter(f"{{{_NAMES['a']}}}rPr"):
        if letters.get("u") and letters.get("b"):
            letters.insert(0, etree.fromstring(_MISSING))
    return _said(root)


def _indent(item: etree._Element) -> None:
    """Room for the number of an item, which pandoc puts at the very edge of its text."""
    depth = int(item.get("lvl", "0")) + 1
    left = INDENTS.get(depth, INDENTS[2] + 20 * (depth - 2)) + NUMBERED
    item.set("marL", str(left * POINT))
    item.set("indent", str(-(INDENTS[1] + NUMBERED) * POINT))


def _place_lead(shape_tree: etree._Element) -> None:
    """The text above an image: two lines under the title."""
    for shape in _placeholders(shape_tree, "idx", "1"):
        old = shape.find("p:spPr", _NAMES)
        if old is not None:
            place = f"<p:spPr {_DECLARED}>{frame(_LEAD)}</p:spPr>"
            shape.replace(old, etree.fromstring(place))


def _table(table: etree._Element, heights: tuple[float, ...], size: int) -> None:
    """Letters that fit the columns, and rows as high as their text."""
    for row, height in zip(table.findall("a:tr", _NAMES), heights, strict=True):
        # Programs make a row as high as its text, where an estimate for wide letters would show;
        # LibreOffice does not count the lines of links (measured).
        linked = row.find(".//a:hlinkClick", _NAMES) is not None
        least = height if linked else min(height, size * LINE + PADDING)
        row.set("h", str(round(least * POINT)))
    for properties in table.iter(f"{{{_NAMES['a']}}}rPr"):
        properties.set("sz", str(size * 100))
    for properties in table.iter(f"{{{_NAMES['a']}}}pPr"):
        spacing = f'<a:lnSpc {_DECLARED}><a:spcPts val="{round(size * LINE * 100)}"/></a:lnSpc>'
        properties.insert(0, etree.fromstring(spacing))
    for holder in table.iterancestors(f"{{{_NAMES['p']}}}graphicFrame"):
        for name in holder.iterfind("p:nvGraphicFramePr/p:cNvPr", _NAMES):
            name.set("name", "Tableau")
        for extent in holder.iterfind("p:xfrm/a:ext", _NAMES):
            extent.set("cy", str(round(sum(heights) * POINT)))


def _foot(part: bytes, properties: Properties) -> bytes:
    """The footer: title and reference, on one line."""
    draft = f"{WORD}{DASH}" if properties.draft else ""
    parts = (properties.running_title, properties.reference)
    words = draft + DASH.join(part for part in parts if part)
    kept, _ = shortened(string(words), _FOOT_EMS, 1)
    return part.replace(b"@@PIED@@", escape(text(kept)).encode())


def _master(part: bytes, properties: Properties) -> bytes:
    root = etree.fromstring(_foot(part, properties))
    if properties.draft:
        shape_tree = _shape_tree(root)
        first = shape_tree.find("p:sp", _NAMES)
        _add(shape_tree, _WATERMARK, first)
    return _said(root)


def _shape_tree(root: etree._Element) -> etree._Element:
    found = root.find("p:cSld/p:spTree", _NAMES)
    assert found is not None, "every slide has its shapes"
    return found


def _placeholders(shape_tree: etree._Element, key: str, value: str) -> Iterator[etree._Element]:
    for shape in shape_tree.findall("p:sp", _NAMES):
        place = shape.find("p:nvSpPr/p:nvPr/p:ph", _NAMES)
        if place is not None and place.get(key) == value:
            yield shape


def _add(shape_tree: etree._Element, shapes: str, before: etree._Element | None = None) -> None:
    for shape in etree.fromstring(f"<p:spTree {_DECLARED}>{shapes}</p:spTree>"):
        if before is None:
            shape_tree.append(shape)
        else:
            before.addprevious(shape)


def _said(root: etree._Element) -> bytes:
    """A part with one number for each shape, and its language on every run of text."""
    for rank, shape in enumerate(root.iter(f"{{{_NAMES['p']}}}cNvPr"), 1):
        shape.set("id", str(rank))
    for run in root.iter(*(f"{{{_NAMES['a']}}}{name}" for name in ("r", "br", "fld"))):
        if run.find("a:rPr", _NAMES) is None:
            run.insert(0, etree.Element(f"{{{_NAMES['a']}}}rPr"))
    for name in ("rPr", "endParaRPr"):
        for properties in root.iter(f"{{{_NAMES['a']}}}{name}"):
            properties.set("lang", LANGUAGE)
    return _bytes(root)


def _bytes(root: etree._Element) -> bytes:
    etree.cleanup_namespaces(root)
    return bytes(etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True))
