"""The same inputs give the same bytes, whatever the machine, the place and the hour."""

import os
import shutil
import subprocess
import sys
import time
import zipfile
from pathlib import Path

import pytest

from dla_docs.model.file_formats import FILE_FORMATS
from dla_docs.produced import RECORD
from tests.sampling import EVERYTHING
from tests.scenes import Lancer, looked_at

SCOPES = [
    "2025-003-calades-jabron/bilan-organisation-finances",
    "2026-013-presence-verdon",
    "comites/2025-03-06",
    "alidade",
]
"""What is rendered again elsewhere: everything among the campaigns, else one scope of each sort."""
ZONES = {"TZ": "Pacific/Auckland", "LANG": "C", "LC_ALL": "C", "PYTHONHASHSEED": "2"}


def rendered(project: Path, env: dict[str, str], *scopes: str) -> Path:
    """The documents that the copy of the package in a folder makes of the workspace there."""
    code = "import dla_docs, sys; assert dla_docs.__file__.startswith(sys.argv.pop(1)), 'checkout'"
    code += "; from dla_docs.cli import main; main()"
    # The copy must win over the checkout, which an editable install puts behind PYTHONPATH.
    environment = {**os.environ, "PYTHONPATH": str(project), **env}
    words = [str(project), "--workspace", str(project), "render", *scopes]
    command = [sys.executable, "-c", code, *words]
    done = subprocess.run(
        command, env=environment, cwd=project, capture_output=True, encoding="utf-8", timeout=240
    )
    assert done.returncode == 0, done.stderr
    return project / "documents"


def files(folder: Path) -> dict[str, bytes]:
    # What render remembers of the other documents is no part of any.
    found = (path for path in folder.rglob("*") if path.is_file() and path.name != RECORD)
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in sorted(found)}


def copy(racine: Path, folder: Path) -> Path:
    """A copy of what the package is made of, with fresh dates on every file."""
    for name in ("dla_docs", "schemas", "templates", "dossiers"):
        ignored = shutil.ignore_patterns("__pycache__")
        shutil.copytree(racine / name, folder / name, ignore=ignored, copy_function=shutil.copyfile)
    return folder


def test_each_document_of_the_demonstration_is_in_every_format_of_its_type(
    documents_demo: Path,
) -> None:
    expected = {
        f"{document.folder}/{document.stem}.{suffix}"
        for document in looked_at()
        for suffix in document.type.formats
    }
    assert expected == files(documents_demo).keys()
    assert len(expected) > 4 * 16


@pytest.mark.campagne
def test_another_place_at_another_hour_gives_the_same_bytes(
    documents_demo: Path, racine: Path, tmp_path: Path
) -> None:
    newest = max(path.stat().st_mtime for path in documents_demo.rglob("*"))
    # Dates inside ZIP archives count two seconds by two seconds.
    time.sleep(max(0, newest + 2 - time.time()))
    other = copy(racine, tmp_path / "là où l’on écrit")
    made = files(rendered(other, ZONES, *([] if EVERYTHING else SCOPES)))
    same = {name: content for name, content in files(documents_demo).items() if name in made}
    assert {name.rpartition(".")[2] for name in same} == set(FILE_FORMATS)
    assert len(same) > 80
    assert [name for name in same if made[name] != same[name]] == []


def test_a_document_alone_has_the_bytes_it_has_among_the_others(
    documents_demo: Path, lancer: Lancer, tmp_path: Path
) -> None:
    scope = "2025-021-rapprochement-buech-jabron/phase-1-transition"
    result = lancer("render", scope, "-d", "rapport-final", "-t", "docx", "-o", tmp_path)
    assert result.exit_code == 0, result.stderr
    alone = tmp_path / scope / "rapport-final.docx"
    assert alone.read_bytes() == (documents_demo / scope / "rapport-final.docx").read_bytes()


@pytest.mark.campagne
@pytest.mark.parametrize("suffix", ["docx", "odt", "xlsx"])
def test_archives_have_fixed_dates(documents_demo: Path, suffix: str) -> None:
    paths = sorted(documents_demo.rglob(f"*.{suffix}"))
    dates = {e.date_time for path in paths for e in zipfile.ZipFile(path).infolist()}
    assert dates == {(1980, 1, 1, 0, 0, 0)}
