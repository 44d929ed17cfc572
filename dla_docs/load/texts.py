"""The Markdown texts of the data: written in the YAML, or in a file beside it that it names.

What a text holds is checked as the rest of the data is: a document must not be the first to say
that its file is absent or that its image is elsewhere.
"""

from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path
from typing import Any

from dla_docs.load.yaml_reader import ILLEGAL_IN_XML, Source
from dla_docs.model.findings import Finding, Pointer


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


def received(root: Path, source: Source, name: str) -> bool:
    """Whether a file received from outside is there: beside its YAML file, or in a folder above.

    Never out of `root`, the workspace.
    """
    for folder in (root / source.path).parents:
        try:
            path = (folder / name).resolve()
            if path.is_relative_to(root) and path.is_file():
                return True
        except (OSError, RuntimeError, ValueError):
            return False
        if folder == root:
            break
    return False


def text_faults(root: Path, source: Source, pointer: Pointer, data: Any) -> Iterator[Finding]:
    """A finding (S-REF) for a text whose file cannot be used."""
    place = (*pointer, "fichier") if isinstance(data, dict) else pointer
    try:
        markdown_text(root, source, data)
    except TextFault as fault:
        hint = "donnez le chemin d’un fichier Markdown, relatif à ce fichier YAML"
        yield source.finding("S-REF", str(fault), place, hint=hint)
