"""What a document takes, format by format, in one process: one document of each type."""

from collections.abc import Iterator

from benchmarks.measure import Work, repeated
from benchmarks.ours import FORMATS, Desk
from benchmarks.results import Line

SECONDS = 12.0
"""For each line: five lines in a minute."""


def measured(desk: Desk) -> Iterator[Line]:
    """Seconds a document, from what was examined to the bytes."""
    documents = desk.ours.one_of_each()
    asked = {**{name.upper(): (name,) for name in FORMATS}, "les quatre formats": FORMATS}
    for what, formats in asked.items():
        work = Work(desk.ours.making(documents, *formats), len(documents))
        yield Line(
            f"{what} ({len(documents)} documents, un par type)", alone=repeated(work, SECONDS)
        )
