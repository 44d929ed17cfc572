"""Bars from zero: one a row, alone (`barres`) or on its target (`cible`)."""

from dataclasses import dataclass
from decimal import Decimal

from dla_docs.drawings.facts import DETAIL, LABEL, Facts, positive
from dla_docs.drawings.ink import LARGE, LINE, MM, SMALL, Palette, drawn, line, rect, words_at
from dla_docs.drawings.words import LEADING, lines_of, width_of
from dla_docs.model.images import Image
from dla_docs.model.values import NARROW, NO_BREAK

LABELS = 62 / 150
"""Part of the width kept for labels: the charter's 62 millimetres of 150."""
BAR, STEP = 3.2 * MM, 4.6 * MM
"""Thickness of a bar, and from one to the next when their labels are of one line."""
_AROUND, _AIR = 0.4 * MM, 2.4 * MM
"""What a label has around it in its row, and where one of the chart has several lines: what tells
a label from the next must be wider than what lies between two lines of one."""
_TARGET, _TARGET_STEP = 5 * MM, 11 * MM
"""The same for a bar on its target, whose label is of two lines."""
_VALUE_GAP = 1.6 * MM
REACHED, TARGET = "realise", "cible"
"""The roles of what was done and of what was aimed at."""


@dataclass(frozen=True)
class Bar:
    """A bar: its label, its value and the value as it is printed."""

    label: str
    value: Decimal
    printed: str


def bars_of(facts: Facts) -> tuple[Bar, ...]:
    """The bars of some facts. Raises TemplateError for a value that is no length."""
    ((_, values),) = facts.series()[:1] or (("", ()),)
    labels = facts.column(LABEL)
    return tuple(
        Bar(label, positive(said), said) for label, said in zip(labels, values, strict=True)
    )


def row_of(lines: int, most: int, size: float) -> float:
    """How high the row of a label is, by its lines and those of the longest label of the chart."""
    return max(STEP, LEADING * size * lines + (_AIR if most > 1 else _AROUND))


def draw_bars(facts: Facts, colours: Palette, width: float) -> Image:
    """Horizontal bars from zero, each with its label before and its value after."""
    bars = bars_of(facts)
    left = width * LABELS
    # Bars of nought have no length, rather than one divided by nought.
    most = max(bar.value for bar in bars) or Decimal(1)
    values = max(width_of(bar.printed, LARGE, bold=True) for bar in bars)
    room = width - left - values - _VALUE_GAP
    labels = [lines_of(bar.label, left - 3 * MM, LARGE) for bar in bars]
    longest = max(map(len, labels))
    parts, top = [], 0.0
    for bar, lines in zip(bars, labels, strict=True):
        height = row_of(len(lines), longest, LARGE)
        middle, length = top + height / 2, room * float(bar.value / most)
        parts += words_at(lines, 0, middle, size=LARGE)
        parts.append(rect(left, middle - BAR / 2, length, BAR, colours.dark))
        end = left + length + _VALUE_GAP
        parts += words_at([bar.printed], end, middle, size=LARGE, bold=True)
        top += height
    parts.append(line(f"M{left:.1f} 0V{top:.1f}", colours.dark, LINE))
    return drawn(parts, width, top, colours)


def tell_bars(facts: Facts) -> str:
    """How many bars, the extremes, and where the rest is; every value where no table follows."""
    bars = bars_of(facts)
    if "dessin-seul" in facts.options:
        said = f"{NARROW}; ".join(f"{bar.label}, {bar.printed}" for bar in bars)
        return f"Graphique en barres{NO_BREAK}: {facts.title}. {said}."
    low, high = min(bars, key=lambda b: b.value), max(bars, key=lambda b: b.value)
    begin = f"Graphique en barres{NO_BREAK}: {facts.title}. "
    if len(bars) == 1:
        return f"{begin}{high.label}{NO_BREAK}: {high.printed}."
    if low.value == high.value:
        return f"{begin}{len(bars)} barres égales, {high.printed} chacune."
    return (
        f"{begin}{len(bars)} barres, de {low.printed} ({low.label}) à {high.printed} "
        f"({high.label}){NARROW}; les valeurs sont dans le tableau qui suit."
    )


def draw_targets(facts: Facts, colours: Palette, width: float) -> Image:
    """What was done, full, on what was aimed at, in outline; both are written after."""
    left = width * 66 / 150
    room = width - left - width * 32 / 150
    parts, top = [], 0.0
    for label, detail, done, aim in _targets(facts):
        heads = lines_of(label, left - 4 * MM, LARGE, bold=True)
        below = lines_of(detail, left - 4 * MM, SMALL) if detail else []
        rows = len(heads) + len(below)
        least = _TARGET_STEP if rows > 1 else _TARGET + 3 * MM
        words = LEADING * (LARGE * len(heads) + SMALL * len(below))
        height = max(least, words + 2.5 * MM)
        y = top + LEADING * LARGE * len(heads) / 2
        # A label of one line faces its bar.
        y = top + 1.2 * MM + _TARGET / 2 if rows == 1 else y
        parts += words_at(heads, 0, y, size=LARGE, bold=True)
        foot = top + words - LEADING * SMALL * len(below) / 2
        parts += words_at(below, 0, foot, size=SMALL, fill=colours.grey)
        bar = top + 1.2 * MM
        scale = room / float(max(positive(done), positive(aim)) or 1)
        goal, length = scale * float(positive(aim)), scale * float(positive(done))
        parts.append(rect(left, bar, goal, _TARGET, colours.light, colours.dark))
        parts.append(rect(left, bar, length, _TARGET, colours.dark, colours.dark))
        if length > goal:
            # The target within what is done: a white line, which no fill hides.
            parts.append(line(f"M{left + goal:.1f} {bar:.1f}v{_TARGET:.1f}", colours.light, 2))
        said = f"{done} sur {aim}"
        middle = bar + _TARGET / 2
        parts += words_at([said], left + room + 2 * MM, middle, size=LARGE, bold=True)
        top += height
    note = facts.options.get("legende", "Barre pleine : réalisé. Contour : cible de l’année.")
    if not note:
        return drawn(parts, width, top, colours)
    parts += words_at([note], 0, top + 2 * MM, fill=colours.grey)
    return drawn(parts, width, top + 5 * MM, colours)


def tell_targets(facts: Facts) -> str:
    """Each objective with what was done on what was aimed at."""
    said = [f"{label}, {done} sur {aim}" for label, _, done, aim in _targets(facts)]
    return f"Barres sur cible{NO_BREAK}: {facts.title}. {f'{NARROW}; '.join(said)}."


def _targets(facts: Facts) -> list[tuple[str, str, str, str]]:
    columns = (facts.column(role) for role in (LABEL, DETAIL, REACHED, TARGET))
    return list(zip(*columns, strict=True))
