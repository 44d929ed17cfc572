"""Results year by year around zero (`resultats`): a small chart a structure, on one scale."""

from decimal import Decimal

from dla_docs.drawings.facts import LABEL, Facts, amount
from dla_docs.drawings.ink import MM, SIZE, Palette, drawn, hatched, line, rect, words_at
from dla_docs.drawings.words import lines_of
from dla_docs.model.images import Image
from dla_docs.model.values import NARROW, NO_BREAK

_WIDE, _GUTTER, _BAR = 71 / 150, 8 / 150, 12 * MM
"""Two charts a line, their gutter, and a bar."""
_TALL, _VALUE = 17 * MM, 5.5 * MM
"""The longest bar on either side of zero, and the room of a number beyond it or across the line."""


def draw_results(facts: Facts, colours: Palette, width: float) -> Image:
    """A chart a row: full above zero, hatched below, the year on the other side of the line."""
    columns = facts.series()
    values = [[amount(said[rank]) if said[rank] else None for _, said in columns]
              for rank in range(len(facts.shown))]  # fmt: skip
    flat = [value for row in values for value in row if value is not None]
    most = max(map(abs, flat), default=Decimal(1)) or Decimal(1)
    # Room below zero only for what is below: years stand there else.
    above = _TALL * float(max(Decimal(0), *flat) / most) + _VALUE
    below = _TALL * float(-min(Decimal(0), *flat) / most) + _VALUE
    # Alone, a chart has the whole width.
    wide = width * (_WIDE if len(facts.shown) > 1 else 1)
    parts, top = [], 0.0
    for rank, label in enumerate(facts.column(LABEL)):
        if rank and not rank % 2:
            top += above + below + 8 * MM
        left = (wide + width * _GUTTER) * (rank % 2)
        heads = lines_of(label, wide, SIZE, bold=True)
        parts += words_at(heads[:1], left, top + 2 * MM, bold=True)
        zero = top + 5 * MM + above
        for place, (name, said) in enumerate(columns):
            middle = left + wide * (place + 0.5) / len(columns)
            value = values[rank][place]
            parts += _year(name, said[rank], value, (middle, zero), float(most), colours)
        parts.append(line(f"M{left:.1f} {zero:.1f}h{wide:.1f}", colours.ink))
    default = "Plein : excédent ; hachures : déficit. Même échelle pour tous."
    note, end = facts.options.get("legende", default), top + 5 * MM + above + below
    if not note:
        return drawn(parts, width, end, colours)
    parts += words_at([note], 0, end + 3.5 * MM, fill=colours.grey)
    return drawn(parts, width, end + 6 * MM, colours)


def tell_results(facts: Facts) -> str:
    """Each structure with its result of each year."""
    columns = facts.series()
    told = []
    for rank, label in enumerate(facts.column(LABEL)):
        years = ", ".join(f"{said[rank]} en {name}" for name, said in columns if said[rank])
        told.append(f"{label}{NO_BREAK}: {years}")
    return f"Résultats par année{NO_BREAK}: {facts.title}. {f'{NARROW}; '.join(told)}."


def _year(
    name: str,
    said: str,
    value: Decimal | None,
    at: tuple[float, float],
    most: float,
    colours: Palette,
) -> list[str]:
    """The bar of a year, its value at its end and the year across the line."""
    middle, zero = at
    if value is None:
        return words_at([name], middle, zero + _VALUE / 2, "middle", fill=colours.grey)
    length = _TALL * float(abs(value)) / most
    left, side = middle - _BAR / 2, 1 if value < 0 else -1
    if value < 0:
        bar = hatched(left, zero, _BAR, length, colours.dark)
    else:
        bar = rect(left, zero - length, _BAR, length, colours.dark, colours.dark)
    beyond = zero + side * (length + _VALUE / 2)
    return [
        bar,
        *words_at([said], middle, beyond, "middle", bold=True),
        *words_at([name], middle, zero - side * _VALUE / 2, "middle", fill=colours.grey),
    ]
