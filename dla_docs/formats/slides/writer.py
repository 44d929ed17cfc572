"""PPTX: the title slide, then as many slides as the text asks for, written by python-pptx."""

from dla_docs.formats.draft import WORD
from dla_docs.formats.office import tidy
from dla_docs.formats.shared import DASH, Engines, Properties, prepared
from dla_docs.formats.slides.measure import shortened
from dla_docs.formats.slides.pictures import Stage, placed_on_slide
from dla_docs.formats.slides.runs import plain, text_of
from dla_docs.formats.slides.slides import slides
from dla_docs.formats.slides.title import title_slide
from dla_docs.tree.passes import Tree

_FOOT_EMS = 50.0
"""Width of the footer, in ems: 600 points of letters of 12."""


def write_pptx(tree: Tree, properties: Properties, engines: Engines) -> bytes:
    """A presentation; the same tree and properties give the same bytes."""
    # Here, so that no other format and no other command waits for python-pptx (0.3 s).
    from dla_docs.formats.slides.presentation import Deck

    tree = prepared(tree, properties, engines.charter)
    stage = Stage(engines.charter.workspace, engines.charter)
    cover, more = title_slide(tree, properties, stage)
    body = [*more, *slides([b for b in tree.blocks if b not in cover.blocks])]
    deck = Deck(engines.charter.reference("pptx"), properties, _foot(properties))
    deck.add_cover(cover)
    for slide in body:
        deck.add(slide, placed_on_slide(slide, tree, stage))
    return tidy(deck.archive(), {})


def _foot(properties: Properties) -> str:
    """The footer: title and reference, on one line."""
    draft = f"{WORD}{DASH}" if properties.draft else ""
    parts = (properties.running_title, properties.reference)
    words = draft + DASH.join(part for part in parts if part)
    return text_of(shortened(plain(words), _FOOT_EMS, 1)[0])
