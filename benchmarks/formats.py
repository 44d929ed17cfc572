"""What a document takes, format by format, in one process: a document of every second type."""

from collections.abc import Iterator

from benchmarks.measure import Work, in_rounds
from benchmarks.ours import FORMATS, Desk
from benchmarks.results import Line

SECONDS = 60.0
"""Two rounds, when the first takes less than half of it."""


def measured(desk: Desk) -> Iterator[Line]:
    """Seconds a document, from what was examined to the bytes."""
    # Every second one: all of them would take two minutes more, and tell the same (measured).
    documents = desk.ours.one_of_each()[::2]
    asked = {**{name.upper(): (name,) for name in FORMATS}, "les quatre formats": FORMATS}
    works = [
        Work(desk.ours.making(documents, *formats), len(documents)) for formats in asked.values()
    ]
    # All four once, which does not count: templates are compiled, logos drawn, fonts loaded.
    works[-1].do()
    for what, costs in zip(asked, in_rounds(works, SECONDS), strict=True):
        yield Line(f"{what} ({len(documents)} documents de types différents)", alone=costs)
