"""What every drawing is written with: colours of a family, lengths, strokes, words, hatching."""

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any
from xml.sax.saxutils import escape, unescape

from dla_docs.drawings.words import LEADING
from dla_docs.engines.fonts import unprintable
from dla_docs.model.images import Image

MM, PT = 96 / 25.4, 96 / 72
"""Pixels in a millimetre and in a point: a drawing is measured at 96 pixels an inch."""
SMALL, SIZE, LARGE = 8.5 * PT, 9 * PT, 9.5 * PT
"""Letters: of a detail, the least that is read on paper; of a label; of a bar's label."""
THIN, LINE = 0.4 * PT, 0.8 * PT
"""Strokes: of a guide, and of an outline."""
WHITE = "#FFFFFF"
_QUOTES = {'"': "&quot;", "'": "&apos;"}
_WORDS = re.compile(r">([^<>]+)</text>")
_HATCH = 5 * PT
"""Between two lines of a hatching."""


@dataclass(frozen=True)
class Palette:
    """The colours of a drawing: those of its family, and those that all families share."""

    dark: str
    middle: str
    light: str
    ink: str
    grey: str
    rule: str
    alert: str
    fonts: tuple[str, ...]


def palette(charter: Mapping[str, Any]) -> Palette:
    """The colours of the family of a document, with those that all share."""
    common, own = charter["couleurs"], charter["famille"]
    return Palette(
        dark=own["fonce"],
        middle=own["moyen"],
        light=own["clair"],
        ink=common["texte"],
        grey=common["texte_discret"],
        rule=common["filet"],
        alert=common["alerte"],
        fonts=(
            str(charter["polices"]["texte"]),
            *map(str, charter["polices"].get("substituts", ())),
        ),
    )


def drawn(parts: Iterable[str], width: float, height: float, colours: Palette) -> Image:
    """The strokes and words of a drawing as an image; what has no colour of its own is in ink."""
    # A white ground: in a word processor, edges of white shapes show on a transparent one.
    ground = f'<polygon points="0,0 {width:.1f},0 {width:.1f},{height:.1f} 0,{height:.1f}" '
    body = _printed("".join([f'{ground}fill="{WHITE}"/>', *parts]), colours.fonts[:1])
    # Those that stand in for it, as in a page: an image finds on a screen what is installed there.
    named = ", ".join(f"'{escape(font, _QUOTES)}'" for font in colours.fonts)
    svg = (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width:.1f} {height:.1f}" '
        f'width="{width:.1f}" height="{height:.1f}" font-family="{named}, Arial, sans-serif" '
        f'font-size="{SIZE:g}" fill="{colours.ink}">{body}</svg>'
    )
    words = " ".join(unescape(said) for said in _WORDS.findall(body))
    return Image(svg.encode(), "svg", width, height, words)


def _printed(body: str, families: tuple[str, ...]) -> str:
    """The same drawing, with a sign where a character of its words is in no font.

    An accessible PDF is refused for one of them; the table beside tells the character's name.
    """

    def shown(found: re.Match[str]) -> str:
        # Marks that go with no letter, and what is seen by nobody, have no place in a drawing.
        composed = unicodedata.normalize("NFC", unescape(found[1]))
        said = "".join(c for c in composed if unicodedata.category(c) not in {"Cf", "Mn", "Me"})
        missing = unprintable(said, families)
        kept = "".join("?" if c in missing else c for c in said)
        return f">{escape(kept)}</text>"

    return _WORDS.sub(shown, body)


def rect(
    x: float,
    y: float,
    width: float,
    height: float,
    fill: str,
    stroke: str = "",
    *,
    thick: float = LINE,
    dashed: bool = False,
) -> str:
    """A rectangle, with or without an outline."""
    line = f' stroke="{stroke}" stroke-width="{thick:.2f}"' if stroke else ""
    dash = ' stroke-dasharray="4 2.6"' if dashed else ""
    return (
        f'<rect x="{x:.1f}" y="{y:.1f}" width="{width:.1f}" height="{height:.1f}" '
        f'fill="{fill}"{line}{dash}/>'
    )


def line(path: str, stroke: str, thick: float = LINE) -> str:
    """An open path."""
    return f'<path d="{path}" fill="none" stroke="{stroke}" stroke-width="{thick:.2f}"/>'


def hatched(x: float, y: float, width: float, height: float, stroke: str) -> str:
    """A rectangle hatched from its lower left to its upper right, each line drawn.

    A pattern would be shorter: not every program that shows SVG knows them.
    """
    strokes = []
    for rank in range(1, int((width + height) / _HATCH) + 1):
        far = rank * _HATCH
        # From the left side or the bottom, to the top or the right side.
        x1, y1 = (x, y + far) if far <= height else (x + far - height, y + height)
        x2, y2 = (x + far, y) if far <= width else (x + width, y + far - width)
        strokes.append(f"M{x1:.1f} {y1:.1f}L{x2:.1f} {y2:.1f}")
    lines = [line("".join(strokes), stroke, PT)] if strokes else []
    return "".join(
        [rect(x, y, width, height, WHITE), *lines, rect(x, y, width, height, "none", stroke)]
    )


def words_at(
    lines: list[str],
    x: float,
    middle: float,
    anchor: str = "start",
    *,
    size: float = SIZE,
    bold: bool = False,
    fill: str = "",
) -> list[str]:
    """Lines of text centred on a height; 0.35 em below it is where a line stands."""
    leading = LEADING * size
    first = middle + 0.35 * size - leading * (len(lines) - 1) / 2
    weight = ' font-weight="bold"' if bold else ""
    colour = f' fill="{fill}"' if fill else ""
    return [
        f'<text x="{x:.1f}" y="{first + rank * leading:.1f}" font-size="{size:.2f}" '
        f'text-anchor="{anchor}"{weight}{colour}>{escape(said)}</text>'
        for rank, said in enumerate(lines)
        if said
    ]
