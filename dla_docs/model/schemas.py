"""The schemas: what each kind of data file holds, who may read each field, how it prints.

Schemas are JSON Schema 2020-12 files without `$id`, which refer to each other by relative path.
They are expanded here once: no `$ref` is left, so that a field's title, audience (`x-diffusion`),
rule (`x-regle`) and unit (`x-unite`) are found by walking down the data path.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Any

from dla_docs.disk.listing import names as names_in
from dla_docs.model.expansion import expanded
from dla_docs.model.findings import Pointer
from dla_docs.model.resources import package_data
from dla_docs.model.workspace import Workspace

SUFFIX = ".schema.json"
FORMER = "x-anciens-noms"
"""The word of a schema for the names that a key had before."""
Schema = Mapping[str, Any]


# `eq=False`: a kind is compared and hashed by identity, for a schema is made of dicts.
@dataclass(frozen=True, eq=False)
class Kind:
    """A kind of data file: `convention` is `…/convention.yaml`, checked by its schema."""

    name: str
    place: str
    schema: Schema

    @cached_property
    def title(self) -> str:
        """What people call it."""
        return str(self.schema.get("title", self.name))

    @cached_property
    def former_names(self) -> frozenset[str]:
        """Every name that a key of its files had before."""
        return frozenset(_former_names(self.schema))

    @cached_property
    def marks(self) -> "Marks | None":
        """Its fields that lead to something else."""
        return marks_of(self.schema)

    @cached_property
    def dates(self) -> "Marks | None":
        """Its fields that are days."""
        return marks_of(self.schema, _is_date)


def load_kinds(workspace: Workspace) -> dict[str, Kind]:
    """Every kind of data file, by name: the package's, completed or replaced by the workspace's.

    A kind is a schema that says where its files go (`x-emplacement`). Raises TemplateError on a
    schema that cannot be read.
    """
    folders = workspace.schema_folders
    names = {n for folder in folders for n in names_in(folder, folders) if n.endswith(SUFFIX)}
    kinds = {}
    # Sorted: the order of a folder differs from disk to disk, that of lists and findings must not.
    for name in sorted(names):
        schema = load_schema(folders, name)
        if place := schema.get("x-emplacement"):
            kind = Kind(name.removesuffix(SUFFIX), str(place), schema)
            kinds[kind.name] = kind
    return kinds


def load_kind(name: str) -> Kind:
    """A kind of file of our own, which has no place in the data: `regle`, `document`, `charte`.

    The package's alone: what a workspace may write in a record is not for it to say.
    """
    return Kind(name, "", load_schema((package_data("schemas"),), f"{name}{SUFFIX}"))


def load_schema(folders: tuple[Path, ...], name: str) -> Schema:
    """One schema by file name, expanded. Raises TemplateError, with the place of the fault."""
    return expanded(folders, name)


@lru_cache(maxsize=1)
def load_vocabulary() -> Mapping[str, Schema]:
    """The words that our schemas add to JSON Schema, each with the schema of its value."""
    return dict(fields(load_schema((package_data("schemas"),), "vocabulaire.json")))


def field_at(schema: Schema, pointer: tuple[str | int, ...]) -> Schema:
    """The schema of a datum, down its data path; empty when the schema says nothing of it."""
    for step in pointer:
        schema = _child(schema, step)
    return schema


def nearest(schema: Schema, pointer: tuple[str | int, ...], keyword: str) -> Any:
    """The value of a keyword at a datum or at the closest of its parents."""
    value = schema.get(keyword)
    for step in pointer:
        schema = _child(schema, step)
        value = schema.get(keyword, value)
    return value


def holder(schema: Schema, pointer: tuple[str | int, ...], keyword: str) -> tuple[str | int, ...]:
    """The closest datum at or above a pointer whose field has a keyword; else the pointer."""
    for size in range(len(pointer), 0, -1):
        if keyword in field_at(schema, pointer[:size]):
            return pointer[:size]
    return pointer


def fields(schema: Schema) -> Iterator[tuple[str, Schema]]:
    """The declared properties of a mapping; `true` admits anything, as an empty schema does."""
    declared = schema.get("properties", {}).items()
    yield from ((key, {} if field is True else field) for key, field in declared)


def titled(field: Any) -> str:
    """What people call a field; empty where its schema does not say."""
    return str(field.get("title", "")) if isinstance(field, Mapping) else ""


def _former_names(schema: Schema) -> Iterator[str]:
    """The former names of the keys of a schema, at any depth."""
    for key, field in fields(schema):
        yield from field.get(FORMER, ())
        yield from _former_names(_child(schema, key))
    if "items" in schema:
        yield from _former_names(_child(schema, 0))


def refused_key(field: Any) -> bool:
    """Whether a schema knows a key only in order to refuse it, with its own message."""
    return field is False or ("not" in field and "type" not in field)


def leaves(
    data: Any, schema: Schema, pointer: Pointer = ()
) -> Iterator[tuple[Pointer, Any, Schema]]:
    """Every datum with the schema of its field, depth first, mappings and lists included."""
    yield pointer, data, schema
    if isinstance(data, dict):
        for key, item in data.items():
            yield from leaves(item, field_at(schema, (key,)), (*pointer, key))
    elif isinstance(data, list):
        for index, item in enumerate(data):
            yield from leaves(item, field_at(schema, (index,)), (*pointer, index))


CALCULATED = "x-calcul"
REST = "x-reste"
"""How a value follows from others, when it is left out; see `load/calculated.py`."""


def owed_keys(schema: Schema) -> tuple[str, ...]:
    """The keys that a mapping owes and that nothing calculates: what a person has to give."""
    declared = schema.get("properties", {})
    owed = ((key, declared.get(key)) for key in schema.get("required", ()))
    return tuple(key for key, field in owed if not _calculated(field))


def _calculated(field: Any) -> bool:
    return isinstance(field, Mapping) and (CALCULATED in field or REST in field)


@dataclass(frozen=True)
class Marks:
    """The fields of a schema that ask more than a form: a name, a text of its own, an amount.

    Only they are walked to in the data; what leads to none is left out.
    """

    field: Schema | None
    properties: Mapping[str, "Marks"]
    items: "Marks | None"


MARKS = frozenset(
    {"x-fichier", "x-reference", "x-nomme", "x-unique", "x-unite", "contentMediaType"}
)
"""Keywords of fields that lead to something else, whose items must differ, or that count."""


def _is_marked(schema: Schema) -> bool:
    return not MARKS.isdisjoint(schema)


def _is_date(schema: Schema) -> bool:
    return schema.get("format") == "date"


def marks_of(schema: Schema, wanted: Callable[[Schema], bool] = _is_marked) -> Marks | None:
    """The wanted fields at or below a schema, those marked; None where there are none."""
    below = {key: marks_of(_child(schema, key), wanted) for key in schema.get("properties", {})}
    properties = {key: marks for key, marks in below.items() if marks}
    items = marks_of(_child(schema, 0), wanted) if "items" in schema else None
    named = wanted(schema)
    if not (named or properties or items):
        return None
    return Marks(schema if named else None, properties, items)


def marked(
    data: Any, marks: Marks | None, pointer: Pointer = ()
) -> Iterator[tuple[Pointer, Any, Schema]]:
    """Every datum whose field is marked, with that field, in the order of the data."""
    if marks is None:
        return
    if marks.field is not None:
        yield pointer, data, marks.field
    if isinstance(data, dict):
        for key, item in data.items():
            if key in marks.properties:
                yield from marked(item, marks.properties[key], (*pointer, key))
    elif isinstance(data, list):
        for index, item in enumerate(data if marks.items else ()):
            yield from marked(item, marks.items, (*pointer, index))


def _child(schema: Schema, step: str | int) -> Schema:
    if isinstance(step, int):
        child = schema.get("items", {})
    else:
        child = schema.get("properties", {}).get(step, {})
    return child if isinstance(child, Mapping) else {}
