"""A document as a show: the title slide, then its slides with their images, for every format."""

from collections.abc import Mapping
from dataclasses import dataclass

from dla_docs.charter.charter import Charter
from dla_docs.drawings.ink import palette
from dla_docs.formats.draft import WORD
from dla_docs.formats.native_charts import ChartPart, chart_of
from dla_docs.formats.properties import DASH, Properties
from dla_docs.formats.shared import prepared
from dla_docs.formats.slides.measure import shortened, width
from dla_docs.formats.slides.pictures import Picture, Stage, placed_on_slide
from dla_docs.formats.slides.runs import plain, text_of
from dla_docs.formats.slides.slides import Slide, slides
from dla_docs.formats.slides.title import TitleSlide, title_slide
from dla_docs.tree.charts import facts_of
from dla_docs.tree.divisions import CHART
from dla_docs.tree.nodes import is_div, nodes, pairs
from dla_docs.tree.passes import Tree

_CHARTS = 118.0
"""Millimetres in which charts are drawn, enlarged to the width of a slide: their words of 8.5
points are then of 20."""
_CHART_LETTERS = 2000
"""Letters of a chart that PowerPoint edits, in hundredths of a point: those of its drawing."""
_FOOT_EMS = 47.0
"""Width of the footer, in ems: 660 points of letters of 14."""


@dataclass(frozen=True)
class Show:
    """The title slide, the others with their images, and the footer of those."""

    cover: TitleSlide
    body: tuple[tuple[Slide, list[Picture]], ...]
    foot: str
    tab: str
    charts: Mapping[int, ChartPart]
    """The charts that PowerPoint edits, by the number of the image that shows each elsewhere."""


def show_of(tree: Tree, properties: Properties, charter: Charter) -> Show:
    """The slides of a settled tree."""
    charts = _charts(tree, charter)
    tree = prepared(tree, properties, charter, width=_CHARTS)
    stage = Stage(workspace=charter.workspace, base=charter)
    cover, more = title_slide(tree, properties, stage)
    body = [*more, *slides([b for b in tree.blocks if b not in cover.blocks])]
    shown = tuple((slide, placed_on_slide(slide, tree, stage)) for slide in body)
    foot = _foot(properties, text_of(cover.subject))
    return Show(cover, shown, foot, _tab(properties, charter), charts)


def _charts(tree: Tree, charter: Charter) -> Mapping[int, ChartPart]:
    """The native charts: their drawings come after the images of the document, in order."""
    read = [d for d in nodes(tree.blocks, "Div") if is_div(d, CHART) and "alternative" in pairs(d)]
    made = (chart_of(facts_of(d), palette(charter.values), _CHART_LETTERS) for d in read)
    return {rank: part for rank, part in enumerate(made, len(tree.images)) if part}


def _tab(properties: Properties, charter: Charter) -> str:
    """The word of the tab: the family of the document, or that it is a draft."""
    named = charter.values.get("famille") or {}
    return WORD if properties.draft else str(named.get("nom", "DLA"))


def _foot(properties: Properties, shown: str) -> str:
    """The footer, on one line: the title that is shown, and the reference, which is never cut."""
    draft = f"{WORD}{DASH}" if properties.draft else ""
    kind, _, subject = properties.title.partition(DASH)
    end = f"{DASH}{properties.reference}" if properties.reference else ""
    room = _FOOT_EMS - width(end)
    return text_of(shortened(plain(draft + (shown or subject or kind)), room, 1)[0]) + end
