"""The workspace as each commit held it, the latest first, within bounds.

A commit is read object by object and laid out in a folder of ours: nothing of it is a device or a
path that leads out, and a link that does is left out. Its files are then read as those of the
workspace are, by the same code under the same bounds.
"""

import heapq
import re
import time
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime
from types import TracebackType

from dla_docs.disk.reading import is_file, is_folder
from dla_docs.disk.scratch import Scratch
from dla_docs.engines.git import BadGit, GitFault, NoGit, Objects, OutOfTime
from dla_docs.follow.layout import TooBig, lay
from dla_docs.follow.repository import Gap, NoHistory, Repository, repository_of
from dla_docs.follow.trees import Lacking, Trees
from dla_docs.load.places import DATA
from dla_docs.model.workspace import MARKER, Workspace

COMMITS = 20_000
"""Commits looked at, at most: fifty a week make as many in eight years."""
SECONDS = 40.0
"""Seconds of search, at most: a document is made again in one or two, hence some thirty states."""
_COMMIT = 1_000_000
"""Bytes of a commit at most: a message of one megabyte is no message."""
_HEADER = re.compile(
    rb"tree (?P<tree>[0-9a-f]+)\n(?P<parents>(?:parent [0-9a-f]+\n)*)"
    rb"author [^\n]*\ncommitter [^\n>]*+> (?P<seconds>\d{1,11}) [^\n]*\n"
)


@dataclass(frozen=True)
class Commit:
    """A commit: its name, the folder it holds, those it comes from, and when it was made."""

    name: str
    tree: str
    parents: tuple[str, ...]
    seconds: int

    @property
    def day(self) -> date | None:
        """The day it was made; None for one that no calendar has."""
        try:
            return datetime.fromtimestamp(self.seconds, UTC).date()
        except (OverflowError, OSError, ValueError):
            return None


@dataclass(frozen=True)
class Former:
    """The workspace as a commit held it, laid out in a folder that goes with the search."""

    commit: str
    day: date | None
    workspace: Workspace


class Search:
    """The former states of a workspace. Use as a context manager, and iterate once.

    `own`: the dossier that is asked about, by its number or its folder, if any: commits that
    changed it come first. `until`: when it stops, on the clock of `time.monotonic`. `gaps`: what
    was not looked at, known at the end. `last`: the last commit that was.
    """

    def __init__(self, workspace: Workspace, own: str = "", until: float | None = None) -> None:
        self._workspace, self._own = workspace, own
        self._until = time.monotonic() + SECONDS if until is None else until
        self._objects: Objects | None = None
        self.gaps: set[Gap] = set()
        self.last: Commit | None = None
        self.tried = 0

    def __enter__(self) -> "Search":
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if self._objects:
            self._objects.__exit__(kind, error, trace)

    def __iter__(self) -> Iterator[Former]:
        """Each state once, though many commits hold it; it is gone when the next is asked for."""
        try:
            repository = repository_of(self._workspace)
            store, outside = repository.store, self._workspace.root
            self._objects = Objects(store, len(repository.head), self._until, outside)
            yield from self._states(repository, self._objects)
        except NoHistory as none:
            self.gaps.add(none.gap)
        except NoGit:
            self.gaps.add(Gap.NO_GIT)
        except BadGit:
            self.gaps.add(Gap.BAD_GIT)
        except OutOfTime:
            self.gaps.add(Gap.STOPPED)

    def _states(self, repository: Repository, objects: Objects) -> Iterator[Former]:
        """The states, those where the dossier itself changed before the others."""
        trees = Trees(objects, len(repository.head))
        # Two: alone in a workspace, a dossier leaves both sums the same.
        seen: set[bytes] = set()
        near: set[bytes] = set()
        later: list[tuple[Commit, str]] = []
        for commit in self._commits(repository, objects):
            try:
                tree = trees.workspace(commit.tree, repository.steps)
                if not tree:
                    self.gaps.add(Gap.OTHER_PLACE)
                    continue
                state = trees.state(tree, self._own)
            except (Lacking, GitFault):
                self._lack(repository)
                continue
            if state.whole in seen:
                continue
            known = state.near in near
            seen.add(state.whole)
            near.add(state.near)
            if known:
                later.append((commit, tree))
            else:
                yield from self._laid(commit, tree, trees, objects, repository)
        for commit, tree in later:
            yield from self._laid(commit, tree, trees, objects, repository)

    def _laid(
        self, commit: Commit, tree: str, trees: Trees, objects: Objects, repository: Repository
    ) -> Iterator[Former]:
        """One state in a folder, if it can be had and there is time."""
        objects.check()
        with Scratch() as scratch:
            folder = scratch.path
            try:
                left_out = lay(trees, objects, tree, folder)
            except TooBig:
                self.gaps.add(Gap.TOO_BIG)
                return
            except (Lacking, GitFault):
                self._lack(repository)
                return
            self.gaps |= {Gap.LINKS} if left_out.links else set()
            self.gaps |= {Gap.NAMES} if left_out.names else set()
            self.last = commit
            self.tried += 1
            if not is_folder(folder / DATA, (folder,)):
                self.gaps.add(Gap.OTHER_PLACE)
            elif is_file(folder / MARKER, (folder,)):
                yield Former(commit.name, commit.day, Workspace(folder))

    def _commits(self, repository: Repository, objects: Objects) -> Iterator[Commit]:
        """The commits that led to the head, the latest first."""
        known = {repository.head}
        first = _commit(repository.head, objects)
        if first is None:
            raise NoHistory(Gap.PARTIAL if repository.partial else Gap.DAMAGED)
        heap = [(-first.seconds, 0, first)]
        while heap:
            _, _, commit = heapq.heappop(heap)
            yield commit
            if commit.name in repository.cuts:
                self.gaps.add(Gap.SHALLOW)
                continue
            for name in (n for n in commit.parents if n not in known):
                if len(known) >= COMMITS:
                    self.gaps.add(Gap.STOPPED)
                    break
                known.add(name)
                parent = _commit(name, objects)
                if parent is None:
                    self._lack(repository)
                else:
                    # The rank keeps two commits of one second from being compared.
                    heapq.heappush(heap, (-parent.seconds, len(known), parent))

    def _lack(self, repository: Repository) -> None:
        """An object is not there, or git died of it."""
        self.gaps.add(Gap.PARTIAL if repository.partial else Gap.DAMAGED)


def _commit(name: str, objects: Objects) -> Commit | None:
    """A commit; None for one that is missing, or is none."""
    try:
        content = objects.content(name, "commit", _COMMIT)
    except GitFault:
        return None
    header = _HEADER.match(content or b"")
    if header is None:
        return None
    parents = header["parents"].decode().replace("parent ", "").split()
    return Commit(name, header["tree"].decode(), tuple(parents), int(header["seconds"]))
