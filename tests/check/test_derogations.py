"""A territory softens a rule, a dossier derogates from it, a workspace adds its own."""

import json
from pathlib import Path

import pytest

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
    vise: ingenieries/bilan-organisation-finances/convention.yaml
"""
MISSION = "dossiers/2025-003-calades-jabron/ingenieries/bilan-organisation-finances"


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
    assert choice.reasons == ()


def derogate(root: Path, regle: str, vise: str = "") -> None:
    """Add a derogation to the dossier of the example."""
    text = DEROGATION.partition("    vise:")[0].replace("R-CVT-03", regle)
    with (root / DOSSIER).open("a", encoding="utf-8") as file:
        file.write(f"{text}    vise: {vise}\n" if vise else text)


def told(root: Path, code: str) -> list[tuple[str, str]]:
    """The severity of each finding of a rule, with its file."""
    examined = examine(Workspace(root), JOUR)
    found = [f for f in examined.findings if code in f.codes]
    return [(str(f.severity), f.path.rpartition("/")[2]) for f in found]


def false_sums(root: Path) -> None:
    """A breach of R-COH-06 in the grille and another in the convention."""
    for name, old, new in (
        ("cahier-des-charges.yaml", "poids: ", "poids: 1"),
        ("convention.yaml", "tva: 0.00", "tva: 100.00"),
    ):
        path = root / MISSION / name
        text = path.read_text(encoding="utf-8").replace(old, new, 1)
        path.write_text(text, encoding="utf-8", newline="\n")


@pytest.mark.parametrize(
    ("vise", "left"),
    [
        ("", [("erreur", "cahier-des-charges.yaml"), ("erreur", "convention.yaml")]),
        (
            "ingenieries/bilan-organisation-finances/cahier-des-charges.yaml:criteres",
            [("info", "cahier-des-charges.yaml"), ("erreur", "convention.yaml")],
        ),
        (
            f"{MISSION}/convention.yaml",
            [("erreur", "cahier-des-charges.yaml"), ("info", "convention.yaml")],
        ),
        ("dossier", [("info", "cahier-des-charges.yaml"), ("info", "convention.yaml")]),
    ],
)
def test_a_derogation_covers_what_it_names_and_nothing_else(
    vise: str, left: list[tuple[str, str]], espace: Path
) -> None:
    false_sums(espace)
    derogate(espace, "R-COH-06", vise)
    assert told(espace, "R-COH-06") == left


@pytest.mark.parametrize(
    ("vise", "message", "hint"),
    [
        ("cahier-des-charge.yaml", "n’est pas un fichier", "cahier-des-charges.yaml"),
        (
            "ingenieries/bilan-organisation-finances/convention.yaml:montan.tva",
            "n’est pas une donnée",
            "« montant »",
        ),
        ("dossier.yaml:12:3", "est une ligne", "nommez la donnée"),
        ("dossier.yaml:structures[0]", "n’est pas une donnée", "[1] pour le premier"),
    ],
)
def test_a_derogation_that_names_nothing_is_told_with_the_nearest(
    vise: str, message: str, hint: str, espace: Path
) -> None:
    derogate(espace, "R-COH-06", vise)
    (found,) = examine(Workspace(espace), JOUR).findings
    assert (found.code, message in found.message) == ("S-REF", True)
    assert hint in found.hint


def test_a_derogation_that_covers_nothing_is_told(espace: Path) -> None:
    derogate(espace, "R-COH-06", "ingenieries/bilan-organisation-finances/convention.yaml")
    (found,) = examine(Workspace(espace), JOUR).findings
    assert (found.code, found.severity) == ("R-DER-01", Severity.ALERTE)
    assert "ne couvre rien" in found.message


def test_a_file_that_is_not_there_may_be_what_is_accepted(espace: Path) -> None:
    (espace / MISSION / "choix.yaml").unlink()
    codes = {f.code for f in examine(Workspace(espace), JOUR).findings if f.missing_file}
    (code,) = (c for c in codes if c.startswith("R-"))
    derogate(espace, code, "ingenieries/bilan-organisation-finances/choix.yaml")
    found = [f for f in examine(Workspace(espace), JOUR).findings if code in f.codes]
    assert [f for f in found if code in f.errors] == []


def two_rules(root: Path) -> None:
    """One datum that breaks R-COH-06, an error, and R-CVT-04, told together."""
    path = root / MISSION / "convention.yaml"
    text = path.read_text(encoding="utf-8").replace("  ttc: 3250.00", "  ttc: 3350.00", 1)
    path.write_text(text, encoding="utf-8", newline="\n")


def test_a_derogation_from_one_rule_leaves_the_other_that_the_same_datum_breaks(
    espace: Path,
) -> None:
    two_rules(espace)
    derogate(espace, "R-CVT-04", "ingenieries/bilan-organisation-finances/convention.yaml:montant")
    (found,) = (f for f in examine(Workspace(espace), JOUR).findings if "R-COH-06" in f.codes)
    assert found.errors == ("R-COH-06",)


def test_a_rule_softened_by_the_territory_hides_none_of_those_it_covers(espace: Path) -> None:
    with (espace / "dossiers/territoire.yaml").open("a", encoding="utf-8") as file:
        file.write("\nregles:\n  R-PRE-01: {gravite: info, motif: m, depuis: 2025-01-01}\n")
    fiche = espace / "dossiers/prestataires/delphine-orsatelli.yaml"
    text = fiche.read_text(encoding="utf-8").replace("\nsiret:", "\nx-siret:")
    fiche.write_text(text, encoding="utf-8", newline="\n")
    (found,) = examine(Workspace(espace), JOUR).findings
    assert (found.code, found.errors) == ("R-SOL-02", ("R-SOL-02",))


def test_a_workspace_may_add_a_rule_file(espace: Path) -> None:
    folder = espace / "schemas" / "regles"
    folder.mkdir(parents=True)
    record = {"titre": "À nous", "gravite": "info", "source": "nous", "par": "schema"}
    record |= {"quand": ["dossier"], "fautif": {}}  # type: ignore[dict-item]
    (folder / "locales.yaml").write_text(json.dumps({"R-LOC-01": record}), encoding="utf-8")
    assert {*RECORDS, "R-LOC-01"} == set(
        load_rules(Workspace(espace), load_kinds(Workspace(espace)))
    )
