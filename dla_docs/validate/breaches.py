"""What breaks a schema, keyword by keyword. Alone knows jsonschema.

It is imported only when there is something to tell: `fast.py` says whether there is.
"""

from collections.abc import Iterable, Iterator
from typing import Any

from jsonschema import Draft202012Validator, FormatChecker
from jsonschema.exceptions import ValidationError

from dla_docs.model.findings import Pointer
from dla_docs.model.schemas import Schema
from dla_docs.validate.branches import Breach
from dla_docs.validate.formats import FORMATS


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
    """Each broken keyword of a schema, with the way to it in the schema."""
    for error in Draft202012Validator(schema, format_checker=_CHECKER).iter_errors(data):
        yield tuple(error.absolute_schema_path), _breach(schema, error)


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
