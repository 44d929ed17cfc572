"""What comes late, and what should be there by now, where one date alone does not tell it.

Lateness is always an alerte. Nothing is awaited of a mission that is suspended or stopped.
"""

from collections.abc import Iterator
from datetime import date

from dla_docs.check.controles.registry import rule
from dla_docs.check.facts import Facts, beside, fault, french, inside
from dla_docs.check.ledger import Datum, Relation
from dla_docs.check.mission import interrupted
from dla_docs.model.days import days_after
from dla_docs.model.words import plural, quoted

ENDS = ("restitution.date", "convention.avenants[].date_fin", "convention.date_fin")
"""What tells that a mission is over, the surest first."""


@rule("R-SEL-06")
def letters_leave_in_time(facts: Facts) -> Iterator[Relation]:
    """Who is not retained hears of it soon after the choice ([seed 002]; delay [inferred])."""
    for chosen in facts.data("choix.date"):
        due = _due(facts, chosen, "notification_jours")
        letters = [
            letter
            for letter in facts.data("choix.notifications[].date")
            if beside(letter, "decision").value != "retenue"
        ]
        for letter in letters:
            told = (
                f"« {beside(letter, 'prestataire').value} » apprend le {french(letter.value)} que"
            )
            told += f" sa proposition n’est pas retenue ; sa lettre était attendue le {french(due)}"
            hint = "vérifiez cette date : qui n’est pas retenu doit l’apprendre vite"
            yield Relation((letter,), letter.value <= due, told, hint, (chosen,), late=True)
        known = {facts.value("choix.retenu"), *(beside(d, "prestataire").value for d in letters)}
        absent = sorted(set(facts.series("proposition")) - known)
        # Once there is a convention, a letter that was never sent is an error (R-SEL-03).
        if absent and due < facts.day.isoformat() and not facts.file("convention"):
            verb = plural(len(absent), "n’a", "n’ont")
            yield fault(
                facts.awaited("choix.notifications", chosen),
                f"{quoted(absent)} {verb} pas reçu de réponse, attendue le {french(due)}",
                "écrivez-leur, puis notez chaque lettre dans choix.yaml (notifications)",
                *facts.each("choix.notifications[].prestataire"),
                late=True,
            )


@rule("R-SEL-10")
def reasons_are_given_in_time(facts: Facts) -> Iterator[Relation]:
    """Who asks why is answered soon ([seed 002]; delay [inferred])."""
    for asked in facts.data("choix.notifications[].date_demande"):
        who, due = beside(asked, "prestataire").value, _due(facts, asked, "motif_jours")
        given, words = beside(asked, "date_motif"), beside(asked, "motif")
        if given.value:
            told = f"le motif demandé par « {who} » lui est donné le {french(given.value)} ; la "
            told += f"réponse était attendue le {french(due)}"
            hint = "vérifiez cette date, ou changez le délai du territoire (motif_jours)"
            yield Relation((given,), given.value <= due, told, hint, (asked,), late=True)
        # Without a day of its own, a motif is given on that of the demand.
        elif not words.value and due < facts.day.isoformat():
            told = f"« {who} » a demandé le motif le {french(asked.value)} ; la réponse était "
            told += f"attendue le {french(due)}, et aucun motif n’est écrit"
            hint = "écrivez le motif (communication-motif), puis le jour où il est donné "
            yield fault(words, told, hint + "(date_motif)", asked, late=True)


@rule("R-EVA-01")
def structures_are_surveyed(facts: Facts) -> Iterator[Relation]:
    """A survey is sent to each structure once the mission is done ([seed 002])."""
    held = _end(facts)
    if held is None:
        return
    due = _due(facts, held, "enquete_jours")
    yield from _late_surveys(facts, held, due)
    served = list(facts.data("ingenierie.structures[]"))
    asked = list(facts.each("evaluation.beneficiaires[].structure"))
    absent = [s for s in served if s.value not in {a.value for a in asked}]
    if absent and _overdue(facts, due):
        names = quoted(structure.value for structure in absent)
        strangers = (a for a in asked if a.value not in {s.value for s in served})
        yield Relation(
            (*absent, *strangers, facts.awaited("evaluation.beneficiaires", held)),
            False,
            f"l’enquête de satisfaction n’a pas été envoyée à {names} ; elle était attendue le "
            f"{french(due)}",
            "produisez-la (enquete-beneficiaire), envoyez-la, puis notez-la dans evaluation.yaml "
            "(beneficiaires)",
            rests=(*served, *asked),
            late=True,
        )


def _late_surveys(facts: Facts, held: Datum, due: str) -> Iterator[Relation]:
    for sent in facts.data("evaluation.beneficiaires[].date_envoi"):
        name = beside(sent, "structure").value
        told = f"l’enquête est envoyée à « {name} » le {french(sent.value)} ; elle était attendue "
        told += f"le {french(due)}"
        hint = "envoyez-la dès la restitution, ou changez le délai du territoire (enquete_jours)"
        yield Relation((sent,), sent.value <= due, told, hint, (held,), late=True)


@rule("R-EVA-05")
def silent_ones_are_reminded(facts: Facts) -> Iterator[Relation]:
    """Who lets the delay of a survey pass is reminded once at least ([inferred])."""
    asked = [*facts.data("evaluation.beneficiaires[]"), *facts.data("evaluation.prestataire")]
    for one in asked:
        sent, answer, reminders = (
            inside(one, key) for key in ("date_envoi", "date_reponse", "relances")
        )
        if sent.value and not answer.value:
            due = _due(facts, sent, "enquete_reponse_jours")
            who = f"« {one.value['structure']} »" if "structure" in one.value else "le prestataire"
            yield Relation(
                (reminders,),
                bool(reminders.value) or not _overdue(facts, due),
                f"l’enquête du {french(sent.value)} est sans réponse : {who} devait la renvoyer le "
                f"{french(due)}, et rien ne dit une relance",
                "relancez, puis notez le jour de la relance (relances) ou celui de la réponse",
                late=True,
            )


@rule("R-SUI-01")
def structure_is_met_again(facts: Facts) -> Iterator[Relation]:
    """The structure is met again about the ingénierie ([seed 003])."""
    held = _end(facts)
    if held is None or facts.scope.level != "ingenierie":
        return
    due = _due(facts, held, "bilan_jours")
    hint = "notez-le dans suivi.yaml (bilans : ingenierie, date_prevue, date)"
    met = [
        review
        for review in facts.data("suivi.bilans[]")
        if review.value.get("ingenierie") == facts.scope.name
    ]
    if not met and _overdue(facts, due):
        told = "aucun contact n’est prévu avec la structure pour le bilan de l’ingénierie, attendu "
        told += f"le {french(due)}"
        named = facts.each("suivi.bilans[].ingenierie")
        yield fault(facts.awaited("suivi.bilans", held), told, hint, *named, late=True)
    for review in met:
        day, planned = inside(review, "date"), inside(review, "date_prevue")
        if day.value:
            told = f"le bilan de l’ingénierie se tient le {french(day.value)} ; il était attendu "
            told += f"le {french(due)}"
            yield Relation((day,), day.value <= due, told, hint, (held,), late=True)
        elif _overdue(facts, last := max(due, planned.value or due)):
            told = f"le bilan de l’ingénierie était attendu le {french(last)}, rien ne dit qu’il "
            told += "s’est tenu"
            yield fault(planned if planned.value else review, told, hint, late=True)


@rule("R-SOL-05")
def balance_is_paid_in_time(facts: Facts) -> Iterator[Relation]:
    """The balance is paid soon after the last document it waits for ([inferred])."""
    owed = [facts.at(path) for path in ("rapport-final.date", "restitution.date")]
    known = [datum for datum in owed if datum and datum.value]
    if len(known) < len(owed):
        return
    invoices = list(facts.data("reglement.versements[libelle=solde].facture.date"))
    accepted = facts.data("rapport-final.acceptation.date")
    last = max((*known, *accepted, *invoices), key=lambda datum: str(datum.value))
    due = _due(facts, last, "solde_jours")
    paid = list(facts.data("reglement.versements[libelle=solde].date_paiement"))
    for day in paid:
        told = f"le solde est payé le {french(day.value)} ; il était attendu le {french(due)}"
        hint = "vérifiez cette date, ou changez le délai du territoire (solde_jours)"
        yield Relation((day,), day.value <= due, told, hint, (last,), late=True)
    if not paid and _overdue(facts, due):
        state = "n’est pas payé" if invoices else "n’est ni facturé ni payé"
        yield fault(
            facts.awaited("reglement.versements[libelle=solde].date_paiement", last),
            f"le solde {state} ; il était attendu le {french(due)}",
            "payez-le, ou demandez la facture, puis notez-le dans reglement.yaml (versements)",
            late=True,
        )


def _end(facts: Facts) -> Datum | None:
    """The day a mission is over; None while nothing tells it."""
    told = (listed[-1] for path in ENDS if (listed := list(facts.data(path))))
    return next(told, None)


def _due(facts: Facts, since: Datum, delay: str) -> str:
    """The last day that a parameter of the territory allows after another."""
    day = days_after(date.fromisoformat(since.value), facts.parameter(delay))
    return day.isoformat()


def _overdue(facts: Facts, due: str) -> bool:
    return due < facts.day.isoformat() and not interrupted(facts)
