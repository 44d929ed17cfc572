"""What was found of a unit is not found twice, and never told once it is no more so."""

import os
import pickle
import random
import re
import shutil
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from dla_docs import sweep
from dla_docs.disk.cache import cache_folder
from dla_docs.memory import inventory, memory, store
from dla_docs.memory.store import FOLDER
from dla_docs.model.findings import Finding
from dla_docs.model.workspace import Workspace
from dla_docs.sweep import Crew, survey
from tests.sampling import EVERYTHING
from tests.scenes import JOUR

AUBEPINE = "2025-007-aubepine-buech"
CALADES = "2025-003-calades-jabron"
Examines = Callable[[], list[str]]


@pytest.fixture(autouse=True)
def own_cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A cache of its own for each test, and files that have not just changed."""
    for variable in ("XDG_CACHE_HOME", "LOCALAPPDATA"):
        monkeypatch.setenv(variable, str(tmp_path / "cache"))
    monkeypatch.setattr(inventory, "YOUNG", 0)


def found(espace: Path, fresh: bool = False) -> tuple[Finding, ...]:
    examined = survey(Workspace(espace), JOUR, crew_of=Crew(1), fresh=fresh)
    return (*examined.findings, *(o.finding for o in examined.obstacles))


@pytest.fixture
def examined_units(espace_entier: Path, monkeypatch: pytest.MonkeyPatch) -> Examines:
    """The units that a survey examines, the territory left out: it always is."""
    seen: list[str] = []
    work = sweep.seen_in
    monkeypatch.setattr(
        sweep, "seen_in", lambda c, unit, *rest: seen.append(unit) or work(c, unit, *rest)
    )

    def units() -> list[str]:
        seen.clear()
        found(espace_entier)
        return sorted(seen)

    units()
    return units


def write(path: Path, before: str, after: str) -> None:
    said = path.read_text(encoding="utf-8")
    assert before in said
    path.write_text(said.replace(before, after, 1), encoding="utf-8")


def test_nothing_is_found_twice(examined_units: Examines) -> None:
    assert examined_units() == []


def test_a_changed_dossier_is_examined_with_the_comites_that_name_it_and_no_more(
    espace_entier: Path, examined_units: Examines
) -> None:
    write(espace_entier / f"dossiers/{AUBEPINE}/dossier.yaml", "titre: ", "titre: Autre ")
    again = examined_units()
    assert AUBEPINE in again
    assert {unit for unit in again if not unit.startswith("comites/")} == {AUBEPINE}


def test_what_all_read_has_all_examined(espace_entier: Path, examined_units: Examines) -> None:
    write(espace_entier / "dossiers/territoire.yaml", "\n", "\n# relu\n")
    assert {AUBEPINE, CALADES, "territoire"} <= set(examined_units())


def test_a_date_put_back_hides_no_change(espace_entier: Path, examined_units: Examines) -> None:
    path = espace_entier / f"dossiers/{AUBEPINE}/dossier.yaml"
    before = path.stat()
    said = path.read_bytes()
    path.write_bytes(said.replace(b"a", b"e", 1))
    os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))
    assert AUBEPINE in examined_units()


def test_a_file_touched_and_not_changed_has_nothing_examined(
    espace_entier: Path, examined_units: Examines
) -> None:
    (espace_entier / f"dossiers/{AUBEPINE}/dossier.yaml").touch()
    assert examined_units() == []


def test_another_day_and_another_program_find_all_again(
    espace_entier: Path, examined_units: Examines, monkeypatch: pytest.MonkeyPatch
) -> None:
    survey(Workspace(espace_entier), JOUR + timedelta(1), crew_of=Crew(1))
    assert len(examined_units()) > 20
    monkeypatch.setattr(memory, "program", lambda: "un autre")
    assert len(examined_units()) > 20


def test_whoever_asks_for_it_has_all_examined(
    espace_entier: Path, examined_units: Examines, monkeypatch: pytest.MonkeyPatch
) -> None:
    known: list[bool] = []
    know = memory.Memory.know
    monkeypatch.setattr(
        memory.Memory,
        "know",
        lambda one, library, fresh: known.append(fresh) or know(one, library, fresh),
    )
    assert found(espace_entier, fresh=True) == found(espace_entier)
    assert known == [True, False]


@pytest.mark.parametrize("spoilt", [b"", b"\x80\x05cposix\nsystem\n.", pickle.dumps(3), b"x" * 99])
def test_what_is_kept_and_spoilt_is_as_none(espace: Path, spoilt: bytes) -> None:
    first = found(espace)
    kept = [p for p in (cache_folder() / FOLDER).rglob("*") if p.is_file()]
    assert len(kept) == 3
    for path in kept:
        path.write_bytes(spoilt)
    assert found(espace) == first


def test_what_is_kept_makes_us_do_nothing(tmp_path: Path) -> None:
    class Trap:
        def __reduce__(self) -> tuple[Callable[[str], int], tuple[str]]:
            return os.system, (f"touch {tmp_path / 'fait'}",)

    (tmp_path / "piege").write_bytes(store.sealed("piege", Trap()))
    assert store.kept(tmp_path, "piege") is None
    assert not (tmp_path / "fait").exists()


def test_without_a_place_all_is_found_again(espace: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    first = found(espace)
    monkeypatch.setenv("XDG_CACHE_HOME", str(Path(__file__)))
    assert found(espace) == found(espace) == first


def test_a_file_that_is_made_and_asked_about_is_looked_at_each_time(
    examined_units: Examines, espace_entier: Path
) -> None:
    made = espace_entier / "documents/photo.png"
    made.parent.mkdir()
    note = next((espace_entier / f"dossiers/{CALADES}").rglob("*.md"))
    up = "../" * len(note.relative_to(espace_entier).parent.parts)
    note.write_text(f"![Un atelier]({up}documents/photo.png)\n", encoding="utf-8")
    assert CALADES in examined_units()
    assert CALADES in examined_units()


def test_a_file_that_would_be_made_is_waited_for(
    examined_units: Examines, espace_entier: Path
) -> None:
    note = next((espace_entier / f"dossiers/{CALADES}").rglob("*.md"))
    up = "../" * len(note.relative_to(espace_entier).parent.parts)
    note.write_text(f"![Un atelier]({up}documents/absente.png)\n", encoding="utf-8")
    assert CALADES in examined_units()
    assert CALADES in examined_units()


def edits(espace: Path, chance: random.Random) -> Iterator[str]:
    """One thing of the workspace changed after another, as hands do; what was done."""
    data = espace / "dossiers"
    while True:
        files = sorted(p for p in data.rglob("*") if p.is_file())
        texts = [p for p in files if p.suffix in {".yaml", ".md"}]
        path = chance.choice(texts)
        gesture = chance.choice(
            ["letter"] * 6 + ["line", "away", "copy", "rename", "picture", "new"]
        )
        if gesture == "letter":
            said = path.read_text(encoding="utf-8", errors="replace")
            places = [m.start() for m in re.finditer(r"\w", said)] or [0]
            where = chance.choice(places)
            path.write_text(
                said[:where] + chance.choice("a1e0-") + said[where + 1 :], encoding="utf-8"
            )
        elif gesture == "line":
            lines = path.read_text(encoding="utf-8", errors="replace").splitlines(keepends=True)
            left = chance.randrange(len(lines) + 1)
            path.write_text("".join(lines[:left] + lines[left + 1 :]), encoding="utf-8")
        elif gesture == "away" and path.name != "territoire.yaml":
            path.unlink()
        elif gesture == "copy":
            shutil.copy(path, path.with_name(f"{path.stem} (1){path.suffix}"))
        elif gesture == "rename" and path.name != "territoire.yaml":
            path.rename(path.with_name(f"x{chance.randrange(9)}{path.suffix}"))
        elif gesture == "picture":
            (chance.choice(files).parent / "image.svg").write_bytes(
                chance.choice(files).read_bytes()
            )
        elif gesture == "new":
            (chance.choice(files).parent / chance.choice(texts).name).write_bytes(path.read_bytes())
        yield f"{gesture} {path.relative_to(espace)}"


@pytest.mark.campagne
@pytest.mark.parametrize("seed", range(2))
def test_what_is_kept_says_what_is_found_anew(espace_entier: Path, seed: int) -> None:
    chance, done = random.Random(seed), list[str]()
    turns = int(os.environ.get("DLA_RETOUCHES", 8 if EVERYTHING else 3))
    original = shutil.copytree(espace_entier, espace_entier.parent / "avant")
    for rank, edit in zip(range(turns), edits(espace_entier, chance), strict=False):
        done.append(edit)
        assert found(espace_entier) == found(espace_entier, fresh=True), done
        if rank % 10 == 9:
            shutil.rmtree(espace_entier)
            shutil.copytree(original, espace_entier)
            done.clear()
