"""What a received file is: by the empreinte that it bears, else by the titles that it holds."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from dla_docs.check.examined import Examined
from dla_docs.documents.documents import BLANK, Document
from dla_docs.flow import choose
from dla_docs.reading.blocks import Read
from dla_docs.receive.folded import plain
from dla_docs.receive.landmarks import ANCHOR
from dla_docs.select import Request
from dla_docs.tree.fingerprint import MARK

_ENOUGH = 0.6
"""Share of the titles of a type that a file must hold to be one of its forms."""
_REFERENCE = re.compile(r"\b(20\d{2}-\d{3})\b")


class Unknown(Exception):
    """A file that is not told for what it is. The message is why; `hint` is what to do."""

    def __init__(self, message: str, hint: str) -> None:
        super().__init__(message)
        self.message, self.hint = message, hint


@dataclass(frozen=True)
class Known:
    """The blank form that a file was. `sure`: its own empreinte says so.

    `likely`: it holds the titles of the form; else a person alone says what it is.
    """

    document: Document
    sure: bool
    likely: bool = True


def label_of(read: Read) -> str:
    """The name of the document that a file says it is; empty for none."""
    found = MARK.search(read.mark.encode())
    return found[2].decode("utf-8", "replace") if found else ""


def made_for(read: Read, document: Document, who: str) -> str:
    """The other dossier that a file says it was made for, or the other prestataire than `who`.

    Empty where it is this one, or where it says none.
    """
    if document.scope.level == "prestataire" and document.scope.name != who:
        return document.scope.name
    theirs = _REFERENCE.match(label_of(read))
    ours = _REFERENCE.match(document.label)
    other = theirs and ours and theirs[1] != ours[1]
    return f"le dossier {theirs[1]}" if theirs and other else ""


def scope_of(read: Read, asked: str) -> str:
    """The dossier, the mission or the record that a file is about; empty where it says none.

    `asked`: what the person says of it, which wins.
    """
    if asked:
        return asked
    if label := label_of(read):
        return label.rpartition("/")[0]
    references = {found for words in read.words() for found in _REFERENCE.findall(words.text)}
    return next(iter(references)) if len(references) == 1 else ""


def known_form(read: Read, examined: Examined, scope: str, wanted: str) -> Known:
    """The form that a file was, of those of a scope. `wanted`: a type that the person names.

    Raises Unknown, and RequestError for a type or a scope that does not exist.
    """
    types = (wanted,) if wanted else ()
    choices = choose(Request((scope,), types, variant=BLANK), examined)
    forms = [c.document for c in choices if c.document.type.retour is not None]
    for document in forms:
        if _signs(document, read):
            return Known(document, True)
    if wanted and len(forms) == 1:
        return Known(forms[0], False, _share(read, forms[0]) >= _ENOUGH)
    likely = [document for document in forms if _share(read, document) >= _ENOUGH]
    best = max(likely, key=lambda document: _share(read, document), default=None)
    if best is None and wanted and forms:
        raise _several(forms)
    if best is None:
        raise Unknown(
            "ce n’est pas un formulaire de dla, ou il a trop changé pour être reconnu",
            "dites lequel c’était : -d trame-proposition, -d fiche-prestataire…",
        )
    same = [d for d in likely if d.type is best.type]
    if len(same) > 1:
        raise _several(same)
    return Known(best, False)


def _signs(document: Document, read: Read) -> bool:
    """Whether a file says that it is that form.

    A form that is blank by nature is sent as the document itself, as the trame with the call is.
    """
    label, itself = label_of(read), replace(document, variant="")
    return bool(label) and (
        label in (document.signed, document.label)
        or (_is_form(read) and label in (itself.signed, itself.label))
    )


def _is_form(read: Read) -> bool:
    """Whether a file has what is filled in: its fields, or the marks of its labels."""
    marked = (name for words in read.words() for name in words.anchors)
    return bool(read.fields) or any(name.startswith(ANCHOR) for name in marked)


def _several(forms: Sequence[Document]) -> Unknown:
    """What is said where a file may be one of several forms of one type."""
    names = ", ".join(sorted({d.scope.name for d in forms} | {d.key for d in forms if d.key}))
    return Unknown(
        f"plusieurs formulaires de ce genre sont possibles ({names})",
        "dites pour quelle mission : --pour 2026-001/mission",
    )


def _share(read: Read, document: Document) -> float:
    """The share of the titles of a type that a file holds."""
    held = {plain(words.text) for words in read.words()}
    titles = {plain(section.titre) for section in document.type.sections}
    return len(titles & held) / len(titles) if titles else 0.0
