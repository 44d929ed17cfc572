"""The actions of a parcours in time (`frise`): grouped by who carries them, with their state."""

import datetime
from dataclasses import dataclass

from dla_docs.drawings.facts import LABEL, Facts, day_of
from dla_docs.drawings.ink import (
    LINE,
    MM,
    PT,
    SIZE,
    SMALL,
    THIN,
    WHITE,
    Palette,
    drawn,
    line,
    rect,
    words_at,
)
from dla_docs.drawings.scale import Scale, long_month, month_of, quarter_of, short_day, whole_months
from dla_docs.drawings.words import LEADING, lines_of, width_of
from dla_docs.model.errors import TemplateError
from dla_docs.model.images import Image
from dla_docs.model.values import NARROW, NO_BREAK

GROUP, START, END, STATE = "groupe", "debut", "fin", "etat"
"""The roles of a frise: who carries an action, from when to when, and where it stands."""
_LABELS = 58 / 150
_ROW, _BAR, _HEAD = 5.6 * MM, 3.4 * MM, 7 * MM
_DATE = 4 * MM
"""Room for the date of the day above the months, where it would hide the name of one."""
_WORD = 17 * MM
"""Room for the longest word of a state, after the last day."""
_SIGNS = "✓●○→"
"""The signs before the word of a state, in the table: the bar is one already."""
DONE, RUNNING = ("faite", "fait"), ("en cours",)
"""The states drawn light and full; what is put off is dashed; what is to come is a bare outline."""
PUT_OFF = ("reportée", "abandonnée")


@dataclass(frozen=True)
class Action:
    """An action: its label, its days, the word of its state."""

    label: str
    first: datetime.date
    last: datetime.date
    state: str


def groups_of(facts: Facts) -> dict[str, list[Action]]:
    """The dated actions by who carries them, in the order they are written."""
    columns = (facts.column(role) for role in (GROUP, LABEL, START, END, STATE))
    groups: dict[str, list[Action]] = {}
    for group, label, start, end, state in zip(*columns, strict=True):
        first, last = day_of(start), day_of(end)
        days = [day for day in (first, last) if day]
        if days:
            action = Action(
                label, min(days), max(days), state.strip().lstrip(_SIGNS).strip().lower()
            )
            groups.setdefault(group, []).append(action)
    return groups


def draw_timeline(facts: Facts, colours: Palette, width: float) -> Image:
    """A line an action under the name of who carries it, the meetings below, the day across all.

    Raises TemplateError when no action has a date.
    """
    groups, meetings = groups_of(facts), facts.days("jalons")
    today = next(iter(facts.days("jour")), None)
    days = [day for group in groups.values() for a in group for day in (a.first, a.last)]
    if not days:
        raise TemplateError("une frise n’a aucune action datée")
    left = width * _LABELS
    # The word of a state stands after its bar.
    first, last = whole_months([*days, *meetings])
    scale = Scale(quarter_of(first), last, left, width - left - _WORD)
    told, months = _told(today, scale), _named(scale)
    head = _HEAD + (_DATE if any(_hides(told, *month) for month in months) else 0)
    rows, top = [], head
    for name, actions in groups.items():
        rows += words_at([name], 0, top + _ROW / 2, bold=True, fill=colours.dark)
        top += _ROW
        for action in actions:
            row, high = _row(action, scale, (top, width), told, colours)
            rows += row
            top += high
    foot = top
    if meetings:
        rows += _meetings(meetings, scale, top, colours)
        top += 10 * MM
        foot = top - 4 * MM
    lines = [
        line(f"M{x:.1f} {head - 1.5 * MM:.1f}V{foot:.1f}", colours.rule, THIN) for x, _ in months
    ]
    parts = [*lines, *rows, *_day(told, foot, colours), *_months(months, told, head, colours)]
    return drawn(parts, width, top + MM, colours)


def tell_timeline(facts: Facts) -> str:
    """How many actions, from when to when, how many meetings."""
    actions = [action for group in groups_of(facts).values() for action in group]
    if not actions:
        return f"Frise{NO_BREAK}: {facts.title}."
    first, last = min(a.first for a in actions), max(a.last for a in actions)
    meetings = len(facts.days("jalons"))
    more = f", et de {meetings} comité{'s' if meetings > 1 else ''} de pilotage" if meetings else ""
    return (
        f"Frise{NO_BREAK}: {facts.title}. {len(actions)} action{'s' if len(actions) > 1 else ''} "
        f"de {long_month(first)} à {long_month(last)}{more}{NARROW}; "
        "le tableau qui suit en donne les dates et l’état."
    )


@dataclass(frozen=True)
class _Told:
    """The line of the document's day: its place, its date and where that is written."""

    x: float
    said: str
    first: float
    last: float


def _told(today: datetime.date | None, scale: Scale) -> _Told | None:
    """The day, where it is within the span."""
    if today is None or not scale.first <= today <= scale.last:
        return None
    x, said = scale.at(today), f"{short_day(today)} {today.year}"
    half = width_of(said, SMALL, bold=True) / 2
    middle = min(max(x, scale.left + half), scale.left + scale.width - half)
    return _Told(x, said, middle - half, middle + half)


def _row(
    action: Action, scale: Scale, place: tuple[float, float], told: _Told | None, colours: Palette
) -> tuple[list[str], float]:
    """The label, the bar and the word of an action from some height on, and how high they are."""
    top, width = place
    lines = lines_of(action.label, scale.left - 3 * MM, SIZE)
    high = max(_ROW, LEADING * SIZE * len(lines) + 1.2 * MM)
    middle = top + high / 2
    start, end = scale.at(action.first), scale.at(action.last)
    # A day is a line that is seen.
    wide = max(end - start, 1.2 * MM)
    # What starts after the day is to come, whatever its state says.
    begun = told is None or start <= told.x
    fills = {DONE: colours.light, RUNNING: colours.dark} if begun else {}
    fill = fills.get(_kind(action.state), WHITE)
    dashed = _kind(action.state) == PUT_OFF
    bar = rect(start, middle - _BAR / 2, wide, _BAR, fill, colours.dark, thick=LINE, dashed=dashed)
    room = width_of(action.state, SMALL, bold=True)
    # After its bar, or before it at the end of the span.
    beyond = start + wide + 1.4 * MM
    if told and beyond - MM < told.x < beyond + room + MM:
        beyond = told.x + 1.4 * MM
    x, anchor = (beyond, "start") if beyond + room <= width else (start - 1.4 * MM, "end")
    parts = [*words_at(lines, 0, middle), bar]
    if action.state:
        back = x - room if anchor == "end" else x
        parts.append(rect(back - MM / 2, middle - SMALL / 2, room + MM, SMALL, WHITE))
        parts += words_at(
            [action.state], x, middle, anchor, size=SMALL, bold=True, fill=colours.dark
        )
    return parts, high


def _kind(state: str) -> tuple[str, ...]:
    return next((kind for kind in (DONE, RUNNING, PUT_OFF) if state in kind), ())


def _meetings(
    meetings: tuple[datetime.date, ...], scale: Scale, top: float, colours: Palette
) -> list[str]:
    """A diamond a meeting, its day below where there is room."""
    side, middle = 1.5 * MM * 2**0.5, top + 3.7 * MM
    parts = words_at(["Comités"], 0, middle, bold=True, fill=colours.dark)
    before = -1e6
    for day in sorted(meetings):
        x = scale.at(day)
        path = f"M{x:.1f} {middle - side:.1f}l{side:.1f} {side:.1f}l{-side:.1f} {side:.1f}"
        parts.append(
            f'<path d="{path}l{-side:.1f} {-side:.1f}Z" fill="{WHITE}" stroke="{colours.dark}" '
            f'stroke-width="{1.2 * PT:.2f}"/>'
        )
        said = short_day(day)
        if x - before > width_of(said, SMALL) + MM:
            parts += words_at([said], x, top + 8 * MM, "middle", size=SMALL)
            before = x
    return parts


def _named(scale: Scale) -> list[tuple[float, str]]:
    """The quarters that have room for their name, and where each begins; no other has a line."""
    named: list[tuple[float, str]] = []
    before, year = -1e6, 0
    for day in scale.firsts(3):
        x = scale.at(day)
        said = month_of(day) if day.year == year else f"{month_of(day)} {day.year % 100:02}"
        # A month and its year are wider than a quarter of two years.
        said = str(day.year) if day.month == 1 else said
        if x - before >= MM:
            named.append((x, said))
            before, year = x + width_of(said, SMALL), day.year
    return named


def _hides(told: _Told | None, x: float, said: str) -> bool:
    """Whether the date of the day would stand on the name of a quarter, or touch it."""
    return told is not None and told.first - MM < x + width_of(said, SMALL) and x < told.last + MM


def _months(
    months: list[tuple[float, str]], told: _Told | None, head: float, colours: Palette
) -> list[str]:
    """The names of the quarters, each on white where the line of the day crosses it."""
    middle, parts = head - 5 * MM, []
    for x, said in months:
        room = width_of(said, SMALL)
        if told and head > _HEAD and x - MM / 2 < told.x < x + room + MM / 2:
            parts.append(rect(x - MM / 2, middle - SMALL / 2, room + MM, SMALL, WHITE))
        parts += words_at([said], x, middle, size=SMALL, fill=colours.grey)
    return parts


def _day(told: _Told | None, foot: float, colours: Palette) -> list[str]:
    """The line of the document's day and its date."""
    if told is None:
        return []
    middle = (told.first + told.last) / 2
    return [
        line(f"M{told.x:.1f} {4.5 * MM:.1f}V{foot:.1f}", colours.alert, 1.2 * PT),
        *words_at([told.said], middle, 2 * MM, "middle", size=SMALL, bold=True, fill=colours.alert),
    ]
