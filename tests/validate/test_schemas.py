"""What every schema promises: valid, French, closed, and usable by an editor without network."""

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator
from referencing import Registry, Resource

from dla_docs.model.errors import TemplateError
from dla_docs.model.resources import package_data
from dla_docs.model.schemas import field_at, load_kinds, load_schema, nearest
from dla_docs.model.workspace import Workspace
from dla_docs.validate.formats import FORMATS

FOLDER = package_data("schemas")
SCHEMAS = sorted(FOLDER.rglob("*.schema.json"))
INPUTS = [p for p in SCHEMAS if "sorties" not in p.parts]
DATA = [p for p in INPUTS if "x-emplacement" in p.read_text(encoding="utf-8")]
FRAGMENTS = [p for p in SCHEMAS if p.parent.name == "communs"]

PUBLIC = {"operateur", "structure", "prestataire", "consultes", "comite", "financeurs", "public"}
PLACES = {"territoire", "structures", "prestataires", "comites", "activite", "dossier"} | {
    "ingenierie",
    "propositions",
}
ANNOTATIONS = {"title", "description", "examples", "default", "$schema", "contentMediaType"}
# « Plus-value » is French.
ENGLISH = re.compile(
    r"(?<![\w-])(the|of|and|must|should|value|string|list of|required|name)\b", re.I
)

every = pytest.mark.parametrize("path", SCHEMAS, ids=lambda p: p.relative_to(FOLDER).as_posix())
every_input = pytest.mark.parametrize("path", INPUTS, ids=lambda p: p.name)
every_data = pytest.mark.parametrize("path", DATA, ids=lambda p: p.name)


def read(path: Path) -> dict[str, Any]:
    found = json.loads(path.read_text(encoding="utf-8"))
    assert isinstance(found, dict)
    return found


def schemas_in(node: Any, place: str = "") -> Iterator[tuple[str, dict[str, Any]]]:
    """Every schema of a file with its place, the root first."""
    if not isinstance(node, dict):
        return
    yield place, node
    for key in ("properties", "patternProperties"):
        for name, inner in node.get(key, {}).items():
            yield from schemas_in(inner, f"{place}/{name}")
    for key in ("items", "if", "then", "else", "not", "additionalProperties"):
        yield from schemas_in(node.get(key), f"{place}/{key}")
    for key in ("allOf", "anyOf", "oneOf"):
        for inner in node.get(key, ()):
            yield from schemas_in(inner, f"{place}/{key}")


def conditional(place: str) -> bool:
    """Whether a schema only tests or adds to another: it describes no datum of its own."""
    return bool({"if", "then", "else", "not", "allOf", "anyOf", "oneOf"} & set(place.split("/")))


@every
def test_a_schema_is_valid(path: Path) -> None:
    schema = read(path)
    Draft202012Validator.check_schema(schema)
    assert schema["$schema"] == "https://json-schema.org/draft/2020-12/schema"


@every
def test_a_schema_has_no_address(path: Path) -> None:
    assert [p for p, s in schemas_in(read(path)) if "$id" in s or "$anchor" in s] == []


@every
def test_references_are_relative_and_lead_to_a_file(path: Path) -> None:
    targets = [s["$ref"] for _, s in schemas_in(read(path)) if "$ref" in s]
    assert [t for t in targets if not (path.parent / t).is_file() or "://" in t] == []


@every
def test_every_property_has_a_title_and_a_description(path: Path) -> None:
    bare = [
        f"{place}/{name}"
        for place, schema in schemas_in(read(path))
        if not conditional(place)
        for name, inner in schema.get("properties", {}).items()
        if not (inner.get("title", "").strip() and inner.get("description", "").strip())
    ]
    assert bare == []


@every
def test_a_schema_says_what_it_describes(path: Path) -> None:
    schema = read(path)
    assert schema["title"].strip()
    assert schema["description"].strip()


@every
def test_titles_and_descriptions_are_french(path: Path) -> None:
    texts = [str(s.get(k, "")) for _, s in schemas_in(read(path)) for k in ("title", "description")]
    assert [text for text in texts if ENGLISH.search(text)] == []
    assert [text for text in texts if "'" in text] == []


@every_input
def test_every_object_is_closed_but_to_the_user_s_own_keys(path: Path) -> None:
    open_ones = [
        place
        for place, schema in schemas_in(read(path))
        if not conditional(place) and ("properties" in schema or "patternProperties" in schema)
        if schema.get("additionalProperties") is not False
        or schema.get("patternProperties", {}).get("^x-") is not True
    ]
    # Records are the project's own, and have no key that belongs to a user.
    records = path.name in {"regle.schema.json", "forme.schema.json", "chiffre.schema.json"}
    assert ([] if records else open_ones) == []


@every
def test_beside_a_reference_there_are_only_annotations(path: Path) -> None:
    wrong = [
        (place, key)
        for place, schema in schemas_in(read(path))
        if "$ref" in schema
        for key in schema
        if key not in ANNOTATIONS | {"$ref"} and not key.startswith("x-")
    ]
    assert wrong == []


@every_input
def test_a_format_comes_with_examples_that_pass(path: Path) -> None:
    for place, schema in schemas_in(read(path)):
        if "format" in schema:
            examples = schema.get("examples", [])
            assert examples, place
            assert all(FORMATS[schema["format"]].test(example) for example in examples), place


def shared() -> Registry[Any]:
    """The common pieces, as the schemas name them."""
    named = [(f"communs/{p.name}", Resource.from_contents(read(p))) for p in FRAGMENTS]
    return Registry[Any]().with_resources(named)


@every
def test_examples_follow_the_schema(path: Path) -> None:
    registry = shared()
    for place, schema in schemas_in(read(path)):
        if "$ref" not in schema:
            validator = Draft202012Validator(schema, registry=registry)
            assert [e for e in schema.get("examples", []) if not validator.is_valid(e)] == [], place


@every
def test_money_is_never_compared_to_a_step(path: Path) -> None:
    assert [place for place, schema in schemas_in(read(path)) if "multipleOf" in schema] == []


@every
def test_a_required_key_is_a_known_one(path: Path) -> None:
    wrong = [
        (place, key)
        for place, schema in schemas_in(read(path))
        if not conditional(place)
        for key in schema.get("required", [])
        if key not in schema.get("properties", {})
    ]
    assert wrong == []


@every
def test_an_enumeration_of_data_has_labels(path: Path) -> None:
    for place, schema in schemas_in(read(path)):
        if "x-libelles" in schema:
            # An open code labels those that it knows, and says the form of the others.
            known = schema["x-libelles"] if "pattern" in schema else schema["enum"]
            assert set(known) == set(schema["x-libelles"]), place


@every_data
def test_every_choice_of_a_data_file_has_a_label(path: Path) -> None:
    bare = [p for p, s in schemas_in(read(path)) if "enum" in s and "x-libelles" not in s]
    assert [place for place in bare if not conditional(place)] == []


@every
def test_an_audience_is_made_of_known_publics(path: Path) -> None:
    for place, schema in schemas_in(read(path)):
        audience = schema.get("x-diffusion")
        if audience is not None:
            assert audience, place
            assert set() == set(audience) - PUBLIC, place
            assert len(audience) == len(set(audience)), place


@every_data
def test_a_data_file_says_where_it_goes_and_who_sees_it(path: Path) -> None:
    schema = read(path)
    assert schema["x-emplacement"] in PLACES
    assert schema["x-diffusion"]


@pytest.mark.parametrize("path", FRAGMENTS, ids=lambda p: p.name)
def test_a_fragment_has_no_audience_of_its_own(path: Path) -> None:
    carriers = [p for p, s in schemas_in(read(path)) if "x-diffusion" in s or "x-accord" in s]
    assert carriers == []


@every
def test_the_rule_of_a_constraint_exists(path: Path, examen: Any) -> None:
    named = {s["x-regle"] for _, s in schemas_in(read(path)) if "x-regle" in s}
    assert set() == named - set(examen.rules)


@every
def test_a_reference_between_files_has_a_known_target(path: Path) -> None:
    targets = {s["x-reference"] for _, s in schemas_in(read(path)) if "x-reference" in s}
    lists = read(FOLDER / "territoire.schema.json")["properties"]
    assert set() == targets - {"structures", "prestataires", "dossiers"} - set(lists)


@every
def test_a_file_is_indented_by_two_and_ends_with_a_line(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert json.dumps(json.loads(text), ensure_ascii=False, indent=2) + "\n" == text


def test_a_reference_is_expanded_and_its_neighbours_win(espace: Path) -> None:
    schema = load_schema(Workspace(espace).schema_folders, "structure.schema.json")
    field = field_at(schema, ("adresse", "voie"))
    assert (field["title"], field["pattern"]) == ("Voie", "\\S")
    assert "$ref" not in json.dumps(schema)


def test_a_keyword_is_inherited_down_the_data_path(espace: Path) -> None:
    schema = load_kinds(Workspace(espace))["dossier"].schema
    assert nearest(schema, ("derogations", 0, "motif"), "x-diffusion") == ["operateur"]


def test_nothing_is_said_of_a_datum_out_of_the_schema(espace: Path) -> None:
    schema = load_kinds(Workspace(espace))["dossier"].schema
    assert field_at(schema, ("titre", "mot", 3)) == {}


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ('{"title": }', "structure.schema.json:1:11"),
        ("[]", "objet JSON"),
        ('{"$ref": "communs/absent.schema.json"}', "absent.schema.json"),
    ],
)
def test_a_faulty_schema_of_the_workspace_is_told(espace: Path, text: str, words: str) -> None:
    (espace / "schemas").mkdir()
    (espace / "schemas/structure.schema.json").write_text(text, encoding="utf-8")
    with pytest.raises(TemplateError) as caught:
        load_kinds(Workspace(espace))
    assert words in caught.value.message


VOCABULARY = read(FOLDER / "vocabulaire.json")["properties"]


def words_in(node: Any) -> Iterator[tuple[str, Any]]:
    """The words of a schema that JSON Schema does not have, and its formats, with their values."""
    if isinstance(node, dict):
        for key, value in node.items():
            if key.startswith("x-") or (key == "format" and isinstance(value, str)):
                yield key, value
            yield from words_in(value)
    elif isinstance(node, list):
        for inner in node:
            yield from words_in(inner)


@every
def test_every_word_of_ours_is_declared_with_its_form(path: Path) -> None:
    undeclared = [
        (key, value)
        for key, value in words_in(read(path))
        if key not in VOCABULARY or not Draft202012Validator(VOCABULARY[key]).is_valid(value)
    ]
    assert undeclared == []


def test_the_vocabulary_declares_nothing_more() -> None:
    used = [word for path in SCHEMAS for word in words_in(read(path))]
    assert {key for key, _ in used} == set(VOCABULARY)
    formats = {value for key, value in used if key == "format"}
    assert formats == set(VOCABULARY["format"]["enum"])
