"""Documents of the demonstration, made in this process: what peers are compared to, warm."""

from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from pathlib import Path

from benchmarks.commands import DAY
from dla_docs.check.standing import Choice
from dla_docs.documents.documents import Document
from dla_docs.flow import choose, examine, with_tables
from dla_docs.formats import written
from dla_docs.formats.pdf import typst_source
from dla_docs.formats.properties import Properties
from dla_docs.make import Bench, bench, settle
from dla_docs.model.workspace import Workspace
from dla_docs.select import Request
from dla_docs.tree.passes import Tree

ROOT = Path(__file__).resolve().parent.parent
SAME = "cahier-des-charges"
"""What is compared: four pages, twenty headings, six tables, eight pictures, two drawings."""
FORMATS = ("docx", "odt", "pdf", "html")


@dataclass(frozen=True)
class Desk:
    """Where the measures are made: a folder of their own, and the documents of ours, read once."""

    folder: Path

    @cached_property
    def ours(self) -> "Ours":
        """The documents of every type, from data to bytes."""
        return ours()


@dataclass(frozen=True)
class Ours:
    """Documents that nothing forbids, ready to be made."""

    on: Bench

    def of(self, *types: str) -> list[Document]:
        """The documents of some types."""
        return [c.document for c in self.on.choices if c.document.type.name in types]

    def one_of_each(self) -> list[Document]:
        """The first document of each type that is offered in all four formats."""
        first: dict[str, Document] = {}
        for choice in self.on.choices:
            first.setdefault(choice.document.type.name, choice.document)
        return [d for d in first.values() if {*FORMATS} <= {*d.type.formats}]

    def settled(self, document: Document) -> tuple[Tree, Properties]:
        """What every format of a document is written from."""
        return settle(document, self.on.examined, self.on.templates, self.on.engines)

    def made(self, document: Document, *formats: str) -> list[bytes]:
        """A document in some formats."""
        tree, properties = self.settled(document)
        return [written(format, tree, properties, self.on.engines) for format in formats]

    def pages(self, document: Document) -> tuple[str, dict[str, bytes], tuple[str, ...]]:
        """What Typst is given for a document: its source, the files it names, its fonts."""
        tree, properties = self.settled(document)
        return typst_source(tree, properties, self.on.engines.of(properties.family))

    def making(
        self, documents: Collection[Document], *formats: str, times: int = 1
    ) -> Callable[[], None]:
        """Make documents, each so many times, then end pandoc: what it used is counted then."""

        def make() -> None:
            for _ in range(times):
                for document in documents:
                    self.made(document, *formats)
            self.on.engines.pandoc.close()

        return make


def ours() -> Ours:
    """The documents of the demonstration that are ready."""
    examined = examine(Workspace(ROOT), date.fromisoformat(DAY))
    choices = tuple(c for c in choose(Request(scopes=()), examined) if _is_ready(c))
    return Ours(bench(with_tables(examined, choices), choices))


def _is_ready(choice: Choice) -> bool:
    return choice.begun and not choice.reasons
