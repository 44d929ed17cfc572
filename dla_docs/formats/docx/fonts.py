"""The charter's fonts inside a DOCX, cut to our letters and veiled as Word wants them."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from hashlib import sha256

from lxml import etree

from dla_docs.engines.subsets import STYLES, subset
from dla_docs.formats.docx.wordml import NAMES, w

_RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_TYPES = "http://schemas.openxmlformats.org/package/2006/content-types"
_VEILED = "application/vnd.openxmlformats-officedocument.obfuscatedFont"
_SLOTS = {
    "regular": "embedRegular",
    "bold": "embedBold",
    "italic": "embedItalic",
    "bolditalic": "embedBoldItalic",
}
"""What Word calls each face, in the order that its schema wants them."""
_UPRIGHT = ("regular", "bold")
"""The faces of the family of titles: nothing there is in italics."""
_HEAD = 32
"""Bytes of a font that its key veils: twice the key's sixteen."""


@dataclass(frozen=True)
class Face:
    """A face inside the file: whose it is, the place Word reads it from, its key, veiled bytes."""

    family: str
    slot: str
    part: str
    key: str
    content: bytes


# A run has one charter; a test may have two.
@lru_cache(maxsize=4)
def faces(text: str, titles: str) -> tuple[Face, ...]:
    """The faces to embed: four of the text's family, two of that of titles where it is another."""
    wanted = [(text, style) for style in STYLES]
    wanted += [(titles, style) for style in _UPRIGHT] if titles != text else []
    cut = [(family, style, subset(family, style)) for family, style in wanted]
    held = [(family, style, font) for family, style, font in cut if font]
    return tuple(
        Face(family, _SLOTS[style], f"fonts/font{rank}.odttf", *_veiled(font))
        for rank, (family, style, font) in enumerate(held, 1)
    )


def parts_of(embedded: tuple[Face, ...]) -> Mapping[str, bytes]:
    """The new parts of the archive: the fonts, and how the table of fonts finds them."""
    relations = "".join(
        f'<Relationship Id="rId{rank}" Type="{_OFFICE}/font" Target="{face.part}"/>'
        for rank, face in enumerate(embedded, 1)
    )
    table = f'<Relationships xmlns="{_RELATIONS}">{relations}</Relationships>'.encode()
    return {
        **{f"word/{face.part}": face.content for face in embedded},
        "word/_rels/fontTable.xml.rels": b'<?xml version="1.0" encoding="UTF-8"?>\n' + table,
    }


def changes_of(embedded: tuple[Face, ...]) -> Mapping[str, Callable[[bytes], bytes]]:
    """What the other parts say of the fonts."""
    return {
        "word/fontTable.xml": lambda part: _listed(part, embedded),
        "word/settings.xml": _settled,
        "[Content_Types].xml": _typed,
    }


def _veiled(font: bytes) -> tuple[str, bytes]:
    """The key of a font and its veiled bytes: [ECMA-376] 17.8.1, the key read from its end.

    Made of the font itself: the same font has the same key, in every document and on each machine.
    """
    digits = sha256(font).hexdigest()[:_HEAD].upper()
    key = bytes.fromhex(digits)[::-1] * 2
    head = bytes(byte ^ other for byte, other in zip(font[:_HEAD], key, strict=True))
    cuts = (digits[:8], digits[8:12], digits[12:16], digits[16:20], digits[20:])
    return "{" + "-".join(cuts) + "}", head + font[_HEAD:]


def _listed(part: bytes, embedded: tuple[Face, ...]) -> bytes:
    """The table of fonts, where each family names its faces after what else is said of it."""
    root = etree.fromstring(part)
    fonts = {font.get(w("name")): font for font in root.findall("w:font", NAMES)}
    for rank, face in enumerate(embedded, 1):
        if face.family not in fonts:
            # That of titles: the reference knows that of the text alone.
            fonts[face.family] = etree.SubElement(root, w("font"), {w("name"): face.family})
        named = etree.SubElement(fonts[face.family], w(face.slot))
        named.set(f"{{{_OFFICE}}}id", f"rId{rank}")
        named.set(w("fontKey"), face.key)
    return _written(root)


def _settled(part: bytes) -> bytes:
    """Fonts are kept when the file is saved; those of the machine are not added to ours."""
    root = etree.fromstring(part)
    for name in ("embedTrueTypeFonts", "embedSystemFonts", "saveSubsetFonts"):
        for old in root.findall(f"w:{name}", NAMES):
            root.remove(old)
    # The schema wants them after the view and the zoom, before all that pandoc writes.
    first = root.find("w:zoom", NAMES)
    place = 0 if first is None else root.index(first) + 1
    root.insert(place, etree.Element(w("saveSubsetFonts")))
    root.insert(place, etree.Element(w("embedTrueTypeFonts")))
    return _written(root)


def _typed(part: bytes) -> bytes:
    """The types of the archive, with that of a veiled font."""
    root = etree.fromstring(part)
    root.insert(0, etree.Element(f"{{{_TYPES}}}Default", Extension="odttf", ContentType=_VEILED))
    return _written(root)


def _written(root: etree._Element) -> bytes:
    return bytes(etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True))
