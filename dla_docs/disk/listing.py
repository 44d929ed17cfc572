"""What folders hold: bounded, inside their root, whatever links and names are there."""

import os
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from dla_docs.disk.errors import Unreadable
from dla_docs.disk.reading import LEADS_OUT, LOCKED, ask_about, place_of

MOST = 200_000
"""Names listed at most in one walk: a thousand dossiers have 40,000 files."""
DEEPEST = 64
"""Folders one in another at most: the data needs five. Past some hundreds, paths are too long."""


@dataclass
class Walk:
    """What a folder holds, by paths from it with `/`: files, folders, and what was not entered.

    `faults`: a French reason by the folder that it keeps out, such as a link that leads out.
    """

    files: list[str] = field(default_factory=list)
    folders: list[str] = field(default_factory=list)
    faults: dict[str, str] = field(default_factory=dict)


def names(folder: Path, within: Sequence[Path]) -> list[str]:
    """The names of what a folder holds, sorted; none where it is not there or is outside."""
    try:
        return sorted(entry.name for entry in _entries(place_of(folder, within, hidden=True)))
    except (OSError, ValueError, Unreadable):
        return []


def walk(
    folder: Path,
    within: Sequence[Path],
    skipped: Callable[[str], bool] = lambda name: name.startswith("."),
    through_links: bool = False,
) -> Walk:
    """All that a folder holds below it, but what has a name to skip. Raises Unreadable.

    A folder that is a link is not entered, hence no loop; `through_links`: right under the folder
    it is, as long as it stays inside the roots. Unreadable is of what no hand has made: too many
    files, or folders too deep.
    """
    found = Walk()
    # Where each folder is once links are followed, if that is known.
    waiting: list[tuple[str, int, Path | None]] = [("", 0, None)]
    while waiting:
        name, depth, place = waiting.pop()
        prefix = f"{name}/" if name else ""
        real, entries = _entered(folder / name, name, place, within, found)
        for entry in entries:
            if skipped(entry.name):
                continue
            inner = f"{prefix}{entry.name}"
            if not _is_folder(entry):
                found.files.append(inner)
                continue
            found.folders.append(inner)
            is_link = entry.is_symlink()
            if not is_link or (through_links and not name):
                # To follow the links of a path takes most of a walk: what is no link, in a folder
                # that is inside, is inside.
                known = None if is_link or entry.name.startswith(".") else real / entry.name
                waiting.append((inner, depth + 1, known))
        if len(found.files) + len(found.folders) > MOST:
            raise Unreadable(f"contient plus de {MOST} fichiers")
        if depth > DEEPEST:
            raise Unreadable(f"a plus de {DEEPEST} dossiers emboîtés")
    return found


def _entered(
    folder: Path, name: str, place: Path | None, within: Sequence[Path], found: Walk
) -> tuple[Path, list["os.DirEntry[str]"]]:
    """Where a folder is, and what it holds: nothing, with a fault, if it is outside or locked.

    `place`: where it is, if that is known.
    """
    ask_about(folder)
    try:
        real = place or place_of(folder, within, hidden=True)
    except Unreadable:
        found.faults[name] = LEADS_OUT
        return folder, []
    try:
        return real, list(_entries(real))
    except OSError:
        found.faults[name] = LOCKED
        return real, []


def _entries(folder: Path) -> Iterator["os.DirEntry[str]"]:
    with os.scandir(folder) as entries:
        for rank, entry in enumerate(entries):
            if rank > MOST:
                raise Unreadable(f"contient plus de {MOST} fichiers")
            yield entry


def _is_folder(entry: "os.DirEntry[str]") -> bool:
    try:
        return entry.is_dir()
    except OSError:
        # Links that lead to one another.
        return False


Mark = tuple[int, int, int, int]
"""What the disk tells of a file: its size, when it was written, when it last changed in any way
(nanoseconds, by the clock of the disk), and its number."""


def marks(
    folder: Path, outside: Collection[str] = (), shown: Collection[str] = ()
) -> dict[str, Mark] | None:
    """The mark of every file below a folder, by its path from it, without opening one.

    What programs hide or compile is left out, but the files `shown`; so is what is `outside`, right
    under the folder. None where marks would not tell all: a folder that is a link, one that is
    locked, more names than a walk may meet.
    """
    found: dict[str, Mark] = {}
    waiting = [""]
    # A text: joining the parts of a path takes as long as what the disk tells of its folder.
    start = f"{folder}/"
    try:
        while waiting:
            prefix = waiting.pop()
            with os.scandir(start + prefix) as entries:
                for entry in entries:
                    name = entry.name
                    if name[0] in "._" and name not in shown and _is_of_programs(name):
                        continue
                    if entry.is_dir(follow_symlinks=False):
                        if prefix or name not in outside:
                            waiting.append(f"{prefix}{name}/")
                    elif entry.is_dir():
                        return None
                    else:
                        found[prefix + name] = _mark(entry)
            if len(found) > MOST:
                return None
    except (OSError, ValueError):
        return None
    return found


def _is_of_programs(name: str) -> bool:
    return name.startswith(".") or name == "__pycache__"


def _mark(entry: "os.DirEntry[str]") -> Mark:
    """Of what a link leads to, where it is one: to lead elsewhere changes the number."""
    state = entry.stat()
    return state.st_size, state.st_mtime_ns, state.st_ctime_ns, state.st_ino
