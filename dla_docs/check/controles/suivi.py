"""After the mission: payment, surveys, follow-up, and what holds at every step."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

from dla_docs.check.controles.case import Breach, Case, day_of, french, months_after

ASKED = ("facture", "bon_a_payer", "date_paiement")
"""What shows that a payment is asked for, allowed or made."""


def r_sol_01(case: Case) -> Iterator[Breach]:
    """No balance without the final report ([seed 002])."""
    for place, balance in _balances(case):
        if _before_report(case, balance):
            yield case.breach_at(
                "reglement",
                place,
                "le solde est demandé sans rapport final définitif, ou accordé avant sa remise",
                "le rapport final est indispensable au versement du solde : attendez-le",
            )


def _before_report(case: Case, balance: dict[str, Any]) -> bool:
    reported, allowed = case.get("rapport-final", "date"), _allowed_on(balance)
    absent = not case.holds("rapport-final")
    absent = absent or case.get("rapport-final", "version") == "provisoire"
    return absent or bool(reported and allowed and allowed < reported)


def _balances(case: Case) -> Iterator[tuple[tuple[str | int, ...], dict[str, Any]]]:
    """Each balance that was asked for, with its place."""
    for rank, payment in enumerate(case.get("reglement", "versements") or []):
        if payment.get("libelle") == "solde" and any(key in payment for key in ASKED):
            yield ("versements", rank), payment


def _allowed_on(payment: dict[str, Any]) -> str | None:
    approved = (payment.get("bon_a_payer") or {}).get("date")
    return approved or payment.get("date_paiement")


def r_sol_03(case: Case) -> Iterator[Breach]:
    """The balance follows the restitution and a sound invoice ([inferred], [P32])."""
    held = case.get("restitution", "date")
    for place, balance in _balances(case):
        allowed = _allowed_on(balance)
        if _before_report(case, balance):
            # A balance that precedes the report is R-SOL-01.
            continue
        if held is None or (allowed and allowed < held):
            message = "le solde est demandé ou accordé avant la restitution"
            hint = "attendez que la restitution se soit tenue"
        elif "facture" not in balance:
            message, hint = "le solde est accordé sans facture", "notez la facture reçue"
        elif balance["facture"].get("mentions") is False:
            place = (*place, "facture", "mentions")
            message = "la facture du solde ne porte pas les mentions obligatoires"
            hint = "demandez une facture conforme"
        else:
            continue
        yield case.breach_at("reglement", place, message, hint)


def r_pre_03(case: Case) -> Iterator[Breach]:
    """A fiche is looked at again after each evaluation ([seed 002])."""
    answered = [
        survey["date_reponse"]
        for survey in case.get("evaluation", "beneficiaires") or []
        if "date_reponse" in survey
    ]
    for party in (case.get("convention", "parties") or {}).get("prestataire") or []:
        updated = case.record("prestataires", party.get("prestataire", "")).get("mise_a_jour")
        if answered and updated and updated < max(answered):
            yield case.breach_at(
                "evaluation",
                ("beneficiaires",),
                f"la fiche de « {party['prestataire']} » n’a pas été revue depuis l’évaluation "
                f"du {french(max(answered))}",
                "relisez la fiche, puis changez sa date de mise à jour",
            )


def r_eva_01(case: Case) -> Iterator[Breach]:
    """A survey is sent to each structure once the mission is done ([seed 002])."""
    asked = {s.get("structure") for s in case.get("evaluation", "beneficiaires") or []}
    served = case.get("ingenierie", "structures") or []
    known = set(case.get("dossier", "structures") or served)
    # A stranger, asked or served, is R-COH-05.
    for name in served if asked <= set(served) else ():
        if name in known - asked and _overdue(case, "enquete_jours"):
            yield case.breach_at(
                "restitution",
                ("date",),
                f"l’enquête de satisfaction n’a pas été envoyée à « {name} »",
                "envoyez-la, puis notez-la dans evaluation.yaml (beneficiaires)",
                late=True,
            )


def r_eva_02(case: Case) -> Iterator[Breach]:
    """A survey is sent to the prestataire too ([seed 004])."""
    if "prestataire" not in case.data("evaluation") and _overdue(case, "enquete_jours"):
        yield case.breach_at(
            "restitution",
            ("date",),
            "l’enquête n’a pas été envoyée au prestataire",
            "envoyez-la, puis notez-la dans evaluation.yaml (prestataire)",
            late=True,
        )


def r_sui_01(case: Case) -> Iterator[Breach]:
    """The structure is met again about the ingénierie ([seed 003])."""
    met = {review.get("ingenierie") for review in case.get("suivi", "bilans") or []}
    if case.scope.name not in met and _overdue(case, "bilan_jours"):
        yield case.breach_at(
            "restitution",
            ("date",),
            "aucun contact n’est prévu avec la structure pour le bilan de l’ingénierie",
            "notez-le dans suivi.yaml (bilans : ingenierie, date_prevue)",
            late=True,
        )


def _overdue(case: Case, delay: str) -> bool:
    """Whether the days that a parameter allows after the restitution are past."""
    held = day_of(case.get("restitution", "date"))
    return held is not None and held + timedelta(days=case.parameter(delay)) < case.day


def r_sui_02(case: Case) -> Iterator[Breach]:
    """The follow-up takes place some months after the diagnostic ([seed 003], [P05])."""
    diagnosed = day_of(case.get("diagnostic", "date"))
    least, most = case.parameter("suivi_min_mois"), case.parameter("suivi_max_mois")
    for rank, follow_up in enumerate(case.get("suivi", "post_accompagnement") or []):
        day = day_of(follow_up.get("date"))
        if not diagnosed or not day:
            continue
        if not months_after(diagnosed, least) <= day <= months_after(diagnosed, most):
            yield case.breach_at(
                "suivi",
                ("post_accompagnement", rank, "date"),
                f"le suivi se fait d’ordinaire de {least} à {most} mois après le diagnostic",
                "gardez la date si elle est voulue, ou changez les paramètres du territoire",
            )


def r_bil_03(case: Case) -> Iterator[Breach]:
    """Job counts are asked of each structure, at entry and at follow-up ([seed 003])."""
    if case.holds("diagnostic"):
        for name in case.get("dossier", "structures") or []:
            record = case.corpus.record("structures", name)
            if record and isinstance(record.data, dict) and not record.data.get("emplois"):
                yield Breach(
                    record,
                    ("emplois",),
                    f"« {name} » n’a pas de relevé d’emplois à l’entrée dans l’accompagnement",
                    "ajoutez « emplois » : date, salaries, etp",
                )
    for rank, follow_up in enumerate(case.get("suivi", "post_accompagnement") or []):
        if case.holds("suivi") and "emplois_apres" not in follow_up:
            yield case.breach_at(
                "suivi",
                ("post_accompagnement", rank, "emplois_apres"),
                "le suivi n’a pas de relevé d’emplois",
                "ajoutez « emplois_apres » : date, salaries, etp",
            )


def r_pub_04(case: Case) -> Iterator[Breach]:
    """Where the European Union funds, a poster and a page of the site ([P55])."""
    territory, today = case.data("territoire"), case.day.isoformat()
    active = any(
        funder.get("type") == "union_europeenne"
        and funder.get("debut", "") <= today <= funder.get("fin", "9999")
        for funder in territory.get("financeurs") or []
    )
    shown = territory.get("publicite_europe") or {}
    labels = {"affiche": "l’affiche au format A3", "site": "la page du site"}
    missing = [label for key, label in labels.items() if not shown.get(key)]
    if active and missing:
        yield case.breach_at(
            "territoire",
            ("publicite_europe",),
            f"l’Union européenne finance : il manque {' et '.join(missing)}",
            "posez-la ou publiez-la, puis notez-le dans « publicite_europe »",
        )
