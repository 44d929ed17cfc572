"""A data file to fill in, written from its schema: commented YAML, known values in their place.

An owed key is written, with its value or empty; an optional one is there behind a `#`. Titles,
descriptions, closed lists and examples of the schema are the comments. What is empty reads as
absent (see `load.py`), so that `dla check` names what is left to do, once a key.
"""

import re
from collections.abc import Callable, Mapping
from textwrap import wrap
from typing import Any

from dla_docs.create.offers import Keys, source_of
from dla_docs.create.prefill import offered_only
from dla_docs.edit.written import entry, indented, shape
from dla_docs.model.examples import calculation, choices, example, scalar
from dla_docs.model.schemas import Schema, field_at, fields, owed_keys, refused_key

WIDTH = 96
"""Longest line of comment, in characters: under two keys, it still ends within 100 columns."""

HOW = (
    "Remplissez les clés sans valeur. Une clé précédée d’un « # » est facultative, ou attendue "
    "plus tard : retirez-le pour l’employer. « dla check » dit ce qui manque."
)

Names = Callable[[str], tuple[str, ...]]
"""The known names of an `x-reference`, for comments."""

_QUOTED = re.compile(r"«[^«»]*»")
_STUCK = "\ue000"
"""Stands for a space that must not become a line end: a private character, which no schema has."""
_BARE_FORMATS = {"date", "heure"}
"""Formats written without quotes: editors read YAML 1.2, where both are texts and 01000 is 1000."""
_SHOWN_NAMES = 12
"""Names given in a comment, at most: two lines of it; the folder has them all."""


def skeleton(schema: Schema, known: Mapping[str, Any], modeline: str, names: Names) -> str:
    """The whole text of a file. `modeline` is its schema, as editors look for it."""
    head = [
        f"# yaml-language-server: $schema={modeline}",
        *_wrapped(" : ".join(str(schema[k]) for k in ("title", "description") if k in schema)),
        "#",
        *_wrapped(HOW),
    ]
    keys = [key for key, _ in fields(schema)]
    if keys and not schema.get("required") and known.keys().isdisjoint(keys):
        # A file of comments alone is an empty file: its first key is there to be filled.
        schema = {**schema, "required": keys[:1]}
    blocks = [head, *_entries(schema, known, names, explained=True)]
    return "\n\n".join("\n".join(block) for block in blocks) + "\n"


def _entries(
    schema: Schema, known: Mapping[str, Any], names: Names, explained: bool
) -> list[list[str]]:
    """The lines of each key of a mapping; those that are neither owed nor known, behind a `#`."""
    owed = owed_keys(schema)
    blocks: list[list[str]] = []
    explained_shapes: list[Any] = []
    for key, field in fields(schema):
        if refused_key(field):
            continue
        value = known.get(key, field.get("default") if key in owed else None)
        only_offered = key not in owed and offered_only(field, value)
        comment = _comment(field, names) if explained else []
        # What is inside is explained once: a list of points of one shape stays short.
        inside = explained and field.get("properties") not in explained_shapes
        explained_shapes += [field["properties"]] if "properties" in field else []
        if (key in known and not only_offered) or key in owed or "const" in field:
            blocks.append([*comment, *_entry(key, field, value, names, inside)])
        elif explained or only_offered:
            offer = value if only_offered else field.get("default")
            shown = {} if only_offered else _shown(field)
            lines = (
                [f"{key}:", *indented(_exemplified(shown))]
                if shown
                else _entry(key, field, offer, names, inside)
            )
            blocks.append([*comment, *(f"#{line}" for line in lines)])
    return blocks


def _shown(field: Schema) -> Mapping[str, Any]:
    """The example that stands for what a mapping may hold; empty where its schema gives none."""
    example_of = next(iter(field.get("examples", ())), None)
    return example_of if isinstance(example_of, dict) else {}


def _exemplified(example_of: Mapping[str, Any]) -> list[str]:
    """The lines of an example, what holds no other mapping on one line."""
    lines = []
    for key, value in example_of.items():
        if not isinstance(value, dict):
            lines.append(f"{key}: {scalar(value)}")
        elif any(isinstance(inner, dict) for inner in value.values()):
            lines += [f"{key}:", *indented(_exemplified(value))]
        else:
            lines.append(f"{key}: {{{', '.join(f'{k}: {scalar(v)}' for k, v in value.items())}}}")
    return lines


def _entry(key: str, field: Schema, value: Any, names: Names, explained: bool) -> list[str]:
    """A key and what it holds, without what explains it."""
    value = None if value in ([], {}) else value
    kind, item = shape(field, value), field_at(field, (0,))
    if kind == "mapping" and value and isinstance(source_of(field), Keys):
        # The names alone are known, those that the schema knows and the others.
        return [f"{key}:", *(f"  {name}:" for name in value)]
    if kind == "mapping" and "properties" in field:
        blocks = _entries(field, value or {}, names, explained)
        return [f"{key}:", *indented(line for block in blocks for line in block)]
    if kind == "items" and "properties" in item:
        items = value or [{}]
        return [
            f"{key}:",
            *indented(
                line
                for rank, one in enumerate(items)
                for line in _item(item, one, names, explained and rank == 0)
            ),
        ]
    if value is not None:
        return entry(key, value, field)
    if kind == "text":
        return [f"{key}: |", ""]
    return [f"{key}: {_blank(field) if kind == 'scalar' else ''}".rstrip()]


def _item(schema: Schema, value: Any, names: Names, explained: bool) -> list[str]:
    """One element of a list of mappings, after its dash."""
    blocks = _entries(schema, value, names, explained)
    # The dash needs a key: what is behind a « # » comes after those that are written.
    blocks.sort(key=lambda block: all(line.startswith("#") for line in block))
    lines = [line for block in blocks for line in block]
    first = next((i for i, line in enumerate(lines) if not line.startswith("#")), None)
    if first is None:
        return [*lines, "- {}"]
    # The dash goes with the first key; comments before it stand above.
    return [*lines[:first], f"- {lines[first]}", *indented(lines[first + 1 :])]


def _blank(field: Schema) -> str:
    """What stands for a value to come: quotes where an identifier would lose its zeros."""
    if "const" in field:
        return scalar(field["const"])
    quoted = "format" in field and field["format"] not in _BARE_FORMATS
    return '""' if quoted else ""


def _comment(field: Schema, names: Names) -> list[str]:
    """What a person needs to know to fill a field."""
    title, about = str(field.get("title", "")), str(field.get("description", ""))
    words = [f"{title} : {about}" if title.rstrip(".") != about.rstrip(".") else about]
    if told := calculation(field):
        words.append(f"{told} ; à écrire s’il en diffère.")
    inner = field_at(field, (0,)) if field.get("type") == "array" else field
    is_list = inner is not field and inner.get("type") != "object"
    if is_list:
        words.append("Un élément par ligne, précédé de « - ».")
    if admitted := choices(inner):
        words.append(f"Valeurs : {admitted}.")
    elif target := inner.get("x-reference"):
        known = names(target)
        more = "…" if len(known) > _SHOWN_NAMES else "."
        words += [f"Noms connus : {', '.join(known[:_SHOWN_NAMES])}{more}"] if known else []
    elif inner.get("type") == "boolean":
        words.append("true (oui) ou false (non).")
    elif _shown(inner):
        words.append("Par exemple :")
    elif shown := example(inner):
        shape = "AAAA-MM-JJ, par exemple " if inner.get("format") == "date" else "Exemple : "
        words.append(f"{shape}{shown}.")
    if field.get("contentMediaType") == "text/markdown":
        words.append("Le texte, en Markdown, s’écrit sous « | », en retrait de deux espaces.")
    return _wrapped(" ".join(words))


def _wrapped(text: str) -> list[str]:
    # What is quoted is to be copied or typed: it stays on one line.
    whole = _QUOTED.sub(lambda quoted: quoted[0].replace(" ", _STUCK), text)
    lines = wrap(whole, WIDTH - 2, break_long_words=False, break_on_hyphens=False)
    return [f"# {line.replace(_STUCK, ' ')}" for line in lines]
