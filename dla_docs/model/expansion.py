"""A schema read and expanded: no `$ref` is left, whoever wrote it, in bounded time and memory.

A workspace brings its own schemas: what one names is a file of the schema folders, each named file
is read once, and what they make together is counted while it grows.
"""

import json
import posixpath
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any

from dla_docs.disk.reading import SCHEMA, Unreadable, read
from dla_docs.model.errors import TemplateError
from dla_docs.model.resources import first_existing

MAX_DEPTH = 60
"""Levels of an expanded schema, files named by files included; ours have 15."""
MAX_NODES = 20_000
"""Values of an expanded schema; the longest of ours has 1 045."""

OF_TYPE: Mapping[str, frozenset[str]] = {
    "string": frozenset({"pattern", "format", "minLength", "maxLength"}),
    "number": frozenset({"minimum", "maximum"}),
    "integer": frozenset({"minimum", "maximum"}),
    "boolean": frozenset(),
    "null": frozenset(),
    "array": frozenset({"items", "minItems", "maxItems", "uniqueItems", "contains", "prefixItems"}),
    "object": frozenset(
        {"properties", "required", "patternProperties", "additionalProperties", "dependentRequired"}
    ),
}
"""The keywords that bear on one type alone: on a datum of another, they say nothing."""


def expanded(folders: tuple[Path, ...], name: str) -> dict[str, Any]:
    """One schema by file name, with what it names in its place.

    Raises TemplateError, with the place of the fault.
    """
    schema: dict[str, Any] = _Expansion(folders, name).file(name, ())
    return schema


@dataclass
class _Expansion:
    """One schema being expanded: the files read for it, and how many values it has by now."""

    folders: tuple[Path, ...]
    name: str
    files: dict[str, tuple[Path, dict[str, Any]]] = field(default_factory=dict)
    nodes: int = 0

    @cached_property
    def _place(self) -> Path:
        return self.files[self.name][0]

    def file(self, name: str, chain: tuple[str, ...], depth: int = 0) -> Any:
        """The schema of a file; `chain` are the files that lead to it, from the first."""
        if name not in self.files:
            path = first_existing(self.folders, name)
            if path is None:
                told = ", nommé par un autre," if chain else ""
                raise TemplateError(f"le schéma {name}{told} est introuvable")
            self.files[name] = path, _read(path, self.folders)
        return self._node(self.files[name][1], (*chain, name), depth)

    def _node(self, node: Any, chain: tuple[str, ...], depth: int) -> Any:
        self.nodes += 1
        if depth > MAX_DEPTH or self.nodes > MAX_NODES:
            raise TemplateError(
                f"{self._place} : le schéma s’emboîte ou se répète sans fin raisonnable "
                f"(plus de {MAX_DEPTH} niveaux ou de {MAX_NODES} valeurs)",
                "donnez-lui moins de champs, ou moins de fichiers qu’il nomme (« $ref »)",
            )
        if isinstance(node, list):
            return [self._node(item, chain, depth + 1) for item in node]
        if not isinstance(node, dict):
            return node
        inner = {k: self._node(v, chain, depth + 1) for k, v in node.items() if k != "$ref"}
        own = _one_field(inner)
        if "$ref" not in node:
            return own
        fragment = dict(self.file(self._target(node["$ref"], chain), chain, depth + 1))
        # Only the root of a schema says its dialect.
        fragment.pop("$schema", None)
        return {**fragment, **own}

    def _target(self, named: Any, chain: tuple[str, ...]) -> str:
        """The file that a `$ref` names, from the schema folders. Raises TemplateError."""
        here = self.files[chain[-1]][0]
        if not isinstance(named, str):
            raise TemplateError(
                f"{here} : « $ref » est le nom d’un fichier, non {json.dumps(named)[:40]}"
            )
        target = posixpath.normpath(posixpath.join(posixpath.dirname(chain[-1]), named))
        if target.startswith(("../", "/")) or "\\" in target or "\0" in target:
            raise TemplateError(
                f"{here} : « {named[:80]} », nommé par « $ref », est hors du dossier des schémas",
                "nommez un fichier de ce dossier, comme communs/adresse.schema.json",
            )
        if target in chain:
            raise TemplateError(
                f"{here} : « {named[:80]} », nommé par « $ref », mène à lui-même",
                "un schéma ne peut pas se contenir : écrivez ce qu’il doit dire",
            )
        return target


def _read(path: Path, folders: tuple[Path, ...]) -> dict[str, Any]:
    try:
        text = read(path, folders, SCHEMA).decode("utf-8-sig")
    except UnicodeDecodeError:
        raise TemplateError(f"{path} : le schéma n’est pas en UTF-8") from None
    except Unreadable as fault:
        raise TemplateError(f"{path} : le schéma {fault}") from fault
    try:
        data = json.loads(text)
    except json.JSONDecodeError as error:
        raise TemplateError(
            f"{path}:{error.lineno}:{error.colno}: le schéma n’est pas du JSON valide"
        ) from error
    except (RecursionError, ValueError):
        # ValueError: a whole number of more digits than Python reads.
        raise TemplateError(
            f"{path} : le schéma s’emboîte trop, ou un de ses nombres est démesuré"
        ) from None
    if not isinstance(data, dict):
        raise TemplateError(f"{path} : un schéma est un objet JSON")
    return data


def _one_field(node: dict[str, Any]) -> dict[str, Any]:
    """A field of several types, written one branch a type, as a field whose `type` lists them.

    Strict validators (ajv) want the branches; messages, skeletons and pages read one field. The
    two accept the same data where each keyword of a branch bears on the type of that branch alone.
    """
    written = node.get("anyOf")
    branches = written if isinstance(written, list) else []
    types = [branch.get("type") for branch in branches if isinstance(branch, Mapping)]
    if "type" in node or len(types) < len(branches) or not _apart(types):
        return node
    words = {key: word for b in branches for key, word in b.items() if key != "type"}
    own = all(branch.keys() <= {"type", *OF_TYPE[branch["type"]]} for branch in branches)
    if not own or not words.keys().isdisjoint(node):
        return node
    merged: dict[str, Any] = {}
    # In the place of the branches: faults are told in the order of the keywords.
    for key, word in node.items():
        merged |= {"type": types, **words} if key == "anyOf" else {key: word}
    return merged


def _apart(types: list[Any]) -> bool:
    """Whether no datum is of two of these types: an integer is a number too."""
    names = ["number" if name == "integer" else name for name in types if isinstance(name, str)]
    return 1 < len(types) == len(set(names)) and set(names) <= OF_TYPE.keys()
