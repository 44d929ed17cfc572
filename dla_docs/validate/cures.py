"""What mends a fault for certain: the right writing of a value, or of a key, with no other reading.

Less than what is advised: a date of two digits for its year, a postcode that has lost its zero, an
amount in k€ are for a person to confirm. What is written passes the schema.
"""

import re
from collections.abc import Callable, Iterable, Mapping
from decimal import Decimal
from typing import Any

from dla_docs.model.departements import departement_named
from dla_docs.model.findings import Pointer, Written
from dla_docs.model.likeness import same_among, slipped
from dla_docs.model.readings import CIVILITIES, tight
from dla_docs.model.words import folded, plain
from dla_docs.validate.formats import FORMATS
from dla_docs.validate.meanings import of_pattern, of_type, other_tax

_AMOUNT = re.compile(r"-?(?:\d{1,3}(?: \d{3})++|\d++)(?:[.,]\d{1,2})? ?+(?P<unit>[^\d]*+)")
"""A number that is read one way: three digits after a comma may be thousands."""
_UNITS = {
    "euros": re.compile(r"(?:€|eur|euros?)?(?: ?(?P<tax>ht|ttc))?"),
    "pourcent": re.compile(r"%|pour ?cent|"),
    "jours": re.compile(r"j\.?|jours?|"),
    "etp": re.compile(r"etp|"),
}
_YES_OR_NO = frozenset({"oui", "non", "vrai", "faux", "yes", "no"})


def certain(
    keyword: str, data: Any, asked: Any, schema: Mapping[str, Any], pointer: Pointer
) -> Written | None:
    """What a value that breaks a keyword must be; None where a person must say."""
    if isinstance(data, dict | list) or data is None:
        return None
    written: Written | None = None
    if keyword == "format":
        written = _of_format(str(data), asked)
    elif keyword == "type":
        written = _of_type(data, asked, schema, pointer)
    elif keyword == "enum" and isinstance(data, str):
        labels = schema.get("x-libelles", {})
        known = {
            str(value): (str(labels.get(value, value)), *CIVILITIES.get(str(value), ()))
            for value in asked
        }
        written = same_among(data, known, known) or None
    elif keyword == "pattern" and isinstance(data, str) and asked != "\\S":
        case, words = of_pattern(data, asked, schema)
        written = words["lecture"].strip('"') if case in ("nom", "lecture") else None
    return written


def _of_format(text: str, asked: str) -> str | None:
    """A text in the form that is due, where it says the same: the same digits, the same day."""
    form = FORMATS.get(asked)
    reading = form.meant(text) if form else None
    if not (reading and reading.written) or reading.doubt:
        return None
    written = reading.written
    return written if _SAME.get(asked, _same_signs)(text, written) else None


def _same_signs(text: str, written: str) -> bool:
    """Whether only separators, capitals and the name of the identifier before it go."""
    before, found, after = tight(text).partition(tight(written))
    return bool(found) and not after and not re.search(r"\d", before)


def _same_number(text: str, written: str) -> bool:
    digits = re.sub(r"\D", "", text.replace("(0)", ""))
    return digits.removeprefix("00") == re.sub(r"\D", "", written)


def _same_address(text: str, written: str) -> bool:
    return plain(text).removeprefix("mailto:").strip("<> .") == written


def _same_departement(text: str, written: str) -> bool:
    named = departement_named(plain(text))
    return bool(named and named.code == written) or plain(text).zfill(2) == written


_SAME: Mapping[str, Callable[[str, str], bool]] = {
    "date": lambda text, written: True,
    # Midnight ends a day as well as it begins one.
    "heure": lambda text, written: folded(text) not in {"minuit", "a minuit"},
    "telephone": _same_number,
    "email": _same_address,
    "departement": _same_departement,
    # With or without an S, only the site knows.
    "uri": lambda text, written: False,
}
"""By format, whether a text says what is written in its place; by its signs for the others."""


def _of_type(data: Any, asked: Any, schema: Mapping[str, Any], pointer: Pointer) -> Written | None:
    """A value in the type that is due: a number out of its quotes, digits in theirs, a yes."""
    case, words = of_type(data, asked, schema)
    if case == "nombre":
        return str(data)
    if case == "lecture":
        return _of_format(str(data), schema["format"])
    if case == "booleen" and (data in (True, False) or folded(str(data)) in _YES_OR_NO):
        said = words["booleen"]
        return said if said in ("oui", "non") else said == "true"
    if case == "chiffres" and _is_sure(data, schema, pointer):
        number = Decimal(words["chiffres"])
        return int(number) if number == number.to_integral() else number
    return None


def _is_sure(text: str, schema: Mapping[str, Any], pointer: Pointer) -> bool:
    """Whether a number is read one way, and in what its field counts."""
    found = _AMOUNT.fullmatch(folded(text))
    if not found or other_tax(text, pointer):
        return False
    pattern = _UNITS.get(schema.get("x-unite", ""))
    unit = pattern.fullmatch(found["unit"].strip()) if pattern else None
    if unit is None:
        return not found["unit"].strip()
    tax = unit.groupdict().get("tax")
    return not tax or str(pointer[-1]).endswith(tax)


def slipped_key(key: str, known: Iterable[str]) -> str:
    """The key that another is but for one slip of the keyboard; none where it may be two."""
    near = [name for name in known if slipped(key, name)]
    return near[0] if len(near) == 1 else ""
