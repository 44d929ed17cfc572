"""Images named by the data: read, measured and made safe, never fetched by pandoc."""

import re
import struct
import zlib
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from lxml import etree


class ImageFault(Exception):
    """An image that cannot be used; the message is the French reason, after the file's name."""


@dataclass(frozen=True)
class Image:
    """A usable image: its bytes, its kind (`svg`, `png`, `jpeg`) and its size in pixels."""

    content: bytes
    kind: str
    width: float
    height: float

    @property
    def ratio(self) -> float:
        """Width over height."""
        return self.width / self.height


def read_image(path: Path) -> Image:
    """Read an image file. Raises ImageFault when it is absent, empty or unreadable."""
    try:
        stamp = path.stat()
    except OSError:
        raise ImageFault("n’existe pas") from None
    return _read(path, stamp.st_mtime_ns, stamp.st_size)


# The date and the size are of the key: a file replaced during a run is read again. 256 is far more
# than the logos of a territory (9 in the demonstration), which every document asks for.
@lru_cache(maxsize=256)
def _read(path: Path, modified: int, size: int) -> Image:
    try:
        content = path.read_bytes()
    except OSError:
        raise ImageFault("est illisible : vérifiez les droits d’accès") from None
    if not content:
        raise ImageFault("est vide (0 octet)")
    if content.startswith(b"\x89PNG\r\n\x1a\n"):
        return _png(content)
    if content.startswith(b"\xff\xd8"):
        return _jpeg(content)
    return _svg(content)


def _png(content: bytes) -> Image:
    # Signature, 8; length and name of the first chunk, 8; width and height, 8.
    if len(content) < 24:
        raise ImageFault("est une image PNG abîmée")
    width, height = struct.unpack(">II", content[16:24])
    # A chunk: its length, 4; its name, 4; its data; their checksum, 4.
    place, ended = 8, False
    while place + 12 <= len(content) and not ended:
        (length,) = struct.unpack(">I", content[place : place + 4])
        body = content[place + 4 : place + 8 + length]
        if content[place + 8 + length : place + 12 + length] != struct.pack(">I", zlib.crc32(body)):
            break
        ended = body[:4] == b"IEND"
        place += 12 + length
    if not ended or not width or not height or not _inflates(content):
        raise ImageFault("est une image PNG abîmée")
    return Image(content, "png", width, height)


def _inflates(content: bytes) -> bool:
    """Whether the pixels of a PNG can be read: checksums say nothing of what they cover."""
    data, place = b"", 8
    while place + 8 <= len(content):
        (length,) = struct.unpack(">I", content[place : place + 4])
        if content[place + 4 : place + 8] == b"IDAT":
            data += content[place + 8 : place + 8 + length]
        place += 12 + length
    try:
        return bool(zlib.decompress(data))
    except zlib.error:
        return False


def _jpeg(content: bytes) -> Image:
    # The header of a frame, C0 to CF but for C4, C8 and CC, which are none; 8 bits a sample.
    size = re.search(rb"\xff[\xc0-\xc3\xc5-\xc7\xc9-\xcb\xcd-\xcf]..\x08(....)", content, re.S)
    # Zeros after the end are padding, not damage.
    if size is None or not content.rstrip(b"\0").endswith(b"\xff\xd9"):
        raise ImageFault("est une image JPEG abîmée")
    height, width = struct.unpack(">HH", size[1])
    if not width or not height:
        raise ImageFault("est une image JPEG abîmée")
    return Image(content, "jpeg", width, height)


def _svg(content: bytes) -> Image:
    """Read an SVG and give its root a size in numbers: `100%` corrupts DOCX and ODT (measured)."""
    # Files come from anyone: no entity that reads a file, no address, no tree without end.
    parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False)
    try:
        root = etree.fromstring(content, parser)
    except etree.XMLSyntaxError:
        raise ImageFault("n’est ni un SVG lisible, ni un PNG, ni un JPEG") from None
    if etree.QName(root).localname != "svg":
        raise ImageFault("n’est ni un SVG lisible, ni un PNG, ni un JPEG")
    if any(isinstance(node, etree._Entity) for node in root.iter()):
        raise ImageFault("est un SVG qui dépend d’une entité extérieure")
    if any(_leads_out(node) for node in root.iter()):
        raise ImageFault("est un SVG qui va chercher une autre image : incorporez-la")
    box = _view_box(root)
    if not any(etree.QName(n).localname in _DRAWN for n in root.iter("*")):
        raise ImageFault("est un SVG qui ne dessine rien")
    root.set("width", f"{box[2]:g}")
    root.set("height", f"{box[3]:g}")
    return Image(etree.tostring(root), "svg", box[2], box[3])


# An SVG of metadata alone is well formed, and would print as a blank logo.
_DRAWN = frozenset(
    {"path", "rect", "circle", "ellipse", "line", "polyline", "polygon", "image", "text", "use"}
)


def _view_box(root: etree._Element) -> list[float]:
    """The four numbers of `viewBox`. Raises ImageFault when the size of the drawing is unknown."""
    try:
        box = [float(n) for n in re.split(r"[\s,]+", root.get("viewBox", "").strip())]
    except ValueError:
        box = []
    # A million pixels is past any drawing: the bound is there for what is not a size (inf, nan).
    if len(box) != 4 or not all(0 < side < 1e6 for side in box[2:]):
        raise ImageFault("est un SVG sans « viewBox » lisible, dont la taille est inconnue")
    return box


def _leads_out(node: etree._Element) -> bool:
    """Whether an element names something outside its own file."""
    if not isinstance(node.tag, str):
        return False
    targets = [v for k, v in node.attrib.items() if etree.QName(k).localname == "href"]
    return etree.QName(node).localname in {"image", "use", "feImage"} and any(
        not str(target).startswith(("#", "data:")) for target in targets
    )
