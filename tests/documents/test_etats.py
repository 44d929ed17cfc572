"""What a document needs, and what it does not: a fault elsewhere never stops it."""

import json
from copy import deepcopy
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from dla_docs.context.context import build_context
from dla_docs.documents.documents import ITEM, Document
from dla_docs.flow import Examined, choose, examine
from dla_docs.load.yaml_reader import Source
from dla_docs.model.findings import Severity
from dla_docs.model.paths import Path as DataPath
from dla_docs.model.paths import at
from dla_docs.model.workspace import Workspace
from dla_docs.select import Request, State
from dla_docs.tree.template import Templates
from tests.scenes import JOUR, ROOT, demonstration, demonstration_documents

CALADES = "dossiers/2025-003-calades-jabron"
MISSION = f"{CALADES}/ingenieries/bilan-organisation-finances"
READERS = sorted({d.type.name for d in demonstration_documents() if d.type.sans})
"""The types that say what they do not read."""


def states(root: Path, *scopes: str) -> dict[str, State]:
    choices = choose(Request(scopes), examine(Workspace(root), JOUR, scopes))
    return {choice.document.label.rpartition("/")[2]: choice.state for choice in choices}


def spoil(root: Path, path: str, **keys: Any) -> None:
    """Rewrite a file with other values for some of its keys."""
    source = demonstration().corpus.sources[path]
    text = json.dumps({**source.data, **keys}, ensure_ascii=False, default=float)
    (root / path).write_text(text, encoding="utf-8")


@pytest.mark.parametrize("name", READERS)
def test_what_a_document_says_it_does_not_read_changes_nothing_in_it(
    name: str, examen: Examined
) -> None:
    templates = Templates(Workspace(ROOT))
    for document in demonstration_documents():
        if document.type.name == name:
            assert words(bare(document), examen, templates) == words(document, examen, templates)


def words(document: Document, examined: Examined, templates: Templates) -> str:
    context = build_context(document, examined.corpus, (), examined.rules, JOUR, examined.types)
    return templates.fill(context).markdown


def bare(document: Document) -> Document:
    """The same document, from files without what its type does not read."""
    parts = dict(document.scope.parts)
    for path in document.type.sans:
        if path.part in parts:
            parts[path.part] = without(parts[path.part], path, document)
    return replace(document, scope=replace(document.scope, parts=parts))


def without(source: Source, path: DataPath, document: Document) -> Source:
    """A file where a list keeps the document's own item, and nothing of the others."""
    data = deepcopy(source.data)
    _, own = document.locate(DataPath(ITEM))
    item = own.pointer if own.part == path.part else ()
    holder, key = at(data, path.pointer[:-1]), path.pointer[-1]
    if item[: len(path.steps)] == path.steps:
        holder[key] = [
            one if (*path.pointer, r) == item else {} for r, one in enumerate(holder[key])
        ]
    else:
        holder.pop(key, None)
    return replace(source, data=data)


@pytest.mark.parametrize(
    ("path", "key", "value", "refused"),
    [
        (f"{CALADES}/dossier.yaml", "derogations", [{"regle": 1}], set()),
        ("dossiers/territoire.yaml", "regles", {"R-CDC-02": 1}, set()),
        (f"{CALADES}/suivi.yaml", "synthese", 1, set()),
    ],
)
def test_a_fault_in_what_is_not_read_stops_no_document(
    path: str, key: str, value: object, refused: set[str], espace: Path
) -> None:
    spoil(espace, path, **{key: value})
    assert any(f.severity is Severity.ERREUR for f in examine(Workspace(espace), JOUR).findings)
    found = states(espace, "2025-003")
    assert refused == {label for label, state in found.items() if state is State.LACKING}


def test_a_fault_of_one_letter_stops_no_other(espace: Path) -> None:
    choix = demonstration().corpus.sources[f"{MISSION}/choix.yaml"].data
    first, *others = choix["notifications"]
    spoil(espace, f"{MISSION}/choix.yaml", notifications=[{**first, "date": "hier"}, *others])
    found = states(espace, "2025-003")
    lacking = {label for label, state in found.items() if state is State.LACKING}
    assert lacking == {f"notification-{first['prestataire']}"}


@pytest.mark.parametrize("fault", [{"fin": "2024-12-31"}, {"id": 2028}])
def test_a_faulty_period_has_its_own_bilan_refused_and_no_other(
    fault: dict[str, Any], espace: Path
) -> None:
    first, *others = demonstration().corpus.territory.data["periodes"]
    spoil(espace, "dossiers/territoire.yaml", periodes=[{**first, **fault}, *others])
    found = states(espace, "territoire")
    lacking = {name for name, state in found.items() if state is State.LACKING}
    own = "bilan-activite-1" if "id" in fault else "bilan-activite-2025"
    assert {name for name in lacking if name.startswith("bilan-activite")} == {own}


def test_a_comite_is_not_refused_for_what_came_after_it(espace_entier: Path) -> None:
    spoil(espace_entier, f"{CALADES}/suivi.yaml", bilans=1)
    assert set(states(espace_entier, "2025-03-06").values()) == {State.READY}
