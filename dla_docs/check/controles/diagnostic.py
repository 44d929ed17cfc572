"""Diagnostic partagé: strengths and brakes, priorities, and its validation by the leaders."""

import re
from collections.abc import Iterator

from dla_docs.check.controles.case import Breach, Case, french

_AUDIT = re.compile(r"\baudit(?:er|s)?\b", re.IGNORECASE)
_DENIED = re.compile(r"\b(?:pas|non|ni|sans)\b[^.]{0,25}$", re.IGNORECASE)


def r_dia_04(case: Case) -> Iterator[Breach]:
    """The leaders validate the diagnostic before the parcours and the comité ([seed 000, 003])."""
    if case.scope.level == "comite":
        yield from _presented_too_soon(case)
    elif case.holds("diagnostic") and "validation" not in case.data("diagnostic"):
        yield case.breach_at(
            "diagnostic",
            ("validation",),
            "le parcours est commencé alors que les dirigeant·e·s n’ont pas validé le diagnostic",
            "notez la validation : date, instance et signataire",
        )


def _presented_too_soon(case: Case) -> Iterator[Breach]:
    met = case.get("comite", "date")
    for rank, entry, dossier in case.presented():
        if entry.get("moment") != "avant_consultation" or not met:
            continue
        validation = dossier.get("diagnostic", "validation") or {}
        # Once a parcours is begun, the absence is told in the diagnostic itself.
        if not validation and "parcours" in dossier.scope.parts:
            continue
        if validation.get("date", "9999") > met:
            yield case.breach_at(
                "comite",
                ("dossiers", rank, "dossier"),
                "le dossier est présenté au comité avant que ses dirigeant·e·s aient validé le "
                "diagnostic",
                "attendez la validation du diagnostic pour le présenter",
            )


def r_dia_05(case: Case) -> Iterator[Breach]:
    """It is no audit ([seed 000])."""
    for pointer, text in case.words("diagnostic"):
        if speaks_of_audit(text):
            yield case.breach_at(
                "diagnostic",
                pointer,
                "le mot « audit » ne convient pas : un diagnostic est partagé avec la structure",
                "parlez de diagnostic, d’analyse ou de lecture commune",
            )


def r_dia_06(case: Case) -> Iterator[Breach]:
    """Axes are ranked, each rank once, from 1 on ([seed 000])."""
    for kind, field, key in (
        ("diagnostic", "axes", "priorite"),
        ("parcours", "axes_prioritaires", "rang"),
    ):
        axes = (case.data(kind).get(field) or []) if kind in case.scope.parts else []
        taken: set[int] = set()
        for place, axis in enumerate(axes):
            rank = axis.get(key)
            if rank in taken:
                message = f"le rang {rank} est déjà pris par un autre axe"
            elif rank and rank > len(axes):
                message = f"le rang {rank} dépasse le nombre d’axes ({len(axes)})"
            else:
                taken.add(rank)
                continue
            hint = f"donnez à chaque axe un rang, de 1 à {len(axes)}"
            yield case.breach_at(kind, (field, place, key), message, hint)


def r_par_01(case: Case) -> Iterator[Breach]:
    """The parcours follows a validated diagnostic ([seed 000])."""
    if not case.holds("diagnostic"):
        yield case.breach_at(
            "parcours",
            ("diagnostic.yaml",),
            "un parcours est commencé sans diagnostic.yaml",
            "créez diagnostic.yaml : le parcours suit le diagnostic validé",
        )
        return
    validated = (case.get("diagnostic", "validation") or {}).get("date")
    begun = case.get("parcours", "date")
    if validated and begun and case.get("parcours", "version") == 1 and begun < validated:
        yield case.breach_at(
            "parcours",
            ("date",),
            f"le parcours est daté du {french(begun)}, avant la validation du diagnostic "
            f"({french(validated)})",
            "corrigez l’une des deux dates",
        )


def speaks_of_audit(text: str) -> bool:
    """Whether a text calls the work an audit, other than to say that it is none."""
    return any(not _DENIED.search(text[: found.start()]) for found in _AUDIT.finditer(text))
