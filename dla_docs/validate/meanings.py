"""A value of the wrong form, and what it was meant to be: the cases of a phrase that need to guess.

Each function finds the case of a keyword and the words that its phrase names, as `sentences.py`
asks. What is advised passes the schema: advice that is refused in its turn is worse than none.
"""

import json
import re
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from dla_docs.load.places import slug
from dla_docs.model.examples import choices, example, scalar
from dla_docs.model.findings import Pointer
from dla_docs.model.likeness import meant_among
from dla_docs.model.readings import (
    LEFT_EMPTY,
    Reading,
    boolean,
    doubtful,
    number,
    plain_number,
    unknown,
)
from dla_docs.model.words import enumeration, folded, hidden, plain
from dla_docs.validate.fast import matches
from dla_docs.validate.formats import FORMATS

Case = tuple[str, dict[str, str]]
"""A case of a keyword (empty: the plain one), and the words that its phrase may name."""

TYPES = {
    "string": "un texte",
    "integer": "un nombre entier",
    "number": "un nombre",
    "boolean": "true ou false",
    "array": "une liste",
    "object": "un ensemble de clés",
    "null": "rien",
}
WITHOUT_QUOTES = frozenset({"date", "heure"})
"""Formats that are not a number once they are rightly written: no quotes keep anything there."""
NAME = "^[a-z0-9][a-z0-9-]*$"
"""The pattern of short names, which a file or an element has."""


def types(asked: Any) -> str:
    """The types that a keyword asks for, in words."""
    names = [asked] if isinstance(asked, str) else list(asked)
    return enumeration((TYPES[name] for name in names), "ou")


def of_type(data: Any, asked: Any, schema: Mapping[str, Any]) -> Case:
    """The case of `type`: what the data was meant to be, in the type that is due."""
    words = {"attendu": types(asked)}
    if "array" in asked:
        items = schema.get("items", {})
        if not isinstance(data, str) or not isinstance(items, Mapping):
            return "liste", words
        keyed = "object" in items.get("type", ()) or "properties" in items
        shown = _as_keys(data, items) if keyed else scalar(plain(data))
        return "element", {**words, "element": shown}
    if "string" in asked and not isinstance(data, str):
        case, more = _as_text(data, schema)
    elif asked in ("number", "integer") and isinstance(data, str):
        case, more = _as_number(data, asked == "integer")
    elif asked == "boolean" and (meant := boolean(str(data))) is not None:
        case, more = "booleen", {"booleen": scalar(meant)}
    elif "object" in asked and isinstance(data, str | int | Decimal):
        case, more = "cles", {"forme": _as_keys(str(data), schema)}
    else:
        case, more = "", {}
    return case, {**words, **more}


def _as_text(data: Any, schema: Mapping[str, Any]) -> Case:
    """What a number, a yes, a list or a mapping is as a text."""
    if isinstance(data, bool):
        word = "oui" if data else "non"
        return ("booleen", {"booleen": word}) if word in schema.get("enum", ()) else ("", {})
    if isinstance(data, int | Decimal):
        return _digits_as_text(str(data), FORMATS.get(schema.get("format", "")))
    closed = {"enum", "format", "x-reference", "x-nomme"} & schema.keys()
    prose = not closed and schema.get("pattern") != NAME
    if isinstance(data, dict) and prose and (sentence := _cut_by_a_colon(data)):
        return "deux-points", {"texte": json.dumps(sentence, ensure_ascii=False)}
    if isinstance(data, dict):
        # Said of a person, not part of the name that is due here.
        data = {key: value for key, value in data.items() if key != "civilite"}
    parts = data.values() if isinstance(data, dict) else data
    words = [str(part) for part in parts or () if isinstance(part, str | int)]
    if not words or len(words) != len(data):
        return "", {}
    if isinstance(data, dict) and [*data][:2] == ["prenom", "nom"]:
        words[:2] = [" ".join(words[:2])]
    return "texte", {"texte": json.dumps(", ".join(words), ensure_ascii=False)}


_LABELS = frozenset({"nom", "texte", "libelle", "intitule", "titre", "fichier", "description"})


def _cut_by_a_colon(data: Mapping[str, Any]) -> str:
    """The sentence that YAML took for a key and its value: « Objectif : réduire les coûts »."""
    (key, value), *others = data.items() or [("", "")]
    meant = not others and key not in _LABELS and isinstance(value, str | int | Decimal)
    return f"{key} : {value}" if key and meant else ""


def _digits_as_text(digits: str, form: Any) -> Case:
    """Digits that YAML reads as a number: what they were before they lost their zeros."""
    if form is None or form.test(digits):
        return "nombre", {}
    reading = form.meant(digits)
    if reading.written:
        return "lecture", {"lecture": _told(reading)}
    if form.name in WITHOUT_QUOTES or not reading.why:
        return "refus", {"conseil": reading.why or f"écrivez {form.expected}"}
    return "refus", {"conseil": f'mettez-le entre guillemets : "{digits}" ; {reading.why}'}


def _as_number(text: str, whole: bool) -> Case:
    """The number that a text holds, without loss: its sign, its thousands, its cents."""
    if unknown(text):
        return "refus", {"conseil": LEFT_EMPTY}
    if not whole and (both := doubtful(text)):
        thousands, units = both
        return "double", {"milliers": str(thousands), "unites": plain_number(units)}
    value = number(text, whole)
    if value is None or (whole and value != value.to_integral()):
        return "mots", {}
    return "chiffres", {"chiffres": plain_number(value)}


_TAXES = {"ht": "hors taxes", "ttc": "toutes taxes comprises"}


def other_tax(data: Any, pointer: Pointer) -> str:
    """What to do of « 3 600 € HT » where the name of the key asks for an amount with taxes."""
    key = next((step for step in reversed(pointer) if isinstance(step, str)), "")
    due = key.rsplit("_", 1)[-1]
    if due not in _TAXES or not isinstance(data, str):
        return ""
    words = folded(data).replace("hors taxes", "ht").replace("toutes taxes comprises", "ttc")
    said = re.findall(r"(?<![a-z])(?:ht|ttc)\b", words)
    if not said or due in said:
        return ""
    return (
        f"« {key} » veut le montant {_TAXES[due]}, et celui-ci est dit {_TAXES[said[0]]} : "
        "calculez-le, puis écrivez le nombre seul"
    )


def _as_keys(text: str, schema: Mapping[str, Any]) -> str:
    """How a text is written where keys are due: `{prenom: "Lise", nom: "Carrouge"}`."""
    fields, due = schema.get("properties", {}), list(schema.get("required", ()))
    if "nom" in fields:
        known = _person(plain(text), fields)
    else:
        first = next(iter((*due, *fields)), "")
        known = {first: plain(text)} if first else {}
    keys = [key for key in fields if key in known or key in due]
    shown = (f"{key}: {json.dumps(known.get(key, '…'), ensure_ascii=False)}" for key in keys)
    return f"{{{', '.join(shown)}}}"


_PERSON = re.compile(r"(?:(?P<civilite>M\.|Mme|Monsieur|Madame)\s+)?(?P<nom>[^,(–—]+)(?P<role>.*)")
_CIVILITIES = {"M.": "monsieur", "Monsieur": "monsieur", "Mme": "madame", "Madame": "madame"}
_ROLES = ("fonction", "qualite", "role", "organisme")


def _person(text: str, fields: Mapping[str, Any]) -> dict[str, str]:
    """« Bernard Estoublier, président » by the keys that a person has there."""
    match = _PERSON.match(text)
    if match is None:
        return {"nom": text}
    name = match["nom"].strip(" -")
    first, _, last = name.partition(" ")
    known = {"prenom": first, "nom": last or "…"} if "prenom" in fields else {"nom": name}
    role = match["role"].strip(" ,()–—-")
    where = next((key for key in _ROLES if key in fields), "")
    civility = _CIVILITIES.get(match["civilite"], "")
    known |= {where: role} if where and role else {}
    return known | ({"civilite": civility} if civility and "civilite" in fields else {})


def of_pattern(data: Any, asked: Any, schema: Mapping[str, Any]) -> Case:
    """The case of `pattern`: a short name, what is there once the invisible is gone, an example."""
    if asked == "\\S":
        return "vide", {}
    seen = slug(str(data)) if asked == NAME else plain(str(data))
    if seen and seen != data and matches(asked, seen):
        return "nom" if asked == NAME else "lecture", {"lecture": scalar(seen)}
    if shown := example(schema):
        return "exemple", {"exemple": shown}
    return "nom-vide" if asked == NAME else "", {}


def of_format(data: str, asked: Any, schema: Mapping[str, Any]) -> Case:
    """The case of `format`: the right writing, or why there is none."""
    form = FORMATS[asked]
    reading = form.meant(data)
    words = {"attendu": form.expected, "lecture": _told(reading), "conseil": reading.why}
    return "lecture" if reading.written else "refus" if reading.why else "", words


def _told(reading: Reading) -> str:
    written = scalar(reading.written)
    return f"{written}, si c’est bien {reading.doubt}" if reading.doubt else written


def of_enum(data: Any, asked: Any, schema: Mapping[str, Any]) -> Case:
    """The case of `enum`: the value that another word, its label or its plural, was meant to be."""
    words = {"admises": choices({**schema, "enum": asked})}
    labels = schema.get("x-libelles", {})
    known = {str(value): (str(labels.get(value, value)),) for value in asked}
    near = meant_among(str(data), known, known) if isinstance(data, str | int) else ""
    return ("proche", {**words, "lecture": scalar(near)}) if near else ("", words)


def about_hidden(data: Any, keyword: str) -> str:
    """What to add where signs that nobody sees are in a value, or in a key."""
    # The spaces of a number are read for what they are.
    signs = hidden(data, spaces=keyword != "type") if isinstance(data, str) else ()
    what = "la clé" if keyword == "additionalProperties" else "la valeur"
    told = enumeration(signs[:4])
    return f"{what} contient des signes invisibles ({told}) : retapez-la" if told else ""
