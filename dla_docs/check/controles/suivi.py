"""After the mission: payment, surveys, follow-up, and what holds at every step."""

from collections.abc import Iterator
from datetime import timedelta

from dla_docs.check.controles.registry import rule
from dla_docs.check.facts import Facts, day_of, fault, french, inside
from dla_docs.check.ledger import Datum, Relation
from dla_docs.model.words import enumeration, quoted

ASKED = ("facture", "bon_a_payer", "date_paiement")
"""What shows that a payment is asked for, allowed or made."""


@rule("R-SOL-01")
def no_balance_without_report(facts: Facts) -> Iterator[Relation]:
    """No balance without the final report ([seed 002])."""
    reported = facts.at("rapport-final.date")
    version = facts.at("rapport-final.version")
    for balance in _balances(facts):
        allowed = _allowed_on(balance)
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
        allowed = _allowed_on(balance)
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


def _balances(facts: Facts) -> Iterator[Datum]:
    """Each balance that was asked for."""
    for payment in facts.data("reglement.versements[libelle=solde]"):
        if any(key in payment.value for key in ASKED):
            yield payment


def _allowed_on(payment: Datum) -> Datum:
    """The day a payment was allowed, or made."""
    approved = inside(payment, "bon_a_payer", "date")
    return approved if approved.value else inside(payment, "date_paiement")


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


@rule("R-EVA-01")
def structures_are_surveyed(facts: Facts) -> Iterator[Relation]:
    """A survey is sent to each structure once the mission is done ([seed 002])."""
    held = facts.at("restitution.date")
    served = list(facts.data("ingenierie.structures[]"))
    asked = list(facts.each("evaluation.beneficiaires[].structure"))
    absent = [s for s in served if s.value not in {a.value for a in asked}]
    if held and absent and _overdue(facts, held, "enquete_jours"):
        names = quoted(structure.value for structure in absent)
        yield Relation(
            (*absent, *(a for a in asked if a.value not in {s.value for s in served}), held),
            False,
            f"l’enquête de satisfaction n’a pas été envoyée à {names}",
            "envoyez-la, puis notez-la dans evaluation.yaml (beneficiaires)",
            rests=(*served, *asked),
            late=True,
        )


@rule("R-SUI-01")
def structure_is_met_again(facts: Facts) -> Iterator[Relation]:
    """The structure is met again about the ingénierie ([seed 003])."""
    held, met = facts.at("restitution.date"), list(facts.each("suivi.bilans[].ingenierie"))
    names = {review.value for review in met}
    if held and facts.scope.name not in names and _overdue(facts, held, "bilan_jours"):
        yield fault(
            held,
            "aucun contact n’est prévu avec la structure pour le bilan de l’ingénierie",
            "notez-le dans suivi.yaml (bilans : ingenierie, date_prevue)",
            *met,
            late=True,
        )


def _overdue(facts: Facts, since: Datum, delay: str) -> bool:
    """Whether the days that a parameter allows after a day are past."""
    day = day_of(since.value)
    return day is not None and day + timedelta(days=facts.parameter(delay)) < facts.day


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
