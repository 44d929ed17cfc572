"""The Markdown texts of the data: written in the YAML, or in a file beside it that it names.

What a text holds is checked as the rest of the data is: a document must not be the first to say
that its file is absent or that its image is elsewhere.
"""

import re
from collections.abc import Iterator
from dataclasses import replace
from functools import lru_cache
from io import StringIO
from pathlib import Path
from typing import Any

from dla_docs.disk.reading import ABSENT, NO_FILE, TEXT, Unreadable, place_of, read
from dla_docs.load.text_remarks import Remark, remarks, unformatted
from dla_docs.load.yaml_reader import ILLEGAL_IN_XML, Source
from dla_docs.model.findings import Finding, Pointer
from dla_docs.model.resources import spelt

# A line of « = » alone is a heading in Markdown: these two are none.
_CONFLICT = re.compile(r"^[ \t]*(?:<{7}|>{7}) ", re.M)


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
        path = place_of(spelt(folder, name, root), (root,))
        # The ends of lines of every system are one, as YAML reads them.
        text = StringIO(read(path, (root,), TEXT).decode("utf-8-sig"), None).read()
    except UnicodeDecodeError:
        raise TextFault(f"le fichier {name} n’est pas en UTF-8") from None
    except Unreadable as error:
        reason = ABSENT if str(error) == NO_FILE else error
        raise TextFault(f"le fichier {name} {reason}") from None
    if not text.strip():
        raise TextFault(f"le fichier {name} est vide")
    if _CONFLICT.search(text):
        raise TextFault(f"le fichier {name} contient des marques de conflit de git (« <<<<<<< »)")
    if illegal := ILLEGAL_IN_XML.search(text):
        raise TextFault(
            f"le fichier {name} contient un caractère de commande (U+{ord(illegal[0]):04X})"
        )
    return text, path.parent


# Asked for each text of a file, and again by each document: 256 files, as a corpus keeps.
@lru_cache(maxsize=256)
def _folder_of(root: Path, path: str) -> Path:
    return (root / path).parent


def text_faults(root: Path, source: Source, pointer: Pointer, data: Any) -> Iterator[Finding]:
    """A finding for a text whose file cannot be used, or that will not be printed as typed."""
    place = (*pointer, "fichier") if isinstance(data, dict) else pointer
    try:
        text, _ = markdown_text(root, source, data)
    except TextFault as fault:
        hint = "donnez le chemin d’un fichier Markdown, relatif à ce fichier YAML"
        yield source.finding("S-REF", str(fault), place, hint=hint)
        return
    for remark in remarks(text):
        yield _told(source, pointer, data, text, remark)


def markup_faults(source: Source, pointer: Pointer, text: str) -> Iterator[Finding]:
    """A finding for each comment or tag of HTML, or bold words, in a plain text.

    What is below a key of the user's own (`x-…`) is printed by no document of ours.
    """
    if any(str(step).startswith("x-") for step in pointer):
        return
    for remark in unformatted(text):
        yield _told(source, pointer, text, text, remark)


def _told(source: Source, pointer: Pointer, data: Any, text: str, remark: Remark) -> Finding:
    """A remark as a finding, at its line: that of the YAML, or that of the file it names."""
    if isinstance(data, dict):
        message = f"{data['fichier']}, ligne {remark.line + 1} : {remark.message}"
        place = (*pointer, "fichier")
        return source.finding("S-TEXTE", message, place, remark.severity, remark.hint)
    found = source.finding("S-TEXTE", remark.message, pointer, remark.severity, remark.hint)
    words = text.split("\n")[remark.line].strip()
    last = source.place(pointer).end_line
    line = _line_of(source, (found.line, last), remark.line, words)
    if line == found.line:
        return found
    column = source.lines[line - 1].find(words) + 1
    return replace(found, line=line, column=max(column, 1))


def _line_of(source: Source, span: tuple[int, int], rank: int, words: str) -> int:
    """The line of the YAML where a line of a text is written; its first, where it is not found.

    In a block (`|`) each line has its own; a folded or quoted text is looked through. Only its own
    lines are: a file may hold thousands of texts.
    """
    first, last = span
    exact = first + 1 + rank
    if exact <= len(source.lines) and source.lines[exact - 1].strip() == words:
        return exact
    for line in range(first, min(last, len(source.lines)) + 1):
        if words[:30] and words[:30] in source.lines[line - 1]:
            return line
    return first
