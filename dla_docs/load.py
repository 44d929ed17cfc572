"""Stage 1, load: the YAML files of a workspace, each in its place.

The folder listing is the state: a part exists because its file does. Scopes mirror the folders:
the territory, each structure, prestataire and comité, each dossier, each ingénierie of a dossier.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from difflib import get_close_matches
from functools import cached_property
from pathlib import Path, PurePosixPath

from dla_docs.findings import Finding, Severity
from dla_docs.schemas import Kind, leaves
from dla_docs.source import Source, parse
from dla_docs.workspace import Workspace

DOSSIER = re.compile(r"[0-9]{4}-[0-9]{3}(-[a-z0-9-]+)?")
SHELVES = {"structures": "structure", "prestataires": "prestataire", "comites": "comite"}
"""Folders that hold one file per thing, and the scope each file is."""


@dataclass(frozen=True)
class Scope:
    """Where documents live: a level (`portee`), a name, its files by kind, and what holds it."""

    level: str
    name: str
    path: str
    parts: Mapping[str, Source] = field(default_factory=dict)
    parent: "Scope | None" = None

    def part(self, kind: str) -> Source | None:
        """The file of that kind here or in what holds this scope."""
        found = self.parts.get(kind)
        return found if found or not self.parent else self.parent.part(kind)

    def lineage(self) -> Iterator["Scope"]:
        """This scope, then what holds it, up to the territory."""
        yield self
        if self.parent:
            yield from self.parent.lineage()

    @property
    def reference(self) -> str:
        """The printed reference of a dossier, `AAAA-NNN`; empty outside a dossier."""
        for scope in self.lineage():
            if scope.level == "dossier":
                return scope.name[:8]
        return ""


@dataclass(frozen=True)
class Corpus:
    """Every file of a workspace: `scopes` by path, `kind_of` by file path."""

    workspace: Workspace
    kinds: Mapping[str, Kind]
    scopes: Mapping[str, Scope]
    sources: Mapping[str, Source]
    kind_of: Mapping[str, Kind]
    misplaced: tuple[Finding, ...] = ()

    @cached_property
    def links(self) -> dict[str, tuple[tuple[str, str], ...]]:
        """The records that each file names, by path: `("structures", "jardins-du-lien")`."""
        return {path: tuple(self._named(source)) for path, source in self.sources.items()}

    def _named(self, source: Source) -> Iterator[tuple[str, str]]:
        for _, data, node in leaves(source.data, self.kind_of[source.path].schema):
            target = node.get("x-reference")
            if target in SHELVES and isinstance(data, str):
                yield target, data

    @property
    def territory(self) -> Source:
        """The file `territoire.yaml`."""
        found = self.scopes["territoire"].part("territoire")
        return found or Source("dossiers/territoire.yaml", None)

    def level(self, *levels: str) -> Iterator[Scope]:
        """The scopes of some levels, in order of path."""
        return (s for s in self.scopes.values() if s.level in levels)

    def record(self, shelf: str, name: str) -> Source | None:
        """The file of a structure or prestataire by its slug."""
        scope = self.scopes.get(f"{shelf}/{name}")
        return scope.part(SHELVES[shelf]) if scope else None

    def replacing(self, sources: Mapping[str, Source]) -> "Corpus":
        """The same corpus with other contents for some files."""
        merged = {**self.sources, **sources}
        scopes: dict[str, Scope] = {}
        for key, scope in self.scopes.items():
            parts = {kind: merged[source.path] for kind, source in scope.parts.items()}
            parent = scopes.get(scope.parent.path) if scope.parent else None
            scopes[key] = replace(scope, parts=parts, parent=parent)
        return replace(self, sources=merged, scopes=scopes)


def load(workspace: Workspace, kinds: Mapping[str, Kind]) -> Corpus:
    """Read every YAML file of the workspace and put it in its scope.

    A file that no schema places is a finding (S-FICHIER), with the nearest known name.
    """
    files = [(path, path.relative_to(workspace.data)) for path in workspace.yaml_files()]
    places = {path: _place(PurePosixPath(relative.as_posix()), kinds) for path, relative in files}
    sources = {path: _read(workspace, path) for path, kind in places.items() if kind}
    scopes = _scopes(workspace, {p: (k, sources[p]) for p, k in places.items() if k})
    return Corpus(
        workspace,
        kinds,
        scopes,
        {source.path: source for source in sources.values()},
        {sources[path].path: kind for path, kind in places.items() if kind},
        tuple(_unknown(workspace, path, kinds) for path, kind in places.items() if not kind),
    )


def _read(workspace: Workspace, path: Path) -> Source:
    relative = workspace.relative(path)
    try:
        # A pipe of that name would be waited for without end.
        if path.is_file():
            return parse(relative, path.read_bytes())
    except OSError:
        pass
    fault = Finding(
        "S-FICHIER",
        Severity.ERREUR,
        "le fichier est illisible : c’est un dossier, un lien rompu, ou l’accès est refusé",
        relative,
        hint="remplacez-le par un fichier YAML que vous pouvez lire",
    )
    return Source(relative, None, (fault,))


def _place(relative: PurePosixPath, kinds: Mapping[str, Kind]) -> Kind | None:
    """The kind of a file, from the folder it is in; None where no schema expects one."""
    place = _folder(relative.parent)
    if relative.suffix != ".yaml" or not place:
        return None
    if place in SHELVES:
        return kinds.get(SHELVES[place])
    kind = kinds.get(relative.stem)
    if place == "activite":
        kind = kinds.get("activite")
    if place == "propositions":
        kind = kinds.get("proposition")
    return kind if kind and kind.place == place else None


def _folder(folder: PurePosixPath) -> str:
    """The place of the schemas (`x-emplacement`) that a folder under `dossiers/` is."""
    match folder.parts:
        case ():
            return "territoire"
        case (("structures" | "prestataires" | "comites" | "activite") as shelf,):
            return str(shelf)
        case (dossier,) if DOSSIER.fullmatch(dossier):
            return "dossier"
        case (dossier, "ingenieries", _) if DOSSIER.fullmatch(dossier):
            return "ingenierie"
        case (dossier, "ingenieries", _, "propositions") if DOSSIER.fullmatch(dossier):
            return "propositions"
    return ""


def _scopes(workspace: Workspace, files: Mapping[Path, tuple[Kind, Source]]) -> dict[str, Scope]:
    """Build the scopes from the files placed, parents first."""
    parts: dict[str, dict[str, Source]] = {"territoire": {}}
    for path, (kind, source) in files.items():
        relative = PurePosixPath(path.relative_to(workspace.data).as_posix())
        holder = relative.parent if kind.place != "propositions" else relative.parent.parent
        if kind.place in SHELVES:
            holder = relative.with_suffix("")
        key = "territoire" if kind.place in {"territoire", "activite"} else holder.as_posix()
        if kind.place not in {"propositions", "activite"}:
            parts.setdefault(key, {})[kind.name] = source
    scopes: dict[str, Scope] = {}
    for key in sorted(parts, key=lambda k: (k != "territoire", k)):
        scopes[key] = _scope(key, parts[key], scopes)
    return scopes


def _scope(key: str, parts: Mapping[str, Source], known: dict[str, Scope]) -> Scope:
    territory = known.get("territoire")
    match PurePosixPath(key).parts:
        case ("territoire",):
            return Scope("territoire", "territoire", key, parts)
        case (shelf, name) if shelf in SHELVES:
            return Scope(SHELVES[shelf], name, key, parts, territory)
        case (dossier, _, name):
            parent = known.get(dossier) or Scope("dossier", dossier, dossier, {}, territory)
            known.setdefault(dossier, parent)
            return Scope("ingenierie", name, key, parts, parent)
    return Scope("dossier", key, key, parts, territory)


def _unknown(workspace: Workspace, path: Path, kinds: Mapping[str, Kind]) -> Finding:
    relative = path.relative_to(workspace.data)
    place = _folder(PurePosixPath(relative.as_posix()).parent)
    here = [f"{k.name}.yaml" for k in kinds.values() if k.place == place]
    near = get_close_matches(path.name, here, n=1)
    if near:
        hint = f"renommez-le {near[0]}, ou x-{path.name} s’il est à vous seul·e"
    elif (
        not place and relative.parts[0] not in SHELVES and not DOSSIER.fullmatch(relative.parts[0])
    ):
        hint = "un dossier se nomme AAAA-NNN-nom, en minuscules sans accent : 2026-001-fournil"
    elif here and place not in SHELVES:
        hint = f"fichiers attendus ici : {', '.join(here)} ; un nom en x-… n’est pas contrôlé"
    else:
        hint = "déplacez-le, ou nommez-le x-… s’il est à vous seul·e"
    return Finding(
        "S-FICHIER",
        Severity.ERREUR,
        f"aucun schéma n’attend ce fichier à cet endroit : {relative.as_posix()}",
        workspace.relative(path),
        hint=hint,
    )
