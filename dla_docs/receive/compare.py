"""What a reply says beside what the data say: new, known already, different; and what to write."""

from collections.abc import Iterator, Mapping, Sequence
from copy import deepcopy
from dataclasses import dataclass, replace
from enum import StrEnum
from itertools import pairwise
from typing import Any

from dla_docs.edit.changes import blank, same
from dla_docs.edit.edit import Append, Change, Edit, Remove
from dla_docs.model.accounts import unbanked
from dla_docs.model.findings import Pointer
from dla_docs.model.values import NO_BREAK
from dla_docs.model.words import folded
from dla_docs.receive.given import Answers, Given, Origin
from dla_docs.receive.listed import PERSON
from dla_docs.receive.target import Target

_ACCOUNT = (
    "un numéro de compte y est écrit, et ne va que dans reglement.yaml : reportez ce texte sans lui"
)
_A_DAY = len("AAAA-MM-JJ")
"""Letters under which a text names nothing: a day, a short word."""


class State(StrEnum):
    """What a value is beside the data."""

    NEW = "nouveau"
    SAME = "connu"
    OTHER = "différent"
    DOUBT = "à vérifier"
    FAULT = "illisible"


@dataclass(frozen=True)
class Entry:
    """A value, with its state; `former` is what the data say now. None takes it out of them."""

    place: Pointer
    value: Any
    said: str
    origin: Origin
    state: State
    former: Any = None
    fault: str = ""

    @property
    def name(self) -> str:
        """The datum by its keys, as the person writes it after `--accept`."""
        return ".".join(str(step + 1) if isinstance(step, int) else step for step in self.place)


def compared(answers: Answers, target: Target) -> tuple[Entry, ...]:
    """Every value of a reply beside the data."""
    entries = [_entry(given, target) for given in answers.values]
    for place, elements in answers.elements.items():
        entries += _listed(place, elements, target)
    return tuple(_without_account(entry) for entry in _agreed(entries))


def _agreed(entries: Sequence[Entry]) -> Iterator[Entry]:
    """The entries, those of one place that do not agree made one, which a person must decide.

    The form of a dossier of several structures asks each of them the same.
    """
    by_place: dict[Pointer, list[Entry]] = {}
    for entry in entries:
        by_place.setdefault(entry.place, []).append(entry)
    for entry in entries:
        same_place = by_place[entry.place]
        values = list(dict.fromkeys(str(one.value) for one in same_place if not one.fault))
        if len(values) < 2:
            yield entry
        elif entry is same_place[0]:
            told = f"le document en donne plusieurs{NO_BREAK}: {' ; '.join(values)}"
            yield replace(entry, value=None, state=State.FAULT, fault=told)


def in_doubt(entries: tuple[Entry, ...], why: str) -> tuple[Entry, ...]:
    """The entries, none of which is written unless a person accepts it."""
    return tuple(
        replace(e, state=State.DOUBT if e.state is State.NEW else e.state, origin=_told(e, why))
        for e in entries
    )


def _told(entry: Entry, why: str) -> Origin:
    return replace(entry.origin, doubt=entry.origin.doubt or why)


def _without_account(entry: Entry) -> Entry:
    """A value that holds no bank account: these go to the file of payments alone, by hand."""
    values = entry.value.values() if isinstance(entry.value, Mapping) else (entry.value,)
    texts = [str(item) for value in values for item in _items(value)]
    if all(unbanked(one) == one for one in texts):
        return entry
    return replace(entry, value=None, said="", state=State.FAULT, fault=_ACCOUNT)


def _items(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value]


def _entry(given: Given, target: Target) -> Entry:
    former = target.now(given.place)
    entry = Entry(given.place, given.value, given.said, given.origin, State.NEW, former)
    if given.fault:
        return replace(entry, state=State.FAULT, fault=given.fault)
    if not blank(former):
        return replace(entry, state=State.SAME if same(former, given.value) else State.OTHER)
    return replace(entry, state=State.DOUBT if given.origin.doubt else State.NEW)


def _listed(
    place: Pointer, elements: tuple[tuple[Mapping[str, Any], Origin], ...], target: Target
) -> Iterator[Entry]:
    """The elements of a list: those that are there take what they lack, the others are added."""
    there = target.now(place)
    known = [item for item in there or () if isinstance(item, dict)]
    added = len(there or ())
    for data, origin in elements:
        rank = next((n for n, item in enumerate(known) if _is_same(item, data)), None)
        fresh = State.DOUBT if origin.doubt else State.NEW
        if rank is None:
            yield Entry((*place, added), dict(data), "", origin, fresh)
            added += 1
            continue
        for key, value in data.items():
            former = known[rank].get(key)
            state = fresh if blank(former) else State.OTHER
            state = State.SAME if same(former, value) else state
            yield Entry((*place, rank, key), value, "", origin, state, former)


def _is_same(item: Mapping[str, Any], data: Mapping[str, Any]) -> bool:
    """Whether two elements are of one thing: a person by its name, else by its first words."""
    if all(key in data for key in PERSON):
        return all(folded(str(item.get(key))) == folded(str(data[key])) for key in PERSON)
    shared = [key for key in data if not blank(item.get(key))]
    if not shared:
        return False
    texts = [key for key in shared if isinstance(data[key], str) and len(data[key]) > _A_DAY]
    compared_by = texts[:1] or shared
    return all(same(item[key], data[key]) for key in compared_by)


def edits_of(
    entries: tuple[Entry, ...], target: Target, accepted: frozenset[str]
) -> tuple[Edit, ...]:
    """What is written: what is new and sure, and what the person accepts of the rest."""
    taken = [entry for entry in entries if is_taken(entry, accepted)]
    if target.new:
        element: dict[str, Any] = dict(target.named)
        for entry in taken:
            _put(element, entry.place, entry.value)
        return (Append(target.base[:-1], element),) if taken else ()
    changes: list[Edit] = []
    for entry in taken:
        place = (*target.base, *entry.place)
        if entry.place and isinstance(entry.place[-1], int):
            changes.append(Append(place[:-1], entry.value))
        else:
            changes.append(Remove(place) if entry.value is None else Change(place, entry.value))
    return tuple(changes)


def merged(entries: tuple[Entry, ...], target: Target, accepted: frozenset[str]) -> Any:
    """What the file says once written: its data, or the element that a form fills."""
    data = deepcopy(target.now(())) or {}
    for entry in entries:
        if is_taken(entry, accepted) and entry.value is not None:
            _put(data, entry.place, entry.value)
    return data


def is_taken(entry: Entry, accepted: frozenset[str]) -> bool:
    """Whether a value is written."""
    if entry.state is State.NEW:
        return True
    named = bool(accepted & {entry.name, "tout"})
    return named and entry.state in {State.OTHER, State.DOUBT}


def waits(entry: Entry, accepted: frozenset[str]) -> bool:
    """Whether a person must still decide of a value: it is not written, and not known already."""
    return entry.state is not State.SAME and not is_taken(entry, accepted)


def _put(data: dict[str, Any], place: Pointer, value: Any) -> None:
    """Put a value in new data, at a place whose holders are made."""
    holder: Any = data
    for step, following in pairwise(place):
        if isinstance(holder, list):
            holder = holder[int(step)]
            continue
        holder = holder.setdefault(str(step), [] if isinstance(following, int) else {})
    last = place[-1]
    if isinstance(holder, list):
        holder.append(value)
    else:
        holder[str(last)] = value
