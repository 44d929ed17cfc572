"""What the bars of a chart that Word edits are: squares of their fills, amounts and names.

A legend of the program would be centred, in letters of one weight, and in another order.
"""

from xml.sax.saxutils import escape

from dla_docs.drawings.ink import MM, SIZE, Palette
from dla_docs.drawings.words import width_of
from dla_docs.formats.native_charts import ChartPart, shape_of
from dla_docs.formats.office import DECORATIVE
from dla_docs.model.values import NO_BREAK
from dla_docs.tree.nodes import Nodes, raw_block

STYLE = "CleGraphique"
"""The style of the line, and what tells it from a drawing."""
_A = "http://schemas.openxmlformats.org/drawingml/2006/main"
_WP = "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"
_WPS = "http://schemas.microsoft.com/office/word/2010/wordprocessingShape"
_SIDE, _EMU, _TWIP = 3 * MM, 9525, 15
"""Pixels of a square; an EMU and a twip of a pixel at 96 an inch."""
_APART = 4 * MM
"""Pixels between two keys, at least."""
_FIRST, _MOST = 9100, 10
"""The number of the first square: far above those of charts, each of which has a few."""


def keys(part: ChartPart, colours: Palette, width: float, rank: int) -> Nodes:
    """The line of a chart of several series, in as many columns as hold; nothing for one alone."""
    if not part.keys:
        return []
    across = _across(part, width)
    stops = "".join(
        f'<w:tab w:val="left" w:pos="{round(width * column / across * _TWIP)}"/>'
        for column in range(1, across)
    )
    written = []
    for place, (fill, name, amount) in enumerate(part.keys):
        if place:
            written.append(f"<w:r>{'<w:tab/>' if place % across else '<w:br/>'}</w:r>")
        written += [_square(fill, colours, _FIRST + _MOST * rank + place), _words(name, amount)]
    tabs = f"<w:tabs>{stops}</w:tabs>" if stops else ""
    begin = f'<w:p><w:pPr><w:pStyle w:val="{STYLE}"/><w:keepNext/>{tabs}</w:pPr>'
    return [raw_block("openxml", f"{begin}{''.join(written)}</w:p>")]


def _across(part: ChartPart, width: float) -> int:
    """All keys side by side, or two, or one: a key is never cut."""
    longest = max(
        _SIDE + width_of(f"{NO_BREAK * 3}{amount}", SIZE, bold=True) + width_of(name, SIZE)
        for _, name, amount in part.keys
    )
    return next((n for n in (len(part.keys), 2) if longest + _APART <= width / n), 1)


def _words(name: str, amount: str) -> str:
    """An amount, which stands out, and its name, on the same line."""
    strong = f"{NO_BREAK * 2}{escape(amount)}" if amount else ""
    said = f"{NO_BREAK * (1 if amount else 2)}{escape(name)}".replace(" ", NO_BREAK)
    return (
        f"<w:r><w:rPr><w:b/></w:rPr><w:t>{strong}</w:t></w:r>" if strong else ""
    ) + f"<w:r><w:t>{said}</w:t></w:r>"


def _square(fill: str, colours: Palette, number: int) -> str:
    """A square of what fills the bars, in the text: it says nothing that the words do not."""
    side = round(_SIDE * _EMU)
    return (
        f'<w:r><w:drawing><wp:inline xmlns:wp="{_WP}"><wp:extent cx="{side}" cy="{side}"/>'
        f'<wp:docPr id="{number}" name="Carré {number}" descr="{DECORATIVE}"/>'
        f'<wp:cNvGraphicFramePr/><a:graphic xmlns:a="{_A}"><a:graphicData uri="{_WPS}">'
        f'<wps:wsp xmlns:wps="{_WPS}"><wps:cNvSpPr/><wps:spPr><a:xfrm><a:off x="0" y="0"/>'
        f'<a:ext cx="{side}" cy="{side}"/></a:xfrm><a:prstGeom prst="rect"><a:avLst/>'
        f"</a:prstGeom>{shape_of(fill, colours)}</wps:spPr><wps:bodyPr/></wps:wsp>"
        "</a:graphicData></a:graphic></wp:inline></w:drawing></w:r>"
    )
