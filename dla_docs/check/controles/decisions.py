"""What the operator decides during a mission: who may, what must be, and what follows."""

import re
from collections.abc import Iterator
from datetime import date

from dla_docs.check.controles.registry import rule
from dla_docs.check.facts import Facts, beside, fault, french, full_name, inside
from dla_docs.check.ledger import Datum, Relation
from dla_docs.check.mission import HALTS, RESUMES, Halt, halts
from dla_docs.model.days import days_after
from dla_docs.model.words import folded, number_of

AFTER = ("rapport-final", "restitution")
"""Parts that show a mission has gone on after an alert."""


@rule("R-REA-03")
def alerts_are_decided(facts: Facts) -> Iterator[Relation]:
    """An alert is followed by a dated decision ([seed 002]), late before the mission goes on."""
    for alert in facts.data("realisation.alertes[]"):
        absent = [key for key in ("decision", "date_decision") if key not in alert.value]
        if not absent:
            continue
        day = alert.value.get("date")
        gone_on = _gone_on(facts)
        if gone_on or _undecided_since(facts, day) or len(absent) == 1:
            yield fault(
                inside(alert, absent[0]),
                f"l’alerte du {french(day)} n’a pas de décision datée",
                "notez la décision de l’opérateur (decision, date_decision)",
                inside(alert, "date"),
                late=not gone_on and len(absent) == 2,
            )


@rule("R-REA-08")
def a_reorientation_asked_for_is_decided(facts: Facts) -> Iterator[Relation]:
    """A note that asks for a reorientation is followed by a decision ([seed 002])."""
    alerts = list(facts.data("realisation.alertes[]"))
    for asked in facts.data("realisation.notes[].reorientation_necessaire"):
        sent = beside(asked, "date")
        answers = [a for a in alerts if _answers(a, str(sent.value or ""))]
        gone_on = _gone_on(facts)
        if asked.value and not answers and (gone_on or _undecided_since(facts, sent.value)):
            yield fault(
                asked,
                f"la note du {french(sent.value)} demande une réorientation, et aucune décision "
                "ne la suit",
                "notez l’alerte et la décision de l’opérateur (alertes : decision, date_decision)",
                sent,
                *(inside(a, key) for a in alerts for key in ("decision", "date_decision")),
                late=not gone_on,
            )


_ASKS = re.compile(r"\breorient")
_MISSION = re.compile(
    r"\b(?:mission|etude|accompagnement|prestation|commande|cahier des charges)\b"
)
_DENIES = re.compile(r"\b(?:pas|aucune?|sans|ni|jamais|non)\b")
"""What a sentence that asks for a reorientation of the mission says, and one that does not."""


@rule("R-REA-13")
def a_reorientation_in_words_is_asked_for(facts: Facts) -> Iterator[Relation]:
    """A note whose text asks for a reorientation says so in its field too ([inferred])."""
    alerts = list(facts.data("realisation.alertes[]"))
    for asked in facts.data("realisation.notes[].reorientation_necessaire"):
        sent = beside(asked, "date")
        texts = (d for d in facts.words("realisation") if d.pointer[:2] == asked.pointer[:2])
        said = next((text for text in texts if _asks(str(text.value))), None)
        if said and not asked.value and not any(_answers(a, str(sent.value or "")) for a in alerts):
            yield fault(
                said,
                f"la note du {french(sent.value)} parle de réorienter la mission, et dit pourtant "
                "que rien n’est à réorienter",
                "écrivez « reorientation_necessaire: true », ou corrigez ce texte",
                asked,
            )


def _asks(text: str) -> bool:
    """Whether a sentence of a text asks to change the course of the mission."""
    return any(
        _ASKS.search(one) and _MISSION.search(one) and not _DENIES.search(one)
        for one in re.split(r"[.!?;]", folded(text))
    )


def _answers(alert: Datum, since: str) -> bool:
    """Whether an alert is decided, or waits to be (R-REA-03), on a day or after it."""
    if "decision" not in alert.value:
        return bool(str(alert.value.get("date", "")) >= since)
    decided = str(alert.value.get("date_decision", ""))
    return alert.value["decision"] in (*RESUMES, *HALTS) and decided >= since


def _gone_on(facts: Facts) -> bool:
    return any(part in facts.scope.parts for part in AFTER)


def _undecided_since(facts: Facts, day: str | None) -> bool:
    delay = facts.parameter("decision_alerte_jours")
    return day is not None and days_after(date.fromisoformat(day), delay) < facts.day


@rule("R-REA-06")
def nothing_is_worked_while_interrupted(facts: Facts) -> Iterator[Relation]:
    """No work while a mission is suspended, nor once it is stopped ([seed 002])."""
    for halt in halts(facts):
        yield from _inside(
            halt,
            facts.data("rapport-final.calendrier[].date"),
            "une intervention est datée",
            "corrigez cette date, ou celle de la décision ; ce qui est fait alors ne se paie pas",
        )


@rule("R-REA-12")
def no_note_while_interrupted(facts: Facts) -> Iterator[Relation]:
    """A note dated while nothing is worked says that something is ([inferred])."""
    for halt in halts(facts):
        yield from _inside(
            halt,
            facts.data("realisation.notes[].date"),
            "une note à mi-parcours est datée",
            "corrigez cette date, ou celle de la décision",
        )


def _inside(halt: Halt, days: Iterator[Datum], what: str, hint: str) -> Iterator[Relation]:
    """The days inside an interruption, told at the first."""
    inner = [day for day in days if halt.covers(day.value)]
    if inner:
        first, *others = sorted(inner, key=lambda day: str(day.value))
        more = f" (et {number_of(len(others), 'autre jour', 'autres jours')})" if others else ""
        told = f"{what} du {french(first.value)}, {halt.when}{more}"
        decided = (inside(halt.alert, key) for key in ("date_decision", "date_reprise"))
        yield fault(first, told, hint, *decided, *others)


@rule("R-REA-09")
def no_other_party_decides(facts: Facts) -> Iterator[Relation]:
    """It is not for the structure, nor for the prestataire, to decide ([seed 002])."""
    operators, others = _operators(facts), _others(facts)
    for who in facts.data("realisation.alertes[].decideur"):
        if not _named(who.value, operators) and (found := _named(who.value, others)):
            yield fault(
                who,
                f"« {who.value} » décide à la place de l’opérateur : c’est {others[found]}",
                "l’opérateur décide seul, et avant qu’on agisse : notez qui a décidé pour lui",
            )


@rule("R-REA-10")
def who_decides_is_of_the_operator(facts: Facts) -> Iterator[Relation]:
    """Who decides is known of the operator ([inferred])."""
    known = {**_operators(facts), **_others(facts)}
    for who in facts.data("realisation.alertes[].decideur"):
        if not _named(who.value, known):
            yield fault(
                who,
                f"« {who.value} » n’est pas une personne connue de l’opérateur",
                "nommez une personne de territoire.yaml, ou l’opérateur par son nom",
            )


@rule("R-SOL-06")
def no_other_party_allows_a_payment(facts: Facts) -> Iterator[Relation]:
    """It is for the operator alone to allow a payment ([inferred])."""
    operators, others = _operators(facts), _others(facts)
    for who in facts.data("reglement.versements[].bon_a_payer.par"):
        if not _named(who.value, operators) and (found := _named(who.value, others)):
            yield fault(
                who,
                f"« {who.value} » autorise un paiement à la place de l’opérateur : c’est "
                f"{others[found]}",
                "notez qui l’a autorisé pour l’opérateur",
            )


def _named(text: str, people: dict[str, str]) -> str:
    """The first of some names that a text holds; empty where it holds none."""
    words = f" {re.sub(r'[^a-z0-9]+', ' ', folded(text))} "
    return next((n for n in people if f" {re.sub(r'[^a-z0-9]+', ' ', n)} " in words), "")


def _operators(facts: Facts) -> dict[str, str]:
    """Who may decide: the people of the operators of the dossier, or these operators by name."""
    names = set(facts.value("dossier.operateurs") or ())
    operators = [
        o.value
        for o in facts.data("territoire.operateurs[]")
        if not names or o.value.get("id") in names
    ]
    known = {o.get("id") for o in operators}
    people = [o.get("representant") for o in operators]
    people += [
        c.value
        for c in facts.data("territoire.charges_mission[]")
        if c.value.get("operateur") in known
    ]
    people += [d.value for d in facts.data("convention.parties.dla[].representant")]
    written = [o.get(key) for o in operators for key in ("nom", "nom_dla")]
    written += [(o.get("protection_donnees") or {}).get("responsable") for o in operators]
    return _by_name(people, written, "l’opérateur")


def _others(facts: Facts) -> dict[str, str]:
    """The people of the other parties, each with whose it is."""
    structures = [facts.record("structures", s) for s in facts.value("dossier.structures") or ()]
    mine = [d.value for d in facts.data("convention.parties.beneficiaire[].representant")]
    mine += [person for s in structures for person in s.get("dirigeants") or ()]
    its = [d.value for d in facts.data("convention.parties.prestataire[].representant")]
    its += [d.value for d in facts.data("convention.intervenants[]")]
    present = [d.value for d in facts.data("realisation.lancement.presents[]")]
    there = {who: [p.get("nom") for p in present if p.get("partie") == who] for who in PARTIES}
    denominations = [s.get("denomination") for s in structures]
    return {
        **_by_name(its, there["prestataire"], PARTIES["prestataire"]),
        **_by_name(mine, [*there["beneficiaire"], *denominations], PARTIES["beneficiaire"]),
    }


PARTIES = {
    "beneficiaire": "une personne de la structure",
    "prestataire": "une personne du prestataire",
}
"""The parties that do not decide, as messages say whose someone is."""


_ARTICLE = re.compile(r"^(?:les? |la |l')")


def _by_name(
    people: list[dict[str, str] | None], texts: list[str | None], whose: str
) -> dict[str, str]:
    """Names as they are compared, with whose they are; one word alone names nobody."""
    names = [full_name(person) for person in people if person] + [text for text in texts if text]
    # « Le bureau des Calades » is of « Les Calades ».
    compared = (_ARTICLE.sub("", folded(name.split(",")[0])) for name in names)
    return {name: whose for name in compared if " " in name}
