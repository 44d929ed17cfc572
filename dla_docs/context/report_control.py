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
    """What a report holds of what it owes, by block, and how it was handed in (`remise`).

    `acceptation`: that it is accepted on the day of the control, and with what reserves, empty
    before it is; `a_lever`: whether some of them are not lifted.
    """

    blocs: tuple[Block, ...]
    remise: tuple[Condition, ...]
    acceptation: str = ""
    a_lever: bool = False

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
    accepted, still = _acceptance(facts)
    return ReportControl(blocs, tuple(conditions(document, facts, judged, HANDED)), accepted, still)


def _acceptance(facts: Facts) -> tuple[str, bool]:
    """How the report is accepted on the day of `facts`, and whether reserves are left to lift."""

    def come(key: str) -> bool:
        day = facts.value(f"rapport-final.acceptation.{key}")
        return bool(day) and day <= facts.day.isoformat()

    if not come("date"):
        return "", False
    if not facts.value("rapport-final.acceptation.reserves"):
        return "accepté sans réserve", False
    if come("levee_reserves"):
        return "accepté, réserves levées", False
    return "accepté avec des réserves à lever", True
