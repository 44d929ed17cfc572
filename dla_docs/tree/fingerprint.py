"""The `empreinte` of a document: one hash of the data it prints, its templates and the versions.

Two documents with the same empreinte were made from the same facts by the same program, in
whatever format; `dla verify` compares it with what the workspace would produce.
"""

import hashlib
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from dla_docs import __version__
from dla_docs.engines.archives import unpacked
from dla_docs.model.file_formats import FILE_FORMATS
from dla_docs.tree.passes import Tree

MARK = re.compile(rb"dla:([0-9a-f]{64}):([^<>\"'&()\s\x00-\x1f\x7f]{1,250})")
"""How a file holds its empreinte and the name of its document, in any format.

No name holds what XML or PDF would write otherwise: it is found in the bytes of a PDF as it is.
"""
PROPERTIES = 1_000_000
"""Bytes of the part of an archive that holds its properties, at most; ours has 2,000."""


@dataclass(frozen=True)
class Signature:
    """What a file says of its making: its empreinte, and which document it is.

    `label`: as `Document.signed`; in a file made before it, with the folder of the dossier.
    """

    empreinte: str
    label: str

    def mark(self) -> str:
        """The text written in the properties of every format."""
        return f"dla:{self.empreinte}:{self.label}"


def fingerprint(
    tree: Tree, properties: Mapping[str, str], layout: str, engines: Mapping[str, str]
) -> str:
    """The empreinte of a settled document.

    `layout` is the hash of the layout files, `engines` the programs whose change may change the
    document, with their versions.
    """
    images = [hashlib.sha256(image.content).hexdigest() for image in tree.images]
    versions = {"dla": __version__, **engines}
    slices: list[Any] = [tree.blocks, images, dict(properties), layout, versions]
    # One way to write it, whatever the order of keys.
    text = json.dumps(slices, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def signature_in(content: bytes) -> Signature | None:
    """The signature a file holds; None for a file that has none.

    Office files keep it in a part of their archive, PDF and HTML in plain text. Raises ArchiveFault
    for an archive that cannot be read, whatever the bytes are.
    """
    texts = [content]
    if content.startswith(b"PK"):
        own = {format.own_part for format in FILE_FORMATS.values() if format.own_part}
        texts = list(unpacked(content, own, PROPERTIES).values())
    found = next(filter(None, map(MARK.search, texts)), None)
    label = found[2].decode("utf-8", "replace") if found else ""
    # A stranger may have written the mark: no name of ours holds a sign that turns or hides others.
    return Signature(found[1].decode(), label) if found and label.isprintable() else None
