"""PNG and JPEG: proved to be whole, turned upright, made plain. Alone knows Pillow.

What a document carries is what every program reads: no orientation to obey, no inks of a press, no
thumbnail, no film after the end. What a camera tells of a place and a day is left out as well.
"""

import io
import re
import struct
import warnings
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import pairwise

import PIL.Image
import PIL.ImageCms
import PIL.ImageOps
from PIL.Image import open as opened

from dla_docs.model.images import Image, ImageFault, Look

MAX_PIXELS = 64_000_000
"""More than telephones and scanners of an A4 page make (50 and 35 millions); as many take a quarter
of a gigabyte of memory in colours. Points of more than 32 bits count for more, by their bits."""
_ORIENTATION = 0x0112
_UPRIGHT = frozenset({None, 0, 1})
"""Orientations that ask for nothing; 0 is written by cameras that do not know."""
_QUALITY = 92
"""Of a JPEG that is written again: the eye sees no difference, and the file does not grow."""
_PLAIN_PNG = frozenset({b"IHDR", b"PLTE", b"tRNS", b"sRGB", b"gAMA", b"cHRM", b"iCCP", b"IDAT"})
"""Chunks that say what is seen; the others tell of the camera, or hold the next pictures."""
_TOLD_BY_JPEG = frozenset({0xE0, 0xE2, 0xEE})
"""JFIF, the colour profile, and how the colours are written (Adobe); the other `APP` go."""
_COMMON_FRAMES = frozenset({0xC0, 0xC1, 0xC2})
"""Baseline, extended and progressive JPEG: what all programs read."""


def measure(content: bytes) -> tuple[int, int]:
    """Width and height of a PNG or JPEG as it stands upright. Raises ImageFault."""
    with _opened(content) as image:
        width, height = image.size
        # An eighth of the points proves a JPEG whole, in a sixty-fourth of the memory.
        image.draft(image.mode, (width // 8 or 1, height // 8 or 1))
        image.load()
        lying = _orientation(image) in {5, 6, 7, 8}
    return (height, width) if lying else (width, height)


def read_raster(content: bytes) -> Image:
    """A PNG or JPEG, upright and plain. Raises ImageFault when it cannot be shown."""
    kind = _kind(content)
    with _opened(content) as image:
        image.load()
        turned = _orientation(image) not in _UPRIGHT
        if turned or image.mode == "CMYK" or (kind == "jpeg" and not _common(content)):
            upright = _in_light(PIL.ImageOps.exif_transpose(image))
            return Image(_written(upright, kind), kind, *upright.size)
        plain = _plain_png(content) if kind == "png" else _plain_jpeg(content)
        return Image(plain, kind, *image.size)


_ACROSS, _DOWN = 17, 16
"""Points that a look is made of: each is compared with the one after it, 256 times."""
_GROUND = 40
"""How far from white, of 255, a point is still the ground: a JPEG leaves a mist around what is
drawn."""


def look_at(content: bytes) -> Look:
    """What a PNG or JPEG looks like (a difference hash, on white). Raises ImageFault."""
    with _opened(content) as image:
        image.load()
        whole = PIL.ImageOps.exif_transpose(image).convert("RGBA")
    # Of a photograph, a thousandth of the points is enough; a logo is smaller already.
    whole.thumbnail((600, 600))
    white = PIL.Image.new("RGBA", whole.size, "white")
    grey = PIL.Image.alpha_composite(white, whole).convert("L")
    ink = PIL.ImageOps.invert(grey).point(lambda value: 255 * (value > _GROUND))
    box = ink.getbbox()
    if box is None:
        raise ImageFault("est une image blanche")
    drawn = grey.crop(box)
    colours, empty = _colours(PIL.Image.alpha_composite(white, whole).crop(box))
    small = drawn.resize((_ACROSS, _DOWN), PIL.Image.Resampling.BOX).tobytes()
    rows = (small[start : start + _ACROSS] for start in range(0, len(small), _ACROSS))
    bits = 0
    for row in rows:
        for left, right in pairwise(row):
            # A flat ground is no drawing: what differs by less is the noise of a JPEG.
            bits = bits << 1 | (left > right + _FAINT)
    return Look(bits, drawn.width / drawn.height, colours, empty)


_HUES = 12
"""Parts of the circle of colours: what a screen and a printer make of one colour falls in one."""
_COLOURED = 48
"""Saturation, of 255, from which a point has a colour: the grey of a JPEG has some."""
_FLAT = 60
"""Per cent of a picture that one grey covers, at least, where it is the frame of a logo to come."""


def _colours(drawn: PIL.Image.Image) -> tuple[tuple[int, ...], bool]:
    """The per cent of what is drawn in each colour, grey last; whether it is an empty frame."""
    small = drawn.convert("RGB").resize((64, 64), PIL.Image.Resampling.NEAREST)
    points = list(zip(*[iter(small.convert("HSV").tobytes())] * 3, strict=True))
    inked = [(h, s, v) for h, s, v in points if s >= _COLOURED or v < 255 - _GROUND]
    counts = [0] * (_HUES + 1)
    for hue, saturation, _ in inked:
        counts[hue * _HUES // 256 if saturation >= _COLOURED else _HUES] += 1
    shares = tuple(100 * count // max(len(inked), 1) for count in counts)
    greys = [v // 8 for _, s, v in points if s < _COLOURED and _GROUND < v < 255 - _GROUND]
    most = max((greys.count(grey) for grey in set(greys)), default=0)
    coloured = any(s >= _COLOURED for _, s, _ in points)
    return shares, not coloured and 100 * most >= _FLAT * len(points)


_FAINT = 4
"""How much lighter, of 255, a point is than the next for a look to tell them apart."""


def points_of(content: bytes) -> int:
    """How many points of 32 bits a PNG or JPEG takes at most, by its head. Raises ImageFault."""
    with _opened(content, whole=False) as image:
        return image.width * image.height * _bits(content) // 32


def _bits(content: bytes) -> int:
    """The bits of a point in memory: 32, more for a PNG of sixteen bits a sample."""
    if _kind(content) == "jpeg":
        return 32
    # Its head follows its signature, 8 bytes, and the length and name of the chunk: IHDR.
    depth, colours = content[24:26]
    return max(32, depth * _SAMPLES.get(colours, 4))


def _kind(content: bytes) -> str:
    return "png" if content.startswith(b"\x89PNG") else "jpeg"


@contextmanager
def _opened(content: bytes, whole: bool = True) -> Iterator[PIL.Image.Image]:
    """The image of a file, proved to be `whole` if asked.

    Raises ImageFault for one that is damaged, or larger than we take.
    """
    damaged = ImageFault(f"est une image {_kind(content).upper()} abîmée")
    too_large = _too_large(MAX_PIXELS)
    try:
        with warnings.catch_warnings(action="ignore"):
            warnings.simplefilter("error", PIL.Image.DecompressionBombWarning)
            # Of a JPEG of several pictures, as telephones make, it shows the first one.
            image = opened(io.BytesIO(content), formats=("PNG", "JPEG"))
            most = MAX_PIXELS * 32 // _bits(content)
            if image.width * image.height > most:
                raise _too_large(most)
            if whole and _kind(content) == "png":
                _prove_whole(content)
            yield image
    except (PIL.Image.DecompressionBombError, PIL.Image.DecompressionBombWarning):
        raise too_large from None
    # Pillow says so of a damaged file, by the part that is: struct.error and zlib.error too.
    except (OSError, SyntaxError, ValueError, EOFError, IndexError, struct.error, zlib.error):
        raise damaged from None


def _too_large(most: int) -> ImageFault:
    return ImageFault(
        f"a plus de {most // 1_000_000} millions de points : réduisez-la avant de la joindre"
    )


def _orientation(image: PIL.Image.Image) -> object:
    """How the camera was held, 1 to 8; what cannot be read asks for nothing."""
    try:
        return image.getexif().get(_ORIENTATION)
    except (OSError, SyntaxError, ValueError, KeyError, struct.error):
        return None


def _in_light(image: PIL.Image.Image) -> PIL.Image.Image:
    """An image in the colours of screens: a PDF/A and half of the programs refuse inks."""
    if image.mode != "CMYK":
        return image
    profile = image.info.get("icc_profile")
    if profile:
        try:
            inks = PIL.ImageCms.ImageCmsProfile(io.BytesIO(profile))
            screen = PIL.ImageCms.createProfile("sRGB")
            seen = PIL.ImageCms.profileToProfile(image, inks, screen, outputMode="RGB")
        except (PIL.ImageCms.PyCMSError, OSError, ValueError):
            seen = None
        if seen is not None:
            seen.info.pop("icc_profile", None)
            return seen
    return image.convert("RGB")


def _written(image: PIL.Image.Image, kind: str) -> bytes:
    """The bytes of an image that was changed, with its colour profile and nothing else."""
    output = io.BytesIO()
    profile = image.info.get("icc_profile") if image.mode in {"RGB", "RGBA", "L"} else None
    if kind == "png":
        image.save(output, "PNG", icc_profile=profile)
    else:
        image.save(output, "JPEG", quality=_QUALITY, icc_profile=profile, exif=b"")
    return output.getvalue()


def _chunks_of(content: bytes) -> list[tuple[bytes, bytes]]:
    """The chunks of a PNG, by name, whole; what follows the end is left. Raises ImageFault."""
    # A chunk: its length, 4; its name, 4; its data; their checksum, 4.
    place, chunks = 8, list[tuple[bytes, bytes]]()
    while place + 12 <= len(content):
        (length,) = struct.unpack(">I", content[place : place + 4])
        chunk = content[place : place + 12 + length]
        if chunk[-4:] != struct.pack(">I", zlib.crc32(chunk[4:-4])):
            break
        chunks.append((chunk[4:8], chunk))
        if chunk[4:8] == b"IEND":
            return chunks
        place += 12 + length
    raise ImageFault("est une image PNG abîmée")


_SAMPLES = {0: 1, 2: 3, 3: 1, 4: 2, 6: 4}
"""Samples a point, by the colour type of a PNG."""
_WHOLE = ((0, 0, 1, 1),)
_INTERLACED = (
    (0, 0, 8, 8), (4, 0, 8, 8), (0, 4, 4, 8), (2, 0, 4, 4), (0, 2, 2, 4), (1, 0, 2, 2), (0, 1, 1, 2)
)  # fmt: skip
"""The passes of a PNG (Adam7): the first column and row of each, and their steps."""


def _prove_whole(content: bytes) -> None:
    """Raise ImageFault for a PNG without all its points or its palette.

    Pillow shows the first lines, with which typst makes no PDF.
    """
    chunks = _chunks_of(content)
    width, height, depth, colours, *methods = struct.unpack(">IIBBBB", content[16:28])
    names = [name for name, _ in chunks]
    palette = sum(len(chunk) - 12 for name, chunk in chunks if name == b"PLTE")
    # Pillow does not look: typst refuses the first ones, and dies of a palette cut short.
    if (
        any(methods)
        or names[:1] != [b"IHDR"]
        or names.count(b"IHDR") > 1
        or names.count(b"PLTE") > 1
        or (palette % 3 or palette > 768)
        or (colours == 3 and not palette)
    ):
        raise ImageFault("est une image PNG abîmée")
    bits = depth * _SAMPLES[colours]
    passes = _INTERLACED if content[28] else _WHOLE
    due = sum(_bytes_of(width, height, bits, *each) for each in passes)
    held, inflate = 0, zlib.decompressobj()
    for data in (chunk[8:-4] for name, chunk in chunks if name == b"IDAT"):
        try:
            # By pieces: the whole may take a thousand times as much memory as its file.
            while data and held < due:
                held += len(inflate.decompress(data, 1 << 20))
                data = inflate.unconsumed_tail
        except zlib.error:
            break
    if held < due:
        raise ImageFault("est une image PNG abîmée")


def _bytes_of(
    width: int, height: int, bits: int, left: int, top: int, right: int, down: int
) -> int:
    """The bytes of a pass: its lines, each with one byte that says how it is filtered."""
    columns, lines = -(-(width - left) // right), -(-(height - top) // down)
    return lines * (1 + -(-columns * bits // 8)) if columns > 0 and lines > 0 else 0


def _plain_png(content: bytes) -> bytes:
    chunks = (chunk for name, chunk in _chunks_of(content) if name in {*_PLAIN_PNG, b"IEND"})
    return content[:8] + b"".join(chunks)


def _segments(content: bytes) -> Iterator[tuple[int, int, int]]:
    """The parts of a JPEG: their marker and where they start and end, the pixels with their scan.

    It stops at the mark of the end, or where the file does.
    """
    place = 2
    while place + 4 <= len(content) and content[place] == 0xFF and content[place + 1] != 0xD9:
        marker = content[place + 1]
        if marker == 0xFF:
            # Any number of FF may come before a marker.
            place += 1
            continue
        (length,) = struct.unpack(">H", content[place + 2 : place + 4])
        end = min(place + 2 + length, len(content))
        if marker == 0xDA:
            end = _end_of_scan(content, end)
        yield marker, place, end
        place = end


def _end_of_scan(content: bytes, place: int) -> int:
    """Where pixels end: at a mark that is neither a stuffed byte nor a restart."""
    end = _MARK.search(content, place)
    return end.start() if end else len(content)


_MARK = re.compile(rb"\xff[^\x00\xff\xd0-\xd7]", re.S)


def _common(content: bytes) -> bool:
    """Whether all programs read a JPEG: its frame is common, and it has its own tables (DHT).

    Films of cameras leave out those that everybody knows; typst does not.
    """
    markers = {marker for marker, _, _ in _segments(content)}
    return not markers.isdisjoint(_COMMON_FRAMES) and 0xC4 in markers


def _plain_jpeg(content: bytes) -> bytes:
    """A JPEG without thumbnail, place or comment, nor what follows its end: its pixels untouched.

    One that holds something unforeseen between its parts is left as it is.
    """
    parts = list(_segments(content))
    end = parts[-1][2] if parts else 2
    if content[end : end + 2] not in {b"\xff\xd9", b""}:
        return content
    kept = [
        content[start:end]
        for marker, start, end in parts
        if marker in _TOLD_BY_JPEG or not (0xE0 <= marker <= 0xEF or marker == 0xFE)
    ]
    return b"\xff\xd8" + b"".join(kept) + b"\xff\xd9"
