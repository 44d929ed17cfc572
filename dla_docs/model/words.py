"""Words of a French sentence: a plural, an enumeration, a title; a text as it is compared."""

import re
import unicodedata
from collections.abc import Callable, Iterable
from decimal import Decimal

_ALIKE = str.maketrans(
    {"œ": "oe", "æ": "ae", "ß": "ss", "ø": "o", "ł": "l", "đ": "d", "’": "'", "ʼ": "'"}
)
"""What no decomposition of Unicode makes plain: ligatures, barred letters, apostrophes."""


def plural(quantity: int | Decimal, one: str, many: str = "") -> str:
    """The word for a quantity, `many` or `one` with an s: French plurals begin at two."""
    return one if -2 < quantity < 2 else many or f"{one}s"


def number_of(quantity: int, one: str, many: str = "") -> str:
    """`1 élément`, `2 éléments`, as messages say it; documents have `values.count`."""
    return f"{quantity} {plural(quantity, one, many)}"


def enumeration(words: Iterable[str], last: str = "et") -> str:
    """`a, b et c`; empty without words."""
    *first, end = tuple(words) or ("",)
    return f"{', '.join(first)} {last} {end}" if first else end


def quoted(words: Iterable[str], last: str = "et") -> str:
    """`« a », « b » et « c »`, each once."""
    return enumeration((f"« {word} »" for word in dict.fromkeys(words)), last)


def within(title: str) -> str:
    """A title as it reads inside a sentence: `Jour de l’envoi` loses its capital, `SIRET` not."""
    return title if title[1:2].isupper() else title[:1].lower() + title[1:]


def folded(text: str) -> str:
    """A text as it is compared: without accents, case or needless spaces, apostrophes straight."""
    parts = unicodedata.normalize("NFKD", text.casefold().translate(_ALIKE))
    return " ".join("".join(c for c in parts if not unicodedata.combining(c)).split())


_BLANK = re.compile(r"\{([\w.\[\]=-]+)\}")
"""Not a format string of Python: a message written by others must reach no attribute."""


def filled(text: str, word: Callable[[str], str]) -> str:
    """A message whose `{blanks}`, keys or paths, are replaced by what `word` gives for each."""
    return _BLANK.sub(lambda blank: word(blank[1]), text)


def blanks(text: str) -> tuple[str, ...]:
    """The names of the blanks of a message."""
    return tuple(_BLANK.findall(text))
