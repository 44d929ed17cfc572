"""The scopes that documents live in: each folder of the data, and each record.

Scopes mirror the folders: the territory, each structure, prestataire and comité, each dossier,
each ingénierie of a dossier. A *unit* is what is read and checked at once: a dossier with its
ingénieries, one record, or the territory.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from dla_docs.load.places import REFERENCE, SHELVES, TERRITORY
from dla_docs.load.yaml_reader import Source


@dataclass(frozen=True)
class Scope:
    """Where documents live: a level (`portee`), a name, its files by kind, and what holds it.

    `series` holds the kinds that have a file per thing, by name: the propositions of an ingénierie
    by prestataire, the activité of the territory by year.
    """

    level: str
    name: str
    path: str
    parts: Mapping[str, Source] = field(default_factory=dict)
    parent: "Scope | None" = None
    series: Mapping[str, Mapping[str, Source]] = field(default_factory=dict)

    def part(self, kind: str) -> Source | None:
        """The file of that kind here or in what holds this scope."""
        found = self.parts.get(kind)
        return found if found or not self.parent else self.parent.part(kind)

    def lineage(self) -> Iterator["Scope"]:
        """This scope, then what holds it, up to the territory."""
        yield self
        if self.parent:
            yield from self.parent.lineage()

    def files(self) -> Iterator[Source]:
        """Every file of this scope."""
        yield from self.parts.values()
        for series in self.series.values():
            yield from series.values()

    def holds(self, kind: str) -> bool:
        """Whether this scope has a file of that kind."""
        return kind in self.parts or bool(self.series.get(kind))

    @property
    def reference(self) -> str:
        """The printed reference of a dossier, `AAAA-NNN`; empty outside a dossier."""
        for scope in self.lineage():
            if scope.level == "dossier":
                return scope.name[:REFERENCE]
        return ""

    @property
    def unit(self) -> str:
        """The unit that reads and checks this scope."""
        return self.path.split("/")[0] if self.level == "ingenierie" else self.path


def build_scopes(
    parts: Mapping[str, Mapping[str, Source]],
    series: Mapping[str, Mapping[str, Mapping[str, Source]]],
) -> dict[str, Scope]:
    """The scopes of some paths, parents first, with the files of each by kind."""
    scopes: dict[str, Scope] = {}
    for path in sorted({TERRITORY, *parts}, key=lambda p: (p != TERRITORY, p)):
        scopes[path] = _scope(path, parts.get(path, {}), series.get(path, {}), scopes)
    return scopes


def _scope(
    path: str,
    parts: Mapping[str, Source],
    series: Mapping[str, Mapping[str, Source]],
    known: dict[str, Scope],
) -> Scope:
    territory = known.get(TERRITORY)
    match path.split("/"):
        case ["territoire"]:
            return Scope(TERRITORY, TERRITORY, path, parts, None, series)
        case [shelf, name] if shelf in SHELVES:
            return Scope(SHELVES[shelf], name, path, parts, territory)
        case [dossier, _, name]:
            parent = known.get(dossier) or Scope("dossier", dossier, dossier, {}, territory)
            known.setdefault(dossier, parent)
            return Scope("ingenierie", name, path, parts, parent, series)
    return Scope("dossier", path, path, parts, territory, series)
