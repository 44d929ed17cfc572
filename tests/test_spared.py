"""What would be made as it lies is not even examined, and this is never said by mistake."""

import os
import random
import shutil
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from click.testing import Result

from dla_docs import flow
from dla_docs.flow import choose, render, take_up
from dla_docs.memory import inventory
from dla_docs.model.workspace import Workspace
from dla_docs.select import Request
from dla_docs.workshop import here
from tests.conftest import Lancer
from tests.memory.test_memory import edits
from tests.sampling import EVERYTHING
from tests.scenes import JOUR

AUBEPINE = "2025-007-aubepine-buech"
CALADES = "2025-003-calades-jabron"
TYPES = ("fiche-accueil", "releve-comite", "bilan-activite")
"""One of a dossier, one of a comité that is shown some, one that counts them all."""


@pytest.fixture(autouse=True)
def own_cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A cache of its own for each test, and files that have not just changed."""
    for variable in ("XDG_CACHE_HOME", "LOCALAPPDATA"):
        monkeypatch.setenv(variable, str(tmp_path / "cache"))
    monkeypatch.setattr(inventory, "YOUNG", 0)


@pytest.fixture
def dire(espace_entier: Path, lancer: Lancer) -> Callable[..., Result]:
    """Renders some types of a whole workspace, as a page."""
    asked = ("render", "-t", "html", *(word for name in TYPES for word in ("-d", name)))
    return lambda *more: lancer(*asked, *more, espace=espace_entier, DLA_DATE=JOUR.isoformat())


@pytest.fixture
def examined_units(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The units that are examined, the territory left out: it always is."""
    seen: list[str] = []
    work = flow.examined_in

    def first(raw: flow.Corpus, ground: flow.Ground, day: date) -> flow.Examined:
        seen.extend(sorted(raw.own - {"territoire"}))
        return work(raw, ground, day)

    monkeypatch.setattr(flow, "examined_in", first)
    return seen


def write(path: Path, before: str, after: str) -> None:
    said = path.read_text(encoding="utf-8")
    assert before in said
    path.write_text(said.replace(before, after, 1), encoding="utf-8")


def test_units_whose_documents_lie_as_they_would_be_made_are_not_examined(
    dire: Callable[..., Result], examined_units: list[str]
) -> None:
    first = dire()
    assert {AUBEPINE, CALADES} <= set(examined_units)
    examined_units.clear()
    assert (dire().output, examined_units) == (first.output, [])


def test_a_changed_dossier_is_examined_and_no_other(
    dire: Callable[..., Result], examined_units: list[str], espace_entier: Path
) -> None:
    first = dire()
    examined_units.clear()
    write(espace_entier / f"dossiers/{AUBEPINE}/dossier.yaml", "titre: ", "titre: Autre ")
    assert dire().output == first.output
    assert AUBEPINE in examined_units
    assert CALADES not in examined_units


@pytest.mark.parametrize("fate", ["gone", "other"])
def test_a_file_that_is_no_more_as_it_was_written_is_made_again_or_kept(
    dire: Callable[..., Result], espace_entier: Path, fate: str
) -> None:
    first = dire()
    (page,) = (espace_entier / "documents" / CALADES).glob("fiche-accueil*.html")
    page.unlink() if fate == "gone" else page.write_text("retouché", encoding="utf-8")
    again = dire()
    assert page.name in again.output
    assert (again.exit_code, page.read_bytes() == b"retouch\xc3\xa9") == (
        (first.exit_code, False) if fate == "gone" else (1, True)
    )


def test_what_is_lacking_is_said_each_time(
    dire: Callable[..., Result], espace_entier: Path
) -> None:
    write(espace_entier / f"dossiers/{AUBEPINE}/accueil.yaml", "decision: ", "decisio: ")
    first = dire()
    again = dire()
    assert (again.output, again.exit_code) == (first.output, first.exit_code)
    assert (AUBEPINE in again.output, again.exit_code) == (True, 1)


def made_again(espace: Path, output: Path) -> dict[str, bytes]:
    """The pages that a workspace gives once what is known of it was used."""
    request = Request((), TYPES, ("html",))
    paths: set[Path] = set()
    for taken in take_up(Workspace(espace), JOUR, request, output):
        choices = choose(request, taken.examined)
        rendering = render(choices, request, taken.examined, output, here, given=taken.before)
        paths |= {path for outcome in rendering for path in outcome.written}
        paths |= {path for files in taken.lying.values() for path in files}
    return {path.relative_to(output).as_posix(): path.read_bytes() for path in sorted(paths)}


def test_what_is_made_some_units_at_a_time_is_what_is_made_at_once(
    espace_entier: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    at_once = made_again(espace_entier, espace_entier / "documents")
    monkeypatch.setattr(flow, "SLICE", 3)
    monkeypatch.setattr("dla_docs.memory.memory.program", lambda: "un autre")
    assert made_again(espace_entier, espace_entier / "documents/autres") == at_once


@pytest.mark.campagne
@pytest.mark.parametrize("seed", range(2))
def test_what_is_left_after_any_change_is_what_would_be_made(
    espace_entier: Path, tmp_path: Path, seed: int
) -> None:
    chance, done = random.Random(seed), list[str]()
    output = espace_entier / "documents"
    turns = int(os.environ.get("DLA_RETOUCHES", 6 if EVERYTHING else 1))
    made_again(espace_entier, output)
    for rank, edit in zip(range(turns), edits(espace_entier, chance), strict=False):
        done.append(edit)
        new = shutil.copytree(
            espace_entier, tmp_path / f"neuf-{rank}", ignore=lambda *_: {"documents"}
        )
        expected = made_again(new, new / "documents")
        assert made_again(espace_entier, output) == expected, done
