"""What each JSON Schema keyword says in French when it is broken.

One function per keyword: from the broken value, what the keyword asks and the field's schema, a
message and a hint. A test checks that every keyword used in `schemas/` is here.
"""

import re
from collections.abc import Callable, Mapping
from typing import Any

from dla_docs.identifiers import FORMATS

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


def _type(data: Any, asked: Any, schema: Mapping[str, Any]) -> Sentence:
    wanted = " ou ".join(TYPES[t] for t in ([asked] if isinstance(asked, str) else asked))
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
    return f"{wanted} est attendu, pas {value(data)}", hint


def _pattern(data: Any, asked: Any, schema: Mapping[str, Any]) -> Sentence:
    if asked == "\\S":
        return "la valeur est vide", "écrivez-la, ou retirez la clé si elle est facultative"
    if examples := schema.get("examples"):
        return f"{value(data)} n’a pas la forme attendue", f"par exemple : {examples[0]}"
    if asked == "^[a-z0-9][a-z0-9-]*$":
        return (
            f"{value(data)} n’est pas un nom court",
            "employez des minuscules sans accent, des chiffres et des tirets",
        )
    return f"{value(data)} n’a pas la forme attendue", str(schema.get("description", ""))


def _format(data: Any, asked: Any, schema: Mapping[str, Any]) -> Sentence:
    return f"{value(data)} n’est pas {FORMATS[asked].expected}", _example(schema)


def _enum(data: Any, asked: Any, schema: Mapping[str, Any]) -> Sentence:
    labels = schema.get("x-libelles", {})
    told = [c if labels.get(c, c) == c else f"{c} ({labels[c]})" for c in asked]
    return f"{value(data)} n’est pas une valeur admise", f"valeurs admises : {', '.join(told)}"


def _const(data: Any, asked: Any, schema: Mapping[str, Any]) -> Sentence:
    return f"{value(data)} n’est pas la valeur attendue", f"écrivez {asked}"


def _minimum(data: Any, asked: Any, schema: Mapping[str, Any]) -> Sentence:
    return f"{data} est trop petit : au moins {asked}", ""


def _maximum(data: Any, asked: Any, schema: Mapping[str, Any]) -> Sentence:
    return f"{data} est trop grand : au plus {asked}", ""


def _min_items(data: Any, asked: Any, schema: Mapping[str, Any]) -> Sentence:
    if asked == 1:
        return "la liste est vide", "ajoutez au moins un élément, précédé de « - »"
    return f"la liste compte {len(data)} élément(s), il en faut au moins {asked}", ""


def _unique_items(data: Any, asked: Any, schema: Mapping[str, Any]) -> Sentence:
    return "la liste répète un élément", "gardez-le une seule fois"


def _required(data: Any, asked: Any, schema: Mapping[str, Any]) -> Sentence:
    """`data` is the absent key, `schema` its field's."""
    title = schema.get("title", data)
    title = str(title)
    label = title if title[1:2].isupper() else title[0].lower() + title[1:]
    told = f" ({label})" if label.lower() != str(data) else ""
    return f"il manque « {data} »{told}", _example(schema)


def _unknown_key(data: Any, asked: Any, schema: Mapping[str, Any]) -> Sentence:
    """`data` is the key, `asked` the nearest known one or None."""
    hint = f"vouliez-vous dire « {asked} » ?" if asked else _known_keys(schema)
    return f"la clé « {data} » n’existe pas ici", hint


def _known_keys(schema: Mapping[str, Any]) -> str:
    known = ", ".join(schema.get("properties", {}))
    return f"clés admises : {known}" if known else "retirez-la"


def _example(schema: Mapping[str, Any]) -> str:
    description = str(schema.get("description", ""))
    examples = schema.get("examples")
    if not examples:
        return description
    return f"{description} Exemple : {examples[0]}".strip()


SENTENCES: dict[str, Callable[[Any, Any, Mapping[str, Any]], Sentence]] = {
    "type": _type,
    "pattern": _pattern,
    "format": _format,
    "enum": _enum,
    "const": _const,
    "minimum": _minimum,
    "maximum": _maximum,
    "minItems": _min_items,
    "uniqueItems": _unique_items,
    "required": _required,
    "additionalProperties": _unknown_key,
}
