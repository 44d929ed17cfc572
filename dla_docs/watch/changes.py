"""What is saved in a workspace, as it is saved. This module alone knows watchfiles."""

from collections.abc import Iterator
from pathlib import Path, PurePosixPath

from dla_docs.memory.inventory import OUTPUT
from dla_docs.model.errors import EngineError

TOGETHER, AT_MOST = 40, 400
"""Milliseconds: saves nearer than that are one, and how long such a series may be waited for."""


def changes(root: Path) -> Iterator[frozenset[str]]:
    """The paths that have just changed, from the root, until an interrupt; never what is made.

    Raises EngineError where the library that watches is not installed.
    """
    try:
        from watchfiles import watch
    except ImportError:
        raise EngineError(
            "dla watch demande la bibliothèque watchfiles, qui n’est pas installée",
            "installez-la : pipx inject dla-docs watchfiles",
        ) from None
    for batch in watch(
        root, watch_filter=None, debounce=AT_MOST, step=TOGETHER, raise_interrupt=False
    ):
        paths = (Path(path) for _, path in batch)
        inner = (p.relative_to(root).as_posix() for p in paths if p.is_relative_to(root))
        if saved := frozenset(path for path in inner if _is_input(path)):
            yield saved


def _is_input(path: str) -> bool:
    """Whether a path may be read: what is hidden is not, nor what is made."""
    parts = PurePosixPath(path).parts
    return bool(parts) and parts[0] != OUTPUT and not any(p.startswith(".") for p in parts)
