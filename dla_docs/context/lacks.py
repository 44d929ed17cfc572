"""What a reminder lists, as its template reads it."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from dla_docs.agenda.lacking import Lack


@dataclass(frozen=True)
class Owed:
    """Something asked for and not given: what, when it was asked, awaited and last reminded.

    `arrive`: the day that came what lacks `manque` only.
    """

    quoi: str
    attendu: date | None
    envoye: date | None
    relance: date | None
    arrive: date | None = None
    manque: tuple[str, ...] = ()


def owed_of(lacks: Iterable[Lack], shelf: str, name: str) -> Iterator[Owed]:
    """What one structure or prestataire owes, and never what another does."""
    own = (lack for lack in lacks if (lack.shelf, lack.name) == (shelf, name))
    return (_owed(lack) for lack in own)


def _owed(lack: Lack) -> Owed:
    return Owed(lack.code, lack.due, lack.asked, lack.reminded, lack.came, lack.parts)
