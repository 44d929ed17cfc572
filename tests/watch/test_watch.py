"""What is saved is looked at once, told when it is new, and made again where it was made."""

import os
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import IO

import pytest

from dla_docs.model.errors import EngineError, TemplateError
from dla_docs.model.workspace import Workspace
from dla_docs.watch.changes import changes
from dla_docs.watch.seen import look, look_again, remake
from dla_docs.workshop import here
from tests.scenes import JOUR, Lancer

HEAD = "dossiers/2025-003-calades-jabron/dossier.yaml"


def write(espace: Path, before: str, after: str) -> frozenset[str]:
    path = espace / HEAD
    said = path.read_text(encoding="utf-8")
    path.write_text(said.replace(before, after, 1), encoding="utf-8")
    return frozenset({HEAD})


def test_what_is_new_is_told_and_what_is_gone_is_counted(espace: Path) -> None:
    first = look(Workspace(espace), JOUR)
    saved = write(espace, "type: ", "type: x")
    spoilt = look_again(espace, first, saved, JOUR)
    assert {finding.path for finding in spoilt.new} == {HEAD}
    mended = look_again(espace, spoilt, write(espace, "type: x", "type: "), JOUR)
    assert (mended.new, mended.gone) == ((), len(spoilt.new))


def test_a_line_more_above_a_finding_makes_nothing_new(espace: Path) -> None:
    saved = write(espace, "type: ", "type: x")
    first = look(Workspace(espace), JOUR)
    write(espace, "titre: ", "# relu\ntitre: ")
    again = look_again(espace, first, saved, JOUR)
    assert (again.new, again.gone) == ((), 0)
    assert again.findings != first.findings


def test_a_template_half_written_is_a_dead_end_that_says_so(espace: Path) -> None:
    first = look(Workspace(espace), JOUR)
    schema = espace / "schemas/dossier.schema.json"
    schema.parent.mkdir()
    schema.write_text("{", encoding="utf-8")
    with pytest.raises(TemplateError):
        look_again(espace, first, {"schemas/dossier.schema.json"}, JOUR)


def test_the_documents_that_are_there_are_made_again_in_their_formats(
    espace: Path, lancer: Lancer
) -> None:
    lancer("render", "2025-003", "-d", "diagnostic", "-t", "html", espace=espace)
    there = {path for path in (espace / "documents").rglob("*") if path.suffix}
    first = look(Workspace(espace), JOUR)
    saved = write(espace, "titre: ", "titre: Nouveau ")
    again = look_again(espace, first, saved, JOUR)
    made = [path for outcome in remake(again, saved, here) for path in outcome.written]
    assert [path.suffix for path in made] == [".html"]
    assert {path for path in (espace / "documents").rglob("*") if path.suffix} == there
    assert "Nouveau" in made[0].read_text(encoding="utf-8")


@pytest.fixture
def said(espace: Path) -> Iterator[IO[str]]:
    """What the command says, line by line, as it comes."""
    command = [sys.executable, "-m", "dla_docs", "--workspace", str(espace), "watch"]
    options = {"stdout": subprocess.PIPE, "encoding": "utf-8"}
    with subprocess.Popen(
        command, env={**os.environ, "PYTHONUNBUFFERED": "1"}, **options
    ) as program:
        assert program.stdout
        yield program.stdout
        program.terminate()


def test_the_command_says_at_each_save_what_has_come(espace: Path, said: IO[str]) -> None:
    assert "tout est en ordre" in said.readline()
    # The library takes a moment to be listening.
    time.sleep(1)
    write(espace, "type: ", "type: x")
    assert HEAD in said.readline()


def test_what_is_made_and_what_is_hidden_is_no_save(tmp_path: Path) -> None:
    names = ("documents/a.html", ".git/index", "dossiers/a.yaml")
    for name in names:
        (tmp_path / name).parent.mkdir()

    def save() -> None:
        for name in names:
            (tmp_path / name).write_text("a", encoding="utf-8")

    later = threading.Timer(1, save)
    later.start()
    assert next(changes(tmp_path)) == frozenset({"dossiers/a.yaml"})
    later.join()


def test_without_its_library_it_says_what_to_install(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "watchfiles", None)
    with pytest.raises(EngineError, match="watchfiles"):
        next(changes(tmp_path))
