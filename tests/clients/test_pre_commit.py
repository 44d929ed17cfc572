"""The hook we ship, run by pre-commit: it clones a repository and installs `dla` from it."""

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.scenes import ROOT, copy_sources

pytestmark = pytest.mark.clients

GIT = ("git", "-c", "user.name=Test", "-c", "user.email=test@exemple.fr")


def git(folder: Path, *words: str) -> str:
    done = subprocess.run(
        [*GIT, *words], cwd=folder, capture_output=True, encoding="utf-8", check=True
    )
    return done.stdout.strip()


def commit(folder: Path) -> str:
    git(folder, "add", "--all")
    git(folder, "commit", "--quiet", "--no-verify", "--message", "essai")
    return git(folder, "rev-parse", "HEAD")


@pytest.fixture(scope="module")
def workspace(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A repository that uses the hook of this checkout."""
    folder = tmp_path_factory.mktemp("crochet")
    copy_sources(folder / "dla")
    git(folder / "dla", "init", "--quiet")
    revision = commit(folder / "dla")
    shutil.copytree(ROOT / "dossiers", folder / "espace" / "dossiers")
    config = f"repos: [{{repo: ../dla, rev: {revision}, hooks: [{{id: dla-check}}]}}]\n"
    (folder / "espace/.pre-commit-config.yaml").write_text(config, encoding="utf-8")
    git(folder / "espace", "init", "--quiet")
    commit(folder / "espace")
    return folder / "espace"


@pytest.fixture
def staged(workspace: Path) -> Iterator[Path]:
    yield workspace
    git(workspace, "reset", "--quiet", "--hard")


def run(workspace: Path) -> tuple[int, str]:
    home = {"PRE_COMMIT_HOME": str(workspace.parent / "cache"), "DLA_DATE": "2026-11-22"}
    command = [sys.executable, "-m", "pre_commit", "run"]
    done = subprocess.run(
        command, cwd=workspace, capture_output=True, encoding="utf-8", env={**os.environ, **home}
    )
    return done.returncode, done.stdout


def test_the_hook_lets_a_sound_workspace_pass(staged: Path) -> None:
    code, output = run(staged)
    assert code == 0, output
    assert "dla check" in output
    assert "Passed" in output


def test_the_hook_stops_an_incomplete_fiche(staged: Path) -> None:
    path = staged / "dossiers/prestataires/alidade.yaml"
    text = path.read_text(encoding="utf-8").replace("siret:", "x-siret:")
    path.write_text(text, encoding="utf-8")
    git(staged, "add", "--all")
    code, output = run(staged)
    assert code == 1
    assert "alidade.yaml:1:1: erreur [R-PRE-01" in output


def test_the_hook_stops_what_a_removed_file_breaks(staged: Path) -> None:
    git(staged, "rm", "--quiet", "dossiers/structures/calades-jabron.yaml")
    code, output = run(staged)
    assert code == 1
    assert "[S-REF] « calades-jabron » n’existe pas" in output
