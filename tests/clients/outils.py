"""What the tests of this folder share: programs, and the text of a file as a person reads it."""

import os
import re
import shutil
import subprocess
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from tests.clients.installation import program

NOISE = re.compile(
    # Poppler 22 takes the right /Suspects false for a mistake.
    r"Syntax Error: Suspects object is wrong type \(boolean\)\n?"
)


FONTS = Path(__file__).with_name("polices.conf")

DRAWN_ALONE = "Notes détaillées"
"""The caption of the one table that a PDF has not: its values stand beside the bars of its drawing,
whose alternative text says them all (`templates/grille-analyse`)."""


def drop_drawn(root: Any) -> int:
    """Take the tables that a PDF only draws out of a page of HTML: how many there were."""
    tables = [t for t in root.iter("table") if (t.findtext(".//caption//p") or "") == DRAWN_ALONE]
    for table in tables:
        table.drop_tree()
    return len(tables)


def run(*command: str | Path, timeout: int = 120) -> str:
    """A program's output. It must be there, succeed and complain of nothing."""
    words = [program(str(command[0])), *(str(word) for word in command[1:])]
    done = subprocess.run(
        words,
        capture_output=True,
        encoding="utf-8",
        timeout=timeout,
        env={**os.environ, "FONTCONFIG_FILE": str(FONTS)},
    )
    assert done.returncode == 0, f"{words[0]} : {done.stderr}"
    complaints = NOISE.sub("", done.stderr)
    assert "Syntax" not in complaints, complaints
    return done.stdout


def convert(paths: Iterable[Path], kind: str, folder: Path) -> Path:
    """What LibreOffice makes of files, all in one launch: a launch takes seconds."""
    given = sorted(paths)
    assert given, f"nothing to convert into {kind}"
    profile = (folder.parent / "profil").as_uri()
    office = ["soffice", "--headless", "--norestore", f"-env:UserInstallation={profile}"]
    run(*office, "--convert-to", kind, "--outdir", folder, *given, timeout=400)
    made = {path.stem for path in folder.glob(f"*.{kind}")}
    assert made == {path.stem for path in given}, "LibreOffice refused a document"
    return folder


def gather(paths: Iterable[Path], root: Path, folder: Path) -> Path:
    """Copies in one flat folder, each named after its place: `dossier--mission--rapport.odt`."""
    folder.mkdir(parents=True)
    for path in paths:
        shutil.copyfile(path, folder / "--".join(path.relative_to(root).parts))
    return folder


def folded(words: str) -> str:
    return words.replace("\u202f", " ").replace("\u00a0", " ")


def squeezed(words: str) -> str:
    return "".join(words.split())
