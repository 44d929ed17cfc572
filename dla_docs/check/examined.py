"""What the first three stages share and give: what is read once, and units once examined."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import partial

from dla_docs.charter.charter import Charter
from dla_docs.check.check import Checked
from dla_docs.check.rules import Rule, load_rules
from dla_docs.check.standing import Choice, Obstacle
from dla_docs.confined import clock
from dla_docs.documents.manifests import load_types
from dla_docs.documents.types import DocumentType
from dla_docs.gather.gather import Gathered, refuse_faulty_tables
from dla_docs.load.corpus import Corpus
from dla_docs.load.library import Library, Recall, found_again
from dla_docs.load.listing import Listing, list_workspace
from dla_docs.memory.common import again
from dla_docs.model.findings import Finding
from dla_docs.model.schemas import Kind, load_kinds
from dla_docs.model.workspace import Workspace
from dla_docs.validate.own import refuse_faulty_schemas


@dataclass(frozen=True)
class Given:
    """What schemas, templates and charter give a workspace; its data may change meanwhile."""

    kinds: Mapping[str, Kind]
    types: Mapping[str, DocumentType]
    rules: Mapping[str, Rule]
    families: tuple[str, ...]


@dataclass(frozen=True)
class Ground:
    """What every unit of a workspace shares: schemas and listing, types, rules, fonts."""

    library: Library
    types: Mapping[str, DocumentType]
    rules: Mapping[str, Rule]
    families: tuple[str, ...]


@dataclass(frozen=True)
class Examined:
    """Units read and checked on a day. `corpus` holds what is sound, `findings` what is not.

    `choices`: their documents, each with its state; `obstacles`: what forbids some of them.
    `gathered`: what the documents about all dossiers read, once some are to be made. `asks_output`:
    whether the data names something of the output folder.
    """

    day: date
    corpus: Corpus
    types: Mapping[str, DocumentType]
    rules: Mapping[str, Rule]
    findings: tuple[Finding, ...]
    checked: Checked
    choices: tuple[Choice, ...] = ()
    obstacles: tuple[Obstacle, ...] = ()
    gathered: Gathered | None = None
    asks_output: bool = False


def read_again(listing: Listing) -> Recall:
    """What finds the names that a file gives, where nothing is kept of the last time."""
    return found_again


def given(workspace: Workspace) -> Given:
    """What is read of a workspace besides its data.

    Raises TemplateError for a schema, a table, a manifest, a record or a charter that is faulty.
    """
    kinds = load_kinds(workspace)
    refuse_faulty_schemas(workspace, kinds.values())
    refuse_faulty_tables(workspace, kinds)
    types, rules = load_types(workspace, kinds), load_rules(workspace, kinds)
    return Given(kinds, types, rules, Charter(workspace).families)


def prepare(
    workspace: Workspace,
    recalling: Callable[[Listing], Recall] = read_again,
    told: Given | None = None,
    fresh: bool = False,
) -> Ground:
    """What is read once, whatever the number of units; of the data, only the listing.

    `recalling`: see `memory/`. `told`: what `given` gave, where it is still so; else it is what it
    gave the last time, unless `fresh`. Raises TemplateError.
    """
    told = told or (given if fresh else partial(again, make=given))(workspace)
    listing = list_workspace(workspace, told.kinds)
    clock.allow(clock.A_FILE * len(listing.kind_of))
    library = Library(listing, recalling(listing))
    return Ground(library, told.types, told.rules, told.families)
