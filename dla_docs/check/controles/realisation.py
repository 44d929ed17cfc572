"""The mission: launch, notes, alerts, final report, restitution."""

from collections.abc import Iterator, Mapping
from datetime import timedelta
from decimal import Decimal
from typing import Any

from dla_docs.check.controles.case import Breach, Case, day_of, folded, french, full_name
from dla_docs.model.values import number

AFTER = ("rapport-final", "restitution")
"""Parts that show a mission has gone on after an alert."""


def r_rea_02(case: Case) -> Iterator[Breach]:
    """At least one note, by e-mail, before the final report ([seed 002])."""
    reported = case.get("rapport-final", "date")
    notes = case.get("realisation", "notes") or []
    before = [r for r, n in enumerate(notes) if not reported or n.get("date", "9999") <= reported]
    if any(notes[rank].get("canal") == "email" for rank in before):
        return
    if before:
        yield case.breach_at(
            "realisation",
            ("notes", before[-1], "canal"),
            "la note à mi-parcours n’est pas envoyée par courriel",
            "renvoyez-la par courriel, puis écrivez « canal: email »",
        )
        return
    yield case.breach_at(
        "rapport-final",
        ("date",),
        "le rapport final est remis sans note à mi-parcours envoyée par courriel auparavant",
        "notez-la dans realisation.yaml (notes : date, canal, travaux réalisés)",
    )


def r_rea_03(case: Case) -> Iterator[Breach]:
    """An alert is followed by a dated decision ([seed 002])."""
    gone_on = any(part in case.scope.parts for part in AFTER)
    for rank, alert in enumerate(case.get("realisation", "alertes") or []):
        missing = [key for key in ("decision", "date_decision") if key not in alert]
        if not missing:
            continue
        overdue = _decision_due(case, alert) < case.day.isoformat()
        if gone_on or overdue or len(missing) == 1:
            yield case.breach_at(
                "realisation",
                ("alertes", rank, missing[0]),
                f"l’alerte du {french(alert.get('date'))} n’a pas de décision datée",
                "notez la décision de l’opérateur (decision, date_decision)",
                late=not gone_on and len(missing) == 2,
            )


def r_rea_05(case: Case) -> Iterator[Breach]:
    """The decision is quick: ten days, or as the territory says ([seed 002], [inferred])."""
    for rank, alert in enumerate(case.get("realisation", "alertes") or []):
        decided = alert.get("date_decision")
        if decided and "date" in alert and decided > _decision_due(case, alert):
            days = case.parameter("decision_alerte_jours")
            yield case.breach_at(
                "realisation",
                ("alertes", rank, "date_decision"),
                f"la décision est venue plus de {days} jours après l’alerte",
                "décidez rapidement : la mission attend",
            )


def _decision_due(case: Case, alert: dict[str, Any]) -> str:
    told = day_of(alert.get("date")) or case.day
    return (told + timedelta(days=case.parameter("decision_alerte_jours"))).isoformat()


def agreed_days(case: Case) -> Decimal | None:
    """The days of the convention and its avenants."""
    convention = case.data("convention")
    if "jours" not in convention:
        return None
    added = (a.get("delta_jours", 0) for a in convention.get("avenants") or [])
    return Decimal(convention["jours"]) + sum(map(Decimal, added), Decimal(0))


def r_rap_03(case: Case) -> Iterator[Breach]:
    """The report is handed over in digital form and on paper ([seed 002])."""
    if not case.holds("rapport-final"):
        return
    forms = set(case.get("rapport-final", "formats_remis") or [])
    labels = {"numerique": "numérique", "papier": "papier"}
    missing = [label for key, label in labels.items() if key not in forms]
    if missing:
        yield case.breach_at(
            "rapport-final",
            ("formats_remis",),
            f"le rapport final n’est pas déclaré remis en version {' et '.join(missing)}",
            "écrivez « formats_remis: [numerique, papier] » quand il l’est",
        )


def r_rap_05(case: Case) -> Iterator[Breach]:
    """The days done are the days agreed ([seed 002], [inferred])."""
    done = case.get("rapport-final", "calendrier") or []
    agreed = agreed_days(case)
    total = sum((Decimal(entry.get("duree", 0)) for entry in done), Decimal(0))
    if done and agreed is not None and total != agreed and not _as_proposed(case, total - agreed):
        yield case.breach_at(
            "rapport-final",
            ("calendrier",),
            f"le calendrier fait {number(total)} jours, la convention {number(agreed)}",
            "corrigez le calendrier, ou établissez un avenant",
        )


def _as_proposed(case: Case, gap: Decimal) -> bool:
    """Whether the days of the convention alone differ from what was proposed, then done.

    That is R-CVT-04, unless the gap is explained.
    """
    price = _proposed(case).get("budget") or {}
    written = case.get("convention", "jours")
    return _unexplained(case, "jours") and price.get("jours") == written + gap


def _unexplained(case: Case, subject: str) -> bool:
    return subject not in {gap.get("sur") for gap in case.get("convention", "ecarts") or []}


def _proposed(case: Case) -> Mapping[str, Any]:
    """The proposition retained; empty where there is none."""
    found = case.series("proposition").get(str(case.get("choix", "retenu")))
    return found.data if found else {}


def r_rap_06(case: Case) -> Iterator[Breach]:
    """Who worked is who was agreed ([seed 002], [inferred])."""
    authors = case.get("rapport-final", "auteurs") or []
    # An author who is a stranger is R-COH-07; any other is told once.
    people = known_people(case)
    known = people | {folded(full_name(author)) for author in authors}
    for rank, entry in enumerate(case.get("rapport-final", "calendrier") or []):
        for place, name in enumerate(entry.get("intervenants") or []):
            if people and folded(name) not in known:
                known.add(folded(name))
                yield case.breach_at(
                    "rapport-final",
                    ("calendrier", rank, "intervenants", place),
                    f"{name} n’est pas parmi les intervenant·e·s de la convention",
                    "corrigez le nom, ou établissez un avenant",
                )


def known_people(case: Case) -> set[str]:
    """The intervenants of the convention and its avenants, as names are compared.

    Those of the proposition too, unless it is said why they do not come: that is R-CVT-04.
    """
    convention = case.data("convention")
    people = list(convention.get("intervenants") or [])
    for amendment in convention.get("avenants") or []:
        people += amendment.get("intervenants") or []
    if people and _unexplained(case, "intervenants"):
        people += _proposed(case).get("intervenants") or []
    return {folded(full_name(person)) for person in people}


def r_res_02(case: Case) -> Iterator[Breach]:
    """The restitution rests on the final report ([seed 002], [seed 004])."""
    held = case.get("restitution", "date")
    reported = case.get("rapport-final", "date")
    if _paid_without_report(case):
        return
    if not case.holds("rapport-final") or (held and reported and reported > held):
        yield case.breach_at(
            "restitution",
            ("date",),
            "la restitution s’est tenue avant la remise du rapport final",
            "remettez le rapport, au moins provisoire, avant la restitution",
        )


def _paid_without_report(case: Case) -> bool:
    """Whether the balance is asked for too: a report that is not there is then R-SOL-01."""
    paid = case.get("reglement", "versements") or []
    return not case.holds("rapport-final") and any(
        p.get("libelle") == "solde" and "facture" in p for p in paid
    )
