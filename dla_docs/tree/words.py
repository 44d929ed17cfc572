"""Words in a drawing of ours: kept room for, cut in lines and placed, whatever the font."""

import re
from xml.sax.saxutils import escape

LETTER = 0.56
"""Width kept for a letter, in ems: those of DejaVu Sans, the widest that may stand in, are of 0.51
on average (measured on the texts of the demonstration)."""
SIZE, LINE = 13.0, 17.0
"""Pixels: letters, and lines of a label.

96 an inch: letters are of 9.75 points, between those of tables and those of the text.
"""


def width_of(words: str) -> float:
    """Pixels kept for a line of words."""
    return len(words) * SIZE * LETTER


def lines_of(label: str, width: float) -> list[str]:
    """A label in lines of a width, cut between words, and within a word wider than a line."""
    # Eight letters at least: a narrow page must not put them one below the other.
    most = max(8, int(width / (SIZE * LETTER)))
    lines = [""]
    # Of the plain space alone: « 17 % » is held together by another.
    for word in re.findall(r" ?[^ -]+-?| ?-", label):
        if lines[-1] and len(lines[-1]) + len(word) > most:
            lines.append("")
        lines[-1] = (lines[-1] + word).strip()
        while len(lines[-1]) > most:
            lines[-1:] = [f"{lines[-1][: most - 1]}-", lines[-1][most - 1 :]]
    return lines


def words_at(
    lines: list[str], x: float, middle: float, anchor: str, *, bold: bool = False
) -> list[str]:
    """Lines of text centred on a height; 0.35 em below it is where a line stands."""
    first = middle + 0.35 * SIZE - LINE * (len(lines) - 1) / 2
    weight = ' font-weight="bold"' if bold else ""
    return [
        f'<text x="{x:.1f}" y="{first + rank * LINE:.1f}" text-anchor="{anchor}"{weight}>'
        f"{escape(line)}</text>"
        for rank, line in enumerate(lines)
    ]
