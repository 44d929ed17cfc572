"""The n-th gesture of the disk fails, for each n: the files are the old ones or the new ones."""

import errno
import os
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from dla_docs.disk.errors import DiskError
from dla_docs.produced import RECORD, deposit
from tests.scenes import Lancer

GESTURES = ("open", "replace", "mkdir", "link")
OLD = {"un/page.html": b"ancienne", "un/page.odt": b"ancien", "un/page.pdf": b"ancien"}
NEW = {name: b"nouveau" for name in OLD}
FAULTS = (errno.ENOSPC, errno.EACCES, errno.EIO)


class Failing:
    """The disk below a folder, of which the n-th gesture fails; `lasting`: all that follow too."""

    def __init__(self, patch: pytest.MonkeyPatch, folder: Path, code: int) -> None:
        self.left, self.lasting, self._code, self._folder = 10**9, False, code, str(folder)
        for name in GESTURES:
            patch.setattr(os, name, self._counted(getattr(os, name), name == "replace"))
        self._handles: set[int] = set()
        patch.setattr(os, "fdopen", self._watched(os.fdopen))

    def _watched(self, real: Callable[..., Any]) -> Callable[..., Any]:
        def fdopen(handle: int, *rest: Any, **named: Any) -> Any:
            file = real(handle, *rest, **named)
            if handle not in self._handles:
                return file
            # The system gives the number again, to what is read too.
            self._handles.remove(handle)
            return _File(file, self)

        return fdopen

    def met(self, way_back: bool = False) -> None:
        """Raise when it is the turn of this gesture; a renaming needs no room on the disk."""
        self.left -= 1
        if self.left == 0 or (self.left < 0 and self.lasting and not way_back):
            raise OSError(self._code, os.strerror(self._code))

    def _counted(self, real: Callable[..., Any], renames: bool) -> Callable[..., Any]:
        def gesture(path: Any, *rest: Any, **named: Any) -> Any:
            reads = real is _OPEN and not rest[0] & os.O_CREAT
            if reads or not str(path).startswith(self._folder):
                return real(path, *rest, **named)
            self.met(renames)
            result = real(path, *rest, **named)
            if real is _OPEN:
                self._handles.add(result)
            return result

        return gesture


_OPEN = os.open


class _File:
    """A file of which each writing is a gesture of the disk."""

    def __init__(self, file: Any, disk: Failing) -> None:
        self._file, self._disk = file, disk

    def __enter__(self) -> "_File":
        return self

    def __exit__(self, *_: object) -> None:
        self._file.close()

    def write(self, content: bytes) -> int:
        self._disk.met()
        return int(self._file.write(content))


def tree(folder: Path) -> dict[str, bytes]:
    """Every file of a folder but the records, hidden ones included."""
    files = (p for p in folder.rglob("*") if p.is_file() and p.name != RECORD)
    return {p.relative_to(folder).as_posix(): p.read_bytes() for p in files}


def campaign(disk: Failing, run: Callable[[], bool], look: Callable[[], None]) -> int:
    """Play a run, its n-th gesture failing, until none fails; how many did.

    `run` says whether it ended well.
    """
    for rank in range(1, 60):
        disk.left = rank
        done = run()
        met, disk.left = disk.left <= 0, 10**9
        look()
        if done and not met:
            return rank - 1
    raise AssertionError("the run never ends well")


@pytest.mark.parametrize("code", FAULTS, ids=errno.errorcode.get)
@pytest.mark.parametrize("lasting", [False, True], ids=["une fois", "jusqu’au bout"])
@pytest.mark.parametrize("before", [{}, OLD], ids=["neuf", "remplacé"])
def test_the_files_of_a_document_are_all_old_or_all_new(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, code: int, lasting: bool, before: Any
) -> None:
    disk = Failing(monkeypatch, tmp_path, code)
    seen: list[dict[str, bytes]] = []

    def run() -> bool:
        disk.left, left = 10**9, disk.left
        deposit(before, tmp_path, "e", force=True)
        disk.left, disk.lasting = left, lasting
        try:
            deposit(NEW, tmp_path, "e")
        except DiskError as error:
            assert "erreur 5" not in error.message and error.hint
            return False
        finally:
            disk.lasting = False
        return True

    failed = campaign(disk, run, lambda: seen.append(tree(tmp_path)))
    assert failed > 5 and all(one in (before, NEW) for one in seen), seen
    assert seen[-1] == NEW


def test_a_new_file_is_there_whole_or_not_at_all(
    espace: Path, lancer: Lancer, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = espace / "dossiers" / "structures" / "les-essais.yaml"
    disk = Failing(monkeypatch, espace, errno.ENOSPC)
    before = tree(espace)
    for rank in (1, 2, 9):
        disk.left = rank
        result = lancer("new", "structure", "Les essais", espace=espace)
        assert (result.exit_code, result.stderr.count("le disque est plein")) == (3, 1)
        disk.left = 10**9
        assert tree(espace) == before
    assert lancer("new", "structure", "Les essais", espace=espace).exit_code == 0
    assert set(before) < set(tree(espace)) and path.exists()


@pytest.mark.campagne
def test_a_document_is_rendered_whole_or_not_at_all(
    espace: Path, lancer: Lancer, monkeypatch: pytest.MonkeyPatch
) -> None:
    where = "2025-003-calades-jabron/bilan-organisation-finances"
    words = ("render", where, "-d", "convention", "-t", "html", "-t", "odt")
    disk = Failing(monkeypatch, espace / "documents", errno.ENOSPC)
    seen: list[int] = []

    def run() -> bool:
        shutil.rmtree(espace / "documents", ignore_errors=True)
        result = lancer(*words, espace=espace)
        assert "Traceback" not in result.output and "cas imprévu" not in result.output
        assert result.exit_code in {0, 3}
        return result.exit_code == 0

    assert campaign(disk, run, lambda: seen.append(len(tree(espace / "documents")))) > 3
    assert set(seen[:-1]) <= {0, 2} and seen[-1] == 2
