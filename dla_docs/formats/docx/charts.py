"""Charts that Word edits, in place of a drawing: their frame in the text, their parts beside."""

from collections.abc import Callable, Mapping, Sequence
from itertools import pairwise
from math import ceil
from xml.sax.saxutils import escape, quoteattr

from lxml import etree

from dla_docs.drawings.facts import LABEL, Facts
from dla_docs.drawings.ink import Palette
from dla_docs.drawings.series import FULL, HATCHED, LIGHT
from dla_docs.formats.native_charts import CHART, MIDDLE, STACKED, WORKBOOK, ChartPart, chart_of
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
_ROW, _LINE, _AROUND = 10.0, 13.0, 30.0
"""Pixels: around the words of a row of bars, a line of them, and around all rows."""
_SHORT, _CLOSE = 30, 0.55
"""Letters of labels that surely hold on a line, and the part of what is around that they need."""
_LETTERS = 38
"""Letters of a line of labels."""
_SIGNS = {FULL: "■", MIDDLE: "■", LIGHT: "□", HATCHED: "▨"}
"""What stands for the fill of a series, in its colour, in the line that names them."""
_KEYS = 20.0
"""Pixels of that line: those that a legend would take from the chart."""
_PARTS = 55.0
"""Pixels: the height of a chart of parts, one bar of 9 mm."""


def native(
    parts: list[ChartPart], facts: Facts, colours: Palette, drawing: Image, words: str
) -> Nodes:
    """The frame of the chart of a drawing, its parts put with the others; nothing without one."""
    # Parts are one bar; the others have one a row at least.
    around = _CLOSE if max(map(len, facts.column(LABEL)), default=0) <= _SHORT else 1.0
    rows = max(_AROUND * around + _row(facts, around) * len(facts.shown), drawing.height)
    high_row = rows / max(1, len(facts.shown))
    # What is signed is kept as it was read: its drawing does not move.
    fixed = "fige" in facts.options
    part = None if fixed else chart_of(facts, colours, keyed=True, row=high_row)
    if part is None:
        return []
    parts.append(part)
    rank = len(parts)
    tall = _PARTS if facts.form == STACKED else rows - (_KEYS if part.keys else 0.0)
    wide, high = round(drawing.width * _EMU), round(tall * _EMU)
    return [
        *_keys(part, colours),
        raw_block(
            "openxml",
            f'<w:p><w:pPr><w:pStyle w:val="{DIVISIONS[DRAWING].style}"/></w:pPr><w:r><w:drawing>'
            f'<wp:inline xmlns:wp="{_WP}"><wp:extent cx="{wide}" cy="{high}"/>'
            f'<wp:docPr id="{_FIRST + rank}" name="Graphique {rank}" descr={quoteattr(words)}/>'
            f'<wp:cNvGraphicFramePr/><a:graphic xmlns:a="{_A}"><a:graphicData uri="{_C}">'
            f'<c:chart xmlns:c="{_C}" xmlns:r="{_R}" r:id="rIdGraphique{rank}"/>'
            "</a:graphicData></a:graphic></wp:inline></w:drawing></w:r></w:p>",
        ),
    ]


def _keys(part: ChartPart, colours: Palette) -> Nodes:
    """The line that says what the bars of a chart are."""
    named = "".join(_key(fill, name, colours) for fill, name in part.keys)
    style = '<w:pPr><w:pStyle w:val="Caption"/><w:keepNext/></w:pPr>'
    return [raw_block("openxml", f"<w:p>{style}{named}</w:p>")] if named else []


def _key(fill: str, name: str, colours: Palette) -> str:
    colour = (colours.middle if fill == MIDDLE else colours.dark).removeprefix("#")
    said = f"\u00a0{escape(name)}\u2003"
    return (
        f'<w:r><w:rPr><w:color w:val="{colour}"/></w:rPr><w:t>{_SIGNS[fill]}</w:t></w:r>'
        f'<w:r><w:t xml:space="preserve">{said}</w:t></w:r>'
    )


def _row(facts: Facts, part: float) -> float:
    """The height of a row of bars, in pixels: LibreOffice leaves out labels that would touch."""
    lines = [ceil(len(label) / _LETTERS) for label in facts.column(LABEL)]
    touching = [(above + under) / 2 for above, under in pairwise(lines)]
    return _ROW * part + _LINE * max(touching, default=1.0)


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
