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


def paid(*payments: tuple[str, str, float]) -> dict[str, Any]:
    """A règlement of these payments: a label, an invoice, its amount without tax."""
    return {
        "versements": [
            {"libelle": kind, "facture": {"numero": number, "ht": due, "tva": 0, "ttc": due}}
            for kind, number, due in payments
        ]
    }


THREE = [
    {"libelle": "acompte", "montant_ttc": 975, "declencheur": "Signature", "pieces": ["facture"]},
    {"libelle": "intermediaire", "montant_ttc": 275, "declencheur": "Note", "pieces": ["facture"]},
    {"libelle": "solde", "montant_ttc": 2000, "declencheur": "Fin", "pieces": ["facture"]},
]


def test_a_balance_never_pays_for_the_payment_that_is_missing_before_it(espace: Path) -> None:
    due = paid(("acompte", "A", 975), ("solde", "B", 275))
    files = {"convention": {"echeancier": THREE}, "reglement": due}
    apply(espace, {"fichiers": {"reglement.yaml": {"versements": None}}})
    messages = " ".join(told(espace, "R-COH-03", **files))
    assert "la facture devrait être de 2" in messages and "absent du règlement" in messages


def test_payments_are_paired_by_label_whatever_their_order(espace: Path) -> None:
    due = paid(("solde", "C", 2000), ("acompte", "A", 975), ("intermediaire", "B", 275))
    apply(espace, {"fichiers": {"reglement.yaml": {"versements": None}}})
    files = {"convention": {"echeancier": THREE}, "reglement": due}
    assert told(espace, "R-COH-03", **files) == []


def test_what_is_due_before_the_balance_may_still_come_while_it_is_not_asked_for(
    espace: Path,
) -> None:
    due = paid(("acompte", "A", 975))
    apply(espace, {"fichiers": {"reglement.yaml": {"versements": None}}})
    files = {"convention": {"echeancier": THREE}, "reglement": due}
    assert told(espace, "R-COH-03", **files) == []
