"""The file that a form fills, and the element of it: the prestataire, the note, the structure."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import Any

from dla_docs.agenda.addressees import NAMED
from dla_docs.create.asking.closed import Refused
from dla_docs.disk.reading import DATA as MOST
from dla_docs.disk.reading import Unreadable, is_taken
from dla_docs.disk.reading import read as read_data
from dla_docs.documents.documents import Document
from dla_docs.documents.returned import Returned
from dla_docs.load.corpus import Corpus
from dla_docs.load.places import path_of, slug
from dla_docs.load.yaml_reader import Source, parse
from dla_docs.model.errors import DiskError
from dla_docs.model.findings import Pointer
from dla_docs.model.paths import at
from dla_docs.model.schemas import Kind, Schema, field_at
from dla_docs.model.words import folded
from dla_docs.reading.blocks import Read
from dla_docs.receive.answers import Reply
from dla_docs.receive.called import Called, called
from dla_docs.receive.identify import Unknown
from dla_docs.receive.values import read_datum

_PRESTATAIRE, _STRUCTURE = "prestataire", "structure"


@dataclass(frozen=True)
class Target:
    """Where the answers of a form go: a file, and the place in it that it fills.

    `data` is what the file says now, None where it is to be made. `named`: what names the element,
    written with it. `new`: the element is not there yet. `who`: the prestataire or the structure
    that answered, by its name among ours; `sender`, as people say it. `called`: the call that it
    answers.
    """

    kind: Kind
    path: PurePosixPath
    data: Any
    base: Pointer
    schema: Schema
    who: str
    named: Mapping[str, Any]
    new: bool
    sender: str = ""
    called: Called | None = None

    @property
    def folder(self) -> PurePosixPath:
        """The folder that keeps what is received, beside the data."""
        parts = self.path.parts
        holder = PurePosixPath(*parts[:-1])
        return holder.parent if holder.name == "propositions" else holder

    def now(self, place: Pointer) -> Any:
        """What is known at a place of what it fills."""
        return None if self.new else at(self.data, (*self.base, *place))


def target_of(
    document: Document, into: Returned, reply: Reply, read: Read, corpus: Corpus, who: str
) -> Target:
    """The file and the element that a form fills. `who`: what the person says of who answered.

    Raises Unknown where it is not told for whom it is.
    """
    kind = corpus.kinds[into.into]
    sender = who or _sender(document, into, reply, read, corpus)
    path, said = _path(document, kind, sender, corpus), _said(into, sender, corpus)
    data = _data(path, corpus)
    if into.element is None:
        call = called(document, sender, corpus) if kind.name == "proposition" else None
        return Target(kind, path, data, (), kind.schema, sender, {}, False, said, call)
    steps = into.element.pointer
    own = field_at(kind.schema, steps)
    if own.get("type") != "array":
        return Target(kind, path, data, steps, own, sender, {}, False, said)
    value = _named(document, into, reply, own["items"], who)
    rank, new = _element(at(data, steps), into.key, value)
    named = {into.key: value} if into.key and value and into.key not in into.fields else {}
    inner = field_at(own, (0,))
    return Target(kind, path, data, (*steps, rank), inner, sender, named, new, said)


def former_of(path: Path, root: Path) -> bytes | None:
    """The bytes of a data file; None where it is not there. Raises DiskError."""
    if not is_taken(path):
        return None
    try:
        return read_data(path, (root,), MOST)
    except Unreadable as reason:
        raise DiskError(f"{path} {reason}", "vérifiez ce fichier") from reason


def _data(path: PurePosixPath, corpus: Corpus) -> Any:
    """What a file says, whatever is wrong in it.

    The corpus leaves out what its schema refuses: an element that lacks a key would be added again
    each time, and those that follow it would be taken for others.
    """
    root = corpus.workspace.root
    former = former_of(root / str(path), root)
    source = parse(str(path), former) if former is not None else None
    return source.data if isinstance(source, Source) else None


def _path(document: Document, kind: Kind, sender: str, corpus: Corpus) -> PurePosixPath:
    """The path of the file, from the names of the scope and of the sender."""
    scope = document.scope
    if kind.name == _PRESTATAIRE:
        return path_of(kind, sender)
    names = [s.name for s in scope.lineage() if s.level in {"ingenierie", "dossier"}][::-1]
    return path_of(kind, *names, *([sender] if kind.name == "proposition" else []))


def _sender(document: Document, into: Returned, reply: Reply, read: Read, corpus: Corpus) -> str:
    """Who answered, by name: of the scope or of the document, else by what the file says."""
    if into.into == _PRESTATAIRE:
        if document.scope.level == _PRESTATAIRE:
            return document.scope.name
        return _known_by(read, _shelf(corpus, "prestataires")) or _made_up(reply)
    if into.into == "proposition":
        asked = _consulted(document, corpus)
        found = _known_by(read, {name: asked[name] for name in asked})
        if found:
            return found
        names = ", ".join(asked) or "aucun prestataire n’a encore été sollicité"
        raise Unknown(
            f"on ne sait pas qui propose (sollicités : {names})",
            "dites-le : --de nom-du-prestataire ; s’il n’a pas été sollicité, donnez-lui un nom "
            "court, comme --de cabinet-durand",
        )
    return document.key if into.key == _STRUCTURE else ""


def _said(into: Returned, sender: str, corpus: Corpus) -> str:
    """Who answered, as people say it; its short name where nothing is known of it."""
    shelf = "structures" if into.key == _STRUCTURE else "prestataires"
    source = corpus.record(shelf, sender) if sender else None
    return str((at(source.data, (NAMED[shelf],)) if source else None) or sender)


def _made_up(reply: Reply) -> str:
    """The name of the file of a prestataire that nobody knows yet."""
    answer = reply.answers.get("raison_sociale")
    name = slug(answer.text) if answer else ""
    if not name:
        raise Unknown(
            "la fiche ne dit pas de quel prestataire elle est : la raison sociale manque",
            "dites-le : --de nom-du-prestataire",
        )
    return name


def _consulted(document: Document, corpus: Corpus) -> dict[str, Any]:
    """The prestataires that were asked for a proposition, with what is known of each."""
    source = document.scope.part("consultation")
    asked = at(source.data, ("destinataires",)) if source else None
    named = [one.get("prestataire") for one in asked or () if isinstance(one, dict)]
    found = {name: corpus.record("prestataires", name) for name in named if isinstance(name, str)}
    return {name: source.data if source else {} for name, source in found.items()}


def _shelf(corpus: Corpus, shelf: str) -> dict[str, Any]:
    """What is known of every record of a shelf that was read."""
    scopes = [scope for scope in corpus.scopes.values() if scope.path.startswith(f"{shelf}/")]
    found = {scope.name: corpus.record(shelf, scope.name) for scope in scopes}
    return {name: source.data for name, source in found.items() if source}


def _known_by(read: Read, among: Mapping[str, Any]) -> str:
    """The one of some organisations that a file names; empty for none, or for several.

    By its SIRET or its e-mail, which are its own; else by its name.
    """
    said = " ".join([words.text for words in read.words()] + [*map(str, read.fields.values())])
    tight, words = re.sub(r"\s", "", said).lower(), f" {folded(said)} "
    for marks in (_own_marks, _name_marks):
        found = [name for name, data in among.items() if any(marks(data, tight, words))]
        if len(found) == 1:
            return found[0]
    return ""


def _own_marks(data: Any, tight: str, words: str) -> Iterator[bool]:
    known = data if isinstance(data, dict) else {}
    for key in ("siret", "email"):
        value = re.sub(r"\s", "", str(known.get(key) or "")).lower()
        yield bool(value) and value in tight


def _name_marks(data: Any, tight: str, words: str) -> Iterator[bool]:
    known = data if isinstance(data, dict) else {}
    name = folded(str(known.get("raison_sociale") or ""))
    yield bool(name) and f" {name} " in words


def _named(document: Document, into: Returned, reply: Reply, schema: Schema, who: str) -> Any:
    """The value that names the element: the key of the document, or the answer that is it."""
    if into.key in into.fields:
        keys = into.fields[into.key]
        said = next((reply.answers[k].text for k in keys if k in reply.answers), "")
        try:
            read = read_datum(said, field_at(schema, (into.key,)), _no_names)
        except Refused:
            return said
        return read.get((), said)
    if document.key and document.key != document.scope.reference:
        return document.key
    named = [n for n in (document.scope.part("dossier"),) if n]
    structures = at(named[0].data, ("structures",)) if named else None
    ticked = [a.key for a in reply.answers.values() if a.ticked]
    if isinstance(structures, list) and (len(structures) == 1 or who in structures):
        return who if who in structures else structures[0]
    meant = [s for s in structures or () if any(str(s).replace("-", "_") in k for k in ticked)]
    if len(meant) == 1:
        return meant[0]
    raise Unknown(
        "on ne sait pas de quelle structure il s’agit", "dites-le : --de nom-de-la-structure"
    )


def _no_names(target: str) -> Mapping[str, tuple[str, ...]]:
    return {}


def _element(items: Any, key: str, value: Any) -> tuple[int, bool]:
    """The rank of the element of that name, and whether it is to be added.

    Without a name, the one that has none: a note whose day lacks is not added at each reading.
    """
    listed = items if isinstance(items, list) else []
    for rank, item in enumerate(listed):
        if isinstance(item, dict) and key and (item.get(key) or "") == (value or ""):
            return rank, False
    return len(listed), True
