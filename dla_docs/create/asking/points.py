"""What people say of a point of a checklist: there, and on which page; not there; to be seen."""

import re
from dataclasses import dataclass

from dla_docs.model.schemas import Schema
from dla_docs.model.words import folded, plain

_PAGE = re.compile(
    r"(?:p(?:ages?|\.)?\s*+)?(\d{1,4})(?:[\s,:;.–-]++(.*))?", re.DOTALL | re.IGNORECASE
)
"""The page of a point, and a remark: « 4 », « p. 4 », « 3 en bas »."""
_TWO_WORDS = re.compile(r"([^\s,:;.(]++\s++[^\s,:;.(]++)[\s,:;.–-]*+(.*)", re.DOTALL)
_ONE_WORD = re.compile(r"([^\s,:;.(]++)[\s,:;.–-]*+(.*)", re.DOTALL)
"""The first words of an answer, « à vérifier » having two, and what follows."""
THERE, NOT_THERE = "present", "absent"
_SAID = {
    **dict.fromkeys(("oui", "o", "ok"), THERE),
    **dict.fromkeys(("non", "n", "manquant", "manque", "introuvable", "aucun"), NOT_THERE),
}
"""What else people say of a point that is there, or not."""


@dataclass(frozen=True)
class Point:
    """The state of a point, its page and the remark, as texts; empty where nothing is said."""

    state: str
    page: str = ""
    note: str = ""


def choice_words(own: Schema) -> list[str]:
    """The known states, as people read them."""
    labels = own.get("x-libelles", {})
    return [str(labels.get(value, value)) for value in own["enum"]]


def state_of(text: str, own: Schema) -> Point | None:
    """What an answer says of a point; None for words that say no state.

    A page says that it is there; a remark alone says nothing of it.
    """
    if paged := _PAGE.fullmatch(text.strip()):
        return Point(THERE, paged[1], plain(paged[2] or ""))
    labels = own.get("x-libelles", {})
    states = {folded(form): v for v in own["enum"] for form in (v, str(labels.get(v, v)))}
    words = text.strip()
    for found in (_TWO_WORDS.match(words), _ONE_WORD.match(words)):
        if not found:
            continue
        # « absente », « manquants » agree with what is looked for.
        word = re.sub(r"(?<=[tn])e?s?$", "", folded(found[1]))
        if state := states.get(word) or _SAID.get(word):
            return _said(state, found[2], text if word in _SAID else found[2])
    return None


def _said(state: str, rest: str, remark: str) -> Point:
    """A state with what follows it: its page, or a remark (« non fourni » is one as a whole)."""
    paged = _PAGE.fullmatch(rest) if state == THERE else None
    if paged:
        return Point(state, paged[1], plain(paged[2] or ""))
    return Point(state, note=plain(remark) if rest else "")
