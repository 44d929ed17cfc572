"""Draws the logos of the demonstration: fictional marks, and names outlined in the charter's fonts.

A name is drawn as outlines: a logo looks the same where the font is not installed, as those that
agencies deliver. Run as: python -m tools.demonstration_logos
"""

import math
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from fontTools.pens.basePen import decomposeQuadraticSegment
from fontTools.pens.recordingPen import DecomposingRecordingPen
from fontTools.pens.transformPen import TransformPen
from fontTools.ttLib import TTFont

from dla_docs.engines.fonts import family_folder

FOLDER = Path(__file__).parent.parent / "dossiers" / "logos"
HEIGHT = 80
"""Units of a mark: a square of this side, but for the stand-in of Europe, which is 3 by 2."""
GAP = 11
"""Between a mark and its name: less than a letter's width, so that both are one thing."""
SANS, SANS_LIGHT, SERIF = "SourceSans3-Bold", "SourceSans3-Regular", "EBGaramond-Bold"
FAMILIES = {"Source": "Source Sans 3", "EBGara": "EB Garamond"}
FINE = 5
"""Whole numbers a unit: a fifth is 0.03 mm on paper, less than a printer shows."""
Point = tuple[float, float]
COMMENT = "Logo de démonstration, dessiné pour ce dépôt : aucun organisme ne le porte."


@dataclass(frozen=True)
class Line:
    """A line of a name: its words, face, size in units and the baseline's height in the mark."""

    words: str
    size: float
    baseline: float
    face: str = SANS
    colour: str = ""


@dataclass(frozen=True)
class Mark:
    """A logo: its file, main colour, drawing, lines, and the width the drawing takes."""

    name: str
    colour: str
    drawing: str
    lines: tuple[Line, ...]
    width: float = HEIGHT


def marks() -> tuple[Mark, ...]:
    """The logos of the demonstration, by file."""
    return (
        Mark(
            "dla",
            "#14505a",
            '<path d="M2 78V54L22 46V78Z" fill="#7fb0b4"/><path d="M28 78V43L48 35V78Z" '
            'fill="#3f838b"/><path d="M54 78V32L74 24V78Z"/>'
            '<circle cx="66" cy="10" r="9" fill="#d98a1f"/>',
            (Line("Dispositif local", 21, 36), Line("d’accompagnement", 21, 60)),
        ),
        Mark(
            "operateur-melezin",
            "#2c5a38",
            '<path d="M40 2Q36 17 22 27Q30 29 34 27Q27 42 13 51Q23 53 30 50Q21 63 4 70'
            'Q22 73 37 68V79H40Z"/><path d="M40 2Q44 17 58 27Q50 29 46 27Q53 42 67 51'
            'Q57 53 50 50Q59 63 76 70Q58 73 43 68V79H40Z" fill="#b8860f"/>',
            (
                Line("Le Mélézin", 34, 43, SERIF),
                Line("appui aux associations", 17, 66, SANS_LIGHT),
            ),
        ),
        Mark(
            "operateur-galabre",
            "#7a3f1d",
            '<rect width="80" height="80" rx="12"/><g fill="none" stroke="#ffffff" '
            'stroke-width="7" stroke-linejoin="round" stroke-linecap="round">'
            '<path d="M13 30L27 17L40 30L53 17L67 30"/><path d="M13 48L27 35L40 48L53 35L67 48"/>'
            '</g><path d="M13 66L27 53L40 66L53 53L67 66" fill="none" stroke="#f0b77a" '
            'stroke-width="7" stroke-linejoin="round" stroke-linecap="round"/>',
            (Line("Fabrique associative", 21, 36), Line("du Galabre", 21, 60)),
        ),
        Mark(
            "financeur-etat",
            "#2f3540",
            '<path d="M40 1L74 20.5L40 40L6 20.5Z" fill="#7b8494"/>'
            '<path d="M4 25L38 44.5V79L4 59.5Z"/><path d="M76 25L42 44.5V79L76 59.5Z" '
            'fill="#4d5666"/>',
            (Line("ÉTAT", 30, 50),),
        ),
        Mark(
            "financeur-banque-des-territoires",
            "#57325b",
            '<path d="M1 38V1H38A37 37 0 0 1 1 38Z"/><path d="M79 38H42V1A37 37 0 0 0 79 38Z" '
            'fill="#9b76a0"/><path d="M1 42H38V79A37 37 0 0 0 1 42Z" fill="#9b76a0"/>'
            '<path d="M79 42V79H42A37 37 0 0 1 79 42Z"/>',
            (Line("Banque", 27, 36, SERIF), Line("des Territoires", 27, 65, SERIF)),
        ),
        Mark(
            "financeur-region",
            "#8a4a06",
            '<circle cx="40" cy="14" r="13" fill="#e3a73a"/>'
            '<path d="M2 40L22 21L40 39L58 21L78 40L71 47L58 34L40 52L22 34L9 47Z"/>'
            '<path d="M13 51L22 42L40 60L58 42L67 51L40 79Z" fill="#c27a1d"/>',
            (Line("RÉGION", 27, 49),),
        ),
        Mark(
            "financeur-departement-05",
            "#24486b",
            '<circle cx="40" cy="40" r="39"/><path d="M6.500 60L32 18L46 41L54 29L73.500 60Z" '
            'fill="#ffffff"/><path d="M46 41L32 18L33 37L27 44L33 60H57Z" fill="#9dbbd6"/>'
            '<path d="M54 29L55 43L51 47L57 60H73.500Z" fill="#9dbbd6"/>',
            (Line("Département des", 17, 31, SANS_LIGHT), Line("Hautes-Alpes", 25, 58)),
        ),
        Mark(
            "financeur-departement-04",
            "#5b4a86",
            '<rect width="80" height="80"/><circle cx="56" cy="21" r="12" fill="#f2c14e"/>'
            '<path d="M0 44Q40 34 80 44V50Q40 40 0 50Z" fill="#ffffff"/>'
            '<path d="M38 47L42 47L48 80H32Z" fill="#c3b5e0"/>'
            '<path d="M26 47.500L31 47L20 80H2Z" fill="#c3b5e0"/>'
            '<path d="M54 47.500L49 47L60 80H78Z" fill="#c3b5e0"/>'
            '<path d="M0 54L12 50L16 49L0 66Z" fill="#c3b5e0"/>'
            '<path d="M80 54L68 50L64 49L80 66Z" fill="#c3b5e0"/>',
            (
                Line("Département des", 17, 21, SANS_LIGHT),
                Line("Alpes-de-", 23, 46),
                Line("Haute-Provence", 23, 70),
            ),
        ),
        Mark(
            "financeur-caf-05",
            "#8a1c5c",
            '<circle cx="20" cy="15" r="13"/><path d="M1 78V55A19 21 0 0 1 39 55V78Z"/>'
            '<circle cx="60" cy="24" r="11" fill="#c9659d"/>'
            '<path d="M43 78V60A17 20 0 0 1 78 60V78Z" fill="#c9659d"/>'
            '<circle cx="41" cy="50" r="8.500" fill="#ffffff"/>'
            '<circle cx="41" cy="50" r="6" fill="#e08a1e"/>'
            '<path d="M28 80V72A13 13 0 0 1 54 72V80Z" fill="#ffffff"/>'
            '<path d="M31 78V72A10 10 0 0 1 51 72V78Z" fill="#e08a1e"/>',
            (
                Line("Caisse d’allocations", 20, 24),
                Line("familiales", 20, 47),
                Line("des Hautes-Alpes", 20, 70, SANS_LIGHT),
            ),
        ),
        Mark(
            "financeur-union-europeenne",
            "#003399",
            '<rect width="120" height="80"/><rect x="4" y="4" width="112" height="72" '
            'fill="none" stroke="#ffffff" stroke-width="1.500"/>'
            + _words(Line("emblème", 16, 37, SANS, "#ffffff"), 60, middle=True)[0]
            + _words(Line("de l’Union", 16, 55, SANS, "#ffffff"), 60, middle=True)[0],
            (Line("Cofinancé par", 25, 34), Line("l’Union européenne", 25, 64)),
            120,
        ),
    )


def drawn(mark: Mark) -> str:
    """The SVG of a logo: its mark, then its name beside."""
    lines = [_words(line, mark.width + GAP) for line in mark.lines]
    width = math.ceil(max(end for _, end in lines))
    names = "".join(f'  <g fill="{mark.colour}">{path}</g>\n' for path, _ in lines)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{HEIGHT}" '
        f'viewBox="0 0 {width} {HEIGHT}">\n  <!-- {COMMENT} -->\n'
        f'  <g fill="{mark.colour}">{mark.drawing}</g>\n{names}</svg>\n'
    )


def _words(line: Line, start: float, middle: bool = False) -> tuple[str, float]:
    """The outlines of a line from `start`, or around it, and where they end."""
    font = _font(line.face)
    glyphs, advances = font.getGlyphSet(), font["hmtx"]
    scale = line.size / font["head"].unitsPerEm
    named = [font.getBestCmap()[ord(character)] for character in line.words]
    length = scale * sum(advances[name][0] for name in named)
    pen, at = DecomposingRecordingPen(glyphs), start - length / 2 if middle else start
    for name in named:
        placed = (FINE * scale, 0, 0, -FINE * scale, FINE * at, FINE * line.baseline)
        glyphs[name].draw(TransformPen(pen, placed))
        at += scale * advances[name][0]
    fill = f' fill="{line.colour}"' if line.colour else ""
    return f'<path{fill} transform="scale({1 / FINE:g})" d="{_outlines(pen.value)}"/>', at


def _outlines(drawing: Iterable[tuple[str, tuple[Point, ...]]]) -> str:
    """Outlines in whole numbers, each from the last: a third of the size of absolute ones."""
    written, at, start = "", (0, 0), (0, 0)
    for command, points in _segments(drawing):
        whole = [(round(x), round(y)) for x, y in points]
        moves = [to - origin for point in whole for to, origin in zip(point, at, strict=True)]
        written += command + " ".join(map(str, moves)).replace(" -", "-")
        start = whole[-1] if command == "m" else start
        at = whole[-1] if whole else start
    return written


def _segments(
    drawing: Iterable[tuple[str, tuple[Point, ...]]],
) -> Iterator[tuple[str, tuple[Point, ...]]]:
    """The commands of SVG; a curve of TrueType in parts of two points each."""
    for command, points in drawing:
        if command == "qCurveTo":
            yield from (("q", part) for part in decomposeQuadraticSegment(points))
        else:
            yield {"moveTo": "m", "lineTo": "l", "closePath": "z"}[command], points


@cache
def _font(face: str) -> TTFont:
    folder = family_folder(FAMILIES[face[:6]])
    assert folder is not None
    return TTFont(folder / f"{face}.ttf")


if __name__ == "__main__":
    for each in marks():
        (FOLDER / f"{each.name}.svg").write_text(drawn(each), encoding="utf-8", newline="\n")
