"""How a mission goes: what interrupts it, and the days of work that are counted."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from dla_docs.check.facts import Facts, french, inside
from dla_docs.check.ledger import Datum
from dla_docs.model.amended import amended, replaces
from dla_docs.model.paths import at

HALTS = ("suspension", "arret")
RESUMES = ("poursuite", "reorientation")
"""Decisions after which a mission that was interrupted goes on."""


@dataclass(frozen=True)
class Halt:
    """A decision that interrupts a mission: nothing is worked after `start` and before `end`.

    Both are days written AAAA-MM-JJ; `end` is empty while nothing says that the mission goes on.
    """

    alert: Datum
    start: str
    end: str = ""

    @property
    def stops(self) -> bool:
        """Whether the mission is stopped, and not only suspended."""
        return bool(self.alert.value["decision"] == "arret")

    @property
    def name(self) -> str:
        """As a sentence names it."""
        return f"{'l’arrêt' if self.stops else 'la suspension'} de la mission"

    @property
    def when(self) -> str:
        """As a sentence places what comes during it."""
        if self.stops:
            return f"après {self.name} ({french(self.start)})"
        until = f" au {french(self.end)}" if self.end else ", sans reprise notée"
        return f"pendant {self.name} (du {french(self.start)}{until})"

    def covers(self, day: str) -> bool:
        """Whether a day is inside; the day it is decided and the day it ends are days of work."""
        return self.start < day and (not self.end or day < self.end)


def halts(facts: Facts) -> tuple[Halt, ...]:
    """What interrupts the mission of a scope, in order of time."""
    decided = sorted(_decided(facts), key=lambda pair: pair[0])
    found = []
    for rank, (start, alert) in enumerate(decided):
        if alert.value["decision"] in HALTS:
            later = (d for d, a in decided[rank + 1 :] if a.value["decision"] in (*RESUMES, *HALTS))
            known = alert.value["decision"] == "suspension" and at(alert.value, ("date_reprise",))
            found.append(Halt(alert, start, str(known or next(later, ""))))
    return tuple(found)


def _decided(facts: Facts) -> Iterator[tuple[str, Datum]]:
    """The alerts that have a decision, with its day, or theirs where it has none."""
    for alert in facts.data("realisation.alertes[]"):
        day = alert.value.get("date_decision", alert.value.get("date"))
        if "decision" in alert.value and day:
            yield str(day), alert


def halted(facts: Facts) -> Halt | None:
    """What interrupts the mission on the day of the facts; None while it goes on."""
    today = facts.day.isoformat()
    return next(
        (h for h in halts(facts) if h.start <= today and (not h.end or today < h.end)), None
    )


def interrupted(facts: Facts) -> bool:
    """Whether the mission is suspended or stopped on the day of the facts."""
    return halted(facts) is not None


def unresumed(facts: Facts) -> Halt | None:
    """What the mission never came back from: a stop, or a suspension without an end."""
    return next((halt for halt in halts(facts) if not halt.end), None)


@dataclass(frozen=True)
class Count:
    """A quantity, and the data it is counted from."""

    total: Decimal
    data: tuple[Datum, ...]


AGREED: Mapping[str, tuple[str, ...]] = {
    "jours": ("delta_jours",),
    "montant.ttc": ("delta_ttc", "delta_ht"),
}
"""What a convention counts, and where an avenant says how it changes: the first that is there."""


def agreed(facts: Facts, path: str) -> Count | None:
    """What the convention counts with its avenants; None while it does not say it."""
    written = facts.at(f"convention.{path}")
    if written is None or written.value is None:
        return None
    total = at(amended(written.source.data), tuple(path.split(".")))
    data = (written, *changes(facts, path))
    return Count(Decimal(total), data)


def changes(facts: Facts, path: str, start: int = 0, stop: int | None = None) -> Iterator[Datum]:
    """What changes a count of the convention, in its avenants of these ranks; in all by default."""
    for avenant in list(facts.data("convention.avenants[]"))[start:stop]:
        told = (inside(avenant, key) for key in AGREED[path])
        yield from [datum for datum in told if datum.value is not None][:1]


def shares(facts: Facts) -> list[Datum]:
    """The amount of each funder's share, as the last avenants leave it."""
    stated = [d for d in facts.data("convention.avenants[].repartition") if d.value]
    if not stated:
        return list(facts.data("convention.repartition[].montant_ttc"))
    amounts = (inside(stated[-1], rank, "montant_ttc") for rank in range(len(stated[-1].value)))
    return [amount for amount in amounts if amount.value is not None]


@dataclass(frozen=True)
class Instalment:
    """A payment that is due: where it is written, its amount with tax, what that is counted from.

    `amount` is None while nothing tells it.
    """

    written: Datum
    amount: Decimal | None
    data: tuple[Datum, ...]


def schedule(facts: Facts) -> tuple[Instalment, ...]:
    """The payments that are due, as the last avenants leave them; none without a convention."""
    held = facts.file("convention")
    if held is None or not isinstance(held.data, dict):
        return ()
    avenants = list(facts.data("convention.avenants[]"))
    stated = [rank for rank, one in enumerate(avenants) if replaces(one.value)]
    first = stated[-1] + 1 if stated else 0
    written = (
        list(_inside(avenants[stated[-1]], "echeancier"))
        if stated
        else list(facts.data("convention.echeancier[]"))
    )
    new = [one for avenant in avenants[first:] for one in _inside(avenant, "versements")]
    placed = [*written[:-1], *new, *written[-1:]]
    # Both read the elements that are there, in the same order.
    due = amended(held.data)["echeancier"] if avenants else [one.value for one in placed]
    return tuple(
        _instalment(facts, datum, one, first if rank == len(placed) - 1 else None)
        for rank, (datum, one) in enumerate(zip(placed, due, strict=True))
    )


def _inside(avenant: Datum, key: str) -> Iterator[Datum]:
    """The elements of a list of an avenant that are there."""
    listed = inside(avenant, key)
    ranks = range(len(listed.value or ()))
    yield from (one for rank in ranks if (one := inside(listed, rank)).value is not None)


def _instalment(
    facts: Facts, written: Datum, due: Mapping[str, Any], first: int | None
) -> Instalment:
    """One payment; `first`: for the balance, the first avenant that changes it."""
    own = [inside(written, key) for key in ("montant_ttc", "pourcentage")]
    data = [datum for datum in own if datum.value is not None][:1]
    if first is not None:
        data += changes(facts, "montant.ttc", first)
    amount = due.get("montant_ttc")
    return Instalment(written, None if amount is None else Decimal(amount), tuple(data))


def days_done(facts: Facts) -> Count | None:
    """The days of work to be paid, those of the report; else those that the decision tells.

    Days worked while the mission is interrupted do not count. None while nothing tells.
    """
    pauses = halts(facts)
    days = list(facts.data("rapport-final.calendrier[]"))
    if days:
        sound = [d for d in days if not any(p.covers(str(d.value.get("date", ""))) for p in pauses)]
        counted = [inside(day, "duree") for day in sound]
        return _count([datum for datum in counted if datum.value is not None])
    # What a report that came as a file counts is written as one number.
    if read := list(facts.data("rapport-final.jours_realises")):
        return _count(read)
    told = [inside(pause.alert, "jours_effectues") for pause in pauses]
    told = [datum for datum in told if datum.value is not None]
    return _count(told[-1:]) if told else None


def _count(data: list[Datum]) -> Count:
    return Count(sum((Decimal(datum.value) for datum in data), Decimal(0)), tuple(data))


def due_price(facts: Facts) -> Decimal | None:
    """What is due, with tax, for the days done of a mission that was stopped, or never resumed.

    None for one that went to its end, or while days or price are not known.
    """
    done, days = days_done(facts), agreed(facts, "jours")
    price = agreed(facts, "montant.ttc")
    if not (unresumed(facts) and done and days and price) or days.total <= 0:
        return None
    return price.total * min(Decimal(1), done.total / days.total)
