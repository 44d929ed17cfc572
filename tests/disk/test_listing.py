"""What folders hold is listed inside their root, whatever links and names are there."""

import os
import sys
from pathlib import Path

import pytest

from dla_docs.disk import listing
from dla_docs.disk.errors import Unreadable
from dla_docs.disk.listing import names, walk

links = pytest.mark.skipif(os.name == "nt", reason="un lien demande un droit sous Windows")


def test_a_walk_gives_files_and_folders_but_what_is_hidden(tmp_path: Path) -> None:
    (tmp_path / "a" / "b").mkdir(parents=True)
    for name in ("un.yaml", "a/deux.yaml", "a/b/trois.yaml", "a/.cache"):
        (tmp_path / name).touch()
    found = walk(tmp_path, (tmp_path,))
    assert sorted(found.files) == ["a/b/trois.yaml", "a/deux.yaml", "un.yaml"]
    assert (found.folders, found.faults) == (["a", "a/b"], {})


@links
def test_a_walk_follows_a_link_once_and_never_out(tmp_path: Path) -> None:
    (tmp_path / "dehors").mkdir()
    (tmp_path / "dehors" / "secret.yaml").touch()
    root = tmp_path / "espace"
    (root / "vrai").mkdir(parents=True)
    (root / "vrai" / "fiche.yaml").touch()
    (root / "vrai" / "boucle").symlink_to(root)
    (root / "lien").symlink_to("vrai")
    (root / "fuite").symlink_to(tmp_path / "dehors")
    found = walk(root, (root,), through_links=True)
    assert sorted(found.files) == ["lien/fiche.yaml", "vrai/fiche.yaml"]
    assert found.faults == {"fuite": "est un lien qui sort de l’espace de travail"}


@pytest.mark.skipif(sys.platform != "linux", reason="ce disque refuse un tel nom")
def test_a_name_that_is_not_utf8_is_listed(tmp_path: Path) -> None:
    (tmp_path / os.fsdecode(b"bad\xff.yaml")).touch()
    assert walk(tmp_path, (tmp_path,)).files == names(tmp_path, (tmp_path,)) == ["bad\udcff.yaml"]


def test_folders_without_end_are_refused(tmp_path: Path) -> None:
    (tmp_path / "/".join(["d"] * 70)).mkdir(parents=True)
    with pytest.raises(Unreadable, match="a plus de 64 dossiers emboîtés"):
        walk(tmp_path, (tmp_path,))


def test_files_without_end_are_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(listing, "MOST", 5)
    for rank in range(9):
        (tmp_path / str(rank)).touch()
    with pytest.raises(Unreadable, match="contient plus de 5 fichiers"):
        walk(tmp_path, (tmp_path,))


def test_a_folder_that_is_not_there_has_no_names(tmp_path: Path) -> None:
    assert names(tmp_path / "absent", (tmp_path,)) == []
    assert names(tmp_path.parent, (tmp_path,)) == []
