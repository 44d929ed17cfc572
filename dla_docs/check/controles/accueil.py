"""Accueil: who may be accompanied, and what is decided with the structure."""

from collections.abc import Iterator

from dla_docs.check.controles.case import Breach, Case


def r_eli_01(case: Case) -> Iterator[Breach]:
    """The structure has employees and belongs to the ESS ([seed 001])."""
    if case.holds("structure") and case.get("structure", "employeuse") is False:
        yield case.breach_at(
            "structure",
            ("employeuse",),
            "la structure n’emploie personne : le DLA s’adresse aux structures employeuses",
            "vérifiez-le, ou réorientez la structure à l’accueil",
        )
    if case.holds("accueil"):
        criteria = case.get("accueil", "criteres") or {}
        if criteria.get("ess") == "non" and case.get("accueil", "decision") == "poursuivre":
            yield case.breach_at(
                "accueil",
                ("criteres", "ess"),
                "la structure ne relève pas de l’économie sociale et solidaire",
                "réorientez-la, ou corrigez le critère",
            )


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


def r_acc_03(case: Case) -> Iterator[Breach]:
    """The decision is made together ([seed 000])."""
    welcome = case.data("accueil")
    if "decision" in welcome and welcome.get("decision_conjointe") is not True:
        yield case.breach_at(
            "accueil",
            ("decision_conjointe",),
            "rien ne dit que la décision de l’accueil a été prise avec la structure",
            "écrivez « decision_conjointe: true » si elle l’a été",
        )


def r_acc_04(case: Case) -> Iterator[Breach]:
    """A collective request joins two structures or more ([seed 000], threshold [inferred])."""
    for kind in ("dossier", "ingenierie"):
        data = case.data(kind) if kind in case.scope.parts else {}
        structures = data.get("structures") or []
        if data.get("type") == "collectif" and len(structures) == 1:
            yield case.breach_at(
                kind,
                ("structures",),
                "un accompagnement collectif réunit au moins deux structures, il n’y en a qu’une",
                "ajoutez les autres structures, ou écrivez « type: individuel »",
            )
