"""What stands at a place of its own on a slide: texts and rules, as every format draws them."""

from dataclasses import dataclass

from dla_docs.formats.slides.runs import Words

Box = tuple[float, float, float, float]
"""Left, top, width and height, in points."""


@dataclass(frozen=True)
class Style:
    """Letters and lines of a text, in points, and the lines it may have.

    `colour` is one of the theme, as the reference presentation names them; `voice`: the font of
    titles; `after`: air under each paragraph.
    """

    size: int
    line: int
    most: int
    colour: str = "tx1"
    bold: bool = False
    after: int = 0
    voice: bool = False
    capitals: bool = False


@dataclass(frozen=True)
class Text:
    """Paragraphs in a box; the first in a style of its own, `first`, if it has one.

    `place` is the number of a placeholder of the layout, if the text is one; `low`: it stands
    at the foot of its box, next to what follows.
    """

    paragraphs: list[Words]
    style: Style
    box: Box
    place: int | None = None
    first: Style | None = None
    low: bool = False

    def style_of(self, rank: int) -> Style:
        """The style of a paragraph."""
        return self.first if self.first and not rank else self.style


@dataclass(frozen=True)
class Rule:
    """A line, or a surface, that says nothing; `pale`: with an edge, as ground of dark letters."""

    box: Box
    pale: bool = False
