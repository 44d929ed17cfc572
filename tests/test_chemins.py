"""Every path written in `schemas/`, `templates/` and the program names data that schemas know."""

import ast
import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path as File
from typing import Any

import pytest

from dla_docs.check.declared import PATHS
from dla_docs.create.offers import SOURCE
from dla_docs.documents.types import ITEM, each_of
from dla_docs.follow.status import DOSSIER, INGENIERIE
from dla_docs.load.places import SERIES, SHELVES
from dla_docs.load.yaml_reader import parse
from dla_docs.model.paths import Path
from dla_docs.model.resources import package_data
from dla_docs.model.schemas import Schema, fields, load_kinds
from dla_docs.model.workspace import Workspace
from tests.scenes import ROOT

Roots = Mapping[str, Schema]
"""What the first word of a path may be, with the schema of what it names."""

KINDS = load_kinds(Workspace(ROOT))
ROOTS: Roots = {
    **{name: kind.schema for name, kind in KINDS.items()},
    **{folder: KINDS[name].schema for folder, name in SERIES.items()},
}
PATHS_OF_OFFERS = ("chaque", "sauf", "au", "seul", "cles", "partis")
BLANK_OF_OFFERS = re.compile(r"\{[^{}\w]*(?P<path>[^{}|]+)(?:\|\w+)?\}")
INNER = re.compile(r"\[\w+=\{([^{}]+)\}\]")
"""The path that a filter of a path takes its value from."""
MANIFEST_PATHS = frozenset("sujet pour_chaque signatures date champ champs".split())
RULE_PATHS = PATHS | {"accuse"}
NOT_A_PATH = {"liste"}
"""What a rule may accuse besides a datum: the whole list."""
BLANK = re.compile(r"\{([^{}]+)\}")
AGREEMENT = re.compile(r"accord\('([^']+)'\)")


@dataclass(frozen=True)
class Written:
    """A path as a file writes it."""

    file: str
    text: str
    roots: Roots = field(default_factory=lambda: ROOTS)


def faults(written: Iterable[Written]) -> list[str]:
    """The paths that lead nowhere, each with its file."""
    return [f"{w.file} : {w.text}" for w in written if not leads(w.text, w.roots)]


def leads(text: str, roots: Roots) -> bool:
    """Whether a text is a path to what schemas know, in the file that another such path names."""
    try:
        path = Path.parse(text)
    except ValueError:
        return False
    known = path.part in roots and path.of_schema(roots[path.part]) is not None
    return known and (path.through is None or leads(str(path.through), roots))


def looks_like_one(text: str, roots: Roots = ROOTS) -> bool:
    """Whether a text that nothing says to be a path begins as one does."""
    try:
        path = Path.parse(text)
    except ValueError:
        return False
    return path.part in roots and bool(path.steps)


def strings(node: Any, key: str = "") -> Iterator[tuple[str, str]]:
    """Every text of some data, with the key that holds it; keys that are texts too."""
    if isinstance(node, str):
        yield key, node
    elif isinstance(node, dict):
        for name, item in node.items():
            yield "", str(name)
            yield from strings(item, str(name))
    elif isinstance(node, list):
        for item in node:
            yield from strings(item, key)


def in_manifest(file: str, data: Mapping[str, Any]) -> Iterator[Written]:
    roots = dict(ROOTS)
    if each := data.get("pour_chaque"):
        item = each_of(Path.parse(each))
        roots[ITEM] = item.of_schema(ROOTS[item.part]) or {}
    if "cle" in data:
        yield Written(file, f"{ITEM}.{data['cle']}", roots)
    # Where what comes back goes has its own test (`documents/test_returned.py`).
    for key, text in strings({k: value for k, value in data.items() if k != "retour"}):
        if key in MANIFEST_PATHS or looks_like_one(text, roots):
            yield Written(file, text, roots)


def in_rules(file: str, data: Mapping[str, Any]) -> Iterator[Written]:
    """What entries verify, and what their messages print: `{parcours.debut}`."""
    for entry in (entry for rule in data.values() for entry in rule.get("verifie", ())):
        # Where `noms` gives a label to paths, these are its keys.
        names = entry.get("noms", [])
        for key, text in strings({**entry, "noms": [*names] if isinstance(names, dict) else names}):
            if key in RULE_PATHS and text not in NOT_A_PATH:
                yield Written(file, text)
            yield from (Written(file, name) for name in BLANK.findall(text) if "." in name)


def in_schema(file: str, schema: Schema, element: Schema | None = None) -> Iterator[Written]:
    """What fields are filled from, and the keys that tell elements of a list apart."""
    for _, inner in fields(schema):
        roots = {**OFFERED, "ici": schema, "element": element or {}}
        yield from in_offer(file, inner.get(SOURCE, "jour"), roots)
        if "x-unique" in inner:
            yield Written(file, f"{ITEM}.{inner['x-unique']}", {ITEM: inner["items"]})
        yield from in_schema(file, inner, element)
        yield from in_schema(file, inner.get("items", {}), origin(inner, roots) or element)


def in_offer(file: str, offer: Any, roots: Roots) -> Iterator[Written]:
    """The paths of a source, those of its parts and of its words included."""
    if isinstance(offer, list):
        for one in offer:
            yield from in_offer(file, one, roots)
    elif isinstance(offer, dict):
        inside = {**roots, "element": origin({SOURCE: offer}, roots) or {}}
        paths = [offer[key] for key in PATHS_OF_OFFERS if key in offer]
        words = [w for value in offer.get("avec", {}).values() for w in among(value)]
        yield from in_offer(file, [*paths, *offer.get("ensemble", ())], roots)
        yield from (w for text in words for w in in_words(file, text, inside))
    elif offer.startswith("{"):
        yield from in_words(file, offer, roots)
    else:
        yield from (Written(file, path, roots) for path in (offer, *INNER.findall(offer)))


def in_words(file: str, text: str, roots: Roots) -> Iterator[Written]:
    yield from (Written(file, m["path"], roots) for m in BLANK_OF_OFFERS.finditer(text))


def among(value: Any) -> list[str]:
    return value if isinstance(value, list) else [value]


def origin(field: Schema, roots: Roots) -> Schema | None:
    """The schema of what each element of a list is made from."""
    offer = field.get(SOURCE)
    if not isinstance(offer, dict) or "chaque" not in offer:
        return None
    path = Path.parse(offer["chaque"])
    return path.of_schema(roots.get(path.part, {}))


def named(target: str) -> Schema:
    """The schema of what a reference names: a record, or an element of a list of the territory."""
    if target in SHELVES:
        return KINDS[SHELVES[target]].schema
    found = Path.parse(f"territoire.{target}[]").of_schema(KINDS["territoire"].schema)
    return found or {}


def in_program(file: str, text: str) -> Iterator[Written]:
    """Texts of the program that begin as a path does; names of files do too."""
    for node in ast.walk(ast.parse(text)):
        value = node.value if isinstance(node, ast.Constant) else None
        if isinstance(value, str) and looks_like_one(value) and not value.endswith(".yaml"):
            yield Written(file, value)


LISTS = ("operateurs", "charges_mission", "financeurs", "annuaire", "orientations")
OFFERED: Roots = {
    **ROOTS,
    **{target: named(target) for target in (*SHELVES, *LISTS)},
    **{
        word: {}
        for word in (
            "jour",
            "nom",
            "reference",
            "suivant",
            "ingenieries",
            "dossiers_a_presenter",
            "dossiers_precedents",
        )
    },
}
"""What an offer may start from besides files: records, lists of the territory, and no file."""


def manifests() -> Iterator[Written]:
    for path in package_data("templates").glob("[!_]*/document.yaml"):
        yield from in_manifest(f"{path.parent.name}/{path.name}", data_of(path))


def rules() -> Iterator[Written]:
    for path in package_data("schemas").glob("regles/*.yaml"):
        yield from in_rules(path.name, data_of(path))


def schemas() -> Iterator[Written]:
    for name, kind in KINDS.items():
        yield from in_schema(f"{name}.schema.json", kind.schema)


def agreements() -> Iterator[Written]:
    """What templates ask to be agreed to; only a guide shows it as yet."""
    for path in (*package_data("templates").rglob("*.j2"), *(ROOT / "docs").rglob("*.md")):
        found = AGREEMENT.findall(path.read_text(encoding="utf-8"))
        yield from (Written(f"{path.parent.name}/{path.name}", text) for text in found)


def events() -> Iterator[Written]:
    yield from (Written("status.py", str(event.path)) for event in (*DOSSIER, *INGENIERIE))


def program() -> Iterator[Written]:
    for path in (*(ROOT / "dla_docs").rglob("*.py"), *(ROOT / "tools").rglob("*.py")):
        yield from in_program(path.name, path.read_text(encoding="utf-8"))


def data_of(path: File) -> Any:
    return parse(str(path), path.read_bytes()).data


@pytest.mark.parametrize("place", [manifests, rules, schemas, agreements, events, program])
def test_every_path_names_data_that_schemas_know(place: Callable[[], Iterator[Written]]) -> None:
    written = list(place())
    assert written
    assert faults(written) == []


@pytest.mark.parametrize(
    "text",
    [
        "convention.dat",
        "convetion.date",
        "realisation.notes.date",
        "reglement.versements[libelle=sold].ttc",
        "choix.retenue/proposition.budget.jours",
        "convention..date",
    ],
)
def test_a_path_that_leads_nowhere_is_named_with_its_file(text: str) -> None:
    assert faults([Written("essai.yaml", text)]) == [f"essai.yaml : {text}"]


@pytest.mark.parametrize(
    "entry",
    [
        {"ordre": ["convention.date", "convention.dat"]},
        {"si": "convention.dat"},
        {"fichier": "convetion"},
        {"accuse": "convention.dat"},
        {"noms": {"convention.dat": "la date"}},
        {"message": "le {convention.dat}"},
    ],
)
def test_a_wrong_path_of_a_rule_is_seen_wherever_it_stands(entry: Mapping[str, Any]) -> None:
    assert len(faults(in_rules("essai.yaml", {"R-ESS-01": {"verifie": [entry]}}))) == 1


@pytest.mark.parametrize(
    "manifest",
    [
        {"date": ["convention.date", "convention.dat"]},
        {"si": {"champ": "convetion.date"}},
        {"sections": [{"champs": ["convention.dat"]}]},
        {"pour_chaque": "convention.avenants", "cle": "numro"},
        {"pour_chaque": "convention.avenants", "date": "element.dat"},
        {"x-note": "convention.dat"},
    ],
)
def test_a_wrong_path_of_a_manifest_is_seen_wherever_it_stands(manifest: dict[str, Any]) -> None:
    assert len(faults(in_manifest("essai.yaml", manifest))) == 1


@pytest.mark.parametrize(
    "inner",
    [
        {"x-depuis": "convention.dat"},
        {"x-depuis": "structures.titre"},
        {"x-depuis": ["convention.date", "convention.dat"]},
        {"x-depuis": "{convention.dat}, à Gap"},
        {"x-depuis": {"chaque": "convention.livrables[]", "avec": {"x": "{element.titre}"}}},
        {"x-depuis": "parcours.actions[id={ingenierie.acte}].debut"},
        {"x-unique": "nom", "items": {"properties": {"prenom": {}}}},
    ],
)
def test_a_wrong_path_of_a_schema_is_seen_wherever_it_stands(inner: Schema) -> None:
    schema = {"properties": {"champ": inner}}
    assert len(faults(in_schema("essai.schema.json", schema))) == 1


def test_a_wrong_path_of_the_program_is_seen() -> None:
    assert faults(in_program("essai.py", json.dumps("convention.dat"))) == [
        "essai.py : convention.dat"
    ]
