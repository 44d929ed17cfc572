"""What every document type promises, for each folder of `templates/`: adding one needs no edit."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from dla_docs.check.check import check, conclude
from dla_docs.check.rules import load_rules
from dla_docs.context.context import build_context
from dla_docs.documents.manifests import load_types
from dla_docs.documents.types import ITEM, TEMPLATE, DocumentType
from dla_docs.engines.pandoc import Pandoc
from dla_docs.flow import Examined, choose
from dla_docs.formats import WRITERS
from dla_docs.load.corpus import Corpus
from dla_docs.load.library import load
from dla_docs.load.yaml_reader import Source, parse
from dla_docs.model.resources import package_data
from dla_docs.model.schemas import load_kinds
from dla_docs.model.workspace import Workspace
from dla_docs.select import Request, State
from dla_docs.tree.contract import text_faults
from dla_docs.tree.divisions import ONLY_HTML
from dla_docs.tree.nodes import each, is_div, nodes
from dla_docs.tree.passes import build_blocks
from dla_docs.tree.template import Templates
from dla_docs.validate.formats import FORMATS
from dla_docs.validate.validate import sound, validate
from tests.sampling import sampled
from tests.scenes import JOUR, ROOT, copy_dossier, looked_at, on_pages

FOLDER = package_data("templates")
NAMES = sorted(path.parent.name for path in FOLDER.glob("[!_]*/document.yaml"))
PUBLIC = {"operateur", "structure", "prestataire", "consultes", "comite", "financeurs", "public"}


@pytest.fixture(scope="module")
def pandoc() -> Iterator[Pandoc]:
    with Pandoc() as worker:
        yield worker


def test_every_folder_is_a_type(examen: Examined) -> None:
    folders = {p.name for p in FOLDER.iterdir() if p.is_dir() and not p.name.startswith("_")}
    assert folders == set(NAMES) == set(examen.types)


def test_a_type_has_its_template() -> None:
    assert [name for name in NAMES if not (FOLDER / name / TEMPLATE).is_file()] == []


def test_formats_have_a_writer(examen: Examined) -> None:
    assert {suffix for kind in examen.types.values() for suffix in kind.formats} <= set(WRITERS)


def test_addressees_are_known_publics(examen: Examined) -> None:
    assert {name for kind in examen.types.values() for name in kind.destinataires} <= PUBLIC


def test_parts_are_known_kinds(examen: Examined) -> None:
    parts = {part for kind in examen.types.values() for part in kind.donnees}
    assert parts <= set(examen.corpus.kinds)


def unread(kind: DocumentType) -> set[str]:
    """The parts that the paths of a manifest start at without it reading them."""
    paths = [*kind.dates, kind.signatures, kind.condition]
    paths += [path for section in kind.sections for path in section.champs]
    parts = {path.part for path in paths if path}
    return parts - {*kind.donnees, *kind.facultatif, ITEM}


def test_paths_start_at_a_part_it_reads(examen: Examined) -> None:
    assert {name: parts for name, kind in examen.types.items() if (parts := unread(kind))} == {}


def test_rules_it_names_exist(examen: Examined) -> None:
    for name, kind in examen.types.items():
        named = {section.regle for section in kind.sections} | {m.regle for m in kind.mentions}
        assert {*named, kind.logos_regle} <= {"", *examen.rules}, name


def test_each_section_has_its_own_identifier_title_and_source(examen: Examined) -> None:
    for name, kind in examen.types.items():
        ids = [section.id for section in kind.sections]
        assert ids == list(dict.fromkeys(ids)), name
        assert all(s.titre.strip() and s.source.strip() for s in kind.sections), name


def test_its_list_of_documents_has_a_key(examen: Examined) -> None:
    assert [n for n, kind in examen.types.items() if kind.cle and not kind.pour_chaque] == []


def test_the_demonstration_holds_one_of_each(examen: Examined) -> None:
    choices = choose(Request(types=tuple(examen.types)), examen)
    ready = {c.document.type.name for c in choices if c.state is State.READY}
    assert set(NAMES) == ready


@pytest.mark.campagne
def test_a_demonstration_document_fills_its_template(examen: Examined) -> None:
    templates = Templates(examen.corpus.workspace)
    for document in looked_at():
        given = (examen.findings, examen.rules, examen.day, examen.types)
        context = build_context(document, examen.corpus, *given)
        markdown = templates.fill(context).markdown
        assert markdown.strip(), document.label
        assert [word for word in ("{{", "None") if word in markdown] == [], document.label


@pytest.mark.campagne
def test_a_demonstration_document_prints_what_it_owes(examen: Examined, pandoc: Pandoc) -> None:
    templates = Templates(examen.corpus.workspace)
    for document in looked_at(on_pages):
        context = build_context(
            document, examen.corpus, examen.findings, examen.rules, types=examen.types
        )
        blocks = build_blocks(templates.fill(context), document.sections, pandoc)
        # What is for a screen alone is owed by nobody: the lists behind the figures.
        paged = each(
            blocks, "Div", lambda division: [] if is_div(division, ONLY_HTML) else [division]
        )
        printed = [header["c"][1][0] for header in nodes(paged, "Header") if header["c"][1][0]]
        known = [section.id for section in document.type.sections]
        assert [name for name in known if name in printed] == printed, document.label
        assert {section.id for section in document.sections} <= set(printed), document.label
        assert list(text_faults(document, blocks, context.logos)) == [], document.label


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


@pytest.fixture(scope="module")
def petit(tmp_path_factory: pytest.TempPathFactory) -> Corpus:
    """The demonstration workspace with one dossier: faster to check."""
    workspace = Workspace(copy_dossier(tmp_path_factory.mktemp("petit")))
    return load(workspace, load_kinds(workspace))


VALUES = {"absent": ..., "faux": {"faux": 1}, "mal-forme": "?"}


@pytest.mark.campagne
@pytest.mark.parametrize("path", SPOILT, ids=lambda p: Path(p).stem)
def test_no_fault_of_the_data_makes_a_template_fail(path: str, petit: Corpus) -> None:
    workspace, source = petit.workspace, petit.sources[path]
    types, rules = load_types(workspace, petit.kinds), load_rules(workspace, petit.kinds)
    templates, failures = Templates(workspace), []
    for pointer, value in sampled([(p, v) for p in mappings(source.data) for v in VALUES]):
        content = spoilt(source, pointer, VALUES[value])
        changed = petit.replacing({path: parse(path, content)})
        faults = validate(changed)
        corpus = sound(changed, faults)
        checked = check(corpus, types, rules, faults, JOUR)
        findings = conclude((*checked.own, *checked.around), checked.owed)
        examined = Examined(JOUR, corpus, types, rules, findings, checked)
        failures += [f"{pointer} {value} : {f}" for f in failing(examined, templates, path)]
    assert failures == []


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


def test_a_workspace_s_manifest_frees_nobody_of_what_the_package_s_owes(espace: Path) -> None:
    folder = espace / "templates" / "rapport-final"
    folder.mkdir(parents=True)
    kinds = load_kinds(Workspace(espace))
    model = load_types(Workspace(espace), kinds)["rapport-final"]
    lines = (ROOT / "templates/rapport-final/document.yaml").read_text("utf-8")
    head = lines.partition("logos:")[0]
    own = "sections: [{id: mienne, titre: La mienne, source: usage}]\n"
    (folder / "document.yaml").write_text(head + own, encoding="utf-8")
    kind = load_types(Workspace(espace), kinds)["rapport-final"]
    assert (kind.mentions, kind.logos) == (model.mentions, model.logos)
    assert [s.id for s in kind.sections] == [*(s.id for s in model.sections), "mienne"]


def test_a_section_left_out_is_owed_at_its_place(espace: Path) -> None:
    folder = espace / "templates" / "rapport-final"
    folder.mkdir(parents=True)
    text = (ROOT / "templates/rapport-final/document.yaml").read_text("utf-8")
    before, _, after = text.partition("  - id: travail\n")
    rest = after.partition("  - id: ")[2]
    (folder / "document.yaml").write_text(f"{before}  - id: {rest}", encoding="utf-8")
    kinds = load_kinds(Workspace(espace))
    ids = [s.id for s in load_types(Workspace(espace), kinds)["rapport-final"].sections]
    assert ids == ["rappel", "calendrier", "travail", "plan-actions", "annexes"]


def test_a_workspace_frees_itself_of_no_section_by_another_datum(espace: Path) -> None:
    folder = espace / "templates" / "rapport-final"
    folder.mkdir(parents=True)
    text = (ROOT / "templates/rapport-final/document.yaml").read_text("utf-8")
    freed = text.replace("    regle: R-RAP-01\n", "    sauf: rapport-final.date\n")
    (folder / "document.yaml").write_text(freed, encoding="utf-8")
    kind = load_types(Workspace(espace), load_kinds(Workspace(espace)))["rapport-final"]
    assert {section.unless for section in kind.sections} == {None}
