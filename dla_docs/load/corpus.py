"""Stage 1, load: the YAML files of one unit of a workspace, or of all, each in its place.

The folder listing is the state: a part exists because its file does. A unit is read with what its
rules need and no more: the territory, the records it names, the comités that name it.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import PurePosixPath

from dla_docs.disk.reading import DATA as MOST
from dla_docs.disk.reading import Unreadable, read
from dla_docs.load.lines import physical_lines
from dla_docs.load.links import links
from dla_docs.load.listing import Listing
from dla_docs.load.places import DATA, SERIES, SHELVES, TERRITORY, scope_of
from dla_docs.load.scopes import Scope, build_scopes
from dla_docs.load.strays import meant_by
from dla_docs.load.yaml_reader import Source
from dla_docs.model.findings import Finding, Pointer
from dla_docs.model.paths import at
from dla_docs.model.schemas import Kind
from dla_docs.model.workspace import Workspace


@dataclass(frozen=True)
class Corpus:
    """The files read: `scopes` by path, `sources` by file path.

    `own` names the units it is about; the others are there to be read, and are told in their turn.
    `refused`: what a sound corpus has lost to the schemas, by file (see `refuses`). `misnamed`: the
    files whose name leads nowhere, though what they say is sound. `followed`: the dossiers of each
    structure, in order; empty unless the whole workspace is read.
    """

    listing: Listing
    scopes: Mapping[str, Scope]
    sources: Mapping[str, Source]
    own: frozenset[str]
    misplaced: tuple[Finding, ...] = ()
    refused: Mapping[str, tuple[Pointer, ...]] = field(default_factory=dict)
    misnamed: frozenset[str] = frozenset()
    followed: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    @property
    def workspace(self) -> Workspace:
        """The workspace it comes from."""
        return self.listing.workspace

    @property
    def kinds(self) -> Mapping[str, Kind]:
        """Every kind of data file, by name."""
        return self.listing.kinds

    @property
    def kind_of(self) -> Mapping[str, Kind]:
        """The kind of each file of the workspace, by path."""
        return self.listing.kind_of

    @cached_property
    def links(self) -> dict[str, tuple[tuple[str, str], ...]]:
        """The things that each file names, by path: `("structures", "jardins-du-lien")`."""
        return {path: links(source, self.kind_of[path]) for path, source in self.sources.items()}

    @property
    def territory(self) -> Source:
        """The file `territoire.yaml`."""
        source = self.scopes[TERRITORY].part(TERRITORY)
        return source or Source("dossiers/territoire.yaml", None)

    def owns(self, scope: Scope) -> bool:
        """Whether a scope is of what this corpus is about."""
        return scope.unit in self.own

    def level(self, *levels: str) -> Iterator[Scope]:
        """The scopes of some levels that were read, in order of path."""
        return (s for s in self.scopes.values() if s.level in levels)

    def record(self, shelf: str, name: str) -> Source | None:
        """The file of a structure, prestataire or comité by its slug."""
        scope = self.scopes.get(f"{shelf}/{name}")
        return scope.part(SHELVES[shelf]) if scope else None

    def lines(self, path: str) -> tuple[str, ...]:
        """The lines of a file, read again if it is not of this corpus; none if it cannot be."""
        if path in self.sources:
            return self.sources[path].lines
        if path not in self._read_again:
            # The last one alone: findings are told by file, thousands of them in one at times.
            self._read_again.clear()
            self._read_again[path] = self._lines_of(path)
        return self._read_again[path]

    @cached_property
    def _read_again(self) -> dict[str, tuple[str, ...]]:
        return {}

    def _lines_of(self, path: str) -> tuple[str, ...]:
        root = self.workspace.root
        try:
            content = read(root / path, (root,), MOST) if path in self.kind_of else b""
        except Unreadable:
            content = b""
        return physical_lines(content.decode("utf-8-sig", "replace"))

    def refuses(self, path: str, pointer: Pointer) -> bool:
        """Whether the schemas refuse a datum, what holds it or, where it is absent, what it held.

        What is said of such a datum would tell the same fault once more.
        """
        pointers = self.refused.get(path, ())
        if not pointer and path in self.misnamed:
            return True
        if any(pointer[: len(fault)] == fault for fault in pointers):
            return True
        data = self.sources[path].data if path in self.sources and pointers else None
        if not pointers or at(data, pointer) is not None:
            return False
        # An element of which nothing is sound lacks all that it should hold, and says it already.
        blank = len(pointer) > 1 and not at(data, pointer[:-1])
        inner = pointer[:-1] if blank else pointer
        return any(fault[: len(inner)] == inner for fault in pointers)

    def replacing(self, sources: Mapping[str, Source], faults: Iterable[Finding] = ()) -> "Corpus":
        """The same corpus with other contents for some files, once faults are taken out of it.

        A misnamed file is a fault of the file that it was meant to be, where that one is not there.
        """
        refused: dict[str, tuple[Pointer, ...]] = {}
        told = tuple(faults)
        misnamed = frozenset(f.path for f in told if f.code == "S-REF" and not f.pointer)
        for fault in (f for f in told if f.pointer or f.path not in misnamed):
            refused[fault.path] = (*refused.get(fault.path, ()), fault.pointer)
        units = {self.listing.unit_of(path) for path in self.sources}
        strays = (p for p in self.listing.strays if self.listing.unit_of(p) in units)
        for meant in (meant_by(path, self.listing) for path in strays):
            # A copy beside it makes nothing of the file doubtful.
            if meant not in self.sources:
                refused[meant] = ((),)
        merged = {**self.sources, **sources}
        scopes = scopes_of(self.listing, merged)
        return replace(self, sources=merged, scopes=scopes, refused=refused, misnamed=misnamed)


def scopes_of(listing: Listing, sources: Mapping[str, Source]) -> dict[str, Scope]:
    """The scopes of the files read, parents first."""
    parts: dict[str, dict[str, Source]] = {}
    series: dict[str, dict[str, dict[str, Source]]] = {}
    for path, source in sources.items():
        kind, relative = listing.kind_of[path], path.removeprefix(DATA)
        scope = scope_of(relative, kind.place)
        here = parts.setdefault(scope, {})
        if kind.place in SERIES:
            named = series.setdefault(scope, {}).setdefault(kind.name, {})
            named[PurePosixPath(path).stem] = source
        else:
            here[kind.name] = source
    return build_scopes(parts, series)
