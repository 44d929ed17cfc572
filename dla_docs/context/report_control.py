"""The control of a final report: its points, how it was handed in, whether all is in order."""

from dataclasses import dataclass

from dla_docs.check.facts import Facts
from dla_docs.context.points import ABSENT, TO_READ, Block
from dla_docs.context.report_points import report_blocks
from dla_docs.context.verdict import Condition, Judged, State, conditions, grounds_of
from dla_docs.documents.documents import Document

HANDED = ("formats", "jours")
"""The conditions of a payment that are about how a report is handed in."""


@dataclass(frozen=True)
class ReportControl:
    """What a report holds of what it owes, by block, and how it was handed in (`remise`)."""

    blocs: tuple[Block, ...]
    remise: tuple[Condition, ...]

    @property
    def en_ordre(self) -> bool:
        """Whether nothing is absent, nor left to read."""
        states = {str(point.etat) for _, points in self.blocs for point in points}
        return states.isdisjoint({ABSENT, TO_READ}) and not self.manques

    @property
    def manques(self) -> tuple[Condition, ...]:
        """What was not handed in as it is due."""
        return tuple(one for one in self.remise if one.etat is State.ABSENT)


def report_control(document: Document, facts: Facts, judged: Judged) -> ReportControl:
    """The control of the report of a mission, on the day of `facts`."""
    blocs = report_blocks(grounds_of(document, facts, judged))
    return ReportControl(blocs, tuple(conditions(document, facts, judged, HANDED)))
