"""What others were asked for and have not given yet: what a reminder lists, and nothing else.

What a day of the data awaits (a note, a report) lacks once that day is past; what was sent to be
answered or signed lacks from the next day on; a survey, once its delay is past.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from dla_docs.agenda.incomplete import lacks_of_offer
from dla_docs.check.facts import Facts, inside
from dla_docs.check.ledger import Datum
from dla_docs.check.mission import interrupted
from dla_docs.load.corpus import Corpus
from dla_docs.load.scopes import Scope
from dla_docs.model.amended import amended_on
from dla_docs.model.days import day_of, days_after
from dla_docs.model.findings import Pointer
from dla_docs.model.paths import at

REMINDERS = "relances"
POINTS: Pointer = ("points",)
"""Where the reminders of a mission under way are noted, in `realisation.yaml`: they are exchanges
with the prestataire, as the others."""
OF_MISSION = ("note_mi_parcours", "rapport_final", "facture", "fiche")
"""What an exchange may ask for again: the values of `points[].relance`."""


@dataclass(frozen=True)
class Lack:
    """Something that a structure or a prestataire owes: `code`, as `message.yaml` names it.

    `part` and `place`: the list of the data where a reminder is noted. `due`: the day it is awaited
    for; `asked`: the day it was sent; `reminded`: the last reminder. None where nothing tells.
    `came`: the day that came what lacks `parts` only, in words; None where nothing did.
    """

    scope: Scope
    code: str
    shelf: str
    name: str
    part: str
    place: Pointer
    due: date | None = None
    asked: date | None = None
    reminded: date | None = None
    came: date | None = None
    parts: tuple[str, ...] = ()


def lacking(facts: Facts) -> tuple[Lack, ...]:
    """What the files of a mission show as asked for and not given, on the day of the facts."""
    rules = (_answers, _offers, _signatures, _deliveries, _invoice, _fiche, _surveys)
    return tuple(lack for rule in rules for lack in rule(facts))


def lacking_in(dossier: Scope, corpus: Corpus, day: date) -> tuple[Lack, ...]:
    """The same for every mission of a dossier."""
    missions = (s for s in corpus.level("ingenierie") if s.parent and s.parent.path == dossier.path)
    return tuple(lack for scope in missions for lack in lacking(Facts(scope, corpus, day)))


def _past(day: date | None, facts: Facts) -> bool:
    return day is not None and day < facts.day


def _answers(facts: Facts) -> Iterator[Lack]:
    """Who was called and has said nothing, until the choice is made."""
    if facts.value("choix.date"):
        return
    came = facts.series("proposition")
    for one in facts.data("consultation.destinataires[]"):
        due, asked = _call(facts, one)
        silent = one.value.get("reponse") in (None, "en_attente")
        known = "prestataire" in one.value and one.value["prestataire"] not in came
        if known and silent and _past(asked, facts):
            yield _noted(facts, "reponse", "prestataires", one, due, asked)


def _call(facts: Facts, one: Datum) -> tuple[date | None, date | None]:
    """The last day that a prestataire has to answer, and the day it was called."""
    limit = facts.value("cahier-des-charges.reponse.date_limite")
    asked = one.value.get("date_envoi") or facts.value("consultation.date_envoi")
    return day_of(one.value.get("date_limite") or limit), day_of(asked)


def _offers(facts: Facts) -> Iterator[Lack]:
    """What lacks in a proposition that came, until the choice is made."""
    if facts.value("choix.date"):
        return
    for one in facts.data("consultation.destinataires[]"):
        source = facts.series("proposition").get(one.value.get("prestataire"))
        if source and isinstance(source.data, dict):
            yield from offer_lack(facts, one, source.data)


def offer_lack(facts: Facts, one: Datum, offer: Mapping[str, Any]) -> Iterator[Lack]:
    """The same for one prestataire, `one` of those called: nothing where its offer is whole."""
    parts = tuple(lacks_of_offer(offer, facts.corpus.kinds["proposition"].schema))
    if parts:
        lack = _noted(facts, "proposition", "prestataires", one, None, None)
        yield replace(lack, came=day_of(offer.get("date_reception")), parts=parts)


def _signatures(facts: Facts) -> Iterator[Lack]:
    """Who has not signed the convention, once it is drawn up; the DLA itself is not reminded."""
    start = day_of(facts.value("convention.date_debut"))
    for side, shelf, key in _SIGNING:
        for party in facts.data(f"convention.parties.{side}[]"):
            asked = day_of(party.value.get("date_envoi") or facts.value("convention.date"))
            signed = at(party.value, ("signature", "date"))
            if key in party.value and not signed and _past(asked, facts):
                yield _noted(facts, "signature", shelf, party, start, asked)


_SIGNING = (
    ("beneficiaire", "structures", "structure"),
    ("prestataire", "prestataires", "prestataire"),
)


def _noted(
    facts: Facts, code: str, shelf: str, one: Datum, due: date | None, asked: date | None
) -> Lack:
    """What an element of the data lacks: its own reminders are beside it."""
    listed = inside(one, REMINDERS)
    part, name = facts.corpus.kind_of[one.source.path].name, str(one.value[shelf.removesuffix("s")])
    # Asked after the day it was awaited for: that day means nothing any more.
    due = None if due and asked and due < asked else due
    last = max(map(str, listed.value or ()), default=None)
    return Lack(facts.scope, code, shelf, name, part, listed.pointer, due, asked, day_of(last))


def _makers(facts: Facts) -> list[str]:
    return [str(d.value) for d in facts.data("convention.parties.prestataire[].prestataire")]


def _of_mission(facts: Facts, code: str, due: date | None = None) -> Iterator[Lack]:
    """What the prestataire of the mission owes, with the last exchange that asked for it again."""
    days = (
        str(point.value.get("date", ""))
        for point in facts.data("realisation.points[]")
        if code in (point.value.get("relance") or ())
    )
    last = day_of(max(days, default="") or None)
    for name in _makers(facts):
        yield Lack(
            facts.scope, code, "prestataires", name, "realisation", POINTS, due, reminded=last
        )


def _deliveries(facts: Facts) -> Iterator[Lack]:
    """The note and the report, once their day is past; none while the mission is interrupted."""
    source = facts.file("convention")
    if source is None or not isinstance(source.data, dict) or interrupted(facts):
        return
    agreed = amended_on(source.data, facts.day.isoformat())
    noted, reported = (facts.value(p) for p in ("realisation.notes[].date", "rapport-final.date"))
    for code, key, given in (
        ("note_mi_parcours", "date_note", noted or reported),
        ("rapport_final", "date_rapport", reported),
    ):
        due = day_of(agreed.get(key))
        if not given and _past(due, facts):
            yield from _of_mission(facts, code, due)


def _invoice(facts: Facts) -> Iterator[Lack]:
    """The invoice of the balance, once the report is handed in and the restitution held."""
    days = [day_of(facts.value(path)) for path in ("rapport-final.date", "restitution.date")]
    billed = facts.value("reglement.versements[libelle=solde].facture.date")
    if not billed and all(_past(day, facts) for day in days):
        yield from _of_mission(facts, "facture")


def _fiche(facts: Facts) -> Iterator[Lack]:
    """What the record of the prestataire lacks for a payment to be made (R-PRE-01)."""
    for lack in _of_mission(facts, "fiche"):
        record = facts.record("prestataires", lack.name)
        if record and not (record.get("siret") and record.get("adresse")):
            yield lack


def _surveys(facts: Facts) -> Iterator[Lack]:
    """The surveys whose delay is past without an answer."""
    delay = facts.parameter("enquete_reponse_jours")
    sides = [("structures", one) for one in facts.data("evaluation.beneficiaires[]")]
    sides += [("prestataires", one) for one in facts.data("evaluation.prestataire")]
    for shelf, one in sides:
        asked = day_of(one.value.get("date_envoi"))
        due = days_after(asked, delay) if asked else None
        if one.value.get("date_reponse") or not _past(due, facts):
            continue
        if shelf == "structures" and "structure" in one.value:
            yield _noted(facts, "enquete", shelf, one, due, asked)
        elif shelf == "prestataires":
            for name in _makers(facts)[:1]:
                named = Datum(one.source, one.pointer, {**one.value, "prestataire": name})
                yield _noted(facts, "enquete", shelf, named, due, asked)
