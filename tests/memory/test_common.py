"""What is read of schemas and templates is that of the last time, as long as it is the same."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from dla_docs.check.examined import given
from dla_docs.disk.cache import cache_folder
from dla_docs.memory import common, inventory
from dla_docs.memory.common import again
from dla_docs.model.errors import TemplateError
from dla_docs.model.resources import package_data
from dla_docs.model.workspace import Workspace

Titles = Callable[[], tuple[bool, str]]


@pytest.fixture
def title_of_comites(
    espace: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> tuple[Path, Titles]:
    """A schema of its own, and what says whether all was read, and its title then."""
    for variable in ("XDG_CACHE_HOME", "LOCALAPPDATA"):
        monkeypatch.setenv(variable, str(tmp_path / "cache"))
    monkeypatch.setattr(inventory, "YOUNG", 0)
    schema = espace / "schemas" / "comite.schema.json"
    schema.parent.mkdir(exist_ok=True)
    write(schema, "Comité")

    def titles() -> tuple[bool, str]:
        read: list[Workspace] = []
        told = again(Workspace(espace), lambda w: read.append(w) or given(w))
        return bool(read), told.kinds["comite"].title

    return schema, titles


def write(schema: Path, title: str) -> None:
    """The schema of a comité, under another title."""
    ours = (package_data("schemas") / "comite.schema.json").read_text(encoding="utf-8")
    told = json.loads(ours) | {"title": title}
    schema.write_text(json.dumps(told), encoding="utf-8")


def test_what_was_read_is_not_read_again(title_of_comites: tuple[Path, Titles]) -> None:
    _, titles = title_of_comites
    assert titles() == (True, "Comité")
    assert titles() == (False, "Comité")


def test_a_schema_that_changed_is_read(title_of_comites: tuple[Path, Titles]) -> None:
    schema, titles = title_of_comites
    titles()
    write(schema, "Séance")
    assert titles() == (True, "Séance")


def test_a_schema_that_came_is_read(title_of_comites: tuple[Path, Titles]) -> None:
    schema, titles = title_of_comites
    titles()
    write(schema.with_name("autre.schema.json"), "Autre")
    assert titles() == (True, "Comité")


def test_another_program_reads_all(
    title_of_comites: tuple[Path, Titles], monkeypatch: pytest.MonkeyPatch
) -> None:
    _, titles = title_of_comites
    titles()
    monkeypatch.setattr(common, "program", lambda: "un autre")
    assert titles() == (True, "Comité")


def test_what_is_kept_and_damaged_is_read(title_of_comites: tuple[Path, Titles]) -> None:
    _, titles = title_of_comites
    titles()
    (kept,) = cache_folder().rglob("commun")
    kept.write_bytes(kept.read_bytes()[:-1] + b"x")
    assert titles() == (True, "Comité")
    assert titles() == (False, "Comité")


def test_a_faulty_schema_is_told_each_time(title_of_comites: tuple[Path, Titles]) -> None:
    schema, titles = title_of_comites
    schema.write_text("{", encoding="utf-8")
    for _ in range(2):
        with pytest.raises(TemplateError, match="comite"):
            titles()
