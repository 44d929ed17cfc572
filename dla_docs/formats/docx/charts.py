"""Charts that Word edits, in place of a drawing: their frame in the text, their parts beside."""

from collections.abc import Callable, Mapping, Sequence
from xml.sax.saxutils import quoteattr

from lxml import etree

from dla_docs.drawings.facts import Facts
from dla_docs.drawings.ink import Palette
from dla_docs.formats.docx.keys import keys
from dla_docs.formats.native_charts import (
    CHART,
    STACKED,
    WORKBOOK,
    ChartPart,
    chart_of,
    height_of,
)
from dla_docs.model.images import Image
from dla_docs.tree.divisions import DIVISIONS, DRAWING
from dla_docs.tree.nodes import Nodes, raw_block

_A = "http://schemas.openxmlformats.org/drawingml/2006/main"
_C = "http://schemas.openxmlformats.org/drawingml/2006/chart"
_WP = "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"
_R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
_TYPES = "http://schemas.openxmlformats.org/package/2006/content-types"
_EMU = 9525
"""Of a pixel at 96 an inch."""
_FIRST = 9000
"""The number of the first frame: far above those that pandoc gives to images."""
_AROUND = 3.0
"""Pixels above and under all the rows of bars alone."""
_KEYS = 20.0
"""Pixels of the line that names bars side by side, which our drawings have too."""
_PARTS = 36.0
"""Pixels: the height of a chart of parts, one bar of 9 mm."""


def native(
    parts: list[ChartPart], facts: Facts, colours: Palette, drawing: Image, words: str
) -> Nodes:
    """The frame of the chart of a drawing, its parts put with the others; nothing without one."""
    row = height_of(facts, drawing.width)
    # What is signed is kept as it was read: its drawing does not move.
    fixed = "fige" in facts.options
    part = None if fixed else chart_of(facts, colours, width=drawing.width, row=row)
    if part is None:
        return []
    parts.append(part)
    rank = len(parts)
    wide, high = round(drawing.width * _EMU), round(_height(facts, part, row, drawing) * _EMU)
    named = keys(part, colours, drawing.width, rank)
    # As in our drawings: what a whole is made of is named under it.
    under = facts.form == STACKED
    return [
        *(() if under else named),
        raw_block(
            "openxml",
            f'<w:p><w:pPr><w:pStyle w:val="{DIVISIONS[DRAWING].style}"/></w:pPr><w:r><w:drawing>'
            f'<wp:inline xmlns:wp="{_WP}"><wp:extent cx="{wide}" cy="{high}"/>'
            f'<wp:docPr id="{_FIRST + rank}" name="Graphique {rank}" descr={quoteattr(words)}/>'
            f'<wp:cNvGraphicFramePr/><a:graphic xmlns:a="{_A}"><a:graphicData uri="{_C}">'
            f'<c:chart xmlns:c="{_C}" xmlns:r="{_R}" r:id="rIdGraphique{rank}"/>'
            "</a:graphicData></a:graphic></wp:inline></w:drawing></w:r></w:p>",
        ),
        *(named if under else ()),
    ]


def _height(facts: Facts, part: ChartPart, row: float, drawing: Image) -> float:
    """Pixels of a chart: those of our drawing, unless its labels would touch."""
    if facts.form == STACKED:
        return _PARTS
    if part.keys:
        return max(row * len(facts.shown), drawing.height - _KEYS)
    return row * len(facts.shown) + _AROUND


def chart_parts(parts: Sequence[ChartPart]) -> Mapping[str, bytes]:
    """The new parts of the archive: each chart, its workbook, and how it finds it."""
    added = {}
    for rank, part in enumerate(parts, 1):
        target = f"../embeddings/classeur{rank}.xlsx"
        relations = (
            f'<?xml version="1.0" encoding="UTF-8"?>\n<Relationships xmlns="{_RELATIONS}">'
            f'<Relationship Id="rId1" Type="{_R}/package" Target="{target}"/></Relationships>'
        )
        added[f"word/charts/chart{rank}.xml"] = part.xml
        added[f"word/charts/_rels/chart{rank}.xml.rels"] = relations.encode()
        added[f"word/embeddings/classeur{rank}.xlsx"] = part.workbook
    return added


def chart_changes(parts: Sequence[ChartPart]) -> Mapping[str, Callable[[bytes], bytes]]:
    """What the other parts say of the charts; nothing without any."""
    if not parts:
        return {}
    return {
        "word/_rels/document.xml.rels": lambda part: _related(part, len(parts)),
        # The name that ends with a star: fonts change the same part, by its own name.
        "[Content_Types].xml*": lambda part: _typed(part, len(parts)),
    }


def _related(part: bytes, count: int) -> bytes:
    root = etree.fromstring(part)
    for rank in range(1, count + 1):
        etree.SubElement(
            root,
            f"{{{_RELATIONS}}}Relationship",
            Id=f"rIdGraphique{rank}",
            Type=f"{_R}/chart",
            Target=f"charts/chart{rank}.xml",
        )
    return _written(root)


def _typed(part: bytes, count: int) -> bytes:
    root = etree.fromstring(part)
    root.insert(0, etree.Element(f"{{{_TYPES}}}Default", Extension="xlsx", ContentType=WORKBOOK))
    for rank in range(1, count + 1):
        name = f"/word/charts/chart{rank}.xml"
        etree.SubElement(root, f"{{{_TYPES}}}Override", PartName=name, ContentType=CHART)
    return _written(root)


def _written(root: etree._Element) -> bytes:
    return bytes(etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True))
