"""The Markdown texts of the data: written in the YAML, or in a file beside it that it names.

What a text holds is checked as the rest of the data is: a document must not be the first to say
that its file is absent or that its image is elsewhere.
"""

import re
from collections.abc import Iterator
from functools import lru_cache, partial
from pathlib import Path
from typing import Any

from dla_docs.engines.images import ImageFault, read_image
from dla_docs.load.yaml_reader import ILLEGAL_IN_XML, Source
from dla_docs.model.findings import Finding, Pointer

# Written in place, with `<>` or not; one by reference, `![a][b]`, is seen by `dla render` alone.
_IMAGE = re.compile(r"!\[[^\]]*\]\(\s*(?:<([^>]+)>|([^)\s]+))")


class TextFault(Exception):
    """A text that cannot be used; the message is the French reason."""


def markdown_text(root: Path, source: Source, data: Any) -> tuple[str, Path]:
    """A text and the folder where its images are.

    `data` is what the field holds: the text, or `{fichier: …}`. Raises TextFault for a file that
    is absent, empty, unreadable or out of `root`, the workspace.
    """
    folder = _folder_of(root, source.path)
    if isinstance(data, str):
        return data, folder
    name = str(data["fichier"])
    try:
        path = (folder / name).resolve()
        if not path.is_relative_to(root):
            raise TextFault(f"le fichier {name} est hors de l’espace de travail")
        if not path.is_file():
            raise TextFault(f"le fichier {name} n’existe pas")
        text = path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError:
        raise TextFault(f"le fichier {name} n’est pas en UTF-8") from None
    except (OSError, RuntimeError):
        # RuntimeError: links that lead to one another.
        raise TextFault(f"le fichier {name} est illisible") from None
    if not text.strip():
        raise TextFault(f"le fichier {name} est vide")
    if illegal := ILLEGAL_IN_XML.search(text):
        raise TextFault(
            f"le fichier {name} contient un caractère de commande (U+{ord(illegal[0]):04X})"
        )
    return text, path.parent


# Asked for each text of a file, and again by each document: 256 files, as a corpus keeps.
@lru_cache(maxsize=256)
def _folder_of(root: Path, path: str) -> Path:
    return (root / path).parent


def image_path(root: Path, folder: Path, target: str) -> Path:
    """The file of an image that a text names. Raises ImageFault when it cannot be used."""
    try:
        path = (folder / _plain(target)).resolve()
    except (OSError, RuntimeError, ValueError):
        raise ImageFault("est illisible") from None
    # Two letters at least before the colon: `C:` is a disk, which the second test judges.
    if re.match(r"[a-z][a-z0-9+.-]+:", target, re.I) or not path.is_relative_to(root):
        raise ImageFault("est hors de l’espace de travail")
    return path


class Images:
    """The images that a workspace names, each looked at once: the life of this object is a run.

    Every document owes the same few logos, and finding where a path leads costs ten system calls.
    """

    def __init__(self, root: Path) -> None:
        self._look = lru_cache(maxsize=256)(partial(_looked_at, root))

    def ratio(self, folder: Path, target: str) -> float:
        """Width over height of an image. Raises ImageFault when it cannot be used."""
        ratio, reason = self._look(folder, target)
        if reason:
            raise ImageFault(reason)
        return ratio


def _looked_at(root: Path, folder: Path, target: str) -> tuple[float, str]:
    """The ratio of an image, or why it cannot be used: not its bytes, which would be kept."""
    try:
        return read_image(image_path(root, folder, target)).ratio, ""
    except ImageFault as fault:
        return 0.0, str(fault)


def _plain(target: str) -> str:
    """An address as a file name: `mon%20image.svg` is what pandoc makes of a space."""
    decoded = re.sub(rb"%([0-9A-Fa-f]{2})", lambda m: bytes([int(m[1], 16)]), target.encode())
    return decoded.decode("utf-8", "replace")


def text_faults(root: Path, source: Source, pointer: Pointer, data: Any) -> Iterator[Finding]:
    """A finding for a text whose file, or one of whose images, cannot be used."""
    place = (*pointer, "fichier") if isinstance(data, dict) else pointer
    try:
        text, folder = markdown_text(root, source, data)
    except TextFault as fault:
        hint = "donnez le chemin d’un fichier Markdown, relatif à ce fichier YAML"
        yield source.finding("S-REF", str(fault), place, hint=hint)
        return
    for bracketed, bare in _IMAGE.findall(text):
        target = bracketed or bare
        try:
            read_image(image_path(root, folder, target))
        except ImageFault as fault:
            hint = "mettez l’image à côté du texte, dans l’espace de travail"
            yield source.finding("S-REF", f"l’image « {target} » {fault}", place, hint=hint)
