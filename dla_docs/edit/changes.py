"""A change to the data of a file, as data; and what the data is once it is made."""

from collections.abc import Sequence
from copy import deepcopy
from dataclasses import dataclass
from typing import Any

from dla_docs.model.errors import EditError
from dla_docs.model.findings import Pointer
from dla_docs.model.paths import at

WHY = "ouvrez le fichier, et écrivez-le à la main"


@dataclass(frozen=True)
class Change:
    """Give a datum its value: a scalar, a list or a mapping of plain data, as a file is read.

    What holds the datum is written too where it is not there. A mapping or a list that replaces
    another changes what differs alone.
    """

    steps: Pointer
    value: Any


@dataclass(frozen=True)
class Append:
    """Add an element to a list, made where it is not there; a last one left blank is filled."""

    steps: Pointer
    value: Any


@dataclass(frozen=True)
class Remove:
    """Take a key, or an element, out of what holds it."""

    steps: Pointer


@dataclass(frozen=True)
class Rename:
    """Give a key another name, at its place; what it holds is left alone."""

    steps: Pointer
    key: str


Edit = Change | Append | Remove | Rename


def refusal(steps: Pointer, why: str) -> EditError:
    """What is said of a change that cannot be made without touching something else."""
    return EditError(f"« {named(steps)} » n’a pas été écrit : {why}", WHY)


def named(steps: Pointer) -> str:
    """A datum by its keys, ranks from 1: `livrables 2, echeance`."""
    words: list[str] = []
    for step in steps:
        if isinstance(step, int) and words:
            words[-1] += f" {step + 1}"
        else:
            words.append(str(step))
    return ", ".join(words) or "le fichier"


def blank(value: Any) -> bool:
    """Whether a datum is still to be filled, as a skeleton leaves it."""
    if isinstance(value, dict):
        return bool(value) and all(blank(item) for item in value.values())
    return value is None or value == ""


def awaiting(items: Any) -> int | None:
    """The rank of the last element of a list where it is left blank."""
    return len(items) - 1 if isinstance(items, list) and items and blank(items[-1]) else None


def as_set(edit: Append, data: Any) -> Change | None:
    """The change that an addition comes to, where no element is to be added after another."""
    items = at(data, edit.steps)
    if not items:
        return Change(edit.steps, [edit.value])
    if (rank := awaiting(items)) is not None:
        return Change((*edit.steps, rank), edit.value)
    return None


def applied(data: Any, edit: Edit) -> Any:
    """The data once changed, in its own copy. Raises EditError for a place that is not there."""
    if isinstance(edit, Append):
        if as_change := as_set(edit, data):
            return applied(data, as_change)
        return applied(data, Change(edit.steps, [*at(data, edit.steps), edit.value]))
    if isinstance(edit, Change) and not edit.steps:
        return edit.value
    try:
        return _made(deepcopy(data), edit.steps, edit)
    except LookupError as error:
        raise refusal(edit.steps, "rien n’est à cette place dans le fichier") from error


def _made(data: Any, steps: Pointer, edit: Change | Remove | Rename) -> Any:
    """The data changed in place at the end of some steps.

    Raises LookupError where they lead nowhere.
    """
    if not steps:
        raise LookupError
    step, *rest = steps
    holds_keys = isinstance(step, str)
    if data is None and holds_keys and isinstance(edit, Change):
        data = {}
    fits = isinstance(data, dict if holds_keys else list)
    there = fits and (step in data if holds_keys else 0 <= int(step) < len(data))
    if not fits or not (there or (holds_keys and isinstance(edit, Change))):
        raise LookupError
    if rest:
        data[step] = _made(data[step] if there else None, tuple(rest), edit)
    elif isinstance(edit, Change):
        data[step] = edit.value
    elif isinstance(edit, Remove):
        del data[step]
    elif edit.key in data:
        raise refusal(edit.steps, f"la clé « {edit.key} » est déjà là")
    else:
        data = {edit.key if key == step else key: item for key, item in data.items()}
    return data


def same(one: Any, other: Any) -> bool:
    """Whether two data say the same; a key without value is an absent one, 1 is not true.

    Texts are compared without their last line ends: a block gives one to each, which says nothing.
    """
    if isinstance(one, dict) and isinstance(other, dict):
        keys = [key for key in {**one, **other} if not (one.get(key) is other.get(key) is None)]
        return all(same(one.get(key), other.get(key)) for key in keys)
    if isinstance(one, list) and isinstance(other, list):
        pairs = zip(one, other, strict=False)
        return len(one) == len(other) and all(same(a, b) for a, b in pairs)
    if isinstance(one, str) and isinstance(other, str):
        return one.rstrip("\n") == other.rstrip("\n")
    return isinstance(one, bool) == isinstance(other, bool) and bool(one == other)


def common(one: Sequence[Any], other: Sequence[Any]) -> tuple[int, int]:
    """How many elements two lists begin with, and end with, alike."""
    shortest = min(len(one), len(other))
    first = 0
    while first < shortest and same(one[first], other[first]):
        first += 1
    last = 0
    while last < shortest - first and same(one[-1 - last], other[-1 - last]):
        last += 1
    return first, last
