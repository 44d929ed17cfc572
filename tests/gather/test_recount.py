"""Every figure of the bilan is the one that a naive reading of the files gives."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from benchmarks.generate import generate
from dla_docs.gather.figures import Figure, figures
from dla_docs.gather.gather import Gathered, declared, gather, pieces
from dla_docs.gather.parts import Period
from dla_docs.load.library import Library
from dla_docs.load.listing import list_workspace
from dla_docs.model.schemas import load_kinds
from dla_docs.model.workspace import Workspace
from tests.gather.recount import Made, recounted, workspace
from tests.scenes import ROOT

YEAR = Period("2025-01-01", "2025-12-31")
BOTH = Period("2025-01-01", "2026-11-20")


@cache
def gathered(root: Path) -> Gathered:
    place = Workspace(root)
    kinds = load_kinds(place)
    known = declared(place, kinds)
    return gather(pieces(Library(list_workspace(place, kinds)), known), known)


@pytest.fixture(scope="module")
def fait(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A workspace of fourteen dossiers, more than one a structure, several years."""
    folder = tmp_path_factory.mktemp("fait")
    generate(14, folder)
    return folder


def told(root: Path, period: Period) -> Mapping[str, Figure]:
    return figures(gathered(root), period, lambda column, code: code)


def inside(period: Period) -> Any:
    return lambda day: isinstance(day, str) and period.start <= day <= period.end


def of_operator(made: Made, name: str) -> Made:
    return ([d for d in made[0] if name in d["dossier"]["operateurs"]], *made[1:])


@pytest.mark.parametrize("period", [YEAR, BOTH, replace(BOTH, operator="galabre")])
@pytest.mark.parametrize("place", ["demonstration", "fait"])
def test_every_figure_is_recounted_by_another_way(place: str, period: Period, fait: Path) -> None:
    root = ROOT if place == "demonstration" else fait
    made = workspace(root)
    counted = of_operator(made, period.operator) if period.operator else made
    expected = recounted(counted, inside(period))
    assert {name: figure.total for name, figure in told(root, period).items()} == expected


def test_the_parts_of_a_figure_are_recounted_too(fait: Path) -> None:
    dossiers, _, _ = workspace(fait)
    asked = [d["dossier"] for d in dossiers if inside(BOTH)(d["dossier"]["demande"]["date"])]
    families = Counter(d["demande"]["prescripteur"] for d in asked)
    operators = Counter(name for d in asked for name in d["operateurs"])
    figure = told(fait, BOTH)["demandes_par_prescripteur"]
    assert {part.code: part.valeur for part in figure.lignes} == families
    assert {part.code: part.valeur for part in figure.operateurs} == operators


def test_structures_of_an_orientation_are_recounted(fait: Path) -> None:
    dossiers, _, _ = workspace(fait)
    expected: dict[str, set[str]] = {}
    for one in dossiers:
        if inside(BOTH)(one.get("parcours", {}).get("validation", {}).get("date")):
            for orientation in one["dossier"]["orientations"]:
                expected.setdefault(orientation, set()).update(one["dossier"]["structures"])
    figure = told(fait, BOTH)["structures_accompagnees_par_orientation"]
    assert {part.code: part.valeur for part in figure.lignes} == {
        name: len(structures) for name, structures in expected.items()
    }
