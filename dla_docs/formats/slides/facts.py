"""What a slide shows beside text: figures, people, a question, a closing line.

Each is lowered to texts and rules at their places, so that both formats draw the same.
"""

from dataclasses import dataclass, replace
from math import fsum

from dla_docs.formats.slides.frame import FLOOR, LEFT, WIDTH
from dla_docs.formats.slides.measure import BOLD, lines, shortened, width
from dla_docs.formats.slides.runs import Words, on_one_line, text_of
from dla_docs.formats.slides.shapes import Rule, Style, Text

FIGURES = (108, 96, 84, 72, 64, 60, 54, 48, 40, 38, 34, 28, 24)
"""Letters of a figure: the largest in which the widest of a slide holds on a line of a column."""
_ABREAST = 64
"""Letters of figures three or more abreast, at most: 48 points on paper."""
_COLUMN = 180.0
"""The least width of a column of figures: what it says must be read."""
A_ROW = 4
"""Columns of a slide, at most: more would be too narrow for a sentence."""
_BETWEEN = 34.0
"""Air between two columns: 9 mm of the charter's slide."""
_BETWEEN_PEOPLE = 20.0
"""The same between people: the name of a DLA holds on a line beside three others."""
_PANEL, _CLOSED_PANEL = 270.0, 230.0
"""Height of a panel of figures, alone or over a line that closes it."""
_ABOVE, _INSIDE = 10.0, 26.0
"""The air above a panel and along it."""
_HEADROOM = 18.0
"""The least air over a figure in its panel, which grows for a long label."""
_NARROWEST = 0.24
"""The least that a part takes of the width of a panel: its label must be read."""
_RULE = 3.0
"""Thickness of the rule above a figure."""
_SAID = Style(24, 30, 5)
_LARGER = (Style(36, 44, 5), Style(32, 40, 5), Style(28, 34, 5), Style(26, 31, 5))
"""What figures side by side say, in the largest letters for which the slide has the height."""
_SHOUTED = Style(30, 38, 3)
_SAID_NARROW = Style(20, 25, 6)
_NAME, _PERSON = Style(20, 26, 3, bold=True), Style(19, 24, 4)
_LABEL = Style(17, 26, 1, "tx2", bold=True, after=6, capitals=True)
_ASKED = tuple(Style(size, round(size * 1.3), 6, voice=True) for size in (40, 36, 32))
"""A question: the largest letters in which it holds, then the least."""
_CLOSING = Style(20, 25, 4, "accent3")
_MARK = (34.0, 6.0)
"""The mark before a question, 14 mm left of the axis."""

Shapes = list[Text | Rule]


@dataclass(frozen=True)
class Facts:
    """Columns: a figure and what it says, or a person and how to reach them."""

    entries: tuple[tuple[Words, Words], ...]
    people: bool = False
    shares: tuple[float, ...] = ()
    """What each figure weighs, if they are parts of a whole."""
    closed: bool = False
    """Whether a line follows, at the foot of the slide."""
    floor: float = FLOOR
    """Where what follows them at the foot of the slide begins, less the air over it."""

    def placed(self, top: float) -> tuple[Shapes, float]:
        """The columns from `top` down, and where they end."""
        if not self.people and (self.shares or len(self.entries) == 1):
            panel = self._panel(top + _ABOVE)
            return panel, panel[0].box[1] + panel[0].box[3]
        air = _BETWEEN_PEOPLE if self.people else _BETWEEN
        wides = self._columns(air)
        first, style = self._styles(wides)
        begun = top if self.people else top + _RULE + 8
        if not self.people:
            style = self._fuller(wides, style, begun + first.line + first.after + 4)
        # Rules first, side by side: the order of shapes is the order of reading, from the top.
        lefts = [LEFT + sum(wides[:rank]) + air * rank for rank in range(len(self.entries))]
        places = list(zip(lefts, wides, strict=False))
        rules: Shapes = [] if self.people else [Rule((x, top, w, _RULE)) for x, w in places]
        texts: Shapes = []
        for (left, wide), (name, said) in zip(places, self.entries, strict=True):
            pairs = ((name, first), (said, style))
            held = [_held(words, form, wide) for words, form in pairs if words]
            high = sum(needed for _, needed in held) + 4
            box = (left, begun, wide, high)
            texts.append(Text([words for words, _ in held], style, box, first=first))
        end = max((t.box[1] + t.box[3] for t in texts), default=begun)
        return [*rules, *texts], end

    def _panel(self, top: float) -> Shapes:
        """A figure alone on a ground of colour, or the parts of a whole, as wide as they weigh."""
        wides = [share * WIDTH for share in _spread(self.shares or (1.0,))]
        lefts = [LEFT + sum(wides[:rank]) for rank in range(len(wides))]
        first, _ = self._styles([wide - 2 * _INSIDE for wide in wides])
        style = _SHOUTED if len(wides) == 1 else _SAID
        pairs = [
            (_held(n, first, w - 2 * _INSIDE), _held(said, style, w - 2 * _INSIDE))
            for (n, said), w in zip(self.entries, wides, strict=True)
        ]
        high = max(above + below for (_, above), (_, below) in pairs) + 4
        tall = max(_CLOSED_PANEL if self.closed else _PANEL, high + 2 * _HEADROOM)
        boxes = [(left, top, wide, tall) for left, wide in zip(lefts, wides, strict=True)]
        grounds: Shapes = [Rule(box, pale=rank > 0) for rank, box in enumerate(boxes)]
        begun = top + (tall - high) / 2
        texts: Shapes = []
        for rank, ((figure, _), (said, _)) in enumerate(pairs):
            dark = (first, style) if rank else (_on_dark(first), _on_dark(style))
            box = (lefts[rank] + _INSIDE, begun, wides[rank] - 2 * _INSIDE, high)
            texts.append(Text([figure, said], dark[1], box, first=dark[0]))
        return [*grounds, *texts]

    def _fuller(self, wides: list[float], style: Style, top: float) -> Style:
        """Larger letters for what columns say, where the slide would be left half empty."""
        if len(self.entries) > 3:
            return style
        pairs = [(said, wide) for (_, said), wide in zip(self.entries, wides, strict=False)]
        for tried in _LARGER:
            most = min(tried.most, int((self.floor - top) // tried.line))
            if all(
                lines(said, wide / tried.size) <= most and _longest(said) * tried.size < wide
                for said, wide in pairs
            ):
                return tried
        return style

    def _columns(self, air: float) -> list[float]:
        """The widths of the columns: as large as their figures in the largest letters, or even."""
        count = max(len(self.entries), 2)
        room = WIDTH - air * (count - 1)
        even = [room / count] * count
        if len(self.entries) < 3:
            return even
        if self.people:
            return _wide_enough(
                [_longest(said) * _PERSON.size + 1 for _, said in self.entries], room
            )
        for size in (size for size in FIGURES if size <= _ABREAST):
            needed = [max(_COLUMN, _ems(figure) * size + 1) for figure, _ in self.entries]
            if (left := room - fsum(needed)) >= 0:
                return [one + left / count for one in needed]
        return even

    def _styles(self, wides: list[float]) -> tuple[Style, Style]:
        """The letters of a figure and of what it says; a panel has one width for all."""
        if self.people:
            return _NAME, _PERSON
        wide = min(wides)
        if len(wides) == len(self.entries):
            needs = [_ems(figure) / w for (figure, _), w in zip(self.entries, wides, strict=True)]
        else:
            needs = [_ems(figure) / wide for figure, _ in self.entries]
        most = _ABREAST if len(self.entries) >= 3 and not self.shares else FIGURES[0]
        size = next((s for s in FIGURES if s <= most and max(needs) * s <= 1), FIGURES[-1])
        first = Style(size, round(size * 1.15), 2, "tx2", bold=True, after=4)
        short = all(lines(said, wide / _SAID.size) <= 3 for _, said in self.entries)
        return first, _SAID if len(self.entries) <= 3 and short else _SAID_NARROW


@dataclass(frozen=True)
class Question:
    """The one question of a presentation, under its label."""

    label: Words
    asked: Words

    def placed(self, top: float) -> tuple[Shapes, float]:
        """The question from `top` down, and where it ends."""
        label, above = _held(self.label, _LABEL, WIDTH)
        words = on_one_line(self.asked)
        style = next((s for s in _ASKED if lines(words, WIDTH / s.size) <= s.most), _ASKED[-1])
        asked, high = _held(words, style, WIDTH)
        mark = Rule((LEFT - 53, top + 10, *_MARK))
        box = (LEFT, top, WIDTH, above + high + 4)
        return [Text([label, asked], style, box, first=_LABEL), mark], top + box[3]


@dataclass(frozen=True)
class Closing:
    """A line under what a slide shows, smaller and paler."""

    words: Words

    def placed(self, floor: float = FLOOR) -> tuple[Shapes, float]:
        """The line down to `floor`, and where it begins."""
        words, high = _held(self.words, _CLOSING, WIDTH)
        top = floor - high - 4
        return [Text([words], _CLOSING, (LEFT, top, WIDTH, high + 4))], top


def _spread(shares: tuple[float, ...]) -> list[float]:
    """The parts of the width that shares take, none too narrow for its label."""
    whole = fsum(shares)
    held = [max(share / whole, _NARROWEST) for share in shares]
    return [part / fsum(held) for part in held]


def _on_dark(style: Style) -> Style:
    return replace(style, colour="bg1")


def _held(words: Words, style: Style, wide: float) -> tuple[Words, float]:
    """A paragraph on as many lines as its style has, and its height."""
    room = wide / style.size / (BOLD if style.bold else 1.0)
    short, _ = shortened(words, room, style.most)
    return short, lines(short, room) * style.line + style.after


def _ems(figure: Words) -> float:
    """The width of a figure in bold, in ems."""
    return width(text_of(figure)) * BOLD


def _wide_enough(needs: list[float], room: float) -> list[float]:
    """Even columns, but for those whose longest word asks for more where the others can give."""
    even = room / len(needs)
    asking = [need for need in needs if need > even]
    rest = (room - fsum(asking)) / max(len(needs) - len(asking), 1)
    if not asking or any(rest < need <= even for need in needs) or fsum(asking) > room:
        return [even] * len(needs)
    return [need if need > even else rest for need in needs]


def _longest(words: Words) -> float:
    """The width of the longest word, in ems."""
    return max((width(word) for word in text_of(words).split()), default=0.0)
