"""Images of anyone, spoilt in all ways: a ratio or a reason in French, nothing else, soon."""

import io
import struct
import zlib
from pathlib import Path

import pytest
from hypothesis import strategies as st
from hypothesis.strategies import DrawFn
from PIL import Image

from dla_docs.load.pictures import Images
from dla_docs.model.images import ImageFault
from tests.fuzz.fuzzing import fuzzed
from tests.fuzz.grammars import numbers, spoilt, texts


def picture(kind: str, mode: str, **options: object) -> bytes:
    output = io.BytesIO()
    image = Image.linear_gradient("L").resize((12, 8)).convert("RGB").convert(mode)
    image.save(output, kind, **options)
    return output.getvalue()


def turned() -> Image.Exif:
    exif = Image.Exif()
    exif[0x0112] = 6
    return exif


PNGS = (
    picture("PNG", "RGB"),
    picture("PNG", "P"),
    picture("PNG", "LA"),
    picture("PNG", "1"),
    picture("PNG", "RGB", exif=turned()),
)
JPEGS = (
    picture("JPEG", "RGB", quality=20),
    picture("JPEG", "L", progressive=True, quality=20),
    picture("JPEG", "CMYK", quality=20),
    picture("JPEG", "RGB", exif=turned(), quality=20),
)
Chunks = list[tuple[bytes, bytes]]


def chunks(content: bytes) -> Chunks:
    found, place = [], 8
    while place < len(content):
        (size,) = struct.unpack(">I", content[place : place + 4])
        found.append((content[place + 4 : place + 8], content[place + 8 : place + 8 + size]))
        place += 12 + size
    return found


def joined(parts: Chunks) -> bytes:
    """A PNG whose parts have the sums they should, so that what is inside is looked at."""
    whole = b"\x89PNG\r\n\x1a\n"
    for name, data in parts:
        whole += struct.pack(">I", len(data)) + name + data
        whole += struct.pack(">I", zlib.crc32(name + data))
    return whole


@st.composite
def recomposed(draw: DrawFn) -> bytes:
    parts = chunks(draw(st.sampled_from(PNGS)))
    for _ in range(draw(st.integers(1, 3))):
        rank = draw(st.integers(0, max(len(parts) - 1, 0)))
        name, data = parts[rank] if parts else (b"IHDR", b"")
        match draw(st.sampled_from(("size", "data", "name", "lost", "doubled", "inflated"))):
            case "size":
                head = struct.pack(">II", draw(numbers), draw(numbers)) + parts[0][1][8:]
                parts[0] = (parts[0][0], head)
            case "data":
                at = draw(st.integers(0, len(data)))
                parts[rank] = (name, data[:at] + draw(st.binary(max_size=4)) + data[at + 1 :])
            case "name":
                names = (b"IHDR", b"PLTE", b"IDAT", b"IEND", b"tRNS", b"eXIf", b"acTL", b"iCCP")
                parts[rank] = (draw(st.sampled_from((*names, b"zTXt", b"\0\0\0\0"))), data)
            case "lost":
                del parts[rank : rank + 1]
                parts = parts or [(b"IHDR", b"")]
            case "doubled":
                parts[rank:rank] = [parts[rank]] * draw(st.integers(1, 300))
            case _:
                parts[rank] = (name, zlib.compress(b"\0" * draw(st.integers(0, 4_000_000))))
    return joined(parts)


sizes = st.sampled_from(
    "0 1 -1 10 1e9 1e-9 1e999 nan inf 100% 3mm 2em 1.2.3 0x10 10,5 ١٢ ² 1e 1px;".split()
)
attributes = st.one_of(
    st.builds('{}="{}"'.format, st.sampled_from(("width", "height")), sizes | st.just("")),
    st.lists(sizes, max_size=5).map(lambda found: f'viewBox="{" ".join(found)}"'),
    st.sampled_from(('style="fill:url(#a)"', "style=\"x:url('http://a')\"", 'xml:base="/"', "x")),
)
drawn = st.sampled_from(
    (
        '<path d="M0 0h1v9z"/>',
        "<text>Été</text>",
        "<text>\ufffd\U0010fffd</text>",
        '<use href="#a"/>',
        '<image href="data:image/png;base64,AAAA"/>',
        '<image href="data:image/png;base64,é"/>',
        '<image xlink:href="file:///etc/passwd"/>',
        '<a href="javascript:x"><rect/></a>',
        "<style>@import 'a';</style>",
        "<switch><foreignObject>a</foreignObject><text>a</text></switch>",
        "<foreignObject>b</foreignObject>",
        "<?xml-stylesheet href='a'?>",
        "&x;",
        "<!--",
        "<![CDATA[",
        "<g>" * 300,
        '<x:y xmlns:x=""/>',
    )
)
heads = st.sampled_from(
    (
        "",
        '<?xml version="1.0" encoding="UTF-7"?>',
        '<?xml version="1.0" encoding="x"?>',
        '<!DOCTYPE svg [<!ENTITY x SYSTEM "file:///etc/passwd">]>',
        '<!DOCTYPE svg [<!ENTITY x "<rect/>"><!ENTITY y "&x;&x;">]>',
    )
)
SPACES = 'xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink"'
drawings = st.builds(
    lambda head, given, inside: (
        f"{head}<svg {SPACES} {' '.join(given)}>{''.join(inside)}</svg>".encode("utf-8", "replace")
    ),
    heads,
    st.lists(attributes, max_size=3, unique_by=lambda text: text.split("=")[0]),
    st.lists(drawn | texts, max_size=4),
)
rasters = spoilt(st.sampled_from((*PNGS, *JPEGS)))
others = st.builds(
    bytes.__add__,
    st.sampled_from((b"GIF89a", b"BM", b"RIFF0000WEBP", b"0000ftypavif", b"\xff\xd8", b"%PDF")),
    st.binary(max_size=30),
)


@pytest.fixture(scope="module")
def dossier(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("images")


@fuzzed(rasters | recomposed() | drawings | spoilt(drawings) | others, 220)
def test_images_regardees(case: bytes, dossier: Path) -> None:
    (dossier / "image").write_bytes(case)
    try:
        Images(dossier).look(dossier, "image")
    except ImageFault as fault:
        assert str(fault)
