"""Stage 1, load: the YAML files of one unit of a workspace, or of all, each in its place.

The folder listing is the state: a part exists because its file does. A unit is read with what its
rules need and no more: the territory, the records it names, the comités that name it.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property, lru_cache
from pathlib import PurePosixPath
from typing import Any

from dla_docs.disk.reading import DATA as MOST
from dla_docs.disk.reading import Unreadable, read
from dla_docs.load.calculated import completed, plan_of
from dla_docs.load.lines import physical_lines
from dla_docs.load.links import links
from dla_docs.load.listing import Listing, list_workspace
from dla_docs.load.places import DATA, DOSSIER, SERIES, SHELVES, TERRITORY, scope_of
from dla_docs.load.renamed import renamed
from dla_docs.load.scopes import Scope, build_scopes
from dla_docs.load.strays import FOLDER, meant_by, stray_fault
from dla_docs.load.yaml_reader import Source, parse
from dla_docs.model.findings import Finding, Pointer, Severity
from dla_docs.model.likeness import nearest_word
from dla_docs.model.paths import at
from dla_docs.model.schemas import Kind, Schema, field_at
from dla_docs.model.words import plain
from dla_docs.model.workspace import Workspace

__all__ = ["Corpus", "Library", "Scope", "load"]

KEPT = 256
"""How many files that several units read are kept: what a hundred dossiers in a row share."""


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
        scopes = _scopes(self.listing, merged)
        return replace(self, sources=merged, scopes=scopes, refused=refused, misnamed=misnamed)


def load(workspace: Workspace, kinds: Mapping[str, Kind]) -> Corpus:
    """Read every YAML file of the workspace and put it in its scope.

    A file that no schema places is a finding (S-FICHIER), with the nearest known name: nothing in
    the data raises.
    """
    return Library(list_workspace(workspace, kinds)).corpus()


class Library:
    """Reads units one at a time; keeps only what several of them share."""

    def __init__(self, listing: Listing) -> None:
        self.listing = listing
        self._shared = lru_cache(maxsize=KEPT)(self._read)

    def corpus(self, units: Iterable[str] = ()) -> Corpus:
        """Some units, with what their rules need of the others; the whole workspace without any."""
        names = tuple(units)
        if not names:
            sources = {path: self._read(path) for path in self.listing.kind_of}
            return replace(self._corpus(sources, self.listing.units), followed=self.followed)
        own: dict[str, Source] = {}
        around = self._files(TERRITORY)
        for name in dict.fromkeys(names):
            sources = self._files(name)
            own |= sources
            around |= self._around(name, sources)
            if not DOSSIER.fullmatch(name):
                for dossier in self._named(sources, "dossiers"):
                    inside = self._files(dossier, "dossier")
                    around |= {**inside, **self._around(dossier, inside)}
        return self._corpus({**around, **own}, names)

    def _around(self, unit: str, sources: Mapping[str, Source]) -> dict[str, Source]:
        """The records that the files of a unit name, and the comités that name it."""
        around: dict[str, Source] = {}
        for comite in self._comites.get(unit, ()):
            around |= self._files(comite)
        for shelf in ("structures", "prestataires"):
            for record in self._named(sources, shelf):
                around |= self._files(record)
        return around

    def pieces(self, units: Iterable[str] = ()) -> Iterator[Corpus]:
        """One corpus for some units together; without any, one for each unit of the workspace."""
        named = tuple(units)
        yield from [self.corpus(named)] if named else map(self.piece, self.in_order)

    def piece(self, unit: str) -> Corpus:
        """The corpus of one unit."""
        return replace(self.corpus((unit,)), followed=self.followed)

    def apart(self, levels: Iterable[str]) -> Iterator[Corpus]:
        """One corpus for each unit that has scopes of some levels, with the records that it names.

        No comité comes with a dossier, as rules would need it: each file is read about once. A unit
        that has misnamed files comes too: they may be what it should have held.
        """
        strays = map(self.listing.unit_of, self.listing.strays)
        units = (*(scope.unit for scope in self.listing.level(*levels)), *strays)
        for unit in dict.fromkeys(units):
            own = self._files(unit)
            named = (r for s in ("structures", "prestataires") for r in self._named(own, s))
            records = {path: source for r in named for path, source in self._files(r).items()}
            yield self._corpus({**self._files(TERRITORY), **records, **own}, (unit,))

    @cached_property
    def followed(self) -> dict[str, tuple[str, ...]]:
        """The dossiers of each structure, in order: their heads are read once, and not kept."""
        named: dict[str, tuple[str, ...]] = {}
        for scope in self.listing.level("dossier"):
            path = f"{DATA}{scope.path}/dossier.yaml"
            head = self._shared(path).data if path in self.listing.kind_of else None
            listed = at(head, ("structures",))
            for name in dict.fromkeys(n for n in listed or () if isinstance(n, str)):
                named[name] = (*named.get(name, ()), scope.path)
        return named

    def comites_of(self, units: Iterable[str]) -> tuple[str, ...]:
        """The comités that name some dossiers, or may, each once."""
        named = (comite for unit in units for comite in self._comites.get(unit, ()))
        return tuple(dict.fromkeys(named))

    @cached_property
    def in_order(self) -> tuple[str, ...]:
        """Every unit: a comité right after the last dossier it names, still in memory then."""
        last = {comite.path: TERRITORY for comite in self.listing.level("comite")}
        for dossier in sorted(self._comites):
            last |= dict.fromkeys(self._comites[dossier], dossier)
        after: dict[str, list[str]] = {}
        for comite, dossier in last.items():
            after.setdefault(dossier, []).append(comite)
        units = (unit for unit in self.listing.units if not unit.startswith("comites/"))
        return tuple(name for unit in units for name in (unit, *after.get(unit, ())))

    @cached_property
    def _comites(self) -> dict[str, tuple[str, ...]]:
        """The comités that name each dossier: read once, and not kept."""
        named: dict[str, tuple[str, ...]] = {}
        for comite in self.listing.level("comite"):
            sources = self._files(comite.path)
            for dossier in (*self._named(sources, "dossiers"), *self._meant(sources)):
                named[dossier] = (*named.get(dossier, ()), comite.path)
        return named

    def _meant(self, sources: Mapping[str, Source]) -> Iterator[str]:
        """The dossiers that a comité may be about: misspelt there, or all if it is unreadable."""
        dossiers = self.listing.shelf("dossiers")
        for path, source in sources.items():
            if source.data is None:
                yield from (scope.path for scope in self.listing.level("dossier"))
            for _, name in links(source, self.listing.kind_of[path]):
                if name not in dossiers:
                    yield from dossiers.get(nearest_word(name, dossiers), ())

    def _named(self, sources: Mapping[str, Source], shelf: str) -> Iterator[str]:
        """The units of a folder that some files name, each once; unknown names lead nowhere."""
        named = (link for p, s in sources.items() for link in links(s, self.listing.kind_of[p]))
        for name in dict.fromkeys(name for target, name in named if target == shelf):
            yield from self.listing.shelf(shelf).get(name, ())

    def _files(self, unit: str, place: str = "") -> dict[str, Source]:
        """The files of a unit, or those of one place; what several units may read is kept."""
        sources: dict[str, Source] = {}
        for path in self.listing.units.get(unit, ()):
            kind = self.listing.kind_of.get(path)
            if kind and place in {"", kind.place}:
                # Its own dossier alone reads them: kept, they would push out what is shared.
                alone = kind.place in {"ingenierie", "propositions"}
                sources[path] = self._read(path) if alone else self._shared(path)
        return sources

    def _read(self, path: str) -> Source:
        root = self.listing.workspace.root
        try:
            content = read(root / path, (root,), MOST)
        except Unreadable as refused:
            words = (
                f"rien n’est lu ici : ce qui porte ce nom {refused}",
                "remplacez-le par un fichier YAML que vous pouvez lire",
            )
            kind = ("S-FICHIER", Severity.ERREUR)
            fault = Finding(*kind, words[0], path, hint=words[1], public=words)
            return Source(path, None, (fault,))
        of = self.listing.kind_of[path]
        source = renamed(parse(path, content), of)
        data = _filled(source.data, of.schema) if source.gaps else source.data
        whole = completed(data, plan_of(of))
        return source if whole is source.data else replace(source, data=whole)

    def _corpus(self, sources: Mapping[str, Source], own: Iterable[str]) -> Corpus:
        listing, units = self.listing, frozenset(own)
        named = (path for path in listing.strays if listing.unit_of(path) in units)
        strays = [stray_fault(path, listing) for path in reversed([*named])]
        # A folder to rename is told once, at its first file.
        told = {fault.hint if FOLDER in fault.hint else fault.path: fault for fault in strays}
        misplaced = tuple(told.values())
        misplaced += tuple(f for f in listing.misnamed if listing.unit_of(f.path) in units)
        return Corpus(listing, _scopes(listing, sources), sources, units, misplaced)


def _filled(data: Any, schema: Schema) -> Any:
    """Data without the keys left empty, as `dla new` writes them: they read as absent.

    A null stays where the schema says that it means something.
    """
    if isinstance(data, list):
        return [_filled(item, field_at(schema, (0,))) for item in data]
    if not isinstance(data, dict):
        return data
    fields = {key: field_at(schema, (key,)) for key in data}
    return {
        key: _filled(item, fields[key])
        for key, item in data.items()
        if not (item is None and "null" not in fields[key].get("type", ()))
        and not (isinstance(item, str) and not plain(item))
    }


def _scopes(listing: Listing, sources: Mapping[str, Source]) -> dict[str, Scope]:
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
