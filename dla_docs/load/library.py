"""Stage 1, load: units of a workspace read one at a time, or all at once.

A unit is read with what its rules need and no more: the territory, the records it names, the
comités that name it.
"""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import replace
from functools import cached_property, lru_cache, partial
from typing import Any

from dla_docs.disk.reading import DATA as MOST
from dla_docs.disk.reading import Unreadable, read
from dla_docs.load.calculated import completed, plan_of
from dla_docs.load.corpus import Corpus, scopes_of
from dla_docs.load.links import links
from dla_docs.load.listing import Listing, list_workspace
from dla_docs.load.places import DATA, DOSSIER, TERRITORY
from dla_docs.load.renamed import renamed
from dla_docs.load.strays import FOLDER, stray_fault
from dla_docs.load.yaml_reader import Source, parse
from dla_docs.model.findings import Finding, Severity
from dla_docs.model.likeness import nearest_word
from dla_docs.model.paths import at
from dla_docs.model.schemas import Kind, Schema, field_at
from dla_docs.model.words import plain
from dla_docs.model.workspace import Workspace

KEPT = 256
"""How many files that several units read are kept: what a hundred dossiers in a row share."""


def load(workspace: Workspace, kinds: Mapping[str, Kind]) -> Corpus:
    """Read every YAML file of the workspace and put it in its scope.

    A file that no schema places is a finding (S-FICHIER), with the nearest known name: nothing in
    the data raises.
    """
    return Library(list_workspace(workspace, kinds)).corpus()


Names = tuple[str, ...]
Recall = Callable[[str, Callable[[], Names]], Names]
"""The names that a file gives: found by reading it, or known from a time when it was the same."""


def found_again(path: str, find: Callable[[], Names]) -> Names:
    """The names that a file gives, found by reading it."""
    return find()


class Library:
    """Reads units one at a time; keeps only what several of them share."""

    def __init__(self, listing: Listing, recall: Recall = found_again) -> None:
        self.listing, self._recall = listing, recall
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
        for comite in self.comites.get(unit, ()):
            around |= self._files(comite)
        for shelf in ("structures", "prestataires"):
            for record in self._named(sources, shelf):
                around |= self._files(record)
        return around

    def of_kinds(self, names: Collection[str]) -> Corpus:
        """The files of some kinds in the whole workspace, with those of the territory."""
        kinds = self.listing.kind_of.items()
        chosen = [path for path, kind in kinds if kind.name in names]
        sources = {path: self._read(path) for path in chosen}
        return self._corpus({**self._files(TERRITORY), **sources}, self.listing.units)

    def prepare(self) -> None:
        """Read now what any unit may need of all the others: who names whom."""
        _ = self.comites, self.followed

    def pieces(self, units: Iterable[str] = ()) -> Iterator[Corpus]:
        """One corpus for some units together; without any, one for each unit of the workspace."""
        named = tuple(units)
        yield from [self.corpus(named)] if named else map(self.piece, self.in_order)

    def piece(self, unit: str) -> Corpus:
        """The corpus of one unit."""
        return replace(self.corpus((unit,)), followed=self.followed)

    def with_levels(self, levels: Iterable[str]) -> tuple[str, ...]:
        """The units that have scopes of some levels, in order.

        One that has misnamed files comes too: they may be what it should have held.
        """
        strays = map(self.listing.unit_of, self.listing.strays)
        named = (scope.unit for scope in self.listing.level(*levels))
        return tuple(dict.fromkeys((*named, *strays)))

    def apart(self, unit: str) -> Corpus:
        """The corpus of one unit with the records that it names, and no more.

        No comité comes with a dossier, as rules would need it: each file is read about once.
        """
        own = self._files(unit)
        named = (r for s in ("structures", "prestataires") for r in self._named(own, s))
        records = {path: source for r in named for path, source in self._files(r).items()}
        return self._corpus({**self._files(TERRITORY), **records, **own}, (unit,))

    @cached_property
    def followed(self) -> dict[str, tuple[str, ...]]:
        """The dossiers of each structure, in order: their heads are read once, and not kept."""
        named: dict[str, list[str]] = {}
        for scope in self.listing.level("dossier"):
            path = f"{DATA}{scope.path}/dossier.yaml"
            if path in self.listing.kind_of:
                for name in self._recall(path, partial(self._followed_by, path)):
                    named.setdefault(name, []).append(scope.path)
        return {name: tuple(dossiers) for name, dossiers in named.items()}

    def _followed_by(self, path: str) -> Names:
        """The structures that the head of a dossier names."""
        listed = at(self._shared(path).data, ("structures",))
        named = listed if isinstance(listed, list) else ()
        return tuple(dict.fromkeys(name for name in named if isinstance(name, str)))

    def comites_of(self, units: Iterable[str]) -> tuple[str, ...]:
        """The comités that name some dossiers, or may, each once."""
        named = (comite for unit in units for comite in self.comites.get(unit, ()))
        return tuple(dict.fromkeys(named))

    @cached_property
    def in_order(self) -> tuple[str, ...]:
        """Every unit: a comité right after the last dossier it names, still in memory then."""
        last = {comite.path: TERRITORY for comite in self.listing.level("comite")}
        for dossier in sorted(self.comites):
            last |= dict.fromkeys(self.comites[dossier], dossier)
        after: dict[str, list[str]] = {}
        for comite, dossier in last.items():
            after.setdefault(dossier, []).append(comite)
        units = (unit for unit in self.listing.units if not unit.startswith("comites/"))
        return tuple(name for unit in units for name in (unit, *after.get(unit, ())))

    @cached_property
    def comites(self) -> dict[str, tuple[str, ...]]:
        """The comités that name each dossier: read once, and not kept."""
        named: dict[str, tuple[str, ...]] = {}
        for comite in self.listing.level("comite"):
            path = f"{DATA}{comite.path}.yaml"
            for dossier in self._recall(path, partial(self._shown_to, comite.path)):
                named[dossier] = (*named.get(dossier, ()), comite.path)
        return named

    def _shown_to(self, comite: str) -> Names:
        """The dossiers that a comité names, or may."""
        sources = self._files(comite)
        return (*self._named(sources, "dossiers"), *self._meant(sources))

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
        return Corpus(listing, scopes_of(listing, sources), sources, units, misplaced)


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
