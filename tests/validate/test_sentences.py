"""Every keyword of JSON Schema has its French sentence, at the right datum."""

import json
import re
from pathlib import Path
from typing import Any

import pytest

from dla_docs.flow import examine
from dla_docs.load.yaml_reader import parse
from dla_docs.model.errors import TemplateError
from dla_docs.model.findings import Finding
from dla_docs.model.workspace import Workspace
from dla_docs.validate.branches import Breach
from dla_docs.validate.messages import told
from dla_docs.validate.sentences import phrases
from dla_docs.validate.validate import against_schema
from tests.scenes import JOUR

ENGLISH = re.compile(r"\b(is|not|valid|under|any|given|schemas?|required|expected|property)\b")


def field(text: str = "3", **keywords: Any) -> tuple[dict[str, Any], str]:
    """A schema of one field, and a file that breaks it."""
    return {"properties": {"cle": {"description": "Un champ.", **keywords}}}, f"cle: {text}\n"


ENDLESS: dict[str, Any] = {}
for _ in range(500):
    ENDLESS = {"allOf": [ENDLESS]}


CRITERE = {"properties": {"critere": {"enum": ["duree", "budget"]}}}
SAID = {
    "type": field("[1]", type="string"),
    "type.nombre": field("1", type="string"),
    "type.liste": field("1", type="array"),
    "type.element": field("un seul", type="array"),
    "type.chiffres": field("3 600 €", type="number"),
    "type.double": field("3,600", type="number"),
    "type.mots": field("trois mille", type="number"),
    "type.booleen": field("oui", type="boolean"),
    "type.lecture": field("20260112", type="string", format="date"),
    "type.deux-points": field("{Établir: un prix de revient}", type="string"),
    "type.texte": field("{prenom: Léa, nom: Roux}", type="string"),
    "type.cles": field("Chorum", type="object", properties={"organisme": {}}),
    "type.refus": field("à définir", type="number"),
    "pattern": field("a", pattern="^b"),
    "pattern.exemple": field("a", pattern="^b", examples=["bc"]),
    "pattern.vide": field('""', pattern="\\S"),
    "pattern.lecture": field('"bc\u200b"', pattern="^bc$"),
    "pattern.nom": field("É", pattern="^[a-z0-9][a-z0-9-]*$"),
    "pattern.nom-vide": field('"?"', pattern="^[a-z0-9][a-z0-9-]*$"),
    "format": field("hier", format="date"),
    "format.lecture": field("10 mars 2026", format="date"),
    "format.refus": field("30/02/2026", format="date"),
    "enum": field("c", enum=["a", "b"]),
    "enum.proche": field("Téléphone", enum=["visio", "telephone"]),
    "const": field("b", const="a"),
    "not": field("a", **{"not": {"const": "a"}}),
    "not.cles": field("{a: 1}", **{"not": {"required": ["a"]}}),
    "false": ({"properties": {"cle": False}}, "cle: 3\n"),
    "formes": field("a", anyOf=[{"minLength": 2}, {"maxLength": 0}]),
    "formes.dites": field("a", anyOf=[{"const": "b"}, {"const": "c"}]),
    "formes.ensemble": field("{a: 1, b: 1}", oneOf=[{"required": ["a"]}, {"required": ["b"]}]),
    "une-des-cles": field("{c: 1}", anyOf=[{"required": ["a"]}, {"required": ["b"]}]),
    "required": ({**field()[0], "required": ["cle"]}, "autre: 1\n"),
    "dependentRequired": ({**field()[0], "dependentRequired": {"a": ["cle"]}}, "a: 1\n"),
    "additionalProperties": ({"additionalProperties": False}, "a: 1\n"),
    "additionalProperties.proche": ({**field()[0], "additionalProperties": False}, "clef: 1\n"),
    "additionalProperties.refusee": (
        {
            "properties": {"decision": {"description": "Il ne décide pas.", "not": {}}},
            "additionalProperties": False,
        },
        "Décision: 1\n",
    ),
    "additionalProperties.deja": (
        {**field()[0], "additionalProperties": False},
        "cle: 1\nClé: 1\n",
    ),
    "additionalProperties.admises": ({**field()[0], "additionalProperties": False}, "z: 1\n"),
    "minimum": field(minimum=4),
    "maximum": field(maximum=2),
    "minItems": field("[1]", minItems=2),
    "minItems.vide": field("[]", minItems=1),
    "minItems.absents": field("[{critere: duree}]", minItems=2, items=CRITERE),
    "maxItems": field("[1, 2]", maxItems=1),
    "uniqueItems": field("[1, 1]", uniqueItems=True),
    "trop-long": field("abc", **ENDLESS),
    "autre": field("abc", maxLength=2),
}
"""For each phrase, a schema and a file of which it is said."""


def findings(schema: dict[str, Any], text: str) -> tuple[Finding, ...]:
    return against_schema(parse("fiche.yaml", text.encode()), schema)


def one(schema: dict[str, Any], text: str) -> Finding:
    (finding,) = findings(schema, text)
    assert ENGLISH.findall(finding.message) == []
    return finding


def test_every_phrase_is_said_with_all_its_words() -> None:
    unsaid = set(phrases())
    for name, (schema, text) in SAID.items():
        message, hint = (phrases()[name].get(key, "") for key in ("message", "conseil"))
        finding = one(schema, text)
        assert matches(message, finding.message), name
        assert matches(hint, finding.hint), name
        unsaid.discard(name)
    assert unsaid == set()


def matches(phrase: str, told: str) -> bool:
    """Whether a message is a phrase whose every placeholder is filled."""
    pattern = re.sub(r"\\{\w+\\}", ".+", re.escape(phrase))
    return not re.search(r"\{\w+\}", told) and bool(re.search(f"{pattern}$", told))


@pytest.mark.parametrize(
    ("keyword", "asked", "value", "words"),
    [
        ("maxItems", 2, "[1, 2, 3]", "la liste compte 3 éléments, il en faut au plus 2"),
        ("minItems", 2, "[1]", "la liste compte 1 élément, il en faut au moins 2"),
        ("uniqueItems", True, "[1, 1]", "la liste répète un élément"),
        ("contains", {"const": 5}, "[1, 2]", "une liste ne respecte pas « contains »"),
        ("minLength", 4, "abc", "« abc » ne respecte pas « minLength : 4 »"),
        ("exclusiveMinimum", 0, "0", "« 0 » ne respecte pas « exclusiveMinimum : 0 »"),
        ("multipleOf", 2, "3", "« 3 » ne respecte pas « multipleOf : 2 »"),
        ("not", {"const": "non"}, "non", "« non » n’est pas admis ici"),
        ("not", {"required": ["b"]}, "{b: 1}", "« b » n’a pas sa place ici"),
        (
            "maxProperties",
            1,
            "{a: 1, b: 2}",
            "ne respecte pas « maxProperties : 1 »",
        ),
        ("dependentRequired", {"a": ["b"]}, "{a: 1}", "il manque « b », puisque « a » est là"),
        ("propertyNames", {"pattern": "^a"}, "{b: 1}", "« b » n’a pas la forme attendue"),
        ("unevaluatedProperties", False, "{b: 1}", "ne respecte pas « unevaluatedProperties »"),
    ],
)
def test_a_keyword_says_what_is_wrong(keyword: str, asked: Any, value: str, words: str) -> None:
    assert words in one({"properties": {"cle": {keyword: asked}}}, f"cle: {value}\n").message


@pytest.mark.parametrize(
    ("schema", "words"),
    [
        ({"contains": {"const": 1}, "minContains": 2}, "« minContains : 2 »"),
        ({"contains": {"const": 1}, "maxContains": 0, "minContains": 0}, "« maxContains : 0 »"),
        ({"prefixItems": [True], "items": False}, "ne respecte pas « items »"),
        (
            {"prefixItems": [True], "unevaluatedItems": False},
            "« unevaluatedItems »",
        ),
    ],
)
def test_a_list_of_a_fixed_shape_is_explained(schema: dict[str, Any], words: str) -> None:
    assert words in one({"properties": {"cle": schema}}, "cle: [1, 2]\n").message


@pytest.mark.parametrize(
    ("word", "hint"),
    [("oui", "true"), ("non", "false"), ("Vrai", "true"), ('"true"', "true"), ("x", "true")],
)
def test_a_french_yes_is_told_as_yaml_writes_it(word: str, hint: str) -> None:
    schema = {"properties": {"cle": {"type": "boolean"}}}
    assert f"écrivez {hint}" == one(schema, f"cle: {word}\n").hint


def test_true_where_a_yes_is_due_is_told_by_the_word() -> None:
    schema = {"properties": {"cle": {"type": "string", "enum": ["oui", "non", "a_verifier"]}}}
    assert one(schema, "cle: true\n").hint == "écrivez oui"


@pytest.mark.parametrize(
    ("name", "value", "hint"),
    [
        ("siret", "732 829 320 00074", 'écrivez "73282932000074"'),
        ("iban", "FR76 3000 6000 0112 3456 7890 189", 'écrivez "FR7630006000011234567890189"'),
        ("date", "12/01/2026", "écrivez 2026-01-12"),
        ("date", "12.01.26", "écrivez 2026-01-12, si c’est bien le 12\u00a0janvier 2026"),
        ("heure", "17h30", 'écrivez "17:30"'),
        ("code-postal", "5100", 'écrivez "05100"'),
        ("siret", "7328293200007", "il compte 13 caractères au lieu de 14"),
        ("date", "à définir", "laissez la clé vide tant que vous ne le savez pas"),
    ],
)
def test_what_was_meant_is_given_as_it_is_to_be_written(name: str, value: str, hint: str) -> None:
    schema = {"properties": {"cle": {"type": "string", "format": name}}}
    assert one(schema, f'cle: "{value}"\n').hint == hint


def test_signs_that_nobody_sees_are_named() -> None:
    schema = {"properties": {"cle": {"type": "string", "format": "telephone"}}}
    finding = one(schema, 'cle: "\u202a04 92\u00a000 00 00\u202c"\n')
    assert "⟨U+202A⟩04 92" in finding.message
    assert finding.hint.startswith('écrivez "04 92 00 00 00" ; la valeur contient des signes')
    assert "U+202A, U+00A0 et U+202C" in finding.hint


@pytest.mark.parametrize(
    ("text", "chiffres"),
    [("-18 700 €", "-18700"), ("(18 700)", "-18700"), ("18,7 k€", "18700"), ("20 %", "20")],
)
def test_a_number_loses_neither_its_sign_nor_its_thousands(text: str, chiffres: str) -> None:
    finding = one({"properties": {"cle": {"type": "number"}}}, f'cle: "{text}"\n')
    assert finding.hint.startswith(f"écrivez {chiffres}, sans espace")


PERSONNE = {
    "type": "object",
    "properties": {"prenom": {}, "nom": {}, "fonction": {}},
    "required": ["prenom", "nom"],
}


def test_a_person_in_one_sentence_is_shown_by_its_keys() -> None:
    schema = {"properties": {"cle": PERSONNE}}
    shown = '{prenom: "Bernard", nom: "Estoublier", fonction: "président"}'
    assert one(schema, "cle: Bernard Estoublier, président\n").hint == f"écrivez {shown}"


def test_a_person_by_its_keys_is_shown_in_one_sentence() -> None:
    schema = {"properties": {"cle": {"type": "string"}}}
    finding = one(schema, "cle: {prenom: Bernard, nom: Estoublier, fonction: président}\n")
    assert finding.hint == 'écrivez "Bernard Estoublier, président"'


@pytest.mark.parametrize("word", ["Erreur", "erreurs", "ERREUR", "faute grave"])
def test_a_value_is_known_by_its_case_its_plural_or_its_label(word: str) -> None:
    cle = {"enum": ["alerte", "erreur"], "x-libelles": {"erreur": "faute grave"}}
    assert one({"properties": {"cle": cle}}, f"cle: {word}\n").hint.startswith("écrivez erreur ;")


def test_a_key_that_is_refused_is_not_proposed() -> None:
    fields = {"decision": {"title": "Décision", "description": "Non.", "not": {}}, "avis": {}}
    schema = {"properties": fields, "additionalProperties": False}
    assert one(schema, "Décisions: 1\n").hint == "Non."
    assert one(schema, "decision_prise: 1\n").hint == "clés que vous pouvez ajouter ici : avis"


def test_a_key_that_the_rest_of_the_file_refuses_is_not_proposed() -> None:
    schema = {
        "properties": {"motif": {}, "decision": {}},
        "additionalProperties": False,
        "if": {"properties": {"decision": {"const": "oui"}}},
        "then": {"properties": {"motif": False}},
    }
    assert "vouliez" not in one(schema, "decision: oui\nmotifs: x\n").hint
    assert "« motif »" in one(schema, "decision: non\nmotifs: x\n").hint


def test_a_key_is_known_by_its_title() -> None:
    schema = {
        "properties": {"code_postal": {"title": "Code postal"}},
        "additionalProperties": False,
    }
    assert "« code_postal »" in one(schema, "Code Postal: 1\n").hint


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
        ({"minimum": 5, "x-message": 3}, "à properties/duree/x-message : "),
    ],
)
def test_a_faulty_schema_of_the_workspace_is_a_dead_end(
    espace: Path, field: dict[str, Any], words: str
) -> None:
    with pytest.raises(TemplateError, match=re.escape(words)):
        examine(own_schema(espace, **field), JOUR)


def test_a_keyword_that_no_phrase_is_about_is_still_told() -> None:
    source = parse("fiche.yaml", b"cle: 3\n")
    (finding,) = told(source, {}, Breach("alternatives", 2, 3, ("cle",), {"title": "Clé"}))
    assert (
        finding.message == "Clé : « 3 » ne respecte pas « alternatives : 2 », que demande le schéma"
    )
    assert (finding.code, finding.line, finding.column) == ("S-VALEUR", 1, 6)
