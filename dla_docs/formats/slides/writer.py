"""PPTX: the title slide, then as many slides as the text asks for, written by python-pptx."""

from dla_docs.formats.office import tidy
from dla_docs.formats.properties import Properties
from dla_docs.formats.shared import Engines
from dla_docs.formats.slides.show import show_of
from dla_docs.tree.passes import Tree


def write_pptx(tree: Tree, properties: Properties, engines: Engines) -> bytes:
    """A presentation; the same tree and properties give the same bytes."""
    # Here, so that no other format and no other command waits for python-pptx (0.3 s).
    from dla_docs.formats.slides.presentation import Deck

    show = show_of(tree, properties, engines.charter)
    deck = Deck(engines.charter.reference("pptx"), properties, show)
    deck.add_cover(show.cover)
    for slide, pictures in show.body:
        deck.add(slide, pictures)
    return tidy(deck.archive(), {})
