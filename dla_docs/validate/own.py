"""What a schema of the workspace may say: refused as a whole before any file is read by it.

Those of the package are tested. One of the workspace may replace one of ours, a file that ours
name, or add a kind: it stays JSON Schema, in the words that dla knows, with what the rules read.
"""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from dla_docs.load.calculated import reads
from dla_docs.load.places import PLACES
from dla_docs.model.errors import TemplateError
from dla_docs.model.findings import Pointer
from dla_docs.model.resources import package_data
from dla_docs.model.schemas import (
    CALCULATED,
    REST,
    SUFFIX,
    Kind,
    Schema,
    load_kinds,
    load_vocabulary,
)
from dla_docs.model.workspace import Workspace
from dla_docs.validate.fast import admits, unread
from dla_docs.validate.formats import FORMATS

Fault = tuple[Pointer, str, str]
"""Where a schema is wrong, what is wrong there, and what to do."""

MAX_PATTERNS = 200
"""Patterns of one schema: each takes memory once compiled; ours have 30."""
_NAMED = frozenset({"properties", "patternProperties", "dependentSchemas", "$defs"})
"""Keywords whose keys are names, not words of a schema."""
_ALLOWED = frozenset({"$schema", "$ref", "$comment", "$defs", "$vocabulary"})
"""Words in `$` that lead nowhere else than to a file, which was read already."""
_DATA = frozenset({"enum", "const", "examples", "default"})
_UNEVALUATED = frozenset({"unevaluatedProperties", "unevaluatedItems"})


def refuse_faulty_schemas(workspace: Workspace, kinds: Iterable[Kind]) -> None:
    """Raise TemplateError on a schema that the workspace wrote, or wrote a part of, and that fails.

    A format of which nothing is known would pass in silence, `multipleOf` cannot be computed on
    decimals, and a pattern must be matched in linear time.
    """
    own = workspace.root / "schemas"
    if workspace.schema_folders == (package_data("schemas"),):
        return
    ours = load_kinds(Workspace(package_data("schemas").parent))
    for kind in kinds:
        for where, fault, hint in _faults(kind, ours.get(kind.name)):
            place = "/".join(map(str, where)) or "la racine"
            path = workspace.relative(own / f"{kind.name}{SUFFIX}")
            raise TemplateError(f"{path}, à {place} : {fault}", hint)


def _faults(kind: Kind, ours: Kind | None) -> Iterator[Fault]:
    if ours is not None and kind.schema == ours.schema:
        return
    yield from _not_json_schema(kind.schema)
    subschemas = list(_subschemas(kind.schema))
    for where, node in subschemas:
        yield from _words(where, node)
    yield from _patterns(subschemas)
    if kind.place not in PLACES:
        known = ", ".join(PLACES)
        yield (
            ("x-emplacement",),
            f"l’emplacement « {kind.place} » n’existe pas",
            f"connus : {known}",
        )
    if fault := unread(kind.schema):
        yield (), "ce schéma n’est pas lu", f"détail technique : {fault}"
    if ours is not None:
        yield from _contradictions(kind.schema, ours.schema)


def _not_json_schema(schema: Schema) -> Iterator[Fault]:
    from dla_docs.validate.breaches import not_a_schema

    for where in not_a_schema(schema):
        word = where[-1] if where else "type"
        yield where, f"« {word} » ne se dit pas ainsi dans un schéma JSON", ""


def _words(where: Pointer, node: Mapping[str, Any]) -> Iterator[Fault]:
    """What is wrong with the words of one subschema, those of dla among them."""
    name = node.get("format")
    if isinstance(name, str) and name not in FORMATS:
        hint = f"formats connus : {', '.join(sorted(FORMATS))}"
        yield (*where, "format"), f"le format « {name} » n’existe pas", hint
    if "multipleOf" in node:
        hint = "nos nombres sont des décimaux exacts, qu’il ne lit pas"
        yield (*where, "multipleOf"), "« multipleOf » n’est pas admis", hint
    if any(isinstance(value, dict | list) for value in node.get("enum", ())):
        yield (*where, "enum"), "« enum » donne des mots ou des nombres", ""
    for word in node:
        if word.startswith("$") and word not in _ALLOWED:
            hint = "nommez un fichier du dossier des schémas par « $ref »"
            yield (*where, word), f"« {word} » n’est pas admis", hint
    for word in (CALCULATED, REST):
        if word in node and not reads(node[word]):
            hint = "nommez des clés, que lient « + », « − », « × » ou « % », chacun entre espaces"
            yield (*where, word), f"« {node[word]} » ne se calcule pas", hint
    for word, form in load_vocabulary().items():
        if word.startswith("x-") and word in node and not admits(form, node[word]):
            expected = form.get("description", "")
            yield (*where, word), f"« {word} » ne se dit pas ainsi", f"ce mot dit : {expected}"


def _patterns(subschemas: list[tuple[Pointer, dict[str, Any]]]) -> Iterator[Fault]:
    """Patterns that no linear engine matches, or that are too many."""
    written: dict[str, Pointer] = {}
    for where, node in subschemas:
        if isinstance(node.get("pattern"), str):
            written.setdefault(node["pattern"], (*where, "pattern"))
        for pattern in node.get("patternProperties", ()):
            written.setdefault(pattern, (*where, "patternProperties"))
    for pattern, where in written.items():
        if unread({"pattern": pattern}):
            yield (
                where,
                f"le motif « {pattern[:60]} » n’est pas lu, ou est démesuré",
                "écrivez-le sans regard devant ou derrière « (?=…) », sans renvoi « \\1 », "
                "et sans grande répétition « {1000} »",
            )
    if len(written) > MAX_PATTERNS:
        yield (), f"ce schéma a plus de {MAX_PATTERNS} motifs (« pattern »)", "gardez-en moins"
    words = {word for _, node in subschemas for word in node}
    if "patternProperties" in words and not words.isdisjoint(_UNEVALUATED):
        yield (), "« patternProperties » et « unevaluatedProperties » ne se mêlent pas", ""


def _subschemas(node: Any, where: Pointer = ()) -> Iterator[tuple[Pointer, dict[str, Any]]]:
    """Every subschema of a schema, but in what it gives as data; names of keys are no words."""
    if isinstance(node, dict):
        yield where, node
        for key, inner in node.items():
            if key in _NAMED and isinstance(inner, dict):
                for name, one in inner.items():
                    yield from _subschemas(one, (*where, key, name))
            elif key not in _DATA and not key.startswith("x-"):
                yield from _subschemas(inner, (*where, key))
    elif isinstance(node, list):
        for rank, inner in enumerate(node):
            yield from _subschemas(inner, (*where, rank))


def _contradictions(own: Any, ours: Any, where: Pointer = ()) -> Iterator[Fault]:
    """Fields that the rules and the documents read, and that would not be what they read.

    A field left out is absent; one that stays keeps its type, and its format.
    """
    if not isinstance(own, Mapping) or not isinstance(ours, Mapping):
        if own is True and ours is not True:
            yield where, "ce champ est lu par les règles de dla : il garde son type", ""
        return
    due, said = _types(ours), _types(own)
    if due and not (said and said <= due):
        listed = " ou ".join(sorted(due))
        yield (*where, "type"), f"les règles de dla lisent ce champ : son type reste {listed}", ""
    elif ours.get("format") and own.get("format") != ours["format"]:
        yield (*where, "format"), f"ce champ garde son format, « {ours['format']} »", ""
    closed, fields = own.get("additionalProperties") is False, own.get("properties", {})
    for key, field in ours.get("properties", {}).items():
        if key in fields or not closed:
            place = (*where, "properties", key)
            yield from _contradictions(fields.get(key, True), field, place)
    if "items" in ours:
        yield from _contradictions(own.get("items", True), ours["items"], (*where, "items"))


def _types(field: Mapping[str, Any]) -> set[str]:
    written = field.get("type", [])
    names = {written} if isinstance(written, str) else set(written)
    return names | {"integer"} if "number" in names else names
