"""A funder who aims its support: its logo follows the structure, as it follows place and day."""

from pathlib import Path

import pytest

from dla_docs.documents.documents import documents
from dla_docs.documents.logos import owed_logos
from dla_docs.flow import examine
from dla_docs.model.workspace import Workspace
from tests.scenes import JOUR

MISSION = "2025-003-calades-jabron/ingenieries/bilan-organisation-finances"
RAPPROCHEMENT = "2025-021-rapprochement-buech-jabron"
FUNDER = """\
financeurs:
  - id: ailleurs
    nom: Fondation du Plateau
    type: autre
    logo: {{fichier: logos/dla.svg, alternative: Fondation du Plateau}}
    {}
"""


def is_thanked(
    root: Path, target: str, type_name: str = "convention", scope: str = MISSION
) -> bool:
    """Whether the document shows the logo of a funder with this target."""
    territory = root / "dossiers" / "territoire.yaml"
    text = territory.read_text(encoding="utf-8")
    funded = text.replace("financeurs:\n", FUNDER.format(target), 1)
    territory.write_text(funded, encoding="utf-8")
    examined = examine(Workspace(root), JOUR)
    every = documents(examined.corpus, examined.types)
    one = next(d for d in every if d.type.name == type_name and d.scope.path == scope)
    return any(logo.owner == "Fondation du Plateau" for logo in owed_logos(one, examined.corpus))


@pytest.mark.parametrize(
    ("target", "thanked"),
    [
        ("secteurs: [sport, insertion_emploi]", True),
        ("secteurs: [culture]", False),
        ('communes: ["04209"]', True),
        ('communes: ["04070"]', False),
        ('departements: ["04"], secteurs: [insertion_emploi]', True),
        ('departements: ["05"], secteurs: [insertion_emploi]', False),
    ],
)
def test_a_support_is_aimed_at_sectors_and_places(espace: Path, target: str, thanked: bool) -> None:
    assert is_thanked(espace, target.replace("], ", "]\n    ")) is thanked


def test_one_structure_of_the_sector_is_enough(espace_entier: Path) -> None:
    structure = espace_entier / "dossiers/structures/aubepine-buech.yaml"
    text = structure.read_text(encoding="utf-8")
    structure.write_text(text.replace("secteur: insertion_emploi", "secteur: sport"), "utf-8")
    assert is_thanked(espace_entier, "secteurs: [sport]", "parcours", RAPPROCHEMENT)


def test_the_same_structure_is_in_the_sector_and_in_the_place(espace_entier: Path) -> None:
    structure = espace_entier / "dossiers/structures/aubepine-buech.yaml"
    text = structure.read_text(encoding="utf-8")
    structure.write_text(text.replace("secteur: insertion_emploi", "secteur: sport"), "utf-8")
    target = 'secteurs: [sport]\n    departements: ["04"]'
    assert not is_thanked(espace_entier, target, "parcours", RAPPROCHEMENT)


def test_a_structure_without_sector_thanks_every_sector(espace: Path) -> None:
    structure = espace / "dossiers/structures/calades-jabron.yaml"
    text = structure.read_text(encoding="utf-8")
    structure.write_text(text.replace("secteur: insertion_emploi\n", ""), encoding="utf-8")
    assert is_thanked(espace, "secteurs: [culture]")


def test_a_document_of_no_structure_thanks_every_sector(espace: Path) -> None:
    scope = "prestataires/alidade"
    assert is_thanked(espace, "secteurs: [culture]", "fiche-prestataire", scope)


@pytest.mark.parametrize(
    ("days", "thanked"),
    [
        ("debut: 2026-01-01", False),
        ("fin: 2024-12-31", False),
        ("debut: 2025-12-31", True),
        ("fin: 2025-01-01", True),
    ],
)
def test_a_bilan_thanks_the_funders_of_its_period(
    espace_entier: Path, days: str, thanked: bool
) -> None:
    assert is_thanked(espace_entier, days, "bilan-activite", "territoire") is thanked


def test_the_block_of_the_union_comes_after_every_other_funder(espace_entier: Path) -> None:
    examined = examine(Workspace(espace_entier), JOUR)
    every = documents(examined.corpus, examined.types)
    one = next(d for d in every if d.type.name == "fiche-prestataire")
    shown = [logo.europe for logo in owed_logos(one, examined.corpus)]
    assert (shown.count(True), shown[-1]) == (1, True)
