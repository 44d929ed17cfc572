"""The keys that a mapping takes from another file, as fields: one note for each criterion asked.

The schema of such a mapping (`x-depuis.cles`) declares the usual keys and leaves the others free;
a person is asked for those of the file, in its order, by their own titles.
"""

from collections.abc import Mapping
from typing import Any

from dla_docs.create.known import Known, Place, offered
from dla_docs.create.offers import Keys, source_of
from dla_docs.model.paths import Path
from dla_docs.model.schemas import Schema, fields


def with_free_keys(schema: Schema, known: Known) -> Schema:
    """A schema where each mapping whose keys come from elsewhere declares these, and no other.

    One whose keys are not known yet stays as it is.
    """
    if isinstance(source := source_of(schema), Keys):
        elements = [
            m.origin.value for m in offered(_holders(source.path), Place(known, schema, {}))
        ]
        own = _declared(schema, str(source.path.steps[-1]), elements)
        return {**schema, "properties": own, "required": [*own]} if own else schema
    new: dict[str, Any] = dict(schema)
    if properties := schema.get("properties"):
        inner = {key: with_free_keys(field, known) for key, field in fields(schema)}
        new["properties"] = {**properties, **inner}
    if isinstance(items := schema.get("items"), Mapping):
        new["items"] = with_free_keys(items, known)
    return new


def _holders(path: Path) -> Path:
    """The elements that hold what a path leads to."""
    return Path(path.part, path.steps[:-1])


def _declared(schema: Schema, named_by: str, elements: list[Any]) -> dict[str, Schema]:
    """The field of each key: what is declared of it, else of free keys; its own title and scale."""
    usual = dict(fields(schema))
    patterns = schema.get("patternProperties", {}).values()
    free: Schema = next((field for field in patterns if isinstance(field, Mapping)), {})
    declared: dict[str, Schema] = {}
    for element in elements:
        if not isinstance(element, Mapping) or named_by not in element:
            continue
        key = str(element[named_by])
        field = dict(usual.get(key, free))
        words = str(element.get("intitule") or (field.get("title") if key in usual else key))
        most = element.get("note_maximale")
        field["title"] = f"{words[:1].upper()}{words[1:]}{f' (sur {most})' if most else ''}"
        declared[key] = field | ({"maximum": most} if most else {})
    return declared
