"""Who a text names: « M. Bernard ESTOUBLIER, président » is Bernard Estoublier.

People write names as they like: capitals, accents, apostrophes and hyphens differ, the first name
is an initial, comes last or lacks. Texts are compared word by word, whatever their signs.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from typing import Any

from dla_docs.model.words import folded

_WORD = re.compile(r"[^\W_]+")
_APART = re.compile(r"[,;:()/&\n]|\s[-–—]\s|\bet\b")
"""What stands between two people, or between a person and what they are."""
_ARTICLES = frozenset("le la les l du des de d au aux".split())
_PARTICLES = frozenset("de du des d la le les l van von der".split())
_CIVILITIES = frozenset("m mm mr mme mmes mlle monsieur madame messieurs mesdames dr me".split())
_COMMON = frozenset(
    "sarl sas sasu eurl scop scic sa sci ei eirl snc association asso societe entreprise compte "
    "cabinet conseil conseils groupe cooperative".split()
)
"""Words of many names of firms, which tell none from another."""
_LEADERS = re.compile(
    r"\b(?:(?:co|vice )?president|tresori|secretaire general|secretaires? d|administrat(?:eur|rice)"
    r"|direct(?:eur|rice|ion)|co ?geran|geran|dirigean|conseil d administration|bureau\b"
    r"|comite directeur|codir\b|directoire|ca\b|c a\b)"
)
"""Those who lead a structure, where only their function is written."""


@dataclass(frozen=True)
class _Word:
    """A word as it is compared, and whether it is written with a capital."""

    text: str
    capital: bool


def names(text: str, person: Mapping[str, Any]) -> bool:
    """Whether a text that names people (a signatory, a participant) names that one.

    The family name is enough where no other first name stands beside it; one half of a compound
    name is, with the first name.
    """
    return any(_is(_words(part), person) for part in _APART.split(text))


def tells(prose: str, person: Mapping[str, Any]) -> bool:
    """Whether a text in sentences names a person: first name or civility, and family name."""
    words, family = _words(prose), _texts(str(person.get("nom", "")))
    given = _texts(str(person.get("prenom", "")))
    for start in _found([w.text for w in words], family):
        before = [word.text for word in words[max(0, start - len(given) - 1) : start]]
        after = [w.text for w in words[start + len(family) : start + len(family) + len(given)]]
        near = {*before, *after}
        if words[start].capital and (near & {*given, *_CIVILITIES} or _initials(given) & near):
            return True
    return False


def designates(text: str, structure: Mapping[str, Any]) -> bool:
    """Whether a text names an organisation: its denomination, the head of it, or its initials.

    `structure` holds `denomination` and, may be, `sigle`. Common words that make a name (« Le
    Lien ») name it with their capital only.
    """
    acronym = str(structure.get("sigle") or "")
    if len(acronym) > 1 and re.search(rf"(?<!\w){re.escape(acronym)}(?!\w)", text):
        return True
    words, name = _words(text), _words(str(structure.get("denomination") or ""))
    articled = len(name) > 1 and name[0].text in _ARTICLES
    core = name[1:] if articled else name
    proper = any(word.capital for word in core[1:])
    told = [word.text for word in words]
    if any(words[at].capital or proper for at in _found(told, [w.text for w in core])):
        return bool(core)
    # « les Calades », of « Les Calades du Jabron ».
    return articled and any(
        one.text in _ARTICLES and other.capital and other.text == core[0].text
        for one, other in pairwise(words)
    )


def akin(text: str, name: str) -> bool:
    """Whether two names may be those of one holder: they share a word that is their own.

    Articles, civilities, legal forms and words of the trade are nobody's own; initials and words
    written as one are those of the name.
    """
    mine, other = _own(text), _own(name)
    glued, whole = "".join(mine), "".join(other)
    initials = {"".join(word[0] for word in words) for words in (other, _texts(name))}
    # Of three letters or fewer, one name is in another by chance.
    long = min(len(glued), len(whole)) > 3
    inside = long and (glued in whole or whole in glued)
    return bool(set(mine) & set(other)) or inside or (len(glued) > 1 and glued in initials)


def leads(text: str) -> bool:
    """Whether a text speaks of people by what they do at the head of an organisation."""
    return bool(_LEADERS.search(" ".join(_texts(text))))


def functions_only(text: str) -> bool:
    """Whether a text says what people lead and nobody's name: « Madame la Présidente »."""
    words = _words(text)
    known = (w.text in _CIVILITIES | _ARTICLES or _LEADERS.match(w.text) for w in words[1:])
    others = zip(words[1:], known, strict=True)
    return leads(text) and not any(word.capital and not fits for word, fits in others)


def _is(words: Sequence[_Word], person: Mapping[str, Any]) -> bool:
    family, given = (_texts(str(person.get(key, ""))) for key in ("nom", "prenom"))
    told = [word.text for word in words]
    start = next(_found(told, family), None)
    if start is None:
        halves = {word for word in family if len(word) > 2} - _PARTICLES
        return len(family) > 1 and bool(halves & set(told)) and _holds(told, given)
    others = [*words[:start], *words[start + len(family) :]]
    if _holds([word.text for word in others], given):
        return True
    role = _texts(str(person.get("fonction", "")))
    expected = {*_CIVILITIES, *_ARTICLES, *role, *_initials(given)}
    return not any(word.capital and word.text not in expected for word in others)


def _holds(told: list[str], wanted: list[str]) -> bool:
    return bool(wanted) and next(_found(told, wanted), None) is not None


def _initials(given: list[str]) -> set[str]:
    """`J.-P.`, `J` and `JP` for Jean-Pierre."""
    return {*(word[0] for word in given), "".join(word[0] for word in given)} if given else set()


def _found(words: list[str], wanted: list[str]) -> Iterator[int]:
    """Where some words stand in a row among others."""
    size = len(wanted)
    for start in range(len(words) - size + 1 if size else 0):
        if words[start : start + size] == wanted:
            yield start


@lru_cache(maxsize=1_000)
def _words(text: str) -> tuple[_Word, ...]:
    return tuple(
        _Word(part, found[:1].isupper())
        for found in _WORD.findall(text)
        for part in folded(found).split()
    )


def _texts(text: str) -> list[str]:
    return [word.text for word in _words(text)]


def _own(text: str) -> list[str]:
    """The words that tell a name from others; all of them where it has no such word."""
    words = _texts(text)
    rare = (w for w in words if w not in _ARTICLES | _PARTICLES | _CIVILITIES | _COMMON)
    return [word for word in rare if len(word) > 1] or words
