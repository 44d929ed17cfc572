"""A territory softens a rule, a dossier derogates from it, a workspace adds its own."""

import json
from pathlib import Path

import pytest

from dla_docs.check.check import blocking
from dla_docs.check.rules import load_rules
from dla_docs.flow import choose, examine
from dla_docs.model.findings import Severity
from dla_docs.model.schemas import load_kinds
from dla_docs.model.workspace import Workspace
from dla_docs.select import Request, State
from tests.check.cases import RECORDS, changed
from tests.scenes import JOUR

DOSSIER = "dossiers/2025-003-calades-jabron/dossier.yaml"
DEROGATION = """
derogations:
  - regle: R-CVT-03
    motif: acompte négocié
    validee_par: Lise Carrouge
    date: 2025-04-01
"""


def severity_of(root: Path, code: str) -> tuple[Severity, str]:
    (finding,) = [f for f in examine(Workspace(root), JOUR).findings if f.code == code]
    return finding.severity, finding.message


@pytest.mark.parametrize("gravite", ["alerte", "info"])
def test_a_territory_softens_a_rule(espace: Path, gravite: str) -> None:
    rule = f"R-CVT-03: {{gravite: {gravite}, motif: usage local, depuis: 2025-01-01}}"
    with (espace / "dossiers/territoire.yaml").open("a", encoding="utf-8") as file:
        file.write(f"\nregles:\n  {rule}\n")
    severity, message = severity_of(changed(espace, "R-CVT-03", "fautif"), "R-CVT-03")
    assert gravite == severity
    assert "usage local" in message


def test_a_softened_rule_blocks_nothing(espace: Path) -> None:
    rule = "R-CVT-03: {gravite: info, motif: usage local, depuis: 2025-01-01}"
    with (espace / "dossiers/territoire.yaml").open("a", encoding="utf-8") as file:
        file.write(f"\nregles:\n  {rule}\n")
    examined = examine(Workspace(changed(espace, "R-CVT-03", "fautif")), JOUR)
    choices = choose(Request(("2025-003",), ("convention",)), examined)
    assert [choice.state for choice in choices] == [State.READY]


def test_a_dossier_derogates_for_itself(espace: Path) -> None:
    with (espace / DOSSIER).open("a", encoding="utf-8") as file:
        file.write(DEROGATION)
    severity, message = severity_of(changed(espace, "R-CVT-03", "fautif"), "R-CVT-03")
    assert severity == Severity.INFO
    assert "acompte négocié" in message


def test_a_derogation_says_nothing_of_another_dossier(espace_entier: Path) -> None:
    with (espace_entier / "dossiers/2025-007-aubepine-buech/dossier.yaml").open(
        "a", encoding="utf-8"
    ) as f:
        f.write(DEROGATION)
    assert (
        severity_of(changed(espace_entier, "R-CVT-03", "fautif"), "R-CVT-03")[0] == Severity.ERREUR
    )


def test_a_derogation_says_nothing_of_another_rule(espace: Path) -> None:
    with (espace / DOSSIER).open("a", encoding="utf-8") as file:
        file.write(DEROGATION.replace("R-CVT-03", "R-CDC-02"))
    assert severity_of(changed(espace, "R-CVT-03", "fautif"), "R-CVT-03")[0] == Severity.ERREUR


def test_a_derogated_rule_blocks_nothing(espace: Path) -> None:
    with (espace / DOSSIER).open("a", encoding="utf-8") as file:
        file.write(DEROGATION)
    examined = examine(Workspace(changed(espace, "R-CVT-03", "fautif")), JOUR)
    (choice,) = choose(Request(("2025-003",), ("convention",)), examined)
    assert blocking(choice.document, examined.corpus, examined.findings, examined.rules) == ()


def test_a_workspace_may_add_a_rule_file(espace: Path) -> None:
    folder = espace / "schemas" / "regles"
    folder.mkdir(parents=True)
    record = {"titre": "À nous", "gravite": "info", "source": "nous", "par": "schema"}
    record |= {"quand": ["dossier"], "fautif": {}}  # type: ignore[dict-item]
    (folder / "locales.yaml").write_text(json.dumps({"R-LOC-01": record}), encoding="utf-8")
    assert {*RECORDS, "R-LOC-01"} == set(
        load_rules(Workspace(espace), load_kinds(Workspace(espace)))
    )
