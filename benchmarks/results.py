"""What was measured, before it is written."""

from dataclasses import dataclass

from benchmarks.measure import Cost, Pair


@dataclass(frozen=True)
class Line:
    """One thing that was measured: against a peer in pairs, or alone; or why it was not.

    `what` is told in French, as the page shows it.
    """

    what: str
    pairs: tuple[Pair, ...] = ()
    alone: tuple[Cost, ...] = ()
    absent: str = ""


@dataclass(frozen=True)
class Part:
    """Lines that are read together, and what they are measured on, in French."""

    title: str
    on: str
    lines: tuple[Line, ...]
