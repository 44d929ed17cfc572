"""Whether a file is whole, and what it is: what the workspace makes now, or made at some commit.

A file names its document and its empreinte. The document is made again, in the same format: the
same bytes mean that the file is whole; the same empreinte with other bytes, that it was changed by
hand since, or made to look like ours.
"""

import time
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from pathlib import Path

from dla_docs.confined.process import Confined, NotTried, Patience
from dla_docs.disk.reading import Unreadable, read_named
from dla_docs.engines.archives import ArchiveFault
from dla_docs.follow.history import SECONDS, Former, Search
from dla_docs.follow.repository import Gap
from dla_docs.model.errors import EngineError, RequestError
from dla_docs.model.file_formats import FILE_FORMATS
from dla_docs.model.workspace import Workspace
from dla_docs.tree.fingerprint import Signature, signature_in

ONE, LOST = 15.0, 30.0
"""Seconds that a document made again may take, and that those abandoned may take together: with
those of the search, less than a minute."""

MAKE = "dla_docs.follow.remake:make_again"


class Verdict(StrEnum):
    """What a file turns out to be."""

    CURRENT = "a_jour"
    FORMER = "ancien"
    UNKNOWN = "inconnu"


@dataclass(frozen=True)
class Looked:
    """How far the history was looked at: what was not (`gaps`), and how many states were.

    `last`: the last commit that was, and its `day`. `seconds`: how long the search took.
    """

    gaps: frozenset[Gap] = frozenset()
    states: int = 0
    last: str = ""
    day: date | None = None
    seconds: float = SECONDS


@dataclass(frozen=True)
class Verification:
    """The verdict on a file; `commit` made it, that `day`. `altered`: it was changed since.

    `fault`: why the workspace cannot make the document now, if it cannot. `looked`: how far the
    history was searched, when no commit was found. `formats`: those of the document today, when
    it is the one.
    """

    label: str
    format: str
    verdict: Verdict
    commit: str = ""
    day: date | None = None
    altered: bool = False
    fault: str = ""
    looked: Looked = Looked()
    formats: tuple[str, ...] = ()


def verify(path: Path, workspace: Workspace, day: date, seconds: float = SECONDS) -> Verification:
    """Compare a file with what the workspace produces now, then with what each commit did.

    `seconds`: how long the history is searched, at most.

    Raises RequestError for a file that cannot be read or that `dla` did not make.
    """
    content = _content(path)
    signature = _signature(path, content)
    format = path.suffix.lstrip(".").lower()
    if format not in FILE_FORMATS:
        raise RequestError(
            f"{path} n’a pas une extension connue", f"formats de dla : {', '.join(FILE_FORMATS)}"
        )
    start = time.monotonic()
    patience = Patience(ONE, max(LOST, seconds / 2))
    with Confined("dla_docs.follow.remake:bench", patience=patience) as process:
        asked = _Asked(signature, format, day, process)
        again = asked.of(workspace)
        if again.content is not None:
            current = asked.found(Verdict.CURRENT, again.content != content)
            return replace(current, formats=again.formats)
        with Search(workspace, signature.label.partition("/")[0], start + seconds) as search:
            for former in search:
                made = asked.of(former.workspace)
                if made.content is not None:
                    return asked.found(Verdict.FORMER, made.content != content, former)
                if made.gap:
                    search.gaps.add(made.gap)
                if made.gap is Gap.STOPPED:
                    break
    last, when = (search.last.name, search.last.day) if search.last else ("", None)
    spent = min(seconds, time.monotonic() - start)
    looked = Looked(frozenset(search.gaps), search.tried, last, when, spent)
    label = signature.label
    return Verification(label, format, Verdict.UNKNOWN, fault=again.fault, looked=looked)


@dataclass(frozen=True)
class _Again:
    """A file made again: its content, and the formats its document has.

    Or why there is none, in French, and what it leaves unknown. Neither where the document or its
    empreinte is another.
    """

    content: bytes | None = None
    formats: tuple[str, ...] = ()
    fault: str = ""
    gap: Gap | None = None


@dataclass(frozen=True)
class _Asked:
    """A file that is looked for: what it says of itself, and the process that makes it again."""

    signature: Signature
    format: str
    day: date
    process: Confined

    def of(self, workspace: Workspace) -> _Again:
        """The file as a workspace makes it, or why it does not (see `remake.py`)."""
        try:
            with self.process.patience.piece():
                (answer,) = self.process.do(MAKE, self.signature, self.format, workspace, self.day)
        except NotTried as failure:
            return _Again(fault=failure.message, gap=Gap.STOPPED)
        except EngineError as failure:
            return _Again(fault=failure.message, gap=Gap.TOO_LONG)
        if isinstance(answer, tuple):
            return _Again(*answer)
        return _Again(fault=str(answer), gap=Gap.FAILED if answer else None)

    def found(self, verdict: Verdict, altered: bool, former: Former | None = None) -> Verification:
        """The verdict on a file that was made again."""
        commit, day = (former.commit, former.day) if former else ("", None)
        label = self.signature.label
        return Verification(label, self.format, verdict, commit, day, altered)


def _content(path: Path) -> bytes:
    """The bytes of a file. Raises RequestError for what is none, or cannot be read."""
    try:
        return read_named(path)
    except Unreadable as reason:
        raise RequestError(f"{path} {reason}", "donnez un document produit par dla") from reason


def _signature(path: Path, content: bytes) -> Signature:
    """The signature of a file. Raises RequestError where there is none to read."""
    try:
        signature = signature_in(content)
    except ArchiveFault as fault:
        raise RequestError(
            f"{path} ne porte pas d’empreinte que dla puisse lire : {fault}",
            "demandez le fichier tel que dla l’a écrit, sans mot de passe",
        ) from fault
    if signature is None:
        raise RequestError(
            f"{path} ne porte pas d’empreinte : dla ne l’a pas produit, "
            "ou un autre programme l’a récrit",
            "comparez-le à l’œil avec le document que dla render produit",
        )
    return signature
