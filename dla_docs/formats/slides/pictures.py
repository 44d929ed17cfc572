"""Images on a slide: their place in points of a 960 × 540 slide."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

from dla_docs.charter.charter import Charter
from dla_docs.formats.shared import Placed, in_text, raster, rows_of_logos
from dla_docs.formats.slides.frame import LEFT, TOP, UNDER_LEAD, WIDTH
from dla_docs.formats.slides.shapes import Box
from dla_docs.formats.slides.slides import Slide
from dla_docs.tree.divisions import LOGOS
from dla_docs.tree.nodes import Nodes, div, para
from dla_docs.tree.passes import Tree

MM = 72 / 25.4
"""Points a millimetre: the charter speaks in millimetres."""
LARGER = 2.0
"""How much larger than its own size an image of pixels is shown, at most: beyond, squares show."""
LOGOS_LARGER = 1.2
"""Logos on a slide against those on a page, read from nearer: by eye on the demonstration."""


@dataclass(frozen=True, kw_only=True)
class Stage(Charter):
    """The layout of a document as a slide has it: as wide as its text, for rows of logos."""

    base: Charter

    @cached_property
    def values(self) -> Mapping[str, Any]:
        """The charter, read once for all the formats."""
        return self.base.values

    @property
    def text_width(self) -> float:
        """Width of the text, in millimetres."""
        return WIDTH / MM

    @property
    def logo_height(self) -> float:
        """Height of a row of logos, at most, in millimetres."""
        return self.base.logo_height * LOGOS_LARGER


@dataclass(frozen=True)
class Picture:
    """An image at its place: its part of the archive, the words for those who do not see it."""

    part: str
    mime: str
    content: bytes
    alternative: str
    box: Box


def placed_on_slide(slide: Slide, tree: Tree, stage: Stage) -> list[Picture]:
    """The images of a slide: a row of logos, or one as large as its place and its pixels allow."""
    images = slide.images or []
    if not images:
        return []
    top = UNDER_LEAD if slide.text else TOP
    box = (LEFT, top, WIDTH, slide.floor - top)
    if len(images) > 1:
        return row(images, tree, stage, box[1])
    placed = in_text(images[0], tree.images, stage)
    # A pixel is three quarters of a point: 96 an inch.
    pixels = placed.image.width * 0.75
    most = float("inf") if placed.image.kind == "svg" else pixels * LARGER
    width = min(box[2], box[3] * placed.image.ratio, most)
    height = width / placed.image.ratio
    # On the axis, as all that a slide shows.
    place = (box[0], box[1], width, height)
    return [_picture(placed, place)]


def row(images: Nodes, tree: Tree, stage: Stage, top: float) -> list[Picture]:
    """A row of logos from the left margin, standing on one middle line."""
    band = div([para(images)], LOGOS)
    placed = [logo for line in rows_of_logos(band, tree, stage) for logo in line]
    return list(_in_row(placed, stage.logo_gap * MM, top))


def _in_row(placed: list[Placed], gap: float, top: float) -> Iterator[Picture]:
    tallest = max((logo.height for logo in placed), default=0.0) * MM
    left = LEFT
    for logo in placed:
        width, height = logo.width * MM, logo.height * MM
        yield _picture(logo, (left, top + (tallest - height) / 2, width, height))
        left += width + gap


def _picture(placed: Placed, box: Box) -> Picture:
    mime, content = raster(replace(placed, width=box[2] / MM, height=box[3] / MM))
    suffix = mime.partition("/")[2]
    # Named by its size too: the same logo may be drawn small here and large there.
    name = f"/ppt/media/image-{placed.rank}-{round(box[3] * 100)}.{suffix}"
    return Picture(name, mime, content, placed.alternative, box)
