"""What a control receives and yields."""

import unicodedata
from calendar import monthrange
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from dla_docs.load.corpus import Corpus, Scope
from dla_docs.load.listing import PREFIX
from dla_docs.load.references import parameter
from dla_docs.load.texts import TextFault, markdown_text
from dla_docs.load.yaml_reader import Source
from dla_docs.model.findings import Pointer
from dla_docs.model.schemas import leaves
from dla_docs.model.values import long_date


@dataclass(frozen=True)
class Breach:
    """What a control found: at which datum of which file, in which words, and what to do.

    What is only `late` is never worse than an alerte: a dossier under way has no error.
    """

    source: Source
    pointer: Pointer
    message: str
    hint: str
    late: bool = False


@dataclass(frozen=True)
class Case:
    """A scope that a rule is about, seen on a day.

    Faulty fields read as absent (see `validate.sound`): a control never meets a wrong type.
    `read` keeps what it asked for, there or not, as a path and a key (none: the whole file): what
    it says of another datum may be due to a fault there.
    """

    scope: Scope
    corpus: Corpus
    day: date
    read: set[tuple[str, str]] = field(default_factory=set, compare=False)

    def part(self, kind: str, key: str = "") -> Source | None:
        """The file of that kind here or in what holds this scope; None where there is none."""
        found = self.scope.part(kind)
        places = [f"{PREFIX}{scope.path}/{kind}.yaml" for scope in self.scope.lineage()]
        self.read.update((path, key) for path in ([found.path] if found else places))
        return found

    def holds(self, kind: str) -> bool:
        """Whether this scope has a file of that kind."""
        self.read.add((f"{PREFIX}{self.scope.path}/{kind}.yaml", ""))
        return kind in self.scope.parts

    def data(self, kind: str) -> Mapping[str, Any]:
        """What the file of that kind holds; empty where there is none."""
        return _mapping(self.part(kind))

    def get(self, kind: str, key: str, default: Any = None) -> Any:
        """What the file of that kind holds under a key."""
        return _mapping(self.part(kind, key)).get(key, default)

    def series(self, kind: str) -> Mapping[str, Source]:
        """The files of that kind in this scope, by name; empty where there are none."""
        found = self.scope.series.get(kind, {})
        self.read.update((source.path, "") for source in found.values())
        self.read.add((f"{PREFIX}{self.scope.path}/{kind}s", ""))
        return found

    def record(self, shelf: str, name: str) -> Mapping[str, Any]:
        """What the file of a structure or prestataire holds; empty where there is none."""
        found = self.corpus.record(shelf, name)
        self.read.add((f"{PREFIX}{shelf}/{name}.yaml", ""))
        return _mapping(found)

    def parameter(self, name: str) -> Any:
        """A threshold or delay: the territory's, else the default its schema documents."""
        return parameter(self.corpus, name)

    def dossier(self, name: str) -> "Case | None":
        """The case of a dossier that a comité names; what was read for another counts no more."""
        self.read.clear()
        known = (s for s in self.corpus.level("dossier") if name in {s.name, s.reference})
        found = next(known, None)
        return Case(found, self.corpus, self.day, self.read) if found else None

    def presented(self) -> Iterator[tuple[int, Mapping[str, Any], "Case"]]:
        """The dossiers that a comité is shown: their rank, what is noted of them, their case."""
        for rank, entry in enumerate(self.get("comite", "dossiers") or []):
            if dossier := self.dossier(entry.get("dossier", "")):
                yield rank, entry, dossier

    def breach_at(
        self, kind: str, pointer: Pointer, message: str, hint: str, late: bool = False
    ) -> Breach:
        """A breach at a datum of the file of that kind; where it is absent, at what is there."""
        source = self.scope.part(kind)
        if source is None:
            return Breach(next(self.scope.files()), (), message, hint, late)
        return Breach(source, pointer, message, hint, late)

    def words(self, kind: str, *fields: str) -> Iterator[tuple[Pointer, str]]:
        """The texts of a file with their place, of all its fields or of some."""
        source = self.part(kind)
        if source is None or not isinstance(source.data, dict):
            return
        for pointer, data, known in leaves(source.data, self.corpus.kinds[kind].schema):
            if fields and pointer[:1] not in {(name,) for name in fields}:
                continue
            is_text = isinstance(data, str) and pointer[-1] != "fichier"
            if is_text or (isinstance(data, dict) and "contentMediaType" in known):
                yield pointer, self.text_of(source, data)

    def text_of(self, source: Source, data: Any) -> str:
        """A text of the data, or of the file it names; empty when there is none to read."""
        try:
            return markdown_text(self.corpus.workspace.root, source, data)[0] if data else ""
        except TextFault:
            return ""


def _mapping(source: Source | None) -> Mapping[str, Any]:
    return source.data if source and isinstance(source.data, dict) else {}


Control = Callable[[Case], Iterator[Breach]]


def day_of(text: Any) -> date | None:
    """A date of the data; None for an absent one."""
    return date.fromisoformat(text) if isinstance(text, str) else None


def months_after(day: date, months: int) -> date:
    """The same day some months later, or the last of that month."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def french(text: Any) -> str:
    """A date of the data as people read it."""
    day = day_of(text)
    return long_date(day) if day else "sans date"


def folded(text: str) -> str:
    """A name as it is compared: without accents, case or needless spaces."""
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode()
    return " ".join(plain.casefold().split())


def full_name(person: Any) -> str:
    """First name and family name, as one text."""
    return f"{person.get('prenom', '')} {person.get('nom', '')}".strip()
