"""Nothing is asked for nothing: a template, a rule or the code reads each field of the schemas."""

import re
from collections.abc import Iterator

from dla_docs.flow import Examined
from dla_docs.model.schemas import Schema
from tests.scenes import ROOT

WAITING: dict[str, str] = {}
"""Data that a document yet to come will print, by its identifier in the dispositif."""
READERS = (
    *ROOT.glob("templates/**/*.j2"),
    *ROOT.glob("templates/*/document.yaml"),
    *ROOT.glob("schemas/regles/*.yaml"),
    *ROOT.glob("schemas/tableaux/*.yaml"),
    *ROOT.glob("dla_docs/**/*.py"),
)


def fields_of(schema: Schema, path: str) -> Iterator[str]:
    """Every field of a schema, as `structure.emplois.cdi`."""
    for key, field in schema.get("properties", {}).items():
        yield f"{path}.{key}"
        yield from fields_of(field, f"{path}.{key}")
    if isinstance(schema.get("items"), dict):
        yield from fields_of(schema["items"], path)


def words_read() -> frozenset[str]:
    return frozenset(w for p in READERS for w in re.findall(r"[a-z]\w*", p.read_text("utf-8")))


def unread(examen: Examined) -> list[str]:
    """The fields whose name no reader says; the 23 points are read together, by no name."""
    read = words_read()
    every = (f for kind in examen.corpus.kinds.values() for f in fields_of(kind.schema, kind.name))
    named = (f for f in every if f.rpartition(".")[2] not in read)
    return [f for f in named if not f.startswith("proposition.points.")]


def awaited(field: str) -> str:
    return next((w for w in WAITING if field == w or field.startswith(f"{w}.")), "")


def test_each_field_is_read_or_awaited(examen: Examined) -> None:
    assert [field for field in unread(examen) if not awaited(field)] == []


def test_what_is_awaited_is_not_there_yet(examen: Examined) -> None:
    known = {kind.identifiant for kind in examen.types.values()}
    waited = {awaited(field) for field in unread(examen)}
    assert {name for name, what in WAITING.items() if what in known or name not in waited} == set()
