"""Words of a French sentence: a plural, an enumeration, a title; a text as it is compared."""

import re
import unicodedata
from collections.abc import Callable, Iterable
from decimal import Decimal
from functools import lru_cache

_ALIKE = str.maketrans(
    {"œ": "oe", "æ": "ae", "ß": "ss", "ø": "o", "ł": "l", "đ": "d"}
    | dict.fromkeys("’‘‛ʼʻ`´′＇", "'")
    | dict.fromkeys("«»“”„‟″", '"')
    | dict.fromkeys("‐‑‒–—―−", "-")
)
"""What no decomposition of Unicode makes plain: ligatures, barred letters, quotes, dashes."""

_INSIDE_QUOTES = re.compile(r"(?<=«)\s+|(?<!\s)\s+(?=»)")
"""Spaces that « » have, and other quotes have not."""

_INVISIBLE = (
    "\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180e\u200b-\u200f\u202a-\u202e"
    "\u2060-\u206f\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff9-\ufffb\U000e0000-\U000e0fff"
)
"""What takes no room on a page: marks of direction, joiners, soft hyphens, fillers, tags."""
_CONTROL = "\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff"
_SPACES = "\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000"
"""Spaces that look like the ordinary one."""

_HIDDEN = re.compile(f"[{_INVISIBLE}{_CONTROL}]")
_UNLIKE = re.compile(f"[{_INVISIBLE}{_CONTROL}{_SPACES}]")
_TURNING = re.compile("[\u202a-\u202e\u2066-\u2069]")
_LATIN = "A-Za-z\u00c0-\u024f"
_LATIN_LOOKS = "АВЕЅІЈКМНОРСТУХаеорсухѕіјԁԛԝһΑΒΕΖΗΙΚΜΝΟΡΤΥΧο"
"""Letters of the Cyrillic and Greek alphabets that no eye tells from ours."""
_LOOKS = re.compile(f"[{_LATIN_LOOKS}]")
_MIXED = re.compile(f"[{_LATIN}][{_LATIN_LOOKS}]|[{_LATIN_LOOKS}][{_LATIN}]")
# What would start a line, turn the letters that follow, or write what no eye sees.
_TRICK = re.compile(
    f"[{_CONTROL}\u061c\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb"
    "\U000e0000-\U000e0fff]"
)
# Marks that a runner obeys: GitHub's and Gitea's (`##[` anywhere), Azure's, TeamCity's.
_ORDER = re.compile(r"#(?=#(?:\[|vso\[|teamcity\[))", re.I)
# GitHub's, which it looks for after the spaces that begin a line.
_FIRST = re.compile(r"^\s*:(?=:)")


def plural(quantity: int | Decimal, one: str, many: str = "") -> str:
    """The word for a quantity, `many` or `one` with an s: French plurals begin at two."""
    return one if -2 < quantity < 2 else many or f"{one}s"


def number_of(quantity: int, one: str, many: str = "") -> str:
    """`1 élément`, `2 éléments`, as messages say it; documents have `values.count`."""
    return f"{quantity} {plural(quantity, one, many)}"


_FEW = re.compile(r"(?<![\d,.\u00a0\u202f])([01](?:,\d+)?) (jour|point)s\b")


def counted(sentence: str) -> str:
    """A sentence whose counts agree: « 1 jour » where it was written for any number of days."""
    return _FEW.sub(r"\1 \2", sentence)


def enumeration(words: Iterable[str], last: str = "et") -> str:
    """`a, b et c`; empty without words."""
    *first, end = tuple(words) or ("",)
    return f"{', '.join(first)} {last} {end}" if first else end


def apart(words: Iterable[str], last: str = "et") -> str:
    """`a, b et c`; `a et b ; c` where one holds a comma or such a word, to keep each whole."""
    listed = tuple(words)
    return " ; ".join(listed) if clashing(listed, last) else enumeration(listed, last)


def clashing(words: Iterable[str], last: str = "et") -> bool:
    """Whether one of some words holds what would part them in a sentence."""
    return any(re.search(rf",|\b(?:et|{re.escape(last)})\b", word) for word in words)


def quoted(words: Iterable[str], last: str = "et") -> str:
    """`« a », « b » et « c »`, each once."""
    return enumeration((f"« {word} »" for word in dict.fromkeys(words)), last)


def within(title: str) -> str:
    """A title as it reads inside a sentence: `Jour de l’envoi` loses its capital, `SIRET` not."""
    return title if title[1:2].isupper() else title[:1].lower() + title[1:]


@lru_cache(maxsize=10_000)
def folded(text: str) -> str:
    """A text as it is compared: without accents, case or needless spaces, apostrophes straight."""
    # Seen first: an invisible letter would keep a ligature or an accent from its like.
    seen = _INSIDE_QUOTES.sub("", plain(text))
    parts = unicodedata.normalize("NFKD", seen.casefold().translate(_ALIKE))
    return " ".join("".join(c for c in parts if not unicodedata.combining(c)).split())


def plain(text: str) -> str:
    """A text as the eye reads it: nothing invisible, ordinary spaces, none at its ends."""
    if text.isascii() and text.isprintable():
        return text.strip()
    return " ".join(_HIDDEN.sub(_gap, text).split())


def _gap(sign: re.Match[str]) -> str:
    """What stands for an invisible sign: a space for an end of line, nothing for the others."""
    return " " if sign[0].isspace() else ""


def hidden(text: str, spaces: bool = True) -> tuple[str, ...]:
    """The signs of a text that cannot be told from none or, with `spaces`, from a space, by number.

    Each once: `("U+202A", "U+00A0")`.
    """
    found = (_UNLIKE if spaces else _HIDDEN).findall(text)
    return tuple(f"U+{ord(sign):04X}" for sign in dict.fromkeys(found))


def visible(text: str) -> str:
    """A text safe to show on one line: signs of command and of direction by their numbers.

    The name of a file may hold a line end, which would start a line of its own in a report.
    """
    if text.isascii() and text.isprintable():
        return text
    return _TRICK.sub(lambda sign: NUMBERED.format(ord(sign[0])), text)


NUMBERED = "⟨U+{:04X}⟩"
"""How a sign that is not to be shown is written."""


def harmless(text: str, escape: str = NUMBERED) -> str:
    """A text in which no runner of a forge finds a mark of command; `escape` writes a sign."""
    return _ORDER.sub(lambda mark: escape.format(ord(mark[0])), text)


def one_line(text: str) -> str:
    """A line as it is printed: it starts no other, paints nothing, commands nothing to a forge."""
    shown = harmless(visible(text))
    return _FIRST.sub(lambda mark: mark[0][:-1] + NUMBERED.format(ord(":")), shown)


def mixed(text: str) -> tuple[str, ...]:
    """The words of a text where letters of another alphabet stand for ours, each once."""
    words = re.findall(r"\w+", text) if _LOOKS.search(text) else ()
    return tuple(dict.fromkeys(word for word in words if _MIXED.search(word)))


def turning(text: str) -> tuple[str, ...]:
    """The signs of a text that turn the letters after them the other way, by number, each once."""
    return tuple(f"U+{ord(sign):04X}" for sign in dict.fromkeys(_TURNING.findall(text)))


_BLANK = re.compile(r"\{([\w.\[\]=-]+)\}")
"""Not a format string of Python: a message written by others must reach no attribute."""


def filled(text: str, word: Callable[[str], str]) -> str:
    """A message whose `{blanks}`, keys or paths, are replaced by what `word` gives for each."""
    return _BLANK.sub(lambda blank: word(blank[1]), text)


def blanks(text: str) -> tuple[str, ...]:
    """The names of the blanks of a message."""
    return tuple(_BLANK.findall(text))


AROUND = 200
"""Signs of a text read on each side of a word: more than any pattern asks for."""


def around(text: str, found: re.Match[str]) -> tuple[str, str]:
    """What stands just before and just after a word: to read all of it for each is too long."""
    start, end = found.span()
    return text[max(0, start - AROUND) : start], text[end : end + AROUND]
