"""Amounts, days and dates that only what they are about can match."""

from collections.abc import Iterator
from decimal import Decimal

from dla_docs.check.controles.registry import rule
from dla_docs.check.facts import Facts, beside, fault, french, name_of
from dla_docs.check.ledger import Datum, Relation
from dla_docs.check.mission import agreed, shares, unresumed
from dla_docs.check.payments import BALANCE, Paired, claimed, forgotten, paired
from dla_docs.model.paths import at
from dla_docs.model.values import CENT, amount, number
from dla_docs.model.words import plural

CONTRACTS = ("cdi", "cdd", "contrats_aides", "insertion")
VERIFY = "vérifiez chacun des termes et le total"
SAME = "corrigez celle des deux dates qui est fausse"


@rule("R-COH-02")
def days_that_go_together(facts: Facts) -> Iterator[Relation]:
    """Days matched by a name: of one answer, of one ingénierie."""
    if facts.scope.level != "ingenierie":
        return
    received = {name_of(d.source): d for d in facts.data("proposition.date_reception")}
    for answer in facts.data("consultation.destinataires[].date_reponse"):
        if came := received.get(str(beside(answer, "prestataire").value)):
            told = f"la proposition est reçue le {french(came.value)}, la réponse notée le "
            told += french(answer.value)
            yield Relation((answer, came), came.value == answer.value, told, SAME)
    for held in facts.data("restitution.date"):
        for review in facts.data(f"suivi.bilans[ingenierie={facts.scope.name}].date"):
            told = f"le bilan de l’ingénierie ({french(review.value)}) vient avant la restitution "
            told += f"({french(held.value)})"
            yield Relation((held, review), held.value <= review.value, told, SAME)


@rule("R-COH-02")
def balance_is_controlled_before_it_is_allowed(facts: Facts) -> Iterator[Relation]:
    """The control of the report and of the invoice comes before the balance is allowed."""
    for checked in facts.data("reglement.date_controle"):
        for allowed in facts.data("reglement.versements[libelle=solde].bon_a_payer.date"):
            told = f"le bon à payer ({french(allowed.value)}) vient avant le contrôle du rapport "
            told += f"et de la facture ({french(checked.value)})"
            yield Relation((checked, allowed), checked.value <= allowed.value, told, SAME)


@rule("R-COH-03")
def cofunding_is_that_of_the_convention(facts: Facts) -> Iterator[Relation]:
    """Each cofunding is the share that the convention gives that funder."""
    for extra in facts.data("ingenierie.cofinancements[].montant"):
        for share in shares(facts):
            if beside(share, "financeur").value == beside(extra, "financeur").value:
                told = f"la convention dit {amount(share.value)} € pour ce financeur"
                holds = extra.value == share.value
                yield Relation((share, extra), holds, told, "corrigez l’un des deux montants")


@rule("R-COH-03")
def invoices_are_the_instalments(facts: Facts) -> Iterator[Relation]:
    """Each invoice is the amount of its instalment, avenants counted in the balance."""
    halted = unresumed(facts) is not None
    for one in paired(facts):
        if one.due is None:
            yield from _unplanned(facts, one)
        # What a mission that was stopped still owes is counted by its days (R-SOL-04).
        elif one.billed and one.due.amount is not None and (one.label != BALANCE or not halted):
            data, due, billed = one.due.data, one.due.amount, one.billed
            told = f"ce versement n’est pas celui de sa facture ({amount(billed.value)} € TTC)"
            yield Relation(
                (*data, billed),
                due == billed.value,
                f"la facture devrait être de {amount(due)} € TTC",
                "demandez une facture du montant convenu, ou établissez un avenant",
                instead=((data[0], told, VERIFY),),
            )


def _unplanned(facts: Facts, one: Paired) -> Iterator[Relation]:
    """A payment that the convention, if there is one, has not planned."""
    if facts.file("convention") and one.payment:
        told = f"ce versement ({one.name}) n’est pas dans l’échéancier de la convention"
        hint = "reprenez les versements de l’échéancier et leurs libellés"
        yield fault(one.payment, told, hint, *facts.each("convention.echeancier"))


@rule("R-COH-03")
def nothing_due_is_forgotten_before_the_balance(facts: Facts) -> Iterator[Relation]:
    """Once the balance is asked for, the règlement holds all that is due before it."""
    balance = claimed(facts)
    # A mission that was stopped may never come to what it had planned.
    if balance is None or unresumed(facts):
        return
    for one in forgotten(facts):
        if one.due:
            due = f" de {amount(one.due.amount)} € TTC" if one.due.amount is not None else ""
            told = f"le solde est demandé, et l’échéancier prévoit avant lui un {one.name}{due}, "
            told += "absent du règlement"
            hint = "notez ce versement et sa facture, ou établissez un avenant qui le retire"
            yield fault(balance, told, hint, one.due.written)


@rule("R-COH-03")
def invoices_are_the_price(facts: Facts) -> Iterator[Relation]:
    """With the balance, the invoices make the price, where the schedule does not tell each."""
    balance, price, all_due = claimed(facts), agreed(facts, "montant.ttc"), paired(facts)
    billed = [one.billed for one in all_due if one.billed]
    unsaid = any(one.due is None or one.due.amount is None for one in all_due)
    whole = len(billed) == len(all_due)
    if balance and price and whole and unsaid and unresumed(facts) is None:
        total = sum((Decimal(one.value) for one in billed), Decimal(0))
        told = f"les factures font {amount(total)} € TTC, et le prix convenu est de "
        told += f"{amount(price.total)} €"
        if abs(total - price.total) > CENT:
            yield fault(balance, told, "vérifiez chaque facture, ou établissez un avenant")


@rule("R-COH-03")
def invoices_bear_the_tax_of_the_convention(facts: Facts) -> Iterator[Relation]:
    """The tax of an invoice is at the rate that was agreed."""
    for rate in facts.data("convention.montant.taux_tva"):
        for tax in facts.data("reglement.versements[].facture.tva"):
            bare = beside(tax, "ht")
            if bare.value is not None:
                due = Decimal(bare.value) * Decimal(rate.value) / 100
                told = (
                    f"au taux de la convention, la TVA de la facture devrait être de {amount(due)}"
                )
                told += f" €, et non {amount(tax.value)} €"
                holds = abs(due - tax.value) <= CENT
                # A rate that every invoice denies is what is wrong.
                yield Relation((rate, tax), holds, told, VERIFY, (bare,))


@rule("R-COH-04")
def days_used_are_days_agreed(facts: Facts) -> Iterator[Relation]:
    """Days used grow from one note to the next, and never pass the days agreed."""
    hint = "corrigez le nombre de jours, ou établissez un avenant"
    most = agreed(facts, "jours")
    before: Datum | None = None
    for used in facts.data("realisation.notes[].jours_consommes"):
        if most:
            told = f"la note compte {number(Decimal(used.value))} jours, pour {number(most.total)} "
            told += "convenus"
            yield Relation((*most.data, used), used.value <= most.total, told, hint)
        if before:
            told = (
                f"la note compte moins de jours que la précédente ({number(Decimal(before.value))})"
            )
            yield Relation((before, used), before.value <= used.value, told, hint)
        before = used


@rule("R-COH-06")
def tax_and_instalments(facts: Facts) -> Iterator[Relation]:
    """The tax is its rate of the amount, an instalment its share of the total."""
    for tax in facts.data("convention.montant.tva"):
        bare, rate = beside(tax, "ht"), beside(tax, "taux_tva")
        if bare.value is not None and rate.value is not None:
            due = Decimal(bare.value) * Decimal(rate.value) / 100
            # Without tax, the amount it is counted on proves nothing.
            yield _equal(due, tax, (bare, rate) if rate.value else (rate,), "la TVA")
    rates = [Decimal(d.value) for d in facts.data("convention.echeancier[].pourcentage")]
    for total in facts.data("convention.montant.ttc"):
        for paid in facts.data("convention.echeancier[].montant_ttc"):
            rate = beside(paid, "pourcentage")
            # Shares that do not make a whole say nothing of what each amounts to.
            if rate.value is not None and abs(sum(rates, Decimal(-100))) <= CENT * len(rates):
                due = Decimal(total.value) * Decimal(rate.value) / 100
                slack = CENT + abs(Decimal(total.value)) * _rounding(rate.value) * len(rates) / 100
                yield _equal(due, paid, (total, rate), "ce versement", slack)


def _rounding(rate: int | Decimal) -> Decimal:
    """How far a share may be from the rate that is written: half of its last decimal.

    Thirds are written 33,33, and the last of them takes what the others leave; a whole rate is
    meant as it is.
    """
    exponent = Decimal(rate).as_tuple().exponent
    if rate == int(rate) or not isinstance(exponent, int):
        return Decimal(0)
    return Decimal(5).scaleb(exponent - 1)


def _equal(
    due: Decimal, written: Datum, others: tuple[Datum, ...], label: str, slack: Decimal = CENT
) -> Relation:
    told = f"{label} devrait être de {amount(due)} €, et non "
    told += f"{amount(written.value)} €"
    return Relation((*others, written), abs(due - written.value) <= slack, told, VERIFY)


@rule("R-COH-06")
def invoices_add_up(facts: Facts) -> Iterator[Relation]:
    """Each invoice: without tax + tax = total."""
    for total in facts.data("reglement.versements[].facture.ttc"):
        bare, tax = beside(total, "ht"), beside(total, "tva")
        if bare.value is not None and tax.value is not None:
            due = Decimal(bare.value) + Decimal(tax.value)
            told = f"hors taxes et TVA font {amount(due)} €, et non "
            told += f"{amount(total.value)} €"
            yield Relation((total, bare, tax), abs(due - total.value) <= CENT, told, VERIFY)


@rule("R-COH-06")
def jobs_add_up(facts: Facts) -> Iterator[Relation]:
    """Jobs by sex, then by contract. The total is told: nothing says which term is wrong."""
    for total in facts.data("structure.emplois[].salaries"):
        sexes, contracts = _sum_beside(total, "femmes", "hommes"), _sum_beside(total, *CONTRACTS)
        if sexes is not None and sexes != total.value:
            told = f"femmes et hommes font {number(sexes)}, et non {number(Decimal(total.value))}"
            yield fault(total, told, VERIFY)
        # Other contracts may exist than those listed: they are too many, never too few.
        if contracts is not None and contracts > total.value:
            told = f"les contrats font {number(contracts)}, pour {number(Decimal(total.value))} "
            told += plural(total.value, "personne salariée", "personnes salariées")
            yield fault(total, told, VERIFY)


@rule("R-COH-06")
def result_is_income_less_costs(facts: Facts) -> Iterator[Relation]:
    """A result is what comes in less what goes out."""
    for result in facts.data("structure.budgets[].resultat"):
        earned, spent = _sum_beside(result, "produits"), _sum_beside(result, "charges")
        if earned is not None and spent is not None:
            told = f"produits moins charges font {amount(earned - spent)} €, et non "
            told += f"{amount(result.value)} €"
            if abs(earned - spent - result.value) > CENT:
                yield fault(result, told, VERIFY)


def _sum_beside(datum: Datum, *keys: str) -> Decimal | None:
    """The sum of other values of the same element; None unless all are given."""
    values = [at(datum.source.data, (*datum.pointer[:-1], key)) for key in keys]
    return None if None in values else sum(map(Decimal, values), Decimal(0))
