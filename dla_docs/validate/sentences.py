"""What is said in French of a broken JSON Schema keyword: the phrases of `phrases.yaml`, filled.

Code finds the case (a number where a text is due, a key nearly right) and what the phrase names;
the words are in the file. A keyword that our schemas do not use has the phrase of all the others:
a workspace writes its own schemas.
"""

from collections.abc import Callable, Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any

from dla_docs.disk.reading import read_ours
from dla_docs.load.yaml_reader import parse
from dla_docs.model.examples import choices, example
from dla_docs.model.findings import Words
from dla_docs.model.likeness import did_you_mean, same_among
from dla_docs.model.schemas import field_at, refused_key, titled
from dla_docs.model.words import enumeration, number_of, quoted, visible, within
from dla_docs.validate.branches import ONE_KEY_OF
from dla_docs.validate.formats import FORMATS
from dla_docs.validate.meanings import (
    Case,
    about_hidden,
    of_enum,
    of_format,
    of_pattern,
    of_type,
    types,
)

OF_VALUES = frozenset({"type", "pattern", "format", "enum", "const", "additionalProperties"})
"""Keywords on how a value is written: a sign that nobody sees may be what breaks them."""

OTHER = "autre"
"""The phrase of every keyword that has none."""

OF_SCHEMA = frozenset(
    "attendu demande contrainte description aide admises exemple formes cles cle elements absents "
    "proche question refus".split()
)
"""What a phrase names that comes from the schema, or counts: the others hold the data."""

HIDDEN = "…"
"""What stands for a datum where it may not be seen."""

_SHOWN = 60
"""Longest value that a message quotes: with what is said of it, one line of a terminal."""


@lru_cache(maxsize=1)
def phrases() -> Mapping[str, Mapping[str, str]]:
    """The phrases by keyword and case, read once: most runs have no fault to tell."""
    path = Path(__file__).with_name("phrases.yaml")
    data: dict[str, dict[str, str]] = parse(path.name, read_ours(path)).data
    return data


def sentence(
    keyword: str, data: Any, asked: Any, schema: Mapping[str, Any], beside: Any = None
) -> tuple[Words, Words]:
    """The message and the hint for a keyword, what it asks, the datum and the field at fault.

    Twice: as they are, then without what they say of the data.

    `data` is the key for those that are about one: absent (`required`, `dependentRequired`) or
    unknown (`additionalProperties`, whose `asked` is then the nearest known key, and `beside` the
    mapping that holds it).
    """
    if keyword == "additionalProperties":
        case, words = _unknown_key(data, asked, schema, beside or {})
    else:
        case, words = CASES.get(keyword, _plain)(data, asked, schema)
    name = "formes" if keyword in {"oneOf", "anyOf"} else keyword
    known = phrases()
    phrase = known.get(f"{name}.{case}" if case else name, known[OTHER])
    simple = isinstance(asked, str | int | float) and not isinstance(asked, bool)
    words |= {
        "valeur": value(data),
        "brut": visible(str(data)),
        "demande": str(asked),
        "contrainte": f"{keyword} : {asked}" if simple else keyword,
        "description": str(schema.get("description", "")),
        "aide": _advice(schema),
    }
    hint = phrase.get("conseil", "").format_map(words)
    if keyword in OF_VALUES and (unseen := about_hidden(data, keyword)):
        ended = hint.endswith((".", "?"))
        hint = f"{hint} {unseen[:1].upper()}{unseen[1:]}" if ended else f"{hint} ; {unseen}"
        hint = hint.removeprefix(" ; ")
    public = {name: text if name in OF_SCHEMA else HIDDEN for name, text in words.items()}
    public["valeur"] = f"« {HIDDEN} »"
    advice = phrase.get("conseil", "").format_map(public)
    # An advice that gives what to write says nothing without it.
    gives = any(f"{{{name}}}" in phrase.get("conseil", "") for name in words.keys() - OF_SCHEMA)
    known_to_all = (phrase["message"].format_map(public), "" if gives else advice)
    return (phrase["message"].format_map(words), hint), known_to_all


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
    text = visible(str(data))
    return f"« {text if len(text) <= _SHOWN else text[: _SHOWN - 3] + '…'} »"


def _plain(data: Any, asked: Any, schema: Mapping[str, Any]) -> Case:
    return "", {}


def _not(data: Any, asked: Any, schema: Mapping[str, Any]) -> Case:
    refused = asked.get("required") if isinstance(asked, Mapping) else None
    if isinstance(data, dict) and refused:
        return "cles", {"cles": quoted(key for key in refused if key in data)}
    return "", {}


def _alternatives(data: Any, asked: Any, schema: Mapping[str, Any]) -> Case:
    """`oneOf` and `anyOf` of which no branch was clearly meant, or of which several fit."""
    branches = [branch for branch in asked if isinstance(branch, Mapping)]
    due = (key for branch in branches for key in branch.get("required", ()))
    present = dict.fromkeys(key for key in due if isinstance(data, dict) and key in data)
    if len(present) > 1:
        return "ensemble", {"cles": quoted(present)}
    forms = dict.fromkeys(form for branch in branches if (form := _form(branch)))
    return ("dites", {"formes": " ; ".join(forms)}) if forms else ("", {})


def _form(schema: Mapping[str, Any]) -> str:
    """What a branch wants, in a few words."""
    if name := schema.get("format"):
        return FORMATS[name].expected if name in FORMATS else str(name)
    if fixed := schema.get("enum", [schema["const"]] if "const" in schema else None):
        return ", ".join(map(str, fixed))
    words = schema.get("title") or schema.get("description")
    return str(words or types(schema.get("type", ())))


def _one_key_of(data: Any, asked: Any, schema: Mapping[str, Any]) -> Case:
    """`asked` is the list of the keys of which one is due."""
    return "", {"cles": enumeration((_named(key, field_at(schema, (key,))) for key in asked), "ou")}


def _absent_key(data: Any, asked: Any, schema: Mapping[str, Any]) -> Case:
    return "", {"cle": _named(data, schema)}


def _named(key: Any, field: Mapping[str, Any]) -> str:
    """A key and its title, when the title says more."""
    label = within(str(field.get("title") or key))
    return f"« {key} » ({label})" if label.lower() != str(key) else f"« {key} »"


def _unknown_key(
    key: Any, asked: Any, schema: Mapping[str, Any], beside: Mapping[str, Any]
) -> Case:
    fields = schema.get("properties", {})
    titles = {name: (titled(field),) for name, field in fields.items()}
    same = same_among(str(key), fields, titles)
    if same and refused_key(fields[same]) and isinstance(fields[same], Mapping):
        return "refusee", {"refus": str(fields[same].get("description", ""))}
    if asked:
        return "deja" if asked in beside else "proche", {
            "proche": str(asked),
            "question": did_you_mean(asked),
        }
    known = (key for key, field in fields.items() if key not in beside and not refused_key(field))
    admitted = ", ".join(known)
    return "admises" if admitted else "", {"cles": admitted}


def _min_items(data: Any, asked: Any, schema: Mapping[str, Any]) -> Case:
    if asked == 1:
        return "vide", {}
    absent = _absent_values(data, schema)
    words = {"elements": number_of(len(data), "élément"), "absents": quoted(absent)}
    return "absents" if absent else "", words


def _absent_values(data: Any, schema: Mapping[str, Any]) -> list[str]:
    """What a list lacks of the closed list that one key of its elements goes through."""
    for key, field in schema.get("items", {}).get("properties", {}).items():
        if len(field.get("enum", ())) == schema.get("minItems"):
            there = [item.get(key) for item in data if isinstance(item, dict)]
            return [str(choice) for choice in field["enum"] if choice not in there]
    return []


def _max_items(data: Any, asked: Any, schema: Mapping[str, Any]) -> Case:
    return "", {"elements": number_of(len(data), "élément")}


def _advice(schema: Mapping[str, Any]) -> str:
    """What a field wants: its description, then the values it admits, or an example."""
    items = schema.get("items")
    admitted = choices(schema) or choices(items if isinstance(items, Mapping) else {})
    shown = (
        f"Valeurs : {admitted}." if admitted else example(schema) and f"Exemple : {example(schema)}"
    )
    return f"{schema.get('description', '')} {shown}".strip()


CASES: Mapping[str, Callable[[Any, Any, Mapping[str, Any]], Case]] = {
    "type": of_type,
    "pattern": of_pattern,
    "format": of_format,
    "enum": of_enum,
    "not": _not,
    "oneOf": _alternatives,
    "anyOf": _alternatives,
    ONE_KEY_OF: _one_key_of,
    "required": _absent_key,
    "dependentRequired": _absent_key,
    "minItems": _min_items,
    "maxItems": _max_items,
}
"""Keywords whose phrase depends on the case, or names more than the datum and what is asked."""
