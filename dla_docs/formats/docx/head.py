"""The head of a Word document: its logos, its band, its title, in one of the three models."""

from dla_docs.formats.docx.boxes import Look, cartouche, stages, styled
from dla_docs.formats.docx.cells import Cell, Row, laid
from dla_docs.tree.divisions import (
    BAND,
    CARTOUCHE,
    KIND,
    LOGOS,
    STEPS,
    SUBTITLE,
    TITLE,
)
from dla_docs.tree.head import OF_ITS_OWN, model_of
from dla_docs.tree.nodes import Node, Nodes, attributes, inner, is_div, pairs, raw_block

EMITTERS = "LogosEmetteurs"
"""The style of the logos that stand above the text, 12 mm from the edge of the sheet."""
LOGOS_GRID = "LogosGrille"
"""That of a row of logos under or above another."""
_WHITE = {KIND: "GenreBande", SUBTITLE: "SousTitreBande"}
_PLAIN = {KIND: "Genre", TITLE: "Title", SUBTITLE: "Subtitle"}
_STYLES = {
    OF_ITS_OWN: {**_WHITE, TITLE: "TitreCouverture"},
    "bandeau": {**_WHITE, TITLE: "TitreBandeau"},
}
_BANDS = {OF_ITS_OWN: (88.0, 11.0, 8.0), "bandeau": (44.0, 8.0, 6.0)}
"""Least height of a band, and the space inside it above and below, in millimetres."""
_STEPS_HEIGHT = 7.0
"""The row of the five steps: a rule of 2,5 mm and a line of small letters."""


def dressed_head(head: Node, look: Look) -> Nodes:
    """A head with its styles; its other divisions are dressed as anywhere."""
    model = model_of(head)
    blocks: Nodes = []
    for rank, child in enumerate(inner(head)):
        if is_div(child, LOGOS) and rank == 0:
            blocks += [_emitters(child), _mark("AncreBande" if model == OF_ITS_OWN else "Ancre")]
        elif is_div(child, BAND) and model in _BANDS:
            blocks += _band(child, model, look)
        elif is_div(child, BAND):
            blocks += _worded(inner(child), _PLAIN, look)
        elif is_div(child, CARTOUCHE):
            blocks += cartouche(child, look, short=model not in _BANDS)
        else:
            blocks += _worded([child], _PLAIN, look)
    return blocks


def _emitters(logos: Node) -> Node:
    """The first logos of a head, in the style that puts them above the text."""
    return {"t": "Div", "c": [attributes("", [LOGOS], style=EMITTERS), inner(logos)]}


def _band(band: Node, model: str, look: Look) -> Nodes:
    """The coloured band, from one edge of the sheet to the other; the steps at its foot."""
    height, above, below = _BANDS[model]
    steps = [child for child in inner(band) if is_div(child, STEPS)]
    words = _worded([c for c in inner(band) if c not in steps], _STYLES[model], look)
    if steps:
        current = int(pairs(steps[0])["courante"])
        words = stages(current, look, words, height - above - below - _STEPS_HEIGHT)
    width = look.left + look.width + look.right
    margins = {"left": look.left, "right": look.right, "top": above, "bottom": below - 2.0}
    return laid([Row((Cell(width, words, look.dark, margins=margins),), height)], -look.left)


def _worded(blocks: Nodes, styles: dict[str, str], look: Look) -> Nodes:
    """The lines of a title in their styles, and the steps."""
    result: Nodes = []
    for block in blocks:
        name = next((name for name in styles if is_div(block, name)), "")
        if name:
            result.append(styled(inner(block), styles[name]))
        elif is_div(block, STEPS):
            result += stages(int(pairs(block)["courante"]), look)
        else:
            result.append(block)
    return result


def _mark(style: str) -> Node:
    return raw_block("openxml", f'<w:p><w:pPr><w:pStyle w:val="{style}"/></w:pPr></w:p>')
