"""What every document type promises, for each folder of `templates/`: adding one needs no edit."""

import json
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from dla_docs.check.check import check, conclude
from dla_docs.check.rules import load_rules
from dla_docs.context.context import build_context
from dla_docs.documents.documents import Document
from dla_docs.documents.types import ITEM, DocumentType, load_types
from dla_docs.engines.pandoc import Pandoc
from dla_docs.flow import Examined, choose
from dla_docs.formats import WRITERS
from dla_docs.load.corpus import load
from dla_docs.load.yaml_reader import Source, parse
from dla_docs.model.resources import package_data
from dla_docs.model.schemas import load_kinds
from dla_docs.model.workspace import Workspace
from dla_docs.select import Request, State
from dla_docs.tree.contract import text_faults
from dla_docs.tree.nodes import nodes
from dla_docs.tree.passes import build_blocks
from dla_docs.tree.template import TEMPLATE, Templates
from dla_docs.validate.formats import FORMATS
from dla_docs.validate.validate import sound, validate
from tests.conftest import JOUR

FOLDER = package_data("templates")
NAMES = sorted(path.parent.name for path in FOLDER.glob("[!_]*/document.yaml"))
PUBLIC = {"operateur", "structure", "prestataire", "consultes", "comite", "financeurs", "public"}

every = pytest.mark.parametrize("name", NAMES)


@pytest.fixture(scope="module")
def pandoc() -> Iterator[Pandoc]:
    with Pandoc() as worker:
        yield worker


@pytest.fixture
def kind(name: str, examen: Examined) -> DocumentType:
    return examen.types[name]


def test_every_folder_is_a_type(examen: Examined) -> None:
    folders = {p.name for p in FOLDER.iterdir() if p.is_dir() and not p.name.startswith("_")}
    assert folders == set(NAMES) == set(examen.types)


@every
def test_a_type_has_its_template(name: str) -> None:
    assert (FOLDER / name / TEMPLATE).is_file()


@every
def test_formats_have_a_writer(kind: DocumentType) -> None:
    assert set() == set(kind.formats) - set(WRITERS)


@every
def test_addressees_are_known_publics(kind: DocumentType) -> None:
    assert set() == set(kind.destinataires) - PUBLIC


@every
def test_parts_are_known_kinds(kind: DocumentType, examen: Examined) -> None:
    assert set() == set(kind.donnees) - set(examen.corpus.kinds)


@every
def test_paths_start_at_a_part_it_reads(kind: DocumentType) -> None:
    paths = [*kind.dates, kind.signatures, kind.condition]
    paths += [path for section in kind.sections for path in section.champs]
    parts = {path.part for path in paths if path}
    assert set() == parts - {*kind.donnees, *kind.facultatif, ITEM}


@every
def test_rules_it_names_exist(kind: DocumentType, examen: Examined) -> None:
    named = {section.regle for section in kind.sections} | {m.regle for m in kind.mentions}
    assert set() == named - set(examen.rules) - {""}
    assert kind.logos_regle in {"", *examen.rules}


@every
def test_each_section_has_its_own_identifier_title_and_source(kind: DocumentType) -> None:
    ids = [section.id for section in kind.sections]
    assert ids == list(dict.fromkeys(ids))
    assert all(section.titre.strip() and section.source.strip() for section in kind.sections)


@every
def test_its_list_of_documents_has_a_key(kind: DocumentType) -> None:
    assert bool(kind.cle) <= bool(kind.pour_chaque)


@every
def test_the_demonstration_holds_one(name: str, examen: Examined) -> None:
    choices = choose(Request(types=(name,)), examen)
    assert State.READY in {choice.state for choice in choices}


def test_a_demonstration_document_fills_its_template(
    document_demo: Document, examen: Examined
) -> None:
    filled = Templates(examen.corpus.workspace).fill(
        build_context(document_demo, examen.corpus, examen.findings, examen.rules)
    )
    assert filled.markdown.strip()
    assert "{{" not in filled.markdown
    assert "None" not in filled.markdown


def test_a_demonstration_document_prints_what_it_owes(
    document_demo: Document, examen: Examined, pandoc: Pandoc
) -> None:
    context = build_context(document_demo, examen.corpus, examen.findings, examen.rules)
    filled = Templates(examen.corpus.workspace).fill(context)
    blocks = build_blocks(filled, document_demo.type, pandoc)
    printed = [header["c"][1][0] for header in nodes(blocks, "Header") if header["c"][1][0]]
    assert [section.id for section in document_demo.type.sections] == printed
    assert list(text_faults(document_demo, blocks, context.logos)) == []


DOSSIER = "dossiers/2025-003-calades-jabron"
INGENIERIE = f"{DOSSIER}/ingenieries/bilan-organisation-finances"
SPOILT = [
    "dossiers/territoire.yaml",
    "dossiers/structures/calades-jabron.yaml",
    "dossiers/prestataires/delphine-orsatelli.yaml",
    "dossiers/comites/2025-03-06.yaml",
    *(f"{DOSSIER}/{name}.yaml" for name in "dossier accueil diagnostic parcours".split()),
    *(f"{INGENIERIE}/{name}.yaml" for name in "ingenierie cahier-des-charges convention".split()),
    *(f"{INGENIERIE}/{name}.yaml" for name in "consultation choix realisation".split()),
    *(f"{INGENIERIE}/{name}.yaml" for name in "rapport-final restitution reglement".split()),
    f"{INGENIERIE}/propositions/delphine-orsatelli.yaml",
]


def mappings(data: Any, pointer: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """Every key of the data, in the first item of each list only."""
    if isinstance(data, dict):
        for key, inner in data.items():
            yield (*pointer, key)
            yield from mappings(inner, (*pointer, key))
    elif isinstance(data, list) and data:
        yield (*pointer, 0)
        yield from mappings(data[0], (*pointer, 0))


def spoilt(source: Source, pointer: tuple[Any, ...], value: Any) -> bytes:
    """The file as JSON, one datum replaced; removed where the value is `...`."""
    data = json.loads(json.dumps(source.data, default=float))
    holder = data
    for step in pointer[:-1]:
        holder = holder[step]
    if value is ...:
        del holder[pointer[-1]]
    else:
        holder[pointer[-1]] = value
    return json.dumps(data).encode()


@pytest.mark.parametrize("value", [..., {"faux": 1}, "?"], ids=["absent", "faux", "mal-forme"])
@pytest.mark.parametrize("path", SPOILT, ids=lambda p: Path(p).stem)
def test_no_fault_of_the_data_makes_a_template_fail(path: str, value: Any, petit: Path) -> None:
    workspace = Workspace(petit)
    kinds = load_kinds(workspace)
    raw, types = load(workspace, kinds), load_types(workspace, kinds)
    rules, templates = load_rules(workspace), Templates(workspace)
    source = raw.sources[path]
    failures = []
    for pointer in mappings(source.data):
        changed = raw.replacing({path: parse(path, spoilt(source, pointer, value))})
        faults = validate(changed)
        corpus = sound(changed, faults)
        checked = check(corpus, types, rules, faults, JOUR)
        findings = conclude((*checked.own, *checked.around), checked.owed)
        examined = Examined(JOUR, corpus, types, rules, findings, checked)
        found = failing(examined, templates, path)
        failures += [f"{pointer} : {failure}" for failure in found]
    assert failures == []


@pytest.fixture
def petit(espace: Path) -> Path:
    """The demonstration workspace with one dossier and one prestataire: faster to check."""
    for folder in (espace / "dossiers").glob("20*-*"):
        if folder.name != "2025-003-calades-jabron":
            shutil.rmtree(folder)
    for path in (espace / "dossiers/prestataires").glob("*.yaml"):
        if path.stem != "delphine-orsatelli":
            path.unlink()
    for path in (espace / "dossiers/comites").glob("*.yaml"):
        if path.stem != "2025-03-06":
            path.unlink()
    return espace


def failing(examined: Examined, templates: Templates, path: str) -> Iterator[str]:
    """The templates that stop on a document said to be ready, which a file has a part in."""
    for choice in choose(Request(), examined):
        within = choice.document.reach(examined.corpus)
        if choice.state is State.READY and path in within:
            try:
                templates.fill(
                    build_context(
                        choice.document, examined.corpus, examined.findings, examined.rules
                    )
                )
            except Exception as error:
                yield f"{choice.document.type.name} : {error!r}"


def test_formats_that_carry_a_rule_are_recorded(examen: Examined) -> None:
    used = {s.get("format") for kind in examen.corpus.kinds.values() for s in fields(kind.schema)}
    named = {FORMATS[name].rule for name in used if name}
    assert set() == named - set(examen.rules) - {""}


def fields(schema: Any) -> Iterator[dict[str, Any]]:
    if isinstance(schema, dict):
        yield schema
        for inner in [*schema.get("properties", {}).values(), schema.get("items")]:
            yield from fields(inner)


def test_the_package_s_types_load_in_any_workspace(espace: Path) -> None:
    assert set(NAMES) == set(load_types(Workspace(espace), load_kinds(Workspace(espace))))
