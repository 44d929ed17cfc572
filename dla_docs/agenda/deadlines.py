"""The deadlines of a mission, of a dossier, of a comité: those of `echeances.yaml`, and four more.

What asks for judgement is here: refusals (owed to several), the restitution (held, planned, or to
be held), the balance (due after the last of several things), the review of a mission (kept in the
file of its dossier).
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path as File
from typing import Any

from dla_docs.check.facts import Facts
from dla_docs.check.ledger import Datum
from dla_docs.check.mission import unresumed
from dla_docs.disk.reading import read_ours
from dla_docs.load.places import TERRITORY
from dla_docs.load.scopes import Scope
from dla_docs.load.yaml_reader import parse
from dla_docs.model.amended import amended
from dla_docs.model.days import day_of, days_after
from dla_docs.model.paths import at
from dla_docs.model.values import NO_BREAK, long_date

Record = Mapping[str, Any]


@dataclass(frozen=True)
class Deadline:
    """A day by which something is owed, or on which people meet (`meeting`).

    `key` tells one of several of an `id` in a scope: a structure, the day of an alert. Days are
    written AAAA-MM-JJ, hours HH:MM; what is not known is empty. `done`: it came. `cancelled`: the
    mission was stopped before. `told`: what to do in `dla` once it is past.
    """

    scope: Scope
    id: str
    key: str
    title: str
    day: str
    hour: str = ""
    end: str = ""
    place: str = ""
    meeting: bool = False
    done: bool = False
    cancelled: bool = False
    told: str = ""


def deadlines(facts: Facts) -> tuple[Deadline, ...]:
    """What is due in a scope, in the order of an accompaniment, whatever the day."""
    seen = amended_facts(facts)
    plain = [one for record in records() for one in _of(record, seen)]
    found = [*plain, *(one for rule in JUDGED for one in rule(seen))]
    halt = unresumed(facts) if facts.scope.level == "ingenierie" else None
    if halt is None or not halt.stops:
        return tuple(found)
    # What a stopped mission was to do is owed no more; what follows its end still is.
    owed = {"paiement", "solde", "enquete", "bilan", "restitution"}
    return tuple(
        replace(one, cancelled=not one.done and one.day > halt.start and one.id not in owed)
        for one in found
    )


@lru_cache(maxsize=1)
def records() -> tuple[Record, ...]:
    """The records of `echeances.yaml`, read once: only two commands need them."""
    path = File(__file__).with_name("echeances.yaml")
    return tuple(parse(path.name, read_ours(path)).data)


def amended_facts(facts: Facts) -> Facts:
    """The facts with the convention as its avenants leave it: their dates are those that hold."""
    source = facts.scope.parts.get("convention")
    if source is None or not isinstance(source.data, dict):
        return facts
    state = replace(source, data=amended(source.data))
    scope = replace(facts.scope, parts={**facts.scope.parts, "convention": state})
    return replace(facts, scope=scope)


def _of(record: Record, facts: Facts) -> Iterator[Deadline]:
    """The deadlines that a record makes in a scope of its level."""
    if record["portee"] != facts.scope.level:
        return
    dated = (list(facts.data(path)) for path in record["jour"])
    for datum in next((found for found in dated if found), ()):
        day = day_of(datum.value)
        if day and "delai" in record:
            day = days_after(day, facts.parameter(record["delai"]))
        if not day:
            continue
        words = {key: _near(record.get(key), datum, facts) for key in ("heure", "fin", "lieu")}
        subject = _near(record.get("objet"), datum, facts)
        yield Deadline(
            scope=facts.scope,
            id=record["id"],
            key=_near(record.get("cle"), datum, facts),
            title=f"{record['titre']}{NO_BREAK}: {subject}" if subject else record["titre"],
            day=day.isoformat(),
            hour=words["heure"],
            end=words["fin"] if words["heure"] else "",
            place=words["lieu"],
            meeting=record.get("seance", False),
            done=bool(_near(record.get("fait"), datum, facts)),
            told=record.get("attend", ""),
        )


def _near(path: str | None, datum: Datum, facts: Facts) -> str:
    """What a path names: beside a datum where it begins with a dot, one level up with two.

    Empty where there is nothing.
    """
    if path is None:
        return ""
    name = path.lstrip(".")
    up = len(path) - len(name)
    value = at(datum.source.data, (*datum.pointer[:-up], name)) if up else facts.value(path)
    return "" if value is None else str(value)


def _refusals(facts: Facts) -> Iterator[Deadline]:
    """Those not retained hear of it within a delay (R-SEL-06): where there are some."""
    day = day_of(facts.value("choix.date"))
    told = [letter.value for letter in facts.data("choix.notifications[decision=non_retenue]")]
    others = set(facts.series("proposition")) - {facts.value("choix.retenu")}
    if facts.scope.level == "ingenierie" and day and (told or others):
        due = days_after(day, facts.parameter("notification_jours")).isoformat()
        sent = {one.get("prestataire") for one in told if one.get("date")}
        title = "Écrire aux prestataires non retenus"
        done = bool(sent) and others <= sent
        what = "Noter chaque lettre dans choix.yaml (notifications), puis dla mail refus."
        yield Deadline(facts.scope, "refus", "", title, due, done=done, told=what)


def _restitution(facts: Facts) -> Iterator[Deadline]:
    """The day it is held or, until then, that of the calendar, else the last of the mission.

    A calendar drawn up before an avenant may give a day that is before the report: nobody meets
    about a report that is not written.
    """
    if facts.scope.level != "ingenierie":
        return
    one = Deadline(facts.scope, "restitution", "", "Restitution", "", meeting=True)
    if held := facts.value("restitution.date"):
        keys = ("heure", "heure_fin", "lieu")
        hour, end, place = (str(facts.value(f"restitution.{key}", "")) for key in keys)
        held_by = facts.value("restitution.synthese") is not None
        convened = day_of(facts.value("restitution.date_convocation"))
        told = f"Convocation envoyée le {long_date(convened)}." if convened else CONVENE
        yield replace(one, day=held, hour=hour, end=end, place=place, done=held_by, told=told)
        return
    reported = str(facts.value("convention.date_rapport", ""))
    planned = (day for path in PLANNED for day in [facts.value(path)] if day and day >= reported)
    if day := next(planned, None):
        yield replace(one, day=day, told=f"La noter : dla new restitution. {CONVENE}")
    elif last := facts.value("convention.date_fin"):
        title = "Dernier jour pour tenir la restitution"
        yield replace(one, title=title, day=last, meeting=False)


CONVENE = "Convoquer chacun : dla mail restitution."
PLANNED = (
    "realisation.lancement.calendrier[objet=Restitution].date",
    "cahier-des-charges.calendrier.etapes[objet=Restitution].date",
)
"""What plans a restitution, the latest agreed first."""


def _balance(facts: Facts) -> Iterator[Deadline]:
    """The balance is paid after the last of what it waits for (R-SOL-05), invoice aside.

    An invoice has its own deadline.
    """
    if facts.scope.level != "ingenierie":
        return
    days = [facts.value(path) for path in ("rapport-final.date", "restitution.date")]
    last = (
        day_of(max(*days, facts.value("rapport-final.acceptation.date", ""))) if all(days) else None
    )
    if last:
        due = days_after(last, facts.parameter("solde_jours")).isoformat()
        paid = facts.value("reglement.versements[libelle=solde].date_paiement")
        told = "Noter le jour du virement dans reglement.yaml (date_paiement)."
        title = "Payer le solde, facture reçue"
        yield Deadline(facts.scope, "solde", "", title, due, done=bool(paid), told=told)


def _review(facts: Facts) -> Iterator[Deadline]:
    """The structure is met again about its mission (R-SUI-01), on the day planned for it."""
    if facts.scope.level != "ingenierie":
        return
    met = [
        review.value
        for review in facts.data("suivi.bilans[]")
        if review.value.get("ingenierie") == facts.scope.name
    ]
    planned = next((one["date_prevue"] for one in met if one.get("date_prevue")), "")
    ended = day_of(facts.value("restitution.date") or facts.value("convention.date_fin"))
    latest = days_after(ended, facts.parameter("bilan_jours")).isoformat() if ended else ""
    if planned or latest:
        done = any(one.get("date") for one in met)
        told = "Noter le bilan dans suivi.yaml (bilans)."
        title = "Bilan de la mission avec la structure"
        yield Deadline(facts.scope, "bilan", "", title, planned or latest, done=done, told=told)


JUDGED: tuple[Callable[[Facts], Iterator[Deadline]], ...] = (
    _refusals,
    _restitution,
    _balance,
    _review,
)


def scopes_of(facts: Facts) -> Iterator[Facts]:
    """The facts of every scope of a corpus that may have deadlines, its own units alone."""
    for scope in facts.corpus.level("dossier", "ingenierie", "comite", TERRITORY):
        if facts.corpus.owns(scope):
            yield facts.within(scope)
