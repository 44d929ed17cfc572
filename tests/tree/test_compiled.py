"""Compiled templates kept between runs: a gain of time that changes and breaks nothing."""

import os
import sys
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import jinja2
import pytest
from click.testing import Result

from dla_docs.disk.cache import cache_folder
from dla_docs.tree import compiled
from dla_docs.tree.compiled import Compiled, compiled_templates

Lancer = Callable[..., Result]
WORDS = ("render", "2025-003", "-d", "convention", "-t", "html")


@pytest.fixture
def dossier_cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder of compiled templates, not made yet."""
    for variable in ("XDG_CACHE_HOME", "LOCALAPPDATA"):
        monkeypatch.setenv(variable, str(tmp_path / "cache"))
    return tmp_path / "cache" / "dla"


def fill(folder: Path, template: str, program: bytes = b"") -> str:
    """A template filled by a run that keeps what it compiles in a folder."""
    folder.mkdir(exist_ok=True, parents=True)
    loader = jinja2.DictLoader({"essai": template})
    environment = jinja2.Environment(
        loader=loader, bytecode_cache=Compiled(folder, program), autoescape=True
    )
    return environment.get_template("essai").render(nom="Léa")


def test_a_second_run_compiles_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    first = fill(tmp_path, "Bonjour {{ nom }}")
    monkeypatch.delattr(jinja2.Environment, "compile")
    assert fill(tmp_path, "Bonjour {{ nom }}") == first == "Bonjour Léa"


def test_a_template_that_changes_is_compiled_again(tmp_path: Path) -> None:
    assert fill(tmp_path, "Bonjour {{ nom }}") == "Bonjour Léa"
    assert fill(tmp_path, "Bonsoir {{ nom }}") == "Bonsoir Léa"


def test_another_program_does_not_read_what_this_one_compiled(tmp_path: Path) -> None:
    fill(tmp_path, "Bonjour", b"un")
    fill(tmp_path, "Bonjour", b"deux")
    assert len(list(tmp_path.iterdir())) == 2


@pytest.mark.parametrize("damage", [b"", b"\0" * 32, b"abc", b"\xff" * 4000])
def test_a_damaged_file_is_ignored_and_written_again(tmp_path: Path, damage: bytes) -> None:
    fill(tmp_path, "Bonjour {{ nom }}")
    (file,) = tmp_path.iterdir()
    whole = file.read_bytes()
    file.write_bytes(damage)
    assert fill(tmp_path, "Bonjour {{ nom }}") == "Bonjour Léa"
    assert file.read_bytes() == whole


def test_a_file_cut_short_is_ignored(tmp_path: Path) -> None:
    fill(tmp_path, "Bonjour {{ nom }}")
    (file,) = tmp_path.iterdir()
    file.write_bytes(file.read_bytes()[:-1])
    assert fill(tmp_path, "Bonjour {{ nom }}") == "Bonjour Léa"


def test_runs_at_once_do_not_disturb_each_other(tmp_path: Path) -> None:
    with ThreadPoolExecutor(8) as pool:
        filled = set(pool.map(lambda _: fill(tmp_path, "Bonjour {{ nom }}"), range(40)))
    assert filled == {"Bonjour Léa"}
    assert len(list(tmp_path.iterdir())) == 1


def test_the_oldest_files_are_forgotten(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(compiled, "KEPT", 3)
    for rank in range(5):
        fill(tmp_path, f"Bonjour {rank}")
        for file in tmp_path.iterdir():
            os.utime(file, ns=(0, file.stat().st_mtime_ns - 10**9))
    recent = set(tmp_path.iterdir())
    fill(tmp_path, "Bonjour 4")
    assert len(recent) == 3
    assert set(tmp_path.iterdir()) == recent


def test_the_folder_is_the_user_s_alone(dossier_cache: Path) -> None:
    assert compiled_templates(Path(__file__)) is not None
    assert dossier_cache.stat().st_mode & 0o777 == 0o700 or sys.platform == "win32"


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such bits")
@pytest.mark.parametrize("mode", [0o777, 0o770, 0o702])
def test_a_folder_that_others_may_write_is_refused(dossier_cache: Path, mode: int) -> None:
    dossier_cache.mkdir(parents=True)
    dossier_cache.chmod(mode)
    assert compiled_templates(Path(__file__)) is None


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such owner")
def test_a_folder_of_someone_else_is_refused(
    dossier_cache: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    dossier_cache.mkdir(mode=0o700, parents=True)
    monkeypatch.setattr(os, "getuid", lambda: dossier_cache.stat().st_uid + 1)
    assert compiled_templates(Path(__file__)) is None


def test_without_a_place_to_keep_them_nothing_breaks(dossier_cache: Path) -> None:
    dossier_cache.parent.write_text("un fichier", encoding="utf-8")
    assert compiled_templates(Path(__file__)) is None


@pytest.mark.parametrize(
    ("platform", "variables", "place"),
    [
        ("linux", {"XDG_CACHE_HOME": "/cache"}, "/cache/dla"),
        ("linux", {"XDG_CACHE_HOME": "relatif"}, "/home/lea/.cache/dla"),
        ("linux", {"XDG_CACHE_HOME": ""}, "/home/lea/.cache/dla"),
        ("darwin", {"XDG_CACHE_HOME": "/cache"}, "/home/lea/Library/Caches/dla"),
        ("win32", {"LOCALAPPDATA": "/locales"}, "/locales/dla"),
        ("win32", {"LOCALAPPDATA": ""}, "/home/lea/AppData/Local/dla"),
    ],
)
def test_each_system_has_its_place(
    platform: str, variables: dict[str, str], place: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "platform", platform)
    monkeypatch.setenv("HOME", "/home/lea")
    for name, value in variables.items():
        monkeypatch.setenv(name, value)
    assert cache_folder() == Path(place)


def test_a_document_is_the_same_with_a_cache_without_and_with_a_damaged_one(
    dossier_cache: Path, tmp_path: Path, lancer: Lancer
) -> None:
    made = []
    for rank in range(3):
        assert lancer(*WORDS, "-o", tmp_path / str(rank)).exit_code == 0
        made.append([file.read_bytes() for file in (tmp_path / str(rank)).rglob("*.html")])
        for file in dossier_cache.glob("*.gabarit") if rank == 1 else ():
            file.write_bytes(file.read_bytes()[:40])
    assert made[0] == made[1] == made[2]
    assert list(dossier_cache.iterdir())
