"""What is laid out in a temporary folder of ours: the files of a former state of a workspace.

The folder is empty at first, and nothing in it is followed: a file or a folder is made where
nothing is, links come once all the rest is there, and those that lead out are taken away.
"""

import os
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path


def lay_folder(path: Path) -> None:
    """A folder, unless something is there: a disk may not tell capitals apart, or refuse a name."""
    with suppress(OSError, ValueError):
        path.mkdir()


def lay_file(path: Path, content: bytes, size: int) -> bool:
    """A file of some bytes, less or more than its content; whether there is one."""
    try:
        # « x »: a file that was not there, and never through a link.
        with path.open("xb") as file:
            file.write(content)
            file.truncate(size)
    except (OSError, ValueError):
        return False
    return True


def lay_links(links: Iterable[tuple[Path, bytes]], folder: Path) -> int:
    """Links that stay inside a folder; how many do not, or cannot be made."""
    wanted = list(links)
    made = [path for path, target in wanted if _linked(path, target)]
    out = [path for path in made if not _leads_in(path, folder)]
    for path in out:
        path.unlink()
    return len(wanted) - len(made) + len(out)


def _linked(path: Path, target: bytes) -> bool:
    try:
        path.symlink_to(os.fsdecode(target))
    except (OSError, ValueError, NotImplementedError):
        return False
    return True


def _leads_in(path: Path, folder: Path) -> bool:
    try:
        return path.resolve().is_relative_to(folder)
    except (OSError, RuntimeError):
        # Links that lead to one another.
        return False
