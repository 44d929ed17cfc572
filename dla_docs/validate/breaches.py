"""What breaks a schema, keyword by keyword. Alone knows jsonschema.

It is imported only when there is something to tell: `fast.py` says whether there is. Its work is
counted, and its patterns are matched by the linear engine: both the schema and the data may be a
stranger's.
"""

import json
from collections.abc import Callable, Iterable, Iterator
from itertools import count
from typing import Any

from jsonschema import Draft202012Validator, FormatChecker
from jsonschema.exceptions import ValidationError
from jsonschema.validators import extend

from dla_docs.model.findings import Pointer
from dla_docs.model.schemas import Schema
from dla_docs.validate.branches import TOO_LONG, Breach
from dla_docs.validate.fast import matches
from dla_docs.validate.formats import FORMATS

MAX_STEPS = 300_000
"""Keywords looked at for one file, about three seconds; a faulty file of the demonstration takes
two thousand."""

Keyword = Callable[[Any, Any, Any, Any], Iterable[ValidationError] | None]


class _TooLong(Exception):
    """A file whose data and schema together ask for too much work."""


def _format_checker() -> FormatChecker:
    checker = FormatChecker(formats=())
    for entry in FORMATS.values():
        # A format says nothing of what is not text: `type` does.
        checker.checks(entry.name)(
            lambda data, test=entry.test: not isinstance(data, str) or test(data)
        )
    return checker


_CHECKER = _format_checker()


def breaches(data: Any, schema: Schema) -> Iterator[tuple[Pointer, Breach]]:
    """Each broken keyword of a schema, with the way to it in the schema.

    The last one may be `TOO_LONG`: the rest was not looked at.
    """
    validator = _counted()(schema, format_checker=_CHECKER)
    try:
        for error in validator.iter_errors(data):
            yield tuple(error.absolute_schema_path), _breach(schema, error)
    except (_TooLong, RecursionError):
        yield (), Breach(TOO_LONG, MAX_STEPS, data, (), schema)


def _counted() -> Any:
    """A validator that stops past a number of steps, each keyword being one."""
    steps = count(1)

    def counted(keyword: Keyword) -> Keyword:
        def stepped(
            validator: Any, asked: Any, data: Any, schema: Any
        ) -> Iterable[ValidationError] | None:
            if next(steps) > MAX_STEPS:
                raise _TooLong
            return keyword(validator, asked, data, schema)

        return stepped

    known = {**Draft202012Validator.VALIDATORS, **_LINEAR}
    words = {name: counted(word) for name, word in known.items()}
    return extend(Draft202012Validator, words)  # type: ignore[no-untyped-call]


def _pattern(_: Any, asked: Any, data: Any, __: Any) -> Iterator[ValidationError]:
    if isinstance(data, str) and not matches(asked, data):
        yield ValidationError("pattern")


def _pattern_properties(validator: Any, asked: Any, data: Any, _: Any) -> Iterator[ValidationError]:
    if isinstance(data, dict):
        for pattern, below in asked.items():
            for key, item in data.items():
                if matches(pattern, key):
                    yield from validator.descend(item, below, path=key, schema_path=pattern)


def _additional_properties(
    validator: Any, asked: Any, data: Any, schema: Any
) -> Iterator[ValidationError]:
    if not isinstance(data, dict):
        return
    known, patterns = schema.get("properties", {}), schema.get("patternProperties", {})
    others = [k for k in data if k not in known and not any(matches(p, k) for p in patterns)]
    if isinstance(asked, dict):
        for key in others:
            yield from validator.descend(data[key], asked, path=key)
    elif not asked and others:
        yield ValidationError("additionalProperties")


def _whole(number: Any) -> Any:
    """A decimal as JSON writes the same number: 3.00 is 3."""
    return int(number) if number == int(number) else float(number)


def _unique_items(_: Any, asked: Any, data: Any, __: Any) -> Iterator[ValidationError]:
    # By their text: jsonschema compares them two by two.
    if asked and isinstance(data, list):
        written = {json.dumps(item, sort_keys=True, default=_whole) for item in data}
        if len(written) < len(data):
            yield ValidationError("uniqueItems")


_LINEAR: dict[str, Keyword] = {
    "pattern": _pattern,
    "patternProperties": _pattern_properties,
    "additionalProperties": _additional_properties,
    "uniqueItems": _unique_items,
}
"""The keywords of jsonschema that take more than linear time, by ours."""


def not_a_schema(schema: Schema) -> Iterator[Pointer]:
    """The places where a schema is not JSON Schema."""
    checker = FormatChecker(formats=("regex",))
    meta = Draft202012Validator(Draft202012Validator.META_SCHEMA, format_checker=checker)
    for error in meta.iter_errors(schema):
        yield tuple(error.absolute_path)


def _breach(schema: Schema, error: ValidationError) -> Breach:
    """A jsonschema error as data of ours; a schema that is `false` names no keyword."""
    keyword = "false" if error.validator is None else str(error.validator)
    broken = error.schema if isinstance(error.schema, dict) else {}
    pointer: Pointer = tuple(error.absolute_path)
    rule = _rule_on(schema, error.absolute_schema_path)
    branches: dict[Any, list[Breach]] = {}
    for inner in error.context or ():
        branches.setdefault(inner.relative_schema_path[0], []).append(_breach(schema, inner))
    parts = tuple(tuple(branch) for branch in branches.values())
    return Breach(keyword, error.validator_value, error.instance, pointer, broken, rule, parts)


def _rule_on(schema: Any, steps: Iterable[str | int]) -> str:
    """The closest `x-regle` on the way from a schema to one of its keywords."""
    rule = ""
    for step in steps:
        rule = schema.get("x-regle", rule) if isinstance(schema, dict) else rule
        schema = schema[step]
    return rule
