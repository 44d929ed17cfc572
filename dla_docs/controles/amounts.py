"""Amounts and days: written sums against their terms, one file against the next."""

from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from dla_docs.controles.case import Breach, Case
from dla_docs.controles.ledger import Datum, Relation, blamed, data_at
from dla_docs.controles.realisation import agreed_days
from dla_docs.values import number

CENT = Decimal("0.01")


def r_coh_03(case: Case) -> Iterator[Breach]:
    """Cofunding and invoices are those of the convention."""
    shares: dict[Any, Any] = {
        share.get("financeur"): share.get("montant_ttc")
        for share in case.get("convention", "repartition") or []
    }
    for rank, extra in enumerate(case.get("ingenierie", "cofinancements") or []):
        agreed, amount = shares.get(extra.get("financeur")), extra.get("montant")
        if agreed is not None and amount not in {None, agreed}:
            yield case.breach_at(
                "ingenierie",
                ("cofinancements", rank, "montant"),
                f"la convention dit {number(Decimal(agreed))} € pour ce financeur",
                "corrigez l’un des deux montants",
            )
    if case.holds("reglement"):
        yield from _invoices(case)


def _invoices(case: Case) -> Iterator[Breach]:
    """Each invoice is the amount of its instalment, avenants counted in the balance."""
    convention = case.data("convention")
    planned = list(convention.get("echeancier") or [])
    added = sum(
        (Decimal(a.get("delta_ttc", 0)) for a in convention.get("avenants") or []), Decimal(0)
    )
    for rank, payment in enumerate(case.get("reglement", "versements") or []):
        if rank >= len(planned):
            if convention:
                yield case.breach_at(
                    "reglement",
                    ("versements", rank),
                    "ce versement n’est pas dans l’échéancier de la convention",
                    "reprenez les versements de l’échéancier, dans l’ordre",
                )
            continue
        due, billed = planned[rank].get("montant_ttc"), (payment.get("facture") or {}).get("ttc")
        if due is not None and rank == len(planned) - 1:
            due += added
        if None not in (due, billed) and due != billed:
            yield case.breach_at(
                "reglement",
                ("versements", rank, "facture", "ttc"),
                f"la facture devrait être de {number(Decimal(due))} € TTC",
                "demandez une facture du montant convenu, ou établissez un avenant",
            )


def r_coh_04(case: Case) -> Iterator[Breach]:
    """Days used grow, and never pass the days agreed."""
    agreed, used = agreed_days(case), Decimal(0)
    for rank, note in enumerate(case.get("realisation", "notes") or []):
        told = note.get("jours_consommes")
        if told is None:
            continue
        if agreed is not None and told > agreed:
            message = (
                f"la note compte {number(Decimal(told))} jours, pour {number(agreed)} convenus"
            )
        elif told < used:
            message = f"la note compte moins de jours que la précédente ({number(used)})"
        else:
            used = Decimal(told)
            continue
        yield case.breach_at(
            "realisation",
            ("notes", rank, "jours_consommes"),
            message,
            "corrigez le nombre de jours, ou établissez un avenant",
        )
    wanted = case.get("cahier-des-charges", "jours") or {}
    if case.holds("cahier-des-charges") and wanted.get("min", 0) > wanted.get("max", 999):
        yield case.breach_at(
            "cahier-des-charges",
            ("jours", "min"),
            "le nombre minimum de jours dépasse le maximum",
            "inversez les deux",
        )


def r_coh_06(case: Case) -> Iterator[Breach]:
    """A sum that is written is the sum of its terms."""
    relations = [*_convention(case), *_billed(case), *_hundreds(case)]
    for relation, datum in blamed(relations):
        yield Breach(
            datum.source, datum.pointer, relation.message, "vérifiez chacun des termes et le total"
        )


def _convention(case: Case) -> Iterator[Relation]:
    if not case.holds("convention"):
        return
    one = {key: _only(case, f"convention.montant.{key}") for key in ("ht", "tva", "ttc")}
    rate, total = _only(case, "convention.montant.taux_tva"), one["ttc"]
    if total is None:
        return
    if one["ht"] and one["tva"]:
        yield _sum((one["ht"], one["tva"]), total, "hors taxes et TVA font")
        if rate:
            due = Decimal(one["ht"].value) * Decimal(rate.value) / 100
            yield _equal(due, one["tva"], (one["ht"], rate), "la TVA devrait être de")
    for path, label in (
        ("convention.repartition[].montant_ttc", "les parts de la répartition font"),
        ("convention.echeancier[].montant_ttc", "les versements de l’échéancier font"),
    ):
        if terms := tuple(data_at(case, path)):
            yield _sum(terms, total, label)
    rates = {d.pointer[:2]: d for d in data_at(case, "convention.echeancier[].pourcentage")}
    # Shares that do not make 100 % are R-CVT-03.
    rates = rates if sum(Decimal(rate.value) for rate in rates.values()) == 100 else {}
    for amount in data_at(case, "convention.echeancier[].montant_ttc"):
        if part := rates.get(amount.pointer[:2]):
            due = Decimal(total.value) * Decimal(part.value) / 100
            yield _equal(due, amount, (total, part), "ce versement devrait être de")


def _billed(case: Case) -> Iterator[Relation]:
    """Each invoice: without tax + tax = total."""
    if not case.holds("reglement"):
        return
    terms: dict[Any, dict[str, Datum]] = {}
    for key in ("ht", "tva", "ttc"):
        for datum in data_at(case, f"reglement.versements[].facture.{key}"):
            terms.setdefault(datum.pointer[:2], {})[key] = datum
    for bill in terms.values():
        if len(bill) == 3:
            yield _sum((bill["ht"], bill["tva"]), bill["ttc"], "hors taxes et TVA font")


def _hundreds(case: Case) -> Iterator[Relation]:
    """Weights and shares of time add up to 100."""
    for path, label in (
        ("cahier-des-charges.criteres[].poids", "les poids des critères font"),
        ("activite.temps[].pourcentage", "les parts de temps font"),
    ):
        kind, field = path.split(".")[0], path.split(".")[1].removesuffix("[]")
        sources = [case.scope.parts[kind]] if kind in case.scope.parts else []
        for source in (*sources, *case.series(kind).values()):
            terms = [d.value for d in data_at(case, path) if d.source is source]
            total = sum(map(Decimal, terms), Decimal(0))
            listed = Datum(source, (field,), None, path)
            if terms:
                yield Relation((listed,), total == 100, f"{label} {number(total)} %, et non 100 %")


def _only(case: Case, path: str) -> Datum | None:
    return next(data_at(case, path), None)


def _sum(terms: tuple[Datum, ...], total: Datum, label: str) -> Relation:
    found = sum((Decimal(term.value) for term in terms), Decimal(0))
    message = f"{label} {number(found)} €, et non {number(Decimal(total.value))} €"
    return Relation((total, *terms), abs(found - total.value) <= CENT, message)


def _equal(due: Decimal, written: Datum, others: tuple[Datum, ...], label: str) -> Relation:
    message = f"{label} {number(due.quantize(CENT))} €, et non {number(Decimal(written.value))} €"
    return Relation((*others, written), abs(due - written.value) <= CENT, message)
