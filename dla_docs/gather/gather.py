"""The lines of the tables, gathered unit by unit: each is read once, and only its line is kept."""

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from decimal import ROUND_HALF_UP, Decimal
from functools import cached_property
from typing import Any

from dla_docs.disk.reading import is_taken
from dla_docs.gather.countings import FILE, Counting, load_countings
from dla_docs.gather.tables import ELEMENT, FOLDER, SCOPE, Column, Table, load_tables
from dla_docs.load.corpus import Corpus
from dla_docs.load.library import Library
from dla_docs.load.places import DATA, DOSSIER, REFERENCE, SERIES, SHELVES
from dla_docs.load.references import called
from dla_docs.load.retention import kept_until, last_day
from dla_docs.load.scopes import Scope
from dla_docs.load.yaml_reader import Source
from dla_docs.model.paths import Path, at
from dla_docs.model.resources import package_data
from dla_docs.model.schemas import Kind
from dla_docs.model.workspace import Workspace
from dla_docs.validate.validate import sound, validate

KEPT = ("dernier_jour", "conserve_jusqu_au")
"""What is known of a dossier from all its dates: the last one, and until when it is kept."""
HUNDREDTH = Decimal("0.01")
"""What a mean is rounded to: as many figures as a note from 1 to 5 can bear."""


@dataclass(frozen=True)
class Line:
    """A line of a table: its values by column, and the printed reference of what it is about.

    A value is a scalar of the data, a tuple where there are several, None where there is none.
    `reference` is empty where it is about no dossier. `agreed`: the columns that their author opens
    to everyone on this line.
    """

    reference: str
    values: Mapping[str, Any]
    agreed: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Declared:
    """What may be gathered: the tables, and the figures that are counted on them."""

    tables: Mapping[str, Table] = field(default_factory=dict)
    countings: Mapping[str, Counting] = field(default_factory=dict)


@dataclass(frozen=True)
class Gathered:
    """The tables of a workspace with their lines, in the order of the dossiers.

    `unread`: the files of which something could not be read, hence not counted; each with the
    numbers of the dossiers that it leaves out in part or whole.
    """

    tables: Mapping[str, Table]
    countings: Mapping[str, Counting]
    lines: Mapping[str, tuple[Line, ...]]
    unread: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    @cached_property
    def digest(self) -> str:
        """A hash of all that was gathered."""
        found = hashlib.sha256(repr(sorted(self.unread.items())).encode())
        for name, lines in self.lines.items():
            for line in lines:
                said = (name, line.reference, [*line.values.items()], sorted(line.agreed))
                found.update(repr(said).encode("utf-8", "surrogatepass"))
        return found.hexdigest()

    @property
    def lacking(self) -> tuple[str, ...]:
        """The numbers of the dossiers that are not wholly counted, in order."""
        return tuple(sorted({number for numbers in self.unread.values() for number in numbers}))


@dataclass(frozen=True)
class Part:
    """What one unit gives: its lines by table, and what `Gathered` says of its files unread."""

    lines: Mapping[str, tuple[Line, ...]]
    unread: Mapping[str, tuple[str, ...]]


def pieces(library: Library, what: Declared) -> Iterator[Corpus]:
    """Every unit that gives lines, sound, one at a time: none is held when the next is read."""
    yield from (piece_of(library, unit) for unit in giving(library, what))


def giving(library: Library, what: Declared) -> tuple[str, ...]:
    """The units that may give lines, in order."""
    return library.with_levels({table.level for table in what.tables.values()})


def piece_of(library: Library, unit: str) -> Corpus:
    """One unit, sound, with what its lines read of others."""
    raw = library.apart(unit)
    return sound(raw, validate(raw))


def declared(workspace: Workspace, kinds: Mapping[str, Kind]) -> Declared:
    """The tables and the figures of a workspace. Raises TemplateError for one that is faulty."""
    tables = load_tables(workspace, kinds)
    return Declared(tables, load_countings(workspace, tables))


def refuse_faulty_tables(workspace: Workspace, kinds: Mapping[str, Kind]) -> None:
    """Raise TemplateError on a table or a figure that the workspace wrote, and that fails.

    Those of the package are tested: who has none of their own does not read them before they serve.
    """
    own = workspace.schema_folders[0]
    if own != package_data("schemas") and any(is_taken(own / name) for name in (FOLDER, FILE)):
        declared(workspace, kinds)


def gather(corpora: Iterable[Corpus], what: Declared) -> Gathered:
    """The lines that the units of some corpora give; a unit is of one corpus alone."""
    return joined((part for corpus in corpora for part in parts(corpus, what).values()), what)


def parts(corpus: Corpus, what: Declared) -> dict[str, Part]:
    """What each unit that a sound corpus is about gives, in order."""
    lines: dict[str, dict[str, tuple[Line, ...]]] = {}
    unread: dict[str, dict[str, tuple[str, ...]]] = {}
    for scope in filter(corpus.owns, corpus.scopes.values()):
        here = lines.setdefault(scope.unit, {})
        for table in what.tables.values():
            if table.level == scope.level:
                here[table.name] = (*here.get(table.name, ()), *_lines(table, scope, corpus))
    for unit, path, numbers in _unread(corpus):
        there = unread.setdefault(unit, {})
        there[path] = tuple(dict.fromkeys((*there.get(path, ()), *numbers)))
    units = dict.fromkeys((*lines, *unread))
    return {unit: Part(lines.get(unit, {}), unread.get(unit, {})) for unit in units}


def joined(found: Iterable[Part], what: Declared) -> Gathered:
    """What some units give, as one."""
    lines: dict[str, list[Line]] = {name: [] for name in what.tables}
    unread: dict[str, tuple[str, ...]] = {}
    for part in found:
        for name, rows in part.lines.items():
            lines[name] += rows
        for path, numbers in part.unread.items():
            unread[path] = tuple(dict.fromkeys((*unread.get(path, ()), *numbers)))
    whole = {name: tuple(rows) for name, rows in lines.items()}
    return Gathered(what.tables, what.countings, whole, unread)


def gathered_in(corpus: Corpus) -> Gathered:
    """The same of one sound corpus that holds all its units."""
    return gather((corpus,), declared(corpus.workspace, corpus.kinds))


def _unread(corpus: Corpus) -> Iterator[tuple[str, str, tuple[str, ...]]]:
    """The files that have lost something to their schema, with the dossiers that they are of.

    Each after the unit that says so.

    A file whose name leads nowhere is one, even where it is all that its folder holds. Not the
    file of the territory: what a document needs of it, the document is refused without.
    """
    listing = corpus.listing
    for path in corpus.refused:
        unit = listing.unit_of(path)
        if unit in corpus.own and path != corpus.territory.path:
            yield unit, path, (unit[:REFERENCE],) if DOSSIER.fullmatch(unit) else ()
    for path, named in corpus.links.items():
        unit = listing.unit_of(path)
        if unit in corpus.own and DOSSIER.fullmatch(unit):
            for shelf, name in named:
                record = corpus.record(shelf, name) if shelf in SHELVES else None
                if record and shelf != "dossiers" and record.path in corpus.refused:
                    yield unit, record.path, (unit[:REFERENCE],)


def _lines(table: Table, scope: Scope, corpus: Corpus) -> Iterator[Line]:
    reader = Reader(scope, corpus)
    if table.each is None:
        if any(True for _ in scope.files()):
            yield _line(table, reader)
        return
    for source in reader.files(table.each.part):
        for _, item in table.each.of(source.data):
            for element in item if isinstance(item, list) else (item,):
                yield _line(table, Reader(scope, corpus, element, source))


def _line(table: Table, reader: "Reader") -> Line:
    values = {column.id: _value(column, reader) for column in table.columns}
    opened = (column for column in table.columns if column.opened_by)
    agreed = frozenset(c.id for c in opened if c.opened_by and reader.agreed(c.opened_by))
    # A scope that is no dossier's has a name that may be somebody's: it is no reference.
    return Line(reader.scope.reference, values, agreed)


def _value(column: Column, reader: "Reader") -> Any:
    found = (v for v in reader.values(column.path) if not isinstance(v, dict | list))
    values = [value for value in found if value is not None]
    match column.operation:
        case "compte":
            return sum(1 for value in reader.values(column.path) if value is not None)
        case "existe":
            return next(reader.values(column.path), None) is not None
        case "premier" | "dernier":
            extreme = min if column.operation == "premier" else max
            return extreme(values, default=None)
        case "somme" | "moyenne":
            numbers = [Decimal(v) for v in values if is_number(v)]
            return _computed(numbers, column.operation)
    return tuple(values) if len(values) > 1 else next(iter(values), None)


def _computed(numbers: list[Decimal], operation: str) -> Decimal | None:
    """A sum, or a mean to the hundredth; None where there is no number."""
    if not numbers:
        return None
    total = sum(numbers, Decimal(0))
    return total if operation == "somme" else mean(numbers)


def is_number(value: Any) -> bool:
    """Whether a value is a number: for Python, a yes is one."""
    return isinstance(value, int | Decimal) and not isinstance(value, bool)


def mean(numbers: list[Decimal]) -> Decimal:
    """The mean of one number or more, to the hundredth, half going up."""
    return (sum(numbers, Decimal(0)) / len(numbers)).quantize(HUNDREDTH, ROUND_HALF_UP)


@dataclass(frozen=True)
class Reader:
    """Reads paths for one line: in its scope, in its element, through the names they hold.

    `source` is the file that holds the element.
    """

    scope: Scope
    corpus: Corpus
    element: Any = None
    source: Source | None = None

    def values(self, path: Path) -> Iterator[Any]:
        """The data at a path, lists opened; none where there is nothing."""
        for data, steps in self._roots(path):
            for _, value in Path(path.part, steps).of(data):
                yield from value if isinstance(value, list) else (value,)

    def agreed(self, path: Path) -> bool:
        """Whether there is a yes at a path, and nothing but yes: one absent is none."""
        found = [
            value
            for data, steps in self._roots(path)
            for _, value in Path(path.part, steps).each(data)
        ]
        return bool(found) and all(value is True for value in found)

    def files(self, part: str) -> Iterator[Source]:
        """The files of a kind in the scope, in what holds it, else in what it holds."""
        kind = SERIES.get(part, part)
        here = [*self.scope.series.get(kind, {}).values()]
        own = self.scope.part(kind)
        if own or here:
            yield from (own,) if own else here
            return
        for scope in self._inside():
            yield from (s for k, s in scope.parts.items() if k == kind)
            yield from scope.series.get(kind, {}).values()

    def _inside(self) -> Iterator[Scope]:
        if self.scope.level == "dossier":
            start = f"{self.scope.path}/"
            ingenieries = self.corpus.level("ingenierie")
            yield from (scope for scope in ingenieries if scope.path.startswith(start))

    def _roots(self, path: Path) -> Iterator[tuple[Any, tuple[Any, ...]]]:
        """What a path starts from, and the steps that are left."""
        if path.through is not None:
            for name in self.values(path.through):
                yield self._named(path.part, str(name)), path.steps
        elif path.part == SCOPE:
            scope = self.scope
            stem = self.source.path.rpartition("/")[2][:-5] if self.source else scope.name
            told = {"reference": scope.reference, "nom": stem, "chemin": f"{DATA}{scope.path}"}
            told |= self._kept() if set(path.steps) & set(KEPT) else {}
            yield {k: v for k, v in told.items() if v}, path.steps
        elif path.part == ELEMENT:
            # What an element that is a name alone leads to is read through it.
            yield self.element, path.steps
        else:
            for source in self.files(path.part):
                yield source.data, path.steps

    def _kept(self) -> dict[str, str]:
        """The days of `KEPT`, of a dossier: every date of its files is read."""
        if self.scope.level != "dossier":
            return {}
        days = (found(self.scope, self.corpus) for found in (last_day, kept_until))
        return {key: day.isoformat() for key, day in zip(KEPT, days, strict=True) if day}

    def _named(self, part: str, name: str) -> Any:
        """What a name leads to: a record, a file of a series, an item of a territory's list."""
        shelf = next((shelf for shelf, kind in SHELVES.items() if kind == part), "")
        if shelf:
            record = self.corpus.record(shelf, name)
            return record.data if record else None
        for scope in (self.scope, *self._inside()):
            if file := scope.series.get(part, {}).get(name):
                return file.data
        rank = called(self.corpus, part, name)
        return None if rank is None else at(self.corpus.territory.data, (part, rank))
