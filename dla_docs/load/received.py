"""The files received from outside that the data name: a proposition, a report, a signed scan.

A field says so by `x-fichier: recu`. The file is kept beside the data, most often under `recus/`.
"""

import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from dla_docs.disk.reading import Unreadable, is_file, place_of, stamp
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


def received_faults(
    root: Path, source: Source, pointer: Pointer, name: str, rule: str
) -> Iterator[Finding]:
    """An alerte for a received file that is absent or empty: people may keep theirs elsewhere.

    `rule`: that of the field, if it is one. The name is well formed: documents still read it.
    """
    if _ELSEWHERE.match(name) and not re.match(r"[a-z]:", name, re.I):
        return
    path = received_path(root, source, name)
    if path is not None and stamp(path, (root,))[1]:
        return
    fault = f"le fichier {name} {'n’existe pas' if path is None else 'est vide'}"
    place = source.path.rpartition("/")[0].removesuffix("/propositions")
    hint = f"rangez-le sous {place}/, ou donnez son chemin depuis ce dossier"
    found = source.finding(rule or "S-REF", fault, pointer, Severity.ALERTE, hint=hint)
    yield replace(found, condition=True)
