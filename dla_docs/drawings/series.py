"""Several numbers a row: bars side by side (`groupees`), before and after (`avant-apres`)."""

from dataclasses import dataclass
from decimal import Decimal
from math import fsum

from dla_docs.drawings.facts import DETAIL, LABEL, NOTE, Facts, positive
from dla_docs.drawings.ink import MM, SIZE, SMALL, Palette, drawn, hatched, rect, words_at
from dla_docs.drawings.words import LEADING, lines_of, width_of
from dla_docs.model.errors import TemplateError
from dla_docs.model.images import Image
from dla_docs.model.values import NARROW, NO_BREAK, number
from dla_docs.model.words import enumeration

FULL, LIGHT, HATCHED = "plein", "clair", "hachures"
"""What fills the bars of a series: told apart without any colour."""
MOST = 3
"""Series that can be told apart; with more, the table alone is clearer (charter, 6)."""
_LABELS = 42 / 150
_LEAST, _SHARE = 120.0, 0.36
"""Pixels that a long word needs, and the part of a narrow drawing that labels take at most."""
_BAR, _BETWEEN, _ROW_GAP = 3.7 * MM, 0.6 * MM, 2.4 * MM
_WIDE = 120 * MM
"""The least width of a drawing that has columns of notes beside its bars."""
_GAP_TOLD = Decimal(1)
"""The difference of notes that is worth a word beside the bars."""


@dataclass(frozen=True)
class Series:
    """A column of numbers: its name, its fill, its values and as they are printed."""

    name: str
    fill: str
    values: tuple[Decimal, ...]
    printed: tuple[str, ...]


def series_of(facts: Facts, fills: tuple[str, ...]) -> tuple[Series, ...]:
    """The columns of numbers of some facts, each with a fill. Raises TemplateError."""
    columns = facts.series()
    if not 1 <= len(columns) <= MOST:
        raise TemplateError(
            f"un graphique groupé a {len(columns)} séries : il en montre d’une à {MOST}"
        )
    return tuple(
        Series(name, fill, tuple(map(positive, said)), said)
        for (name, said), fill in zip(columns, fills, strict=False)
    )


def draw_grouped(facts: Facts, colours: Palette, width: float) -> Image:
    """A group of bars a row, the first series in strong colour; a wide gap of two is written."""
    return _drawn(facts, series_of(facts, (FULL, LIGHT, HATCHED)), colours, width)


def draw_before_after(facts: Facts, colours: Palette, width: float) -> Image:
    """What was, in outline, above what is, in strong colour."""
    return _drawn(facts, series_of(facts, (LIGHT, FULL)), colours, width)


def tell_grouped(facts: Facts) -> str:
    """What is compared, on how many rows, and where the numbers are."""
    names = enumeration([name for name, _ in facts.series()], "et")
    if "dessin-seul" in facts.options:
        return f"Barres groupées{NO_BREAK}: {facts.title}. {_told(facts)}."
    rows = len(facts.shown)
    return (
        f"Barres groupées{NO_BREAK}: {facts.title}. {names}, sur {rows} "
        f"ligne{'s' if rows > 1 else ''}{NARROW}; les valeurs sont dans le tableau qui suit."
    )


def _told(facts: Facts) -> str:
    """Each row with the number of each series, and the notes that this one is the mean of."""
    series = facts.series()
    each = len(facts.series(NOTE)) // len(series)

    def said(place: int, rank: int) -> str:
        name, values = series[place]
        parts = facts.series(NOTE)[place * each : (place + 1) * each]
        notes = ", ".join(f"{who} {notes[rank]}" for who, notes in parts)
        return f"{name} {values[rank]}" + (f" ({notes})" if notes else "")

    return f"{NARROW}; ".join(
        f"{label}, " + enumeration([said(place, rank) for place in range(len(series))], "et")
        for rank, label in enumerate(facts.column(LABEL))
    )


def tell_before_after(facts: Facts) -> str:
    """Each row with what it was and what it is."""
    (_, before), (_, after) = facts.series()[:2]
    told = [
        f"{label}, de {was} à {now}"
        for label, was, now in zip(facts.column(LABEL), before, after, strict=True)
    ]
    return f"Barres avant et après{NO_BREAK}: {facts.title}. {f'{NARROW}; '.join(told)}."


def box(x: float, y: float, size: tuple[float, float], fill: str, colours: Palette) -> str:
    """A surface of a series: full, light with an outline, or hatched."""
    wide, high = size
    if fill == HATCHED:
        return hatched(x, y, wide, high, colours.dark)
    return rect(x, y, wide, high, colours.dark if fill == FULL else colours.light, colours.dark)


def _drawn(facts: Facts, series: tuple[Series, ...], colours: Palette, width: float) -> Image:
    left = max(width * _LABELS, min(_LEAST, width * _SHARE))
    most = Decimal(facts.options.get("maximum") or max(max(s.values) for s in series)) or Decimal(1)
    longest = max(width_of(said, SIZE, bold=True) for s in series for said in s.printed)
    notes = _notes(facts, len(series), width)
    end_of_bars = min((note.left for note in notes), default=width)
    scale = (end_of_bars - left - longest - 2 * MM) / float(most)
    parts, top = _key(series, colours, end_of_bars)
    for note in notes[: len(notes) // len(series)]:
        middle = max(0.0, top - 4.5 * MM)
        parts += words_at([note.name], note.right, middle, "end", size=SMALL, fill=colours.grey)
    high = len(series) * (_BAR + _BETWEEN) - _BETWEEN
    for rank, (label, detail) in enumerate(
        zip(facts.column(LABEL), facts.column(DETAIL), strict=True)
    ):
        said, tall = _label(label, detail, left, colours)
        height = max(high, tall)
        y = top + (height - high) / 2
        parts.append(f'<g transform="translate(0 {top + (height - tall) / 2:.1f})">{said}</g>')
        for place, one in enumerate(series):
            at = y + place * (_BAR + _BETWEEN)
            length = scale * float(one.values[rank])
            parts.append(box(left, at, (length, _BAR), one.fill, colours))
            end, middle = left + length + 1.6 * MM, at + _BAR / 2
            bold = one.fill == FULL
            parts += words_at([one.printed[rank]], end, middle, bold=bold)
            if place == 1 and (told := _gap(series, rank, facts)):
                x = end + width_of(one.printed[rank], SIZE, bold=bold) + 3 * MM
                # Not where it would be cut by the edge.
                if x + width_of(told, SIZE, bold=True) <= end_of_bars:
                    parts += words_at([told], x, middle, bold=True, fill=colours.dark)
            for note in notes:
                if note.place == place:
                    said_note = [note.printed[rank]]
                    parts += words_at(said_note, note.right, middle, "end", size=SMALL)
        top += height + _ROW_GAP
    return drawn(parts, width, top - _ROW_GAP + MM, colours)


@dataclass(frozen=True)
class Note:
    """A column of what a series is the mean of, the place of its series, its two edges."""

    name: str
    place: int
    printed: tuple[str, ...]
    left: float
    right: float


def _notes(facts: Facts, series: int, width: float) -> list[Note]:
    """The columns at the right of the bars, the same ones for each series; none on a narrow one."""
    columns = facts.series(NOTE)
    each = len(columns) // series
    if not each or width < _WIDE:
        return []
    wides = [
        max(width_of(word, SMALL) for word in (name, *said)) + 4 * MM
        for name, said in columns[:each]
    ]
    edges = [width - fsum(wides[rank:]) for rank in range(each + 1)]
    return [
        Note(name, rank // each, said, edges[rank % each], edges[rank % each + 1])
        for rank, (name, said) in enumerate(columns)
    ]


def _label(label: str, detail: str, left: float, colours: Palette) -> tuple[str, float]:
    """The words before a group of bars, from a height of nought, and how high they are."""
    heads = lines_of(label, left - 3 * MM, SIZE, bold=True)
    below = lines_of(detail, left - 3 * MM, SMALL) if detail else []
    high = LEADING * SIZE * len(heads)
    tall = high + LEADING * SMALL * len(below)
    parts = words_at(heads, 0, high / 2, bold=True)
    parts += words_at(below, 0, (high + tall) / 2, size=SMALL, fill=colours.grey)
    return "".join(parts), tall


def _gap(series: tuple[Series, ...], rank: int, facts: Facts) -> str:
    """The difference of two notes, where it is told at all."""
    if len(series) != 2 or "ecart" not in facts.options:
        return ""
    gap = abs(series[0].values[rank] - series[1].values[rank])
    least = Decimal(facts.options["ecart"] or _GAP_TOLD)
    return f"← écart de {number(gap, 2)}" if gap >= least else ""


def _key(series: tuple[Series, ...], colours: Palette, width: float) -> tuple[list[str], float]:
    """A box and a name a series, on as many lines as they need, and where the bars begin.

    One series alone needs none.
    """
    parts, x, y = [], 0.0, 2 * MM
    if len(series) == 1:
        return [], 0.0
    for one in series:
        bold = one.fill == FULL
        wide = 6.5 * MM + width_of(one.name, SIZE, bold=bold)
        if x and x + wide > width:
            x, y = 0.0, y + 5 * MM
        parts.append(box(x + 0.5, y - 1.5 * MM, (5 * MM, 3 * MM), one.fill, colours))
        parts += words_at([one.name], x + 6.5 * MM, y, bold=bold)
        x += wide + 7 * MM
    return parts, y + 4.5 * MM
