"""A broken keyword, told to a person: its code, its French sentence, the datum it is about."""

from collections.abc import Iterator
from copy import deepcopy
from dataclasses import replace
from typing import Any

from dla_docs.load.calculated import follows, left_over
from dla_docs.load.yaml_reader import Source
from dla_docs.model.findings import Cure, Finding, Pointer
from dla_docs.model.likeness import meant_among, same_among
from dla_docs.model.paths import at
from dla_docs.model.schemas import CALCULATED, REST, Schema, field_at, refused_key, titled
from dla_docs.validate.branches import ONE_KEY_OF, TOO_LONG, Breach
from dla_docs.validate.cures import certain, slipped_key
from dla_docs.validate.fast import matches
from dla_docs.validate.formats import FORMATS
from dla_docs.validate.meanings import other_tax
from dla_docs.validate.sentences import sentence

CODES = {
    "required": "S-REQUIS",
    "type": "S-TYPE",
    "format": "S-FORMAT",
    "dependentRequired": "S-REQUIS",
    ONE_KEY_OF: "S-REQUIS",
    "additionalProperties": "S-CLE",
    "unevaluatedProperties": "S-CLE",
    TOO_LONG: "S-YAML",
}
"""The code of a broken keyword; S-VALEUR for the others."""

RANGE = frozenset({"minimum", "maximum"})
"""Keywords on a number that is there: a rule on what holds it asks for it, and says no more."""

LONGEST = 2_000
"""Values of a file past which nobody asks what a key was meant to be: each is tried in it."""

AT_KEY = frozenset({"additionalProperties"})
"""Keywords whose fault is a key, not what it holds."""


def told(source: Source, schema: Schema, breach: Breach) -> Iterator[Finding]:
    """One finding per absent key, unknown key or wrong value that a breach covers."""
    keyword, asked, data, pointer = breach.keyword, breach.asked, breach.data, breach.pointer
    if keyword == "required":
        lacking = [key for key in asked if key not in data]
        for key in (k for k in lacking if not _awaits(source, breach, k)):
            yield _finding(source, schema, breach, (key, asked), key)
    elif keyword == "dependentRequired":
        for known in (k for k in asked if k in data):
            for key in (k for k in asked[known] if k not in data):
                yield _finding(source, schema, breach, (key, known), key)
    elif keyword == ONE_KEY_OF:
        yield _finding(source, schema, breach, (data, asked), asked[0])
    elif keyword == "additionalProperties":
        for key in _unknown_keys(data, breach.schema):
            near = _meant_key(source, schema, breach, key)
            finding = _finding(source, schema, breach, (key, near), key)
            if near and near not in data:
                cure = _key_cure(source, schema, breach, key, near)
                finding = replace(finding, pointer=(*pointer, near), cure=cure)
            yield finding
    else:
        yield _finding(source, schema, breach, (data, asked))


def _awaits(source: Source, breach: Breach, key: str) -> bool:
    """Whether an absent value is calculated, and lacks what it is calculated from: that is told."""
    field = breach.schema.get("properties", {}).get(key)
    if not isinstance(field, dict) or not {CALCULATED, REST} & field.keys():
        return False
    around = tuple(m for m in (breach.data, source.data) if isinstance(m, dict))
    if CALCULATED in field:
        return follows(field, around) is None
    return not left_over(field, key, at(source.data, breach.pointer[:-1]) or (), around)


def _meant_key(source: Source, schema: Schema, breach: Breach, key: str) -> str:
    """The known key that an unknown one was meant to be; never one that is refused there.

    One that is there already is meant only where both are the same words.
    """
    if len(source.values) > LONGEST:
        return ""
    fields = breach.schema.get("properties", {})
    titles = {name: (str(titled(field)),) for name, field in fields.items()}
    same = same_among(key, fields, titles)
    if same in breach.data or (same and refused_key(fields[same])):
        return same if same in breach.data else ""
    free = [n for n, field in fields.items() if n not in breach.data and not refused_key(field)]
    near = same or meant_among(key, free, titles)
    return "" if near and _refused(source, schema, (*breach.pointer, key), near) else near


def _key_cure(source: Source, schema: Schema, breach: Breach, key: str, near: str) -> Cure | None:
    """The other name of a key: the same words, or those but for a slip where its value suits."""
    fields = breach.schema.get("properties", {})
    titles = {name: (str(titled(field)),) for name, field in fields.items()}
    free = [n for n, field in fields.items() if n not in breach.data and not refused_key(field)]
    place = (*breach.pointer, key)
    same = same_among(key, free, titles) == near
    slip = not same and slipped_key(key, free) == near
    if same or (slip and not _breaks(source, schema, place, near)):
        return source.renamed(place, near)
    return None


def _breaks(source: Source, schema: Schema, place: Pointer, key: str) -> bool:
    """Whether what a key holds breaks the schema under another name."""
    new = (*place[:-1], key)
    broken = _renamed_breaches(source, schema, place, key)
    return any(breach.pointer[: len(new)] == new for breach in broken)


def _renamed_breaches(source: Source, schema: Schema, place: Pointer, key: str) -> Iterator[Breach]:
    """What breaks the schema once a key has another name."""
    # What breaks is being told: jsonschema is there already.
    from dla_docs.validate.breaches import breaches

    renamed = deepcopy(source.data)
    mapping = at(renamed, place[:-1])
    mapping[key] = mapping.pop(place[-1])
    yield from (breach for _, breach in breaches(renamed, schema))


def _refused(source: Source, schema: Schema, place: Pointer, key: str) -> bool:
    """Whether a key is refused where another stands, by what the rest of the file says."""
    held = at(source.data, place)
    for breach in _renamed_breaches(source, schema, place, key):
        at_key = breach.pointer[: len(place)] == (*place[:-1], key)
        # jsonschema does not name the property whose schema is `false`.
        false = breach.keyword == "false" and breach.pointer == place[:-1]
        if (at_key and breach.keyword == "not") or (false and breach.data == held):
            return True
    return False


def _finding(
    source: Source,
    schema: Schema,
    breach: Breach,
    broken: tuple[Any, Any],
    key: str | None = None,
) -> Finding:
    """The finding of a breach, or of one key that it lacks or has too many."""
    keyword = breach.keyword
    pointer = breach.pointer if key is None else (*breach.pointer, key)
    absent = keyword in {"required", "dependentRequired"}
    # A branch (`then`, `oneOf`…) may know a field that the walk down `properties` does not meet.
    field = field_at(schema, pointer) or field_at(breach.schema, (key or "",))
    words, public = sentence(keyword, *broken, field if absent else breach.schema, breach.data)
    message, hint = words
    if keyword == "type":
        hint = other_tax(broken[0], pointer) or hint
    code, also = _codes(schema, breach, pointer)
    label = (field if field or key else breach.schema).get("title")
    if key is None and label:
        message, public = f"{label} : {message}", (f"{label} : {public[0]}", public[1])
    at_key = keyword in AT_KEY
    found = source.finding(code, message, pointer, hint=hint, also=also, at_key=at_key)
    written = None if key else certain(keyword, breach.data, breach.asked, breach.schema, pointer)
    # An alias has no writing of its own to mend.
    told = written is not None and pointer in source.values
    mended = source.mended(pointer, written) if told and written is not None else None
    return replace(found, public=public, cure=mended)


def _codes(schema: Schema, breach: Breach, pointer: Pointer) -> tuple[str, tuple[str, ...]]:
    """The rule that a broken constraint is, if it is one, and the rule of its format."""
    rule = "" if breach.keyword in AT_KEY else field_at(schema, pointer).get("x-regle", breach.rule)
    if breach.keyword in RANGE and "x-regle" not in field_at(schema, pointer):
        rule = ""
    of_format = FORMATS[breach.asked].rule if breach.keyword == "format" else ""
    code = rule or of_format or CODES.get(breach.keyword, "S-VALEUR")
    return code, (of_format,) if rule and of_format else ()


def _unknown_keys(data: dict[str, Any], schema: Schema) -> Iterator[str]:
    patterns = schema.get("patternProperties", {})
    for key in data:
        if key not in schema.get("properties", {}) and not any(matches(p, key) for p in patterns):
            yield key
