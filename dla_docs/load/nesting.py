"""How far a Markdown text goes in: what is one in another past any page, and past any program.

Counted at least as deep as pandoc would make it, in one reading: quotations and lists by their
marks and their indents, brackets and emphasis by what closes them. What nothing closes is words.
"""

import re
from collections import Counter

from dla_docs.load.markdown import BULLETS

MAX_NESTING = 20
"""Levels of quotations, lists, brackets or emphasis, one in another: Word has nine levels of lists,
and each program stops somewhere past thirty."""

# Ranks by numbers, letters, Roman numerals: pandoc nests those of one line too.
_RANK = rf"(?:[-*+{BULLETS}]|\(?(?:[A-Za-z]{{1,10}}|\d{{1,9}}|[#@])[.)])(?=[ \t]|$)"
_MARKS = re.compile(rf"(?:[ \t]*+(?:>|\[\^[^\]\n]++\]:|{_RANK}|[{BULLETS}]))++")
_BRACKETS = re.compile(r"[\[\]]|\n[ \t]*+\n")
_EMPHASIS = re.compile(r"\*++|_++|\n[ \t]*+\n")


def too_deep(lines: list[str], text: str) -> tuple[int, str] | None:
    """The line, from 0, where a text goes in too far, and by what; None where it does not."""
    for rank, line in enumerate(lines):
        if _levels(line) > MAX_NESTING:
            return rank, "citations ou de listes"
    for kind, place in (("crochets", _brackets(text)), ("mises en forme", _emphasis(text))):
        if place is not None:
            return text.count("\n", 0, place), kind
    return None


def _levels(line: str) -> int:
    """The levels of quotations and lists that a line may be at: its marks, and how far they are."""
    if not (found := _MARKS.match(line)):
        return 0
    marks = found[0].expandtabs(4)
    count = len(re.findall(r">|[^\s>]+", marks))
    # Each level is two columns in at least; a space follows each mark.
    return count + max(0, marks.count(" ") - count) // 2


class _Opened:
    """What is open in a paragraph: each sign, and how many levels are closed within."""

    def __init__(self) -> None:
        self._signs: list[str] = []
        self._levels: list[int] = []
        # So that a sign of which none is open is not looked for through the others.
        self._counts = Counter[str]()

    def is_last(self, sign: str) -> bool:
        """Whether a sign is the innermost that is open."""
        return self._signs[-1:] == [sign]

    def begin(self, sign: str) -> None:
        self._signs.append(sign)
        self._levels.append(0)
        self._counts[sign[0]] += 1

    def end(self, sign: str) -> int:
        """End the nearest sign of the kind; how many levels it makes, 0 where none is open."""
        if not self._counts[sign[0]]:
            return 0
        levels = 0
        while True:
            # Those within that nothing closed are words.
            other, inside = self._signs.pop(), self._levels.pop()
            self._counts[other[0]] -= 1
            levels = max(levels, inside)
            if other[0] == sign[0]:
                break
        if self._levels:
            self._levels[-1] = max(self._levels[-1], levels + 1)
        return levels + 1


def _brackets(text: str) -> int | None:
    """Where brackets that are closed hold too many others."""
    opened = _Opened()
    for found in _BRACKETS.finditer(text):
        if found[0] == "[":
            opened.begin("[")
        elif found[0] != "]":
            opened = _Opened()
        elif opened.end("[") > MAX_NESTING:
            return found.start()
    return None


def _emphasis(text: str) -> int | None:
    """Where stars or underscores that are closed hold too many others."""
    opened = _Opened()
    for found in _EMPHASIS.finditer(text):
        if found[0][0] == "\n":
            opened = _Opened()
            continue
        before, after = (
            text[max(found.start() - 1, 0) : found.start()],
            text[found.end() : found.end() + 1],
        )
        # Three are one and two; more are taken for three.
        size = min(len(found[0]), 3)
        for sign in (found[0][0] * part for part in ((1, 2) if size == 3 else (size,))):
            if _closes(sign, before, after) and opened.is_last(sign):
                levels = opened.end(sign)
            elif _opens(sign, before, after):
                opened.begin(sign)
                levels = 0
            else:
                levels = opened.end(sign) if _closes(sign, before, after) else 0
            if levels > MAX_NESTING:
                return found.start()
    return None


def _opens(sign: str, before: str, after: str) -> bool:
    """Whether a sign may open: a word follows; an underscore within a word is one of its signs."""
    return bool(after.strip()) and not (sign[0] == "_" and before.isalnum())


def _closes(sign: str, before: str, after: str) -> bool:
    """Whether a sign may close: a word comes before, or none follows, as pandoc has it."""
    return bool(before.strip() or not after.strip()) and not (sign[0] == "_" and after.isalnum())
