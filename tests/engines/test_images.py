"""Images are whole, upright and plain, or refused with the reason; all that is accepted prints."""

import base64
import datetime
import io
import struct
import zlib
from pathlib import Path

import pytest
from PIL import Image, ImageDraw

from dla_docs.engines.images import ImageFault, ratio_of, read_image
from dla_docs.engines.typst import compile_pdf, rasterise

RED, BLUE = (200, 30, 30), (30, 30, 200)
SIZE = (320, 180)


def picture(mode: str = "RGB", size: tuple[int, int] = SIZE) -> Image.Image:
    """Red above, blue below, a green corner at the top left: it tells all eight ways to stand."""
    image = Image.new("RGB", size, RED)
    draw = ImageDraw.Draw(image)
    draw.rectangle((0, size[1] // 2, size[0], size[1]), fill=BLUE)
    draw.rectangle((0, 0, size[0] // 4, size[1] // 4), fill=(30, 200, 30))
    return image.convert(mode)


def saved(image: Image.Image, kind: str, **options: object) -> bytes:
    output = io.BytesIO()
    image.save(output, kind, **options)
    return output.getvalue()


def png(width: int, height: int, kind: str, lines: bytes, interlaced: int = 0) -> bytes:
    """A PNG by hand: `kind` is its depth and its type of colours, two figures each."""

    def chunk(name: bytes, data: bytes) -> bytes:
        crc = struct.pack(">I", zlib.crc32(name + data))
        return struct.pack(">I", len(data)) + name + data + crc

    head = struct.pack(">II", width, height) + bytes.fromhex(kind) + bytes((0, 0, interlaced))
    parts = ((b"IHDR", head), (b"IDAT", zlib.compress(lines)), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(chunk(*part) for part in parts)


def svg(attributes: str, content: str = '<rect width="200" height="100" fill="red"/>') -> bytes:
    spaces = 'xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink"'
    return f"<svg {spaces} {attributes}>{content}</svg>".encode()


def put(folder: Path, content: bytes) -> Path:
    path = folder / "image"
    path.write_bytes(content)
    return path


def fault(folder: Path, content: bytes) -> str:
    """Why an image is refused: the same when it is looked at and when it is read."""
    path = put(folder, content)
    with pytest.raises(ImageFault) as seen:
        ratio_of(path)
    with pytest.raises(ImageFault) as read:
        read_image(path)
    assert str(seen.value) == str(read.value)
    return str(seen.value)


# How a camera that was held so keeps a picture, to be turned back by its orientation.
KEPT = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_90,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_270,
}


@pytest.mark.parametrize("kind", ["JPEG", "PNG"])
@pytest.mark.parametrize("orientation", range(9))
def test_a_photograph_stands_upright(tmp_path: Path, kind: str, orientation: int) -> None:
    lying, exif = picture(), Image.Exif()
    if orientation in KEPT:
        lying = lying.transpose(KEPT[orientation])
    exif[0x0112] = orientation
    path = put(tmp_path, saved(lying, kind, exif=exif))
    image = read_image(path)
    assert ratio_of(path) == image.ratio == SIZE[0] / SIZE[1]
    shown = Image.open(io.BytesIO(image.content))
    assert shown.getexif().get(0x0112) is None
    corners = [shown.convert("RGB").getpixel(at) for at in ((20, 20), (300, 20), (160, 170))]
    assert [max(range(3), key=pixel.__getitem__) for pixel in corners] == [1, 0, 2]


def test_a_straight_photograph_keeps_its_points_and_loses_the_rest(tmp_path: Path) -> None:
    exif = Image.Exif()
    exif[0x010F] = "MARQUE DE L’APPAREIL"
    content = saved(picture(), "JPEG", exif=exif, comment=b"LIEU", quality=85)
    read = read_image(put(tmp_path, content + b"FILM" * 9)).content
    assert b"MARQUE" not in read and b"LIEU" not in read and b"FILM" not in read
    before, after = (Image.open(io.BytesIO(c)).tobytes() for c in (content, read))
    assert before == after


@pytest.mark.parametrize("options", [{}, {"progressive": True}], ids=["simple", "progressif"])
def test_inks_become_the_colours_of_a_screen(tmp_path: Path, options: dict[str, bool]) -> None:
    image = read_image(put(tmp_path, saved(picture("CMYK"), "JPEG", **options)))
    shown = Image.open(io.BytesIO(image.content))
    assert shown.mode == "RGB"
    top, bottom = shown.getpixel((300, 20)), shown.getpixel((160, 170))
    assert top[0] > 150 > top[2] and bottom[2] > 150 > bottom[0]


ACCEPTED = {
    "gris": saved(picture("L"), "JPEG"),
    "encres": saved(picture("CMYK"), "JPEG"),
    "suivi": saved(picture(), "JPEG") + b"\xff\xd8film",
    "deux photos": saved(picture(), "MPO", save_all=True, append_images=[picture()]),
    "palette": saved(picture("P"), "PNG"),
    "transparent": saved(picture("LA"), "PNG"),
    "seize bits": png(4, 4, "1002", (b"\0" + b"\xff\xff\0\0\0\0" * 4) * 4),
    "deux bits": png(4, 4, "0200", (b"\0\x1b") * 4),
    "entrelace": png(1, 1, "0800", b"\0\x80", interlaced=1),
    "animation": saved(picture(), "PNG", save_all=True, append_images=[picture()]),
    "millimetres": svg('width="80mm" height="40mm"'),
    "points": svg('width="200pt" height="100pt"'),
    "cent pour cent": svg('width="100%" height="100%" viewBox="0 0 200 100"'),
    "autre police": svg('viewBox="0 0 200 100"', '<text y="50" font-family="Arial">Été</text>'),
    "chinois": svg('viewBox="0 0 200 100"', '<text y="50" font-family="Arial">你好</text>'),
    "lien": svg('viewBox="0 0 9 9"', '<a xlink:href="https://a.fr"><path d="M0 0h9v9z"/></a>'),
}


@pytest.mark.parametrize("content", ACCEPTED.values(), ids=ACCEPTED)
def test_what_is_accepted_is_printed(tmp_path: Path, content: bytes) -> None:
    path = put(tmp_path, content)
    image = read_image(path)
    assert ratio_of(path) == pytest.approx(image.ratio)
    name, fonts = f"image.{image.kind}", ("Source Sans 3", "Noto Sans")
    call = f'#set document(title: "Essai")\n#image("{name}", alt: "Essai", height: 9mm)'
    pdf = compile_pdf(call, {name: image.content}, datetime.date(2026, 1, 1), fonts)
    assert pdf.startswith(b"%PDF") and rasterise(image.content, image.kind, 9.0, fonts)


INK = base64.b64encode(b"abimee").decode()
WHOLE = saved(picture(), "PNG")
REFUSED = {
    "est une image GIF": saved(picture(), "GIF"),
    "est une image WebP": saved(picture(), "WEBP"),
    "est une image TIFF": saved(picture(), "TIFF"),
    "est une image HEIC": b"\0\0\0\x18ftypheic",
    "est une image JPEG abîmée": saved(picture(size=(900, 900)), "JPEG")[:-900],
    "est une image PNG abîmée": WHOLE[: len(WHOLE) // 2],
    "PNG abîmée": png(4, 4, "0302", b"\0" * 40),
    "PNG abîmé": png(4, 4, "0802", (b"\0" + b"\1" * 12) * 2),
    "image PNG abîmée": png(4, 4, "0803", (b"\0" + b"\1" * 4) * 4),
    "PNG": png(4, 4, "0802", (b"\x09" + b"\1" * 12) * 4),
    "64 millions de points": png(24000, 24000, "0800", b"\0" * 24001),
    "dont la taille est inconnue": svg('width="100%" height="100%"'),
    "sans « viewBox » lisible": svg('viewBox="0 0 1.2.3 5"'),
    "va chercher un autre fichier": svg('viewBox="0 0 9 9"', '<rect fill="url(a.svg#b)"/>'),
    "un autre fichier": svg('viewBox="0 0 9 9"', "<style>@import 'a.css';</style><path/>"),
    "chercher un autre fichier": b'<?xml-stylesheet href="a.css"?>' + svg('viewBox="0 0 9 9"'),
    "contient une image abîmée": svg(
        'viewBox="0 0 9 9"', f'<image xlink:href="data:image/png;base64,{INK}"/>'
    ),
    "ni PNG, ni JPEG": svg('viewBox="0 0 9 9"', '<image xlink:href="data:image/gif;base64,AA"/>'),
    "écrit « Comité » en HTML": svg(
        'viewBox="0 0 9 9"', "<path/><foreignObject><p>Comité</p></foreignObject>"
    ),
    "écrit « 😀 »": svg('viewBox="0 0 9 9"', "<text>Bon 😀</text>"),
    "sans xmlns": b'<svg viewBox="0 0 9 9"><path d="M0 0h9v9z"/></svg>',
}


@pytest.mark.parametrize(("words", "content"), REFUSED.items(), ids=REFUSED)
def test_what_would_not_come_out_right_is_refused(
    tmp_path: Path, words: str, content: bytes
) -> None:
    assert words in fault(tmp_path, content)


@pytest.mark.parametrize(
    ("attributes", "size"),
    [
        ('width="200" height="100"', (200, 100)),
        ('width="50.8mm" height="1in"', (192, 96)),
        ('width="200" viewBox="0 0 40 10"', (200, 50)),
        ('viewBox="0 0 40 10"', (40, 10)),
        ('width="100%" viewBox="0 0 40 10"', (40, 10)),
        ('width="300" height="300" viewBox="0 0 40 10"', (300, 300)),
    ],
)
def test_a_drawing_has_its_own_size(tmp_path: Path, attributes: str, size: tuple[int, int]) -> None:
    image = read_image(put(tmp_path, svg(attributes)))
    assert (image.width, image.height) == pytest.approx(size)


def test_the_words_that_a_drawing_gives_instead_of_html_are_enough(tmp_path: Path) -> None:
    content = (
        "<switch><foreignObject><p>Le comité</p></foreignObject><text>Le comité</text></switch>"
    )
    assert read_image(put(tmp_path, svg('viewBox="0 0 9 9"', content))).words == "Le comité"
