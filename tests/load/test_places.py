"""One table of places: where a file goes, and what a path is, are read in the same lines."""

import pytest

from dla_docs.load.places import DATA, PLACES, folder_of, path_of, place_of, scope_of
from dla_docs.model.resources import package_data
from dla_docs.model.schemas import load_kinds
from dla_docs.model.workspace import Workspace

KINDS = load_kinds(Workspace(package_data("schemas").parent))
NAMES = {"dossier": ["2026-001-fournil"], "ingenierie": ["2026-001-fournil", "bilan"]}
NAMES["propositions"] = [*NAMES["ingenierie"], "alidade"]


def relative(name: str) -> str:
    """The path, under the folder of the data, of a file of a kind."""
    kind = KINDS[name]
    return path_of(kind, *NAMES.get(kind.place, ["un-nom"])).as_posix().removeprefix(DATA)


@pytest.mark.parametrize("name", KINDS)
def test_a_file_at_its_place_is_of_its_kind(name: str) -> None:
    assert place_of(relative(name), KINDS) is KINDS[name]


@pytest.mark.parametrize(
    ("name", "scope"),
    [
        ("territoire", "territoire"),
        ("activite", "territoire"),
        ("structure", "structures/un-nom"),
        ("dossier", "2026-001-fournil"),
        ("convention", "2026-001-fournil/ingenieries/bilan"),
        ("proposition", "2026-001-fournil/ingenieries/bilan"),
    ],
)
def test_a_file_is_part_of_a_scope(name: str, scope: str) -> None:
    assert scope_of(relative(name), KINDS[name].place) == scope


@pytest.mark.parametrize("folder", ["fournil", "2026-1-fournil", "2026-001-fournil/propositions"])
def test_another_folder_is_no_place(folder: str) -> None:
    assert folder_of(folder) == ""


def test_a_schema_names_a_place_of_the_table() -> None:
    assert {kind.place for kind in KINDS.values()} == set(PLACES)
