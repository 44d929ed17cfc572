"""The rules that no schema can say, one short function each, named after its code.

A control receives the scope that holds the file its record names in `quand`, and yields what is
wrong. Faulty fields read as absent (see `validate.sound`): a control never meets a wrong type.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from decimal import Decimal

from dla_docs.findings import Pointer
from dla_docs.load import Scope
from dla_docs.source import Source


@dataclass(frozen=True)
class Breach:
    """What a control found: at which datum of which file, in which words, and what to do."""

    source: Source
    pointer: Pointer
    message: str
    hint: str


Control = Callable[[Scope], Iterator[Breach]]


def r_cdc_02(scope: Scope) -> Iterator[Breach]:
    """The deadline comes after the day the order is sent ([seed 002])."""
    order = scope.parts["cahier-des-charges"]
    deadline, sent = order.data.get("reponse", {}).get("date_limite"), order.data.get("date")
    if deadline and sent and deadline <= sent:
        yield Breach(
            order,
            ("reponse", "date_limite"),
            f"la date limite de réponse ({deadline}) n’est pas postérieure à l’envoi ({sent})",
            "laissez aux prestataires le temps de répondre : reculez la date limite",
        )


def r_cvt_03(scope: Scope) -> Iterator[Breach]:
    """Payments add up to 100 % and end with a balance that awaits the final report ([seed 002])."""
    convention = scope.parts["convention"]
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


def control(code: str) -> Control | None:
    """The control of a rule: the function of this module named after its code."""
    found = globals().get(code.lower().replace("-", "_"))
    return found if callable(found) else None
