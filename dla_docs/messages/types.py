"""The types of messages: one folder of `templates/_messages/` each, with `message.yaml`."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from dla_docs.disk.listing import names
from dla_docs.disk.reading import is_taken
from dla_docs.documents.types import ITEM
from dla_docs.load.places import field_of
from dla_docs.load.yaml_reader import Source
from dla_docs.model.errors import TemplateError
from dla_docs.model.findings import Pointer
from dla_docs.model.paths import Path, at
from dla_docs.model.schemas import Kind, load_kind
from dla_docs.model.workspace import Workspace
from dla_docs.validate.validate import read_checked

FOLDER, MANIFEST, TEMPLATE = "_messages", "message.yaml", "message.md.j2"
WHO = "{qui}"
"""What a path of a note writes for the record of the addressee."""


@dataclass(frozen=True)
class Piece:
    """What is attached: a type of document, or the forms of the kit; for a lack, or a part."""

    type: str = ""
    kit: bool = False
    formats: tuple[str, ...] = ()
    lack: str = ""
    part: str = ""


@dataclass(frozen=True)
class Note:
    """What tells that a message left: a value at a path, or its day; not if `unless` is that day.

    The path is kept as a text: `{qui}` stands in it for the record of the addressee.
    """

    path: str
    value: str = ""
    unless: Path | None = None


@dataclass(frozen=True)
class Sending:
    """To whom: each element of a list, whose `key` names a record, or who owes one of `lacks`.

    `before`, `after`: the day, of the data, that it comes before (or on), or after. `channel`: what
    says how it leaves. `unless`: what says that nothing is to be written any more, `{qui}` being in
    it for the record of the addressee.
    """

    shelf: str
    audience: tuple[str, ...]
    each: Path | None = None
    key: str = ""
    lacks: tuple[str, ...] = ()
    before: Path | None = None
    after: Path | None = None
    channel: Path | None = None
    unless: str = ""
    pieces: tuple[Piece, ...] = ()
    notes: tuple[Note, ...] = ()


@dataclass(frozen=True)
class MessageType:
    """What `message.yaml` declares; see `schemas/message.schema.json` for each field's meaning."""

    name: str
    title: str
    parts: tuple[str, ...]
    empty: str
    sendings: tuple[Sending, ...]
    sender: Path | None = None
    since: tuple[Path, ...] = ()

    @property
    def template(self) -> str:
        """The folder of its template, as those of documents are named."""
        return f"{FOLDER}/{self.name}"


def message_names(workspace: Workspace) -> tuple[str, ...]:
    """The names of the types of messages, without reading what they are."""
    folders = workspace.template_folders
    places = ((folder / FOLDER, n) for folder in folders for n in names(folder / FOLDER, folders))
    found = {name for place, name in places if is_taken(place / name / MANIFEST)}
    return tuple(sorted(name for name in found if not name.startswith((".", "_"))))


def load_messages(
    workspace: Workspace, kinds: Mapping[str, Kind], types: Collection[str]
) -> dict[str, MessageType]:
    """Every type of message by folder name, a workspace's own before the package's.

    Raises TemplateError, with its place, for a manifest that breaks its schema, names a path that
    no schema of the data knows, or a document that is not of `types`.
    """
    folders = workspace.template_folders
    kind = load_kind("message")
    found: dict[str, MessageType] = {}
    for folder in reversed(folders):
        for name in names(folder / FOLDER, folders):
            path = folder / FOLDER / name / MANIFEST
            if not name.startswith((".", "_")) and is_taken(path):
                source = read_checked(path, kind, workspace.roots)
                found[name] = _Reading(source, kinds, types).message(name)
    return dict(sorted(found.items()))


@dataclass(frozen=True)
class _Reading:
    """A manifest being read, each name of which must lead somewhere."""

    source: Source
    kinds: Mapping[str, Kind]
    types: Collection[str]

    def message(self, name: str) -> MessageType:
        data = self.source.data
        for rank, part in enumerate(data["donnees"]):
            if part not in self.kinds:
                raise self._fault(("donnees", rank), f"« {part} » n’est pas une partie")
        sendings = tuple(self._sending(rank) for rank in range(len(data["envois"])))
        sender = self._path(("de",))
        ranks = range(len(data.get("des", ())))
        since = tuple(path for rank in ranks if (path := self._path(("des", rank))))
        return MessageType(
            name, data["titre"], tuple(data["donnees"]), data["vide"], sendings, sender, since
        )

    def _sending(self, rank: int) -> Sending:
        place: Pointer = ("envois", rank)
        data = at(self.source.data, place)
        if ("chaque" in data) == ("manques" in data):
            raise self._fault(place, "un envoi dit « chaque » ou « manques », l’un des deux")
        each = self._path((*place, "chaque"))
        self._path((*place, "sauf"), each)
        return Sending(
            shelf=data["a"],
            audience=tuple(data["destinataires"]),
            each=each,
            key=data.get("cle", ""),
            lacks=tuple(data.get("manques", ())),
            before=self._path((*place, "avant")),
            after=self._path((*place, "apres")),
            channel=self._path((*place, "canal"), each),
            unless=data.get("sauf", ""),
            pieces=tuple(self._pieces((*place, "pieces"))),
            notes=tuple(self._notes((*place, "note"), each)),
        )

    def _pieces(self, place: Pointer) -> Iterator[Piece]:
        for rank, data in enumerate(at(self.source.data, place) or ()):
            name = data.get("type", "")
            if name not in self.types and not data.get("kit"):
                raise self._fault((*place, rank), f"« {name} » n’est pas un type de document")
            formats = tuple(data.get("formats", ()))
            kit, lack = data.get("kit", False), data.get("pour", "")
            yield Piece(name, kit, formats, lack, data.get("si", ""))

    def _notes(self, place: Pointer, each: Path | None) -> Iterator[Note]:
        for rank, data in enumerate(at(self.source.data, place) or ()):
            self._path((*place, rank, "champ"))
            unless = self._path((*place, rank, "sauf"), each)
            yield Note(data["champ"], data.get("valeur", ""), unless)

    def _path(self, place: Pointer, each: Path | None = None) -> Path | None:
        """The path written at a place; None where none is. `element` is one of `each`."""
        text: Any = at(self.source.data, place)
        if text is None:
            return None
        try:
            path = Path.parse(text.replace(WHO, "qui"))
        except ValueError as error:
            raise self._fault(place, str(error)) from error
        known = each.down(*path.steps) if path.part == ITEM and each else path
        if field_of(known, self.kinds) is None:
            raise self._fault(place, f"« {text} » n’est pas un champ que les schémas connaissent")
        return path

    def _fault(self, pointer: Pointer, message: str) -> TemplateError:
        place = self.source.place(pointer)
        where = f"{self.source.path}:{place.line}:{place.column}"
        return TemplateError(f"{where}: {message}", "corrigez ce manifeste à cet endroit")
