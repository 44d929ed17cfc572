"""Messages made and put in their place: each text and each attachment by the usual flow, once.

plan → make (apart, as any document) → one `.eml` per addressee → the same deposit as documents.
Nothing is sent.
"""

from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path, PurePosixPath

from dla_docs.check.examined import Examined
from dla_docs.check.standing import Choice, State
from dla_docs.disk.reading import Unreadable, read
from dla_docs.load.corpus import Corpus
from dla_docs.load.received import received_path
from dla_docs.messages.eml import Attached, Mail, Mailbox, eml
from dla_docs.messages.plan import Planned
from dla_docs.model.errors import DlaError, EngineError
from dla_docs.model.findings import Finding, Words
from dla_docs.model.values import number
from dla_docs.model.words import enumeration
from dla_docs.produced import Kept, deposit
from dla_docs.workshop import Made, Making, nothing_known

HEAVIEST = 10_000_000
"""Bytes of a message, as it travels: the least that mail boxes in use take (10 Mo). Attachments
weigh a third more there than on the disk."""
_MEGA = 1_000_000

Key = tuple[str, tuple[str, ...]]


@dataclass(frozen=True)
class Written:
    """What became of one message: its file written or kept, or why there is none.

    `unready`: the documents to attach that are not; `faults`: the findings that forbid its own
    text, or that a document breaks once it is made.
    """

    planned: Planned
    path: Path | None = None
    kept: tuple[Kept, ...] = ()
    refused: tuple[Words, ...] = ()
    unready: tuple[Choice, ...] = ()
    faults: tuple[Finding, ...] = ()
    failure: DlaError | None = None

    @property
    def done(self) -> bool:
        """Whether its file is there, as it was just made."""
        return self.path is not None


def write_messages(
    planned: Sequence[Planned],
    examined: Examined,
    output: Path,
    making: Making,
    force: bool = False,
    flat: bool = False,
) -> Iterator[Written]:
    """Each message, one outcome at a time. `flat`: straight in the output folder.

    One that is refused, or fails, writes nothing; the others are written. Raises DiskError.
    """
    made = _made([one for one in planned if one.sound], examined, making)
    for one in planned:
        if not one.sound:
            yield Written(one, None, (), one.refused, one.lacking, one.choice.reasons)
            continue
        yield _written(one, made, examined.corpus, output, force, flat)


def _made(planned: Sequence[Planned], examined: Examined, making: Making) -> dict[Key, Made]:
    """Every text and every document to attach, each made once, whoever it goes to."""
    choices = {_key(p.choice): p.choice for p in planned}
    attached = (c for p in planned for c in p.attached if c.state is State.READY)
    choices |= {_key(choice): choice for choice in attached}
    with closing(making(examined, tuple(choices.values()), (), nothing_known)) as each:
        return dict(zip(choices, each, strict=True))


def _key(choice: Choice) -> Key:
    return choice.document.label, choice.document.type.formats


def _written(
    one: Planned, made: dict[Key, Made], corpus: Corpus, output: Path, force: bool, flat: bool
) -> Written:
    """A message, once its text and all that it attaches are made."""
    results = [made[_key(c)] for c in (one.choice, *one.attached) if _key(c) in made]
    faults = tuple(dict.fromkeys(fault for result in results for fault in result.refused))
    failure = next((result.failure for result in results if result.failure), None)
    if faults or failure:
        return Written(one, faults=faults, failure=failure)
    try:
        files = tuple(f for c in one.attached for f in _files(c, made, corpus))
    except Unreadable as fault:
        hint = "retirez-le du message par --sans et le type de ce document, et donnez-en le lien"
        return Written(one, refused=((str(fault), hint),))
    content = eml(_mail(one, made[_key(one.choice)], files))
    if len(content) > HEAVIEST:
        return Written(one, refused=(_too_heavy(len(content), files),))
    name = PurePosixPath(one.file).name if flat else one.file
    written, kept = deposit({name: content}, output, "", force)
    return Written(one, next(iter(written), None), kept)


def _files(choice: Choice, made: dict[Key, Made], corpus: Corpus) -> Iterator[Attached]:
    """The files of a document to attach; of one that was received, the file that came.

    Raises Unreadable, with the name of the file.
    """
    document = choice.document
    if choice.state is not State.RECEIVED:
        for format, content in made[_key(choice)].files.items():
            yield Attached(f"{document.stem}.{format}", content)
        return
    assert document.type.recu, "a document that was received"
    source, _ = document.locate(document.type.recu)
    name, root = str(document.first(document.type.recu)), corpus.workspace.root
    path = received_path(root, source, name) if source else None
    if path is None:
        raise Unreadable(
            f"le fichier reçu « {name} », à joindre, n’est pas dans l’espace de travail"
        )
    try:
        yield Attached(path.name, read(path, (root,), HEAVIEST))
    except Unreadable as fault:
        raise Unreadable(f"le fichier reçu « {name} », à joindre, {fault}") from fault


def _mail(one: Planned, text: Made, files: tuple[Attached, ...]) -> Mail:
    subject, _, body = text.files[one.document.type.formats[0]].decode().partition("\n\n")
    day = one.day
    if one.sender is None:
        raise EngineError("un message sans personne qui l’écrit", "signalez-le")
    return Mail(one.sender, Mailbox(one.to.name, one.to.email), subject, body, day, files)


def _too_heavy(size: int, files: Sequence[Attached]) -> Words:
    """Why a message is not written: how heavy it is, by what, and what to do."""
    heavy = sorted(files, key=lambda file: -len(file.content))[:3]
    named = enumeration(f"{file.name} ({_mega(len(file.content))})" for file in heavy)
    told = f"le message pèserait {_mega(size)}, plus que les {_mega(HEAVIEST)} que prennent "
    told += f"toutes les boîtes ; le plus lourd : {named}"
    hint = "déposez ce fichier sur un espace partagé, donnez-en le lien dans le message, et "
    return told, f"{hint}relancez avec --sans et le type de ce document"


def _mega(size: int) -> str:
    return f"{number(Decimal(round(10 * size / _MEGA)) / 10)} Mo"
