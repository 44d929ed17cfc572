"""Where what comes back goes: every field of a form is somewhere, and every datum exists."""

from collections.abc import Iterator
from fnmatch import fnmatchcase

import pytest

from dla_docs.documents.returned import Returned
from dla_docs.documents.types import DocumentType
from dla_docs.model.schemas import field_at
from dla_docs.receive.blank import Blank
from tests.receive.filling import FORMS, form
from tests.scenes import demonstration

TYPES = {name: kind for name, kind in demonstration().types.items() if kind.retour}


def bound(into: Returned) -> Iterator[str]:
    """The keys that a manifest names, some by what they begin with."""
    yield from (key for keys in into.fields.values() for key in keys)
    yield from (key for boxes in into.boxes.values() for key in boxes)
    yield from (key for keys in into.present.values() for key in keys)
    yield from (*into.left, *into.unkept)


def in_tables(blank: Blank, into: Returned) -> set[str]:
    """The keys of the cells of the tables that go somewhere."""
    names = [key for key in blank.tables if any(fnmatchcase(key, f"{t}*") for t in into.tables)]
    rows = (row for name in names for row in blank.tables[name].rows)
    return {key for row in rows for key in row.keys}


def returned_of(label: str) -> Returned:
    kind = next(t for t in TYPES.values() if f"/{t.name}-" in label)
    assert kind.retour is not None
    return kind.retour


@pytest.mark.parametrize("label", FORMS)
def test_every_field_of_a_form_goes_somewhere_or_is_said_to_go_nowhere(label: str) -> None:
    blank, into = form(label, "docx")[0], returned_of(label)
    known, tabled = list(bound(into)), in_tables(blank, into)
    astray = [
        key
        for key in blank.fields
        if key not in tabled and not any(fnmatchcase(key, pattern) for pattern in known)
    ]
    assert astray == []


@pytest.mark.parametrize("kind", TYPES.values(), ids=lambda kind: kind.name)
def test_every_datum_that_a_form_fills_is_one_of_the_schemas(kind: DocumentType) -> None:
    into = kind.retour
    assert into is not None
    schema = demonstration().corpus.kinds[into.into].schema
    steps = into.element.pointer if into.element else ()
    own = field_at(schema, steps)
    inner = own.get("items", own)
    data = [tuple(int(s) if s.isdigit() else s for s in place) for place in into.data()]
    assert [place for place in data if not field_at(inner, place)] == []


def test_the_forms_of_the_tests_are_of_every_type_that_comes_back() -> None:
    names = {name for name in TYPES if any(f"/{name}-" in label for label in FORMS)}
    assert names == set(TYPES)
