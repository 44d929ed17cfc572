"""Schemas, rules, manifests, charter of a workspace, of a wrong type anywhere: told or fine."""

import json
import shutil
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from hypothesis import strategies as st
from hypothesis.strategies import DrawFn

from dla_docs.flow import examine
from dla_docs.load.yaml_reader import parse
from dla_docs.model.errors import DlaError, TemplateError
from dla_docs.model.workspace import Workspace
from dla_docs.report.text import findings_lines
from tests.fuzz.fuzzing import fuzzed
from tests.fuzz.grammars import json_values, keys
from tests.scenes import JOUR, ROOT

FILES = (
    "schemas/dossier.schema.json",
    "schemas/territoire.schema.json",
    "schemas/communs/*.json",
    "schemas/regles/accueil.yaml",
    "schemas/regles/realisation.yaml",
    "templates/convention/document.yaml",
    "templates/fiche-comite/document.yaml",
    "templates/_mise-en-page/charte.yaml",
)
NAMES = sorted(str(p.relative_to(ROOT)) for pattern in FILES for p in ROOT.glob(pattern))
Pointer = tuple[str | int, ...]
Change = tuple[Pointer, str, str, Any]
"""Where, what is done (`put`, `lost`, `named`), the other name, the value put."""


@cache
def whole(name: str) -> Any:
    path = ROOT / name
    return parse(name, path.read_bytes()).data


@cache
def pointers(name: str) -> tuple[Pointer, ...]:
    return tuple(places(whole(name)))


def places(data: Any, place: Pointer = ()) -> Iterator[Pointer]:
    yield place
    inside = enumerate(data) if isinstance(data, list) else ()
    for key, inner in data.items() if isinstance(data, dict) else inside:
        yield from places(inner, (*place, key))


@st.composite
def changed(draw: DrawFn) -> tuple[str, list[Change]]:
    name = draw(st.sampled_from(NAMES))
    known = pointers(name)
    changes = st.tuples(
        st.integers(0, len(known) - 1).map(known.__getitem__),
        st.sampled_from(("put", "put", "lost", "named")),
        keys,
        json_values,
    )
    return name, draw(st.lists(changes, min_size=1, max_size=3))


def after(data: Any, change: Change) -> Any:
    """Data once changed; where the place is no more, as near to it as there is one."""
    place, gesture, key, value = change
    inner = data
    for step in place[:-1]:
        if not reaches(inner, step) or not isinstance(inner[step], dict | list):
            break
        inner = inner[step]
    if not place or not reaches(inner, place[-1]):
        return value if gesture == "put" else data
    kept = inner[place[-1]]
    if gesture == "put":
        inner[place[-1]] = value
    else:
        del inner[place[-1]]
    if gesture == "named" and isinstance(inner, dict):
        inner[key] = kept
    return data


def reaches(data: Any, step: str | int) -> bool:
    if isinstance(data, dict):
        return step in data
    return isinstance(data, list) and isinstance(step, int) and step < len(data)


@pytest.fixture(scope="module")
def petit(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A workspace with one dossier, without its missions: quick to check."""
    root = tmp_path_factory.mktemp("espaces") / "espace"
    for name in ("territoire.yaml", "2025-003-calades-jabron/dossier.yaml"):
        (root / "dossiers" / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(ROOT / "dossiers" / name, root / "dossiers" / name)
    return root


@fuzzed(changed(), 36, seconds=5)
def test_espace_d_un_inconnu(case: tuple[str, list[Change]], petit: Path) -> None:
    name, changes = case
    data = json.loads(json.dumps(whole(name), default=float))
    for change in changes:
        data = after(data, change)
    path = petit / name
    path.parent.mkdir(parents=True, exist_ok=True)
    try:
        path.write_text(json.dumps(data), encoding="utf-8")
        examined = examine(Workspace(petit), JOUR)
        assert findings_lines(examined.findings, examined)
    except DlaError as error:
        assert type(error) is TemplateError
        assert error.message.strip()
    finally:
        path.unlink()
        shutil.rmtree(petit / path.relative_to(petit).parts[0])
