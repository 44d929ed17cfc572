"""What each JSON Schema keyword says in French when it is broken.

One function per keyword: from the broken value, what the keyword asks and the field's schema, a
message and a hint. Every keyword of JSON Schema 2020-12 that can be broken is here: a workspace
writes its own schemas. A test compares with those the validator knows.
"""

import re
from collections.abc import Callable, Mapping
from typing import Any

from dla_docs.model.examples import choices, example
from dla_docs.model.likeness import did_you_mean
from dla_docs.model.words import enumeration, number_of, quoted, within
from dla_docs.validate.branches import ONE_KEY_OF
from dla_docs.validate.formats import FORMATS

Sentence = tuple[str, str]
"""A message, and the advice that goes with it."""

TYPES = {
    "string": "un texte",
    "integer": "un nombre entier",
    "number": "un nombre",
    "boolean": "true ou false",
    "array": "une liste",
    "object": "un ensemble de clés",
    "null": "rien",
}


_BOOLEANS = {"oui": "true", "vrai": "true", "non": "false", "faux": "false"}


def value(data: Any) -> str:
    """A value as a message quotes it, shortened."""
    if data is None:
        return "rien"
    if isinstance(data, bool):
        return "true" if data else "false"
    if isinstance(data, list):
        return "une liste"
    if isinstance(data, dict):
        return "un ensemble de clés"
    text = str(data)
    return f"« {text if len(text) <= 60 else text[:57] + '…'} »"


def other(keyword: str) -> Sentence:
    """What is said of a keyword that has no sentence: one that the validator learns later."""
    return f"la contrainte « {keyword} » du schéma n’est pas respectée", ""


def _names(asked: Any) -> list[str]:
    return [asked] if isinstance(asked, str) else list(asked)


def _type(data: Any, asked: Any, schema: Mapping[str, Any]) -> Sentence:
    wanted = enumeration((TYPES[t] for t in _names(asked)), "ou")
    if "string" in asked and isinstance(data, int | float) and not isinstance(data, bool):
        return (
            f"un texte est attendu, pas le nombre {data}",
            f'mettez-le entre guillemets : "{data}" (un zéro de tête se perdrait sans eux)',
        )
    if "array" in asked:
        return f"{wanted} est attendue, pas {value(data)}", "un élément par ligne, précédé de « - »"
    hint = ""
    if {"number", "integer"} & {str(asked)} and isinstance(data, str):
        digits = re.sub(r"[^0-9,.]", "", data).replace(",", ".")
        hint = f"écrivez {digits or 'le nombre en chiffres'}, sans espace, guillemets ni unité"
    if asked == "boolean" and str(data).strip().lower() in _BOOLEANS:
        hint = f"écrivez {_BOOLEANS[str(data).strip().lower()]}"
    return f"{wanted} est attendu, pas {value(data)}", hint


def _pattern(data: Any, asked: Any, schema: Mapping[str, Any]) -> Sentence:
    if asked == "\\S":
        return "la valeur est vide", "écrivez-la, ou retirez la clé si elle est facultative"
    if shown := example(schema):
        return f"{value(data)} n’a pas la forme attendue", f"par exemple : {shown}"
    if asked == "^[a-z0-9][a-z0-9-]*$":
        return (
            f"{value(data)} n’est pas un nom court",
            "employez des minuscules sans accent, des chiffres et des tirets",
        )
    return f"{value(data)} n’a pas la forme attendue", str(schema.get("description", ""))


def _format(data: Any, asked: Any, schema: Mapping[str, Any]) -> Sentence:
    message = f"{value(data)} n’est pas {FORMATS[asked].expected}"
    if FORMATS[asked].test(re.sub(r"\s", "", data)):
        return message, "retirez les espaces"
    return message, _advice(schema)


def _enum(data: Any, asked: Any, schema: Mapping[str, Any]) -> Sentence:
    admitted = choices({**schema, "enum": asked})
    return f"{value(data)} n’est pas une valeur admise", f"valeurs admises : {admitted}"


def _const(data: Any, asked: Any, schema: Mapping[str, Any]) -> Sentence:
    return f"{value(data)} n’est pas la valeur attendue", f"écrivez {asked}"


def _not(data: Any, asked: Any, schema: Mapping[str, Any]) -> Sentence:
    refused = asked.get("required") if isinstance(asked, Mapping) else None
    if isinstance(data, dict) and refused:
        keys = quoted(k for k in refused if k in data)
        return f"{keys} n’a pas sa place ici", str(schema.get("description", ""))
    return f"{value(data)} n’est pas admis ici", str(schema.get("description", ""))


def _alternatives(data: Any, asked: Any, schema: Mapping[str, Any]) -> Sentence:
    """`oneOf` and `anyOf` of which no branch was clearly meant, or of which several fit."""
    present = [
        key
        for branch in asked
        if isinstance(branch, Mapping)
        for key in branch.get("required", ())
        if isinstance(data, dict) and key in data
    ]
    if len(set(present)) > 1:
        return f"{quoted(present)} ne vont pas ensemble", "gardez-en un seul"
    forms = [form for branch in asked if isinstance(branch, Mapping) and (form := _form(branch))]
    hint = f"formes admises : {' ; '.join(dict.fromkeys(forms))}" if forms else ""
    return f"{value(data)} n’est d’aucune des formes admises", hint


def _form(schema: Mapping[str, Any]) -> str:
    """What a branch wants, in a few words."""
    if name := schema.get("format"):
        return FORMATS[name].expected if name in FORMATS else str(name)
    if fixed := schema.get("enum", [schema["const"]] if "const" in schema else None):
        return ", ".join(map(str, fixed))
    words = schema.get("title") or schema.get("description")
    return str(words or " ou ".join(TYPES[t] for t in _names(schema.get("type", ()))))


def _one_key_of(data: Any, asked: Any, schema: Mapping[str, Any]) -> Sentence:
    """`asked` is the list of the keys of which one is due."""
    titles = schema.get("properties", {})
    told = [_named(key, titles.get(key, {})) for key in asked]
    return f"il manque {' ou '.join(told)}", str(schema.get("description", ""))


def _refused(data: Any, asked: Any, schema: Mapping[str, Any]) -> Sentence:
    return f"rien n’est admis ici, et il y a {value(data)}", "retirez-le"


def _minimum(data: Any, asked: Any, schema: Mapping[str, Any]) -> Sentence:
    return f"{data} est trop petit : au moins {asked}", ""


def _maximum(data: Any, asked: Any, schema: Mapping[str, Any]) -> Sentence:
    return f"{data} est trop grand : au plus {asked}", ""


def _exclusive_minimum(data: Any, asked: Any, schema: Mapping[str, Any]) -> Sentence:
    return f"{data} est trop petit : il faut plus que {asked}", ""


def _exclusive_maximum(data: Any, asked: Any, schema: Mapping[str, Any]) -> Sentence:
    return f"{data} est trop grand : il faut moins que {asked}", ""


def _multiple_of(data: Any, asked: Any, schema: Mapping[str, Any]) -> Sentence:
    return f"{data} n’est pas un multiple de {asked}", ""


def _min_length(data: Any, asked: Any, schema: Mapping[str, Any]) -> Sentence:
    if not data:
        return "la valeur est vide", "écrivez-la, ou retirez la clé si elle est facultative"
    return f"{value(data)} est trop court : au moins {asked} caractères", ""


def _max_length(data: Any, asked: Any, schema: Mapping[str, Any]) -> Sentence:
    return f"le texte est trop long : {len(data)} caractères, {asked} au plus", "raccourcissez-le"


def _min_properties(data: Any, asked: Any, schema: Mapping[str, Any]) -> Sentence:
    return f"il faut au moins {number_of(asked, 'clé')}, il y en a {len(data)}", _known_keys(schema)


def _max_properties(data: Any, asked: Any, schema: Mapping[str, Any]) -> Sentence:
    return f"il faut au plus {number_of(asked, 'clé')}, il y en a {len(data)}", ""


def _max_items(data: Any, asked: Any, schema: Mapping[str, Any]) -> Sentence:
    return (
        f"la liste compte {number_of(len(data), 'élément')}, il en faut au plus {asked}",
        "",
    )


def _too_many_items(data: Any, asked: Any, schema: Mapping[str, Any]) -> Sentence:
    """`items: false` after `prefixItems`: a list of so many elements, no more."""
    return _max_items(data, len(schema.get("prefixItems", ())), schema)


def _contains(data: Any, asked: Any, schema: Mapping[str, Any]) -> Sentence:
    wanted = asked if isinstance(asked, Mapping) else {}
    hint = str(wanted.get("description") or wanted.get("title") or _form(wanted))
    return "la liste n’a pas l’élément attendu", hint


def _min_contains(data: Any, asked: Any, schema: Mapping[str, Any]) -> Sentence:
    _, hint = _contains(data, schema.get("contains"), schema)
    return f"la liste n’a pas assez d’éléments attendus : il en faut au moins {asked}", hint


def _max_contains(data: Any, asked: Any, schema: Mapping[str, Any]) -> Sentence:
    _, hint = _contains(data, schema.get("contains"), schema)
    return f"la liste a trop d’éléments de cette sorte : il en faut au plus {asked}", hint


def _min_items(data: Any, asked: Any, schema: Mapping[str, Any]) -> Sentence:
    if asked == 1:
        return "la liste est vide", "ajoutez au moins un élément, précédé de « - »"
    hint = f"ajoutez {quoted(absent)}" if (absent := _absent_values(data, schema)) else ""
    return (
        f"la liste compte {number_of(len(data), 'élément')}, il en faut au moins {asked}",
        hint,
    )


def _absent_values(data: Any, schema: Mapping[str, Any]) -> list[str]:
    """What a list lacks of the closed list that one key of its elements goes through."""
    for key, field in schema.get("items", {}).get("properties", {}).items():
        if len(field.get("enum", ())) == schema.get("minItems"):
            there = [item.get(key) for item in data if isinstance(item, dict)]
            return [str(choice) for choice in field["enum"] if choice not in there]
    return []


def _unique_items(data: Any, asked: Any, schema: Mapping[str, Any]) -> Sentence:
    return "la liste répète un élément", "gardez-le une seule fois"


def _required(data: Any, asked: Any, schema: Mapping[str, Any]) -> Sentence:
    """`data` is the absent key, `schema` its field's."""
    return f"il manque {_named(data, schema)}", _advice(schema)


def _dependent_required(data: Any, asked: Any, schema: Mapping[str, Any]) -> Sentence:
    """`data` is the absent key, `asked` the one that calls for it, `schema` its field's."""
    return f"il manque {_named(data, schema)}, puisque « {asked} » est là", _advice(schema)


def _named(key: Any, field: Mapping[str, Any]) -> str:
    """A key and its title, when the title says more."""
    label = within(str(field.get("title") or key))
    return f"« {key} » ({label})" if label.lower() != str(key) else f"« {key} »"


def _key_name(data: Any, asked: Any, schema: Mapping[str, Any]) -> Sentence:
    """`data` is a key whose name is refused, `schema` what names must be."""
    return f"« {data} » ne peut pas nommer une clé ici", _advice(schema)


def _unevaluated(data: Any, asked: Any, schema: Mapping[str, Any]) -> Sentence:
    """The validator does not say which key or element is too many."""
    one = "un élément" if isinstance(data, list) else "une clé"
    return f"{one} n’a pas sa place ici", _known_keys(schema)


def _unknown_key(data: Any, asked: Any, schema: Mapping[str, Any]) -> Sentence:
    """`data` is the key, `asked` the nearest known one or None."""
    return f"la clé « {data} » n’existe pas ici", did_you_mean(asked) or _known_keys(schema)


def _known_keys(schema: Mapping[str, Any]) -> str:
    known = ", ".join(schema.get("properties", {}))
    return f"clés admises : {known}" if known else "retirez-la"


def _advice(schema: Mapping[str, Any]) -> str:
    """What a field wants: its description, then the values it admits, or an example."""
    admitted = choices(schema) or choices(schema.get("items", {}))
    shown = (
        f"Valeurs : {admitted}." if admitted else example(schema) and f"Exemple : {example(schema)}"
    )
    return f"{schema.get('description', '')} {shown}".strip()


SENTENCES: dict[str, Callable[[Any, Any, Mapping[str, Any]], Sentence]] = {
    "type": _type,
    "pattern": _pattern,
    "format": _format,
    "enum": _enum,
    "const": _const,
    "not": _not,
    "oneOf": _alternatives,
    "anyOf": _alternatives,
    ONE_KEY_OF: _one_key_of,
    "false": _refused,
    "minimum": _minimum,
    "maximum": _maximum,
    "exclusiveMinimum": _exclusive_minimum,
    "exclusiveMaximum": _exclusive_maximum,
    "multipleOf": _multiple_of,
    "minLength": _min_length,
    "maxLength": _max_length,
    "minItems": _min_items,
    "maxItems": _max_items,
    "uniqueItems": _unique_items,
    "items": _too_many_items,
    "contains": _contains,
    "minContains": _min_contains,
    "maxContains": _max_contains,
    "unevaluatedItems": _unevaluated,
    "minProperties": _min_properties,
    "maxProperties": _max_properties,
    "required": _required,
    "dependentRequired": _dependent_required,
    "additionalProperties": _unknown_key,
    "unevaluatedProperties": _unevaluated,
    "propertyNames": _key_name,
}
"""By keyword; `false` is the schema that admits nothing."""
