"""A file that no schema expects where it is: the one it was meant to be, and how to rename it."""

from pathlib import PurePosixPath

from dla_docs.load.file_names import double_of
from dla_docs.load.listing import Listing
from dla_docs.load.places import (
    DATA,
    DOSSIER,
    NAME,
    PLACES,
    SHELVES,
    folder_of,
    place_of,
    slug,
)
from dla_docs.model.findings import Finding, Severity
from dla_docs.model.likeness import nearest_word
from dla_docs.model.readings import day


def meant_by(path: str, listing: Listing) -> str:
    """The file that a misplaced one was meant to be, of the nearest name; else its folder."""
    file = PurePosixPath(path)
    here = _expected(PurePosixPath(path.removeprefix(DATA)), listing)[1]
    near = nearest_word(file.name, here)
    return (file.with_name(near) if near else file.parent).as_posix()


def _expected(relative: PurePosixPath, listing: Listing) -> tuple[str, list[str]]:
    """The place that a file is in, and the names that files have there."""
    place = folder_of("" if len(relative.parts) == 1 else relative.parent.as_posix())
    # Where a person names each file, none is expected under the name of its kind.
    named = place and PLACES[place].kind
    kinds = () if named else listing.kinds.values()
    return place, [f"{k.name}.yaml" for k in kinds if k.place == place]


FOLDER = "renommez le dossier"
"""How the advice on a folder begins: all its files have the same."""


def _renamed(relative: PurePosixPath, listing: Listing) -> str:
    """How to rename a file, or the folder that holds it, for a schema to expect it; else empty."""
    folders = [p if NAME.fullmatch(p) else slug(p) for p in relative.parts[:-1]]
    stem = PurePosixPath(relative.name).stem
    dated = day(stem).written if relative.parts[0] == "comites" else ""
    for name in (relative.name, f"{dated or stem}.yaml", f"{slug(stem)}.yaml"):
        right = "/".join((*folders, name))
        here = place_of(right, listing.kinds)
        if here and f"{DATA}{right}" in listing.kind_of:
            return double_of(name)
        if here and name != relative.name:
            return f"renommez-le {name}"
        if here:
            old, new = next(p for p in zip(relative.parts, folders, strict=False) if p[0] != p[1])
            return f"{FOLDER} « {old} » en {new}"
    return ""


def stray_fault(path: str, listing: Listing) -> Finding:
    """What is said of a file that no schema expects: the nearest right name, most often."""
    relative = PurePosixPath(path.removeprefix(DATA))
    place, here = _expected(relative, listing)
    meant = PurePosixPath(meant_by(path, listing)).name
    if renamed := _renamed(relative, listing):
        hint = renamed
    elif meant in here and f"{PurePosixPath(path).parent}/{meant}" in listing.kind_of:
        hint = f"{double_of(meant)} ; nommez-le x-{relative.name} s’il n’est que pour vous"
    elif meant in here:
        hint = f"renommez-le {meant}, ou x-{relative.name} s’il n’est que pour vous"
    elif (
        not place and relative.parts[0] not in SHELVES and not DOSSIER.fullmatch(relative.parts[0])
    ):
        hint = "un dossier se nomme AAAA-NNN-nom, en minuscules sans accent : 2026-001-fournil"
    elif here and place not in SHELVES:
        hint = f"fichiers attendus ici : {', '.join(here)} ; un nom en x-… n’est pas contrôlé"
    else:
        hint = "déplacez-le, ou nommez-le x-… s’il n’est que pour vous"
    message = f"aucun schéma n’attend ce fichier à cet endroit : {relative}"
    words = message, hint
    return Finding("S-FICHIER", Severity.ERREUR, message, path, hint=hint, public=words)
