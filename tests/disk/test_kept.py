"""What is kept from one run to the next is whole, or taken as absent."""

import os
from pathlib import Path

import pytest

from dla_docs.disk.kept import keep, recalled


def test_what_was_kept_is_recalled(tmp_path: Path) -> None:
    keep(tmp_path, "un.essai", b"contenu", 3)
    assert recalled(tmp_path, "un.essai") == b"contenu"
    assert recalled(tmp_path, "deux.essai") == b""


@pytest.mark.parametrize("damage", [b"", b"\0" * 32, b"abc", b"\xff" * 4000])
def test_what_is_damaged_is_taken_as_absent(tmp_path: Path, damage: bytes) -> None:
    keep(tmp_path, "un.essai", b"contenu", 3)
    (tmp_path / "un.essai").write_bytes(damage)
    assert recalled(tmp_path, "un.essai") == b""


def test_the_oldest_of_a_kind_are_forgotten_and_no_others(tmp_path: Path) -> None:
    keep(tmp_path, "un.autre", b"autre", 2)
    for rank in range(4):
        keep(tmp_path, f"{rank}.essai", b"contenu", 2)
        for file in tmp_path.iterdir():
            os.utime(file, ns=(0, file.stat().st_mtime_ns - 10**9))
    assert {file.name for file in tmp_path.iterdir()} == {"un.autre", "2.essai", "3.essai"}


def test_a_folder_that_cannot_be_written_loses_nothing_else(tmp_path: Path) -> None:
    keep(tmp_path / "absent" / "plus-loin", "un.essai", b"contenu", 3)
    (tmp_path / "fichier").write_bytes(b"")
    keep(tmp_path / "fichier", "un.essai", b"contenu", 3)
    assert recalled(tmp_path / "fichier", "un.essai") == b""
