"""A convention as its avenants leave it: each applies to what the former left.

Convention and avenants are plain data, as their file holds them; what is not there is not counted.
"""

from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from typing import Any

from dla_docs.model.values import to_the_cent

Data = Mapping[str, Any]
REPLACED = ("date_fin", "date_note", "date_rapport", "repartition", "livrables")
"""What an avenant states anew."""


def amended(convention: Data, avenants: Iterable[Data] | None = None) -> dict[str, Any]:
    """The convention with some of its avenants, all of them by default, in their order.

    Each of those says what it adds with tax, even where only the amount without is written.
    """
    state, applied = dict(convention), []
    rate = (convention.get("montant") or {}).get("taux_tva")
    for avenant in _items(convention.get("avenants") if avenants is None else avenants):
        state, more = _with(state, avenant), added(avenant, rate)
        applied.append(dict(avenant) if more is None else {**avenant, "delta_ttc": more})
    return {**state, "avenants": applied}


def amended_on(convention: Data, day: str) -> dict[str, Any]:
    """The convention as amended on a day, AAAA-MM-JJ: with the avenants drawn up by then."""
    listed = _items(convention.get("avenants"))
    return amended(convention, [one for one in listed if str(one.get("date", "")) <= day])


def added(avenant: Data, rate: Any) -> Decimal | None:
    """What an avenant adds to the price, with tax: as written, else counted at a rate in %.

    None where it adds nothing, or where the tax is not known.
    """
    if avenant.get("delta_ttc") is not None:
        return Decimal(avenant["delta_ttc"])
    if avenant.get("delta_ht") is None or rate is None:
        return None
    return to_the_cent(Decimal(avenant["delta_ht"]) * (100 + Decimal(rate)) / 100)


def replaces(avenant: Data) -> bool:
    """Whether an avenant states the whole schedule of payments anew."""
    return bool(avenant.get("echeancier"))


def _with(state: Data, avenant: Data) -> dict[str, Any]:
    after = {**state, **{key: avenant[key] for key in REPLACED if avenant.get(key) is not None}}
    if avenant.get("delta_jours") is not None and state.get("jours") is not None:
        after["jours"] = Decimal(state["jours"]) + Decimal(avenant["delta_jours"])
    if avenant.get("intervenants"):
        after["intervenants"] = _items(
            [*(state.get("intervenants") or ()), *avenant["intervenants"]]
        )
    after["montant"] = _price(state.get("montant") or {}, avenant)
    after["echeancier"] = _schedule(_items(state.get("echeancier")), avenant, after["montant"])
    return after


def _items(listed: Any) -> list[Data]:
    """The elements of a list that are there: a faulty one reads as absent."""
    return [one for one in listed or () if isinstance(one, Mapping)]


def _price(price: Data, avenant: Data) -> dict[str, Any]:
    """The price once an avenant is added: without tax, the tax, and both."""
    after, total = dict(price), added(avenant, price.get("taux_tva"))
    if total is not None and price.get("ttc") is not None:
        after["ttc"] = Decimal(price["ttc"]) + total
    if avenant.get("delta_ht") is not None and price.get("ht") is not None:
        after["ht"] = Decimal(price["ht"]) + Decimal(avenant["delta_ht"])
        if after.get("ttc") is not None:
            after["tva"] = Decimal(after["ttc"]) - after["ht"]
    return after


def _schedule(planned: Sequence[Data], avenant: Data, price: Data) -> list[dict[str, Any]]:
    """The payments once an avenant is added.

    Those it states, each of its amount or of its share of the new total; else those there were,
    with those it adds before the last, which takes the rest of what changes.
    """
    if replaces(avenant):
        return [_amount(one, price) for one in _items(avenant["echeancier"])]
    new = [_amount(one, price) for one in _items(avenant.get("versements"))]
    kept, more = [dict(one) for one in planned], added(avenant, price.get("taux_tva"))
    if not kept or not (new or more):
        return [*kept, *new]
    *before, last = kept
    amounts = [one.get("montant_ttc") for one in new]
    if last.get("montant_ttc") is not None and None not in amounts:
        less = sum((Decimal(amount) for amount in amounts if amount), Decimal(0))
        last["montant_ttc"] = Decimal(last["montant_ttc"]) + (more or 0) - less
    # The shares that were written are those of another total.
    made = [*before, *new, last]
    return [{key: one[key] for key in one if key != "pourcentage"} for one in made]


def _amount(payment: Data, price: Data) -> dict[str, Any]:
    """A payment with its amount: the one written, else its share of a price."""
    share, total = payment.get("pourcentage"), price.get("ttc")
    if payment.get("montant_ttc") is None and share is not None and total is not None:
        return {**payment, "montant_ttc": to_the_cent(Decimal(total) * Decimal(share) / 100)}
    return dict(payment)
