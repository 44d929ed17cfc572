"""What every test may ask for: the demonstration workspace, the command line, its documents."""

import shutil
from collections.abc import Callable, Iterable, Iterator
from datetime import date
from functools import cache
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from dla_docs.cli import main
from dla_docs.documents.documents import Document
from dla_docs.documents.logos import Logo, owed_logos
from dla_docs.flow import Examined, choose, examine
from dla_docs.model.workspace import Workspace
from dla_docs.select import Request, State
from dla_docs.tree.template import TEMPLATE

ROOT = Path(__file__).resolve().parent.parent
JOUR = date(2026, 11, 22)
"""The day of the tests: the demonstration is under way."""

Lancer = Callable[..., Result]


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--maj", action="store_true", help="refaire les textes de référence")


@cache
def demonstration() -> Examined:
    return examine(Workspace(ROOT), JOUR)


@cache
def demonstration_documents() -> tuple[Document, ...]:
    choices = choose(Request(), demonstration())
    return tuple(choice.document for choice in choices if choice.state is State.READY)


def on_pages(document: Document) -> bool:
    """Whether a document is pages; a presentation has its own tests."""
    return "docx" in document.type.formats


def covered(document: Document) -> bool:
    """Whether a document of pages has a cover; a short one begins with its text."""
    template = ROOT / "templates" / document.type.name / TEMPLATE
    # The planche, whose template is elsewhere, has one.
    text = template.read_text(encoding="utf-8") if template.exists() else "call couverture"
    return on_pages(document) and "call couverture" in text


CHOICES: dict[str, Callable[[Document], bool]] = {
    "document_quelconque": lambda document: True,
    "document_demo": on_pages,
    "document_logos": lambda document: covered(document) and bool(document.type.logos),
    "document_court": lambda document: on_pages(document) and not covered(document),
    "document_mention": lambda document: on_pages(document) and bool(document.type.mentions),
    "document_europe": lambda document: (
        covered(document) and any(logo.europe for logo in demonstration_logos(document))
    ),
    "document_signe": lambda document: bool(document.type.signatures),
    "document_presente": lambda document: "pptx" in document.type.formats,
}
"""Which documents of the demonstration a test that asks for this argument is run on."""


def demonstration_logos(document: Document) -> tuple[Logo, ...]:
    return owed_logos(document, demonstration().corpus)


def representatives(documents: Iterable[Document]) -> list[Document]:
    """One document a type and a case: individual or collective, with or without Europe's block.

    All are rendered by `documents_demo`; what is long to look at is looked at on these.
    """
    found: dict[tuple[str, object, bool], Document] = {}
    for document in documents:
        dossier = document.scope.part("dossier")
        shape = dossier.data.get("type") if dossier else None
        europe = any(logo.europe for logo in demonstration_logos(document))
        found.setdefault((document.type.name, shape, europe), document)
    return list(found.values())


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    for name in CHOICES.keys() & set(metafunc.fixturenames):
        fitting = [document for document in demonstration_documents() if CHOICES[name](document)]
        # Without it a demonstration that lost its case would skip the test in silence.
        assert fitting, f"no document of the demonstration for {name}"
        chosen = representatives(fitting)
        metafunc.parametrize(name, chosen, ids=[document.label for document in chosen])


@pytest.fixture(scope="session", autouse=True)
def cache_a_part(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """The cache folder of the person who runs the tests is left alone."""
    folder = str(tmp_path_factory.mktemp("cache"))
    with pytest.MonkeyPatch.context() as patch:
        for variable in ("XDG_CACHE_HOME", "LOCALAPPDATA"):
            patch.setenv(variable, folder)
        yield


@pytest.fixture(scope="session")
def racine() -> Path:
    return ROOT


@pytest.fixture(scope="session")
def examen() -> Examined:
    """The demonstration workspace, read and checked once."""
    return demonstration()


@pytest.fixture(scope="session")
def documents_prets() -> tuple[Document, ...]:
    """The documents that the demonstration workspace gives."""
    return demonstration_documents()


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
