"""What each file holds is read once, and again when it has changed."""

import os
from pathlib import Path

import pytest

from dla_docs.memory import inventory as module
from dla_docs.memory.inventory import Inventory, inventory


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Three files, one hidden and one that was made."""
    monkeypatch.setattr(module, "YOUNG", 0)
    for name in ("dossiers/a.yaml", ".git/index", "documents/a.html"):
        path = tmp_path / name
        path.parent.mkdir()
        path.write_text("a", encoding="utf-8")
    return tmp_path


def looked_at(folder: Path, before: Inventory | None = None) -> Inventory:
    found = inventory(folder, before.held() if before else None)
    assert found
    return found


def test_what_is_hidden_or_made_is_no_file_of_it(folder: Path) -> None:
    assert set(looked_at(folder).marks) == {"dossiers/a.yaml"}


def test_what_is_known_is_not_read_again(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    first = looked_at(folder)
    held = first.hash("dossiers/a.yaml")
    assert first.has_news
    monkeypatch.setattr(module, "read", None)
    again = looked_at(folder, first)
    assert again.hash("dossiers/a.yaml") == held
    assert not again.has_news


def test_a_file_only_touched_is_read_once_more_and_known_then(folder: Path) -> None:
    first = looked_at(folder)
    held = first.hash("dossiers/a.yaml")
    os.utime(folder / "dossiers/a.yaml", (1, 1))
    again = looked_at(folder, first)
    assert again.hash("dossiers/a.yaml") == held
    assert again.has_news


def test_what_has_just_changed_is_read_each_time(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "YOUNG", 10**12)
    first = looked_at(folder)
    first.hash("dossiers/a.yaml")
    assert first.held() == {}


def test_a_folder_that_is_a_link_is_not_told_by_marks(folder: Path, tmp_path: Path) -> None:
    (folder / "ailleurs").symlink_to(folder / "dossiers", target_is_directory=True)
    assert inventory(folder) is None


def test_a_file_that_is_not_there_has_a_word_for_a_hash(folder: Path) -> None:
    assert looked_at(folder).hash("dossiers/b.yaml") == "absent"
