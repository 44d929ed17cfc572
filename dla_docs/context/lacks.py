"""What a reminder lists, as its template reads it."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from dla_docs.agenda.lacking import Lack


@dataclass(frozen=True)
class Owed:
    """Something asked for and not given: what, when it was asked, awaited and last reminded."""

    quoi: str
    attendu: date | None
    envoye: date | None
    relance: date | None


def owed_of(lacks: Iterable[Lack], shelf: str, name: str) -> Iterator[Owed]:
    """What one structure or prestataire owes, and never what another does."""
    own = (lack for lack in lacks if (lack.shelf, lack.name) == (shelf, name))
    return (Owed(lack.code, lack.due, lack.asked, lack.reminded) for lack in own)
