"""A command killed at any moment leaves what was there or what it makes, and nothing of its own.

`make test-all` kills ten, `DLA_ARRETS=200` two hundred.
"""

import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.sampling import EVERYTHING, rank
from tests.scenes import copy_dossier

KILLS = int(os.environ.get("DLA_ARRETS") or (10 if EVERYTHING else 2))
SCOPE = "2025-003-calades-jabron/bilan-organisation-finances"
COMMAND = ("render", SCOPE, "-d", "convention", "-d", "releve-choix", "-t", "html", "-t", "docx")
GONE = 10.0
"""Seconds that a process has to see that its parent is dead, and to clean, on a busy machine."""


class Place:
    """A workspace, and the folder of temporary files that its commands are given."""

    def __init__(self, root: Path) -> None:
        self.espace = copy_dossier(root / "espace")
        self.temporary = root / "temporaire"
        self.temporary.mkdir()

    def start(self) -> "subprocess.Popen[bytes]":
        command = [sys.executable, "-m", "dla_docs", "--workspace", str(self.espace), *COMMAND]
        return subprocess.Popen(
            command,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            env={**os.environ, "TMPDIR": str(self.temporary)},
        )

    def files(self) -> dict[str, bytes]:
        """The files of documents/ that people see."""
        found = (path for path in (self.espace / "documents").rglob("*") if path.is_file())
        return {path.name: path.read_bytes() for path in found if not path.name.startswith(".")}

    def left_in_time(self) -> list[Path]:
        """What is left of the processes' folders, once they have had the time to end."""
        until = time.monotonic() + GONE
        while (left := [*self.temporary.iterdir()]) and time.monotonic() < until:
            time.sleep(0.05)
        return left

    def grow_old(self) -> None:
        """What is left is that of a run that ended an hour ago."""
        for path in self.temporary.iterdir():
            os.utime(path, (time.time() - 3600,) * 2)


@pytest.mark.campagne
@pytest.mark.skipif(sys.platform == "win32", reason="signals are those of POSIX")
def test_a_killed_render_leaves_whole_documents_and_the_next_one_is_right(tmp_path: Path) -> None:
    place = Place(tmp_path)
    start = time.monotonic()
    assert place.start().wait() == 0
    length, right = time.monotonic() - start, place.files()
    for number in range(KILLS):
        changed = place.espace / f"dossiers/{SCOPE.replace('/', '/ingenieries/')}/choix.yaml"
        changed.write_text(changed.read_text(encoding="utf-8") + "\n", encoding="utf-8")
        for path in (place.espace / "documents").rglob("*.html"):
            path.unlink()
        killed = place.start()
        time.sleep(length * rank(f"arrêt {number}"))
        killed.kill()
        killed.wait()
        assert place.files().items() <= right.items(), number
    # A folder just made, whose process is not born, has nobody to remove it but a later run.
    place.left_in_time()
    place.grow_old()
    assert place.start().wait() == 0
    assert (place.files(), place.left_in_time()) == (right, [])
