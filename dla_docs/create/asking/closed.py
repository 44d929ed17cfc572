"""An answer that is one of some known values: by its number, its word, what people call it."""

import re
from collections.abc import Callable, Mapping
from typing import Any

from dla_docs.model.readings import CIVILITIES
from dla_docs.model.schemas import Schema
from dla_docs.model.words import folded, quoted

Names = Callable[[str], Mapping[str, tuple[str, ...]]]
"""The known names of an `x-reference`, each with what people call it."""

QUOTED = 60
"""Signs of an answer that are quoted when it is refused, at most."""


class Refused(Exception):
    """An answer that cannot be read: what is wrong, and what to type.

    `target` and `word`: the list of names, and the word that none of them has. `cell`: the one
    cell of a line that is wrong; `kept`: the cells that are right.
    """

    def __init__(self, told: str, target: str = "", word: str = "") -> None:
        super().__init__(told)
        self.target, self.word = target, word
        self.cell, self.kept = "", dict[str, Any]()


def enumerated(word: str, own: Schema) -> Any:
    """The value of a closed list that a word means. Raises Refused."""
    labels = own.get("x-libelles", {})
    values = {
        str(v): (str(labels.get(v, v)), *CIVILITIES.get(str(v), ()))
        for v in own["enum"]
        if v is not None
    }
    keys = list(values)
    if re.fullmatch(r"\d{1,2}", word) and word not in values:
        if not 1 <= int(word) <= len(keys):
            raise Refused(
                f"« {short(word)} » : répondez par un numéro de 1 à {len(keys)}, ou par un mot"
            )
        return next(v for v in own["enum"] if str(v) == keys[int(word) - 1])
    return next(v for v in own["enum"] if str(v) == among(word, values))


def named(word: str, target: str, known: Mapping[str, tuple[str, ...]]) -> str:
    """The name that a word means in a list of names. Raises Refused, with the list."""
    keys = list(known)
    if re.fullmatch(r"\d{1,3}", word) and 1 <= int(word) <= len(keys):
        return keys[int(word) - 1]
    try:
        return among(word, known)
    except Refused as refused:
        raise Refused(str(refused), target, word) from refused


def among(word: str, known: Mapping[str, tuple[str, ...]]) -> str:
    """The name that a word is, begins, or is a part of; Refused for none, and for several."""
    wanted = folded(word).replace("-", " ").replace("_", " ")
    said = {
        key: [folded(form).replace("-", " ").replace("_", " ") for form in (key, *forms)]
        for key, forms in known.items()
    }
    ways: tuple[Callable[[str], bool], ...] = (
        lambda form: form == wanted,
        lambda form: form.startswith(wanted),
        lambda form: f" {wanted}" in form,
    )
    for fits in ways:
        found = [key for key, forms in said.items() if wanted and any(map(fits, forms))]
        if len(found) == 1:
            return found[0]
        if found:
            shown = quoted((next(filter(None, known[key]), key) for key in found[:4]), "ou")
            raise Refused(f"« {short(word)} » peut être {shown} : précisez")
    few = quoted((next(filter(None, forms), key) for key, forms in known.items()), "ou")
    more = f" : répondez {few}, ou son numéro" if known and len(few) <= 90 else ""
    raise Refused(f"« {short(word)} » n’est pas dans la liste{more}")


def short(word: str) -> str:
    """A word as it is quoted: the start of a long one is enough to know it."""
    return word if len(word) <= QUOTED else f"{word[:QUOTED]}…"
