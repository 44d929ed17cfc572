"""How near two texts are: a misspelt word and the one that was meant, a text and its model."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from types import MappingProxyType

from dla_docs.model.words import folded, quoted

Titles = Mapping[str, Iterable[str]]
"""Other words for some names: a title, a label."""
NONE: Titles = MappingProxyType({})

WORDS = re.compile(r"\w+")
LONGEST = 200
"""Signs of a word that is compared with others: letters are looked at two by two."""
GRAM = 5
"""Words of a row compared at once: R-PRO-03 and its threshold speak of five-grams."""


@dataclass(frozen=True)
class Likeness:
    """`longest`: words in a row found in both; `share`: part of the five-grams found, in %."""

    longest: int
    share: int


def nearest_word(word: str, known: Iterable[str], cutoff: float = 0.6) -> str:
    """The known word that another was probably meant to be; empty where none is near.

    `cutoff`: from 0, any word is near enough, to 1, it must be the same (difflib's own 0.6).
    """
    if len(word) > LONGEST:
        return ""
    return next(iter(get_close_matches(word, list(known), n=1, cutoff=cutoff)), "")


def meant_among(word: str, known: Iterable[str], titles: Titles = NONE) -> str:
    """The name that a word was meant to be: written otherwise, in the plural, or misspelt.

    `titles`: other words for some of the known names. Empty where none is near, or where two are
    as much meant as each other.
    """
    said = _said(known, titles)
    if meant := same_among(word, said, said):
        return meant
    wanted = bare(word)
    forms = [form for forms in said.values() for form in forms]
    # Two names may be so called: none is meant rather than the other.
    if not wanted or any(_singular(form) == _singular(wanted) for form in forms):
        return ""
    near = nearest_word(wanted, forms)
    return next((name for name, forms in said.items() if near in forms), "") if near else ""


def same_among(word: str, known: Iterable[str], titles: Titles = NONE) -> str:
    """The name that a word is, whatever its accents, signs, case or plural; empty for none."""
    said, wanted = _said(known, titles), bare(word)
    for alike in (bare, _singular):
        meant = [n for n, forms in said.items() if any(alike(f) == alike(wanted) for f in forms)]
        if wanted and meant:
            return meant[0] if len(meant) == 1 else ""
    return ""


def _said(known: Iterable[str], titles: Titles) -> dict[str, list[str]]:
    """Each name with all the words for it, bare."""
    return {name: [bare(form) for form in (name, *titles.get(name, ()))] for name in known}


def bare(text: str) -> str:
    """A text down to its letters and digits, parted by dashes: `comite-d-appui`."""
    return re.sub(r"[^a-z0-9]+", "-", folded(text)).strip("-")


def _singular(text: str) -> str:
    """A bare text without the plural of its words."""
    return "-".join(word.rstrip("sx") for word in text.split("-"))


SHORTEST = 6
"""Signs of a word that one slip leaves recognisable: of two short ones, each is near the other."""


def slipped(word: str, known: str) -> bool:
    """Whether a word is another with one letter more, less, changed or swapped with the next."""
    one, other = sorted((word, known), key=len)
    if one == other or len(known) < SHORTEST or len(other) - len(one) > 1:
        return False
    start = next((i for i, letter in enumerate(one) if letter != other[i]), len(one))
    if len(one) < len(other):
        return one[start:] == other[start + 1 :]
    swapped = one[start : start + 2] == other[start : start + 2][::-1]
    return one[start + 1 :] == other[start + 1 :] or (
        swapped and one[start + 2 :] == other[start + 2 :]
    )


def did_you_mean(*names: str) -> str:
    """The question that goes with the names that may be meant; empty without a name."""
    listed = [name for name in names if name]
    return f"vouliez-vous dire {quoted(listed, 'ou')} ?" if listed else ""


def likeness(text: str, model: str) -> Likeness:
    """Compare a text with what it may have copied, word by word, whatever case and punctuation."""
    own, other = _words(text), _words(model)
    grams = [tuple(own[i : i + GRAM]) for i in range(len(own) - GRAM + 1)]
    theirs = {tuple(other[i : i + GRAM]) for i in range(len(other) - GRAM + 1)}
    copied = sum(gram in theirs for gram in grams)
    return Likeness(_longest(own, other), round(100 * copied / len(grams)) if grams else 0)


def _longest(own: list[str], other: list[str]) -> int:
    """How many words in a row are in both: sought by halves, for difflib compares them all."""
    ranks = {word: rank for rank, word in enumerate(dict.fromkeys((*own, *other)), 1)}
    texts = [[ranks[word] for word in words] for words in (own, other)]
    least, most = 0, min(len(own), len(other))
    while least < most:
        size = (least + most + 1) // 2
        if _rows(texts[0], size).isdisjoint(_rows(texts[1], size)):
            most = size - 1
        else:
            least = size
    return least


_BASE, _PRIME = 1_000_003, (1 << 61) - 1
"""Of the number that stands for a row of words: two rows share one in 10^18."""


def _rows(ranks: list[int], size: int) -> set[int]:
    """A number for each row of so many words, from that of the row before it."""
    first, value = pow(_BASE, size - 1, _PRIME), 0
    rows = set[int]()
    for place, rank in enumerate(ranks):
        if place >= size:
            value -= ranks[place - size] * first
        value = (value * _BASE + rank) % _PRIME
        if place >= size - 1:
            rows.add(value)
    return rows


def _words(text: str) -> list[str]:
    return WORDS.findall(text.casefold())
