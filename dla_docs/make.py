"""Stages 5 to 8 for one document: from what was examined to the bytes of its files.

Templates, texts and images are a stranger's: what this module does is done in a process of its own
(see `workshop.py`), which may be ended at any line of it.
"""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, replace

from dla_docs.charter.charter import Charter
from dla_docs.check.examined import Examined
from dla_docs.check.standing import Choice
from dla_docs.context.context import build_context
from dla_docs.documents.documents import BLANK, Document
from dla_docs.documents.types import DocumentType
from dla_docs.engines.pandoc import Pandoc
from dla_docs.formats import Engines, Properties, properties_of, written
from dla_docs.formats.recipe import recipe_of
from dla_docs.model.errors import Defect, DlaError
from dla_docs.model.findings import Refused
from dla_docs.tree.contract import hold_to_contract
from dla_docs.tree.passes import Tree, build_blocks, finish
from dla_docs.tree.template import Templates


@dataclass(frozen=True)
class Bench:
    """What the documents of a run are made on: what was examined, templates and engines."""

    examined: Examined
    choices: tuple[Choice, ...]
    templates: Templates
    engines: Engines


def bench(examined: Examined, choices: tuple[Choice, ...]) -> Bench:
    """Set up for the documents chosen. Raises TemplateError for a faulty charter."""
    workspace = examined.corpus.workspace
    # Pandoc lasts as long as this process, and dies with it.
    return Bench(examined, choices, Templates(workspace), Engines(Charter(workspace), Pandoc()))


def make(
    on: Bench, rank: int, formats: Collection[str], known: Mapping[str, str]
) -> Iterator[tuple[str, bytes | DlaError | None]]:
    """What a document is, then each format asked for, as it is made.

    First its empreinte and its recipe, under an empty name. `rank` is that of the choice; `known`:
    the recipe of each format that lies in its place already, which gives None when it would be made
    the same. A format that fails gives its failure in place of its bytes, and takes no other with
    it. Raises Refused for what the contract lacks, TemplateError, EngineError.
    """
    document = on.choices[rank].document
    try:
        tree, properties = settle(document, on.examined, on.templates, on.engines)
    except (DlaError, MemoryError, Refused):
        raise
    except Exception as error:
        raise Defect.of(error, document.label) from error
    recipe = recipe_of(properties)
    yield "", f"{properties.empreinte} {recipe}".encode()
    for format in formats:
        same = known.get(format) == recipe
        yield format, None if same else _written(document, tree, properties, on.engines, format)


def settle(
    document: Document, examined: Examined, templates: Templates, engines: Engines
) -> tuple[Tree, Properties]:
    """Stages 5 to 7: what every format of a document is written from.

    Raises Refused for what its contract lacks, TemplateError, and EngineError when pandoc fails.
    """
    corpus, rules = examined.corpus, examined.rules
    context = build_context(
        document,
        corpus,
        examined.findings,
        rules,
        examined.day,
        examined.types,
        examined.gathered,
    )
    filled = templates.fill(context)
    blocks = build_blocks(filled, document.sections, engines.pandoc)
    blocks = hold_to_contract(blocks, context, rules, corpus)
    tree = finish(blocks, filled, _as_set(document), corpus.workspace.root)
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
