"""Charts: a division `graphique` becomes bars or steps, its data as a table, and words for both.

The drawing is a text of SVG whose widths do not depend on a font: every program shows the same.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any
from xml.sax.saxutils import escape

from dla_docs.engines.images import Image
from dla_docs.model.errors import TemplateError
from dla_docs.model.values import NARROW, NO_BREAK, count, number
from dla_docs.tree.divisions import CHART, CHART_TITLE, DRAWING
from dla_docs.tree.nodes import (
    Node,
    Nodes,
    attributes,
    body_rows,
    div,
    each,
    inner,
    is_div,
    pairs,
    para,
    string,
    text,
)
from dla_docs.tree.steps import draw_steps, read_steps, told
from dla_docs.tree.tables import SHEET, table
from dla_docs.tree.words import LINE, SIZE, lines_of, width_of, words_at

_NUMBER = re.compile(r"\d{1,3}(?:[ \u00a0\u202f]\d{3})+(?:,\d+)?|\d+(?:[.,]\d+)?")
_BAR, _GAP = 18.0, 12.0
"""Pixels: thickness of a bar, space between two.

A bar is about as high as a line, so that a label of one line stands beside it.
"""
STEPS = "etapes"
"""The form of a chart that is a way in steps."""
_LABELS = 0.36
"""Part of the width kept for labels, at most: more would leave bars too short to compare."""


@dataclass(frozen=True)
class Bar:
    """A bar: its label, its value and the value as it is printed."""

    label: str
    value: Decimal
    printed: str


def charts(blocks: Nodes) -> Nodes:
    """Replace the list of each `graphique` by a table, and compute its alternative text.

    Written as a list of lists, a label and a number a line, headed by a line of column titles;
    attributes `titre` (needed), `unite`, in the singular, and `feuille`; `forme="etapes"` is a way
    in steps (see `steps.py`). One without any line is dropped. Raises TemplateError.
    """
    return each(blocks, "Div", lambda block: _read(block) if _is_chart(block) else [block])


def with_drawings(
    blocks: Nodes, images: tuple[Image, ...], charter: Mapping[str, Any], width: float
) -> tuple[Nodes, tuple[Image, ...]]:
    """Draw each chart, `width` millimetres wide, as one more image of the document."""
    drawn = list(images)

    def drawing(block: Node) -> Nodes:
        options, content = pairs(block), inner(block)
        if "alternative" not in options:
            return [block]
        pixels = width * 96 / 25.4
        if options.get("forme") == STEPS:
            drawn.append(draw_steps(read_steps(content[-1], options), charter, pixels))
        else:
            drawn.append(draw(_bars(content[-1], options["valeurs"]), charter, pixels))
        words = string(options["alternative"])
        image = {"t": "Image", "c": [attributes(), words, [f"image:{len(drawn) - 1}", ""]]}
        picture = div([para([image])], DRAWING)
        return [div([*content[:-1], picture, content[-1]], CHART)]

    return each(blocks, "Div", drawing), tuple(drawn)


def draw(bars: list[Bar], charter: Mapping[str, Any], width: float) -> Image:
    """Horizontal bars from zero, each with its label before and its value after."""
    colours, font = charter["couleurs"], escape(str(charter["polices"]["texte"]))
    labels = [lines_of(bar.label, width * _LABELS) for bar in bars]
    left = max(width_of(line) for lines in labels for line in lines) + 10
    # Air: 10 pixels between a label and its bar; 6 between a bar and its value, and 2 after it.
    room = width - left - max(width_of(bar.printed) for bar in bars) - 8
    # Bars of nought have no length, rather than one divided by nought.
    largest = max(bar.value for bar in bars) or Decimal(1)
    parts, top = [], _GAP / 2
    for bar, lines in zip(bars, labels, strict=True):
        height = max(_BAR, LINE * len(lines))
        middle, length = top + height / 2, room * float(bar.value / largest)
        parts += words_at(lines, left - 10, middle, "end")
        parts.append(
            f'<rect x="{left:.1f}" y="{middle - _BAR / 2:.1f}" width="{length:.1f}" '
            f'height="{_BAR:g}" fill="{colours["accent"]}"/>'
        )
        parts += words_at([bar.printed], left + length + 6, middle, "start", bold=True)
        top += height + _GAP
    height = top - _GAP / 2
    axis = f'<path d="M{left:.1f} 0V{height:.1f}" stroke="{colours["filet"]}"/>'
    svg = (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width:.1f} {height:.1f}" '
        f'width="{width:.1f}" height="{height:.1f}" font-family="\'{font}\', Arial, sans-serif" '
        f'font-size="{SIZE:g}" fill="{colours["texte"]}">{axis}{"".join(parts)}</svg>'
    )
    return Image(svg.encode(), "svg", width, height)


def _is_chart(division: Node) -> bool:
    return is_div(division, CHART) and "alternative" not in pairs(division)


def _read(division: Node) -> Nodes:
    """The division with a table, and in its attributes the values and the alternative text."""
    options = pairs(division)
    title, unit = options.get("titre", "").strip(), options.get("unite", "").strip()
    if not title:
        raise TemplateError('un graphique n’a pas de titre : écrivez titre="…"')
    if options.get("forme") == STEPS:
        return _read_steps(division, title)
    # A label is a phrase, a value a few figures.
    built = table(inner(division), [70.0, 30.0], ["AlignLeft", "AlignRight"])
    if not built:
        return []
    cells = [row[1] for body in built["c"][4] for row in body[3]]
    values = [_value(text(right[4])) for _, right in cells]
    for (_, right), value in zip(cells, values, strict=True):
        right[4] = [{"t": "Plain", "c": string(_printed(text(right[4]), value, unit))}]
    joined = ";".join(map(str, values))
    words = _alternative(title, _bars(built, joined))
    heading = div([para(string(title))], CHART_TITLE)
    sheet = {SHEET: options[SHEET]} if options.get(SHEET) else {}
    return [div([heading, built], CHART, valeurs=joined, alternative=words, **sheet)]


def _read_steps(division: Node, title: str) -> Nodes:
    """A way in steps: name, who is there, what happens; its table is kept as it is written."""
    # A name and a few people on each side of a sentence or two.
    built = table(inner(division), [23.0, 22.0, 55.0], ["AlignLeft"] * 3)
    if not built:
        return []
    options = pairs(division)
    words = told(title, read_steps(built, options))
    heading = div([para(string(title))], CHART_TITLE)
    return [div([heading, built], CHART, **{**options, "alternative": words})]


def _bars(built: Node, values: str) -> list[Bar]:
    rows = zip(body_rows(built), values.split(";"), strict=True)
    return [
        Bar(text(label).strip(), Decimal(value), text(printed).strip())
        for (label, printed), value in rows
    ]


def _value(words: str) -> Decimal:
    numbers = _NUMBER.findall(words)
    if len(numbers) != 1 or "-" in words or "−" in words:
        raise TemplateError(
            f"« {words.strip()} » ne se met pas en barre : il faut un nombre, positif ou nul"
        )
    return Decimal(re.sub(r"\s", "", numbers[0]).replace(",", "."))


def _printed(words: str, value: Decimal, unit: str) -> str:
    """A bare number in French, with its unit; a value that has its own is left as it is."""
    words = words.strip()
    if not _NUMBER.fullmatch(words):
        return words
    if not unit:
        return number(value)
    return count(value, unit) if unit.isalpha() else f"{number(value)}{NO_BREAK}{unit}"


def _alternative(title: str, bars: list[Bar]) -> str:
    """What the chart shows, for those who do not see it: how many bars, the extremes, the table."""
    low, high = min(bars, key=lambda b: b.value), max(bars, key=lambda b: b.value)
    begin = f"Graphique en barres{NO_BREAK}: {title}. "
    if len(bars) == 1:
        return f"{begin}{high.label}{NO_BREAK}: {high.printed}."
    if low.value == high.value:
        return f"{begin}{len(bars)} barres égales, {high.printed} chacune."
    return (
        f"{begin}{len(bars)} barres, de {low.printed} ({low.label}) à {high.printed} "
        f"({high.label}){NARROW}; les valeurs sont dans le tableau qui suit."
    )
