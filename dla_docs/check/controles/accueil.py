"""Accueil: who may be accompanied, and what is decided with the structure."""

from collections.abc import Iterator

from dla_docs.check.controles.case import Breach, Case


def r_eli_02(case: Case) -> Iterator[Breach]:
    """Free membership: the structure's own agreement to begin is dated ([seed 002])."""
    asked = case.get("dossier", "demande") or {}
    criteria = case.get("accueil", "criteres") or {}
    if "accord_instance" not in asked and criteria.get("accord_instance") != "oui":
        yield case.breach_at(
            "dossier",
            ("demande", "accord_instance"),
            "l’accord de l’instance dirigeante pour s’engager n’est pas noté",
            "datez-le dans demande.accord_instance : l’adhésion est libre à chaque étape",
        )


def r_acc_01(case: Case) -> Iterator[Breach]:
    """The decision and its reasons come before the diagnostic ([seed 000])."""
    if not case.holds("accueil"):
        yield case.breach_at(
            "diagnostic",
            ("accueil.yaml",),
            "un diagnostic est commencé sans accueil.yaml",
            "créez accueil.yaml : la pertinence de l’accompagnement se décide à l’accueil",
        )
        return
    welcome = case.data("accueil")
    for key, label in (("analyse_pertinence", "l’analyse"), ("decision", "la décision")):
        if key not in welcome:
            yield case.breach_at(
                "accueil",
                (key,),
                f"{label} de l’accueil manque alors que le diagnostic est commencé",
                f"renseignez « {key} » avant de poursuivre le diagnostic",
            )
    if welcome.get("decision") not in {None, "poursuivre"}:
        yield case.breach_at(
            "accueil",
            ("decision",),
            "l’accueil ne s’est pas conclu par « poursuivre », un diagnostic est pourtant commencé",
            "corrigez la décision de l’accueil, ou retirez le diagnostic",
        )
