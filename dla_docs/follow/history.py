"""The workspace as each commit held it. Alone runs git, and only to read objects.

A commit is read blob by blob rather than as an archive: nothing of it can be a link, a device or a
path that leads out, and it needs no `tarfile` filter, which Python 3.11.0 to 3.11.3 do not have.
"""

import os
import subprocess
import tempfile
from collections.abc import Iterator
from enum import StrEnum
from io import BytesIO
from pathlib import Path

from dla_docs.model.workspace import MARKER, Workspace

_FILES = (b"100644", b"100755")
"""Modes of a plain file in a git tree; 120000 is a link, 160000 a submodule."""
_OFFLINE = {"GIT_ALLOW_PROTOCOL": "none", "GIT_TERMINAL_PROMPT": "0"}
"""A partial clone would fetch what it lacks: `dla` never goes to the network."""


class History(StrEnum):
    """How much of its history a workspace has here."""

    WHOLE = "entier"
    SHALLOW = "superficiel"
    PARTIAL = "partiel"
    UNREADABLE = "illisible"
    NONE = "aucun"


def history_of(workspace: Workspace) -> History:
    """How much of the history can be read: a clone may be cut, and git refuse or be absent."""
    root = workspace.root
    if _git(root, "rev-parse", "--is-inside-work-tree").strip() != b"true":
        return History.UNREADABLE if workspace.in_repository else History.NONE
    if _git(root, "rev-parse", "--is-shallow-repository").strip() == b"true":
        return History.SHALLOW
    partial = _git(root, "config", "--get-regexp", r"^remote\..*\.(promisor|partialclonefilter)$")
    return History.PARTIAL if partial else History.WHOLE


def former_workspaces(workspace: Workspace) -> Iterator[tuple[str, Workspace]]:
    """The workspace at each commit that changed it, the latest first; none outside git.

    Each is laid out in a folder that is gone when the next one is asked for. Line ends are those
    of git, not those of the checkout.
    """
    root = workspace.root
    log = _git(root, "log", "--format=%H", "--", "dossiers", "schemas", "templates")
    # The workspace may be a folder of its repository.
    prefix = os.fsdecode(_git(root, "rev-parse", "--show-prefix").removesuffix(b"\n"))
    for commit in log.decode().split():
        with tempfile.TemporaryDirectory(prefix="dla-") as name:
            folder = Path(name).resolve()
            try:
                for path, content in _files(root, f"{commit}:{prefix}"):
                    _lay(folder, path, content)
            except OSError:
                # A name that this disk refuses: what cannot be laid out was not rendered here.
                continue
            if (folder / MARKER).is_file():
                yield commit, Workspace(folder)


def _files(root: Path, tree: str) -> Iterator[tuple[str, bytes]]:
    """The plain files of a tree and their contents; links and submodules are left out."""
    # NUL ends each entry: a name may hold anything else, a line feed included.
    listed = _git(root, "ls-tree", "-r", "-z", "--full-tree", tree).split(b"\0")
    entries = [entry.partition(b"\t") for entry in listed if entry]
    files = [(about.split()[2], path) for about, _, path in entries if about[:6] in _FILES]
    # One process for all the files of a commit.
    blobs = BytesIO(
        _git(root, "cat-file", "--batch", given=b"".join(b"%s\n" % f for f, _ in files))
    )
    for _, path in files:
        # `<object> blob <size>`, the content, a line feed; `<object> missing` alone.
        header = blobs.readline().split()
        if len(header) == 3:
            yield os.fsdecode(path), blobs.read(int(header[2]))
            blobs.read(1)


def _lay(folder: Path, path: str, content: bytes) -> None:
    """Write a file below a folder; a path that leads out of it is none of the workspace's."""
    place = (folder / path).resolve()
    if place.is_relative_to(folder):
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(content)


def _git(root: Path, *arguments: str, given: bytes = b"") -> bytes:
    """What git says, empty when it refuses or is not there: a workspace needs no history."""
    command = ["git", *arguments]
    try:
        done = subprocess.run(
            command,
            cwd=root,
            input=given,
            capture_output=True,
            check=False,
            env={**os.environ, **_OFFLINE},
        )
    except OSError:
        return b""
    return done.stdout if done.returncode == 0 else b""
