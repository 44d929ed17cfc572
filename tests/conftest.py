"""What every test may ask for: the demonstration workspace, the command line, its documents."""

import os
from collections.abc import Iterator
from contextlib import nullcontext
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from dla_docs.cli import main
from dla_docs.confined.crew import processes
from dla_docs.flow import Examined
from dla_docs.report.veil import FORGES
from dla_docs.workshop import here
from tests.grounds import read_once
from tests.scenes import (
    ROOT,
    Lancer,
    copy_demonstration,
    copy_dossier,
    demonstration,
    render_demonstration,
    render_planche,
)


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--maj", action="store_true", help="refaire les textes de référence")


@pytest.fixture(scope="session", autouse=True)
def cache_a_part(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """The cache folder of the person who runs the tests is left alone."""
    folder = str(tmp_path_factory.mktemp("cache"))
    with pytest.MonkeyPatch.context() as patch:
        for variable in ("XDG_CACHE_HOME", "LOCALAPPDATA"):
            patch.setenv(variable, folder)
        yield


@pytest.fixture(scope="session", autouse=True)
def paquet_lu_une_fois() -> Iterator[None]:
    """What every workspace takes from the package is read once by a process."""
    with read_once():
        yield


@pytest.fixture(scope="session", autouse=True)
def hors_forge() -> Iterator[None]:
    """The tests that run in a forge tell what a person sees."""
    with pytest.MonkeyPatch.context() as patch:
        for variable in FORGES:
            patch.delenv(variable, raising=False)
        yield


@pytest.fixture(scope="session")
def racine() -> Path:
    return ROOT


@pytest.fixture(scope="session")
def examen() -> Examined:
    """The demonstration workspace, read and checked once."""
    return demonstration()


@pytest.fixture
def espace(tmp_path: Path) -> Path:
    """A copy of the demonstration with one dossier, 2025-003, that a test may spoil."""
    return copy_dossier(tmp_path / "espace")


@pytest.fixture
def espace_entier(tmp_path: Path) -> Path:
    """A copy of the whole demonstration: twice as long to check."""
    return copy_demonstration(tmp_path / "espace")


@pytest.fixture(scope="session")
def lancer() -> Lancer:
    """`lancer("check", espace=…, DLA_DATE=…)`: the command line, in this process.

    Without `espace` it reads the demonstration workspace, where nothing may be written: give `-o`.
    """

    def run(*arguments: str | Path, espace: Path | None = None, **env: str) -> Result:
        words = ["--workspace", str(espace or ROOT), *map(str, arguments)]
        with pytest.MonkeyPatch.context() as patch:
            # Half a second a process: `tests/confined` and the console are where it is tried.
            patch.setattr("dla_docs.cli.render.apart", lambda *given, **_: here(*given))
            patch.setattr("dla_docs.cli.elsewhere.begun", lambda warm: nullcontext(processes))
            patch.setattr("dla_docs.cli.mail.apart", here)
            return CliRunner().invoke(main, words, env=env, prog_name="dla")

    return run


@pytest.fixture(scope="session")
def commun(tmp_path_factory: pytest.TempPathFactory, testrun_uid: str) -> Path:
    """A folder that every worker of this run shares."""
    base = tmp_path_factory.getbasetemp()
    # Each worker of xdist has its own folder in that of the run.
    root = base.parent if "PYTEST_XDIST_WORKER" in os.environ else base
    return root / f"commun-{testrun_uid}"


@pytest.fixture(scope="session")
def documents_demo(commun: Path) -> Path:
    """A folder with the documents of the demonstration that tests look at, in every format."""
    return render_demonstration(commun / "demonstration")


@pytest.fixture(scope="session")
def planche_produite(commun: Path) -> Path:
    """A folder with the planche in every format."""
    return render_planche(commun / "planche")
