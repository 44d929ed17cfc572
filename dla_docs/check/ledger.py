"""Data that must agree, and which one to blame when they do not.

One wrong figure breaks every sum it enters: it is told once, where it most probably is.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from dla_docs.check.controles.case import Case
from dla_docs.load.references import walk
from dla_docs.load.yaml_reader import Source
from dla_docs.model.findings import Pointer


@dataclass(frozen=True)
class Datum:
    """A value with its place; `path` is how it was asked for."""

    source: Source
    pointer: Pointer
    value: Any
    path: str

    @property
    def place(self) -> tuple[str, Pointer]:
        """Where it is, as something that can be counted."""
        return self.source.path, self.pointer


@dataclass(frozen=True)
class Relation:
    """Some data that should agree, whether they do, and what to say if they do not."""

    data: tuple[Datum, ...]
    holds: bool
    message: str = ""


def data_at(case: Case, path: str) -> Iterator[Datum]:
    """The data at a path such as `realisation.notes[].date`, in every file of that kind.

    They are compared when they are there: an absent one breaks nothing, and is not `read`.
    """
    kind, *steps = path.split(".")
    part = case.scope.part(kind)
    sources = [part] if part else list(case.scope.series.get(kind, {}).values())
    for source in sources:
        for pointer, value in walk(source.data, steps):
            yield Datum(source, pointer, value, path)


def blamed(relations: Sequence[Relation]) -> Iterator[tuple[Relation, Datum]]:
    """Broken relations with the datum to blame, each datum once.

    The datum in most broken relations is blamed; between equals, the one in fewest that hold, and
    then the last one named: what comes later should not exist yet.
    """
    broken = [relation for relation in relations if not relation.holds]
    trusted = Counter(d.place for r in relations if r.holds for d in r.data)
    while broken:
        doubted = Counter(d.place for r in broken for d in r.data)
        suspects = [(datum, relation) for relation in broken for datum in reversed(relation.data)]
        datum, relation = max(suspects, key=lambda s: (doubted[s[0].place], -trusted[s[0].place]))
        yield relation, datum
        broken = [r for r in broken if datum.place not in {d.place for d in r.data}]
