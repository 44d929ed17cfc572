"""What avenants make of payments: a schedule, and shares of the funders, for the new price."""

from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Any

from dla_docs.check.controles.registry import rule
from dla_docs.check.facts import Facts, fault, inside
from dla_docs.check.ledger import Datum, Relation
from dla_docs.check.mission import changes
from dla_docs.model.amended import added, amended, replaces
from dla_docs.model.values import CENT, amount

Priced = tuple[Datum, Mapping[str, Any], Decimal, tuple[Datum, ...]]
"""An avenant, the convention with it, its price with tax, and what that price is counted from."""


def _priced(facts: Facts) -> Iterator[Priced]:
    """Each avenant of a convention whose price is known."""
    held, price = facts.file("convention"), facts.at("convention.montant.ttc")
    if held is None or price is None or price.value is None:
        return
    avenants = list(facts.data("convention.avenants[]"))
    for rank, avenant in enumerate(avenants):
        state = amended(held.data, [one.value for one in avenants[: rank + 1]])
        before = changes(facts, "montant.ttc", 0, rank + 1)
        yield avenant, state, Decimal(state["montant"]["ttc"]), (price, *before)


@rule("R-CVT-10")
def payments_make_the_new_price(facts: Facts) -> Iterator[Relation]:
    """The payments of an avenant make the price it leads to; what is added leaves a balance."""
    for avenant, state, total, price in _priced(facts):
        due = [one.get("montant_ttc") for one in state["echeancier"]]
        if not due or None in due:
            continue
        if replaces(avenant.value):
            told = "les versements de l’avenant"
            yield from _sum(inside(avenant, "echeancier"), told, due, total, price)
        elif "versements" in avenant.value and Decimal(due[-1]) < 0:
            told = "les versements ajoutés dépassent ce qui reste à payer : le solde serait de "
            told += f"{amount(due[-1])} €"
            yield fault(inside(avenant, "versements"), told, "vérifiez leurs montants")


@rule("R-CVT-10")
def a_new_schedule_ends_with_a_balance(facts: Facts) -> Iterator[Relation]:
    """As that of the convention: the balance comes last, and awaits the report ([seed 002])."""
    for listed in facts.data("convention.avenants[].echeancier"):
        rank = len(listed.value) - 1
        last = inside(listed, rank)
        if last.value.get("libelle") != "solde":
            told = "le dernier versement de l’avenant n’est pas le solde"
            yield fault(inside(last, "libelle"), told, "terminez par « solde »", last)
        elif "rapport_final" not in (last.value.get("pieces") or ()):
            told = "le solde n’est plus conditionné à la remise du rapport final"
            hint = "ajoutez « rapport_final » aux pièces du solde"
            yield fault(inside(last, "pieces"), told, hint, last)


@rule("R-CVT-10")
def shares_make_the_new_price(facts: Facts) -> Iterator[Relation]:
    """The shares of the funders that an avenant states make the price it leads to."""
    for avenant, _, total, price in _priced(facts):
        shares = [one.get("montant_ttc") for one in avenant.value.get("repartition") or ()]
        if shares and None not in shares:
            told = "les parts de la répartition"
            yield from _sum(inside(avenant, "repartition"), told, shares, total, price)


def _sum(
    listed: Datum, told: str, amounts: list[Any], total: Decimal, price: tuple[Datum, ...]
) -> Iterator[Relation]:
    made = sum(map(Decimal, amounts), Decimal(0))
    # Three thirds of a price are each rounded: a list is allowed a cent a term.
    message = f"{told} font {amount(made)} €, et non {amount(total)} €, le prix de la mission avec "
    message += "cet avenant"
    hint = "vérifiez chacun des termes, ceux déjà payés compris"
    terms = [inside(listed, rank, "montant_ttc") for rank in range(len(listed.value))]
    data = (*price, *(term for term in terms if term.value is not None), listed)
    yield Relation(data, abs(made - total) <= CENT * len(amounts), message, hint)


@rule("R-CVT-11")
def a_new_price_has_its_funders(facts: Facts) -> Iterator[Relation]:
    """Where the convention says who pays what, an avenant that changes the price says it too."""
    if facts.value("convention.repartition") is None:
        return
    rate = facts.value("convention.montant.taux_tva")
    avenants = list(facts.data("convention.avenants[]"))
    for rank, avenant in enumerate(avenants):
        changed = added(avenant.value, rate)
        stated = any("repartition" in later.value for later in avenants[rank:])
        if changed and not stated:
            verb = "ajoute" if changed > 0 else "retire"
            told = f"l’avenant {verb} {amount(abs(changed))} € TTC, et rien ne dit quel financeur "
            told += "les paie" if changed > 0 else "les paie en moins"
            hint = "écrivez « repartition » dans l’avenant : toutes les parts, au nouveau prix"
            yield fault(inside(avenant, "repartition"), told, hint, avenant)
