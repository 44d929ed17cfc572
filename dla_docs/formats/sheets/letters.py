"""How many lines a text takes in a column of a sheet: Excel's own letters, in widths of a digit."""

from math import ceil, fsum

_CLASSES = {
    0.5: "ijlîïI .,'’|\u00a0\u202f",
    0.65: "f:;()-rtJ!°",
    0.85: "sz/cxçFLSkvy",
    1.0: "aegàâäéèêëETYZÉÈÊ0123456789?–€+=",
    1.3: "AVÀÂRDGHNUÔOÎ",
    1.7: "w%mæœMWŒ—Q&…",
}
"""Calibri, as Carlito measures it, each class as wide as its widest or nearly: a text is found a
twentieth too wide, against what another program places otherwise; other letters are as a b."""
_OTHER, BOLD = 1.1, 1.04
_WIDTHS = {letter: width for width, letters in _CLASSES.items() for letter in letters}
_AROUND = 1.0
"""Digits that the indent and the margins of a cell take, beyond what Excel adds to its column."""


def lines(words: str, width: int, *, bold: bool = False) -> int:
    """The lines of a text in a column of so many digits."""
    room = max(1.0, (width - _AROUND) / (BOLD if bold else 1.0))
    return sum(_lines(line, room) for line in words.split("\n"))


def _lines(line: str, room: float) -> int:
    count, used = 1, 0.0
    for word in line.split(" "):
        wide = width_of(word)
        if used and used + _WIDTHS[" "] + wide > room:
            count, used = count + 1, 0.0
        used += wide + (_WIDTHS[" "] if used else 0.0)
        if used > room:
            # A word wider than its column is broken anywhere.
            more = ceil(used / room) - 1
            count, used = count + more, used - more * room
    return count


def width_of(word: str) -> float:
    """The digits that a word takes."""
    # Not `sum`: it rounds floats otherwise since Python 3.12, and bytes hold on every one.
    return fsum(_WIDTHS.get(letter, _OTHER) for letter in word)
