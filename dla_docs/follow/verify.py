"""Whether a file is what the workspace would produce now, or at which commit it was.

A file names its document and its empreinte. The document is made again, in the same format: the
same bytes mean the same file; the same empreinte with other bytes, a file changed by hand since.
"""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from pathlib import Path

from dla_docs.charter.charter import Charter
from dla_docs.documents.documents import BLANK, DRAFT
from dla_docs.engines.pandoc import Pandoc
from dla_docs.flow import choose, examine
from dla_docs.follow.history import History, former_workspaces, history_of
from dla_docs.formats import WRITERS, Engines
from dla_docs.make import settle
from dla_docs.model.errors import Defect, DlaError, RequestError
from dla_docs.model.file_formats import FILE_FORMATS
from dla_docs.model.findings import Refused
from dla_docs.model.workspace import Workspace
from dla_docs.select import Request, State
from dla_docs.tree.fingerprint import Signature, signature_in
from dla_docs.tree.template import Templates


class Verdict(StrEnum):
    """What a file turns out to be."""

    CURRENT = "a_jour"
    FORMER = "ancien"
    UNKNOWN = "inconnu"


@dataclass(frozen=True)
class Verification:
    """The verdict on a file; `commit` made it, `altered` means changed by hand since.

    `history`: how much of it was there to look in, when no commit was found.
    """

    label: str
    verdict: Verdict
    commit: str = ""
    altered: bool = False
    history: History = History.WHOLE


def verify(path: Path, workspace: Workspace, day: date) -> Verification:
    """Compare a file with what the workspace produces now, then with what each commit did.

    Raises RequestError for a file that cannot be read or that `dla` did not make, and Defect.
    """
    content = _content(path)
    signature = signature_in(content)
    if signature is None:
        raise RequestError(f"{path} ne porte pas d’empreinte : dla ne l’a pas produit")
    format = path.suffix.lstrip(".").lower()
    if format not in FILE_FORMATS:
        raise RequestError(
            f"{path} n’a pas une extension connue", f"formats de dla : {', '.join(FILE_FORMATS)}"
        )
    with Pandoc() as pandoc:
        again = _made_again(signature, format, workspace, pandoc, day)
        if again is not None:
            return Verification(signature.label, Verdict.CURRENT, altered=again != content)
        for commit, former in former_workspaces(workspace):
            again = _made_again(signature, format, former, pandoc, day)
            if again is not None:
                altered = again != content
                return Verification(signature.label, Verdict.FORMER, commit, altered)
    return Verification(signature.label, Verdict.UNKNOWN, history=history_of(workspace))


def _content(path: Path) -> bytes:
    """The bytes of a file. Raises RequestError for what is none, or cannot be read."""
    # A pipe or a device would be waited for, or read without end.
    if path.exists() and not path.is_file():
        raise RequestError(f"{path} n’est pas un fichier", "donnez un document produit par dla")
    try:
        return path.read_bytes()
    except OSError as error:
        raise RequestError(f"{path} ne peut pas être lu") from error


def _made_again(
    signature: Signature, format: str, workspace: Workspace, pandoc: Pandoc, day: date
) -> bytes | None:
    """The file as a workspace makes it; None where the document or its empreinte is another."""
    try:
        folder = signature.label.rpartition("/")[0]
        examined = examine(workspace, day, (folder,))
        variant = next((v for v in (BLANK, DRAFT) if signature.label.endswith(f"-{v}")), "")
        choices = choose(Request((folder,), variant=variant), examined)
        engines, templates = Engines(Charter(workspace), pandoc), Templates(workspace)
        for choice in choices:
            if choice.document.label == signature.label and choice.state is State.READY:
                tree, properties = settle(choice.document, examined, templates, engines)
                if properties.mark == signature.mark():
                    return WRITERS[format](tree, properties, engines)
    except Defect:
        raise
    except (DlaError, Refused):
        # A workspace that cannot make the document did not make this file.
        return None
    return None
