"""A way in steps (`etapes`): one arrow after the other, those of the reader in strong colour.

In a row; one below the other on a telephone, where a row could not be read.
"""

from dataclasses import dataclass

from dla_docs.drawings.facts import LABEL, Facts
from dla_docs.drawings.ink import MM, PT, SIZE, WHITE, Palette, drawn, line, words_at
from dla_docs.drawings.words import LEADING, lines_of
from dla_docs.model.errors import TemplateError
from dla_docs.model.images import Image
from dla_docs.model.values import NO_BREAK

_POINT, _GAP = 12.0, 4.0
"""Pixels: how far an arrow points, and the air between two."""
_AIR = 10.0
"""Pixels above and below the words of an arrow."""
_FLOOR = 34.0
"""Pixels under the arrows for the way back: its line and its words."""
_LEAST = 90.0
"""Pixels of the narrowest arrow whose name is read in a row."""
_READ, _TALL, _SIDE = 10.5 * PT, 46.0, 104.0
"""Letters of a column, the height of one of its arrows, what the way back takes beside it."""


@dataclass(frozen=True)
class Steps:
    """A way: the name of each step, the ranks of those that are the reader's, from 1.

    `back`: the step that the last one may lead back to, and why; 0 for none.
    """

    names: tuple[str, ...]
    active: frozenset[int]
    back: int = 0
    why: str = ""


def steps_of(facts: Facts) -> Steps:
    """The steps, which the first column names. Raises TemplateError for no such rank.

    Options: `actif` (ranks, separated by commas), `retour` and `pourquoi`.
    """
    names, options = facts.column(LABEL), facts.options
    active = _ranks(options.get("actif", ""), names)
    back = _ranks(options.get("retour", ""), names)
    return Steps(names, active, max(back, default=0), options.get("pourquoi", "").strip())


def tell_steps(facts: Facts) -> str:
    """What the drawing shows, for those who do not see it."""
    steps = steps_of(facts)
    listed = ", ".join(f"{rank}. {name}" for rank, name in enumerate(steps.names, 1))
    why = f" ({steps.why})" if steps.why else ""
    back = f" La dernière peut ramener à l’étape {steps.back}{why}." if steps.back else ""
    return (
        f"Schéma en {len(steps.names)} étapes qui se suivent{NO_BREAK}: {facts.title}. "
        f"{listed}.{back} Chacune est décrite dans le tableau qui suit."
    )


def draw_steps(facts: Facts, colours: Palette, width: float) -> Image:
    """Arrows, each with its rank and its name, and the way back under or beside them."""
    steps = steps_of(facts)
    count, leading = len(steps.names), LEADING * SIZE
    # An arrow enters the notch of the next.
    wide = (width + (count - 1) * (_POINT - _GAP)) / count
    if wide < _LEAST:
        return _column(steps, colours, width)
    lines = [lines_of(name, wide - _POINT - 4, SIZE) for name in steps.names]
    high = 2 * _AIR + leading * (1 + max(map(len, lines)))
    parts, centres = [], []
    for rank, named in enumerate(lines, 1):
        left = (rank - 1) * (wide - _POINT + _GAP)
        strong = rank in steps.active
        ink = WHITE if strong else colours.ink
        parts.append(_arrow(left, wide, high, colours.dark if strong else colours.light))
        centres.append(left + (wide + _POINT / 2) / 2)
        words = words_at([str(rank)], centres[-1], _AIR + leading / 2, "middle", bold=True)
        words += words_at(named, centres[-1], (high + leading) / 2, "middle", bold=strong)
        parts.append(f'<g fill="{ink}">{"".join(words)}</g>')
    tall = high
    if steps.back:
        tall += _FLOOR
        parts += _way_back(centres[-1], centres[steps.back - 1], high, steps.why, colours)
    return drawn(parts, width, tall, colours)


def _column(steps: Steps, colours: Palette, width: float) -> Image:
    """The arrows one below the other."""
    wide, parts, top, middles = width - (_SIDE if steps.back else 0), [], 0.0, []
    for rank, name in enumerate(steps.names, 1):
        strong = rank in steps.active
        lines = lines_of(name, wide - 56, _READ, bold=strong)
        low = top + _TALL + LEADING * _READ * (len(lines) - 1)
        parts.append(_downwards(top, low, wide, colours.dark if strong else colours.light))
        middles.append((top + low) / 2)
        words = words_at([str(rank)], 16, middles[-1], size=_READ, bold=True)
        words += words_at(lines, 40, middles[-1], size=_READ, bold=strong)
        parts.append(f'<g fill="{WHITE if strong else colours.ink}">{"".join(words)}</g>')
        top = low - _POINT + _GAP
    if steps.back:
        parts += _way_up(middles[-1], middles[steps.back - 1], wide, steps.why, colours)
    return drawn(parts, width, top + _POINT - _GAP, colours)


def _ranks(written: str, names: tuple[str, ...]) -> frozenset[int]:
    words = [word.strip() for word in written.split(",") if word.strip()]
    known = {str(rank) for rank in range(1, len(names) + 1)}
    if unknown := next((word for word in words if word not in known), ""):
        raise TemplateError(
            f"un schéma a {len(names)} étapes : « {unknown} » n’est le numéro d’aucune"
        )
    return frozenset(map(int, words))


def _arrow(left: float, wide: float, high: float, colour: str) -> str:
    right, middle = left + wide, high / 2
    points = (
        f"M{left:.1f} 0H{right - _POINT:.1f}L{right:.1f} {middle:.1f}L{right - _POINT:.1f} "
        f"{high:.1f}H{left:.1f}L{left + _POINT:.1f} {middle:.1f}Z"
    )
    return f'<path d="{points}" fill="{colour}"/>'


def _downwards(top: float, low: float, wide: float, colour: str) -> str:
    points = (
        f"M0 {top:.1f}L{wide / 2:.1f} {top + _POINT:.1f}L{wide:.1f} {top:.1f}V{low - _POINT:.1f}"
        f"L{wide / 2:.1f} {low:.1f}L0 {low - _POINT:.1f}Z"
    )
    return f'<path d="{points}" fill="{colour}"/>'


def _way_up(start: float, end: float, edge: float, why: str, colours: Palette) -> list[str]:
    """A line from beside one step to beside another above, its head, and its words after it."""
    far, ink = edge + 20, colours.grey
    path = f"M{edge + 4:.1f} {start:.1f}H{far:.1f}V{end:.1f}H{edge + 10:.1f}"
    head = f"M{edge + 11:.1f} {end - 5:.1f}L{edge + 3:.1f} {end:.1f}L{edge + 11:.1f} {end + 5:.1f}Z"
    lines = lines_of(why, _SIDE - 28, _READ) if why else []
    words = words_at(lines, far + 8, (start + end) / 2, size=_READ, fill=ink)
    return [line(path, ink, 1.2 * PT), f'<path d="{head}" fill="{ink}"/>', *words]


def _way_back(start: float, end: float, top: float, why: str, colours: Palette) -> list[str]:
    """A line from under one step to under another, its head, and its words in its middle."""
    low = top + _FLOOR - 14
    path = f"M{start:.1f} {top + 4:.1f}V{low:.1f}H{end:.1f}V{top + 10:.1f}"
    head = f"M{end - 5:.1f} {top + 11:.1f}L{end:.1f} {top + 3:.1f}L{end + 5:.1f} {top + 11:.1f}Z"
    ink = colours.grey
    words = words_at([why], (start + end) / 2, low - 2.6 * MM, "middle") if why else []
    return [line(path, ink, 1.2 * PT), f'<path d="{head}" fill="{ink}"/>', *words]
