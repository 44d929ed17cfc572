"""Stages 5 to 8 for one document: from what was examined to the bytes of its files.

Templates, texts and images are a stranger's: what this module does is done in a process of its own
(see `workshop.py`), which may be ended at any line of it.
"""

import hashlib
from collections.abc import Collection, Iterator
from dataclasses import dataclass, replace

from dla_docs.charter.charter import Charter
from dla_docs.check.examined import Examined
from dla_docs.check.standing import Choice
from dla_docs.context.context import Context, build_context
from dla_docs.documents.documents import BLANK, Document
from dla_docs.documents.logos import logo_faults
from dla_docs.documents.lying import Lying
from dla_docs.documents.types import DocumentType
from dla_docs.engines.pandoc import Pandoc
from dla_docs.formats import Engines, Properties, properties_of, said_of, written
from dla_docs.formats.recipe import recipe_of
from dla_docs.load.corpus import Corpus
from dla_docs.model.errors import Defect, DlaError
from dla_docs.model.findings import Refused
from dla_docs.tree.contract import hold_to_contract
from dla_docs.tree.passes import Tree, build_blocks, finish
from dla_docs.tree.template import Templates, Text


@dataclass(frozen=True)
class Bench:
    """What the documents of a run are made on: what was examined, templates and engines."""

    examined: Examined
    choices: tuple[Choice, ...]
    templates: Templates
    engines: Engines


def ready() -> None:
    """Nothing more: to import this module is most of what a process takes to be ready."""


def bench(examined: Examined, choices: tuple[Choice, ...]) -> Bench:
    """Set up for the documents chosen. Raises TemplateError for a faulty charter."""
    workspace = examined.corpus.workspace
    # Pandoc lasts as long as this process, and dies with it.
    return Bench(examined, choices, Templates(workspace), Engines(Charter(workspace), Pandoc()))


def make(
    on: Bench, rank: int, formats: Collection[str], known: Lying
) -> Iterator[tuple[str, bytes | DlaError | None]]:
    """What a document is, then each format asked for, as it is made.

    First its empreinte, its recipe and the digest of its text, under an empty name. `rank` is that
    of the choice; `known`: what lies in its place already, which gives None for a format that would
    be made the same. A format that fails gives its failure in place of its bytes, and takes no
    other with it. Raises Refused for what the contract lacks, TemplateError, EngineError.
    """
    document = on.choices[rank].document
    try:
        filled = fill(document, on.examined, on.templates)
        if known.says(said := filled.digest(on.examined.corpus), formats):
            # The rest follows from its text: it is what takes time.
            yield "", f" {known.recipe} {said}".encode()
            yield from dict.fromkeys(formats).items()
            return
        tree, properties = settled(filled, on.examined, on.engines)
    except (DlaError, MemoryError, Refused):
        raise
    except Exception as error:
        raise Defect.of(error, document.label) from error
    recipe = recipe_of(properties)
    yield "", f"{properties.empreinte} {recipe} {said}".encode()
    for format in formats:
        same = known.recipes.get(format) == recipe
        yield format, None if same else _written(document, tree, properties, on.engines, format)


def settle(
    document: Document, examined: Examined, templates: Templates, engines: Engines
) -> tuple[Tree, Properties]:
    """Stages 5 to 7: what every format of a document is written from. Raises as both of them do."""
    return settled(fill(document, examined, templates), examined, engines)


@dataclass(frozen=True)
class Filled:
    """A document as its template says it, and what it was filled from."""

    context: Context
    text: Text

    def digest(self, corpus: Corpus) -> str:
        """One hash of all that the tree of a document is made from, beside what is common.

        That is the program, the day, what is of no unit, every text and every picture of the
        workspace: see `Documents.text`.
        """
        document, text = self.context.document, self.text
        due = document.first(document.type.signatures) if document.type.signatures else None
        told = (
            text.markdown,
            [(str(riche), riche.folder) for riche in text.riches],
            text.logos,
            said_of(self.context),
            document.signed,
            [section.id for section in document.sections],
            due,
            list(logo_faults(document, corpus, self.context.names["document"].date)),
        )
        return hashlib.sha256(repr(told).encode("utf-8", "surrogatepass")).hexdigest()


def fill(document: Document, examined: Examined, templates: Templates) -> Filled:
    """Stages 5 and 6: what the template of a document says. Raises TemplateError."""
    context = build_context(
        document,
        examined.corpus,
        examined.findings,
        examined.rules,
        examined.day,
        examined.types,
        examined.gathered,
    )
    return Filled(context, templates.fill(context))


def settled(filled: Filled, examined: Examined, engines: Engines) -> tuple[Tree, Properties]:
    """Stage 7: what every format of a document is written from.

    Raises Refused for what its contract lacks, TemplateError, and EngineError when pandoc fails.
    """
    context, corpus = filled.context, examined.corpus
    document = context.document
    blocks = build_blocks(filled.text, document.sections, engines.pandoc)
    blocks = hold_to_contract(blocks, context, examined.rules, corpus)
    tree = finish(blocks, filled.text, _as_set(document), corpus.workspace.root)
    return tree, properties_of(context, tree, engines)


def _as_set(document: Document) -> DocumentType:
    """The type of a document as it is set: the parts of some forms have a number while blank."""
    kind = document.type
    if kind.numerotation != "formulaire":
        return kind
    return replace(kind, numerotation="sections" if document.variant == BLANK else "aucune")


def _written(
    document: Document, tree: Tree, properties: Properties, engines: Engines, format: str
) -> bytes | DlaError:
    """The bytes of a document in a format, or why they are not made."""
    try:
        return written(format, tree, properties, engines)
    except DlaError as failure:
        return failure
    except MemoryError:
        raise
    except Exception as error:
        defect = Defect.of(error, f"en écrivant {document.stem}.{format}")
        defect.__cause__ = error
        return defect
