"""The catalogue: document types, one folder of `templates/` each, and the documents they make."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from dla_docs.errors import TemplateError
from dla_docs.findings import Pointer
from dla_docs.load import SHELVES, Corpus, Scope
from dla_docs.references import at, records
from dla_docs.rules import read_checked
from dla_docs.schemas import Kind, field_at, load_schema
from dla_docs.source import Source
from dla_docs.workspace import Workspace

MANIFEST = "document.yaml"


@dataclass(frozen=True)
class Section:
    """An owed section: its printed title, the source of the duty, the data it is made of."""

    id: str
    titre: str
    source: str
    regle: str
    champs: tuple[str, ...]


@dataclass(frozen=True)
class Mention:
    """A sentence owed to the letter on the cover."""

    texte: str
    regle: str
    source: str


@dataclass(frozen=True)
class DocumentType:
    """What a manifest declares; see `schemas/document.schema.json` for each field's meaning."""

    name: str
    identifiant: str
    titre: str
    sujet: str
    etape: str
    auteur: str
    destinataires: tuple[str, ...]
    formats: tuple[str, ...]
    portee: str
    donnees: tuple[str, ...]
    date: str
    sections: tuple[Section, ...]
    mentions: tuple[Mention, ...] = ()
    pour_chaque: str = ""
    cle: str = ""
    numerotation: str = "sections"
    logos: tuple[str, ...] = ()
    logos_regle: str = ""
    logos_source: str = ""
    signatures: str = ""
    sommaire: bool = False


@dataclass(frozen=True)
class Document:
    """One document of one type: in a scope, for one item of a list where the type says so."""

    type: DocumentType
    scope: Scope
    item: Pointer = ()
    key: str = ""

    @property
    def starter(self) -> Source | None:
        """The file that makes this document exist."""
        return self.scope.part(self.type.donnees[0])

    @property
    def begun(self) -> bool:
        """Whether the file that starts it is there (and its list is not empty)."""
        return self.starter is not None and bool(not self.type.pour_chaque or self.item)

    @property
    def folder(self) -> str:
        """Folder of its files, relative to the output folder."""
        names = [
            s.name if s.level not in SHELVES.values() else s.path
            for s in self.scope.lineage()
            if s.level != "territoire"
        ]
        return "/".join(reversed(names)) or "territoire"

    @property
    def stem(self) -> str:
        """Name of its files, without the extension."""
        return f"{self.type.name}-{self.key}" if self.key else self.type.name

    @property
    def label(self) -> str:
        """How messages name it."""
        return f"{self.folder}/{self.stem}"

    @property
    def title(self) -> str:
        """Its title, with the name of what it is about."""
        source, pointer = locate(self.scope, self.type.sujet)
        subject = at(source.data, pointer) if source else None
        return f"{self.type.titre} – {subject}" if subject else self.type.titre

    @property
    def date(self) -> date | None:
        """The day it is drawn up; None while the data does not say."""
        source, pointer = locate(self.scope, self.type.date)
        found = at(source.data, pointer) if source else None
        return date.fromisoformat(found) if isinstance(found, str) else None

    def sources(self, corpus: Corpus) -> dict[str, tuple[Source, ...]]:
        """The files it is made from, by kind; a kind with no file is one it lacks."""
        found: dict[str, tuple[Source, ...]] = {}
        for kind in self.type.donnees:
            part = self.scope.part(kind)
            if part is None and kind in SHELVES.values():
                among = self.type.donnees
                named = (r for s in self.scope.lineage() for r in records(corpus, s, kind, among))
                found[kind] = tuple({r.path: r for r in named}.values())
            else:
                found[kind] = (part,) if part else ()
        return found

    def paths(self, corpus: Corpus) -> set[str]:
        """The paths of the files it is made from."""
        return {source.path for files in self.sources(corpus).values() for source in files}

    def reach(self, corpus: Corpus) -> set[str]:
        """The paths of all that its scope holds too: what a rule of the trade may say of it."""
        held = (source.path for scope in self.scope.lineage() for source in scope.files())
        return {*self.paths(corpus), *held}


def load_types(workspace: Workspace, kinds: Mapping[str, Kind]) -> dict[str, DocumentType]:
    """Every document type by folder name; folders that begin with `_` hold shared pieces.

    Raises TemplateError, with its place, for a manifest that breaks its schema or names a part or
    a field that no schema of the data knows.
    """
    folders = workspace.template_folders
    schema = load_schema(workspace.schema_folders, "document.schema.json")
    found: dict[str, Path] = {}
    for folder in reversed(folders):
        for manifest in folder.glob(f"[!_]*/{MANIFEST}"):
            found[manifest.parent.name] = manifest
    sources = {name: read_checked(path, schema) for name, path in found.items()}
    for source in sources.values():
        _check_paths(source, kinds)
    types = [_type(name, source.data) for name, source in sources.items()]
    return {kind.name: kind for kind in sorted(types, key=lambda k: (k.identifiant, k.name))}


def _check_paths(manifest: Source, kinds: Mapping[str, Kind]) -> None:
    """Every part and path of a manifest must be one that the schemas of the data know."""
    data = manifest.data
    paths: list[tuple[Pointer, str]] = [
        (("donnees", rank), kind) for rank, kind in enumerate(data["donnees"])
    ]
    named = ("date", "sujet", "pour_chaque", "signatures")
    paths += [((key,), data[key]) for key in named if key in data]
    paths += [
        (("sections", rank, "champs", place), path)
        for rank, section in enumerate(data["sections"])
        for place, path in enumerate(section.get("champs", ()))
    ]
    for pointer, path in paths:
        part, *steps = path.split(".")
        field = field_at(kinds[part].schema, tuple(steps)) if part in kinds else {}
        if not field or (pointer == ("date",) and field.get("format") != "date"):
            place = manifest.place(pointer)
            wanted = "une date" if pointer == ("date",) else "une partie ou un champ"
            raise TemplateError(
                f"{manifest.path}:{place.line}:{place.column}: "
                f"« {path} » n’est pas {wanted} que les schémas connaissent",
                "écrivez partie.champ, comme convention.date",
            )


def documents(corpus: Corpus, types: Mapping[str, DocumentType]) -> Iterator[Document]:
    """Every document that could exist in the own units of a corpus, item by item."""
    for scope in filter(corpus.owns, corpus.scopes.values()):
        for kind in types.values():
            if kind.portee == scope.level:
                yield from _of_type(kind, scope)


def locate(scope: Scope, path: str) -> tuple[Source | None, Pointer]:
    """The file and pointer of a path such as `cahier-des-charges.reponse.date_limite`."""
    part, *steps = path.split(".")
    return scope.part(part), tuple(steps)


def _of_type(kind: DocumentType, scope: Scope) -> Iterator[Document]:
    key = scope.reference if scope.level == "dossier" else ""
    if not kind.pour_chaque:
        yield Document(kind, scope, key=key)
        return
    source, pointer = locate(scope, kind.pour_chaque)
    items = at(source.data, pointer) if source else None
    if not isinstance(items, list) or not items:
        yield Document(kind, scope, key=key)
        return
    taken: dict[str, int] = {}
    for rank, item in enumerate(items):
        name = item if isinstance(item, str) else at(item, tuple(kind.cle.split(".")))
        # A key names a file: what could lead out of the folder becomes a dash.
        safe = re.sub(r"[^\w-]+", "-", str(name if name is not None else rank + 1)).strip("-")
        taken[safe] = taken.get(safe, 0) + 1
        unique = safe if taken[safe] == 1 else f"{safe}-{taken[safe]}"
        yield Document(kind, scope, (*pointer, rank), unique or str(rank + 1))


def _type(name: str, data: Mapping[str, Any]) -> DocumentType:
    logos = data.get("logos", {})
    return DocumentType(
        name=name,
        identifiant=data["identifiant"],
        titre=data["titre"],
        sujet=data["sujet"],
        etape=data["etape"],
        auteur=data["auteur"],
        destinataires=tuple(data["destinataires"]),
        formats=tuple(data["formats"]),
        portee=data["portee"],
        donnees=tuple(data["donnees"]),
        date=data["date"],
        sections=tuple(
            Section(
                s["id"], s["titre"], s["source"], s.get("regle", ""), tuple(s.get("champs", ()))
            )
            for s in data["sections"]
        ),
        mentions=tuple(Mention(**mention) for mention in data.get("mentions", ())),
        pour_chaque=data.get("pour_chaque", ""),
        cle=data.get("cle", ""),
        numerotation=data.get("numerotation", "sections"),
        logos=tuple(logos.get("ensembles", ())),
        logos_regle=logos.get("regle", ""),
        logos_source=logos.get("source", ""),
        signatures=data.get("signatures", ""),
        sommaire=data.get("sommaire", False),
    )
