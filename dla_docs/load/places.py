"""Where the files of each kind go, and how a name becomes that of a file."""

import os.path
import re
from pathlib import PurePosixPath

from dla_docs.model.schemas import SUFFIX, Kind
from dla_docs.model.words import folded

PLACES = {
    "territoire": "dossiers/{name}.yaml",
    "dossier": "dossiers/<AAAA-NNN-nom>/{name}.yaml",
    "ingenierie": "dossiers/<AAAA-NNN-nom>/ingenieries/<nom>/{name}.yaml",
    "propositions": "dossiers/<AAAA-NNN-nom>/ingenieries/<nom>/propositions/<prestataire>.yaml",
    "activite": "dossiers/activite/<annee>.yaml",
    "comites": "dossiers/comites/<date>.yaml",
    "structures": "dossiers/structures/<nom>.yaml",
    "prestataires": "dossiers/prestataires/<nom>.yaml",
}
"""Where the files of each `x-emplacement` go."""

SCHEMAS = PurePosixPath(".dla/schemas")
"""Where a workspace keeps the schemas that editors read; not under git."""

MAX_SLUG = 60
"""Longest name of a file or folder made from a title, for the path limits of Windows."""

_BLANK = re.compile(r"<[^>]+>")


def pattern(kind: Kind) -> str:
    """The files of a kind, as editors match them: `dossiers/structures/*.yaml`."""
    return _BLANK.sub("*", PLACES[kind.place].format(name=kind.name))


def path_of(kind: Kind, *names: str) -> PurePosixPath:
    """The path of one file of a kind, from the root; one name for each `<…>` of its place."""
    path = PLACES[kind.place].format(name=kind.name)
    for name in names:
        before, _, after = path.partition("<")
        path = before + name + after.partition(">")[2]
    return PurePosixPath(path)


def modeline(kind: Kind, path: PurePosixPath) -> str:
    """Where an editor finds the schema of a file of the workspace, from that file."""
    target = SCHEMAS / f"{kind.name}{SUFFIX}"
    return os.path.relpath(target, path.parent).replace(os.sep, "/")


def slug(title: str) -> str:
    """A short name without accent: `Les Jardins du Lien` gives `les-jardins-du-lien`.

    Empty when the title holds no Latin letter or digit.
    """
    words = re.sub(r"[^a-z0-9]+", "-", folded(title)).strip("-")
    return words if len(words) <= MAX_SLUG else words[: MAX_SLUG + 1].rpartition("-")[0]
