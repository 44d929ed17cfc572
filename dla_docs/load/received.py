"""The files received from outside that the data name: a proposition, a report, a signed scan.

A field says so by `x-fichier: recu`. The file is kept beside the data, most often under `recus/`.
"""

import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from dla_docs.disk.reading import Unreadable, head, is_file, place_of, stamp
from dla_docs.load.yaml_reader import Source
from dla_docs.model.findings import Finding, Pointer, Severity
from dla_docs.model.resources import spelt

RECEIVED = "recu"
"""What `x-fichier` says of a field that names such a file; `image` is a logo."""

_ELSEWHERE = re.compile(r"[a-z][a-z0-9+.-]+:", re.I)
"""An address: kept on a shared space, the file is not ours to look for."""


def received_path(root: Path, source: Source, name: str) -> Path | None:
    """Where a received file is; None where it is nowhere under `root`, the workspace.

    `name` starts from the folder of the YAML file that gives it, or from any folder above.
    """
    folder = (root / source.path).parent
    for base in (folder, *folder.parents):
        try:
            path = place_of(spelt(base, name.replace("\\", "/"), root), (root,))
        except Unreadable:
            # One that leads out from here may be inside from a folder above.
            path = root
        if is_file(path, (root,)):
            return path
        if base == root:
            break
    return None


_BEGINNINGS = {
    ".pdf": (b"%PDF-", "un PDF"),
    ".docx": (b"PK", "un document Word"),
    ".odt": (b"PK", "un document LibreOffice"),
    ".pptx": (b"PK", "une présentation PowerPoint"),
}
"""What the content of a file begins with, by its extension, and what that is called."""
_PREAMBLE = 1024
"""Bytes within which a PDF begins (ISO 32000, annex H): some programs write a line before it."""


def _disguised(root: Path, path: Path) -> str:
    """What is wrong with a file that is not what its extension says; empty for any other."""
    sign, called = _BEGINNINGS.get(path.suffix.lower(), (b"", ""))
    if not sign:
        return ""
    try:
        start = head(path, (root,), _PREAMBLE)
    except Unreadable as fault:
        return str(fault)
    there = sign in start if sign == b"%PDF-" else start.startswith(sign)
    return "" if there else f"n’est pas {called}, malgré son nom"


def received_faults(
    root: Path, source: Source, pointer: Pointer, name: str, rule: str
) -> Iterator[Finding]:
    """An alerte for a received file that is absent, empty, or not what its extension says.

    People may keep theirs elsewhere, so that it is no error.

    `rule`: that of the field, if it is one. The name is well formed: documents still read it.
    """
    if _ELSEWHERE.match(name) and not re.match(r"[a-z]:", name, re.I):
        return
    path = received_path(root, source, name)
    place = source.path.rpartition("/")[0].removesuffix("/propositions")
    hint = f"rangez-le sous {place}/, ou donnez son chemin depuis ce dossier"
    if path is None:
        fault = f"le fichier {name} n’existe pas"
    elif not stamp(path, (root,))[1]:
        fault = f"le fichier {name} est vide"
    elif wrong := _disguised(root, path):
        fault = f"le fichier {name} {wrong}"
        hint = "ouvrez-le et enregistrez-le de nouveau, ou redemandez-le à qui l’a envoyé"
    else:
        return
    found = source.finding(rule or "S-REF", fault, pointer, Severity.ALERTE, hint=hint)
    yield replace(found, condition=True)
