"""Words as they are compared: what a person's hand and a word processor change is left out."""

import re
import unicodedata

from dla_docs.reading.blocks import BOX, TICKED

_DOTS = re.compile(r"[.…_]{3,}|…")
_TICK = re.compile(
    rf"^\s*+(?:(?P<sign>[{BOX}{TICKED}☑✓✔✗✘])|\[\s*+(?P<in>[xX]?)\s*+\]|(?P<x>[xX])(?=\s))\s*+"
)
_NUMBER = re.compile(r"^(?:\d{1,2}(?:\.\d{1,2})*+[.)°]?|[ivx]{1,4}[.)])\s++")
_NOTHING = frozenset(".…_:;*·•")
"""What stands where nothing is written: dots to write on, and what ends a label."""
_LONGER = 12
"""Signs that a label may have beside those that are compared: a number, dots, a box."""
_TIES = re.compile(r"[\s\u00a0\u202f\u2002]+")


def plain(text: str) -> str:
    """A text without case, signs of typography, dots to write on, boxes, and final marks."""
    words = unicodedata.normalize("NFKC", without_tick(text)).casefold()
    words = words.replace("’", "'").replace("œ", "oe").replace("–", "-").replace("—", "-")
    words = _TIES.sub(" ", _DOTS.sub(" ", words)).strip()
    # « 4 ; » is no heading: it has a number, and no words after it.
    return (_ended(_NUMBER.sub("", words)) or _ended(words)).strip()


def _ended(words: str) -> str:
    return words.rstrip(" :*;.?!")


def says(text: str) -> bool:
    """Whether something is written: « ? » is an answer, dots and a box are none."""
    return any(sign not in _NOTHING and not sign.isspace() for sign in without_tick(text))


def without_tick(text: str) -> str:
    """A text without the box that it begins with."""
    return _TICK.sub("", text, count=1)


def tick_of(text: str) -> bool | None:
    """Whether the box that a text begins with is ticked; None where it begins with none."""
    found = _TICK.match(text)
    if found is None:
        return None
    if found["sign"]:
        return found["sign"] != BOX
    return bool(found["x"]) or bool(found["in"])


def after_prompt(text: str, prompt: str) -> str:
    """What is typed after a prompt that was left there; all of it where there is none.

    A single sign is a prompt only with a space after it: « …suite » begins so too.
    """
    words = text.strip()
    rest = words.removeprefix(prompt)
    if rest == words or (len(prompt) == 1 and rest[:1].strip()):
        return words
    return rest.strip() or words


def without_label(label: str, text: str) -> str:
    """What follows a label in a text, by as many letters as the label has once folded."""
    # A label is found near its own length, or not: a paragraph may be a million signs long.
    for end in range(1, min(len(text), 2 * len(label) + _LONGER) + 1):
        if plain(text[:end]) == label and (end == len(text) or not text[end].isalnum()):
            return text[end:].lstrip(" \t\u00a0\u202f:*.…_\n")
    return ""
