"""The files received from outside that the data name: a proposition, a report, a signed scan.

A field says so by `x-fichier: recu`. The file is kept beside the data, most often under `recus/`.
"""

import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path, PureWindowsPath

from dla_docs.disk.reading import (
    ABSENT,
    ELSEWHERE,
    HIDDEN,
    LEADS_OUT,
    LOCKED,
    NO_FILE,
    Unreadable,
    exists,
    head,
    is_file,
    is_folder,
    place_of,
    stamp,
)
from dla_docs.load.yaml_reader import Source
from dla_docs.model.findings import Finding, Pointer, Severity
from dla_docs.model.resources import spelt

RECEIVED = "recu"
"""What `x-fichier` says of a field that names such a file; `image` is a logo."""

_ELSEWHERE = re.compile(r"[a-z][a-z0-9+.-]+:", re.I)
"""An address: kept on a shared space, the file is not ours to look for."""

FOLDER = "est un dossier, non un fichier"
EMPTY = "est vide"


def received_path(root: Path, source: Source, name: str) -> Path | None:
    """Where a received file is; None where it is nowhere under `root`, the workspace.

    `name` starts from the folder of the YAML file that gives it, or from any folder above.
    """
    return _found(root, source, name)[0]


def lost(root: Path, source: Source, name: str) -> str:
    """Why there is nothing to open at a received file's name; empty for one that is there.

    An address is not looked for.
    """
    if _ELSEWHERE.match(name) and not PureWindowsPath(name).drive:
        return ""
    path, fault = _found(root, source, name)
    return fault if path is None else "" if stamp(path, (root,))[1] else EMPTY


def _found(root: Path, source: Source, name: str) -> tuple[Path | None, str]:
    """The place of a received file, or why it has none."""
    folder = (root / source.path).parent
    bases = [folder, *(above for above in folder.parents if above.is_relative_to(root))]
    faults = []
    for base in bases:
        try:
            path = place_of(spelt(base, name.replace("\\", "/"), root), (root,))
        except Unreadable as fault:
            faults.append(str(fault))
            continue
        if is_file(path, (root,)):
            return path, ""
        held = FOLDER if is_folder(path, (root,)) else NO_FILE
        faults.append(held if exists(path, (root,)) else ABSENT)
    # A name that leads out from one folder may be inside from another: all are to agree.
    told = [fault for fault in faults if fault not in {ABSENT, ELSEWHERE}]
    drive = PureWindowsPath(name).drive and not Path(name).is_absolute()
    out = drive or ABSENT not in faults
    return None, told[0] if told else ELSEWHERE if out else ABSENT


_BEGINNINGS = {
    ".pdf": (b"%PDF", "un PDF"),
    ".docx": (b"PK", "un document Word"),
    ".odt": (b"PK", "un document LibreOffice"),
    ".pptx": (b"PK", "une présentation PowerPoint"),
    ".html": (b"<!doctype html", "un formulaire enregistré par un navigateur"),
}
"""The files that are awaited: what their content begins with, and what they are called."""
_PREAMBLE = 1024
"""Bytes within which a PDF begins (ISO 32000, annex H): some programs write a line before it."""


_MACROS = frozenset({".docm", ".dotm", ".pptm", ".xlsm"})
_CURES = {
    ABSENT: "rangez-le sous {place}/, ou donnez son chemin depuis ce dossier",
    ELSEWHERE: "copiez-le dans {place}/recus/, et écrivez ici recus/ suivi de son nom",
    LEADS_OUT: "remplacez le lien par le fichier lui-même",
    HIDDEN: "donnez au fichier et à ses dossiers des noms sans point devant",
    FOLDER: "nommez le fichier, non le dossier qui le contient",
    NO_FILE: "remplacez-le par le document reçu",
    EMPTY: "redemandez-le à qui l’a envoyé",
    LOCKED: "rendez le fichier lisible, ou remplacez-le par une copie qui l’est",
    " Mo": "redemandez-le avec des images moins lourdes, ou en PDF",
    "macros": "ne l’ouvrez que si vous en connaissez l’auteur ; redemandez-le en DOCX ou en PDF",
    "format": "redemandez-le en PDF ou en DOCX, ou enregistrez-le ainsi",
    "": "ouvrez-le et enregistrez-le de nouveau, ou redemandez-le à qui l’a envoyé",
}
"""What to do, by words of what is wrong; the first that is found."""


def _unfit(root: Path, path: Path) -> str:
    """What is wrong with a file of a kind that is not awaited, or not what its extension says."""
    suffix = path.suffix.lower()
    if suffix in _MACROS:
        return "peut contenir des macros"
    if suffix not in _BEGINNINGS:
        return "n’est pas dans un format attendu : PDF, DOCX, ODT, PPTX ou HTML"
    sign, called = _BEGINNINGS[suffix]
    try:
        start = head(path, (root,), _PREAMBLE)
    except Unreadable as fault:
        return str(fault)
    if suffix == ".html":
        # Browsers do not all write it in capitals.
        start = start.lstrip().lower()
    there = sign in start if sign == b"%PDF" else start.startswith(sign)
    return "" if there else f"n’est pas {called}, malgré son nom"


def received_faults(
    root: Path, source: Source, pointer: Pointer, name: str, rule: str
) -> Iterator[Finding]:
    """An alerte for a received file that is absent, empty, or not of a kind that is awaited.

    People may keep theirs elsewhere, so that it is no error.

    `rule`: that of the field, if it is one. The name is well formed: documents still read it.
    """
    if _ELSEWHERE.match(name) and not PureWindowsPath(name).drive:
        return
    path = received_path(root, source, name)
    fault = lost(root, source, name) or (_unfit(root, path) if path else "")
    if not fault:
        return
    place = source.path.rpartition("/")[0].removesuffix("/propositions")
    hint = next(cure for words, cure in _CURES.items() if words in fault).format(place=place)
    told = f"{name} {fault}" if fault in {FOLDER, NO_FILE} else f"le fichier {name} {fault}"
    found = source.finding(rule or "S-REF", told, pointer, Severity.ALERTE, hint=hint)
    yield replace(found, condition=True)
