"""Images named by the data: read, measured and made safe, never fetched by pandoc."""

from functools import lru_cache
from pathlib import Path

from dla_docs.disk.reading import ABSENT, IMAGE, Unreadable, read, stamp
from dla_docs.engines.svg import read_svg
from dla_docs.model.images import Image, ImageFault

__all__ = ["Image", "ImageFault", "ratio_of", "read_image"]

_OTHERS = {
    b"GIF8": "GIF",
    b"BM": "BMP",
    b"II*\0": "TIFF",
    b"MM\0*": "TIFF",
    b"%PDF": "PDF",
    b"\x1f\x8b": "SVGZ",
    b"\xd7\xcd\xc6\x9a": "WMF",
}
"""What people take for an image that any program shows, by its first bytes."""


def read_image(path: Path) -> Image:
    """Read an image file, upright and plain. Raises ImageFault when it cannot be used."""
    try:
        return _read(path, *stamp(path, (path.parent,)))
    except Unreadable:
        raise ImageFault(ABSENT) from None


def ratio_of(path: Path) -> float:
    """Width over height of an image file, all of it looked at. Raises ImageFault.

    What `read_image` reads is read here: to turn a photograph upright takes ten times as long.
    """
    try:
        ratio, fault = _measured(path, *stamp(path, (path.parent,)))
    except Unreadable as error:
        raise ImageFault(str(error)) from None
    if fault:
        raise ImageFault(fault)
    return ratio


# By the file itself and its date: texts may name one in sixty ways, of which each would be measured
# again. Faults are kept too: a damaged image takes as long.
@lru_cache(maxsize=1024)
def _measured(path: Path, modified: int, size: int) -> tuple[float, str]:
    """The ratio of an image, or what is wrong with it."""
    try:
        content = _content(path)
        if not _is_raster(content):
            return _drawing(content).ratio, ""
        # Here: 60 ms (measured), and a territory may have SVG alone.
        from dla_docs.engines.raster import measure

        width, height = measure(content)
    except ImageFault as fault:
        return 0.0, str(fault)
    return width / height, ""


# The date and the size are of the key: a file replaced during a run is read again. 32 is more than
# the logos of a territory (9 in the demonstration), which every document asks for; photographs
# weigh megabytes.
@lru_cache(maxsize=32)
def _read(path: Path, modified: int, size: int) -> Image:
    content = _content(path)
    if _is_raster(content):
        from dla_docs.engines.raster import read_raster

        return read_raster(content)
    return _drawing(content)


def _content(path: Path) -> bytes:
    try:
        # Its links are followed already, as far as the workspace goes: it is in its own folder.
        content = read(path, (path.parent,), IMAGE)
    except Unreadable as error:
        raise ImageFault(str(error)) from None
    if not content:
        raise ImageFault("est vide (0 octet)")
    return content


def _is_raster(content: bytes) -> bool:
    return content.startswith((b"\x89PNG\r\n\x1a\n", b"\xff\xd8"))


def _drawing(content: bytes) -> Image:
    if name := _other(content):
        raise ImageFault(f"est une image {name} : enregistrez-la en PNG, en JPEG ou en SVG")
    return read_svg(content)


def _other(content: bytes) -> str:
    """The format of an image that we do not take; empty for what is no known image."""
    if content[:4] == b"RIFF" and content[8:12] == b"WEBP":
        return "WebP"
    if content[4:8] == b"ftyp":
        return "AVIF" if content[8:12] == b"avif" else "HEIC"
    return next((name for start, name in _OTHERS.items() if content.startswith(start)), "")
