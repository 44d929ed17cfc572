"""Who is noted at a meeting is what their role says; each structure is there."""

from pathlib import Path

import pytest

from dla_docs.flow import examine
from dla_docs.load.yaml_reader import parse
from dla_docs.model.findings import Finding
from dla_docs.model.workspace import Workspace
from tests.check.cases import apply
from tests.scenes import JOUR

RESTITUTION = (
    "dossiers/2025-003-calades-jabron/ingenieries/bilan-organisation-finances/restitution.yaml"
)
STRUCTURE = "dossiers/structures/calades-jabron.yaml"
COLLECTIF = "dossiers/2025-021-rapprochement-buech-jabron"
PHASE = f"{COLLECTIF}/ingenieries/phase-1-transition"


def found(root: Path, file: str, **keys: object) -> tuple[Finding, ...]:
    apply(root, {"fichiers": {file: keys}})
    return examine(Workspace(root), JOUR).findings


@pytest.mark.parametrize(
    ("presents", "word"),
    [
        ({0: None, 1: None, 2: {"nom": "Paul Inconnu", "fonction": "président"}}, "Calades"),
        ({3: {"nom": "Paul Inconnu"}}, "« Paul Inconnu » n’est pas parmi les « charges_mission »"),
        ({4: {"nom": "Paul Inconnu"}}, "« Paul Inconnu » n’intervient pas"),
    ],
)
def test_who_is_nobody_of_that_role_is_told(
    presents: dict[int, object], word: str, espace: Path
) -> None:
    (told,) = found(espace, RESTITUTION, presents=presents)
    assert (told.code, str(told.severity)) == ("R-RES-05", "alerte")
    assert word in told.message


@pytest.mark.parametrize(
    "person",
    [
        {"nom": "Yannick Delorme-Roux"},
        {"nom": "La présidente"},
        {"nom": "Marc Roumieu", "fonction": "vice-président"},
        {"nom": "Marc Roumieu", "fonction": "cadre des Calades du Jabron"},
        {"nom": "Gérard Lieutaud", "fonction": "trésorier"},
    ],
)
def test_one_of_the_structure_stands_for_it(person: dict[str, str], espace: Path) -> None:
    alone = {0: None, 1: None, 2: {"fonction": "membre", **person}}
    assert found(espace, RESTITUTION, presents=alone) == ()


def test_each_structure_of_a_collective_ingenierie_is_there(espace_entier: Path) -> None:
    (told,) = found(espace_entier, f"{PHASE}/restitution.yaml", presents={1: None, 3: None})
    assert (told.code, told.pointer) == ("R-RES-05", ("presents",))
    assert "« Les Calades du Jabron »" in told.message


def test_each_structure_of_a_collective_dossier_is_received(espace_entier: Path) -> None:
    (told,) = found(espace_entier, f"{COLLECTIF}/accueil.yaml", participants={2: None, 3: None})
    assert (told.code, told.pointer) == ("R-ACC-07", ("participants",))
    assert "« Les Calades du Jabron »" in told.message


def test_who_had_left_office_on_the_day_of_the_restitution_is_told(espace: Path) -> None:
    people = parse("x", (espace / RESTITUTION).read_bytes()).data["presents"]
    record = parse("x", (espace / STRUCTURE).read_bytes()).data["dirigeants"]
    names = {f"{one['prenom']} {one['nom']}": rank for rank, one in enumerate(record)}
    ended = {names[p["nom"]]: {"fin": "2025-06-30"} for p in people if p["nom"] in names}
    told = [f for f in found(espace, STRUCTURE, dirigeants=ended) if f.path == RESTITUTION]
    assert ended and {f.code for f in told} == {"R-RES-05"}
    assert all("son mandat a pris fin" in f.message for f in told)
