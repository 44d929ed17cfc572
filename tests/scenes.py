"""The scenes that tests share: the demonstration read once, its documents, those looked at."""

import shutil
from collections.abc import Callable, Iterable
from datetime import date
from functools import cache, partial
from pathlib import Path

from click.testing import Result

from dla_docs.documents.documents import Document
from dla_docs.documents.logos import Logo, owed_logos
from dla_docs.flow import Examined, choose, examine, render
from dla_docs.model.workspace import Workspace
from dla_docs.select import Choice, Request, State
from dla_docs.workshop import here
from tests.sampling import EVERYTHING
from tests.sharing import share

Lancer = Callable[..., Result]
"""The command line, as the fixture `lancer` gives it."""
ROOT = Path(__file__).resolve().parent.parent
PLANCHE = ROOT / "tests" / "planche"
"""The workspace of the planche: every piece of the layout vocabulary, with hard contents."""
JOUR = date(2026, 11, 22)
"""The day of the tests: the demonstration is under way."""


def copy_demonstration(folder: Path) -> Path:
    """A workspace with all of the demonstration."""
    shutil.copytree(ROOT / "dossiers", folder / "dossiers")
    return folder


def copy_dossier(folder: Path) -> Path:
    """A workspace with the dossier 2025-003 and what it names, as sound as the whole."""

    def left(place: str, names: list[str]) -> list[str]:
        match Path(place).name.split("-"):
            case ["dossiers"]:
                kept = {"2025-003", "2025-007", "2025-021"}
                return [n for n in names if n[:2] == "20" and n[:8] not in kept]
            case ["comites"]:
                return [name for name in names if name != "2025-03-06.yaml"]
            case ["2025", "007" | "021", *_]:
                # 2025-003 names the last, which names the other: their own files are enough.
                return [name for name in names if name != "dossier.yaml"]
            case _:
                return []

    shutil.copytree(ROOT / "dossiers", folder / "dossiers", ignore=left)
    return folder


MADE = {".git", ".venv", ".dla", "documents", "dist"}
"""What lies at the root of a checkout without being of the project."""


def copy_sources(folder: Path) -> Path:
    """A copy of the checkout as a clone would have it, for what builds or installs it."""

    def left(place: str, names: list[str]) -> set[str]:
        # `dla_docs/documents` is a package: only the folders of the root are products.
        made = MADE if Path(place) == ROOT else set()
        return {n for n in names if n in made or n == "__pycache__" or n.endswith("_cache")}

    shutil.copytree(ROOT, folder, ignore=left)
    return folder


@cache
def demonstration() -> Examined:
    return examine(Workspace(ROOT), JOUR)


@cache
def _ready() -> tuple[Choice, ...]:
    examined = demonstration()
    # By their names: those that are made in a kit alone are looked at too.
    choices = choose(Request(types=tuple(examined.types)), examined)
    return tuple(choice for choice in choices if choice.state is State.READY)


@cache
def demonstration_documents() -> tuple[Document, ...]:
    return tuple(choice.document for choice in _ready())


def demonstration_logos(document: Document) -> tuple[Logo, ...]:
    return owed_logos(document, demonstration().corpus)


def file_of(logo: Logo) -> Path:
    """The file of a logo of the demonstration."""
    return ROOT / "dossiers" / logo.file


def on_pages(document: Document) -> bool:
    """Whether a document is pages; a presentation has its own tests."""
    return "docx" in document.type.formats


def covered(document: Document) -> bool:
    """Whether a document of pages shows its funders on its first page: a short one, on its last."""
    return on_pages(document) and document.type.tete != "court"


def with_logos(document: Document) -> bool:
    return covered(document) and bool(document.type.logos)


def with_mention(document: Document) -> bool:
    return on_pages(document) and bool(document.type.mentions)


def with_europe(document: Document) -> bool:
    return covered(document) and any(logo.europe for logo in demonstration_logos(document))


def signed(document: Document) -> bool:
    return bool(document.type.signatures)


def presented(document: Document) -> bool:
    return "pptx" in document.type.formats


def representatives(documents: Iterable[Document]) -> list[Document]:
    """One document a type and a case: individual or collective, with or without Europe's block."""
    first: dict[tuple[str, object, bool], Document] = {}
    for document in documents:
        dossier = document.scope.part("dossier")
        shape = dossier.data.get("type") if dossier else None
        europe = any(logo.europe for logo in demonstration_logos(document))
        first.setdefault((document.type.name, shape, europe), document)
    return list(first.values())


@cache
def looked_at(fits: Callable[[Document], bool] = lambda document: True) -> tuple[Document, ...]:
    """The documents of the demonstration that a test looks at: representatives, or all.

    Never none: a demonstration that lost its case would test nothing, in silence.
    """
    fitting = [document for document in demonstration_documents() if fits(document)]
    assert fitting, f"no document of the demonstration for {fits.__name__}"
    return tuple(fitting if EVERYTHING else representatives(fitting))


def render_demonstration(shared: Path) -> Path:
    """A folder with every document that tests look at in every format, made by all the workers."""
    output, wanted = shared / "documents", {document.label for document in looked_at()}
    examined = demonstration()
    pieces: dict[str, list[Choice]] = {}
    for choice in _ready():
        if choice.document.label in wanted:
            pieces.setdefault(choice.document.folder.replace("/", "--"), []).append(choice)
    share(
        shared / "morceaux",
        {name: partial(_render, tuple(some), examined, output) for name, some in pieces.items()},
    )
    return output


def render_planche(shared: Path) -> Path:
    """A folder with the planche in every format, made by the first worker that needs it."""

    def work() -> None:
        examined = examine(Workspace(PLANCHE), JOUR)
        _render(choose(Request(), examined), examined, shared / "documents")

    share(shared / "morceaux", {"planche": work})
    return shared / "documents"


def _render(choices: tuple[Choice, ...], examined: Examined, output: Path) -> None:
    outcomes = render(choices, Request(), examined, output, here)
    assert [(o.document.label, o.failure, o.refused) for o in outcomes if not o.written] == []
