"""Who is bound to whom by a convention (`parties`): three boxes, a verb a link, the price paid."""

from dla_docs.drawings.facts import LABEL, Facts
from dla_docs.drawings.ink import (
    LARGE,
    MM,
    PT,
    SIZE,
    SMALL,
    WHITE,
    Palette,
    drawn,
    line,
    rect,
    words_at,
)
from dla_docs.drawings.words import LEADING, lines_of, width_of
from dla_docs.model.errors import TemplateError
from dla_docs.model.images import Image
from dla_docs.model.values import NARROW, NO_BREAK
from dla_docs.model.words import enumeration

NAMES, VERB = "noms", "verbe"
"""The roles of a party: who it is, and what binds it to the next; the last is bound to the first.

Names are separated by a « | ».
"""
_WIDE, _LEAST = 38 / 150, 17 * MM
"""A box: its part of the width, the least of its height."""
_DROP = 9 * MM
"""How far below the boxes the line of the price runs."""
_STACKED, _SIDE = 110 * MM, 7 * MM
"""Under what width the boxes stand one below the other, and the room of the line beside them."""


def parties_of(facts: Facts) -> list[tuple[str, list[str], str]]:
    """The three parties: their part, their names, the verb that leads to the next."""
    columns = (facts.column(role) for role in (LABEL, NAMES, VERB))
    found = [
        (part, [name.strip() for name in names.split("|")], verb)
        for part, names, verb in zip(*columns, strict=True)
    ]
    if len(found) != 3:
        raise TemplateError(f"un schéma des parties en a trois, et non {len(found)}")
    return found


def draw_parties(facts: Facts, colours: Palette, width: float) -> Image:
    """Three boxes on a line, linked by two verbs; the third leads back below to the first."""
    found = parties_of(facts)
    if width < _STACKED:
        return _stacked(found, colours, width)
    # The links are as long as the longest word on them.
    words = (word for _, _, verb in found[:2] for word in verb.split())
    least = max(width_of(word, SMALL) for word in words) + MM
    wide = min(width * _WIDE, (width - 2 * least) / 3)
    inner = wide - 4 * MM
    gap = (width - 3 * wide) / 2
    boxes = []
    for part, names, _ in found:
        said = [cut for name in names for cut in lines_of(name, inner, SIZE)]
        boxes.append((lines_of(part, inner, SIZE, bold=True), said))
    leading = LEADING * LARGE
    high = max(_LEAST, *(leading * (len(a) + len(b)) + 5 * MM for a, b in boxes))
    middle, low = high / 2, high + _DROP
    parts = [line(f"M{wide:.1f} {middle:.1f}H{width - wide:.1f}", colours.dark, PT)]
    for rank, ((heads, said), (_, _, verb)) in enumerate(zip(boxes, found, strict=True)):
        left = rank * (wide + gap)
        parts += _box(left, (wide, high), heads, said, colours)
        if rank < 2:
            centre = left + wide + gap / 2
            # On one line above the link, else on both sides of it.
            cut = lines_of(verb, gap - MM / 2, SMALL)
            y = middle - SMALL if len(cut) == 1 else middle - LEADING * SMALL * len(cut) / 2 - PT
            parts += words_at(cut, centre, y, "middle", size=SMALL)
    first, last = wide / 2, width - wide / 2
    way = f"M{last:.1f} {high:.1f}V{low:.1f}H{first:.1f}V{high:.1f}"
    parts.append(line(way, colours.dark, PT))
    parts += _price(found[2][2], width, low, colours)
    return drawn(parts, width, low + 3 * MM, colours)


def _stacked(found: list[tuple[str, list[str], str]], colours: Palette, width: float) -> Image:
    """The boxes one below the other; the line of the price goes back to the first beside them."""
    wide, leading = width - _SIDE, LEADING * LARGE
    parts: list[str] = []
    y = start = 0.0
    for part, names, verb in found:
        heads = lines_of(part, wide - 4 * MM, SIZE, bold=True)
        said = [cut for name in names for cut in lines_of(name, wide - 4 * MM, SIZE)]
        high = leading * (len(heads) + len(said)) + 5 * MM
        parts += _box(0, (wide, high), heads, said, colours, y)
        start, y = start or high / 2, y + high
        cut = lines_of(verb, wide - 8 * MM, SMALL)
        room = max(_DROP, LEADING * SMALL * len(cut) + 3 * MM)
        parts.append(line(f"M{4 * MM:.1f} {y:.1f}v{room:.1f}", colours.dark, PT))
        parts += words_at(cut, 6 * MM, y + room / 2, size=SMALL)
        y += room
    way = f"M{4 * MM:.1f} {y:.1f}H{width - MM:.1f}V{start:.1f}H{wide:.1f}"
    return drawn([*parts, line(way, colours.dark, PT)], width, y + MM, colours)


def tell_parties(facts: Facts) -> str:
    """The three parties and what binds them."""
    (a, who_a, does), (b, who_b, helps), (c, who_c, pays) = parties_of(facts)
    return (
        f"Schéma des parties{NO_BREAK}: {facts.title}. {a} ({enumeration(who_a, 'et')}) {does} "
        f"{b} ({enumeration(who_b, 'et')}){NARROW}; {c} ({enumeration(who_c, 'et')}) {helps} "
        f"auprès d’eux{NARROW}; {pays}."
    )


def _box(
    left: float,
    size: tuple[float, float],
    heads: list[str],
    said: list[str],
    colours: Palette,
    y: float = 0,
) -> list[str]:
    """The box of a party: its part in bold, its names, a strong line on top."""
    wide, high = size
    leading, x = LEADING * LARGE, left + 2 * MM
    first = y + 2.5 * MM + leading * len(heads) / 2
    top = line(f"M{left:.1f} {y + 1.1 * PT:.1f}h{wide:.1f}", colours.dark, 2.2 * PT)
    return [
        rect(left + 0.4, y + 0.5, wide - 0.8, high - 0.9, WHITE, colours.dark, thick=0.6 * PT),
        top,
        *words_at(heads, x, first, bold=True, fill=colours.dark),
        *words_at(said, x, first + leading * (len(heads) + len(said)) / 2),
    ]


def _price(words: str, width: float, low: float, colours: Palette) -> list[str]:
    """The words of the line below, on a white ground that interrupts it."""
    room = width_of(words, SMALL) + 4 * MM
    ground = rect((width - room) / 2, low - 2.5 * MM, room, 5 * MM, WHITE)
    return [ground, *words_at([words], width / 2, low, "middle", size=SMALL)]
