"""The structures to follow after their accompaniment: whose turn it is, how many are asked for.

A follow-up is optional, for « un nb de structures identifiées » [seed 003]: the delay and the rate
are parameters of the territory, the choice is its people's.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from math import ceil
from typing import Any

from dla_docs.load.corpus import Corpus
from dla_docs.load.references import parameter
from dla_docs.load.scopes import Scope
from dla_docs.model.days import day_of, months_after
from dla_docs.model.paths import Path

DIAGNOSTIC = Path.parse("diagnostic.date")
PLANNED = Path.parse("suivi.post_accompagnement_prevu")
DONE = Path.parse("suivi.post_accompagnement[]")
STRUCTURES = Path.parse("dossier.structures[]")
FOLLOWED = {path.part for path in (DIAGNOSTIC, PLANNED, DONE, STRUCTURES)}
"""The kinds of files that a sample is drawn from, besides the territory."""


@dataclass(frozen=True)
class Due:
    """A structure whose window has opened: from one day to another, counted from the diagnostic.

    `prevu` is the day its follow-up is planned for, `fait` the day it was done.
    """

    dossier: str
    structure: str
    diagnostic: date
    de: date
    jusqu_au: date
    prevu: date | None
    fait: date | None


@dataclass(frozen=True)
class Sample:
    """Who is due on a day, the window still open first; the rate asked, in per cent."""

    jour: date
    taux: int | Decimal
    dues: tuple[Due, ...]

    @property
    def asked(self) -> int:
        """How many structures the rate asks to follow: a part of one counts for one."""
        return ceil(self.taux * len(self.dues) / 100)

    @property
    def done(self) -> int:
        """How many were followed."""
        return sum(due.fait is not None for due in self.dues)

    @property
    def planned(self) -> int:
        """How many are to be followed on a day that is set."""
        return sum(due.fait is None and due.prevu is not None for due in self.dues)


def sample(corpus: Corpus, day: date) -> Sample:
    """The sample of a day, of the dossiers read; what comes after that day is not known yet."""
    bounds = tuple(int(parameter(corpus, f"suivi_{end}_mois")) for end in ("min", "max"))
    found = (due for scope in corpus.level("dossier") for due in _dues(scope, bounds, day))
    first = sorted(found, key=lambda d: (d.jusqu_au < day, d.jusqu_au, d.dossier, d.structure))
    return Sample(day, parameter(corpus, "suivi_taux"), tuple(first))


def _dues(scope: Scope, bounds: tuple[int, ...], day: date) -> Iterator[Due]:
    begun = day_of(_first(scope, DIAGNOSTIC))
    if begun is None:
        return
    opens, closes = (months_after(begun, months) for months in bounds)
    planned = day_of(_first(scope, PLANNED))
    done: dict[str, date] = {}
    for one in _all(scope, DONE):
        name, held = str(one.get("structure")), day_of(one.get("date"))
        if held and held <= day:
            done[name] = max(held, done.get(name, held))
    for name in map(str, _all(scope, STRUCTURES) if opens <= day else ()):
        yield Due(scope.name, name, begun, opens, closes, planned, done.get(name))


def _all(scope: Scope, path: Path) -> list[Any]:
    source = scope.part(path.part)
    return [value for _, value in path.of(source.data)] if source else []


def _first(scope: Scope, path: Path) -> Any:
    return next(iter(_all(scope, path)), None)
