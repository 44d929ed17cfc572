"""The whole flow, read first: from the YAML files of a workspace to the documents people sign.

load → validate → check → select → context → markdown → AST → write: one module a stage, in that
order. Stages take data and return data; only the last touches the disk.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from importlib.metadata import version
from pathlib import Path

from dla_docs.charter.charter import Layout
from dla_docs.check.check import Checked, check, conclude
from dla_docs.check.rules import Rule, apply_records, load_rules
from dla_docs.context.context import build_context
from dla_docs.documents.documents import BLANK, DRAFT, Document
from dla_docs.documents.types import DocumentType, load_types
from dla_docs.engines.pandoc import Pandoc
from dla_docs.engines.timeout import Patience
from dla_docs.engines.typst import TYPST_VERSION
from dla_docs.formats import WRITERS, House, Properties
from dla_docs.load.corpus import Corpus, Library
from dla_docs.load.listing import list_workspace
from dla_docs.load.names import scopes_of
from dla_docs.model.errors import Defect, DlaError, EngineError, TemplateError
from dla_docs.model.findings import Finding
from dla_docs.model.schemas import load_kinds
from dla_docs.model.workspace import Workspace
from dla_docs.select import Choice, Request, State, select
from dla_docs.tree.contract import text_faults
from dla_docs.tree.fingerprint import Signature, fingerprint
from dla_docs.tree.passes import Tree, build_blocks, finish
from dla_docs.tree.sections import with_marks
from dla_docs.tree.template import Templates
from dla_docs.validate.validate import refuse_faulty_schemas, sound, unprintable_texts, validate
from dla_docs.write import save


@dataclass(frozen=True)
class Ground:
    """What every unit of a workspace shares: schemas and listing, types, rules, fonts."""

    library: Library
    types: Mapping[str, DocumentType]
    rules: Mapping[str, Rule]
    families: tuple[str, ...]


@dataclass(frozen=True)
class Examined:
    """Units read and checked on a day. `corpus` holds what is sound, `findings` what is not."""

    day: date
    corpus: Corpus
    types: Mapping[str, DocumentType]
    rules: Mapping[str, Rule]
    findings: tuple[Finding, ...]
    checked: Checked


@dataclass(frozen=True)
class Settled:
    """A document that only waits for a format."""

    tree: Tree
    properties: Properties


@dataclass(frozen=True)
class Outcome:
    """What became of one document: files written, or findings that forbid it, or a failure."""

    document: Document
    written: tuple[Path, ...] = ()
    refused: tuple[Finding, ...] = ()
    failure: DlaError | None = None


def prepare(workspace: Workspace) -> Ground:
    """What is read once, whatever the number of units; of the data, only the listing."""
    kinds = load_kinds(workspace)
    refuse_faulty_schemas(workspace, kinds.values())
    types, rules = load_types(workspace, kinds), load_rules(workspace, kinds)
    library = Library(list_workspace(workspace, kinds))
    return Ground(library, types, rules, Layout(workspace).families)


def examine(workspace: Workspace, day: date, names: tuple[str, ...] | None = None) -> Examined:
    """Stages 1 to 3 at once: for the whole workspace, or for the units of the scopes named.

    Only rules of lateness use the day. Raises RequestError for a name that means nothing.
    """
    ground = prepare(workspace)
    library = ground.library
    named = scopes_of(names, library.listing) if names else ()
    units = dict.fromkeys(scope.unit for scope in named)
    return _examine(ground, library.units(units) if units else library.everything(), day)


def examine_each(
    workspace: Workspace, day: date, names: tuple[str, ...] = ()
) -> Iterator[Examined]:
    """The same by pieces, each forgotten before the next: one a unit, or one for those named."""
    ground = prepare(workspace)
    named = scopes_of(names, ground.library.listing)
    units = tuple(dict.fromkeys(scope.unit for scope in named))
    for piece in (units,) if units else ((unit,) for unit in ground.library.pieces()):
        yield _examine(ground, ground.library.units(piece), day)


def survey(workspace: Workspace, day: date, names: tuple[str, ...] = ()) -> Examined:
    """Every finding, of the units named or of all, without ever holding more than one unit."""
    found: dict[Finding, None] = {}
    owed: dict[Finding, None] = {}
    last: Examined | None = None
    for last in examine_each(workspace, day, names):
        found.update(dict.fromkeys(last.checked.own))
        owed.update(dict.fromkeys(last.checked.owed))
    assert last is not None, "a workspace has a territory"
    return replace(last, findings=conclude(found, owed))


def _examine(ground: Ground, raw: Corpus, day: date) -> Examined:
    faults = validate(raw)
    corpus = sound(raw, faults)
    alerts = tuple(unprintable_texts(corpus, ground.families))
    checked = check(corpus, ground.types, ground.rules, (*faults, *alerts), day)
    findings = conclude((*checked.own, *checked.around), checked.owed)
    return Examined(day, corpus, ground.types, ground.rules, findings, checked)


def choose(request: Request, examined: Examined) -> tuple[Choice, ...]:
    """Stage 4: the documents a request means, and their state."""
    return select(request, examined.corpus, examined.types, examined.rules, examined.findings)


def render(
    choices: tuple[Choice, ...], request: Request, examined: Examined, output: Path
) -> Iterator[Outcome]:
    """Stages 5 to 8 for each document that is begun, one outcome at a time.

    A document refused, or failed for its template or an engine, writes nothing; the others are
    written all the same. Raises DiskError when the disk refuses.
    """
    workspace = examined.corpus.workspace
    templates = Templates(workspace)
    with Pandoc() as pandoc:
        house = House(Layout(workspace), pandoc)
        for choice in choices:
            if choice.state is State.LACKING:
                yield Outcome(choice.document, refused=choice.reasons)
            elif choice.state is State.READY:
                yield _render_one(choice.document, request, examined, templates, house, output)


def settle(
    document: Document, examined: Examined, templates: Templates, house: House
) -> Settled | tuple[Finding, ...]:
    """Stages 5 to 7: one document ready to be written, or what its contract lacks.

    Raises TemplateError for a faulty template and EngineError when pandoc fails.
    """
    draft, blank = document.variant == DRAFT, document.variant == BLANK
    context = build_context(
        document, examined.corpus, examined.findings, examined.rules, examined.day, draft
    )
    filled = templates.fill(context, blank)
    blocks = build_blocks(filled, document.type, house.pandoc)
    if draft:
        blocks = with_marks(blocks, {section.id for section in document.type.sections})
    elif faults := tuple(text_faults(document, blocks, context.logos)):
        return apply_records(faults, examined.rules, examined.corpus)
    tree = finish(blocks, filled, document.type, examined.corpus.workspace.root)
    properties = Properties(
        document.title,
        context.author,
        document.scope.reference,
        f"{document.type.titre} du dispositif local d’accompagnement",
        context.names["document"].date,
        draft=draft,
    )
    engines = {"pandoc": house.pandoc.version, "typst": TYPST_VERSION}
    if "pptx" in document.type.formats:
        engines["python-pptx"] = version("python-pptx")
    empreinte = fingerprint(tree, properties.office(), house.layout.digest, engines)
    mark = Signature(empreinte, document.label).mark()
    return Settled(tree, replace(properties, mark=mark))


def _render_one(
    document: Document,
    request: Request,
    examined: Examined,
    templates: Templates,
    house: House,
    output: Path,
) -> Outcome:
    """One document in every format asked for: all of them, or none."""
    patience = Patience()
    try:
        settled = settle(document, examined, templates, house)
        if isinstance(settled, tuple):
            return Outcome(document, refused=settled)
        contents = {
            output / document.folder / f"{document.stem}.{name}": patience.spend(
                WRITERS[name](settled.tree, settled.properties, house)
            )
            for name in document.type.formats
            if not request.formats or name in request.formats
        }
    except (Defect, EngineError, TemplateError) as failure:
        return Outcome(document, failure=failure)
    save(contents)
    return Outcome(document, tuple(contents))
