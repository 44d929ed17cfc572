"""What every test may ask for: the demonstration workspace, the command line, its documents."""

import shutil
from collections.abc import Callable
from functools import cache
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from dla_docs.catalogue import Document
from dla_docs.cli import main
from dla_docs.flow import Examined, choose, examine
from dla_docs.select import Request, State
from dla_docs.workspace import Workspace

ROOT = Path(__file__).resolve().parent.parent

Lancer = Callable[..., Result]


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--maj", action="store_true", help="refaire les textes de référence")


@cache
def demonstration() -> Examined:
    return examine(Workspace(ROOT))


@cache
def demonstration_documents() -> tuple[Document, ...]:
    choices = choose(Request(), demonstration())
    return tuple(choice.document for choice in choices if choice.state is State.READY)


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """One test a document of the demonstration: `document_demo`, or `document_logos`.

    The second is limited to the types that owe logos.
    """
    for name in ("document_demo", "document_logos"):
        if name in metafunc.fixturenames:
            every = demonstration_documents()
            chosen = [d for d in every if name == "document_demo" or d.type.logos]
            names = [f"{document.folder}/{document.stem}" for document in chosen]
            metafunc.parametrize(name, chosen, ids=names)


@pytest.fixture(scope="session")
def racine() -> Path:
    return ROOT


@pytest.fixture(scope="session")
def examen() -> Examined:
    """The demonstration workspace, read and checked once."""
    return demonstration()


@pytest.fixture
def espace(tmp_path: Path) -> Path:
    """A copy of the demonstration workspace that a test may spoil."""
    workspace = tmp_path / "espace"
    shutil.copytree(ROOT / "dossiers", workspace / "dossiers")
    return workspace


@pytest.fixture(scope="session")
def lancer() -> Lancer:
    """`lancer("check", espace=…, DLA_DATE=…)`: the command line, in this process.

    Without `espace` it reads the demonstration workspace, where nothing may be written: give `-o`.
    """

    def run(*arguments: str | Path, espace: Path | None = None, **env: str) -> Result:
        words = ["--workspace", str(espace or ROOT), *map(str, arguments)]
        return CliRunner().invoke(main, words, env=env, prog_name="dla")

    return run


@pytest.fixture(scope="session")
def documents_demo(tmp_path_factory: pytest.TempPathFactory, lancer: Lancer) -> Path:
    """A folder with every document of the demonstration in every format, made once a worker."""
    output = tmp_path_factory.mktemp("documents")
    result = lancer("render", "-o", output)
    assert result.exit_code == 0, result.stderr
    return output
