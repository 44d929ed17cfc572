"""Amounts and days: written sums against their terms, one file against the next."""

from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from dla_docs.check.controles.case import Breach, Case
from dla_docs.check.controles.realisation import agreed_days
from dla_docs.check.ledger import Datum, Relation, blamed, data_at
from dla_docs.load.references import at
from dla_docs.model.values import number

CENT = Decimal("0.01")
CONTRACTS = ("cdi", "cdd", "contrats_aides", "insertion")


def r_coh_03(case: Case) -> Iterator[Breach]:
    """Cofunding and invoices are those of the convention."""
    shares: dict[Any, Any] = {
        share.get("financeur"): share.get("montant_ttc")
        for share in case.get("convention", "repartition") or []
        if _adds_up(case, "repartition")
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


def _adds_up(case: Case, field: str) -> bool:
    """Whether the amounts of a list of the convention make its total, as far as they are known."""
    amounts = [item.get("montant_ttc") for item in case.get("convention", field) or []]
    total = (case.get("convention", "montant") or {}).get("ttc")
    if total is None or None in amounts:
        return True
    return bool(abs(sum(map(Decimal, amounts), Decimal(0)) - total) <= CENT)


def _invoices(case: Case) -> Iterator[Breach]:
    """Each invoice is the amount of its instalment, avenants counted in the balance."""
    convention = case.data("convention")
    planned = list(convention.get("echeancier") or [])
    added = sum(
        (Decimal(a.get("delta_ttc", 0)) for a in convention.get("avenants") or []), Decimal(0)
    )
    for rank, payment in enumerate(case.get("reglement", "versements") or []):
        # Instalments that do not make the total are R-COH-06.
        if not _adds_up(case, "echeancier"):
            return
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
    relations = [*_convention(case), *_billed(case), *_hundreds(case), *_structure(case)]
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
            # Without tax, the amount it is counted on proves nothing.
            others = (one["ht"], rate) if rate.value else (rate,)
            yield _equal(due, one["tva"], others, "la TVA devrait être de")
    shares = tuple(data_at(case, "convention.repartition[].montant_ttc"))
    if shares and _complete(case, "repartition", shares):
        told = _sum(shares, total, "les parts de la répartition font")
        # Nothing else says what each share is: the list is told.
        place = shares[0] if len(shares) == 1 else _list_of(shares[0])
        yield Relation((total, place), told.holds, told.message)
    paid = tuple(data_at(case, "convention.echeancier[].montant_ttc"))
    if paid and _complete(case, "echeancier", paid):
        yield _sum(paid, total, "les versements de l’échéancier font")
    rates = {d.pointer[:2]: d for d in data_at(case, "convention.echeancier[].pourcentage")}
    # Shares that do not make 100 % are R-CVT-03.
    rates = rates if sum(Decimal(rate.value) for rate in rates.values()) == 100 else {}
    for amount in data_at(case, "convention.echeancier[].montant_ttc"):
        if part := rates.get(amount.pointer[:2]):
            due = Decimal(total.value) * Decimal(part.value) / 100
            yield _equal(due, amount, (total, part), "ce versement devrait être de")


def _complete(case: Case, field: str, terms: tuple[Datum, ...]) -> bool:
    """Whether every item of a list has its amount: one that is missing makes no sum wrong."""
    return len(terms) == len(case.get("convention", field) or [])


def _list_of(item: Datum) -> Datum:
    return Datum(item.source, item.pointer[:1], None, item.path)


def _billed(case: Case) -> Iterator[Relation]:
    """Each invoice: without tax + tax = total."""
    if not case.holds("reglement"):
        return
    terms: dict[Any, dict[str, Datum]] = {}
    for key in ("ht", "tva", "ttc"):
        for datum in data_at(case, f"reglement.versements[].facture.{key}"):
            terms.setdefault(datum.pointer[:2], {})[key] = datum
    elsewhere = {breach.pointer[:2] for breach in _invoices(case)}
    for place, bill in terms.items():
        # A total that is not the one agreed is R-COH-03.
        if len(bill) == 3 and place not in elsewhere:
            yield _sum((bill["ht"], bill["tva"]), bill["ttc"], "hors taxes et TVA font")


def _structure(case: Case) -> Iterator[Relation]:
    """Jobs by sex, then by contract; a result is what comes in less what goes out.

    The total is told: nothing says which of its terms is wrong.
    """
    if not case.holds("structure"):
        return
    for total in data_at(case, "structure.emplois[].salaries"):
        sexes, contracts = _beside(total, "femmes", "hommes"), _beside(total, *CONTRACTS)
        if sexes is not None:
            told = f"femmes et hommes font {number(sexes)}, et non {number(Decimal(total.value))}"
            yield Relation((total,), sexes == total.value, told)
        # Other contracts may exist than those listed: they are too many, never too few.
        if contracts is not None:
            told = f"les contrats font {number(contracts)}, pour {number(Decimal(total.value))}"
            yield Relation((total,), contracts <= total.value, f"{told} personnes salariées")
    for total in data_at(case, "structure.budgets[].resultat"):
        earned, spent = _beside(total, "produits"), _beside(total, "charges")
        if earned is not None and spent is not None:
            told = f"produits moins charges font {number(earned - spent)} €, et non "
            told += f"{number(Decimal(total.value))} €"
            yield Relation((total,), abs(earned - spent - total.value) <= CENT, told)


def _beside(datum: Datum, *keys: str) -> Decimal | None:
    """The sum of other values of the same element; None unless all are given."""
    values = [at(datum.source.data, (*datum.pointer[:-1], key)) for key in keys]
    return None if None in values else sum(map(Decimal, values), Decimal(0))


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
