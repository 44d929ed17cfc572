"""Who was asked, read, chosen and told: what a choice of prestataire owes, and when."""

import shutil
from pathlib import Path
from typing import Any

import pytest

from dla_docs.flow import choose, examine
from dla_docs.model.findings import Finding
from dla_docs.model.workspace import Workspace
from dla_docs.select import Request, State
from tests.check.cases import apply
from tests.scenes import JOUR

ING = "dossiers/2025-003-calades-jabron/ingenieries/bilan-organisation-finances"
LATER = ("convention", "realisation", "rapport-final", "restitution", "evaluation", "reglement")


def found(espace: Path, **files: Any) -> tuple[Finding, ...]:
    """The findings once some keys of some files of the ingénierie are changed."""
    names = {f"{name.replace('_', '-')}.yaml": keys for name, keys in files.items()}
    apply(espace, {"fichiers": names})
    return examine(Workspace(espace), JOUR).findings


def before_the_convention(espace: Path) -> None:
    """The ingénierie as it was on the day of the choice."""
    for name in LATER:
        (espace / ING / f"{name}.yaml").unlink()
    (espace / "dossiers/2025-003-calades-jabron/suivi.yaml").unlink()


def refused(espace: Path, kind: str) -> bool:
    choices = choose(Request(types=(kind,)), examine(Workspace(espace), JOUR))
    return [choice.state for choice in choices] == [State.LACKING]


def test_a_convention_without_consultation_is_told_at_the_convention(espace: Path) -> None:
    (espace / ING / "consultation.yaml").unlink()
    (one,) = examine(Workspace(espace), JOUR).findings
    assert (one.code, one.path) == ("R-CON-07", f"{ING}/convention.yaml")
    assert refused(espace, "convention")


def test_a_convention_without_any_proposition_is_told_at_the_convention(espace: Path) -> None:
    shutil.rmtree(espace / ING / "propositions")
    (one,) = examine(Workspace(espace), JOUR).findings
    assert (one.code, one.path) == ("R-CON-07", f"{ING}/convention.yaml")
    assert "delphine-orsatelli" in one.message
    assert refused(espace, "convention")


@pytest.mark.parametrize("asked", [None, []])
def test_a_consultation_of_nobody_blocks_the_convention(espace: Path, asked: Any) -> None:
    (one,) = found(espace, consultation={"destinataires": asked})
    assert (one.code, one.path) == ("R-CON-07", f"{ING}/consultation.yaml")
    assert refused(espace, "convention")


def test_a_choice_that_names_nobody_is_not_a_vain_consultation(espace: Path) -> None:
    (one,) = found(espace, choix={"retenu": None})
    assert (one.code, one.path) == ("R-SEL-08", f"{ING}/choix.yaml")
    assert refused(espace, "releve-choix")


def test_a_vain_consultation_is_right_once_it_is_said(espace: Path) -> None:
    before_the_convention(espace)
    letters = {0: {"decision": "non_retenue"}}
    changes = {"retenu": None, "infructueux": True, "notifications": letters}
    assert found(espace, choix=changes) == ()


def test_a_vain_consultation_has_no_convention(espace: Path) -> None:
    changes = {"retenu": None, "infructueux": True, "notifications": {0: None}}
    (one,) = found(espace, choix=changes)
    assert (one.code, one.pointer) == ("R-COH-07", ("infructueux",))


def test_who_is_retained_and_vain_at_once_is_told(espace: Path) -> None:
    (one,) = found(espace, choix={"infructueux": True})
    assert (one.code, one.pointer) == ("R-SEL-08", ("infructueux",))


def test_who_learns_it_after_the_convention_is_signed_is_told(espace: Path) -> None:
    (one,) = found(
        espace, choix={"notifications": {1: {"date": "2025-04-18", "date_demande": None}}}
    )
    assert (one.code, one.pointer) == ("R-SEL-06", ("notifications", 1, "date"))
    assert "signature de la convention" in one.message


def test_more_days_than_the_order_admits_are_told_with_both_figures(espace: Path) -> None:
    (one,) = found(espace, cahier_des_charges={"jours": {"max": 4}})
    assert (one.code, one.path) == ("R-PRO-04", f"{ING}/propositions/delphine-orsatelli.yaml")
    assert "compte 5 jours" in one.message
    assert "admet 4 au plus" in one.message


def test_a_limit_that_no_proposition_keeps_is_told_once(espace: Path) -> None:
    (one,) = found(espace, cahier_des_charges={"budget_max_ttc": 3000})
    assert (one.code, one.pointer) == ("R-PRO-04", ("budget_max_ttc",))


def test_a_price_beyond_the_budget_that_was_negotiated_is_right(espace: Path) -> None:
    budget = {"total_ht": 3900, "taux_jour_ht": 780, "total_ttc": 3900}
    explained = [{"sur": "montant", "motif": "Prix négocié le 1er avril."}]
    apply(espace, {"fichiers": {"propositions/delphine-orsatelli.yaml": {"budget": budget}}})
    assert found(espace, convention={"ecarts": explained}) == ()
    (one,) = found(espace, convention={"ecarts": None})
    assert "R-PRO-04" in one.codes


def test_who_is_retained_is_told_before_the_convention(espace: Path) -> None:
    (one,) = found(espace, choix={"notifications": {0: None}})
    assert (one.code, str(one.severity)) == ("R-SEL-06", "alerte")
    assert "est retenu" in one.message
