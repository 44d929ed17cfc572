"""Words as they are compared: what a person's hand and a word processor change is left out."""

import re
import unicodedata

from dla_docs.reading.blocks import BOX, TICKED

_DOTS = re.compile(r"[.…_]{3,}|…")
_TICK = re.compile(
    rf"^\s*+(?:(?P<sign>[{BOX}{TICKED}☑✓✔✗✘])|\[\s*+(?P<in>[xX]?)\s*+\]|(?P<x>[xX])(?=\s))\s*+"
)
_NUMBER = re.compile(r"^(?:\d{1,2}(?:\.\d{1,2})*+[.)°]?|[ivx]{1,4}[.)])\s++")
_TIES = re.compile(r"[\s\u00a0\u202f\u2002]+")


def plain(text: str) -> str:
    """A text without case, signs of typography, dots to write on, boxes, and final marks."""
    words = unicodedata.normalize("NFKC", without_tick(text)).casefold()
    words = words.replace("’", "'").replace("œ", "oe").replace("–", "-").replace("—", "-")
    words = _TIES.sub(" ", _DOTS.sub(" ", words)).strip()
    return _NUMBER.sub("", words).rstrip(" :*;.?!").strip()


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
