"""Where files go: the folders of a workspace, and the scopes that documents live in.

Scopes mirror the folders: the territory, each structure, prestataire and comité, each dossier,
each ingénierie of a dossier. A *unit* is what is read and checked at once: a dossier with its
ingénieries, one record, or the territory.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from dla_docs.load.yaml_reader import Source
from dla_docs.model.paths import Path
from dla_docs.model.schemas import Kind, Schema

DOSSIER = re.compile(r"[0-9]{4}-[0-9]{3}(-[a-z0-9-]+)?")
SHELVES = {"structures": "structure", "prestataires": "prestataire", "comites": "comite"}
"""Folders that hold one file per thing, and the scope each file is."""
TERRITORY = "territoire"
REFERENCE = 8
"""Length of `AAAA-NNN`."""
STEPS = (
    "territoire structure prestataire dossier accueil diagnostic parcours comite ingenierie "
    "cahier-des-charges consultation proposition choix convention realisation rapport-final "
    "restitution evaluation reglement suivi activite"
).split()
"""The kinds of files in the order of an accompaniment; a kind of one's own is in none."""
SERIES = {"propositions": "proposition", "activite": "activite"}
"""Folders whose files, of one kind, complete the scope that holds them."""


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


def place_of(relative: str, kinds: Mapping[str, Kind]) -> Kind | None:
    """The kind of a file, from its path under `dossiers/`; None where no schema expects one."""
    folder, _, name = relative.rpartition("/")
    place = folder_of(folder)
    stem, dot, suffix = name.rpartition(".")
    if not place or not dot or suffix != "yaml":
        return None
    if place in SHELVES:
        return kinds.get(SHELVES[place])
    kind = kinds.get(SERIES.get(place, stem))
    return kind if kind and kind.place == place else None


def field_of(path: Path, kinds: Mapping[str, Kind]) -> Schema | None:
    """The schema of what a path names, whose part is a kind or a folder of files of one kind.

    None where no schema knows it.
    """
    kind = kinds.get(SERIES.get(path.part, path.part))
    return path.of_schema(kind.schema) if kind else None


def folder_of(folder: str) -> str:
    """The place of the schemas (`x-emplacement`) that a folder under `dossiers/` is."""
    match folder.split("/") if folder else []:
        case []:
            return TERRITORY
        case [("structures" | "prestataires" | "comites" | "activite") as shelf]:
            return str(shelf)
        case [dossier] if DOSSIER.fullmatch(dossier):
            return "dossier"
        case [dossier, "ingenieries", _] if DOSSIER.fullmatch(dossier):
            return "ingenierie"
        case [dossier, "ingenieries", _, "propositions"] if DOSSIER.fullmatch(dossier):
            return "propositions"
    return ""


def scope_of(relative: str, place: str) -> str:
    """The path of the scope that a placed file belongs to."""
    if place in {TERRITORY, "activite"}:
        return TERRITORY
    if place in SHELVES:
        return relative.removesuffix(".yaml")
    folder = relative.rpartition("/")[0]
    return folder.rpartition("/")[0] if place == "propositions" else folder


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
