"""Which messages a request means: to whom, from whom, with which documents; or why not.

Nothing is made here: a message that cannot be written is told before anything is rendered.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date

from dla_docs.agenda.addressees import Addressee, addressee, file_of
from dla_docs.agenda.deadlines import amended_facts
from dla_docs.agenda.lacking import Lack, lacking
from dla_docs.check.examined import Examined
from dla_docs.check.facts import Facts, french
from dla_docs.check.standing import Choice, State, blocking
from dla_docs.documents.documents import Document, folder_of
from dla_docs.documents.types import ITEM, LETTER, DocumentType
from dla_docs.flow import choose_kit
from dla_docs.load.corpus import Corpus
from dla_docs.load.places import TERRITORY
from dla_docs.load.references import position
from dla_docs.load.scopes import Scope
from dla_docs.messages.eml import Mailbox, can_be_written_to
from dla_docs.messages.types import TEMPLATE, WHO, MessageType, Piece, Sending, message_names
from dla_docs.model.errors import RequestError
from dla_docs.model.findings import Pointer, Words
from dla_docs.model.paths import Every, Path, at
from dla_docs.model.words import enumeration

TEXT = "texte"
"""The format of a message: plain text, which no other document is offered in."""
POSTED = "courrier"
FOLDER = "messages"
"""Folder of the messages of a mission, in that of its documents."""


@dataclass(frozen=True)
class Planned:
    """One message to come: its text as a document, who it is from and to, what goes with it.

    `refused`: why it cannot be written, each with what to do; `lacking` are the documents that are
    not ready.
    """

    type: MessageType
    sending: Sending
    day: date
    choice: Choice
    to: Addressee
    sender: Mailbox | None
    attached: tuple[Choice, ...] = ()
    lacks: tuple[Lack, ...] = ()
    lacking: tuple[Choice, ...] = ()
    refused: tuple[Words, ...] = ()

    @property
    def key(self) -> str:
        """The record of the addressee, by its short name."""
        return self.choice.document.key

    @property
    def sound(self) -> bool:
        """Whether nothing forbids it before it is made."""
        return not (self.refused or self.lacking or self.choice.reasons)

    @property
    def lettered(self) -> bool:
        """Whether it attaches a letter, whose day may be what is noted of it."""
        letters = (c.document.type.forme == LETTER for c in self.attached)
        return bool(self.sending.notes) and any(letters)

    @property
    def document(self) -> Document:
        """Its text, as a document."""
        return self.choice.document

    @property
    def file(self) -> str:
        """Its file, relative to the output folder."""
        return message_file(self.document.scope, self.type.name, self.key)


def message_file(scope: Scope, name: str, key: str) -> str:
    """The file of a message of that name about a mission, relative to the output folder."""
    return f"{folder_of(scope)}/{FOLDER}/{name}-{key}.eml"


def message_files(corpus: Corpus) -> Iterator[str]:
    """Every file that messages about the own missions of a corpus may have."""
    names = message_names(corpus.workspace)
    for scope in filter(corpus.owns, corpus.level("ingenierie")):
        keys = {name for f in scope.files() for _, name in corpus.links[f.path]}
        yield from (message_file(scope, name, key) for name in names for key in keys)


def plan(
    kind: MessageType, scope: Scope, examined: Examined, only: str = "", without: Iterable[str] = ()
) -> tuple[Planned, ...]:
    """The messages of a type about a mission, in the order of its data.

    `only`: the record of the one addressee meant; `without`: types of documents not to attach.
    Raises RequestError for what the type needs and is not there, and for a stranger.
    """
    _refuse_absent_parts(kind, scope)
    _refuse_early(kind, scope, examined)
    left = frozenset(without)
    made = [
        _planned(kind, sending, key, place, lacks, scope, examined, left)
        for sending in kind.sendings
        if _in_time(sending, scope, examined.day)
        for key, place, lacks in _addressed(sending, scope, examined)
    ]
    if only and only not in {one.key for one in made}:
        known = enumeration(dict.fromkeys(one.key for one in made), "ou")
        told = f"ce message n’a pas « {only} » pour destinataire"
        raise RequestError(told, f"nommez-en un : {known}" if known else kind.empty)
    return tuple(one for one in made if only in {"", one.key})


def _refuse_absent_parts(kind: MessageType, scope: Scope) -> None:
    for part in kind.parts:
        if scope.part(part) is None:
            where = f"{scope.reference}/{scope.name}"
            told = f"« {kind.title} » : {part}.yaml n’existe pas encore pour {where}"
            raise RequestError(told, f"créez-le : dla new {part} {where}")


def _refuse_early(kind: MessageType, scope: Scope, examined: Examined) -> None:
    """Raise RequestError before the day of the data from which a message means something."""
    facts = amended_facts(Facts(scope, examined.corpus, examined.day))
    dated = ((path, facts.value(str(path))) for path in kind.since)
    path, day = next(((path, day) for path, day in dated if day), (None, ""))
    if path and day > examined.day.isoformat():
        told = f"« {kind.title} » : c’est trop tôt, la date à attendre est le {french(day)}"
        raise RequestError(told, f"elle vient de {path} ; corrigez-la si elle a changé")


def _in_time(sending: Sending, scope: Scope, day: date) -> bool:
    """Whether a sending is of before, or after, the day of the data that it says."""
    for path, before in ((sending.before, True), (sending.after, False)):
        limit = _first(path, scope) if path else None
        if path and not (limit and (str(limit) >= day.isoformat()) == before):
            return False
    return True


def _first(path: Path, scope: Scope) -> object:
    source = scope.part(path.part)
    return path.first(source.data) if source else None


def _addressed(
    sending: Sending, scope: Scope, examined: Examined
) -> Iterator[tuple[str, Pointer, tuple[Lack, ...]]]:
    """The record of each addressee, the place of its element, and what it lacks, each once."""
    if sending.each is None:
        owed: dict[str, list[Lack]] = {}
        for lack in lacking(Facts(scope, examined.corpus, examined.day)):
            if lack.shelf == sending.shelf and lack.code in sending.lacks:
                owed.setdefault(lack.name, []).append(lack)
        yield from ((name, (), tuple(lacks)) for name, lacks in owed.items())
        return
    source, taken = scope.part(sending.each.part), set[str]()
    for place, item in sending.each.of(source.data) if source else ():
        name = at(item, (sending.key,)) if sending.key else item
        if not isinstance(name, str) or _settled(sending, name, place, scope):
            continue
        if name not in taken:
            taken.add(name)
            yield name, place, ()


def _settled(sending: Sending, name: str, place: Pointer, scope: Scope) -> bool:
    """Whether nothing is to be written to an addressee any more."""
    if not sending.unless or sending.each is None:
        return False
    path = Path.parse(sending.unless.replace(WHO, name))
    if path.part == ITEM:
        path = Path(sending.each.part, (*place, *path.steps))
    return _first(path, scope) is not None


def _planned(
    kind: MessageType,
    sending: Sending,
    key: str,
    place: Pointer,
    lacks: tuple[Lack, ...],
    scope: Scope,
    examined: Examined,
    without: frozenset[str],
) -> Planned:
    corpus = examined.corpus
    document = Document(_type_of(kind, sending), scope, place, key)
    reasons = blocking(document, corpus, examined.findings, examined.rules)
    to = addressee(corpus, sending.shelf, key, examined.day)
    sender = _sender(kind, scope, corpus)
    state = State.LACKING if reasons else State.READY
    pieces = [
        choice
        for piece in sending.pieces
        if piece.type not in without and _called_for(piece, lacks, scope)
        for choice in _attached(piece, document, examined)
    ]
    one = Planned(
        kind, sending, examined.day, Choice(document, state, reasons), to, sender, lacks=lacks
    )
    own = {choice.document.type.name for choice in pieces}
    kept = tuple(c for c in pieces if c.state in {State.READY, State.RECEIVED})
    failed = tuple(c for c in pieces if c not in kept)
    absent = [
        p.type
        for p in sending.pieces
        if p.type not in without | own and not p.kit and _called_for(p, lacks, scope)
    ]
    refused = (*_refusals(one, corpus), *(_no_piece(name, to, examined) for name in absent))
    return replace(one, attached=kept, lacking=failed, refused=refused)


def _type_of(kind: MessageType, sending: Sending) -> DocumentType:
    """The text of a message as a type of document: its audience, the list that it never names."""
    each = sending.each
    steps = each.steps if each else ()
    last = max((n for n, s in enumerate(steps) if isinstance(s, Every)), default=0)
    return DocumentType(
        name=kind.template,
        identifiant="–",
        titre=kind.title,
        sujet=Path.parse("ingenierie.intitule"),
        etape="coordination",
        auteur="charge_mission",
        destinataires=sending.audience,
        formats=(TEXT,),
        portee="ingenierie",
        donnees=(*kind.parts, "ingenierie", "dossier", "structure", "prestataire", TERRITORY),
        dates=(),
        sections=(),
        pour_chaque=Path(each.part, steps[:last]) if each else None,
        numerotation="aucune",
        gabarit=TEMPLATE,
    )


def _called_for(piece: Piece, lacks: Iterable[Lack], scope: Scope) -> bool:
    """Whether a piece goes with a message: for what is lacking, and once its part is there."""
    if piece.lack and piece.lack not in {lack.code for lack in lacks}:
        return False
    return not piece.part or scope.part(piece.part) is not None


def _attached(piece: Piece, document: Document, examined: Examined) -> Iterator[Choice]:
    """The documents of a piece: of those made for each addressee, the one of this message."""
    scope, choices = document.scope, examined.choices
    if piece.kit:
        for choice in choose_kit(scope, examined):
            kit = choice.document.type.kit
            if kit and kit.appel:
                yield choice
        return
    homes = {home.path for home in scope.lineage()}
    for choice in choices:
        one = choice.document
        if one.type.name == piece.type and one.scope.path in homes:
            if one.type.pour_chaque and one.begun and one.key != document.key:
                continue
            kind = replace(one.type, formats=piece.formats or one.type.formats)
            yield replace(choice, document=replace(one, type=kind))


def _sender(kind: MessageType, scope: Scope, corpus: Corpus) -> Mailbox | None:
    """Who writes: the person that the type says, else the first who follows the dossier."""
    name = kind.sender and _first(kind.sender, scope)
    name = name or _first(Path.parse("dossier.charges_mission[]"), scope)
    rank = position(corpus, "charges_mission", str(name)) if name else None
    if rank is None:
        return None
    who = at(corpus.territory.data, ("charges_mission", rank))
    written = f"{who.get('prenom', '')} {who.get('nom', '')}".strip()
    return Mailbox(written, str(who.get("email", "")))


def _no_piece(name: str, to: Addressee, examined: Examined) -> Words:
    told = f"« {examined.types[name].titre} », à joindre, n’existe pas pour {to.organisme}"
    return told, f"dla list documents le montre ; pour écrire sans lui : --sans {name}"


def _refusals(one: Planned, corpus: Corpus) -> Iterator[Words]:
    """Why a message cannot be written to an addressee, whatever it says, and what to do."""
    file = file_of(one.sending.shelf, one.key)
    if not one.to.email:
        told = f"{one.to.organisme} n’a pas d’adresse de courriel"
        which = "« email » dans « contact »" if one.to.structure else "« email »"
        yield told, f"écrivez {which}, dans {file}"
    elif not can_be_written_to(one.to.email):
        told = f"l’adresse {one.to.email} ne peut pas recevoir de courriel"
        yield told, f"corrigez-la dans {file}"
    if one.sender is None or not one.sender.address:
        told = "rien ne dit qui écrit : la personne chargée de mission n’a pas d’adresse"
        yield told, "complétez « charges_mission » dans territoire.yaml, puis dans dossier.yaml"
    path = one.sending.channel
    if path and one.document.first(path) == POSTED:
        told = "les données disent que cet envoi part par courrier"
        source, located = one.document.locate(path)
        where = f" dans {source.path} ({located.told})" if source else ""
        yield told, f"pour l’envoyer par courriel, écrivez « email »{where}"
