"""Whether a file breaks its schema, at once. Alone knows jsonschema-rs.

It answers yes or no two hundred times faster than jsonschema, which then says what is wrong, and
where, for the few files that are. A test holds the two verdicts together. Patterns are matched in
linear time, here and for the messages: the workspace may bring its own.
"""

from collections.abc import Callable, Mapping
from functools import lru_cache
from typing import Any

import jsonschema_rs

from dla_docs.model.schemas import Kind
from dla_docs.validate.formats import FORMATS

# No look-around and no reference back, which take exponential time; 500 kB hold any list of words.
_LINEAR = jsonschema_rs.RegexOptions(size_limit=500_000, dfa_size_limit=500_000)


def breaks(data: Any, kind: Kind) -> bool:
    """Whether data is refused by the schema of its kind, or by a reading too narrow for it."""
    try:
        return not _validator(kind).is_valid(data)
    except ValueError:
        # A number out of its reach, for example: the slower reader decides.
        return True


def matches(pattern: str, text: str) -> bool:
    """Whether a pattern of a schema is found in a text, in linear time.

    One that the engine refuses matches nothing: a schema that holds it is refused before.
    """
    return _pattern(pattern)(text)


def unread(schema: Mapping[str, Any]) -> str:
    """Why a schema cannot be read, in the words of the engine; empty where it can."""
    try:
        jsonschema_rs.Draft202012Validator(dict(schema), pattern_options=_LINEAR)
    except (ValueError, TypeError) as error:
        return str(error).partition("\n")[0][:200]
    return ""


def admits(schema: Mapping[str, Any], data: Any) -> bool:
    """Whether a schema of ours admits what another schema says."""
    return jsonschema_rs.is_valid(dict(schema), data)


@lru_cache(maxsize=512)
def _pattern(pattern: str) -> Callable[[str], bool]:
    try:
        validator = jsonschema_rs.Draft202012Validator(
            {"pattern": pattern}, pattern_options=_LINEAR
        )
    except ValueError:
        return lambda text: False
    return validator.is_valid


@lru_cache(maxsize=128)
def _validator(kind: Kind) -> jsonschema_rs.Draft202012Validator:
    # The same codes and days come back in every file.
    formats: dict[str, Callable[[str], bool]]
    formats = {name: lru_cache(maxsize=1024)(entry.test) for name, entry in FORMATS.items()}
    return jsonschema_rs.Draft202012Validator(
        dict(kind.schema), formats=formats, validate_formats=True, pattern_options=_LINEAR
    )
