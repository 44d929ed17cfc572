"""What is read: a regular file, inside a root once every link is followed, of a bounded size.

Who asks gives the roots. A file of a workspace is inside the workspace, or of the package; only
what a person names on the command line may be anywhere, and it is no pipe nor endless all the same.
"""

import errno
import os
import stat
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from contextvars import ContextVar
from pathlib import Path

from dla_docs.disk.errors import Unreadable

__all__ = ["Unreadable", "read", "read_named", "read_ours"]

_MEGA = 1_000_000
DATA = 4 * _MEGA
"""Bytes of a YAML file at most: the longest of the demonstration has 12 kB, and a line is read
several times."""
TEXT = 2 * _MEGA
"""Of a Markdown text: a thousand pages."""
SCHEMA = 2 * _MEGA
"""Of a schema: the longest of ours has 40 kB."""
TEMPLATE = 2 * _MEGA
"""Of a template, a style sheet or a page of the layout."""
IMAGE = 32 * _MEGA
"""Of an image: a photograph of a good camera has 20 MB."""
RECORD = 4 * _MEGA
"""Of a record of what was written in a folder: 300 bytes for each of ten thousand files."""
DOCUMENT = 256 * _MEGA
"""Of a document that was received or written: fifty photographs."""

ABSENT = "n’existe pas"
ELSEWHERE = "est hors de l’espace de travail"
LEADS_OUT = "est un lien qui sort de l’espace de travail"
HIDDEN = "porte un nom caché, qui commence par un point"
NO_FILE = "n’est pas un fichier"
LOCKED = "est illisible : vérifiez les droits d’accès"

# A pipe without a writer would be waited for; a terminal would become ours; a link that has come
# since it was looked at is not followed. Windows has none of them, and needs to be told of bytes.
_FLAGS = os.O_RDONLY | getattr(os, "O_BINARY", 0) | getattr(os, "O_CLOEXEC", 0)
for _name in ("O_NONBLOCK", "O_NOFOLLOW", "O_NOCTTY"):
    _FLAGS |= getattr(os, _name, 0)


_asked: ContextVar[set[Path] | None] = ContextVar("asked", default=None)


@contextmanager
def watched() -> Iterator[set[Path]]:
    """The paths inside roots that are asked about meanwhile, there or not, links not followed."""
    seen: set[Path] = set()
    around = _asked.get()
    before = _asked.set(seen)
    try:
        yield seen
    finally:
        _asked.reset(before)
        if around is not None:
            around |= seen


def ask_about(path: Path) -> None:
    """Note a path that is asked about, where one watches."""
    if (asked := _asked.get()) is not None:
        asked.add(Path(os.path.normpath(path)))


def read(path: Path, within: Sequence[Path], most: int, hidden: bool = False) -> bytes:
    """The content of a file that is inside one of the roots. Raises Unreadable.

    `most`: its size in bytes. `hidden`: whether a name may begin with a dot.
    """
    return _content(place_of(path, within, hidden), most)


def head(path: Path, within: Sequence[Path], size: int) -> bytes:
    """The first bytes of a file that is inside one of the roots. Raises Unreadable."""
    real = place_of(path, within)
    try:
        _refuse(real.stat(), DOCUMENT)
        with os.fdopen(os.open(real, _FLAGS), "rb", buffering=0) as file:
            return file.read(size)
    except (OSError, ValueError) as error:
        raise Unreadable(_told(error)) from None


def read_named(path: Path, most: int = DOCUMENT) -> bytes:
    """The content of a file that a person names on the command line. Raises Unreadable."""
    return _content(located(path), most)


def read_ours(path: Path) -> bytes:
    """The content of a file of the package, which is there and is trusted."""
    return _content(path, DOCUMENT)


def place_of(path: Path, within: Sequence[Path], hidden: bool = False) -> Path:
    """Where a path leads once every link is followed: inside one of the roots.

    Nothing may be there. Raises Unreadable for what is outside, in `.git`, which holds the keys of
    a CI, or under a hidden name: what programs keep there is not for a document.
    """
    ask_about(path)
    real = located(path)
    for root in within:
        inside = _inside(real, root)
        if inside is not None:
            names = [name for name in inside.parts if name.startswith(".")]
            if names and (not hidden or ".git" in map(str.lower, names)):
                raise Unreadable(HIDDEN)
            return real
    plain = Path(os.path.normpath(path))
    raise Unreadable(LEADS_OUT if any(_inside(plain, r) for r in within) else ELSEWHERE)


def _inside(path: Path, root: Path) -> Path | None:
    """A path from a root; None outside of it. The root may be named through links."""
    with suppress(ValueError):
        return path.relative_to(root)
    with suppress(ValueError):
        return path.relative_to(os.path.realpath(root))
    return None


def located(path: Path) -> Path:
    """The absolute path that a path leads to, links followed. Raises Unreadable.

    What is not there, and what no disk can name, leads nowhere.
    """
    try:
        return Path(os.path.realpath(path))
    except (OSError, RuntimeError, ValueError):
        raise Unreadable(ABSENT) from None


def _content(real: Path, most: int) -> bytes:
    try:
        # Before it is opened too: to open a device may be enough to move it.
        _refuse(real.stat(), most)
        handle = os.open(real, _FLAGS)
        with os.fdopen(handle, "rb", buffering=0) as file:
            size = _refuse(os.fstat(handle), most)
            content = file.read(size + 1)
            # What grows while it is read, or has no size of its own, as the files of /proc.
            while len(content) > size and (more := file.read(most + 1 - len(content))):
                content += more
    except (OSError, ValueError) as error:
        raise Unreadable(_told(error)) from None
    if len(content) > most:
        raise Unreadable(_too_big(most))
    return content


def _refuse(state: os.stat_result, most: int) -> int:
    """The size of a file by its state. Raises Unreadable for what is none, or too long."""
    if not stat.S_ISREG(state.st_mode):
        raise Unreadable(NO_FILE)
    if state.st_size > most:
        raise Unreadable(_too_big(most))
    return state.st_size


def _too_big(most: int) -> str:
    return f"pèse plus de {most // _MEGA} Mo"


def _told(error: OSError | ValueError) -> str:
    """Why a file cannot be opened: a name that no disk has is that of no file."""
    nowhere = {errno.ENOENT, errno.ENAMETOOLONG, errno.ENOTDIR, errno.EINVAL}
    if isinstance(error, ValueError) or error.errno in nowhere:
        return ABSENT
    return LOCKED if isinstance(error, PermissionError) else "est illisible"


def is_file(path: Path, within: Sequence[Path], hidden: bool = False) -> bool:
    """Whether a regular file is there, inside one of the roots."""
    return stat.S_ISREG(_mode(path, within, hidden))


def is_folder(path: Path, within: Sequence[Path], hidden: bool = False) -> bool:
    """Whether a folder is there, inside one of the roots."""
    return stat.S_ISDIR(_mode(path, within, hidden))


def exists(path: Path, within: Sequence[Path], hidden: bool = False) -> bool:
    """Whether anything is there, inside one of the roots, links followed."""
    return bool(_mode(path, within, hidden))


def stamp(path: Path, within: Sequence[Path]) -> tuple[int, int]:
    """When a file was written, in nanoseconds, and its size in bytes. Raises Unreadable."""
    try:
        state = place_of(path, within).stat()
    except (OSError, ValueError):
        raise Unreadable(ABSENT) from None
    return state.st_mtime_ns, state.st_size


def _mode(path: Path, within: Sequence[Path], hidden: bool) -> int:
    """What is there, as the system says it; 0 for nothing, and for what is outside."""
    try:
        return place_of(path, within, hidden).stat().st_mode
    except (OSError, ValueError, Unreadable):
        return 0


def is_taken(path: Path) -> bool:
    """Whether a name is taken where a file would be made: a broken link takes it too."""
    return os.path.lexists(path)


def is_link(path: Path) -> bool:
    """Whether a name is that of a link, wherever it leads."""
    return path.is_symlink()
