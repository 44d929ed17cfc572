"""Every document these tests open: the demonstration's and the planche, in every format."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import Result

from dla_docs.documents.documents import Document
from dla_docs.flow import choose, examine
from dla_docs.model.file_formats import FILE_FORMATS
from dla_docs.model.workspace import MARKER, Workspace
from dla_docs.select import Request, State
from tests.clients.outils import gather
from tests.conftest import JOUR, demonstration_documents, on_pages, representatives

PLANCHE = Path(__file__).resolve().parents[1] / "planche"


@pytest.fixture(scope="session")
def produits(
    documents_demo: Path, lancer: Callable[..., Result], tmp_path_factory: pytest.TempPathFactory
) -> Path:
    """A folder with the documents of the demonstration and the planche, in every format."""
    folder = tmp_path_factory.mktemp("produits") / "documents"
    shutil.copytree(documents_demo, folder)
    if (PLANCHE / MARKER).is_file():
        result = lancer("render", "-o", folder, espace=PLANCHE)
        assert result.exit_code == 0, result.stderr
        assert len(list(folder.rglob("planche.*"))) == len(FILE_FORMATS)
    return folder


@pytest.fixture(scope="session")
def fichiers(
    produits: Path, tmp_path_factory: pytest.TempPathFactory
) -> Callable[[str], dict[str, Path]]:
    """`fichiers("odt")`: every product of a format, by its name in one flat folder."""
    root = tmp_path_factory.mktemp("fichiers")
    for kind in FILE_FORMATS:
        gather(produits.rglob(f"*.{kind}"), produits, root / kind)

    def files(kind: str) -> dict[str, Path]:
        found = {path.stem: path for path in sorted((root / kind).iterdir())}
        assert len(found) >= (4 if kind == "pptx" else 17), f"{kind} : {len(found)}"
        return found

    return files


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """A test that asks for `document` is run on each one made of pages, the planche with them."""
    if "document" in metafunc.fixturenames:
        chosen = representatives(d for d in demonstration_documents() if on_pages(d))
        labels = [document.label for document in chosen]
        planche = ["territoire/planche"] if (PLANCHE / MARKER).is_file() else []
        metafunc.parametrize("document", [*labels, *planche], indirect=True)


@pytest.fixture(scope="session")
def documents_ouverts(documents_prets: tuple[Document, ...]) -> dict[str, Document]:
    """Every document of the demonstration and of the planche, by its label."""
    planche = ()
    if (PLANCHE / MARKER).is_file():
        choices = choose(Request(), examine(Workspace(PLANCHE), JOUR))
        planche = tuple(choice.document for choice in choices if choice.state is State.READY)
    return {document.label: document for document in (*documents_prets, *planche)}


@pytest.fixture
def document(request: pytest.FixtureRequest, documents_ouverts: dict[str, Document]) -> Document:
    return documents_ouverts[request.param]
