"""The payments of a règlement, each with the instalment that it pays.

The label pairs them, and their order where several bear the same: a rank would give a payment the
amount of its neighbour as soon as one is missing.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from dla_docs.check.facts import Facts, inside
from dla_docs.check.ledger import Datum
from dla_docs.check.mission import Instalment, schedule

BALANCE = "solde"
LABELS = {"intermediaire": "versement intermédiaire"}
"""A payment as a sentence names it, where its code is not already so."""


@dataclass(frozen=True)
class Paired:
    """What is due, and what was paid of it: one of the two may be absent."""

    label: str
    due: Instalment | None
    payment: Datum | None

    @property
    def name(self) -> str:
        """As a sentence names it."""
        return LABELS.get(self.label, self.label)

    @property
    def billed(self) -> Datum | None:
        """The amount of its invoice, with tax; None while none tells it."""
        total = inside(self.payment, "facture", "ttc") if self.payment else None
        return total if total and total.value is not None else None


def paired(facts: Facts) -> tuple[Paired, ...]:
    """The payments of the schedule as amended, in its order, then those that it has not."""
    waiting = list(facts.data("reglement.versements[]"))
    found = []
    for instalment in schedule(facts):
        label = str(instalment.written.value.get("libelle"))
        paid = next((one for one in waiting if one.value.get("libelle") == label), None)
        if paid:
            waiting.remove(paid)
        found.append(Paired(label, instalment, paid))
    return (*found, *(Paired(str(one.value.get("libelle")), None, one) for one in waiting))


def claimed(facts: Facts) -> Datum | None:
    """The balance once it is asked for, allowed or paid: all that comes before it must be there."""
    balances = list(facts.data(f"reglement.versements[libelle={BALANCE}]"))
    keys = ("facture", "bon_a_payer", "date_paiement")
    return next((one for one in balances[-1:] if any(one.value.get(key) for key in keys)), None)


def forgotten(facts: Facts) -> Iterator[Paired]:
    """What is due and not in the règlement, once the balance is asked for."""
    if claimed(facts):
        yield from (one for one in paired(facts) if one.due and not one.payment)
