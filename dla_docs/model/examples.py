"""One value as text: on a line of YAML, and as comments and advice show an example of it."""

import json
import re
from decimal import Decimal
from typing import Any

from dla_docs.model.schemas import CALCULATED, REST, Schema

ESCAPED = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff\ufeff\ufffe\uffff]")
"""Characters that YAML takes for line ends or refuses."""

_PLAIN = re.compile(r"[a-z][a-z0-9_-]*|[0-9]{4}-[0-9]{2}-[0-9]{2}")
# Quoted, for programs of YAML 1.1 take them for booleans.
_READ_OTHERWISE = {"null", "true", "false", "yes", "no", "on", "off", "y", "n"}


def scalar(value: Any) -> str:
    """A value on one line of YAML, that every reader takes for what it is."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int | Decimal):
        # Without the exponent of a decimal such as 1E+2, which reads as a text.
        return f"{value:f}" if isinstance(value, Decimal) else str(value)
    if isinstance(value, str) and _PLAIN.fullmatch(value) and value not in _READ_OTHERWISE:
        return value
    # JSON is YAML, but for characters that YAML takes for line ends or refuses.
    text = json.dumps(value, ensure_ascii=False, default=float)
    return ESCAPED.sub(lambda character: f"\\u{ord(character[0]):04x}", text)


def example(field: Schema) -> str:
    """The first example of a field as it is to be written; empty where its schema gives none.

    Digits that are no number (a SIRET, a postcode) have their quotes; an amount, its cents.
    """
    examples = field.get("examples")
    if not examples:
        return ""
    first = examples[0]
    if isinstance(first, int | float) and field.get("x-unite") == "euros":
        return f"{first:.2f}"
    quoted = isinstance(first, dict) or re.match(r"[0-9+]", str(first))
    return scalar(first) if quoted else str(first)


def choices(field: Schema) -> str:
    """The values of a closed list, with what people call them; empty where any value goes."""
    labels = field.get("x-libelles", {})
    shown = (c if labels.get(c, c) == c else f"{c} ({labels[c]})" for c in field.get("enum", ()))
    return ", ".join(map(str, shown))


def calculation(field: Schema) -> str:
    """How a value that may be left out is calculated; empty for one that is not."""
    formula = field.get(CALCULATED)
    if isinstance(formula, str):
        return f"Calculé : « {formula.replace('?', '').replace(' %', ' / 100')} »"
    if formula:
        return f"Calculé d’après « {formula['est']} »"
    rest = field.get(REST)
    return f"Calculé s’il manque seul : ce que les autres laissent de « {rest} »" if rest else ""
