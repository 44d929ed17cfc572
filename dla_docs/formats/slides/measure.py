"""Will a text fit? Widths of letters as wide as any font that may stand in, and texts cut to fit.

A slide has no second page: what does not fit is lost.
"""

import re
import unicodedata
from collections.abc import Sequence
from functools import lru_cache
from math import ceil, fsum

from dla_docs.formats.slides.runs import BREAK, Run, Words, merged
from dla_docs.tree.divisions import MISSING

BOLD = 1.12
"""How much wider than regular the bold letters of the widest font are, DejaVu Sans.

Measured on the texts of the demonstration: 1.13, where our widths of regular letters are 8 % above
the true ones.
"""
UNBROKEN = 24
"""Letters of a word that a cut leaves whole: a longer one is an address or no word at all."""

# Widths in ems of DejaVu Sans, the letters of French one by one: rounded up, but for rare signs
# that take up to 0.1 more (! “ ” Œ), which the others make up for.
_CLASSES = {
    0.30: "iîïjl|.,;:'’!I·\u202f\u2009",
    0.42: ' ()[]frt-/"`‘“”°\u00a0\u2010\u2011',
    0.85: "NOQUHDGÔÖÙÛÜÀÂÄw&–#+<=>~^_±×÷",
    1.00: "mMWŒœÆæ@%—…€\u2003☐☑☒",
}
_WIDTHS = {character: width for width, letters in _CLASSES.items() for character in letters}


_BOLD = frozenset({"Strong", MISSING})
_TOKEN = re.compile(rf" |\n|[^ \n]{{1,{UNBROKEN}}}")


def width(word: str) -> float:
    """Width of a word in ems, in the widest font that may replace the charter's (DejaVu Sans)."""
    # Not `sum`: it rounds floats otherwise since Python 3.12, and bytes hold on every one.
    return fsum(_letter(character) for character in word)


# A document has a hundred letters or so, each measured thousands of times.
@lru_cache(maxsize=4096)
def _letter(character: str) -> float:
    if character in _WIDTHS:
        return _WIDTHS[character]
    if unicodedata.category(character) in {"Mn", "Me", "Cf"}:
        return 0.0
    if unicodedata.east_asian_width(character) in "WF" or ord(character) > 0xFFFF:
        # Chinese and emoji: one em in their own fonts, and to spare.
        return 1.3
    if ord(character) > 0x17F:
        # Past the alphabets of western Europe: most of Greek and Cyrillic is narrower.
        return 0.9
    # The other letters and figures: a Q or an O is in its class above, as an m is.
    return 0.72 if character.isupper() else 0.64


def lines(words: Words, room: float) -> int:
    """How many lines a paragraph takes in a column `room` ems wide, at most."""
    return _lines(_tokens(words), room)


def cut(words: Words, room: float, count: int) -> tuple[Words, Words]:
    """The beginning of a paragraph that holds on `count` lines, and the rest.

    Cut after a sentence if one ends in the second half, else between words, else within a word.
    """
    tokens = _tokens(words)
    if _lines(tokens, room) <= count:
        return words, []
    low, high = 1, len(tokens)
    while low < high:
        middle = (low + high + 1) // 2
        low, high = (middle, high) if _lines(tokens[:middle], room) <= count else (low, middle - 1)
    place = _good_place(tokens, low)
    rest = place
    while rest < len(tokens) and _is_space(tokens[rest]):
        rest += 1
    return merged(tokens[:place]), merged(tokens[rest:])


def shortened(words: Words, room: float, count: int) -> tuple[Words, bool]:
    """A paragraph that holds on `count` lines, with « … » where it was cut, and whether it was."""
    if lines(words, room) <= count:
        return words, False
    # Each line keeps room for a space and the sign (1.42 ems), wherever the cut falls.
    head, _ = cut(words, room - 1.5, count)
    return [*head, Run(" …")], True


def _good_place(tokens: Words, last: int) -> int:
    """Where to cut, at `last` at the latest and past the middle if possible."""
    half = max(1, last // 2) - 1
    for place in range(last, half, -1):
        before, at = tokens[place - 1], tokens[min(place, len(tokens) - 1)]
        if _is_space(at) and before.words.endswith((".", "!", "?", ";")):
            return place
    for place in range(last, half, -1):
        if place < len(tokens) and _is_space(tokens[place]):
            return place
    return last


def _lines(tokens: Sequence[Run], room: float) -> int:
    count, line, word, gap = 1, 0.0, 0.0, 0.0
    for token in [*tokens, BREAK]:
        if not _is_space(token):
            word += (BOLD if token.look & _BOLD else 1.0) * width(token.words)
            continue
        if word and line and line + gap + word > room:
            count, line, gap = count + 1, 0.0, 0.0
        line += gap + word
        if line > room:
            # A word wider than the column is broken anywhere.
            more = ceil(line / room) - 1
            count, line = count + more, line - more * room
        word, gap = 0.0, width(" ")
        if token.words == "\n":
            count, line, gap = count + 1, 0.0, 0.0
    return count - 1


def _tokens(words: Words) -> Words:
    """Words, spaces and line breaks one by one; a word may be several of different looks."""
    return [Run(t, run.look, run.target) for run in words for t in _TOKEN.findall(run.words)]


def _is_space(token: Run) -> bool:
    return token.words in {" ", "\n"}
