"""Every document these tests open: the demonstration's and the planche, in every format."""

import shutil
from collections.abc import Callable
from functools import cache
from pathlib import Path

import pytest

from dla_docs.documents.documents import Document
from dla_docs.flow import choose, examine
from dla_docs.model.file_formats import FILE_FORMATS
from dla_docs.model.workspace import Workspace
from dla_docs.select import Request, State
from tests.clients.outils import gather
from tests.scenes import JOUR, PLANCHE, looked_at, on_pages, signed, with_logos


@pytest.fixture(scope="session")
def produits(
    documents_demo: Path, planche_produite: Path, tmp_path_factory: pytest.TempPathFactory
) -> Path:
    """A folder with the documents of the demonstration and the planche, in every format."""
    folder = tmp_path_factory.mktemp("produits") / "documents"
    shutil.copytree(documents_demo, folder)
    shutil.copytree(planche_produite, folder, dirs_exist_ok=True)
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
        # Few types have slides or sheets.
        assert len(found) >= (3 if kind in {"pptx", "xlsx"} else 17), f"{kind} : {len(found)}"
        return found

    return files


PRODUCED: dict[str, Callable[[Document], bool]] = {
    "document": on_pages,
    "document_logos": with_logos,
    "document_signe": signed,
}
"""Which documents a test that asks for this argument is run on; the planche with `document`."""


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    for name in PRODUCED.keys() & set(metafunc.fixturenames):
        chosen = [*looked_at(PRODUCED[name]), *(planche() if name == "document" else ())]
        metafunc.parametrize(name, chosen, ids=[document.label for document in chosen])


@cache
def planche() -> tuple[Document, ...]:
    choices = choose(Request(), examine(Workspace(PLANCHE), JOUR))
    return tuple(choice.document for choice in choices if choice.state is State.READY)
