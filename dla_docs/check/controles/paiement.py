"""Each payment: the documents it waits for, its invoice, and the account it goes to."""

from collections.abc import Iterator, Mapping
from typing import Any

from dla_docs.check.controles.registry import rule
from dla_docs.check.facts import Facts, fault, french, full_name, inside
from dla_docs.check.ledger import Datum, Relation
from dla_docs.check.payments import paired
from dla_docs.model.identity import akin
from dla_docs.model.words import folded

AWAITED: Mapping[str, tuple[str, str]] = {
    "convention_signee": ("convention.parties[][].signature.date", "la dernière signature"),
    "note_mi_parcours": ("realisation.notes[].date", "la note à mi-parcours"),
    "rapport_final": ("rapport-final.date", "le rapport final"),
    "restitution": ("restitution.date", "la restitution"),
}
"""The day of each document that an instalment may wait for, and how a sentence names it."""

OF_THE_BALANCE = ("rapport_final", "restitution")
"""What R-SOL-01 and R-SOL-03 already ask of every balance."""


@rule("R-SOL-07")
def payment_waits_for_its_documents(facts: Facts) -> Iterator[Relation]:
    """No payment is allowed before what its own instalment waits for (the convention says it)."""
    for one in paired(facts):
        if one.due is None or one.payment is None:
            continue  # R-COH-03 tells both.
        due, payment = one.due.written, one.payment
        allowed, awaited = allowed_on(payment), set(due.value.get("pieces") or ())
        if payment.value.get("libelle") == "solde":
            awaited -= set(OF_THE_BALANCE)
        elif allowed.value and "facture" in awaited and "facture" not in payment.value:
            told = "ce versement est autorisé sans la facture que la convention demande"
            yield fault(inside(payment, "facture"), told, "notez la facture reçue", due)
        for piece in AWAITED if allowed.value else ():
            if piece in awaited:
                yield from _awaited(facts, piece, allowed, due)


def _awaited(facts: Facts, piece: str, allowed: Datum, due: Datum) -> Iterator[Relation]:
    """One document that a payment waits for, and the day it was allowed."""
    path, name = AWAITED[piece]
    hint = "attendez cette pièce de l’échéancier, ou corrigez celle des deux dates qui est fausse"
    days = sorted(facts.data(path), key=lambda datum: str(datum.value))
    if days:
        # Everybody has signed on the last day; the first note is the one that was due.
        held = days[-1 if piece == "convention_signee" else 0]
        told = f"le versement est autorisé le {french(allowed.value)}, avant {name} "
        told += f"({french(held.value)}) que demande la convention"
        yield Relation((held, allowed), held.value <= allowed.value, told, hint, (due,))
    elif piece != "convention_signee":
        told = f"le versement est autorisé sans {name} que demande la convention"
        yield fault(allowed, told, "attendez cette pièce de l’échéancier, puis notez-la", due)


def allowed_on(payment: Datum) -> Datum:
    """The day a payment was allowed, or made."""
    approved = inside(payment, "bon_a_payer", "date")
    return approved if approved.value else inside(payment, "date_paiement")


@rule("R-SOL-08")
def invoice_is_paid_once(facts: Facts) -> Iterator[Relation]:
    """One invoice, one payment: a prestataire numbers each of its invoices ([P32])."""
    first = dict(_numbered_before(facts))
    for number in facts.data("reglement.versements[].facture.numero"):
        key = folded(str(number.value))
        if key in first:
            told = f"la facture n° {number.value} est déjà celle d’un autre versement{first[key]}"
            yield fault(number, told, "notez le numéro de la facture de ce versement")
        first.setdefault(key, "")


def _numbered_before(facts: Facts) -> Iterator[tuple[str, str]]:
    """The invoices of the same prestataire in the ingénieries before, and where they are."""
    mine = set(_paid(facts))
    for scope in facts.corpus.level("ingenierie"):
        other = facts.within(scope)
        before = scope.unit == facts.scope.unit and scope.path < facts.scope.path
        if before and mine & set(_paid(other)):
            for number in other.data("reglement.versements[].facture.numero"):
                yield folded(str(number.value)), f", dans l’ingénierie « {scope.name} »"


def _paid(facts: Facts) -> list[str]:
    """The prestataires that are paid: those of the convention, else the one retained."""
    listed = [d.value for d in facts.data("convention.parties.prestataire[].prestataire")]
    return listed or [d.value for d in facts.data("choix.retenu")]


@rule("R-SOL-09")
def account_is_of_the_prestataire(facts: Facts) -> Iterator[Relation]:
    """Who holds the account is the prestataire, by one of its names ([inferred])."""
    parties = [d.value for d in facts.data("convention.parties.prestataire[]")]
    records = [facts.record("prestataires", name) for name in _paid(facts)]
    known = [name for one in (*parties, *records) for name in _names(one)]
    for holder in facts.data("reglement.coordonnees_bancaires.titulaire") if known else ():
        told = f"le titulaire du compte, « {holder.value} », n’a aucun mot du nom du prestataire"
        told += f" (« {known[0]} »)"
        hint = "vérifiez le compte auprès du prestataire, par un moyen déjà connu, avant de payer"
        yield Relation((holder,), any(akin(holder.value, name) for name in known), told, hint)


def _names(one: Mapping[str, Any]) -> Iterator[str]:
    """What a party or a record is called, and who represents it."""
    yield from (str(one[key]) for key in ("denomination", "raison_sociale") if one.get(key))
    if person := one.get("representant"):
        yield full_name(person)
