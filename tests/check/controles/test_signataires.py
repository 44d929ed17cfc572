"""Who validates, consents and is heard for a structure: those who lead it."""

from pathlib import Path

import pytest

from dla_docs.flow import examine
from dla_docs.model.findings import Finding
from dla_docs.model.workspace import Workspace
from tests.check.cases import apply
from tests.scenes import JOUR

A = "dossiers/2025-003-calades-jabron"
COLLECTIF = "dossiers/2025-021-rapprochement-buech-jabron"
FICHE = "dossiers/structures/calades-jabron.yaml"


def found(espace: Path, **files: object) -> tuple[Finding, ...]:
    """The findings once some files are changed, each named with `__` for `/`."""
    apply(espace, {"fichiers": {f"{A}/{name}.yaml": keys for name, keys in files.items()}})
    return examine(Workspace(espace), JOUR).findings


def signed(name: str) -> dict[str, object]:
    return {"validation": {"signataire": name}}


@pytest.mark.parametrize(
    "name", ["M. ESTOUBLIER", "Yannick Delorme–Roux", "Estoublier Bernard", "La présidente"]
)
def test_a_leader_signs_however_the_name_is_written(name: str, espace: Path) -> None:
    assert found(espace, diagnostic=signed(name), parcours=signed(name)) == ()


def test_the_dla_does_not_validate_in_the_place_of_leaders(espace: Path) -> None:
    who = "Lise Carrouge, chargée de mission DLA"
    diagnostic, parcours = found(espace, diagnostic=signed(who), parcours=signed(who))
    assert diagnostic.codes == parcours.codes == ("R-ELI-05", "R-ELI-04")
    assert who in diagnostic.message


def test_a_stranger_who_validates_is_told_with_the_file_of_the_leaders(espace: Path) -> None:
    (told,) = found(espace, parcours=signed("Paul Vidalenc"))
    assert (told.code, str(told.severity)) == ("R-ELI-04", "alerte")
    assert "« Les Calades du Jabron »" in told.message
    assert "structures/calades-jabron.yaml" in told.hint


def test_a_consent_is_not_given_by_an_employee(espace: Path) -> None:
    (told,) = found(espace, dossier={"consentements": {1: {"signataire": "Nadia Ferhat"}}})
    assert (told.code, told.pointer) == ("R-ELI-04", ("consentements", 1, "signataire"))


def test_a_former_leader_signed_while_in_office(espace: Path) -> None:
    # Somebody presides after him, or his leaving is told (R-ELI-06).
    before = {"prenom": "Bernard", "nom": "Estoublier", "fonction": "président"}
    after = {"prenom": "Alix", "nom": "Morin", "fonction": "présidente", "debut": "2026-11-01"}
    director = {"prenom": "Yannick", "nom": "Delorme-Roux", "fonction": "directeur"}
    leaders = [{**before, "fin": "2026-10-31"}, director, after]
    apply(espace, {"fichiers": {FICHE: {"dirigeants": leaders}}})
    assert found(espace) == ()


def test_who_has_left_signs_no_more(espace: Path) -> None:
    apply(espace, {"fichiers": {FICHE: {"dirigeants": {0: {"fin": "2025-03-01"}}}}})
    told = {f.path for f in found(espace) if "n’était pas en fonction" in f.message}
    assert f"{A}/parcours.yaml" in told
    assert f"{A}/diagnostic.yaml" not in told


def test_each_structure_of_a_collective_dossier_validates(espace_entier: Path) -> None:
    change = signed("Odile Rambaud-Teyssier, présidente")
    apply(espace_entier, {"fichiers": {f"{COLLECTIF}/parcours.yaml": change}})
    (told,) = examine(Workspace(espace_entier), JOUR).findings
    assert told.code == "R-ELI-04"
    assert "« Les Calades du Jabron »" in told.message
    assert "Aubépine" not in told.message


def test_leaders_heard_are_known_by_their_function_too(espace: Path) -> None:
    talk = {"date": "2025-02-06", "participants": ["La présidente", "Deux encadrants"]}
    assert found(espace, diagnostic={"entretiens": [talk]}) == ()


def test_the_dla_heard_alone_is_nobody_of_the_structure(espace: Path) -> None:
    talk = {"date": "2025-02-06", "participants": ["Didier Aumerat, président"]}
    (told,) = found(espace, diagnostic={"entretiens": [talk]})
    assert told.code == "R-DIA-08"


def test_both_structures_of_a_collective_diagnostic_are_heard(espace_entier: Path) -> None:
    talk = {"date": "2025-11-19", "participants": ["Odile Rambaud-Teyssier, présidente"]}
    apply(espace_entier, {"fichiers": {f"{COLLECTIF}/diagnostic.yaml": {"entretiens": [talk]}}})
    (told,) = examine(Workspace(espace_entier), JOUR).findings
    assert told.code == "R-DIA-08"
    assert "« Les Calades du Jabron »" in told.message


def test_structures_that_the_type_denies_are_asked_for_no_signature(espace_entier: Path) -> None:
    both = {"structures": ["calades-jabron", "aubepine-buech"]}
    told = {code for f in found(espace_entier, dossier=both) for code in f.codes}
    assert "R-ACC-04" in told
    assert not told & {"R-ELI-04", "R-DIA-08", "R-CNF-06"}


def test_each_structure_of_a_collective_ingenierie_agrees_on_the_choice(
    espace_entier: Path,
) -> None:
    path = f"{COLLECTIF}/ingenieries/phase-1-transition/choix.yaml"
    one = {"accord_structure": {"nom": "Odile Rambaud-Teyssier, présidente"}}
    apply(espace_entier, {"fichiers": {path: one}})
    (told,) = examine(Workspace(espace_entier), JOUR).findings
    assert (told.code, told.pointer) == ("R-ELI-04", ("accord_structure", "nom"))
    assert "« Les Calades du Jabron »" in told.message
    assert "une personne de chaque structure" in told.hint
