"""What the data show of who is paid, for which days and on which invoices."""

from collections.abc import Iterator
from dataclasses import dataclass

from dla_docs.check.facts import Facts, french
from dla_docs.check.ledger import Datum
from dla_docs.check.mission import agreed, days_done, halts
from dla_docs.check.payments import LABELS, forgotten, paired
from dla_docs.context.grounds import Evidence, Grounds
from dla_docs.model.values import Euros, count, number
from dla_docs.model.words import enumeration


@dataclass(frozen=True)
class Payment:
    """A payment that is due, paid, or both: its amount due, and its rank in the règlement."""

    libelle: str
    prevu: Euros | None
    rang: int | None


def payments(facts: Facts) -> Iterator[Payment]:
    """The payments of the schedule as amended, in its order, then those that it has not."""
    for one in paired(facts):
        amount = one.due.amount if one.due else None
        rank = one.payment.pointer[-1] if one.payment else None
        yield Payment(
            one.name,
            None if amount is None else Euros(amount),
            rank if isinstance(rank, int) else None,
        )


def days(grounds: Grounds) -> Evidence:
    """The days done, those that were agreed; fewer are paid by what `only_days_done` counts."""
    facts = grounds.facts
    done, owed = days_done(facts), agreed(facts, "jours")
    if done is None:
        return Evidence(("rien ne dit combien de jours ont été effectués",))
    if owed is None:
        return Evidence(("la convention ne dit pas combien de jours sont dus",))
    told = (
        f"{count(done.total, 'jour effectué', 'jours effectués')} sur {number(owed.total)} convenus"
    )
    short = done.total != owed.total and "arret" not in grounds.interruptions
    brief = f"{number(done.total)} sur {number(owed.total)} convenus"
    return Evidence((told,) if short else (), told, brief=brief)


def stop(grounds: Grounds) -> Evidence:
    """What a stop brings: only the days done are paid (the convention says it)."""
    found = [halt for halt in halts(grounds.facts) if halt.stops]
    if not found:
        return Evidence(needless="la mission n’est pas arrêtée")
    done, owed = days_done(grounds.facts), agreed(grounds.facts, "jours")
    told = f"arrêtée le {french(found[-1].start)}"
    if done is None or owed is None:
        return Evidence((f"{told} ; les jours à payer ne sont pas connus",))
    paid = f"{number(done.total)} sur {number(owed.total)}"
    return Evidence((), f"{told} ; seuls les jours effectués se paient : {paid}")


def suspension(grounds: Grounds) -> Evidence:
    """A suspension is over, and nothing was worked during it."""
    found = [halt for halt in halts(grounds.facts) if not halt.stops]
    if not found:
        return Evidence(needless="la mission n’est pas suspendue")
    lacks = [
        f"la mission est suspendue depuis le {french(halt.start)}, sans reprise"
        for halt in found
        if not halt.end or halt.end > grounds.today
    ]
    spans = (f"du {french(h.start)} au {french(h.end)}" for h in found if h.end)
    told = f"suspendue {enumeration(spans)}"
    return Evidence(tuple(lacks), f"{told}, rien n’a été fait alors", brief=told)


def fiche(grounds: Grounds) -> Evidence:
    """The fiche of each prestataire, with its SIRET and address ([seed 002])."""
    lacks = [] if grounds.paid else ["aucun prestataire n’est désigné"]
    for name in grounds.paid:
        record = grounds.facts.record("prestataires", name)
        who = record.get("raison_sociale") or name
        address = record.get("adresse") or {}
        if not record:
            lacks.append(f"{who} n’a pas de fiche")
            continue
        lacks += [] if record.get("siret") else [f"{who} : SIRET absent ou faux"]
        whole = all(address.get(key) for key in ("voie", "code_postal", "commune"))
        lacks += [] if whole else [f"{who} : adresse absente ou incomplète"]
    return Evidence(tuple(lacks), "adresse et SIRET portés")


def account(grounds: Grounds) -> Evidence:
    """Where to pay: a holder, and an IBAN whose key is right ([inferred])."""
    facts = grounds.facts
    holder = facts.value("reglement.coordonnees_bancaires.titulaire")
    iban = facts.value("reglement.coordonnees_bancaires.iban")
    if not holder and not iban:
        return Evidence(("le compte du prestataire n’est pas noté",))
    lacks = [] if holder else ["le titulaire du compte n’est pas noté"]
    # A wrong key is taken out of sound data: it reads as absent here.
    lacks += [] if iban else ["l’IBAN est absent ou faux"]
    brief = "titulaire et IBAN notés"
    return Evidence(tuple(lacks), f"{brief}, la clé de l’IBAN est juste", brief=brief)


def invoices(grounds: Grounds) -> Evidence:
    """The invoice of the balance, with its mentions, and those of all that was paid ([P32])."""
    facts = grounds.facts
    balances = list(facts.data("reglement.versements[libelle=solde]"))
    if not balances:
        return Evidence(("le règlement n’a pas de versement pour le solde",))
    lacks = list(_unplanned(facts))
    lacks += [f"{one.name} : absent du règlement" for one in forgotten(facts)]
    for payment in facts.data("reglement.versements[]"):
        lacks += _invoice(grounds, payment)
    invoice = balances[-1].value.get("facture") or {}
    brief = f"n° {invoice.get('numero')} du {french(invoice.get('date'))}"
    told = f"solde : facture {brief}, mentions vérifiées, montants de la convention"
    return Evidence(tuple(lacks), told, brief=brief)


def _unplanned(facts: Facts) -> Iterator[str]:
    """What the convention should say of a balance, and does not."""
    if facts.file("convention") is None:
        return
    if facts.value("convention.montant.ttc") is None:
        yield "le montant convenu n’est pas connu"
    elif not list(facts.data("convention.echeancier[libelle=solde]")):
        yield "le solde n’est pas dans l’échéancier de la convention"


def _invoice(grounds: Grounds, payment: Datum) -> Iterator[str]:
    """What is wrong with the invoice of a payment."""
    label = LABELS.get(code := str(payment.value.get("libelle")), code)
    invoice = payment.value.get("facture")
    if not invoice:
        yield f"{label} : la facture n’est pas reçue"
        return
    if told := grounds.later(invoice.get("date")):
        yield f"{label} : la facture est datée{told}"
    absent = [key for key in ("numero", "date", "ht", "tva", "ttc") if invoice.get(key) is None]
    if absent:
        yield f"{label} : la facture ne dit pas tout ({enumeration(absent)})"
    if not invoice.get("mentions"):
        yield f"{label} : les mentions obligatoires de la facture ne sont pas vérifiées"
