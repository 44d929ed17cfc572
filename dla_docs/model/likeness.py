"""How near two texts are: a misspelt word and the one that was meant, a text and its model."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from difflib import SequenceMatcher, get_close_matches

from dla_docs.model.words import quoted

WORDS = re.compile(r"\w+")
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
    return next(iter(get_close_matches(word, list(known), n=1, cutoff=cutoff)), "")


def did_you_mean(*names: str) -> str:
    """The question that goes with the names that may be meant; empty without a name."""
    listed = [name for name in names if name]
    return f"vouliez-vous dire {quoted(listed, 'ou')} ?" if listed else ""


def likeness(text: str, model: str) -> Likeness:
    """Compare a text with what it may have copied, word by word, whatever case and punctuation."""
    own, other = _words(text), _words(model)
    # Without `autojunk=False`, words met in over 1 % of a long text (« de », « la ») count for none
    # and cut every row.
    match = SequenceMatcher(None, own, other, autojunk=False).find_longest_match()
    grams = [tuple(own[i : i + GRAM]) for i in range(len(own) - GRAM + 1)]
    theirs = {tuple(other[i : i + GRAM]) for i in range(len(other) - GRAM + 1)}
    copied = sum(gram in theirs for gram in grams)
    return Likeness(match.size, round(100 * copied / len(grams)) if grams else 0)


def _words(text: str) -> list[str]:
    return WORDS.findall(text.casefold())
