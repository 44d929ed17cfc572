"""The same inputs give the same bytes, whatever the machine, the place and the hour."""

import os
import shutil
import subprocess
import sys
import time
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import Result

Bytes = dict[str, bytes]


def rendered(project: Path, workspace: Path, env: dict[str, str]) -> Bytes:
    """Every document that the copy of the package in `project` makes of a workspace."""
    code = "import dla_docs, sys; assert dla_docs.__file__.startswith(sys.argv.pop(1)), 'checkout'"
    code += "; from dla_docs.cli import main; main()"
    # The copy must win over the checkout, which an editable install puts behind PYTHONPATH.
    environment = {**os.environ, "PYTHONPATH": str(project), **env}
    command = [sys.executable, "-c", code, str(project), "--workspace", str(workspace), "render"]
    done = subprocess.run(
        command, env=environment, cwd=workspace, capture_output=True, encoding="utf-8", timeout=120
    )
    assert done.returncode == 0, done.stderr
    output = workspace / "documents"
    files = sorted(path for path in output.rglob("*") if path.is_file())
    return {path.relative_to(output).as_posix(): path.read_bytes() for path in files}


def copy(racine: Path, folder: Path) -> Path:
    """A copy of what the package is made of, with fresh dates on every file."""
    for name in ("dla_docs", "schemas", "templates", "dossiers"):
        ignored = shutil.ignore_patterns("__pycache__")
        shutil.copytree(racine / name, folder / name, ignore=ignored, copy_function=shutil.copyfile)
    return folder


@pytest.fixture(scope="module")
def twice(racine: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[Bytes, Bytes]:
    one = copy(racine, tmp_path_factory.mktemp("un") / "là où l’on écrit")
    zones = {"TZ": "UTC", "LANG": "C", "LC_ALL": "C", "PYTHONHASHSEED": "1"}
    first = rendered(one, one, zones)
    # Dates inside ZIP archives count two seconds by two seconds.
    time.sleep(2)
    other = copy(racine, tmp_path_factory.mktemp("deux"))
    zones = {
        "TZ": "Pacific/Auckland",
        "LANG": "C.UTF-8",
        "LC_ALL": "C.UTF-8",
        "PYTHONHASHSEED": "2",
    }
    return first, rendered(other, other, zones)


def test_the_demonstration_gives_the_four_formats(twice: tuple[Bytes, Bytes]) -> None:
    first, _ = twice
    counts = [sum(name.endswith(f".{s}") for name in first) for s in ("docx", "odt", "pdf", "html")]
    assert min(counts) == max(counts) >= 16


def test_two_places_and_two_hours_give_the_same_bytes(twice: tuple[Bytes, Bytes]) -> None:
    first, second = twice
    assert list(first) == list(second)
    assert [name for name in first if first[name] != second[name]] == []


def test_a_document_alone_has_the_bytes_it_has_among_the_others(
    documents_demo: Path, lancer: Callable[..., Result], tmp_path: Path
) -> None:
    scope = "2025-007-aubepine-buech/orientations-strategiques"
    result = lancer("render", scope, "-d", "rapport-final", "-t", "docx", "-o", tmp_path)
    assert result.exit_code == 0, result.stderr
    alone = tmp_path / scope / "rapport-final.docx"
    assert alone.read_bytes() == (documents_demo / scope / "rapport-final.docx").read_bytes()


@pytest.mark.parametrize("suffix", ["docx", "odt"])
def test_archives_have_fixed_dates(documents_demo: Path, suffix: str) -> None:
    paths = sorted(documents_demo.rglob(f"*.{suffix}"))
    dates = {e.date_time for path in paths for e in zipfile.ZipFile(path).infolist()}
    assert dates == {(1980, 1, 1, 0, 0, 0)}
