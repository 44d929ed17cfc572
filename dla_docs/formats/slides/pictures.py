"""Images on a slide: their place in points of a 960 × 540 slide."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from math import fsum
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
LOGOS_LARGER = 1.33
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
    """An image at its place: its part of the archive, the words for those who do not see it.

    `rank`: its number among the images of the document.
    """

    rank: int
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
        return rows(images, tree, stage, box[1])
    placed = in_text(images[0], tree.images, stage)
    # A pixel is three quarters of a point: 96 an inch.
    pixels = placed.image.width * 0.75
    most = float("inf") if placed.image.kind == "svg" else pixels * LARGER
    width = min(box[2], box[3] * placed.image.ratio, most)
    height = width / placed.image.ratio
    # On the axis, as all that a slide shows.
    place = (box[0], box[1], width, height)
    return [_picture(placed, place)]


def rows(images: Nodes, tree: Tree, stage: Stage, top: float, scale: float = 1.0) -> list[Picture]:
    """Rows of logos from the axis, each on one middle line; several are a grid."""
    placed = rows_of_logos(div([para(images)], LOGOS), tree, stage)
    gap, unit = stage.logo_gap * MM * scale, MM * scale
    whole = [logo for row in placed for logo in row]
    if fsum(logo.width for logo in whole) * unit + gap * (len(whole) - 1) <= WIDTH:
        # A slide is wider than a page: more than five may stand side by side.
        placed = [whole]
    columns = max(map(len, placed), default=0)
    widest = [
        max((row[rank].width for row in placed if rank < len(row)), default=0.0) * unit
        for rank in range(columns)
    ]
    shown: list[Picture] = []
    for row in placed:
        tallest = max((logo.height for logo in row), default=0.0) * unit
        left = LEFT
        for logo, wide in zip(row, widest, strict=False):
            width, height = logo.width * unit, logo.height * unit
            shown.append(_picture(logo, (left, top + (tallest - height) / 2, width, height)))
            left += wide + gap
        # A fifth of a row between two: the charter's 3.4 mm for logos of 10 mm, a little less.
        top += tallest * 1.2
    return shown


def _picture(placed: Placed, box: Box) -> Picture:
    mime, content = raster(replace(placed, width=box[2] / MM, height=box[3] / MM))
    suffix = mime.partition("/")[2]
    # Named by its size too: the same logo may be drawn small here and large there.
    name = f"/ppt/media/image-{placed.rank}-{round(box[3] * 100)}.{suffix}"
    return Picture(placed.rank, name, mime, content, placed.alternative, box)
