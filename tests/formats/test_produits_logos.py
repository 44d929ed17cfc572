"""Every owed logo is seen: there, whole, itself, in order, in the four formats."""

import base64
import ctypes
import io
import re
import zipfile
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass
from functools import cache
from itertools import chain, pairwise, product
from pathlib import Path
from typing import Any

import pypdfium2
import pypdfium2.raw as pdfium
import pytest
from lxml import etree, html
from PIL import Image, ImageChops, ImageStat

from dla_docs.documents.documents import Document
from dla_docs.documents.logos import Logo
from dla_docs.engines.images import read_image
from dla_docs.engines.typst import rasterise
from tests.scenes import (
    demonstration_documents,
    demonstration_logos,
    file_of,
    looked_at,
    with_europe,
    with_logos,
    with_mention,
)

SCALE = 4
"""Pixels a point: 288 an inch, near what a printer shows of a small logo."""
SIDE = 64
TOLERANCE = 12
"""Mean difference out of 255 once both drawings are 64 pixels square; two logos differ by 26."""
NAMES = {
    "w": "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
    "wp": "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing",
    "a": "http://schemas.openxmlformats.org/drawingml/2006/main",
    "r": "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
    "draw": "urn:oasis:names:tc:opendocument:xmlns:drawing:1.0",
    "svg": "urn:oasis:names:tc:opendocument:xmlns:svg-compatible:1.0",
    "text": "urn:oasis:names:tc:opendocument:xmlns:text:1.0",
    "xlink": "http://www.w3.org/1999/xlink",
}


@dataclass(frozen=True)
class Shown:
    """A logo as a cover shows it: sizes in millimetres, pixels, what the file holds.

    `before` is the text that comes before it on the cover.
    """

    alternative: str
    width: float
    height: float
    picture: Image.Image
    kind: str
    before: str


def in_pdf(path: Path) -> list[Shown]:
    """Logos of every page, cut out of the page as it is drawn, not out of the file."""
    with closing(pypdfium2.PdfDocument(path)) as document:
        return [shown for page in document for shown in _on_page(page)]


def _on_page(page: pypdfium2.PdfPage) -> Iterator[Shown]:
    found = [(words, bounds) for words, bounds in figures(page) if words in logo_words()]
    if not found:
        return
    drawn = page.render(scale=SCALE, fill_color=(255, 255, 255, 255)).to_pil().convert("RGB")
    width, height = page.get_size()
    with closing(page.get_textpage()) as text:
        for alternative, (left, bottom, right, top) in found:
            box = (left, height - top, right, height - bottom)
            picture = drawn.crop(tuple(round(SCALE * x) for x in box))
            before = text.get_text_bounded(0, top, width, height)
            size = [(right - left) * 25.4 / 72, (top - bottom) * 25.4 / 72]
            yield Shown(alternative, *size, picture, "vector", before)


@cache
def logo_words() -> frozenset[str]:
    """What is heard of each logo of the demonstration: other figures are charts and steps."""
    documents = demonstration_documents()
    return frozenset(logo.alternative for d in documents for logo in demonstration_logos(d))


def figures(page: pypdfium2.PdfPage) -> Iterator[tuple[str, list[float]]]:
    """Alternative text and bounds of each figure, from the tags that screen readers use."""
    tree = pdfium.FPDF_StructTree_GetForPage(page)
    count = pdfium.FPDF_StructTree_CountChildren(tree)
    for rank in range(count):
        yield from _figures(pdfium.FPDF_StructTree_GetChildAtIndex(tree, rank))
    pdfium.FPDF_StructTree_Close(tree)


def _figures(element: Any) -> Iterator[tuple[str, list[float]]]:
    if _words(pdfium.FPDF_StructElement_GetType, element) == "Figure":
        yield _words(pdfium.FPDF_StructElement_GetAltText, element), _bounds(element)
    for rank in range(pdfium.FPDF_StructElement_CountChildren(element)):
        if child := pdfium.FPDF_StructElement_GetChildAtIndex(element, rank):
            yield from _figures(child)


def _words(function: Callable[[Any, Any, int], int], element: Any) -> str:
    buffer = ctypes.create_string_buffer(function(element, None, 0))
    function(element, buffer, len(buffer))
    return buffer.raw.decode("utf-16-le").rstrip("\0")


def _bounds(element: Any) -> list[float]:
    bounds = []
    for rank in range(pdfium.FPDF_StructElement_GetAttributeCount(element)):
        attribute = pdfium.FPDF_StructElement_GetAttributeAtIndex(element, rank)
        if box := pdfium.FPDF_StructElement_Attr_GetValue(attribute, b"BBox"):
            for place in range(pdfium.FPDF_StructElement_Attr_CountChildren(box)):
                number = ctypes.c_float()
                child = pdfium.FPDF_StructElement_Attr_GetChildAtIndex(box, place)
                pdfium.FPDF_StructElement_Attr_GetNumberValue(child, number)
                bounds.append(number.value)
    return bounds


def in_docx(path: Path) -> list[Shown]:
    """Logos, with the image part each one points to."""
    with zipfile.ZipFile(path) as archive:
        body = etree.fromstring(archive.read("word/document.xml"))
        links = etree.fromstring(archive.read("word/_rels/document.xml.rels"))
        targets = {link.get("Id"): link.get("Target") for link in links}
        shown, before = [], ""
        for node in body.iter():
            before += (node.text or "") if node.tag == _tag("w", "t") else ""
            if node.tag == _tag("w", "drawing"):
                extent, words = node.find(".//wp:extent", NAMES), node.find(".//wp:docPr", NAMES)
                if words.get("descr") not in logo_words():
                    continue
                blip = node.find(".//a:blip", NAMES).get(_tag("r", "embed"))
                size = [int(extent.get(side)) / 36000 for side in ("cx", "cy")]
                content = archive.read(f"word/{targets[blip]}")
                shown.append(Shown(words.get("descr"), *size, *_read(content), before))
        return shown


def in_odt(path: Path) -> list[Shown]:
    """Frames that hold a logo, with the part each one points to."""
    with zipfile.ZipFile(path) as archive:
        body = etree.fromstring(archive.read("content.xml"))
        shown, before = [], ""
        for node in body.iter():
            if (
                node.tag == _tag("draw", "frame")
                and node.findtext("svg:desc", namespaces=NAMES) in logo_words()
                and (image := node.find("draw:image", NAMES)) is not None
            ):
                size = [_millimetres(node.get(_tag("svg", side))) for side in ("width", "height")]
                content = archive.read(image.get(_tag("xlink", "href")))
                words = node.findtext("svg:desc", namespaces=NAMES)
                shown.append(Shown(words, *size, *_read(content), before))
            before += f" {node.text or ''}" if node.tag != _tag("svg", "desc") else ""
        return shown


def in_html(path: Path) -> list[Shown]:
    """Logos of the page, from their data addresses."""
    shown, before = [], ""
    for node in html.parse(str(path)).getroot().find("body").iter():
        if node.tag == "img" and node.get("alt") in logo_words():
            content = base64.b64decode(node.get("src").partition("base64,")[2])
            sides = (
                re.search(rf"{side}:\s*([\d.]+mm)", node.get("style"))
                for side in ("width", "height")
            )
            size = [_millimetres(side[1]) for side in sides if side]
            shown.append(Shown(node.get("alt"), *size, *_read(content), before))
        before += f" {node.text or ''}"
    return shown


READERS = {"pdf": in_pdf, "docx": in_docx, "odt": in_odt, "html": in_html}


def _tag(space: str, local: str) -> str:
    return f"{{{NAMES[space]}}}{local}"


def _millimetres(length: str) -> float:
    units = {"mm": 1, "cm": 10, "in": 25.4, "pt": 25.4 / 72}
    return float(length[:-2]) * units[length[-2:]]


def _read(content: bytes) -> tuple[Image.Image, str]:
    """An image on white paper, and its kind."""
    kind = "svg" if b"<svg" in content[:400] else "raster"
    picture = Image.open(io.BytesIO(rasterise(content, "svg", 16) if kind == "svg" else content))
    kind = kind if kind == "svg" else str(picture.format)
    page = Image.new("RGBA", picture.size, "white")
    page.alpha_composite(picture.convert("RGBA"))
    return page.convert("RGB"), kind


@cache
def read_cover(path: Path) -> list[Shown]:
    return READERS[path.suffix[1:]](path)


@cache
def original(path: Path) -> Image.Image:
    image = read_image(path)
    return _read(
        rasterise(image.content, image.kind, 16) if image.kind == "svg" else image.content
    )[0]


def difference(one: Image.Image, other: Image.Image) -> float:
    small = [picture.resize((SIDE, SIDE), Image.Resampling.BOX) for picture in (one, other)]
    return sum(ImageStat.Stat(ImageChops.difference(*small)).mean) / 3


pytestmark = pytest.mark.campagne
Cover = Callable[[Document], list[Shown]]


@pytest.fixture(params=READERS)
def cover(request: pytest.FixtureRequest, documents_demo: Path) -> Cover:
    """The logos on the cover of a document, in one of the formats."""
    return lambda document: read_cover(path(documents_demo, document, request.param))


def path(folder: Path, document: Document, suffix: str) -> Path:
    return folder / document.folder / f"{document.stem}.{suffix}"


def pairs(document: Document, cover: Cover) -> Iterator[tuple[Shown, Logo]]:
    """Each logo that a cover shows with the one that is owed in its place."""
    return zip(cover(document), demonstration_logos(document), strict=True)


def every_pair(cover: Cover) -> Iterator[tuple[Shown, Logo]]:
    return chain.from_iterable(pairs(document, cover) for document in looked_at(with_logos))


def test_cover_shows_the_owed_logos_in_order(cover: Cover) -> None:
    for document in looked_at(with_logos):
        owed = [logo.alternative for logo in demonstration_logos(document)]
        assert [logo.alternative for logo in cover(document)] == owed, document.label


def test_a_dossier_of_two_territories_shows_the_logos_of_both(documents_demo: Path) -> None:
    scope = "2025-021-rapprochement-buech-jabron/phase-1-transition"
    shown = [logo.alternative for logo in read_cover(documents_demo / scope / "rapport-final.pdf")]
    assert shown == [
        "Dispositif local d’accompagnement",
        "Le Mélézin, appui aux associations",
        "Fabrique associative du Galabre",
        "État",
        "Banque des Territoires",
        "Région",
        "Département des Hautes-Alpes",
        "Département des Alpes-de-Haute-Provence",
        "Cofinancé par l’Union européenne",
    ]


def test_no_logo_is_blank(cover: Cover) -> None:
    shown = [logo for document in looked_at(with_logos) for logo in cover(document)]
    assert [s.alternative for s in shown if max(ImageStat.Stat(s.picture).stddev) < 10] == []


def test_each_logo_looks_like_its_file(cover: Cover) -> None:
    gaps = [
        (o.file, difference(shown.picture, original(file_of(o)))) for shown, o in every_pair(cover)
    ]
    assert [(file, gap) for file, gap in gaps if gap > TOLERANCE] == []


def test_each_logo_is_nearest_to_its_own_file(cover: Cover, racine: Path) -> None:
    files = list((racine / "dossiers" / "logos").glob("*.svg"))
    for shown, logo in every_pair(cover):
        nearest = min(files, key=lambda f, s=shown: difference(s.picture, original(f)))
        assert nearest == file_of(logo)


def test_each_logo_keeps_its_proportions(cover: Cover) -> None:
    for shown, logo in every_pair(cover):
        ratio = read_image(file_of(logo)).ratio
        assert shown.width / shown.height == pytest.approx(ratio, rel=0.01), logo.file
        # A pixel more or less on the smallest side of the image.
        assert shown.picture.width / shown.picture.height == pytest.approx(ratio, rel=0.03)


def test_european_block_is_at_least_as_large_as_any_other(cover: Cover) -> None:
    for document in looked_at(with_europe):
        areas = {True: 0.0, False: 0.0}
        for shown, logo in pairs(document, cover):
            areas[logo.europe] = max(areas[logo.europe], shown.width * shown.height)
        assert areas[True] >= areas[False] * 0.999, f"annexe B : {document.label}"


def test_logos_of_word_processors_are_png(documents_demo: Path) -> None:
    for document, suffix in product(looked_at(with_logos), ("docx", "odt")):
        shown = read_cover(path(documents_demo, document, suffix))
        assert {logo.kind for logo in shown} == {"PNG"}, (document.label, suffix)


def test_mention_stands_between_the_operators_logos_and_the_funders(cover: Cover) -> None:
    for document in looked_at(with_mention):
        mention = document.type.mentions[0].texte
        for shown, logo in pairs(document, cover):
            preceded = mention in " ".join(shown.before.split())
            assert preceded == (logo.ensemble == "financeurs"), (document.label, logo.file)


def test_logos_of_a_row_stand_side_by_side_within_the_margins(documents_demo: Path) -> None:
    for document in looked_at(with_logos):
        name = str(path(documents_demo, document, "pdf"))
        with closing(pypdfium2.PdfDocument(name)) as opened:
            found = [pair for page in opened for pair in figures(page)]
            width = opened[0].get_width()
        boxes = [box for words, box in found if words in logo_words()]
        rows = [logo.ensemble == "financeurs" for logo in demonstration_logos(document)]
        for (box, row), (following, next_row) in pairwise(zip(boxes, rows, strict=True)):
            # Beside the last one, or in the next row of the grid.
            apart = box[2] < following[0] or following[3] < box[1]
            assert row != next_row or apart, f"one over the other: {name}"
        margin = 20 * 72 / 25.4
        assert min(box[0] for box in boxes) >= margin - 1, name
        assert max(box[2] for box in boxes) <= width - margin + 1, name
