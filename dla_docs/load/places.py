"""Where the files of each kind go, and how a name becomes that of a file."""

import os.path
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import PurePosixPath

from dla_docs.model.paths import Path
from dla_docs.model.schemas import SUFFIX, Kind, Schema
from dla_docs.model.words import folded

_BLANK = re.compile(r"<[^<>]+>")
NAME = re.compile(r"[a-z0-9][a-z0-9-]*")
"""The name of a folder, or of a file among others of its kind: what references may say."""

DATA = "dossiers/"
"""The folder of the data, in a workspace."""

DOSSIER = re.compile(r"[0-9]{4}-[0-9]{3}(-[a-z0-9-]+)?")
"""The folder of a dossier: its number and, most often, a name."""

REFERENCE = len("AAAA-NNN")
"""Length of the number of a dossier, which begins the name of its folder."""

TERRITORY = "territoire"


@dataclass(frozen=True)
class Place:
    """Where files go, under the folder of the data; `<…>` is a name that a person gives.

    `level` is the scope (`portee`) of documents that these files are part of. `kind` is the only
    kind of files there, one for each thing: {name} is any kind of that place elsewhere.
    """

    path: str
    level: str
    kind: str = ""

    @cached_property
    def folder(self) -> re.Pattern[str]:
        """The folder of these files, relative to that of the data."""
        steps = self.path.split("/")[:-1]
        dossier = (DOSSIER.pattern if step == "<AAAA-NNN-nom>" else step for step in steps)
        return re.compile("/".join(_BLANK.sub(NAME.pattern, step) for step in dossier))

    @property
    def depth(self) -> int:
        """How many folders down its files are."""
        return self.path.count("/")


_INGENIERIE = "<AAAA-NNN-nom>/ingenieries/<nom>/"
PLACES = {
    "territoire": Place("{name}.yaml", TERRITORY),
    "dossier": Place("<AAAA-NNN-nom>/{name}.yaml", "dossier"),
    "ingenierie": Place(_INGENIERIE + "{name}.yaml", "ingenierie"),
    "propositions": Place(
        _INGENIERIE + "propositions/<prestataire>.yaml", "ingenierie", "proposition"
    ),
    "activite": Place("activite/<annee>.yaml", TERRITORY, "activite"),
    "comites": Place("comites/<date>.yaml", "comite", "comite"),
    "structures": Place("structures/<nom>.yaml", "structure", "structure"),
    "prestataires": Place("prestataires/<nom>.yaml", "prestataire", "prestataire"),
}
"""Where the files of each `x-emplacement` go: the one table, from which all the rest follows."""

SHELVES = {name: place.kind for name, place in PLACES.items() if place.kind == place.level}
"""Folders that hold one file per thing, and the scope each file is."""

SERIES = {name: place.kind for name, place in PLACES.items() if place.kind and name not in SHELVES}
"""Folders whose files, of one kind, complete the scope that holds them."""

SCHEMAS = PurePosixPath(".dla/schemas")
"""Where a workspace keeps the schemas that editors read; not under git."""

MAX_SLUG = 45
"""Longest name of a file or folder made from a title.

Windows stops at 259 characters, and a workspace may be 69 deep (`C:\\Users\\…\\OneDrive -
Association\\Documents\\dla`): three such names, one in the other, make a path of 185.
"""

MAX_PATH = 200
"""Longest path under a workspace that Windows still opens, wherever people put their workspaces."""

RESERVED = frozenset({"con", "prn", "aux", "nul"}) | {
    f"{port}{rank}" for port in ("com", "lpt") for rank in range(1, 10)
}
"""Names that Windows keeps for its devices, whatever follows their first point."""


def template(kind: Kind) -> str:
    """The path of the files of a kind, from the root, `<…>` for each name that a person gives."""
    return DATA + PLACES[kind.place].path.format(name=kind.name)


def pattern(kind: Kind) -> str:
    """The files of a kind, as editors match them: `dossiers/structures/*.yaml`."""
    return _BLANK.sub("*", template(kind))


def path_of(kind: Kind, *names: str) -> PurePosixPath:
    """The path of one file of a kind, from the root; one name for each `<…>` of its place."""
    path = template(kind)
    for name in names:
        path = _BLANK.sub(name, path, count=1)
    return PurePosixPath(path)


def place_of(relative: str, kinds: Mapping[str, Kind]) -> Kind | None:
    """The kind of a file, from its path under `dossiers/`; None where no schema expects one."""
    folder, _, name = relative.rpartition("/")
    place = folder_of(folder)
    if not place or not name.endswith(".yaml"):
        return None
    if PLACES[place].kind and not NAME.fullmatch(name.removesuffix(".yaml")):
        return None
    kind = kinds.get(PLACES[place].kind or name.removesuffix(".yaml"))
    return kind if kind and kind.place == place else None


def folder_of(folder: str) -> str:
    """The place of the schemas (`x-emplacement`) that a folder under `dossiers/` is."""
    return next((name for name, place in PLACES.items() if place.folder.fullmatch(folder)), "")


def scope_of(relative: str, place: str) -> str:
    """The path of the scope that a placed file belongs to."""
    level = PLACES[place].level
    if level == TERRITORY:
        return TERRITORY
    if place in SHELVES:
        return relative.removesuffix(".yaml")
    return "/".join(relative.split("/")[: PLACES[level].depth])


def field_of(path: Path, kinds: Mapping[str, Kind]) -> Schema | None:
    """The schema of what a path names, whose part is a kind or a folder of files of one kind.

    None where no schema knows it.
    """
    kind = kinds.get(SERIES.get(path.part, path.part))
    return path.of_schema(kind.schema) if kind else None


def shelf_folder(target: str) -> str:
    """The folder whose files or folders a reference names; empty for a list of the territory."""
    if target == "dossiers":
        return DATA
    return f"{DATA}{target}/" if target in SHELVES else ""


def modeline(kind: Kind, path: PurePosixPath) -> str:
    """Where an editor finds the schema of a file of the workspace, from that file."""
    target = SCHEMAS / f"{kind.name}{SUFFIX}"
    return os.path.relpath(target, path.parent).replace(os.sep, "/")


def slug(title: str) -> str:
    """A short name without accent: `Les Jardins du Lien` gives `les-jardins-du-lien`.

    Empty when the title holds no Latin letter or digit.
    """
    words = re.sub(r"[^a-z0-9]+", "-", folded(title)).strip("-")
    if len(words) <= MAX_SLUG:
        return words
    # One word may be longer than that by itself.
    return words[: MAX_SLUG + 1].rpartition("-")[0] or words[:MAX_SLUG]
