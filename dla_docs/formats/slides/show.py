"""A document as a show: the title slide, then its slides with their images, for every format."""

from dataclasses import dataclass

from dla_docs.charter.charter import Charter
from dla_docs.formats.draft import WORD
from dla_docs.formats.shared import DASH, Properties, prepared
from dla_docs.formats.slides.measure import shortened
from dla_docs.formats.slides.pictures import Picture, Stage, placed_on_slide
from dla_docs.formats.slides.runs import plain, text_of
from dla_docs.formats.slides.slides import Slide, slides
from dla_docs.formats.slides.title import TitleSlide, title_slide
from dla_docs.tree.passes import Tree

_CHARTS = 118.0
"""Millimetres in which charts are drawn, enlarged to the width of a slide: their words of 8.5
points are then of 20."""
_FOOT_EMS = 47.0
"""Width of the footer, in ems: 660 points of letters of 14."""


@dataclass(frozen=True)
class Show:
    """The title slide, the others with their images, and the footer of those."""

    cover: TitleSlide
    body: tuple[tuple[Slide, list[Picture]], ...]
    foot: str
    tab: str


def show_of(tree: Tree, properties: Properties, charter: Charter) -> Show:
    """The slides of a settled tree."""
    tree = prepared(tree, properties, charter, width=_CHARTS)
    stage = Stage(workspace=charter.workspace, base=charter)
    cover, more = title_slide(tree, properties, stage)
    body = [*more, *slides([b for b in tree.blocks if b not in cover.blocks])]
    shown = tuple((slide, placed_on_slide(slide, tree, stage)) for slide in body)
    return Show(cover, shown, _foot(properties), _tab(properties, charter))


def _tab(properties: Properties, charter: Charter) -> str:
    """The word of the tab: the family of the document, or that it is a draft."""
    named = charter.values.get("famille") or {}
    return WORD if properties.draft else str(named.get("nom", "DLA"))


def _foot(properties: Properties) -> str:
    """The footer: title and reference, on one line."""
    draft = f"{WORD}{DASH}" if properties.draft else ""
    parts = (properties.running_title, properties.reference)
    words = draft + DASH.join(part for part in parts if part)
    return text_of(shortened(plain(words), _FOOT_EMS, 1)[0])
