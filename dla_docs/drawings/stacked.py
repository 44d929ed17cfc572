"""One bar of parts (`empilee`): who pays what of a whole, at most four parts, named below."""

from decimal import Decimal

from dla_docs.drawings.facts import LABEL, Facts, positive
from dla_docs.drawings.ink import MM, SIZE, Palette, drawn, hatched, rect, words_at
from dla_docs.drawings.words import LEADING, lines_of
from dla_docs.model.images import Image
from dla_docs.model.values import NARROW, NO_BREAK, printed

MOST = 4
"""Parts that can be told apart: full, middle, hatched, light."""
_HIGH = 9 * MM
_WIDE, _LINES, _FEW = 100 * MM, 2, 2
"""The least width, and most lines of a name, where all the parts stand side by side, and how many
do otherwise."""
OTHERS = "Autres"


def parts_of(facts: Facts) -> tuple[tuple[str, Decimal, str], ...]:
    """The parts of the whole, those of nought left out; from the fourth on, in one when too many.

    Raises TemplateError for a part that is no number.
    """
    values = facts.series()[0][1]
    parts = [
        (label, positive(said), said)
        for label, said in zip(facts.column(LABEL), values, strict=True)
        if positive(said)
    ]
    if len(parts) <= MOST:
        return tuple(parts)
    rest = sum((value for _, value, _ in parts[MOST - 1 :]), Decimal(0))
    # The unit of the others: what follows their number.
    unit = parts[-1][2][-1] if not parts[-1][2][-1].isdigit() else ""
    said = f"{printed(rest)}{NO_BREAK}{unit}".strip(NO_BREAK)
    return (*parts[: MOST - 1], (OTHERS, rest, said))


def draw_stacked(facts: Facts, colours: Palette, width: float) -> Image:
    """The parts end to end, each with its amount and its name below."""
    parts = parts_of(facts)
    whole = float(sum(value for _, value, _ in parts)) or 1.0
    strokes, x = [], 0.5
    for rank, (_, value, _) in enumerate(parts):
        wide = (width - 1) * float(value) / whole
        strokes.append(_fill(rank, x, 0.5, (wide, _HIGH), colours))
        x += wide
    across = _across(parts, width)
    column, top = width / across, _HIGH + 3 * MM
    for begun in range(0, len(parts), across):
        lowest = top
        for rank, (label, _, said) in list(enumerate(parts))[begun : begun + across]:
            left = (rank - begun) * column
            strokes.append(_fill(rank, left + 0.5, top, (4 * MM, 3 * MM), colours))
            names = _names(label, column)
            middle, leading = top + 1.5 * MM, LEADING * SIZE
            strokes += words_at([said], left + 6 * MM, middle, bold=True)
            strokes += words_at(names, left + 6 * MM, middle + leading * (len(names) + 1) / 2)
            lowest = max(lowest, middle + leading * (len(names) + 0.6))
        top = lowest + 1.5 * MM
    return drawn(strokes, width, top - 1.5 * MM, colours)


def _across(parts: tuple[tuple[str, Decimal, str], ...], width: float) -> int:
    """How many names stand side by side: all of them, unless one would be a tall column."""
    column = width / max(1, len(parts))
    tall = any(len(_names(label, column)) > _LINES for label, _, _ in parts)
    return _FEW if width < _WIDE or tall else max(1, len(parts))


def _names(label: str, column: float) -> list[str]:
    """A name in lines, beside its surface."""
    return lines_of(label, column - 9 * MM, SIZE)


def tell_stacked(facts: Facts) -> str:
    """Each part with its amount."""
    said = [f"{label}, {words}" for label, _, words in parts_of(facts)]
    return f"Barre en parts{NO_BREAK}: {facts.title}. {f'{NARROW}; '.join(said)}."


def _fill(rank: int, x: float, y: float, size: tuple[float, float], colours: Palette) -> str:
    """The surface of a part, by its rank: full, middle, hatched, light."""
    if rank == 2:
        return hatched(x, y, *size, colours.dark)
    return rect(x, y, *size, (colours.dark, colours.middle, "", colours.light)[rank], colours.dark)
