"""What a schema of the workspace may not say: one fault in French, soon, whatever it asks for."""

import json
import time
from pathlib import Path
from typing import Any

import pytest

from dla_docs.check.examined import prepare
from dla_docs.model.errors import TemplateError
from dla_docs.model.resources import package_data
from dla_docs.model.workspace import Workspace

FIELD: dict[str, Any] = {"x-emplacement": "dossier", "type": "object"}


def one_field(**words: Any) -> dict[str, Any]:
    return {**FIELD, "properties": {"note": words}}


def refused(espace: Path, *schemas: dict[str, Any] | str) -> str:
    """What is said of the first schema; those after it are beside, `s1`, `s2`…"""
    folder = espace / "schemas"
    folder.mkdir(exist_ok=True)
    for rank, schema in enumerate(schemas):
        text = schema if isinstance(schema, str) else json.dumps(schema)
        name = f"s{rank}" if rank else "avis"
        (folder / f"{name}.schema.json").write_text(text, encoding="utf-8")
    start = time.process_time()
    with pytest.raises(TemplateError) as caught:
        prepare(Workspace(espace))
    assert time.process_time() - start < 10
    return caught.value.message


@pytest.mark.parametrize(
    ("reference", "words"),
    [
        (5, "« $ref » est le nom"),
        ({}, "« $ref » est le nom"),
        ("avis.schema.json", "mène à lui-même"),
        ("../dossiers/x.json", "hors du dossier"),
        ("/etc/passwd", "hors du dossier"),
        ("communs/../../x.json", "hors du dossier"),
        ("#/properties/note", "introuvable"),
        ("https://exemple.fr/a.json", "introuvable"),
    ],
)
def test_a_reference_leads_to_a_file_of_the_schemas(
    espace: Path, reference: Any, words: str
) -> None:
    assert words in refused(espace, one_field(**{"$ref": reference}))


def test_references_that_double_are_counted(espace: Path) -> None:
    twice = [
        {"properties": {k: {"$ref": f"s{n + 1}.schema.json"} for k in "ab"}} for n in range(39)
    ]
    assert "sans fin raisonnable" in refused(espace, {**FIELD, **twice[0]}, *twice[1:], {})


def test_a_chain_of_references_is_bounded(espace: Path) -> None:
    chain = [{"$ref": f"s{n + 1}.schema.json"} for n in range(200)]
    assert "sans fin raisonnable" in refused(espace, {**FIELD, **chain[0]}, *chain[1:], {})


@pytest.mark.parametrize(
    "text",
    [
        '{"a":' * 100_000,
        "[" * 100_000,
        '{"minimum": ' + "9" * 5_000 + "}",
        '{"x-emplacement": "dossier", "not": ' * 500 + "{}" + "}" * 500,
        "\ufeff[]",
    ],
    ids=["objets", "listes", "chiffres", "niveaux", "liste"],
)
def test_a_schema_without_measure_is_told(espace: Path, text: str) -> None:
    assert refused(espace, text).startswith(str(espace))


@pytest.mark.parametrize(
    "words",
    [
        {"$dynamicRef": "#x"},
        {"$id": "https://exemple.fr/"},
        {"x-regle": 5},
        {"x-diffusion": "tous"},
        {"x-libelles": []},
        {"x-unite": 3},
        {"x-connu-le": {}},
        {"pattern": "(?=a)b"},
        {"pattern": "(a{1000}){1000}"},
        {"pattern": "("},
        {"patternProperties": {"(?<!a)b": True}},
        {"properties": []},
        {"anyOf": 5},
        {"anyOf": [5]},
        {"required": "x"},
        {"type": ["string", ["null"]]},
        {"items": 3},
        {"enum": [{}]},
        {"multipleOf": "x"},
    ],
    ids=str,
)
def test_a_word_that_no_schema_has_is_told_at_its_place(
    espace: Path, words: dict[str, Any]
) -> None:
    assert "schemas/avis.schema.json, à properties/note/" in refused(espace, one_field(**words))


def test_a_place_that_is_none_is_told(espace: Path) -> None:
    assert "« ailleurs »" in refused(espace, {"x-emplacement": "ailleurs"})
    assert "x-emplacement" in refused(espace, {"x-emplacement": 5})


@pytest.mark.parametrize(
    ("name", "change"),
    [
        ("convention", {"date": {"type": "object"}}),
        ("convention", {"date": {"type": "string"}}),
        ("convention", {"echeancier": True}),
        ("communs/personne", {"nom": {"type": "array"}}),
    ],
)
def test_what_replaces_our_schema_keeps_what_the_rules_read(
    espace: Path, name: str, change: dict[str, Any]
) -> None:
    schema = json.loads((package_data("schemas") / f"{name}.schema.json").read_text("utf-8"))
    schema["properties"] |= change
    path = espace / f"schemas/{name}.schema.json"
    path.parent.mkdir(parents=True)
    path.write_text(json.dumps(schema), encoding="utf-8")
    with pytest.raises(TemplateError, match=next(iter(change))):
        prepare(Workspace(espace))


def test_a_schema_of_ours_copied_in_the_workspace_is_right(espace: Path) -> None:
    for name in ("convention.schema.json", "communs/personne.schema.json"):
        path = espace / "schemas" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        schema = json.loads((package_data("schemas") / name).read_text("utf-8"))
        schema["properties"]["remarque"] = {"type": "string", "title": "Remarque"}
        path.write_text(json.dumps(schema), encoding="utf-8")
    assert prepare(Workspace(espace)).rules


def test_a_pattern_of_the_workspace_is_matched_in_linear_time(espace: Path, lancer: Any) -> None:
    (espace / "schemas").mkdir()
    schema = one_field(type="string", pattern="^(a+)+$", title="Note")
    (espace / "schemas/avis.schema.json").write_text(json.dumps(schema), encoding="utf-8")
    (espace / "dossiers/2025-003-calades-jabron/avis.yaml").write_text(f"note: {'a' * 5000}!\n")
    start = time.process_time()
    found = json.loads(lancer("check", "2025-003", "--format", "json", espace=espace).stdout)
    assert time.process_time() - start < 20
    assert [f["code"] for f in found if f["path"].endswith("avis.yaml")] == ["S-VALEUR"]
