"""Every keyword of JSON Schema has its French sentence, at the right datum."""

import json
import re
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from dla_docs.flow import examine
from dla_docs.load.yaml_reader import parse
from dla_docs.model.errors import TemplateError
from dla_docs.model.findings import Finding
from dla_docs.model.workspace import Workspace
from dla_docs.validate.branches import Breach
from dla_docs.validate.messages import told
from dla_docs.validate.sentences import SENTENCES
from dla_docs.validate.validate import against_schema
from tests.scenes import JOUR

LEADING = {
    *("$ref", "$dynamicRef", "allOf", "if", "items", "prefixItems"),
    *("properties", "patternProperties", "dependentSchemas"),
}
"""Keywords that only lead to others."""
ENGLISH = re.compile(r"\b(is|not|valid|under|any|given|schemas?|required|expected|property)\b")


def findings(schema: dict[str, Any], text: str) -> tuple[Finding, ...]:
    return against_schema(parse("fiche.yaml", text.encode()), schema)


def one(schema: dict[str, Any], text: str) -> Finding:
    (finding,) = findings(schema, text)
    assert ENGLISH.findall(finding.message) == []
    return finding


def test_every_keyword_the_validator_knows_has_a_sentence() -> None:
    assert set() == set(Draft202012Validator.VALIDATORS) - LEADING - set(SENTENCES)


@pytest.mark.parametrize(
    ("keyword", "asked", "value", "words"),
    [
        ("maxItems", 2, "[1, 2, 3]", "la liste compte 3 éléments, il en faut au plus 2"),
        ("minItems", 2, "[1]", "la liste compte 1 élément, il en faut au moins 2"),
        ("uniqueItems", True, "[1, 1]", "la liste répète un élément"),
        ("contains", {"const": 5}, "[1, 2]", "la liste n’a pas l’élément attendu"),
        ("minLength", 1, '""', "la valeur est vide"),
        ("minLength", 4, "abc", "« abc » est trop court : au moins 4 caractères"),
        ("maxLength", 2, "abc", "le texte est trop long : 3 caractères, 2 au plus"),
        ("exclusiveMinimum", 0, "0", "0 est trop petit : il faut plus que 0"),
        ("exclusiveMaximum", 9, "9", "9 est trop grand : il faut moins que 9"),
        ("multipleOf", 2, "3", "3 n’est pas un multiple de 2"),
        ("not", {"const": "non"}, "non", "« non » n’est pas admis ici"),
        ("not", {"required": ["b"]}, "{b: 1}", "« b » n’a pas sa place ici"),
        ("minProperties", 1, "{}", "il faut au moins 1 clé, il y en a 0"),
        ("maxProperties", 1, "{a: 1, b: 2}", "il faut au plus 1 clé, il y en a 2"),
        ("dependentRequired", {"a": ["b"]}, "{a: 1}", "il manque « b », puisque « a » est là"),
        ("propertyNames", {"pattern": "^a"}, "{b: 1}", "« b » ne peut pas nommer une clé ici"),
        ("unevaluatedProperties", False, "{b: 1}", "une clé n’a pas sa place ici"),
    ],
)
def test_a_keyword_says_what_is_wrong(keyword: str, asked: Any, value: str, words: str) -> None:
    assert words == one({"properties": {"cle": {keyword: asked}}}, f"cle: {value}\n").message


@pytest.mark.parametrize(
    ("schema", "words"),
    [
        ({"contains": {"const": 1}, "minContains": 2}, "pas assez d’éléments attendus"),
        ({"contains": {"const": 1}, "maxContains": 0, "minContains": 0}, "trop d’éléments"),
        ({"prefixItems": [True], "items": False}, "il en faut au plus 1"),
        ({"prefixItems": [True], "unevaluatedItems": False}, "un élément n’a pas sa place ici"),
    ],
)
def test_a_list_of_a_fixed_shape_is_explained(schema: dict[str, Any], words: str) -> None:
    assert words in one({"properties": {"cle": schema}}, "cle: [1, 2]\n").message


@pytest.mark.parametrize(("word", "hint"), [("oui", "écrivez true"), ("non", "écrivez false")])
def test_a_french_yes_is_told_as_yaml_writes_it(word: str, hint: str) -> None:
    assert hint == one({"properties": {"cle": {"type": "boolean"}}}, f"cle: {word}\n").hint


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("siret", "732 829 320 00074"),
        ("iban", "FR76 3000 6000 0112 3456 7890 189"),
        ("telephone", "04\u00a092\u00a000\u00a000\u00a000"),
    ],
)
def test_right_digits_with_spaces_only_lose_them(name: str, value: str) -> None:
    schema = {"properties": {"cle": {"type": "string", "format": name}}}
    assert one(schema, f'cle: "{value}"\n').hint == "retirez les espaces"


def test_an_absent_key_of_a_closed_list_gives_its_values() -> None:
    field = {"enum": ["ca", "ag"], "x-libelles": {"ca": "conseil"}, "description": "Instance."}
    finding = one({"properties": {"cle": field}, "required": ["cle"]}, "autre: 1\n")
    assert finding.hint == "Instance. Valeurs : ca (conseil), ag."


def test_an_example_made_of_digits_has_its_quotes() -> None:
    field = {"type": "string", "format": "code-postal", "examples": ["05100"]}
    finding = one({"properties": {"cle": field}, "required": ["cle"]}, "autre: 1\n")
    assert finding.hint == 'Exemple : "05100"'


def test_a_list_too_short_names_what_it_lacks() -> None:
    item = {"properties": {"critere": {"enum": ["duree", "budget"]}}}
    schema = {"properties": {"cle": {"minItems": 2, "items": item}}}
    finding = one(schema, "cle: [{critere: duree}]\n")
    assert finding.message == "la liste compte 1 élément, il en faut au moins 2"
    assert finding.hint == "ajoutez « budget »"


def test_a_schema_that_admits_nothing_says_so() -> None:
    finding = one({"properties": {"cle": False}}, "cle: 3\n")
    assert finding.message == "rien n’est admis ici, et il y a « 3 »"


PAYMENT = {
    "oneOf": [
        {
            "properties": {"mode": {"const": "virement"}, "iban": {"type": "string"}},
            "required": ["mode", "iban"],
        },
        {
            "properties": {"mode": {"const": "cheque"}, "ordre": {"type": "string"}},
            "required": ["mode", "ordre"],
        },
    ]
}


@pytest.mark.parametrize(
    ("text", "words", "pointer"),
    [
        ("mode: virement\n", "il manque « iban »", ("iban",)),
        ("mode: cheque\n", "il manque « ordre »", ("ordre",)),
        ("mode: cheque\nordre: 3\n", "un texte est attendu", ("ordre",)),
    ],
)
def test_the_branch_of_the_same_constant_is_meant(
    text: str, words: str, pointer: tuple[str, ...]
) -> None:
    finding = one(PAYMENT, text)
    assert words in finding.message
    assert pointer == finding.pointer


def test_the_branch_of_the_same_type_is_meant() -> None:
    fields = {"properties": {"fichier": {"type": "string"}}, "required": ["fichier"]}
    schema = {"anyOf": [{"type": "string"}, {"type": "object", **fields}]}
    finding = one({"properties": {"texte": schema}}, "texte: {fichier: 3}\n")
    assert finding.pointer == ("texte", "fichier")


def test_when_no_branch_has_the_type_all_types_are_told() -> None:
    schema = {"anyOf": [{"type": "string"}, {"type": "object"}]}
    finding = one({"properties": {"texte": schema}}, "texte: true\n")
    assert finding.message == "un texte ou un ensemble de clés est attendu, pas true"
    assert finding.code == "S-TYPE"


def test_one_key_of_several_is_asked_for_once() -> None:
    schema = {
        "properties": {"email": {"title": "Adresse électronique"}},
        "anyOf": [{"required": ["email"]}, {"required": ["telephone"]}],
    }
    finding = one({"properties": {"contact": schema}}, "contact: {nom: Léa}\n")
    assert finding.message == "il manque « email » (adresse électronique) ou « telephone »"
    assert (finding.code, finding.line, finding.column) == ("S-REQUIS", 1, 1)


def test_two_keys_that_exclude_each_other_are_named() -> None:
    schema = {"oneOf": [{"required": ["ht"]}, {"required": ["ttc"]}]}
    assert one(schema, "ht: 1\nttc: 2\n").message == "« ht » et « ttc » ne vont pas ensemble"


def test_the_forms_of_a_text_are_told_together() -> None:
    schema = {"properties": {"id": {"oneOf": [{"format": "siret"}, {"format": "rna"}]}}}
    finding = one(schema, "id: x\n")
    assert finding.message == "« x » n’est d’aucune des formes admises"
    assert "SIRET" in finding.hint
    assert "RNA" in finding.hint


@pytest.mark.parametrize(
    ("text", "key"), [("cofinance: true\n", "motif"), ("cofinance: false\n", "raison")]
)
def test_a_condition_is_told_by_what_it_asks(text: str, key: str) -> None:
    schema = {
        "if": {"properties": {"cofinance": {"const": True}}},
        "then": {"required": ["motif"], "x-regle": "R-LOC-01"},
        "else": {"required": ["raison"]},
    }
    finding = one(schema, text)
    assert f"il manque « {key} »" == finding.message
    assert ("R-LOC-01" if key == "motif" else "S-REQUIS") == finding.code


def test_the_rule_of_a_branch_holds_for_what_it_contains() -> None:
    then = {"properties": {"accord": {"const": True}}, "x-regle": "R-LOC-01"}
    finding = one({"if": True, "then": then}, "accord: false\n")
    assert (finding.code, finding.pointer) == ("R-LOC-01", ("accord",))


def own_schema(root: Path, **field: Any) -> Workspace:
    """The workspace with a kind of file of its own, and one file of that kind."""
    schema = {"x-emplacement": "dossier", "type": "object", "properties": {"duree": field}}
    (root / "schemas").mkdir()
    text = json.dumps(schema)
    (root / "schemas" / "visite.schema.json").write_text(text, encoding="utf-8")
    path = root / "dossiers/2025-003-calades-jabron/visite.yaml"
    path.write_text("duree: 3.5\n", encoding="utf-8")
    return Workspace(root)


def test_a_schema_of_the_workspace_uses_any_keyword(espace: Path) -> None:
    workspace = own_schema(espace, anyOf=[{"minimum": 5}, {"exclusiveMaximum": 2}])
    (finding,) = examine(workspace, JOUR).findings
    assert finding.message == "« 3.5 » n’est d’aucune des formes admises"


def test_a_keyword_nobody_knows_is_passed_over(espace: Path) -> None:
    assert examine(own_schema(espace, arrondi="au quart"), JOUR).findings == ()


@pytest.mark.parametrize(
    ("field", "words"),
    [
        ({"type": "nombre"}, "schemas/visite.schema.json, à properties/duree/type : "),
        ({"pattern": "["}, "à properties/duree/pattern : "),
        ({"multipleOf": 0.5}, "« multipleOf » n’est pas admis"),
        ({"format": "duree"}, "le format « duree » n’existe pas"),
    ],
)
def test_a_faulty_schema_of_the_workspace_is_a_dead_end(
    espace: Path, field: dict[str, Any], words: str
) -> None:
    with pytest.raises(TemplateError, match=re.escape(words)):
        examine(own_schema(espace, **field), JOUR)


def test_a_keyword_the_validator_learns_later_is_still_told() -> None:
    source = parse("fiche.yaml", b"cle: 3\n")
    (finding,) = told(source, {}, Breach("alternatives", 2, 3, ("cle",), {"title": "Clé"}))
    assert finding.message == "Clé : la contrainte « alternatives » du schéma n’est pas respectée"
    assert (finding.code, finding.line, finding.column) == ("S-VALEUR", 1, 6)
