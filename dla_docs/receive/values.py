"""The words of an answer, read as the data that they are: a day, a person, an address, a list."""

import re
from collections.abc import Callable, Mapping
from typing import Any

from dla_docs.create.asking.answers import read_list, read_value
from dla_docs.create.asking.closed import Names, Refused, short
from dla_docs.create.asking.questions import Form, form_of, is_mapping
from dla_docs.load.markdown import PATH
from dla_docs.model.findings import Pointer
from dla_docs.model.schemas import Schema, field_at, fields
from dla_docs.model.words import folded
from dla_docs.receive.people import address_of, person_of

Data = Mapping[Pointer, Any]
"""What an answer says: values by their place below the datum; one at `()` where it is a scalar."""

_SPECIAL = re.compile(
    rf"{PATH.pattern}|(?P<sign>[\\`*<\[~^$|]|(?<!\w)_|_(?!\w)|&(?=#?\w{{1,31}};))"
)
"""What Markdown takes for its own, and paths, whose bars `readable` knows."""
_LEADING = re.compile(r"^((?:(?:[-•]|\(?\w{1,3}[.)]) )*+)(#|>|\+ |=|:::|---+$)", re.M)
_PARTED = re.compile(r"[;\n]")
_BULLET = re.compile(r"^[-•*–]\s+")


def read_datum(text: str, own: Schema, names: Names) -> Data:
    """The data that an answer is. Raises Refused, with what is wrong in French."""
    if is_mapping(own):
        return _mapping(text, own, names)
    form = form_of(own)
    if form is Form.TEXT:
        return {(): as_markdown(text)}
    if form is Form.LIST:
        return {(): _list(text, own, names)}
    return {(): read_value(" ".join(text.split()), own, names)}


def as_markdown(text: str) -> str:
    """A text that nobody wrote as Markdown: the signs that it would take for its own escaped."""
    lines = text.replace("\t", " ").split("\n")
    escaped = "\n".join(_SPECIAL.sub(_escaped, line.strip()) for line in lines)
    return _LEADING.sub(r"\1\\\2", re.sub(r"\n{3,}", "\n\n", escaped)).strip()


def _escaped(found: re.Match[str]) -> str:
    return found[0] if found["path"] else f"\\{found[0]}"


def _list(text: str, own: Schema, names: Names) -> list[Any]:
    """A list: one element a line or between semicolons; closed words between commas too."""
    inner = own.get("items", {})
    if "enum" in inner or "x-reference" in inner or "format" in inner:
        return read_list(text, own, names)
    parts = [_BULLET.sub("", part.strip()).strip(" .") for part in _PARTED.split(text)]
    return [read_value(part, inner, names) for part in parts if part]


def _mapping(text: str, own: Schema, names: Names) -> Data:
    """What has keys of its own: an address, a person, a number of TVA."""
    keys = {key for key, _ in fields(own)}
    for wanted, reader in _READERS.items():
        if wanted <= keys:
            told = {(key,): value for key, value in reader(text).items() if key in keys}
            return {
                place: _typed(value, field_at(own, place), names) for place, value in told.items()
            }
    raise Refused(f"« {short(text)} » ne se lit pas seul : reportez-le à la main")


def _typed(value: str | bool, own: Schema, names: Names) -> Any:
    return value if isinstance(value, bool) else read_value(value, own, names)


def _tax(text: str) -> Mapping[str, str | bool]:
    """A number of TVA, or what says that there is none (article 293 B of the tax code)."""
    words = folded(text)
    if re.search(r"\bnon\b|293|franchise|exoner", words):
        return {"assujetti": False}
    number = re.search(r"\bFR ?\w{2} ?(?:\d{3} ?){3}", text, re.I)
    if number:
        return {"assujetti": True, "numero": number[0].replace(" ", "").upper()}
    if words.startswith(("oui", "assujetti")):
        return {"assujetti": True}
    raise Refused(f"« {short(text)} » n’est ni un numéro de TVA, ni « non assujetti »")


_READERS: Mapping[frozenset[str], Callable[[str], Mapping[str, str | bool]]] = {
    frozenset({"voie", "code_postal", "commune"}): address_of,
    frozenset({"prenom", "nom"}): person_of,
    frozenset({"assujetti", "numero"}): _tax,
}
"""How data with keys of their own are read on one line, by the keys that they have."""
