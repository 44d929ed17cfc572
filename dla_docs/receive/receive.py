"""The whole way of a received file: read, told for what it is, answered, held against the data.

Nothing is written here: `keep.py` writes what a person has seen.
"""

import hashlib
from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field, replace
from datetime import date
from functools import partial
from pathlib import Path

from dla_docs.check.examined import Examined
from dla_docs.check.facts import Facts
from dla_docs.confined.process import Confined
from dla_docs.disk.reading import Unreadable, read_named
from dla_docs.documents.returned import Returned
from dla_docs.documents.types import DocumentType
from dla_docs.flow import examine
from dla_docs.judge.expected import Expected, expected_of
from dla_docs.judge.judge import PROPOSITION, Judgement, is_judged
from dla_docs.load.places import TERRITORY
from dla_docs.load.references import titled
from dla_docs.model.errors import EngineError, RequestError
from dla_docs.model.workspace import Workspace
from dla_docs.reading.blocks import Read
from dla_docs.reading.read import Unread
from dla_docs.receive.answers import Reply, reply_of
from dla_docs.receive.blank import Blank
from dla_docs.receive.checked import decided, points_of, printed_of
from dla_docs.receive.compare import Entry, compared, in_doubt
from dla_docs.receive.given import Answers, answers_of
from dla_docs.receive.identify import Known, Unknown, known_form, made_for, scope_of
from dla_docs.receive.judged import answers_of_judgement, settled
from dla_docs.receive.offered import retained_text
from dla_docs.receive.target import Target, former_of, target_of

READ, BLANK = "dla_docs.reading.read", "dla_docs.receive.blank"
KEPT = 8
"""Dossiers of which what was read is kept, at most: each takes ten megabytes."""
JUDGE = "dla_docs.judge.judge:judged_apart"


@dataclass(frozen=True)
class Asked:
    """What a person says of the files: the scope they are about, their type, who sent them."""

    scope: str = ""
    type: str = ""
    who: str = ""


@dataclass(frozen=True)
class Result:
    """What a file comes to. `failure` and `hint`: why it is not read, and what to do.

    `digest`: the SHA-256 of its bytes. `former`: those of the data file that it was held against,
    None where there is none: one that changes meanwhile is left alone. `judgement`: of one
    that was not written on our form. `scope`: the path of the mission, or of what it is about.
    """

    path: Path
    digest: str = ""
    content: bytes = b""
    failure: str = ""
    hint: str = ""
    type: DocumentType | None = None
    scope: str = ""
    sure: bool = False
    read: Read = field(default_factory=lambda: Read(""))
    reply: Reply = field(default_factory=Reply)
    answers: Answers = field(default_factory=Answers)
    target: Target | None = None
    former: bytes | None = None
    entries: tuple[Entry, ...] = ()
    judgement: Judgement | None = None


def receive(
    paths: Sequence[Path], workspace: Workspace, day: date, asked: Asked
) -> Iterator[Result]:
    """What each file comes to, one at a time; one that is not read stops none.

    Raises RequestError for what is asked and does not exist.
    """
    with ExitStack() as stack:
        reading = stack.enter_context(Confined(f"{READ}:bench"))
        making = stack.enter_context(Confined(f"{BLANK}:bench"))
        desk = _Desk(workspace, day, asked, reading, making)
        for path in paths:
            result = desk.result(path)
            yield result
            if _is_written(result, workspace):
                desk.forget()


def _is_written(result: Result, workspace: Workspace) -> bool:
    """Whether the data that a file was held against changed since: whoever asked wrote them."""
    if result.target is None:
        return False
    root = workspace.root
    return former_of(root / str(result.target.path), root) != result.former


def is_foreign(known: Known, into: Returned) -> bool:
    """Whether a file is judged as a document of another hand, and not read as a form of ours.

    Neither its empreinte nor its titles are ours, a person says what it is, and what such a
    document must hold is known.
    """
    return not (known.sure or known.likely) and into.element is None and is_judged(into.into)


def is_of_another_hand(known: Known, into: Returned, reply: Reply) -> bool:
    """Whether a file that has our titles has not our questions: they are those of the convention.

    A form that lost its empreinte keeps most of its labels, whoever filled it.
    """
    asked = {key for keys in into.fields.values() for key in keys}
    lost = asked & set(reply.lost)
    judged = into.element is None and is_judged(into.into)
    return judged and not known.sure and 2 * len(lost) >= max(len(asked), 1)


def _unknown(target: Target, facts: Facts) -> Iterator[str]:
    """What is said of a prestataire who proposes, and whom nobody knows or asked."""
    if target.kind.name != PROPOSITION:
        return
    if not facts.record("prestataires", target.who):
        yield (
            f"« {target.who} » n’a pas encore de fiche : faites-la, "
            f"dla new prestataire {target.who}, ou lisez la sienne avec dla receive"
        )
    asked = facts.value("consultation.destinataires", ()) or ()
    if target.who not in [one.get("prestataire") for one in asked if isinstance(one, dict)]:
        yield f"« {target.who} » n’est pas parmi les prestataires sollicités"


def _prestataires(examined: Examined) -> tuple[str, ...]:
    """The prestataires of a workspace, read or not."""
    scopes = examined.corpus.listing.scopes
    return tuple(path for path in scopes if path.startswith("prestataires/"))


class _Desk:
    """Where files are received: two processes, one that reads them, one that makes the forms."""

    def __init__(
        self, workspace: Workspace, day: date, asked: Asked, reading: Confined, making: Confined
    ) -> None:
        self._workspace, self._day, self._asked = workspace, day, asked
        self._reading, self._making = reading, making
        # Several files of a dossier wait for one reading of it, and for one form of each kind.
        self._examined: dict[tuple[str, ...], Examined] = {}
        self._blanks: dict[tuple[str, str, str], Blank] = {}

    def forget(self) -> None:
        """Read and make everything again: the data changed."""
        self._examined.clear()
        self._blanks.clear()

    def _examine(self, *scopes: str) -> Examined:
        """Some scopes, read and checked; those of the last files are kept."""
        if len(self._examined) > KEPT:
            self.forget()
        if scopes not in self._examined:
            self._examined[scopes] = examine(self._workspace, self._day, scopes)
        return self._examined[scopes]

    def result(self, path: Path) -> Result:
        """What a file comes to."""
        try:
            content = read_named(path)
        except Unreadable as reason:
            return Result(path, failure=f"ce fichier {reason}", hint="donnez un fichier reçu")
        digest = hashlib.sha256(content).hexdigest()
        try:
            return self._understood(path, content, digest)
        except (Unread, Unknown) as fault:
            return Result(path, digest, content, fault.message, fault.hint)
        except RequestError as error:
            # What the file itself names is not what a person asked: it stops no other file.
            if self._asked.scope:
                raise
            return Result(path, digest, content, error.message, error.hint)
        except EngineError as failure:
            hint = "demandez-le dans un autre format, ou moins lourd"
            return Result(path, digest, content, failure.message, hint)

    def _understood(self, path: Path, content: bytes, digest: str) -> Result:
        read = self._read(content)
        scope = scope_of(read, self._asked.scope)
        if not scope:
            raise Unknown(
                "le fichier ne dit pas de quel dossier il est",
                "dites-le : --pour 2026-001, ou --pour 2026-001/mission",
            )
        examined = self._examine(scope)
        known = known_form(read, examined, scope, self._asked.type)
        into = known.document.type.retour
        assert into is not None, "a form that is known is one that comes back"
        if known.document.scope.level == TERRITORY:
            # A form that is nobody's: who answered is one of all, or is new.
            examined = self._examine(scope, *_prestataires(examined))
        kind, about = known.document.type, known.document.scope.path
        result = Result(path, digest, content, "", "", kind, about, known.sure, read)
        if is_foreign(known, into):
            target = target_of(
                known.document, into, Reply(), read, examined.corpus, self._asked.who
            )
            return self._judged(result, known, target, examined)
        # A PDF that was printed bears no sign of ours: the labels of Word's form are known.
        printed = read.format == "pdf" and not read.fields
        blank = self._blank(known, "docx" if printed else read.format)
        reply = reply_of(read, blank)
        target = target_of(known.document, into, reply, read, examined.corpus, self._asked.who)
        if is_of_another_hand(known, into, reply):
            return self._judged(result, known, target, examined)
        return self._compared(result, known, (reply, blank, into, target, examined))

    def _judged(self, result: Result, known: Known, target: Target, examined: Examined) -> Result:
        """What a document comes to that nobody wrote on our form."""
        kind = target.kind.name
        facts = Facts(known.document.scope, examined.corpus, self._day)
        expected = expected_of(facts, known.document, kind, target.who)
        if kind != PROPOSITION:
            offer = retained_text(facts, self._workspace.root, self._read)
            expected = replace(expected, offer=offer)
        judgement = self._judgement(result.read, kind, expected)
        answers = answers_of_judgement(judgement, target.schema)
        remarks = (*_unknown(target, facts), *answers.remarks)
        answers = replace(answers, remarks=remarks)
        root = self._workspace.root
        return replace(
            result,
            judgement=judgement,
            answers=answers,
            target=target,
            former=former_of(root / str(target.path), root),
            entries=settled(compared(answers, target)),
        )

    def _judgement(self, read: Read, kind: str, expected: Expected) -> Judgement:
        """What a document shows: what a stranger wrote is judged apart, as it was read."""
        with self._reading.patience.piece():
            (answer,) = self._reading.do(JUDGE, read, kind, expected)
        assert isinstance(answer, Judgement)
        return answer

    def _compared(
        self, result: Result, known: Known, found: tuple[Reply, Blank, Returned, Target, Examined]
    ) -> Result:
        reply, blank, into, target, examined = found
        answers = answers_of(reply, blank, into, target.schema, partial(titled, examined.corpus))
        points = points_of(result.read, reply, blank, into, target.schema, answers.faults)
        shown = printed_of(result.read, blank, into, target.schema)
        answers = replace(answers, values=(*answers.values, *points, *shown))
        entries = decided(compared(answers, target), target)
        if other := made_for(result.read, known.document, target.who):
            entries = in_doubt(entries, f"ce formulaire a été fait pour {other}")
        return replace(
            result,
            reply=reply,
            answers=answers,
            target=target,
            former=former_of(self._workspace.root / str(target.path), self._workspace.root),
            entries=entries,
        )

    def _read(self, content: bytes) -> Read:
        with self._reading.patience.piece():
            (answer,) = self._reading.do(f"{READ}:read_apart", content)
        if isinstance(answer, Unread):
            raise answer
        assert isinstance(answer, Read)
        return answer

    def _blank(self, known: Known, format: str) -> Blank:
        document = known.document
        key = (document.folder, document.label, format)
        if key in self._blanks:
            return self._blanks[key]
        given = (self._workspace, self._day, document.folder, document.label, format)
        with self._making.patience.piece():
            (answer,) = self._making.do(f"{BLANK}:make_blank", *given)
        if isinstance(answer, str):
            raise Unknown(
                f"le formulaire vierge ne peut pas être refait : {answer}",
                "« dla render --vierge » dit pourquoi",
            )
        assert isinstance(answer, Blank)
        self._blanks[key] = answer
        return answer
