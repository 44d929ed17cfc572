"""What a slide shows beside text: figures, people, a question, a closing line.

Each is lowered to texts and rules at their places, so that both formats draw the same.
"""

from dataclasses import dataclass

from dla_docs.formats.slides.frame import FLOOR, LEFT, WIDTH
from dla_docs.formats.slides.measure import BOLD, lines, shortened, width
from dla_docs.formats.slides.runs import Words, on_one_line, text_of
from dla_docs.formats.slides.shapes import Rule, Style, Text

FIGURES = (96, 72, 60, 48, 40, 34, 28, 24)
"""Letters of a figure: the largest in which the widest of a slide holds on a line of its column."""
A_ROW = 4
"""Columns of a slide, at most: more would be too narrow for a sentence."""
_BETWEEN = 34.0
"""Air between two columns: 9 mm of the charter's slide."""
_ALONE = 40.0
"""Air above a figure that is alone on its slide."""
_RULE = 3.0
"""Thickness of the rule above a figure."""
_SAID = Style(24, 30, 5)
_SAID_NARROW = Style(20, 25, 6)
_NAME, _PERSON = Style(20, 26, 2, bold=True), Style(19, 24, 4)
_LABEL = Style(17, 26, 1, "tx2", bold=True, after=6, capitals=True)
_ASKED = Style(32, 42, 6, voice=True)
_CLOSING = Style(20, 25, 4, "accent3")
_MARK = (34.0, 6.0)
"""The mark before a question, 14 mm left of the axis."""

Shapes = list[Text | Rule]


@dataclass(frozen=True)
class Facts:
    """Columns: a figure and what it says, or a person and how to reach them."""

    entries: tuple[tuple[Words, Words], ...]
    people: bool = False

    def placed(self, top: float) -> tuple[Shapes, float]:
        """The columns from `top` down, and where they end."""
        # One alone has two thirds of the width, as if two of three columns were its own.
        count = len(self.entries) if self.people or len(self.entries) > 1 else 1.5
        count = max(count, 3) if self.people else count
        wide = (WIDTH - _BETWEEN * (count - 1)) / count
        first, style = self._styles(wide)
        if count < 2:
            # Alone, it stands a little above the middle.
            top += _ALONE
        begun = top if self.people else top + _RULE + 8
        # Rules first, side by side: the order of shapes is the order of reading, from the top.
        lefts = [LEFT + rank * (wide + _BETWEEN) for rank in range(len(self.entries))]
        rules: Shapes = [] if self.people else [Rule((x, top, wide, _RULE)) for x in lefts]
        texts: Shapes = []
        for left, (name, said) in zip(lefts, self.entries, strict=True):
            pairs = ((name, first), (said, style))
            held = [_held(words, form, wide) for words, form in pairs if words]
            high = sum(needed for _, needed in held) + 4
            box = (left, begun, wide, high)
            texts.append(Text([words for words, _ in held], style, box, first=first))
        end = max((t.box[1] + t.box[3] for t in texts), default=begun)
        return [*rules, *texts], end

    def _styles(self, wide: float) -> tuple[Style, Style]:
        if self.people:
            return _NAME, _PERSON
        widest = max((width(text_of(figure)) for figure, _ in self.entries), default=1.0) * BOLD
        size = next((size for size in FIGURES if widest * size <= wide), FIGURES[-1])
        first = Style(size, round(size * 1.15), 2, "tx2", bold=True, after=4)
        return first, _SAID if len(self.entries) <= 3 else _SAID_NARROW


@dataclass(frozen=True)
class Question:
    """The one question of a presentation, under its label."""

    label: Words
    asked: Words

    def placed(self, top: float) -> tuple[Shapes, float]:
        """The question from `top` down, and where it ends."""
        label, above = _held(self.label, _LABEL, WIDTH)
        asked, high = _held(on_one_line(self.asked), _ASKED, WIDTH)
        mark = Rule((LEFT - 53, top + 10, *_MARK))
        box = (LEFT, top, WIDTH, above + high + 4)
        return [Text([label, asked], _ASKED, box, first=_LABEL), mark], top + box[3]


@dataclass(frozen=True)
class Closing:
    """A line under what a slide shows, smaller and paler."""

    words: Words

    def placed(self, floor: float = FLOOR) -> tuple[Shapes, float]:
        """The line down to `floor`, and where it begins."""
        words, high = _held(self.words, _CLOSING, WIDTH)
        top = floor - high - 4
        return [Text([words], _CLOSING, (LEFT, top, WIDTH, high + 4))], top


def _held(words: Words, style: Style, wide: float) -> tuple[Words, float]:
    """A paragraph on as many lines as its style has, and its height."""
    room = wide / style.size / (BOLD if style.bold else 1.0)
    short, _ = shortened(words, room, style.most)
    return short, lines(short, room) * style.line + style.after
