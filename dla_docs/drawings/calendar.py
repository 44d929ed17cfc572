"""The days of a mission on a band of months (`calendrier`), numbered as the rows of its table."""

import datetime

from dla_docs.drawings.facts import Facts, day_of
from dla_docs.drawings.ink import LINE, MM, SMALL, WHITE, Palette, drawn, line, rect, words_at
from dla_docs.drawings.scale import Scale, long_month, month_of, whole_months
from dla_docs.drawings.words import width_of
from dla_docs.model.images import Image
from dla_docs.model.values import NO_BREAK

DAY, RANK = "jour", "numero"
"""The roles of a calendar: the day of a row, and the number of its dot."""
_RADIUS, _BAND = 2.6 * MM, 6 * MM
_TOUCH = 5.5 * MM
"""Two dots closer than this stand at two heights (charter, 6)."""
_STEP = 5.6 * MM


def dots_of(facts: Facts) -> list[tuple[str, datetime.date]]:
    """The number and the day of each dated row, in time."""
    dated = zip(facts.column(RANK), facts.column(DAY), strict=True)
    dots = [(rank, day) for rank, said in dated if (day := day_of(said))]
    return sorted(dots, key=lambda dot: dot[1])


def draw_calendar(facts: Facts, colours: Palette, width: float) -> Image:
    """A box a month, and above it a numbered dot a day, as high as needed not to touch another."""
    dots = dots_of(facts)
    scale = Scale(*whole_months([day for _, day in dots]), 0.5, width - 1)
    placed = _placed(dots, scale, width)
    levels = max((level for _, _, _, level in placed), default=0) + 1
    top = levels * _STEP + MM / 2
    parts = [rect(0.5, top, width - 1, _BAND, colours.light, colours.dark)]
    firsts = list(scale.firsts())
    for day in firsts:
        parts += _month(day, scale, top, len(firsts), colours)
    for rank, x, centre, level in placed:
        y = top - MM / 2 - _RADIUS - level * _STEP
        parts.append(line(f"M{x:.1f} {y:.1f}L{x:.1f} {top:.1f}", colours.dark))
        parts.append(
            f'<circle cx="{centre:.1f}" cy="{y:.1f}" r="{_RADIUS:.1f}" fill="{colours.dark}"/>'
        )
        parts += words_at([rank], centre, y, "middle", size=SMALL, bold=True, fill=WHITE)
    return drawn(parts, width, top + _BAND + LINE, colours)


def tell_calendar(facts: Facts) -> str:
    """From when to when, and how many days are marked."""
    dots = dots_of(facts)
    return (
        f"Calendrier{NO_BREAK}: {facts.title}. {len(dots)} repères numérotés, de "
        f"{long_month(dots[0][1])} à {long_month(dots[-1][1])}, repris dans le tableau qui suit."
    )


def _placed(
    dots: list[tuple[str, datetime.date]], scale: Scale, width: float
) -> list[tuple[str, float, float, int]]:
    """Each dot: its number, the place of its day, that of its centre, and how high it stands."""
    ends: list[float] = []
    placed = []
    for rank, day in dots:
        x = scale.at(day)
        centre = min(max(x, _RADIUS), width - _RADIUS)
        free = (n for n, end in enumerate(ends) if centre - end >= _TOUCH)
        level = next(free, len(ends))
        ends[level:] = [centre, *ends[level + 1 :]]
        placed.append((rank, x, centre, level))
    return placed


def _month(day: datetime.date, scale: Scale, top: float, count: int, colours: Palette) -> list[str]:
    """The left side of the box of a month and its name, as much of it as has room."""
    x, room = scale.at(day), scale.width / count - 2.5 * MM
    year = f" {day.year}" if day.month == 1 or day == scale.first else ""
    names = (month_of(day) + year, month_of(day), month_of(day)[0].upper())
    said = next((n for n in names if width_of(n, SMALL, bold=True) <= room), "")
    parts = [line(f"M{x:.1f} {top:.1f}v{_BAND:.1f}", colours.dark)] if day != scale.first else []
    middle = top + _BAND / 2
    parts += words_at([said], x + 1.5 * MM, middle, size=SMALL, bold=True, fill=colours.dark)
    return parts
