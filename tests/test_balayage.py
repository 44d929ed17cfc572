"""What `status` says of every document is what `render` does, whatever key or file is removed."""

import json
import os
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from dla_docs.context.context import build_context
from dla_docs.documents.documents import Document
from dla_docs.flow import Examined, choose, examine, render
from dla_docs.gather.gather import Gathered, gathered_in
from dla_docs.load.places import TERRITORY
from dla_docs.load.yaml_reader import parse
from dla_docs.model.findings import Pointer
from dla_docs.model.workspace import Workspace
from dla_docs.select import Choice, Request, State
from dla_docs.tree.template import Templates
from dla_docs.workshop import here
from tests.sampling import EVERYTHING, rank
from tests.scenes import JOUR, ROOT, copy_demonstration, demonstration

WHOLE = os.environ.get("DLA_BALAYAGE") == "1"
"""Whether every removal is played: a quarter of an hour, more than a submission may take."""
SHARE = 1.0 if WHOLE else 0.03 if EVERYTHING else 0.02
"""What is played: one removal in thirty by `make test-all`, in fifty by `make test`, others at each
commit."""
PARTS = 24 if WHOLE else 8 if EVERYTHING else 4
"""The removals are dealt into so many tests, for the workers."""
ALIKE = 2
"""Of one key in several files of a kind, or in several elements of a list, how many are removed."""
CORE = ("2025-003-calades-jabron", "2026-002-musiques-guillestrois")
"""The dossiers looked at when what is removed is the territory's, which they all read."""


@dataclass(frozen=True)
class Removal:
    """A key of a file of the demonstration; the file itself without a pointer."""

    path: str
    pointer: Pointer = ()

    def __str__(self) -> str:
        return f"{self.path} {'.'.join(map(str, self.pointer))}"


@pytest.mark.campagne
@pytest.mark.parametrize("part", range(PARTS))
def test_what_status_says_of_a_document_is_what_render_does(part: int, tmp_path: Path) -> None:
    root = copy_demonstration(tmp_path / "espace")
    templates = Templates(Workspace(root))
    dealt = [r for number, r in enumerate(removals()) if number % PARTS == part]
    differ = [f"{r} : {said}" for r in dealt for said in differences(r, root, templates)]
    assert dealt
    assert differ == []


@cache
def removals() -> tuple[Removal, ...]:
    """What is removed in turn: every file, and each key of each kind of file, all or a share."""
    seen: Counter[object] = Counter()
    found = [Removal(p.relative_to(ROOT).as_posix()) for p in sorted(ROOT.glob("dossiers/**/*.*"))]
    for path in sorted(demonstration().corpus.sources):
        kind = demonstration().corpus.kind_of[path].name
        for pointer in keys(parse(path, (ROOT / path).read_bytes()).data):
            alike = (kind, tuple("" if isinstance(step, int) else step for step in pointer))
            seen[alike] += 1
            found += [Removal(path, pointer)] if seen[alike] <= ALIKE else []
    # Without this file there is no workspace.
    kept = (r for r in found if str(r).strip() != "dossiers/territoire.yaml")
    return tuple(r for r in kept if WHOLE or rank(str(r)) < SHARE)


def keys(data: Any, above: Pointer = ()) -> Iterator[Pointer]:
    """The place of every key of a file, at any depth."""
    if isinstance(data, dict):
        for key, value in data.items():
            yield (*above, key)
            yield from keys(value, (*above, key))
    elif isinstance(data, list):
        for number, value in enumerate(data):
            yield from keys(value, (*above, number))


def without(data: Any, pointer: Pointer) -> Any:
    """The same data without one key."""
    copied, (step, *rest) = data.copy(), pointer
    if rest:
        copied[step] = without(data[step], tuple(rest))
    else:
        del copied[step]
    return copied


def differences(removal: Removal, root: Path, templates: Templates) -> list[str]:
    """The documents of which `status` and `render` do not say the same once that is removed."""
    file = root / removal.path
    content = file.read_bytes()
    file.unlink()
    try:
        if removal.pointer:
            data = without(parse(removal.path, content).data, removal.pointer)
            file.write_text(json.dumps(data, ensure_ascii=False, default=float), encoding="utf-8")
        return list(_differences(removal.path, root, templates))
    finally:
        file.write_bytes(content)


def _differences(path: str, root: Path, templates: Templates) -> Iterator[str]:
    examined = examine(Workspace(root), JOUR, concerned(path, root))
    looked_at = tuple(
        choice
        for choice in choose(Request(), examined)
        if choice.begun and may_differ(choice, path, examined, templates)
    )
    request = Request(formats=("html", "pptx"))
    for choice, outcome in zip(
        looked_at, render(looked_at, request, examined, root / "sortie", here), strict=True
    ):
        made = State.READY if outcome.written else State.LACKING
        if outcome.failure or made is not choice.state:
            causes = [finding.message for finding in outcome.refused]
            yield f"{outcome.document.label} {choice.state} {causes or outcome.failure}"


def may_differ(choice: Choice, path: str, examined: Examined, templates: Templates) -> bool:
    """Whether a document is no longer that of the demonstration, which tests render whole."""
    document = choice.document
    if choice.state is not State.READY:
        return True
    if path.endswith(".yaml") and path not in document.reach(examined.corpus):
        return False
    try:
        return words(document, examined, templates) != usual().get(document.label)
    except Exception:
        # What cannot be filled is what rendering must say.
        return True


def words(document: Document, examined: Examined, templates: Templates) -> object:
    """All that a document is made from, before its tree."""
    known = (examined.findings, examined.rules, examined.day, examined.types)
    context = build_context(document, examined.corpus, *known, every_dossier())
    filled = templates.fill(context)
    logos = tuple((logo.owner, logo.mention) for logo in filled.logos)
    return filled.markdown, tuple(map(repr, filled.riches)), logos


@cache
def every_dossier() -> Gathered:
    """The tables of the demonstration: what is removed beside the dossiers changes none of them.

    With those of the few dossiers read again, every bilan would differ, and be rendered.
    """
    return gathered_in(demonstration().corpus)


@cache
def usual() -> dict[str, object]:
    """The same of every document of the demonstration, by name."""
    templates = Templates(Workspace(ROOT))
    ready = (c for c in demonstration().choices if c.state is State.READY)
    return {c.document.label: words(c.document, demonstration(), templates) for c in ready}


def concerned(path: str, root: Path) -> tuple[str, ...]:
    """The units whose documents a file may change: its own, and those that name it."""
    corpus = demonstration().corpus
    unit = corpus.listing.unit_of(path)
    if unit == TERRITORY:
        return (TERRITORY, *CORE)
    shelf, _, name = unit.partition("/")
    wanted = ("dossiers", unit) if not name else (shelf, name)
    naming = (p for p, links in corpus.links.items() if wanted in links)
    units = dict.fromkeys((unit, *map(corpus.listing.unit_of, naming)))
    return tuple(u for u in units if any((root / "dossiers").glob(f"{u}*")))
