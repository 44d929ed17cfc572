"""How much of a text was copied from another: the longest run of words, and common five-grams."""

import re
from dataclasses import dataclass
from difflib import SequenceMatcher

WORDS = re.compile(r"\w+")
GRAM = 5


@dataclass(frozen=True)
class Likeness:
    """`longest`: words in a row found in both; `share`: part of the five-grams found, in %."""

    longest: int
    share: int


def likeness(text: str, model: str) -> Likeness:
    """Compare a text with what it may have copied, word by word, whatever the punctuation."""
    own, other = _words(text), _words(model)
    match = SequenceMatcher(None, own, other, autojunk=False).find_longest_match()
    grams = [tuple(own[i : i + GRAM]) for i in range(len(own) - GRAM + 1)]
    known = {tuple(other[i : i + GRAM]) for i in range(len(other) - GRAM + 1)}
    found = sum(gram in known for gram in grams)
    return Likeness(match.size, round(100 * found / len(grams)) if grams else 0)


def _words(text: str) -> list[str]:
    return WORDS.findall(text.casefold())
