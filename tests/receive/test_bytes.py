"""What is written changes the lines of its values alone: comments, order, quotes, ends of lines."""

import re
from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest
import yaml

from dla_docs.flow import choose
from dla_docs.model.workspace import Workspace
from dla_docs.receive.compare import State
from dla_docs.receive.keep import keep
from dla_docs.receive.receive import Asked, Result, receive
from dla_docs.select import Request
from tests.receive.filling import FORMS, drawn, filled, form
from tests.sampling import sampled
from tests.scenes import JOUR, copy_demonstration, demonstration

_EMPTY = re.compile(r"^\s*(- )?[\w-]+:( ?(\[\]|\{\}|~|null|\"\"|''))?\s*(#.*)?$")
"""A key that says nothing yet."""


def labels() -> list[str]:
    """Every form of the demonstration that comes back."""
    choices = choose(Request((), variant="vierge"), demonstration())
    found = [c.document for c in choices if c.document.type.retour and not c.reasons]
    return [document.label for document in found]


def annotated(path: Path) -> None:
    """A data file with comments at the end of its lines, and the ends of lines of Windows."""
    text = path.read_text("utf-8")
    lines = [
        f"{line}  # note {n}" if n % 3 == 0 and re.match(r"^[\w -]+: [\w. -]+$", line) else line
        for n, line in enumerate(text.splitlines())
    ]
    said = "\n".join(lines) + "\n"
    if yaml.safe_load(said) != yaml.safe_load(text):
        said = text
    path.write_bytes(said.replace("\n", "\r\n").encode())


def flat(data: Any, place: tuple[Any, ...] = ()) -> Iterator[tuple[tuple[Any, ...], str]]:
    """Each value of a file with its place."""
    pairs = data.items() if isinstance(data, dict) else enumerate(data or ())
    for step, value in pairs:
        if isinstance(value, dict | list) and value:
            yield from flat(value, (*place, step))
        else:
            told = value.isoformat() if isinstance(value, date | datetime) else value
            yield (*place, step), str(told)


def back(path: Path, root: Path, label: str = "") -> Result:
    # Whose form it is, where the file alone may not say.
    told = {"trame-proposition": "alidade", "2025-021-vierge": "calades-jabron"}
    who = next((who for part, who in told.items() if part in label), "")
    (result,) = receive([path], Workspace(root), JOUR, Asked(who=who))
    return result


def lost_lines(before: bytes, after: bytes) -> list[str]:
    """The lines that are not there any more as they were, in their order; keys that said nothing
    aside."""
    # A key set before the first one of an element takes its dash.
    rest, lost = after.replace(b"- ", b"  ").splitlines(keepends=True), []
    for line in before.replace(b"- ", b"  ").splitlines(keepends=True):
        if line in rest:
            rest = rest[rest.index(line) + 1 :]
        elif not _EMPTY.match(line.decode().rstrip("\r\n")):
            lost.append(line.decode())
    return lost


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The demonstration, as people who use Windows and write in the margin have it."""
    place = copy_demonstration(tmp_path_factory.mktemp("espace") / "e")
    for path in [*place.glob("dossiers/**/*.yaml"), *place.glob("prestataires/*.yaml")]:
        annotated(path)
    return place


@pytest.mark.campagne
@pytest.mark.parametrize("label", sampled(labels()))
def test_only_the_lines_of_its_values_change(label: str, root: Path, tmp_path: Path) -> None:
    blank, content = form(label, "docx")
    path = tmp_path / "recu.docx"
    path.write_bytes(filled(content, blank, drawn(blank, len(label)), "docx"))
    result = back(path, root, label)
    assert result.target is not None, result.failure
    data = root / str(result.target.path)
    before = data.read_bytes() if data.exists() else b""
    keep(result, Workspace(root), JOUR, frozenset())
    after = data.read_bytes() if data.exists() else b""
    assert lost_lines(before, after) == []
    if before:
        ends = {line.endswith(b"\r\n") for line in before.splitlines(keepends=True)}
        assert {line.endswith(b"\r\n") for line in after.splitlines(keepends=True)} == ends
        written = [
            (*result.target.base, *e.place) for e in result.entries if e.state is State.NEW
        ] + ([result.target.base] if result.target.new else [])
        now, then = dict(flat(yaml.safe_load(after))), dict(flat(yaml.safe_load(before)))
        changed = [place for place in {*now, *then} if now.get(place) != then.get(place)]
        blank_then = [p for p in changed if then.get(p) in (None, "None", "", "[]", "{}")]
        assert sorted(map(str, changed)) == sorted(map(str, blank_then))
        astray = [p for p in changed if p in now and not any(p[: len(w)] == w for w in written)]
        assert astray == []
    again = back(path, root, label)
    keep(again, Workspace(root), JOUR, frozenset())
    assert (data.read_bytes() if data.exists() else b"") == after


def test_an_element_that_lacks_a_key_is_not_added_twice(root: Path, tmp_path: Path) -> None:
    blank, content = form(FORMS[1], "docx")
    path = tmp_path / "rapport.docx"
    path.write_bytes(filled(content, blank, {"resultats_cles_1_chiffre": "12 % de plus"}, "docx"))
    keep(back(path, root), Workspace(root), JOUR, frozenset())
    again = [e for e in back(path, root).entries if e.place[0] == "resultats_cles"]
    assert [entry.state for entry in again] == [State.SAME]


def test_what_was_made_for_another_dossier_waits(root: Path, tmp_path: Path) -> None:
    blank, content = form(FORMS[2], "docx")
    path = tmp_path / "note.docx"
    path.write_bytes(filled(content, blank, {"suites": "Deux jours."}, "docx"))
    asked = Asked("2025-003-calades-jabron/bilan-organisation-finances", "note-mi-parcours")
    (result,) = receive([path], Workspace(root), JOUR, asked)
    (entry,) = [one for one in result.entries if one.name == "suites"]
    assert (entry.state, entry.origin.doubt[-8:]) == (State.DOUBT, "2025-007")
