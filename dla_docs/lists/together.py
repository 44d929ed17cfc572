"""What the cells of a row give, put together as one record: each value in its place.

The values of a list go to its elements side by side: the second instance has the second date. One
value alone is that of all.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import pairwise
from typing import Any, NamedTuple

from dla_docs.lists.declared import ListType
from dla_docs.model.findings import Pointer
from dla_docs.model.paths import Every, Path
from dla_docs.model.words import number_of


class Given(NamedTuple):
    """What a cell gives to a path, and the rank of its column; 0 for what is implied.

    Of a path through a list, `value` is the list of the values of its elements.
    """

    value: Any
    rank: int


class Said(NamedTuple):
    """What is said of the column of a rank."""

    rank: int
    told: str
    hint: str = ""
    fault: bool = True


@dataclass(frozen=True)
class Whole:
    """The data of a row, the rank of the column each datum comes from, and what is said of them."""

    data: Mapping[str, Any]
    cells: Mapping[Pointer, int]
    said: tuple[Said, ...]


def together(given: Mapping[Path, Given], declared: ListType) -> Whole:
    """One record of what the cells of a row give."""
    data: dict[str, Any] = {}
    cells: dict[Pointer, int] = {}
    said: list[Said] = []
    apart = {path: one for path, one in given.items() if not _listed(path)}
    for path, one in apart.items():
        _set(data, path.pointer, one.value)
        cells |= {path.pointer: one.rank} if one.rank else {}
    for name in dict.fromkeys(str(path.steps[0]) for path in given if _listed(path)):
        inside = {p: one for p, one in given.items() if _listed(p) and p.steps[0] == name}
        for steps, value, rank in _elements(name, inside, declared, said):
            _set(data, steps, value)
            cells[steps] = rank
    return Whole(data, cells, tuple(said))


def _listed(path: Path) -> bool:
    return any(isinstance(step, Every) for step in path.steps)


def _elements(
    name: str, inside: Mapping[Path, Given], declared: ListType, said: list[Said]
) -> Iterator[tuple[Pointer, Any, int]]:
    """The values of the elements of a list, each with its place and its rank.

    An element of which nothing says which one it is would be added each time: it is left, and told.
    """
    key = declared.keys[name][0]
    many = max(len(one.value) for one in inside.values())
    uneven = [one for one in inside.values() if len(one.value) not in (1, many)]
    said += [_uneven(one, many) for one in uneven]
    even = {path: one for path, one in inside.items() if one not in uneven}
    known: list[Any] = next((o.value for path, o in even.items() if path.steps[-1] == key), [])
    kept = [rank for rank in range(many) if known and _at(known, rank, many) is not None]
    if len(kept) < many and not uneven:
        due = next(c for c in declared.columns if c.steps[:1] == (name,) and c.steps[-1] == key)
        told = f"n’est pas retenu, faute de « {due.title} » sur cette ligne"
        others = [one.rank for path, one in even.items() if path.steps[-1] != key]
        said += [Said(rank, told, fault=False) for rank in others]
    for path, one in even.items():
        for place, rank in enumerate(kept):
            value = _at(one.value, rank, many)
            if value is not None:
                yield (
                    tuple(place if isinstance(s, Every) else s for s in path.steps),
                    value,
                    one.rank,
                )


def _at(values: list[Any], rank: int, many: int) -> Any:
    """The value of an element among as many."""
    return values[rank if len(values) == many else 0]


def _uneven(one: Given, many: int) -> Said:
    return Said(
        one.rank,
        f"il y a {number_of(len(one.value), 'valeur')} ici, et {many} dans une autre colonne",
        "mettez-en une pour chacune, parties par « | », ou une seule pour toutes",
    )


def _set(data: dict[str, Any], steps: Pointer, value: Any) -> None:
    """Put a value in its place in data; what holds it is made."""
    here: Any = data
    for step, following in pairwise(steps):
        made: Any = [] if isinstance(following, int) else {}
        if isinstance(here, list) and isinstance(step, int):
            here += [{} for _ in range(step + 1 - len(here))]
            here = here[step]
        else:
            here = here.setdefault(step, made)
    here[steps[-1]] = value
