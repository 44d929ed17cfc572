"""The PROJET mark of a draft, on every page of DOCX and ODT and at the head of every text.

On the cover it is also a paragraph, so that it is read aloud; the marks behind the pages are not.
"""

import struct
import zlib

from lxml import etree

from dla_docs.charter.charter import Charter
from dla_docs.engines.typst import PPI, rasterise
from dla_docs.formats.docx.wordml import W, w
from dla_docs.tree.divisions import DRAFT, HEAD, LOGOS
from dla_docs.tree.nodes import Nodes, div, inner, is_div, para, string

WORD = "PROJET"
PICTURE = "Pictures/projet.png"
_MARK_HEIGHT = 170.0
"""Height of the drawn mark in ODT, a square: in millimetres, the width of the text of a page."""
_AFTER_SIZE = 33
"""Where a PNG says its density: after its signature, 8 bytes, and its first chunk, 25."""
_PALE = 0.16
"""Part of the alert colour in the mark: text over it keeps a contrast of 12 : 1 (computed)."""
_ODF = "urn:oasis:names:tc:opendocument:xmlns:"
# What Word writes for a watermark of its own, but for its size: 380 × 110 points at 45° take
# 122 mm of the 170 of a text.
_SHAPE = (
    f'<w:r xmlns:w="{W}" xmlns:v="urn:schemas-microsoft-com:vml" '
    'xmlns:o="urn:schemas-microsoft-com:office:office"><w:rPr><w:noProof/></w:rPr><w:pict>'
    '<v:shapetype id="_x0000_t136" coordsize="21600,21600" o:spt="136" adj="10800" '
    'path="m@7,l@8,m@5,21600l@6,21600e"><v:formulas><v:f eqn="sum #0 0 10800"/>'
    '<v:f eqn="prod #0 2 1"/><v:f eqn="sum 21600 0 @1"/><v:f eqn="sum 0 0 @2"/>'
    '<v:f eqn="sum 21600 0 @3"/><v:f eqn="if @0 @3 0"/><v:f eqn="if @0 21600 @1"/>'
    '<v:f eqn="if @0 0 @2"/><v:f eqn="if @0 @4 21600"/><v:f eqn="mid @5 @6"/>'
    '<v:f eqn="mid @8 @5"/><v:f eqn="mid @7 @8"/><v:f eqn="mid @6 @7"/><v:f eqn="sum @6 0 @5"/>'
    '</v:formulas><v:path textpathok="t" o:connecttype="custom" '
    'o:connectlocs="@9,0;@10,10800;@11,21600;@12,10800" o:connectangles="270,180,90,0"/>'
    '<v:textpath on="t" fitshape="t"/><v:handles><v:h position="#0,bottomRight" '
    'xrange="6629,14971"/></v:handles><o:lock v:ext="edit" text="t" shapetype="t"/>'
    '</v:shapetype><v:shape id="PowerPlusWaterMarkObject%d" o:spid="_x0000_s%d" '
    'type="#_x0000_t136" alt="" style="position:absolute;margin-left:0;margin-top:0;width:380pt;'
    "height:110pt;rotation:315;z-index:-251658752;mso-position-horizontal:center;"
    "mso-position-horizontal-relative:margin;mso-position-vertical:center;"
    'mso-position-vertical-relative:margin" o:allowincell="f" fillcolor="%s" stroked="f">'
    f'<v:textpath style="font-family:&quot;Arial&quot;;font-size:1pt" string="{WORD}"/>'
    "</v:shape></w:pict></w:r>"
)
_RUN = (
    f'<w:r xmlns:w="{W}"><w:rPr><w:rStyle w:val="ACompleter"/></w:rPr>'
    f'<w:t xml:space="preserve">{WORD} – </w:t></w:r>'
)


def marked(blocks: Nodes) -> Nodes:
    """The mark as the first words of the cover, or of a document without one."""
    mark = div([para(string(WORD))], DRAFT)
    covers = [rank for rank, block in enumerate(blocks) if is_div(block, HEAD)]
    if not covers:
        return [mark, *blocks]
    cover = blocks[covers[0]]
    # After the emitters' logos, which stand above the text.
    held = inner(cover)
    logos = 1 if held and is_div(held[0], LOGOS) else 0
    filled = {"t": "Div", "c": [cover["c"][0], [*held[:logos], mark, *held[logos:]]]}
    return [*blocks[: covers[0]], filled, *blocks[covers[0] + 1 :]]


def mark_header(part: bytes, rank: int, charter: Charter) -> bytes:
    """A header of DOCX with the mark behind its pages, and its word where the header has some."""
    root = etree.fromstring(part)
    paragraph = root.find(w("p"))
    assert paragraph is not None, "every header of the reference has a paragraph"
    if paragraph.find(w("r")) is not None:
        paragraph.insert(1, etree.fromstring(_RUN))
    # Word numbers the shapes of headers from 2049.
    shape = _SHAPE % (rank, 2048 + rank, _pale(charter))
    # In the paragraph that is there: one more made a document a page longer (measured).
    paragraph.insert(1, etree.fromstring(shape))
    return bytes(etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True))


def mark_pages(part: bytes) -> bytes:
    """The page styles of ODT with the mark behind the text."""
    root = etree.fromstring(part)
    attributes = {
        "{http://www.w3.org/1999/xlink}href": PICTURE,
        "{http://www.w3.org/1999/xlink}type": "simple",
        "{http://www.w3.org/1999/xlink}actuate": "onLoad",
        f"{{{_ODF}style:1.0}}position": "center center",
        f"{{{_ODF}style:1.0}}repeat": "no-repeat",
    }
    for properties in root.iter(f"{{{_ODF}style:1.0}}page-layout-properties"):
        image = etree.Element(f"{{{_ODF}style:1.0}}background-image", attributes)
        properties.insert(0, image)
    return bytes(etree.tostring(root, xml_declaration=True, encoding="UTF-8"))


def picture(charter: Charter) -> bytes:
    """The mark as a drawing, for the ground of ODT pages; it says its size, which programs obey.

    LibreOffice squashes a shape of letters in a header (measured).
    """
    font = charter.values["polices"]["titres"]
    svg = (
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 400 400" width="400" height="400">'
        f'<text x="200" y="230" text-anchor="middle" font-family="\'{font}\'" font-weight="bold" '
        f'font-size="100" fill="{_pale(charter)}" transform="rotate(-45 200 200)">{WORD}</text>'
        "</svg>"
    )
    png = rasterise(svg.encode(), "svg", _MARK_HEIGHT, charter.families)
    # Pixels a metre, which is what the 1 says; then length, name and data, checksum.
    density = b"pHYs" + struct.pack(">IIB", *[round(PPI / 0.0254)] * 2, 1)
    chunk = struct.pack(">I", 9) + density + struct.pack(">I", zlib.crc32(density))
    return png[:_AFTER_SIZE] + chunk + png[_AFTER_SIZE:]


def _pale(charter: Charter) -> str:
    """The alert colour as a tint on white: a solid colour, which archives ask for."""
    strong = str(charter.values["couleurs"]["alerte"])
    parts = (int(strong[i : i + 2], 16) for i in (1, 3, 5))
    return "#" + "".join(f"{round(255 - (255 - part) * _PALE):02X}" for part in parts)
