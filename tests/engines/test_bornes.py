"""Images that ask for too much are refused before they are drawn, and broken ones before typst."""

import base64
import io
import struct
import time
import zlib

import PIL.Image
import pytest

from dla_docs.engines.raster import measure, read_raster
from dla_docs.engines.svg import read_svg
from dla_docs.model.images import ImageFault

RECT = '<rect width="9" height="9"/>'


def svg(inside: str) -> bytes:
    return f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9">{inside}</svg>'.encode()


def effect(words: str) -> str:
    return f'<filter id="f">{words}</filter><rect filter="url(#f)" width="9" height="9"/>'


MANY = " ".join(f"a{n}='1'" for n in range(20_000))
USES = "".join(f'<g id="a{n}">' + f'<use href="#a{n - 1}"/>' * 10 + "</g>" for n in range(1, 9))


@pytest.mark.parametrize(
    "inside",
    [
        f"<text>{'a ' * 50_000}</text>",
        RECT * 30_000,
        RECT * 500_000,
        f'<path d="M0 0{"l1 1" * 1_200_000}"/>',
        f'<g id="a0">{RECT}</g>{USES}<use href="#a8"/>',
        effect('<feTurbulence baseFrequency=".1" numOctaves="100000000"/>'),
        effect('<feMorphology radius="5000"/>'),
        effect('<feConvolveMatrix order="300"/>'),
        effect("<feOffset/>") * 200,
        f"<rect {MANY}/>",
    ],
    ids="mots traits marques trace use turbulence morpho matrice effets attributs".split(),
)
def test_a_drawing_without_measure_is_refused_at_once(inside: str) -> None:
    start = time.process_time()
    with pytest.raises(ImageFault, match="trop long à dessiner"):
        read_svg(svg(inside))
    assert time.process_time() - start < 5


def test_a_drawing_with_a_shadow_is_drawn() -> None:
    shadow = effect('<feGaussianBlur stdDeviation="2"/><feOffset dx="1"/>')
    assert read_svg(svg(shadow + f'<g id="a">{RECT}</g><use href="#a"/>')).kind == "svg"


def chunk(name: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))


def png(depth: int = 8, colours: int = 2, methods: bytes = b"\0\0\0", extra: bytes = b"") -> bytes:
    header = chunk(b"IHDR", struct.pack(">IIBB", 8, 8, depth, colours) + methods)
    pixels = chunk(b"IDAT", zlib.compress(bytes(8 * 65)))
    return b"\x89PNG\r\n\x1a\n" + header + extra + pixels + chunk(b"IEND", b"")


@pytest.mark.parametrize(
    "content",
    [
        png(depth=3),
        png(colours=5),
        png(methods=b"\1\0\0"),
        png(methods=b"\0\1\0"),
        png(colours=3),
        png(colours=3, extra=chunk(b"PLTE", b"abcd")),
        png(colours=3, extra=chunk(b"PLTE", b"abc" * 300)),
        png(extra=chunk(b"IHDR", bytes(13))),
        struct.pack(
            ">8sI4sIIBBBBB", b"\x89PNG\r\n\x1a\n", 13, b"IHDR", 60_000, 60_000, 8, 6, 0, 0, 0
        ),
        b"\xff\xd8" + bytes(60),
        b"\xff\xd8\xff\xd9",
    ],
)
def test_what_typst_would_refuse_is_refused(content: bytes) -> None:
    with pytest.raises(ImageFault):
        measure(content)


def test_a_photograph_without_its_tables_is_given_some() -> None:
    whole = io.BytesIO()
    PIL.Image.new("RGB", (16, 16), "red").save(whole, "JPEG")
    bare = whole.getvalue().replace(b"\xff\xc4", b"\xff\xe4")
    assert b"\xff\xc4" in read_raster(bare).content


def big(depth: int, colours: int) -> bytes:
    """A PNG of 36 millions of points, whose data is short of nearly all of them."""
    header = chunk(b"IHDR", struct.pack(">IIBBBBB", 6_000, 6_000, depth, colours, 0, 0, 0))
    lines = zlib.compress(bytes(6_000 * (1 + 6_000 * depth // 8)))
    return b"\x89PNG\r\n\x1a\n" + header + chunk(b"IDAT", lines) + chunk(b"IEND", b"")


def test_points_of_sixteen_bits_count_for_two() -> None:
    with pytest.raises(ImageFault, match="plus de 32 millions de points"):
        measure(big(depth=16, colours=6))


def test_the_pictures_of_a_drawing_share_one_bound() -> None:
    coded = base64.b64encode(big(depth=1, colours=0)).decode()
    image = f'<image width="1" height="1" href="data:image/png;base64,{coded}"/>'
    assert read_svg(svg(image)).kind == "svg"
    start = time.process_time()
    with pytest.raises(ImageFault, match="plus de 64 millions de points en tout"):
        read_svg(svg(image * 40))
    assert time.process_time() - start < 5
