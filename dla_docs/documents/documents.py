"""The catalogue: the documents that the types make in the scopes of a corpus."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from dla_docs.documents.types import ITEM, DocumentType, Section, each_of
from dla_docs.load.corpus import Corpus
from dla_docs.load.places import DOSSIER, REFERENCE, SHELVES, TERRITORY
from dla_docs.load.references import records
from dla_docs.load.scopes import Scope
from dla_docs.load.yaml_reader import Source
from dla_docs.model.findings import Pointer
from dla_docs.model.paths import Path, at
from dla_docs.model.schemas import field_at, leaves

STEPS = (
    "territoire structure prestataire dossier accueil diagnostic parcours comite ingenierie "
    "cahier-des-charges consultation proposition choix convention realisation rapport-final "
    "restitution evaluation reglement suivi activite"
).split()
"""The kinds of files in the order of an accompaniment; a kind of one's own is in none."""
BLANK, DRAFT = "vierge", "projet"
"""Variants of a document: a form to fill in, a draft with what it lacks marked."""
PRESENTED = Path.parse("comite.dossiers[].dossier")
"""The dossiers that a comité is shown."""

SETTINGS = (Path.parse("dossier.derogations"), Path.parse("territoire.regles"))
"""What tells `dla` how to judge, and is printed by no document."""


@dataclass(frozen=True)
class Document:
    """One document of one type: in a scope, for one item of a list where the type says so.

    `item` is the item's place in its file; `file` is that file where each item has its own.
    `key` completes the file name, and so does `variant`, which says that it is a draft or a blank
    form.
    """

    type: DocumentType
    scope: Scope
    item: Pointer = ()
    key: str = ""
    file: Source | None = None
    variant: str = ""

    @property
    def starter(self) -> Source | None:
        """The file that makes this document exist."""
        return self.scope.part(self.type.donnees[0])

    @property
    def begun(self) -> bool:
        """Whether the file that starts it is there, its item, and the datum it depends on."""
        if self.starter is None or (self.type.pour_chaque and not (self.item or self.file)):
            return False
        if not self.type.condition:
            return True
        if self.type.unless and any(value for _, value in self.of(self.type.unless)):
            return False
        wanted, data = self.type.value, self.of(self.type.condition)
        if not wanted and not self.starter.data and self.starter.faults:
            # Nothing of its file can be read: that it may be begun is what must not be hidden.
            return True
        return any(str(value) == wanted if wanted else bool(value) for _, value in data)

    @property
    def sections(self) -> tuple[Section, ...]:
        """The sections it owes: those of its type, but what it is freed of and has no data for."""

        def owed(section: Section) -> bool:
            freed = section.unless is not None and self.first(section.unless)
            return not freed or any(self.first(path) for path in section.champs)

        return tuple(filter(owed, self.type.sections))

    @property
    def received(self) -> bool:
        """Whether it is a file that was received: one is named, and its sections are not all here.

        Such a document is kept as it came; nothing is rendered in its place.
        """
        if self.type.recu is None or not self.first(self.type.recu):
            return False
        wanted = [section.champs for section in self.type.sections if section.champs]
        return not all(any(self.first(path) for path in champs) for champs in wanted)

    def locate(self, path: Path) -> tuple[Source | None, Path]:
        """The file of a path such as `convention.date`, and its path there if `element.date`."""
        each = self.type.pour_chaque
        if path.part != ITEM or each is None:
            return self.scope.part(path.part), path
        source = self.file or self.scope.part(each.part)
        return source, Path(each.part, self.item).down(*path.steps)

    def of(self, path: Path) -> Iterator[tuple[Pointer, Any]]:
        """The data at a path, each with its place in its file."""
        source, located = self.locate(path)
        yield from located.of(source.data) if source else ()

    def first(self, path: Path) -> Any:
        """The first datum at a path; None where there is none."""
        return next((value for _, value in self.of(path)), None)

    @property
    def audience(self) -> frozenset[str]:
        """Who reads it: the addressees of its type and, where it is one, the public of its item.

        An item that names none may go to anybody: its copy holds what is open to the public. So
        does a document that its item says is published.
        """
        if self.type.publie is not None and self.first(self.type.publie):
            return frozenset({*self.type.destinataires, "public"})
        if self.type.public is None:
            return frozenset(self.type.destinataires)
        return frozenset({*self.type.destinataires, self.first(self.type.public) or "public"})

    @property
    def folder(self) -> str:
        """Folder of its files, relative to the output folder, with `/`."""
        return folder_of(self.scope)

    @property
    def stem(self) -> str:
        """Name of its files, without the extension."""
        return "-".join(word for word in (self.type.name, self.key, self.variant) if word)

    @property
    def label(self) -> str:
        """How messages name it."""
        return f"{self.folder}/{self.stem}"

    @property
    def signed(self) -> str:
        """How its files name it: by the number of its dossier, whose folder tells a structure."""
        reference, (first, *inner) = self.scope.reference, self.folder.split("/")
        return "/".join((reference or first, *inner, self.stem))

    @property
    def title(self) -> str:
        """Its title, with the name of what it is about."""
        subject = self.first(self.type.sujet)
        return f"{self.type.titre} – {subject}" if subject else self.type.titre

    @property
    def reference(self) -> str:
        """Its number: of its avenant, of the convention it is about, or of its dossier."""
        of_item = self.first(Path(ITEM, ("numero",))) if self.item and not self.file else None
        agreed = "convention" in self.type.donnees and self.first(Path("convention", ("numero",)))
        return str(of_item or agreed or self.scope.reference)

    @property
    def version(self) -> str:
        """Its version, where its first file or its item has one."""
        own = (Path(ITEM),) if self.item else (Path(self.type.donnees[0]),)
        found = (self.first(path.down("version")) for path in own)
        return next((str(version) for version in found if version), "")

    @property
    def date(self) -> date | None:
        """The day it is drawn up: the last that the first filled of its type's dates says; or None.

        A path of several days is of what is made again: the versions of a parcours, the replies.
        """
        for path in self.type.dates:
            if days := [day for _, day in self.of(path) if isinstance(day, str)]:
                return date.fromisoformat(max(days))
        return None

    def sources(self, corpus: Corpus) -> dict[str, tuple[Source, ...]]:
        """The files it is made from, by kind; a kind with no file is one it lacks."""
        files: dict[str, tuple[Source, ...]] = {}
        for kind in self.type.donnees:
            part = self.scope.part(kind)
            if part is None and kind in SHELVES.values():
                files[kind] = self.records(corpus, kind)
            else:
                files[kind] = (part,) if part else ()
        for kind in self.type.facultatif:
            if part := self.scope.part(kind):
                files[kind] = (part,)
            else:
                named = sorted(self.scope.series.get(kind, {}).items())
                if own := tuple(source for name, source in named if name <= self._last_year):
                    files[kind] = own
        return files

    @property
    def _last_year(self) -> str:
        """The year its period ends in; files named after a later one are none of its own."""
        data = self.first(Path(ITEM)) if self.item else None
        return str(data.get("fin", "9999"))[:4] if isinstance(data, dict) else "9999"

    def records(self, corpus: Corpus, kind: str) -> tuple[Source, ...]:
        """The structures or prestataires that its own files name, each once.

        A document about one item counts those that the item names, never its siblings'.
        """
        shelf = next(shelf for shelf, level in SHELVES.items() if level == kind)
        if self.file:
            own = [self.key] if shelf == "prestataires" else []
        else:
            own = list(self._named_by_item(corpus, shelf))
        if own:
            return tuple(r for name in dict.fromkeys(own) if (r := corpus.record(shelf, name)))
        each = self.type.pour_chaque
        among = {*self.type.donnees, *self.type.facultatif} - {each.part if each else ""}
        named = (r for s in self.scope.lineage() for r in records(corpus, s, kind, among))
        return tuple({r.path: r for r in named}.values())

    def _named_by_item(self, corpus: Corpus, shelf: str) -> Iterator[str]:
        source, _ = self.locate(Path(ITEM))
        if not self.item or source is None:
            return
        field = field_at(corpus.kind_of[source.path].schema, self.item)
        for _, data, node in leaves(at(source.data, self.item), field):
            if node.get("x-reference") == shelf and isinstance(data, str):
                yield data

    def paths(self, corpus: Corpus) -> set[str]:
        """The paths of the files it is made from; a comité's, with the dossiers it is shown."""
        own = {source.path for files in self.sources(corpus).values() for source in files}
        shown = dossiers_of(self, corpus) if self.scope.level == "comite" else ()
        held = (source.path for scope in shown for source in scope.files())
        # What comes after a comité was not shown to it.
        last = _step("comite")
        return own | {path for path in held if _step(corpus.kind_of[path].name) <= last}

    def passes_over(self, path: str, pointer: Pointer, corpus: Corpus) -> bool:
        """Whether a datum of one of its files is of those it never reads.

        Its own item is read, and what is said of the list that holds it as a whole.
        """
        source, own = self.locate(Path(ITEM))
        item = own.pointer if self.item and source and path == source.path else ()
        kind = corpus.kind_of.get(path)
        for unread in (*SETTINGS, *self.type.sans):
            steps = unread.steps
            if kind and unread.part == kind.name and pointer[: len(steps)] == steps:
                mine = bool(item) and item[: len(steps)] == steps
                return not mine or (pointer != steps and pointer[: len(item)] != item)
        return False

    def reach(self, corpus: Corpus) -> set[str]:
        """The paths of all that its scope holds too: what a rule of the trade may say of it."""
        held = (source.path for scope in self.scope.lineage() for source in scope.files())
        return {*self.paths(corpus), *held}

    def founded_on(self, corpus: Corpus) -> set[str]:
        """Its files, and those of its scope that do not come later than what starts it.

        What comes later (an invoice) never forbids what came before it (the convention).
        """
        last = _step(self.type.donnees[0])
        earlier = (p for p in self.reach(corpus) if _step(corpus.kind_of[p].name) <= last)
        return {*self.paths(corpus), *earlier}


def folder_of(scope: Scope) -> str:
    """Folder of the documents of a scope, relative to the output folder, with `/`."""
    names = [
        s.name if s.level not in SHELVES.values() else s.path
        for s in scope.lineage()
        if s.level != TERRITORY
    ]
    return "/".join(reversed(names)) or TERRITORY


def dossiers_of(document: Document, corpus: Corpus) -> tuple[Scope, ...]:
    """The dossiers a document is about: the one it lies in, else those its comité names.

    A document about one item is about that item's dossier alone.
    """
    within = tuple(s for s in document.scope.lineage() if s.level == "dossier")
    comite = document.scope.parts.get("comite")
    if within or comite is None:
        return within
    shown = [name for _, name in PRESENTED.of(comite.data)]
    if document.item:
        shown = [at(comite.data, (*document.item, "dossier"))]
    return tuple(s for s in corpus.level("dossier") if {s.name, s.reference} & set(shown))


def _step(kind: str) -> int:
    # A kind of one's own is in no step: it may always found a document.
    return STEPS.index(kind) if kind in STEPS else -1


def documents(corpus: Corpus, types: Mapping[str, DocumentType]) -> Iterator[Document]:
    """Every document that could exist in the own units of a corpus, item by item."""
    for scope in filter(corpus.owns, corpus.scopes.values()):
        for kind in types.values():
            if kind.portee == scope.level:
                yield from documents_of(kind, scope)


def blank_forms(corpus: Corpus, types: Mapping[str, DocumentType]) -> Iterator[Document]:
    """The blank forms of a corpus: one an item, one without where there is none.

    A prestataire who has no fiche yet is given the territory's form.
    """
    for document in documents(corpus, {n: k for n, k in types.items() if k.vierge}):
        yield replace(document, variant=BLANK)
    territory = corpus.scopes[TERRITORY]
    for kind in types.values():
        if kind.vierge and kind.portee == "prestataire" and corpus.owns(territory):
            yield Document(kind, territory, variant=BLANK)


def documents_of(kind: DocumentType, scope: Scope) -> Iterator[Document]:
    """Every document of a type that could exist in a scope, one an item where it has items."""
    # The reference, never the folder's name, which tells the structure's.
    key = scope.reference if scope.level == "dossier" else ""
    if kind.series:
        files = scope.series.get(kind.series, {})
        made = [Document(kind, scope, key=name, file=file) for name, file in files.items()]
    else:
        made = list(_of_items(kind, scope))
    # Without an element, one that is not begun: it can be named, listed and refused.
    yield from made or [Document(kind, scope, key=key)]


def _of_items(kind: DocumentType, scope: Scope) -> Iterator[Document]:
    """One document for each element of the list of its type, named by its key or its rank."""
    each = kind.pour_chaque
    source = scope.part(each.part) if each else None
    items = each_of(each).of(source.data) if each and source else ()
    taken: dict[str, int] = {}
    own = (pair for pair in items if not kind.owner or pair[1].get(kind.owner) == scope.name)
    for rank, (place, item) in enumerate(own, start=1):
        name = item if isinstance(item, str) else kind.cle.first(item) if kind.cle else None
        safe = _file_name(str(name if name is not None else rank))
        # Two elements of one name must not be one file.
        taken[safe] = taken.get(safe, 0) + 1
        unique = safe if taken[safe] == 1 else f"{safe}-{taken[safe]}"
        yield Document(kind, scope, place, unique or str(rank))


def _file_name(name: str) -> str:
    """A key as part of a file name: a dossier by its number, which names nobody.

    What could lead out of the folder becomes a dash.
    """
    if DOSSIER.fullmatch(name):
        return name[:REFERENCE]
    return re.sub(r"[^\w-]+", "-", name).strip("-")
