"""What the folders alone say, before any file is read: the state of a workspace is its listing.

It gives the units to read one by one, the scopes a person may name, and the names that references
lead to, at the cost of a few hundred bytes a dossier.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from dla_docs.load.file_names import disguised_faults, empty_dossiers, leftovers, portable_faults
from dla_docs.load.pictures import Images
from dla_docs.load.places import DATA, DOSSIER, REFERENCE, SHELVES, TERRITORY, place_of, scope_of
from dla_docs.load.scopes import Scope, build_scopes
from dla_docs.model.findings import Finding, Severity
from dla_docs.model.schemas import Kind
from dla_docs.model.workspace import Workspace, is_yaml


@dataclass(frozen=True)
class Listing:
    """The YAML files of a workspace by path, each with its kind; `strays` have none.

    `misnamed`: what names alone tell, of files that are copies or that Windows cannot open.

    `scopes` are without their files. Paths of files are relative to the workspace, those of scopes
    to `dossiers/`.
    """

    workspace: Workspace
    kinds: Mapping[str, Kind]
    kind_of: Mapping[str, Kind]
    strays: tuple[str, ...]
    scopes: Mapping[str, Scope]
    misnamed: tuple[Finding, ...] = ()

    @cached_property
    def units(self) -> dict[str, tuple[str, ...]]:
        """The files of each unit: the territory first, then by path."""
        found: dict[str, list[str]] = {TERRITORY: []}
        for path in (*self.kind_of, *self.strays):
            found.setdefault(self.unit_of(path), []).append(path)
        ranked = sorted(found, key=lambda unit: (unit != TERRITORY, unit))
        return {unit: tuple(found[unit]) for unit in ranked}

    @cached_property
    def images(self) -> Images:
        """The images that the files name."""
        return Images(self.workspace.root)

    def unit_of(self, path: str) -> str:
        """The unit of a file; one that has no place is told with the territory, or its dossier."""
        relative = path.removeprefix(DATA)
        first = relative.split("/")[0]
        if DOSSIER.fullmatch(first) and "/" in relative:
            return first
        shelved = first in SHELVES and path in self.kind_of
        return relative.removesuffix(".yaml") if shelved else TERRITORY

    def level(self, *levels: str) -> Iterator[Scope]:
        """The scopes of some levels, in order of path, without their files."""
        return (s for s in self.scopes.values() if s.level in levels)

    def shelf(self, shelf: str) -> Mapping[str, tuple[str, ...]]:
        """The names a reference to a folder may take, and the scopes each one means.

        A dossier is named by its folder or by its AAAA-NNN, which should mean a single one.
        """
        return self._shelves.get(shelf, {})

    @cached_property
    def _shelves(self) -> dict[str, dict[str, tuple[str, ...]]]:
        found: dict[str, dict[str, tuple[str, ...]]] = {shelf: {} for shelf in SHELVES}
        for shelf, level in SHELVES.items():
            found[shelf] = {scope.name: (scope.path,) for scope in self.level(level)}
        dossiers: dict[str, tuple[str, ...]] = {}
        for scope in self.level("dossier"):
            for name in dict.fromkeys((scope.name[:REFERENCE], scope.name)):
                dossiers[name] = (*dossiers.get(name, ()), scope.path)
        return {**found, "dossiers": dossiers}


def list_workspace(workspace: Workspace, kinds: Mapping[str, Kind]) -> Listing:
    """Walk the folders once; nothing is opened."""
    kind_of: dict[str, Kind] = {}
    strays: list[str] = []
    paths: set[str] = set()
    files = workspace.files()
    unread, copies = leftovers(dict.fromkeys(files))
    for relative in files:
        if not is_yaml(relative) or relative in unread:
            continue
        kind = place_of(relative, kinds)
        if kind is None:
            strays.append(DATA + relative)
            continue
        kind_of[DATA + relative] = kind
        paths.add(scope_of(relative, kind.place))
    scopes = build_scopes({path: {} for path in paths}, {})
    # A file to rename, or to remove, is told so and no more.
    known = {*strays, *(DATA + path for path in unread)}
    kept = [path for path in files if DATA + path not in known]
    named = (*disguised_faults(kept), *portable_faults(kept))
    kept_out = map(_kept_out, workspace.laid.faults.items())
    misnamed = (*copies, *named, *empty_dossiers(workspace.folders(), files), *kept_out)
    return Listing(workspace, kinds, kind_of, tuple(strays), scopes, misnamed)


def _kept_out(fault: tuple[str, str]) -> Finding:
    """What is said of a folder that is not entered, at the path of what it hides."""
    folder, reason = fault
    return Finding(
        "S-FICHIER",
        Severity.ERREUR,
        f"rien n’est lu dans ce dossier, qui {reason}",
        DATA + folder,
        hint="mettez à sa place un vrai dossier que vous pouvez lire, ou nommez-le x-…",
    )
