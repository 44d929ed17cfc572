"""What is already known of a file to come: references and facts that other files hold.

A field whose schema names a source (`x-depuis`, see `offers.py`) takes its value from there.
Without it, an owed reference takes the names that the dossier or ingénierie gives, or the only
one there is. Only what is known is offered: a wrong value is worse than none.
"""

from collections.abc import Mapping
from typing import Any

from dla_docs.create.known import Found, Known, Made, Place, candidates, offered
from dla_docs.create.offers import SOURCE, Each, Offer, source_of
from dla_docs.model.schemas import Schema, fields, owed_keys

EMPTY: tuple[Any, ...] = (None, [], {})


def prefill(
    schema: Schema, known: Known, given: Mapping[str, Any], element: Found | None = None
) -> dict[str, Any]:
    """The known values of a mapping: those given, then those found, in the order of its keys.

    An optional key is there only when its schema, or that of what it holds, says where to take it
    from. `element`: what the mapping is made from. Raises TemplateError for an `x-depuis` that is
    no path.
    """
    values: dict[str, Any] = dict(given)
    owed = schema.get("required", ())
    # References first: what is beside them is copied from the records they name.
    order = sorted(fields(schema), key=lambda entry: "x-reference" not in entry[1])
    for key, field in order:
        if key not in given:
            value = _value(field, key in owed, Place(known, schema, values, element))
            values |= {} if value in EMPTY else {key: value}
    return {key: values[key] for key, _ in fields(schema) if key in values}


def _value(field: Schema, owed: bool, place: Place) -> Any:
    """What is known of one field, whole or in part."""
    source = source_of(field)
    if source and (found := _taken(field, source, place)) not in EMPTY:
        return found
    if owed and not source:
        return _owed(field, place)
    if "properties" in field and _fed(field):
        return prefill(field, place.known, {}, place.element)
    return None


def _fed(field: Schema) -> bool:
    """Whether something inside an optional mapping says where to take it from."""
    return any(SOURCE in inner or _fed(inner) for _, inner in fields(field))


def _taken(field: Schema, source: Offer, place: Place) -> Any:
    """What a source gives to a field: a list where it is one, else its first value."""
    made = list(offered(source, place))
    if field.get("type") != "array":
        return _shaped(field, made[0], place) if made else None
    if len(made) == 1 and not made[0].values and isinstance(made[0].origin.value, list):
        return [_shaped(field.get("items", {}), Made({}, Found(v)), place) for v in _of(made[0])]
    return [_shaped(field.get("items", {}), one, place) for one in made]


def _of(made: Made) -> list[Any]:
    listed: list[Any] = made.origin.value
    return listed


def _shaped(field: Schema, made: Made, place: Place) -> Any:
    """A value with the keys that its field has, completed by what they take themselves."""
    if "properties" not in field:
        return made.origin.value
    own, origin = dict(fields(field)), made.origin
    if made.values:
        return prefill(field, place.known, made.values, origin)
    if not isinstance(origin.value, dict):
        return origin.value
    if not origin.value.keys() <= own.keys() and field.get("patternProperties", {}).keys() - {
        "^x-"
    }:
        # Names that the schema leaves free: the criteria of a territory.
        return origin.value
    return {key: value for key, value in origin.value.items() if key in own}


def _owed(field: Schema, place: Place) -> Any:
    """What is known of an owed field that names no source."""
    items = field.get("items", {})
    if target := field.get("x-reference"):
        found = candidates(target, place.known)
        return found[0] if len(found) == 1 else None
    if target := items.get("x-reference"):
        return list(candidates(target, place.known))
    if "properties" in items:
        return _elements(items, place)
    if "properties" in field:
        return prefill(field, place.known, {}, place.element)
    return None


def _elements(items: Schema, place: Place) -> list[dict[str, Any]]:
    """One element for each name that its first owed reference may take."""
    owed = items.get("required", ())
    for key, field in fields(items):
        if key in owed and (target := field.get("x-reference")):
            source = source_of(field)
            made = list(offered(source, Place(place.known, items, {}))) if source else []
            found = [m.origin.value for m in made] or candidates(target, place.known)
            return [prefill(items, place.known, {key: name}) for name in found]
    alone = prefill(items, place.known, {})
    return [alone] if alone else []


def offered_only(field: Schema, value: Any) -> bool:
    """Whether what is known of an optional field is only there to be taken up.

    Written as it is, it would lack what nobody knows yet.
    """
    source = source_of(field)
    due = isinstance(source, Each) and source.due
    return isinstance(value, dict | list) and not due and not _whole(field, value)


def _whole(field: Schema, value: Any) -> bool:
    if isinstance(value, list):
        return all(_whole(field.get("items", {}), item) for item in value)
    if not isinstance(value, dict):
        return value is not None
    inner = dict(fields(field))
    there = all(key in value for key in owed_keys(field))
    return there and all(_whole(inner.get(key, {}), item) for key, item in value.items())
