"""How schemas are read: what one file says in several places is one field."""

import json
from pathlib import Path
from typing import Any

import pytest

from dla_docs.model.schemas import field_at, load_schema

TEXTE = {"type": "string", "pattern": "\\S"}
FICHIER = {"type": "object", "properties": {"fichier": {"type": "string"}}}


def field(folder: Path, about: dict[str, Any]) -> dict[str, Any]:
    schema = {"type": "object", "properties": {"motif": about}}
    (folder / "avis.schema.json").write_text(json.dumps(schema), encoding="utf-8")
    return dict(field_at(load_schema((folder,), "avis.schema.json"), ("motif",)))


def test_branches_of_one_type_each_are_one_field(tmp_path: Path) -> None:
    found = field(tmp_path, {"title": "Motif", "anyOf": [TEXTE, FICHIER]})
    assert found == {"title": "Motif", **TEXTE, **FICHIER, "type": ["string", "object"]}


@pytest.mark.parametrize(
    "branches",
    [
        [TEXTE, {"type": "string", "format": "date"}],
        [TEXTE, {"type": "null", "enum": [None]}],
        [{"type": "number"}, {"type": "integer", "minimum": 0}],
        [TEXTE, {"required": ["fichier"]}],
        [TEXTE, True],
        [TEXTE],
    ],
)
def test_branches_that_one_field_would_not_say_stay(tmp_path: Path, branches: list[Any]) -> None:
    assert field(tmp_path, {"anyOf": branches}) == {"anyOf": branches}


def test_a_word_beside_the_branches_keeps_them_apart(tmp_path: Path) -> None:
    about = {"pattern": "^A", "anyOf": [TEXTE, FICHIER]}
    assert field(tmp_path, about) == about
