"""Coordination: the cahier des charges and the convention."""

from collections.abc import Iterator
from decimal import Decimal

from dla_docs.controles.case import Breach, Case
from dla_docs.findings import Pointer


def r_cdc_02(case: Case) -> Iterator[Breach]:
    """The deadline comes after the day the order is sent ([seed 002])."""
    order = case.scope.parts["cahier-des-charges"]
    deadline, sent = order.data.get("reponse", {}).get("date_limite"), order.data.get("date")
    if deadline and sent and deadline <= sent:
        yield Breach(
            order,
            ("reponse", "date_limite"),
            f"la date limite de réponse ({deadline}) n’est pas postérieure à l’envoi ({sent})",
            "laissez aux prestataires le temps de répondre : reculez la date limite",
        )


def r_cvt_03(case: Case) -> Iterator[Breach]:
    """Payments add up to 100 % and end with a balance that awaits the final report ([seed 002])."""
    convention = case.scope.parts["convention"]
    payments = convention.data.get("echeancier") or []
    place: Pointer = ("echeancier",)
    if not all("pourcentage" in payment for payment in payments) or not payments:
        return
    total = sum((Decimal(p.get("pourcentage", 0)) for p in payments), Decimal(0))
    last = payments[-1]
    if total != 100:
        message = f"l’échéancier fait {total} % du montant, et non 100 %"
        yield Breach(convention, place, message, "corrigez les pourcentages des versements")
    elif last.get("libelle") != "solde":
        message = "le dernier versement de l’échéancier n’est pas le solde"
        yield Breach(convention, (*place, len(payments) - 1), message, "terminez par « solde »")
    elif "rapport_final" not in (last.get("pieces") or []):
        yield Breach(
            convention,
            (*place, len(payments) - 1),
            "le solde n’est pas conditionné à la remise du rapport final",
            "ajoutez « rapport_final » aux pièces du solde",
        )
