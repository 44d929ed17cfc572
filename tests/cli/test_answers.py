"""What a command said is said again while nothing has changed, and never after."""

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from dla_docs.cli import answers
from tests.scenes import Lancer

CALADES = "2025-003-calades-jabron"
Said = Callable[..., str]


@pytest.fixture
def dire(espace: Path, lancer: Lancer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Said:
    """What a command says; nothing is looked for but by a command that is run."""
    monkeypatch.setattr(answers, "YOUNG", 0)
    for variable in ("XDG_CACHE_HOME", "LOCALAPPDATA"):
        monkeypatch.setenv(variable, str(tmp_path / "cache"))

    def said(*command: str) -> str:
        done = lancer(*command, espace=espace)
        return f"{done.exit_code} {done.output}"

    return said


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The commands that are run, rather than answered at once."""
    seen: list[str] = []
    command = answers.Question.keep
    monkeypatch.setattr(
        answers.Question, "keep", lambda one, *said: (seen.append(one.file), command(one, *said))
    )
    return seen


@pytest.mark.parametrize("command", [("check",), ("status",), ("list", "dossiers")])
def test_the_same_question_has_the_same_answer_at_once(
    dire: Said, run: list[str], command: tuple[str, ...]
) -> None:
    first = dire(*command)
    assert dire(*command) == first
    assert len(run) == 1


def test_an_error_is_said_again_with_its_code(dire: Said, run: list[str], espace: Path) -> None:
    (espace / f"dossiers/{CALADES}/dossier.yaml").write_text("titre: a: b\n", encoding="utf-8")
    first = dire("check")
    assert first.startswith("1 ")
    assert dire("check") == first
    assert len(run) == 1


@pytest.mark.parametrize("change", ["value", "date", "gone", "name", "link"])
def test_after_a_change_it_is_asked_again(
    dire: Said, run: list[str], espace: Path, change: str
) -> None:
    path = espace / f"dossiers/{CALADES}/dossier.yaml"
    dire("check")
    before, said = path.stat(), path.read_bytes()
    path.unlink()
    if change in {"value", "date"}:
        path.write_bytes(said.replace(b"a", b"e", 1))
    elif change == "name":
        path.with_name("dosier.yaml").write_bytes(said)
    elif change == "link":
        path.symlink_to(path.with_name("diagnostic.yaml"))
    if change == "date":
        os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))
    dire("check")
    assert len(run) == 2


def test_another_day_place_or_option_is_another_question(
    dire: Said, run: list[str], espace: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    dire("check")
    dire("check", "--format", "json")
    dire("--date", "2031-01-01", "check")
    monkeypatch.setenv("GITHUB_ACTIONS", "true")
    dire("check")
    monkeypatch.chdir(espace / "dossiers")
    dire("check")
    assert len(set(run)) == 5


def test_a_document_that_is_there_no_more_is_made_again(
    dire: Said, run: list[str], espace: Path
) -> None:
    asked = ("render", CALADES, "-d", "diagnostic", "-t", "html")
    for _ in range(3):
        dire(*asked)
    # The first has written, the second has changed nothing, the third is answered at once.
    assert len(run) == 2
    (page,) = (espace / "documents").rglob("diagnostic*.html")
    page.unlink()
    dire(*asked)
    assert page.exists()


@pytest.mark.parametrize("option", ["--fresh", "--fix"])
def test_who_asks_for_more_is_not_answered_at_once(dire: Said, run: list[str], option: str) -> None:
    dire("check")
    dire("check", option)
    assert len(run) == 1
    assert dire("check").startswith("0 ")


def test_what_has_just_changed_is_not_remembered(
    dire: Said, run: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(answers, "YOUNG", 10**12)
    dire("check")
    dire("check")
    assert len(run) == 2


def test_answers_that_pile_up_are_forgotten(
    dire: Said, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(answers, "KEPT", 2)
    for word in ("documents", "dossiers", "prestataires"):
        dire("list", word)
    assert len(list((tmp_path / "cache").rglob("dit-*"))) == 2
