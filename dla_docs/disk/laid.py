"""What is laid out in a temporary folder of ours: the files of a former state of a workspace.

The folder is empty at first, and nothing in it is followed: a file or a folder is made where
nothing is, links come once all the rest is there, and those that lead out are taken away.
"""

import errno
import os
from collections.abc import Iterable
from pathlib import Path

from dla_docs.disk.scratch import told, where

_OF_NAMES = {
    errno.EEXIST,
    errno.ENAMETOOLONG,
    errno.EINVAL,
    errno.EILSEQ,
    errno.ENOTDIR,
    errno.ENOENT,
}
"""What a disk refuses of a name, or of what is below such a name: it may not tell capitals apart,
take some signs, or hold a path so long. Anything else is a failure of the disk."""
_OF_LINKS = _OF_NAMES | {errno.EPERM, errno.ENOSYS, errno.EOPNOTSUPP}
"""The same of a link, which some disks do not have."""


def lay_folder(path: Path) -> bool:
    """A folder; False where its name is taken, or none here. Raises DiskError."""
    with told(where()):
        try:
            path.mkdir()
        except (OSError, ValueError) as error:
            return _left_out(error, _OF_NAMES)
    return True


def lay_file(path: Path, content: bytes, size: int) -> bool:
    """A file of some bytes, less or more than its content; False as above. Raises DiskError."""
    with told(where()):
        try:
            # « x »: a file that was not there, and never through a link.
            with path.open("xb") as file:
                file.write(content)
                file.truncate(size)
        except (OSError, ValueError) as error:
            return _left_out(error, _OF_NAMES)
    return True


def lay_links(links: Iterable[tuple[Path, bytes]], folder: Path) -> int:
    """Links that stay inside a folder; how many do not, or cannot be made. Raises DiskError."""
    wanted = list(links)
    made = [path for path, target in wanted if _linked(path, target)]
    out = [path for path in made if not _leads_in(path, folder)]
    with told(where()):
        for path in out:
            path.unlink()
    return len(wanted) - len(made) + len(out)


def _linked(path: Path, target: bytes) -> bool:
    with told(where()):
        try:
            path.symlink_to(os.fsdecode(target))
        except (OSError, ValueError, NotImplementedError) as error:
            return _left_out(error, _OF_LINKS)
    return True


def _left_out(error: Exception, expected: set[int]) -> bool:
    """False: nothing is made. What is no refusal of a name is raised again."""
    if isinstance(error, OSError) and error.errno not in expected:
        raise error
    return False


def _leads_in(path: Path, folder: Path) -> bool:
    try:
        return path.resolve().is_relative_to(folder)
    except (OSError, RuntimeError):
        # Links that lead to one another.
        return False
