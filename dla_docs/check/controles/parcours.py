"""Parcours and comité d'appui: the plan, how long it lasts, who agreed to it, who saw it."""

from collections.abc import Iterator, Mapping
from typing import Any

from dla_docs.check.controles.case import Breach, Case, day_of, french, months_after
from dla_docs.documents.consents import agreed, given_by


def r_par_04(case: Case) -> Iterator[Breach]:
    """It lasts from two months to two years, or as the territory says ([seed 001])."""
    plan = case.data("parcours")
    begun, ended = day_of(plan.get("debut")), day_of(plan.get("fin_prevue"))
    if not begun or not ended or ended < begun:
        # A parcours that ends before it begins is R-COH-02.
        return
    least = case.parameter("duree_parcours_min_mois")
    most = case.parameter("duree_parcours_max_mois")
    if ended < months_after(begun, least):
        told = f"moins de {least} mois après son début"
    elif ended > months_after(begun, most):
        told = f"plus de {most} mois après son début"
    else:
        return
    yield case.breach_at(
        "parcours",
        ("fin_prevue",),
        f"le parcours finit {told} ({french(plan['debut'])})",
        f"un parcours dure de {least} à {most} mois ; sinon, motivez une dérogation dans "
        "dossier.yaml",
    )


def r_par_06(case: Case) -> Iterator[Breach]:
    """The structure validates its parcours before the comité and the consultation ([seed 000])."""
    if case.scope.level == "comite":
        yield from _presented_too_soon(case)
        return
    if case.part("parcours") is None:
        # An ingénierie without a parcours is R-CDC-03.
        return
    sent = case.get("consultation", "date_envoi")
    validated = (case.get("parcours", "validation") or {}).get("date")
    if not validated:
        yield case.breach_at(
            "parcours",
            ("validation",),
            "le parcours n’est pas validé par la structure, la consultation est pourtant lancée",
            "notez la validation : date, instance et signataire",
        )
    elif sent and sent < validated and not _seen_before(case, validated):
        yield case.breach_at(
            "consultation",
            ("date_envoi",),
            f"la consultation part le {french(sent)}, avant la validation du parcours "
            f"({french(validated)})",
            "corrigez l’une des deux dates",
        )


def _seen_before(case: Case, validated: str) -> bool:
    """Whether a comité had seen the parcours already: told there, where it should not be yet."""
    dossier = case.scope.parent
    names = {dossier.name, dossier.reference} if dossier else set()
    return any(
        entry.get("dossier") in names and entry.get("moment") == "avant_consultation"
        for comite in case.corpus.level("comite")
        if comite.parts["comite"].data.get("date", "9999") < validated
        for entry in comite.parts["comite"].data.get("dossiers") or []
    )


def _told_inside(dossier: Case) -> bool:
    """Whether the absence of a validation, or of the parcours, is told in the dossier itself."""
    files = dossier.corpus.listing.units.get(dossier.scope.unit, ())
    needs = "consultation.yaml" if dossier.holds("parcours") else "ingenierie.yaml"
    return any(path.endswith(f"/{needs}") for path in files)


def _presented_too_soon(case: Case) -> Iterator[Breach]:
    met = case.get("comite", "date")
    for rank, entry, dossier in case.presented():
        if entry.get("moment") != "avant_consultation" or not met:
            continue
        diagnosed = (dossier.get("diagnostic", "validation") or {}).get("date", "9999")
        validated = (dossier.get("parcours", "validation") or {}).get("date")
        if not validated and _told_inside(dossier):
            continue
        # A diagnostic that is not validated is told by R-DIA-04.
        if diagnosed <= met and (not validated or validated > met):
            yield case.breach_at(
                "comite",
                ("dossiers", rank, "dossier"),
                "le dossier est présenté au comité avant que la structure ait validé son parcours",
                "attendez la validation du parcours pour le présenter",
            )


def r_par_07(case: Case) -> Iterator[Breach]:
    """Each action serves a priority ([inferred] from [seed 000])."""
    plan = case.data("parcours")
    known = [axis.get("axe") for axis in plan.get("axes_prioritaires") or []]
    for rank, action in enumerate(plan.get("actions") or []):
        if action.get("axe") not in known:
            yield case.breach_at(
                "parcours",
                ("actions", rank, "axe"),
                f"l’action « {action.get('intitule', rank + 1)} » ne se rattache à aucun axe "
                "prioritaire",
                f"axes prioritaires : {', '.join(map(str, known)) or 'aucun'}",
            )


def r_par_08(case: Case) -> Iterator[Breach]:
    """Every new version is dated and explained ([seed 000])."""
    plan = case.data("parcours")
    version = plan.get("version", 1)
    if version > 1 and version not in {a.get("version") for a in plan.get("ajustements") or []}:
        yield case.breach_at(
            "parcours",
            ("version",),
            f"la version {version} du parcours n’a pas d’ajustement daté et motivé",
            "ajoutez-le à « ajustements »",
        )


def r_com_02(case: Case) -> Iterator[Breach]:
    """The structure agrees before its name is shown ([seed 003], [seed 004])."""
    met = case.get("comite", "date")
    for rank, entry, dossier in case.presented():
        if entry.get("presentation") != "nominative":
            continue
        if _strangers_agree(dossier.data("dossier")):
            continue
        given = given_by(dossier.data("dossier"), met or "")
        if not agreed(dossier.data("dossier"), "structure", frozenset({"comite"}), given):
            yield case.breach_at(
                "comite",
                ("dossiers", rank, "presentation"),
                "le dossier est présenté sous son nom sans l’accord daté de la structure",
                "écrivez « anonyme », ou notez l’accord (objet : structure, portée : comite) "
                "dans dossier.yaml",
            )


def _strangers_agree(dossier: Mapping[str, Any]) -> bool:
    """Whether there is no dossier.yaml, or its consents are of others: told there (R-COH-05)."""
    given = {consent.get("structure") for consent in dossier.get("consentements") or []}
    return not dossier or bool(given - set(dossier.get("structures") or []))


def r_com_03(case: Case) -> Iterator[Breach]:
    """The comité is met before the cahier des charges is sent ([seed 000], [P19])."""
    sent = case.get("consultation", "date_envoi")
    dossier = case.scope.parent
    if not sent or dossier is None:
        return
    names = {dossier.name, dossier.reference}
    for comite in case.corpus.level("comite"):
        case.read.add((comite.parts["comite"].path, "dossiers"))
        data = comite.parts["comite"].data
        shown = {entry.get("dossier") for entry in data.get("dossiers") or []}
        if names & shown and data.get("date", "9999") <= sent:
            return
    yield case.breach_at(
        "consultation",
        ("date_envoi",),
        "le dossier n’est passé devant aucun comité d’appui avant l’envoi du cahier des charges",
        "présentez-le au comité, ou notez le passage dans comites/",
    )
