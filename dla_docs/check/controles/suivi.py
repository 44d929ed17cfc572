"""After the mission: payment, fiches, jobs, and what holds at every step."""

from collections.abc import Iterator
from decimal import Decimal

from dla_docs.check.controles.paiement import allowed_on
from dla_docs.check.controles.registry import rule
from dla_docs.check.facts import Facts, fault, french, inside
from dla_docs.check.ledger import Datum, Relation
from dla_docs.check.mission import agreed, days_done, due_price, unresumed
from dla_docs.model.values import CENT, amount, number
from dla_docs.model.words import enumeration

ASKED = ("facture", "bon_a_payer", "date_paiement")
"""What shows that a payment is asked for, allowed or made."""


@rule("R-SOL-01")
def no_balance_without_report(facts: Facts) -> Iterator[Relation]:
    """No balance without the final report ([seed 002])."""
    reported = facts.at("rapport-final.date")
    version = facts.at("rapport-final.version")
    for balance in _balances(facts):
        allowed = allowed_on(balance)
        if not facts.holds("rapport-final"):
            shows: tuple[Datum, ...] = (facts.absent_file("rapport-final", "reglement"), balance)
        elif version and version.value == "provisoire":
            shows = (version, balance)
        elif reported and reported.value and allowed.value and allowed.value < reported.value:
            shows = (reported, allowed, balance)
        else:
            continue
        yield Relation(
            shows,
            False,
            "le solde est demandé sans rapport final définitif, ou accordé avant sa remise",
            "le rapport final est indispensable au versement du solde : attendez-le",
        )


@rule("R-SOL-03")
def balance_after_restitution(facts: Facts) -> Iterator[Relation]:
    """The balance follows the restitution ([inferred], [P32])."""
    held = facts.at("restitution.date")
    for balance in _balances(facts):
        allowed = allowed_on(balance)
        late = held and held.value and allowed.value and allowed.value < held.value
        if not held or not held.value or late:
            shows = (held, allowed, balance) if held and late else (balance,)
            message = "le solde est demandé ou accordé avant la restitution"
            hint = "attendez que la restitution se soit tenue"
            rests = (held,) if held else (facts.absent_file("restitution", "reglement"),)
            yield Relation(shows, False, message, hint, rests)


@rule("R-SOL-03")
def balance_on_a_sound_invoice(facts: Facts) -> Iterator[Relation]:
    """The balance is paid on an invoice that has its mentions ([inferred], [P32])."""
    for balance in _balances(facts):
        invoice, mentions = inside(balance, "facture"), inside(balance, "facture", "mentions")
        if invoice.value is None:
            message = "le solde est accordé sans facture"
            yield fault(balance, message, "notez la facture reçue", invoice)
        elif mentions.value is False:
            message = "la facture du solde ne porte pas les mentions obligatoires"
            yield fault(mentions, message, "demandez une facture conforme")


@rule("R-SOL-04")
def only_days_done_are_paid(facts: Facts) -> Iterator[Relation]:
    """Of a mission that was stopped, or never resumed, only the days done are paid.

    So says the convention.
    """
    halt = unresumed(facts)
    balance = next(_balances(facts), None)
    if halt is None or balance is None:
        return
    when, done = f"{halt.name} ({french(halt.start)})", days_done(facts)
    due, days = due_price(facts), agreed(facts, "jours")
    if done is None:
        told = f"rien ne dit combien de jours étaient effectués avant {when} : le solde ne se "
        hint = "notez-les (jours_effectues), ou donnez le calendrier du rapport final"
        yield fault(inside(halt.alert, "jours_effectues"), f"{told}calcule pas", hint, balance)
    elif due is not None and days:
        billed = list(facts.data("reglement.versements[].facture.ttc"))
        asked = sum((Decimal(datum.value) for datum in billed), Decimal(0))
        told = f"les factures font {amount(asked)} € TTC ; après {when}, seuls les jours effectués "
        told += f"se paient : {number(done.total)} sur {number(days.total)}, soit {amount(due)} €"
        if billed and asked > due + CENT * len(billed):
            hint = "demandez une facture des seuls jours effectués, ou établissez un avenant"
            yield fault(billed[-1], told, hint, *done.data, *days.data)


def _balances(facts: Facts) -> Iterator[Datum]:
    """Each balance that was asked for."""
    for payment in facts.data("reglement.versements[libelle=solde]"):
        if any(key in payment.value for key in ASKED):
            yield payment


@rule("R-PRE-03")
def fiche_is_read_again(facts: Facts) -> Iterator[Relation]:
    """A fiche is looked at again after each evaluation ([seed 002])."""
    answers = list(facts.data("evaluation.beneficiaires[].date_reponse"))
    listed = facts.at("evaluation.beneficiaires")
    for party in facts.data("convention.parties.prestataire[].prestataire"):
        fiche = facts.corpus.record("prestataires", party.value)
        updated = inside(Datum(fiche, (), fiche.data), "mise_a_jour") if fiche else None
        if listed and answers and updated and updated.value:
            last = max(answer.value for answer in answers)
            yield Relation(
                (*answers, listed),
                updated.value >= last,
                f"la fiche de « {party.value} » n’a pas été revue depuis l’évaluation du "
                f"{french(last)}",
                "relisez la fiche, puis changez sa date de mise à jour",
                rests=(updated,),
            )


@rule("R-BIL-03")
def jobs_are_counted(facts: Facts) -> Iterator[Relation]:
    """Job counts are asked of each structure at entry ([seed 003])."""
    for name in facts.data("dossier.structures[]") if facts.holds("diagnostic") else ():
        record = facts.corpus.record("structures", name.value)
        if record and isinstance(record.data, dict) and not record.data.get("emplois"):
            yield fault(
                inside(Datum(record, (), record.data), "emplois"),
                f"« {name.value} » n’a pas de relevé d’emplois à l’entrée dans l’accompagnement",
                "ajoutez « emplois » : date, salaries, etp",
            )


@rule("R-PUB-04")
def europe_is_shown(facts: Facts) -> Iterator[Relation]:
    """Where the European Union funds, a poster and a page of the site ([P55])."""
    today = facts.day.isoformat()
    active = any(
        funder.value.get("debut", "") <= today <= funder.value.get("fin", "9999")
        for funder in facts.data("territoire.financeurs[type=union_europeenne]")
    )
    shown = facts.at("territoire.publicite_europe")
    labels = {"affiche": "l’affiche au format A3", "site": "la page du site"}
    absent = [labels[key] for key in labels if shown and not (shown.value or {}).get(key)]
    if active and shown and absent:
        yield fault(
            shown,
            f"l’Union européenne finance : il manque {enumeration(absent)}",
            "posez-la ou publiez-la, puis notez-le dans « publicite_europe »",
        )
