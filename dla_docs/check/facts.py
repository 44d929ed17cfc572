"""What a rule sees: the data of a scope, each with its place, on a day."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache
from pathlib import PurePosixPath
from typing import Any

from dla_docs.check.ledger import Datum, Relation
from dla_docs.load.corpus import Corpus
from dla_docs.load.places import DATA, TERRITORY
from dla_docs.load.references import parameter
from dla_docs.load.scopes import Scope
from dla_docs.load.texts import TextFault, markdown_text
from dla_docs.load.yaml_reader import Source
from dla_docs.model.days import day_of
from dla_docs.model.paths import Path, at
from dla_docs.model.schemas import leaves
from dla_docs.model.values import long_date

parsed = lru_cache(maxsize=None)(Path.parse)
"""The paths that rules name are a few hundred, read once and for all."""


@dataclass(frozen=True)
class Facts:
    """A scope that a rule is about, seen on a day.

    Faulty fields read as absent (see `validate.sound`): a rule never meets a wrong type.
    """

    scope: Scope
    corpus: Corpus
    day: date

    def holds(self, kind: str) -> bool:
        """Whether this scope itself, not what holds it, has a file of that kind."""
        return kind in self.scope.parts

    def file(self, kind: str) -> Source | None:
        """The file of that kind here or in what holds this scope; None where there is none."""
        return self.scope.part(kind)

    def series(self, kind: str) -> Mapping[str, Source]:
        """The files of that kind in this scope, by name; empty where there are none."""
        return self.scope.series.get(kind, {})

    def by_file(self, kind: str) -> Iterator["Facts"]:
        """The same facts for each file of a series, as if alone; once for any other kind."""
        files = self.series(kind)
        for name, source in files.items():
            alone = {**self.scope.series, kind: {name: source}}
            yield replace(self, scope=replace(self.scope, series=alone))
        if not files:
            yield self

    def data(self, path: str) -> Iterator[Datum]:
        """The data at a path, in every file of that kind, that are there."""
        for source in self._sources(parsed(path).part):
            for pointer, value in parsed(path).of(source.data):
                yield Datum(source, pointer, value)

    def each(self, path: str) -> Iterator[Datum]:
        """The same, and those absent from an element that is there, at the place they lack."""
        for source in self._sources(parsed(path).part):
            for pointer, value in parsed(path).each(source.data):
                yield Datum(source, pointer, value)

    def at(self, path: str) -> Datum | None:
        """The datum at a path, or the place where it should be; None without a file for it."""
        return next(self.each(path), None)

    def value(self, path: str, default: Any = None) -> Any:
        """What is at a path; the default where there is nothing."""
        return next((datum.value for datum in self.data(path)), default)

    def absent_file(self, kind: str, caller: str) -> Datum:
        """A file that is not there, told in the file of a kind that calls for it."""
        source = self.file(caller) or next(self.scope.files())
        place = self.corpus.kinds[kind].place
        holder = next((s for s in self.scope.lineage() if s.level == place), self.scope)
        return Datum(source, (f"{kind}.yaml",), None, f"{DATA}{holder.path}/{kind}.yaml")

    def awaited(self, path: str, since: Datum) -> Datum:
        """What is not there yet, told at the datum that it is counted from."""
        wanted = parsed(path)
        source = self.file(wanted.part)
        file = source.path if source else self.absent_file(wanted.part, wanted.part).file
        return replace(since, file=file, field=wanted.pointer)

    def record(self, shelf: str, name: str) -> Mapping[str, Any]:
        """What the file of a structure or prestataire holds; empty where there is none."""
        source = self.corpus.record(shelf, name)
        return source.data if source and isinstance(source.data, dict) else {}

    def parameter(self, name: str) -> Any:
        """A threshold or delay: the territory's, else the default its schema documents."""
        return parameter(self.corpus, name)

    def presented(self) -> Iterator[tuple[Datum, "Facts"]]:
        """The dossiers that a comité is shown: what is noted of each, and its own facts."""
        for entry in self.data("comite.dossiers[]"):
            name = at(entry.value, ("dossier",))
            for scope in self.corpus.level("dossier"):
                if name in {scope.name, scope.reference}:
                    yield entry, self.within(scope)
                    break

    def shown_to(self) -> Iterator[tuple["Facts", Mapping[str, Any]]]:
        """The comités that are shown this dossier, or that of this ingénierie, and what of it."""
        dossier = next(s for s in self.scope.lineage() if s.level in {"dossier", TERRITORY})
        for scope in self.corpus.level("comite"):
            comite = self.within(scope)
            for entry in comite.data("comite.dossiers[]"):
                if at(entry.value, ("dossier",)) in {dossier.name, dossier.reference}:
                    yield comite, entry.value

    def within(self, scope: Scope) -> "Facts":
        """The facts of another scope, on the same day."""
        return replace(self, scope=scope)

    def words(self, kind: str, *fields: str) -> Iterator[Datum]:
        """The texts of a file with their place, of all its fields or of some."""
        source = self.file(kind)
        if source is None or not isinstance(source.data, dict):
            return
        for pointer, data, field in leaves(source.data, self.corpus.kinds[kind].schema):
            if fields and pointer[:1] not in {(name,) for name in fields}:
                continue
            is_text = isinstance(data, str) and pointer[-1] != "fichier"
            if is_text or (isinstance(data, dict) and "contentMediaType" in field):
                yield Datum(source, pointer, self.text_of(source, data))

    def text_of(self, source: Source, data: Any) -> str:
        """A text of the data, or of the file it names; empty when there is none to read."""
        try:
            return markdown_text(self.corpus.workspace.root, source, data)[0] if data else ""
        except TextFault:
            return ""

    def _sources(self, kind: str) -> tuple[Source, ...]:
        part = self.file(kind)
        return (part,) if part else tuple(self.series(kind).values())


Control = Callable[[Facts], Iterator[Relation]]


def fault(datum: Datum, message: str, hint: str, *rests: Datum, late: bool = False) -> Relation:
    """A datum that is wrong, or absent; `rests` are what shows it."""
    return Relation((datum,), False, message, hint, rests, late=late)


def inside(datum: Datum, *steps: str | int) -> Datum:
    """A datum inside another, there or not."""
    return Datum(datum.source, (*datum.pointer, *steps), at(datum.value, steps))


def beside(datum: Datum, key: str) -> Datum:
    """Another datum of the same element, there or not."""
    pointer = (*datum.pointer[:-1], key)
    return Datum(datum.source, pointer, at(datum.source.data, pointer))


def name_of(source: Source) -> str:
    """The name that a file is known by: a proposition is named after its prestataire."""
    return PurePosixPath(source.path).stem


def listing(item: Datum) -> Datum:
    """The list that holds a datum, told as a whole: nothing says which of its items is wrong."""
    size = next(rank for rank, step in enumerate(item.pointer) if isinstance(step, int))
    return Datum(item.source, item.pointer[:size], at(item.source.data, item.pointer[:size]))


def french(text: Any) -> str:
    """A date of the data as people read it."""
    day = day_of(text)
    return long_date(day) if day else "sans date"


def full_name(person: Mapping[str, Any]) -> str:
    """First name and family name, as one text."""
    return f"{person.get('prenom', '')} {person.get('nom', '')}".strip()
