"""The `empreinte` of a document: one hash of the data it prints, its templates and the versions.

Two documents with the same empreinte were made from the same facts by the same program, in
whatever format; `dla verify` compares it with what the workspace would produce.
"""

import hashlib
import json
import re
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass
from io import BytesIO
from typing import Any

from dla_docs import __version__
from dla_docs.model.file_formats import FILE_FORMATS
from dla_docs.tree.passes import Tree

MARK = re.compile(r"dla:([0-9a-f]{64}):([^<>\"'&()\s]+)")
"""How a file holds its empreinte and the name of its document, in any format.

No name holds what XML or PDF would write otherwise: it is found in the bytes of a PDF as it is.
"""


@dataclass(frozen=True)
class Signature:
    """What a file says of its making: its empreinte, and which document it is."""

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
    """The signature a file holds; None for a file that `dla` did not make.

    Office files keep it in a part of their archive, PDF and HTML in plain text.
    """
    texts = [content]
    if content.startswith(b"PK"):
        try:
            with zipfile.ZipFile(BytesIO(content)) as archive:
                own = {format.own_part for format in FILE_FORMATS.values()}
                parts = [name for name in archive.namelist() if name in own]
                texts = [archive.read(name) for name in parts]
        except zipfile.BadZipFile:
            return None
    for text in texts:
        if mark := MARK.search(text.decode("utf-8", "ignore")):
            return Signature(mark[1], mark[2])
    return None
