"""Values that follow from others: a file may leave them out, everyone then reads them.

A schema says how (`x-calcul`): `ht × taux_tva %`, `jours × taux_jour_ht + frais_ht?`, where a name
is that of a key of the same mapping, or of one around it, and `?` counts an absent one for nothing;
or which of two words, as two keys say the same thing or not. `x-reste` names what the elements of a
list make together: the one that is left out has what the others leave of it.

What is written stays as it is: the rules compare it with what it should be.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from typing import Any

from dla_docs.model.paths import Path
from dla_docs.model.schemas import CALCULATED, REST, Kind, Schema, fields
from dla_docs.model.values import to_the_cent

MOST = 10**12
"""Amounts from which nothing is calculated: none is so large, and rounding has its bounds."""

Around = tuple[Mapping[str, Any], ...]
"""The mappings around a value, the closest first: where the names of a formula are looked for."""


@dataclass(frozen=True)
class Plan:
    """The calculated keys at or below a schema, in its order; the rest of it is left out."""

    keys: tuple[tuple[str, Schema, "Plan | None"], ...]
    items: "Plan | None" = None


@lru_cache(maxsize=64)
def plan_of(kind: Kind) -> Plan | None:
    """The calculated keys of a kind; None where it has none."""
    return _plan(kind.schema)


def _plan(schema: Schema) -> Plan | None:
    below = ((key, field, _plan(field)) for key, field in fields(schema))
    keys = tuple(e for e in below if e[2] or CALCULATED in e[1] or REST in e[1])
    items = _plan(schema["items"]) if isinstance(schema.get("items"), Mapping) else None
    return Plan(keys, items) if keys or items else None


def completed(data: Any, plan: Plan | None, around: Around = ()) -> Any:
    """Data with the calculated values that they leave out; those that cannot be stay absent."""
    if plan and isinstance(data, list) and plan.items:
        made = [completed(item, plan.items, around) for item in data]
        return _shared(made, plan.items, around)
    if not plan or not isinstance(data, dict):
        return data
    data = dict(data)
    for key, field, below in plan.keys:
        if key in data:
            data[key] = completed(data[key], below, (data, *around))
        elif CALCULATED in field and REST not in field:
            value = follows(field, (data, *around))
            data |= {} if value is None else {key: value}
    return data


def _shared(items: list[Any], plan: Plan, around: Around) -> list[Any]:
    """A list of parts, those left out filled: by their formula, the last by what is left."""
    mappings = [item for item in items if isinstance(item, dict)]
    for key, field in ((key, field) for key, field, _ in plan.keys if REST in field):
        lacking = [item for item in mappings if key not in item]
        for item in (i for i in lacking if i is not mappings[-1] and CALCULATED in field):
            _put(item, key, follows(field, (item, *around)))
        lacking = [item for item in lacking if key not in item]
        parts = [item[key] for item in mappings if key in item]
        total = _named(field[REST], around)
        if len(lacking) == 1 and _is_number(total) and all(map(_is_number, parts)):
            left = Decimal(total) - sum(map(Decimal, parts), Decimal(0))
            _put(lacking[0], key, to_the_cent(left) if 0 <= left < MOST else None)
        for item in (i for i in lacking if key not in i and CALCULATED in field):
            _put(item, key, follows(field, (item, *around)))
    return items


def _put(item: dict[str, Any], key: str, value: Any) -> None:
    # A copy: `completed` has just made it.
    if value is not None:
        item[key] = value


def follows(field: Schema, around: Around) -> Any:
    """What a formula gives; None where something that it needs is absent, or no number."""
    formula = field[CALCULATED]
    if isinstance(formula, Mapping):
        return _word(formula, around)
    terms = list(_terms(formula, around))
    if None in terms:
        return None
    total = sum((term for term in terms if term is not None), Decimal(0))
    if abs(total) >= MOST:
        return None
    if field.get("type") == "integer":
        return int(total) if total == int(total) else None
    return to_the_cent(total) if field.get("x-unite") == "euros" else total


def left_over(field: Schema, key: str, items: Any, around: Around) -> bool:
    """Whether what the others leave is known: the whole and each part that is there are numbers."""
    parts = [item[key] for item in items if isinstance(item, dict) and key in item]
    return all(map(_is_number, (_named(field[REST], around), *parts)))


def _word(formula: Mapping[str, Any], around: Around) -> Any:
    """Which of two words: whether two keys say the same; the second one for sure, if it is said."""
    if formula.get("sauf") and _named(formula["sauf"], around) is True:
        return formula["sinon"]
    one, other = _named(formula["si"], around), _named(formula["est"], around)
    if one is None or other is None:
        return None
    return formula["alors"] if one == other else formula["sinon"]


def _terms(formula: str, around: Around) -> Iterator[Decimal | None]:
    """The terms of a sum, each with its sign; None for one that is not known."""
    product: Decimal | None = Decimal(1)
    for word in formula.split():
        if word in {"+", "−"}:
            yield product
            product = Decimal(1 if word == "+" else -1)
        elif word == "%":
            product = None if product is None else product / 100
        elif word != "×":
            value = _named(word.rstrip("?"), around)
            value = 0 if value is None and word.endswith("?") else value
            known = product is not None and _is_number(value)
            product = product * Decimal(value) if known and product is not None else None
    yield product


def _named(name: str, around: Around) -> Any:
    """The datum of a name, in the closest mapping that has its first key."""
    path = Path.parse(name)
    return next(
        (path.first(mapping[path.part]) for mapping in around if path.part in mapping), None
    )


def reads(formula: Any) -> bool:
    """Whether a formula of a schema names keys and counts with them; a word of two always does."""
    if not isinstance(formula, str):
        return True
    signs = ("+", "−", "×", "%")
    try:
        return all(Path.parse(w.rstrip("?")) for w in formula.split() if w not in signs)
    except ValueError:
        return False


def _is_number(value: Any) -> bool:
    return isinstance(value, int | Decimal) and not isinstance(value, bool)
