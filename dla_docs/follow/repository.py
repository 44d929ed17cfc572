"""The git repository that holds a workspace, read as plain files: where its objects are, its head.

A stranger may have written its `.git`: nothing of it is obeyed. What git would follow out of the
repository (links, borrowed objects, a folder of git elsewhere) is told, not followed.
"""

import os
import re
import stat
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from dla_docs.disk.reading import Unreadable, read, read_named
from dla_docs.engines.git import ID
from dla_docs.model.workspace import Workspace

_REFERENCE = re.compile(r"ref: (refs/[^\x00-\x20\x7f~^:?*\[\\]+)")
_WORKTREE = re.compile(r"^[ \t]*worktree[ \t]*=([^\n]*)$", re.M | re.I)
"""Where the settings of a submodule, read as a text, say that its files are."""
_SETTINGS = 1_000_000
"""Bytes of these settings."""
_JUMPS = 5
"""References that name another, one after the other, at most: git follows five too."""
_LINE = 4_096
"""Bytes of a file of one line: a reference, the place of a folder of git."""
_LIST = 64_000_000
"""Bytes of the lists of references and of cuts: a million of them."""
_FILES = 300_000
"""Files of a store of objects: git packs them together by the thousands."""


class Gap(StrEnum):
    """Why some of the history of a workspace could not be looked at."""

    NO_REPOSITORY = "aucun"
    NO_GIT = "git absent"
    BAD_GIT = "git inconnu"
    NO_COMMIT = "aucun commit"
    ELSEWHERE = "ailleurs"
    BORROWED = "emprunté"
    UNKNOWN = "inconnu"
    SHALLOW = "superficiel"
    PARTIAL = "partiel"
    DAMAGED = "abîmé"
    STOPPED = "arrêté"
    TOO_BIG = "démesuré"
    LINKS = "liens"
    NAMES = "noms"
    OTHER_PLACE = "autre place"
    FAILED = "non refait"
    TOO_LONG = "trop long"


class NoHistory(Exception):
    """A workspace whose history cannot be read at all."""

    def __init__(self, gap: Gap) -> None:
        super().__init__(str(gap))
        self.gap = gap


@dataclass(frozen=True)
class Repository:
    """What of a repository is looked at.

    `steps`: the folders that lead from its top to the workspace. `head`: the commit that is checked
    out. `cuts`: the commits whose parents a shallow clone left out. `partial`: whether it was
    cloned without some objects.
    """

    store: Path
    head: str
    steps: tuple[str, ...]
    cuts: frozenset[str]
    partial: bool


def repository_of(workspace: Workspace) -> Repository:
    """The repository that holds a workspace. Raises NoHistory."""
    root = Path(os.path.realpath(workspace.root))
    top, folder, common = _folders(root)
    if (common / "reftable").exists():
        raise NoHistory(Gap.UNKNOWN)
    store = common / "objects"
    partial = False
    for path in _plain_files(store):
        partial = partial or path.endswith(".promisor")
        if path.endswith(("info/alternates", "info\\alternates")):
            raise NoHistory(Gap.BORROWED)
    head = _head(folder, common)
    cuts = frozenset(ID.findall(_text(common / "shallow", common, _LIST)))
    return Repository(store, head, root.relative_to(top).parts, cuts, partial)


def _folders(root: Path) -> tuple[Path, Path, Path]:
    """The top of the repository, its folder of git, and that which all its worktrees share."""
    for top in (root, *root.parents):
        dot = top / ".git"
        if not os.path.lexists(dot):
            continue
        if dot.is_dir() and not dot.is_symlink():
            return top, dot, dot
        # The file of a worktree or of a submodule.
        text = _pointer(dot)
        named = text.removeprefix("gitdir:").strip()
        if not text.startswith("gitdir:") or not named or "\0" in named:
            raise NoHistory(Gap.ELSEWHERE)
        folder = Path(os.path.realpath(top / named))
        if folder.parent.name == "worktrees" and _leads_back(folder, dot):
            return top, folder, folder.parent.parent
        if _is_module(folder, top):
            return top, folder, folder
        raise NoHistory(Gap.ELSEWHERE)
    raise NoHistory(Gap.NO_REPOSITORY)


def _pointer(dot: Path) -> str:
    """What the file `.git` of a worktree says; empty for a link, and for what is no file."""
    try:
        return "" if dot.is_symlink() else os.fsdecode(read_named(dot, _LINE))
    except Unreadable:
        return ""


def _leads_back(folder: Path, dot: Path) -> bool:
    """Whether a worktree is known to its repository: a stranger's file does not make it so."""
    back = _text(folder / "gitdir", folder).strip()
    return bool(back) and "\0" not in back and Path(os.path.realpath(folder / back)) == dot


def _is_module(folder: Path, top: Path) -> bool:
    """Whether a folder is that of a submodule of a repository around it, which knows it so."""
    kept = [parent / ".git" / "modules" for parent in top.parents]
    if not any(place in folder.parents and os.path.realpath(place) == str(place) for place in kept):
        return False
    named = _WORKTREE.findall(_text(folder / "config", folder, _SETTINGS))
    # The last one counts; git quotes a name that has signs of its own.
    back = re.sub(r"\\(.)", r"\1", named[-1].strip().strip('"')) if named else ""
    return bool(back) and "\0" not in back and Path(os.path.realpath(folder / back)) == top


def _head(folder: Path, common: Path) -> str:
    """The commit that is checked out. Raises NoHistory."""
    name = "HEAD"
    for _ in range(_JUMPS):
        text = (_text(folder / name, folder) or _text(common / name, common)).strip()
        if ID.fullmatch(text):
            return text
        if not text:
            packed = _text(common / "packed-refs", common, _LIST)
            found = re.search(rf"^({ID.pattern}) {re.escape(name)}$", packed, re.M)
            if found:
                return found[1]
            raise NoHistory(Gap.NO_COMMIT if name != "HEAD" else Gap.DAMAGED)
        following = _REFERENCE.fullmatch(text)
        if following is None or ".." in following[1]:
            break
        name = following[1]
    raise NoHistory(Gap.DAMAGED)


def _plain_files(folder: Path) -> Iterator[str]:
    """The files of a store, whole paths. Raises NoHistory for a link, a pipe, or far too many."""
    waiting, seen = [str(folder)], 0
    try:
        if not stat.S_ISDIR(os.lstat(folder).st_mode):
            raise NoHistory(Gap.ELSEWHERE)
        while waiting:
            with os.scandir(waiting.pop()) as entries:
                for entry in entries:
                    seen += 1
                    if entry.is_dir(follow_symlinks=False):
                        waiting.append(entry.path)
                    elif not entry.is_file(follow_symlinks=False) or seen > _FILES:
                        raise NoHistory(Gap.ELSEWHERE)
                    else:
                        yield entry.path
    except OSError as error:
        raise NoHistory(Gap.DAMAGED) from error


def _text(path: Path, within: Path, most: int = _LINE) -> str:
    """A file of git, inside a folder; empty where it is not there, or may not be read."""
    try:
        return read(path, (within,), most, hidden=True).decode("utf-8", "surrogateescape")
    except Unreadable:
        return ""
