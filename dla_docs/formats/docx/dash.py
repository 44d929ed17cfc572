"""The short dash in the margin that marks what a page asks or is about: the question, the object.

A picture of one colour, decorative: Word has no line that begins to the left of a paragraph.
"""

import struct
import zlib

from dla_docs.formats.docx.boxes import Look, styled
from dla_docs.formats.office import DECORATIVE, Media
from dla_docs.tree.divisions import OBJECT, QUESTION
from dla_docs.tree.nodes import Node, Nodes, attributes, inner, is_div, nodes, para, raw_inline

_NAME = "trait.png"
_WIDTH, _HEIGHT = "9mm", "1.6mm"


def question(block: Node) -> Nodes:
    """The one question of a document, under its label."""
    label, *asked = inner(block)
    return [styled([_dashed(label)], "QuestionLibelle"), styled(asked, "Question")]


def subject(block: Node) -> Nodes:
    """What a letter is about."""
    return [styled([_dashed(first) for first in inner(block)[:1]] + inner(block)[1:], "Objet")]


def drawn(blocks: Nodes, look: Look) -> Media:
    """The picture, where a document has such a dash."""
    used = any(is_div(block, OBJECT) or is_div(block, QUESTION) for block in nodes(blocks, "Div"))
    return {_NAME: ("image/png", _dot(look.dark))} if used else {}


def _dashed(block: Node) -> Node:
    size = attributes(width=_WIDTH, height=_HEIGHT)
    image = {"t": "Image", "c": [size, [{"t": "Str", "c": DECORATIVE}], [_NAME, ""]]}
    raised = {"t": "Span", "c": [attributes(custom_style="Trait"), [image]]}
    return para([raised, raw_inline("openxml", "<w:r><w:tab/></w:r>"), *block["c"]])


def _dot(colour: str) -> bytes:
    """A PNG of one point, in eight bits of red, green and blue; it is drawn as wide as asked."""
    head = struct.pack(">IIBBBBB", 1, 1, 8, 2, 0, 0, 0)
    # A line of a PNG begins with how it is filtered: not at all.
    point = zlib.compress(b"\0" + bytes.fromhex(colour), 9)
    chunks = ((b"IHDR", head), (b"IDAT", point), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))
        for name, data in chunks
    )
