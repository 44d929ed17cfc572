"""The kit of a prestataire: which documents of a mission, or of the territory, and which logos.

Types declare themselves in it (`kit:` of their manifest), a workspace's own as those of the
package: nothing here knows any.
"""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from itertools import count
from pathlib import PurePosixPath

from dla_docs.documents.documents import BLANK, Document, documents_of, folder_of
from dla_docs.documents.logos import Logo, logo_fault, owed_logos
from dla_docs.documents.types import DocumentType
from dla_docs.load.corpus import Corpus
from dla_docs.load.places import SHELVES, TERRITORY
from dla_docs.load.scopes import Scope

FOLDER, LOGOS = "kit", "logos"
"""Folder of a kit, in that of the documents of its mission; folder of its logos, in the kit."""


@dataclass(frozen=True)
class Piece:
    """A document of the kit, as its reader is told of it: its files, when it serves, to whom.

    `appel`: whether it is sent with the call to those who may answer it.
    """

    identifiant: str
    titre: str
    fichiers: tuple[str, ...]
    quand: str
    envoi: str
    appel: bool


@dataclass(frozen=True)
class KitLogo:
    """A logo of the kit: its file there, whose it is, its set, and the sentence it goes with.

    `porte`: the picture bears that sentence itself, which needs none beside it.
    """

    fichier: str
    nom: str
    ensemble: str
    mention: str
    porte: bool


@dataclass(frozen=True)
class Kit:
    """What a kit holds, as templates read it; all that any kit may, where there is no mission."""

    pieces: tuple[Piece, ...]
    logos: tuple[KitLogo, ...]


def kit_folder(scope: Scope) -> str:
    """The folder of the kit of a mission or of the territory, in the output folder."""
    return f"{folder_of(scope)}/{FOLDER}"


def kit_documents(
    scope: Scope, corpus: Corpus, types: Mapping[str, DocumentType]
) -> Iterator[Document]:
    """The documents of the kit of a mission, or of the territory, in the formats of the kit.

    What is not about a mission comes first: it is the same in each.
    """
    homes = {home.level: home for home in scope.lineage()}
    # A prestataire whom nobody knows yet is given the territory's blank form.
    homes[SHELVES["prestataires"]] = homes[TERRITORY]
    mine = [kind for kind in types.values() if kind.kit and kind.portee in homes]
    for kind in sorted(mine, key=lambda kind: homes[kind.portee].level != TERRITORY):
        assert kind.kit, "a type of the kit"
        home = homes[kind.portee]
        narrowed = replace(kind, formats=kind.kit.formats or kind.formats)
        if kind.kit.variante == BLANK:
            key = home.reference if home.level == "dossier" else ""
            yield Document(narrowed, home, key=key, variant=BLANK)
        elif kind.portee == home.level:
            yield from documents_of(narrowed, home)


def kit_logos(
    scope: Scope, corpus: Corpus, types: Mapping[str, DocumentType], day: date
) -> dict[str, Logo]:
    """The logos of the kit of a mission, or of the territory, by their file in the kit.

    Those that its own documents owe and that can be shown. What is not begun owes nothing yet; what
    has no day of its own is of that of the first which has one, `day` where none has: the logos
    are those of the mission, whenever its kit is made.
    """
    held = [d for d in kit_documents(scope, corpus, types) if d.scope.path == scope.path]
    there = [one for one in held if one.variant or one.begun]
    when = next((one.date for one in there if one.date), day)
    owed = (logo for one in there for logo in owed_logos(one, corpus, one.date or when))
    # Each file once, whoever owes it.
    shown = {logo.file: logo for logo in owed if not logo_fault(logo, corpus)}
    taken: dict[str, Logo] = {}
    for logo in shown.values():
        taken[_free(PurePosixPath(logo.file), taken)] = logo
    return taken


def _free(file: PurePosixPath, taken: Collection[str]) -> str:
    """Where a logo goes in the kit: two files of one name, from two folders, are two logos.

    Windows and macOS do not tell `X.svg` from `x.svg`.
    """
    known = {place.casefold() for place in taken}
    names = (f"{file.stem}-{rank}" if rank > 1 else file.stem for rank in count(1))
    places = (f"{LOGOS}/{name}{file.suffix}" for name in names)
    return next(place for place in places if place.casefold() not in known)


def kit_of(scope: Scope, corpus: Corpus, types: Mapping[str, DocumentType], day: date) -> Kit:
    """What the kit of a mission or of the territory holds, for its readers."""
    logos = kit_logos(scope, corpus, types, day)
    return Kit(_pieces(types), tuple(_told(place, logo) for place, logo in logos.items()))


def kit_files(corpus: Corpus, types: Mapping[str, DocumentType], day: date) -> Iterator[str]:
    """Every file of every kit that the own units of a corpus give, from the output folder."""
    for scope in filter(corpus.owns, corpus.level(TERRITORY, "ingenierie")):
        held = [d for d in kit_documents(scope, corpus, types) if d.variant or d.begun]
        names = [name for one in held for name in _files(one)]
        names += kit_logos(scope, corpus, types, day)
        yield from (f"{kit_folder(scope)}/{name}" for name in names)


def _files(document: Document) -> tuple[str, ...]:
    return tuple(f"{document.stem}.{format}" for format in document.type.formats)


def _pieces(types: Mapping[str, DocumentType]) -> tuple[Piece, ...]:
    """All that a kit may hold: what tells of it, what the territory gives, then the others."""
    kinds = [kind for kind in types.values() if kind.kit]
    ordered = sorted(kinds, key=lambda kind: (not (kind.kit and kind.kit.seul), _later(kind)))
    return tuple(_piece(kind) for kind in ordered)


def _later(kind: DocumentType) -> bool:
    return kind.portee != TERRITORY


def _piece(kind: DocumentType) -> Piece:
    assert kind.kit, "a type of the kit"
    stem = "-".join(word for word in (kind.name, kind.kit.variante) if word)
    files = tuple(f"{stem}.{format}" for format in kind.kit.formats or kind.formats)
    told = kind.kit
    return Piece(kind.identifiant, kind.titre, files, told.quand, told.envoi, told.appel)


def _told(place: str, logo: Logo) -> KitLogo:
    whole = bool(logo.mention) and logo.mention in logo.alternative
    name = logo.owner if whole else logo.alternative
    return KitLogo(place, name, logo.ensemble, logo.mention, whole)
