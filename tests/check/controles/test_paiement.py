"""What a payment waits for, and what its invoice and its account may be."""

from pathlib import Path
from typing import Any

import pytest

from dla_docs.flow import examine
from dla_docs.model.workspace import Workspace
from tests.check.cases import apply
from tests.scenes import JOUR

DOSSIER = "2025-003-calades-jabron"


def told(espace: Path, code: str, **files: Any) -> list[str]:
    """What a rule says once some files of the mission are changed."""
    apply(espace, {"fichiers": {f"{name}.yaml": change for name, change in files.items()}})
    findings = examine(Workspace(espace), JOUR, (DOSSIER,)).findings
    return [finding.message for finding in findings if code in finding.codes]


def waiting(*pieces: str) -> dict[str, Any]:
    """A convention whose first instalment waits for these."""
    return {"echeancier": {0: {"pieces": list(pieces)}}}


def test_a_payment_allowed_without_its_invoice_is_told(espace: Path) -> None:
    unbilled = {"versements": {0: {"facture": None}}}
    (message,) = told(espace, "R-SOL-07", reglement=unbilled)
    assert "sans la facture" in message


@pytest.mark.parametrize("allowed", [{"bon_a_payer": None}, {}])
def test_a_payment_allowed_or_made_before_what_it_waits_for_is_told(
    espace: Path, allowed: dict[str, Any]
) -> None:
    changes = {"convention": waiting("restitution"), "reglement": {"versements": {0: allowed}}}
    (message,) = told(espace, "R-SOL-07", **changes)
    assert "avant la restitution" in message


def test_what_every_balance_waits_for_is_left_to_its_own_rules(espace: Path) -> None:
    early = {"versements": {1: {"bon_a_payer": {"date": "2025-06-01"}}}}
    assert told(espace, "R-SOL-07", reglement=early) == []


def test_a_payment_waits_for_the_first_note_only(espace: Path) -> None:
    notes = {"notes": [{"date": "2025-04-20"}, {"date": "2025-06-20"}]}
    due = waiting("convention_signee", "note_mi_parcours", "facture")
    assert told(espace, "R-SOL-07", convention=due, realisation=notes) == []
