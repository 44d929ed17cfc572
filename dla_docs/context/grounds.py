"""What a control of balance looks at, and what it finds of one condition."""

from dataclasses import dataclass
from functools import cached_property
from typing import Any

from dla_docs.check.facts import Facts, french
from dla_docs.check.mission import halts
from dla_docs.documents.documents import Document
from dla_docs.documents.types import DocumentType


@dataclass(frozen=True)
class Evidence:
    """What is lacking, or what there is (`said`), or why nothing is asked (`needless`).

    `brief`: what there is in a few words, where `said` takes more than a line.
    """

    lacks: tuple[str, ...] = ()
    said: str = ""
    needless: str = ""
    brief: str = ""


@dataclass(frozen=True)
class Grounds:
    """What a control looks at: the facts of its mission on its day, and what the report owes."""

    facts: Facts
    document: Document
    report: DocumentType | None = None

    @cached_property
    def today(self) -> str:
        """The day of the control."""
        return self.facts.day.isoformat()

    @cached_property
    def paid(self) -> tuple[str, ...]:
        """The prestataires to be paid: those of the convention, else the one retained."""
        listed = self.facts.data("convention.parties.prestataire[].prestataire")
        names = [datum.value for datum in listed] or [self.facts.value("choix.retenu")]
        return tuple(dict.fromkeys(name for name in names if name))

    @cached_property
    def interruptions(self) -> tuple[str, ...]:
        """The conditions that what interrupted the mission is about."""
        return tuple({"arret" if halt.stops else "suspension": 0 for halt in halts(self.facts)})

    def later(self, day: Any) -> str:
        """What says that something came too late for this control; empty if it did not."""
        return f" le {french(day)}, après ce contrôle" if day and day > self.today else ""
