"""How close a word processor sets a document, that its last page is not nearly empty."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Notch:
    """Points of the text and of its lines, those of tables; the part that is left of spaces.

    `heads`: of those around titles and figures, which part the page for the eye. `under`: points
    under a title, at least.
    """

    size: float
    line: float
    cell_size: float
    cell_line: float
    space: float
    cell_space: float
    heads: float = 1.0
    under: float = 0.0


OF_CHARTER = Notch(10.5, 15.0, 9.5, 12.5, 1.0, 1.0)
"""What the charter asks for: nothing is closer."""
CLOSER = Notch(10.5, 13.9, 9.0, 12.0, 0.7, 0.55, 0.75)
"""The first one that a reader hardly sees."""
ONE_PAGE = Notch(10.0, 13.3, 9.0, 12.0, 0.65, 0.5, 0.65)
"""Smaller letters: what a short text asks for, to hold on its page."""
TIGHT = Notch(10.0, 12.6, 9.0, 11.5, 0.42, 0.3, 0.45)
"""The closest that stays easy to read."""
LADDER = (OF_CHARTER, CLOSER, ONE_PAGE, TIGHT)
"""From the airiest to the closest."""
LETTER = Notch(10.0, 13.5, 9.0, 12.0, 0.65, 0.75, 0.65)
"""A letter whose words, address and funders would not hold on one page."""


UNDER_FIGURE = 4.0
"""Points under a drawing, however close a document is set: its bars would touch what follows."""


@dataclass(frozen=True)
class Titles:
    """Points of a title beyond the paragraph above it, line and spaces, by its kind.

    `apart`: those that part columns or a box from what follows; `band`: those of a coloured band,
    at least, with what stands around it; `bound`: a drawing goes with the first row of a long
    table, and tables of some rows are split; `longer`: than guessed, lines measured by their words,
    or `alone`, on one page; `least`: the part of its spaces that a title always keeps; `figures`:
    points around those, which go with the spaces of titles as do those around a question.
    """

    part: float
    article: float
    free: float
    second: float
    third: float
    apart: float
    band: float
    bound: bool
    longer: float
    alone: float
    least: float
    figures: float = 0.0


WORD = Titles(
    34.0, 16.4, 17.5, 17.0, 15.0, 8.0, 140.0, bound=True, longer=1.015, alone=1.0, least=0.6
)
"""Those of a Word document: of two spaces that meet, the larger alone stays."""
WRITER = Titles(
    46.0,
    26.4,
    24.0,
    21.5,
    16.0,
    0.0,
    153.0,
    bound=False,
    longer=1.03,
    alone=1.02,
    least=0.0,
    figures=20.0,
)
"""Those of an ODT, whose spaces add up."""
