"""Data that must agree, and which one to blame when they do not.

Each rule says of its data whether they agree: a relation. All those of a unit are weighed
together, whatever their rule, so that one wrong figure, which breaks every sum it enters, is told
once, where it most probably is. No rule has to know another.
"""

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from heapq import heapify, heappop, heappush
from typing import Any

from dla_docs.load.yaml_reader import Source
from dla_docs.model.findings import Pointer, Words

Place = tuple[str, Pointer]
"""The path of a file, and a pointer in it."""


@dataclass(frozen=True)
class Datum:
    """A value with its place; `value` is None for what is absent, at the place it should have.

    `file`: the path of a file that is absent, or lacks `field`; `source` is then the file that
    calls for it, where it is told.
    """

    source: Source
    pointer: Pointer
    value: Any = None
    file: str = ""
    field: Pointer = ()

    @property
    def place(self) -> Place:
        """What is doubted: itself, or what is absent."""
        return (self.file, self.field) if self.file else (self.source.path, self.pointer)


@dataclass(frozen=True)
class Relation:
    """Some data that should agree, whether they do, and what to say if they do not.

    The datum told first is the last one: what comes later should not exist yet. `instead`: other
    words for when another datum is to blame. `rests`: what the relation was read from and is not
    to blame. What is only `late` is never worse than an alerte. `public`: the words without the
    data, as a finding has them; none for a control, told by the title of its rule.
    """

    data: tuple[Datum, ...]
    holds: bool
    message: str = ""
    hint: str = ""
    rests: tuple[Datum, ...] = ()
    instead: tuple[tuple[Datum, str, str], ...] = ()
    late: bool = False
    public: Words = ("", "")

    @property
    def places(self) -> frozenset[Place]:
        """The places of its data."""
        return frozenset(datum.place for datum in self.data)

    def words(self, datum: Datum) -> Words:
        """The message and the hint when that datum is to blame."""
        others = ((m, h) for other, m, h in self.instead if other.place == datum.place)
        return next(others, (self.message, self.hint))


@dataclass(frozen=True)
class Entry:
    """A relation, and the code of the rule that makes it."""

    code: str
    relation: Relation


@dataclass(frozen=True)
class Blame:
    """A datum at fault, and every broken relation it explains, the first rule first."""

    datum: Datum
    explained: tuple[Entry, ...]


def weighed(entries: Sequence[Entry], faulty: Callable[[Datum], bool]) -> Iterator[Blame]:
    """The data to blame for the broken relations, each once.

    A relation one of whose own data the schema refuses (`faulty`) says nothing. The datum in most
    broken relations is blamed; between equals, the one in fewest that hold, then the last one
    named by the first rule in order.
    """
    distinct: dict[object, Entry] = {}
    # Many relations are read from one list: it is looked at once.
    doubtful: dict[int, bool] = {}
    for entry in entries:
        relation = entry.relation
        rests = relation.rests
        if rests and id(rests) not in doubtful:
            doubtful[id(rests)] = any(map(faulty, rests))
        if not (doubtful.get(id(rests), False) or any(map(faulty, relation.data))):
            # Two ingénieries that look at one parcours make the same relation: it counts once.
            distinct.setdefault((entry.code, relation.places, relation.holds), entry)
    blames = tuple(_blames(tuple(distinct.values())))
    # A delay that runs from a day which is wrong itself is not late yet.
    wrong = {b.datum.place for b in blames if not all(e.relation.late for e in b.explained)}
    yield from (blame for blame in blames if not _counted_from(blame) & wrong)


def _counted_from(blame: Blame) -> set[Place]:
    """The days that a mere lateness is counted from; none where something else is wrong."""
    if not all(entry.relation.late for entry in blame.explained):
        return set()
    rests = (datum for entry in blame.explained for datum in entry.relation.rests)
    return {(blame.datum.source.path, blame.datum.pointer), *(datum.place for datum in rests)}


def _blames(entries: Sequence[Entry]) -> Iterator[Blame]:
    """The datum to blame for the broken relations of some entries, one after the other.

    As each is told, what it explains counts no more. A place only ever loses weight by it: those
    that wait in the heap are weighed again when their turn comes, so that ten thousand faults
    take no longer than ten thousand times one.
    """
    broken = [entry for entry in entries if not entry.relation.holds]
    trusted = Counter(p for e in entries if e.relation.holds for p in e.relation.places)
    doubts = _doubts(broken)
    told: set[int] = set()
    weights = {place: (-len(ranks), trusted[place], ranks[0]) for place, ranks in doubts.items()}
    # Between places of one relation, the last it names.
    waiting = [(weight, _order(broken, weight[-1], p), p) for p, weight in weights.items()]
    heapify(waiting)
    while waiting:
        weight, _, place = heappop(waiting)
        left = [rank for rank in doubts[place] if rank not in told]
        if not left:
            continue
        now = (-len(left), trusted[place], left[0])
        doubts[place] = left
        if now != weight:
            heappush(waiting, (now, _order(broken, left[0], place), place))
            continue
        told.update(left)
        yield Blame(_named(broken[left[0]], place), tuple(broken[rank] for rank in left))


def _doubts(broken: Sequence[Entry]) -> dict[Place, list[int]]:
    """The ranks of the broken relations that each place enters, in order."""
    doubts: dict[Place, list[int]] = {}
    for rank, entry in enumerate(broken):
        for place in entry.relation.places:
            doubts.setdefault(place, []).append(rank)
    return doubts


def _order(broken: Sequence[Entry], rank: int, place: Place) -> int:
    """How far from the last a relation names a place."""
    data = broken[rank].relation.data
    return next(i for i, datum in enumerate(reversed(data)) if datum.place == place)


def _named(entry: Entry, place: Place) -> Datum:
    """What a relation says of a place, the last of it."""
    return next(d for d in reversed(entry.relation.data) if d.place == place)
