"""Names of sheets: what Excel admits, and never twice the same."""

import re

LONGEST = 31
"""Signs of the name of a sheet, at most."""
FRONT = "Sommaire"
"""The first sheet, which names the others."""
_FORBIDDEN = re.compile(r"[\[\]:*?/\\\x00-\x1f]")
_NUMBERED = re.compile(r"^(?:Article\s\w+\s–|\d+\.)\s")


class Names:
    """The names given so far, without regard to case: Excel makes no difference."""

    def __init__(self) -> None:
        # The second is Excel's own, and it refuses a sheet of that name.
        self._taken = {FRONT.lower(), "history"}

    def give(self, wanted: str) -> str:
        """A name as near as can be to the one wanted: cut between words, numbered if need be."""
        plain = " ".join(_FORBIDDEN.sub(" ", unnumbered(wanted)).split()).strip("'") or "Feuille"
        name, rank = _cut(plain, LONGEST), 1
        while name.lower() in self._taken:
            rank += 1
            mark = f" ({rank})"
            name = _cut(plain, LONGEST - len(mark)) + mark
        self._taken.add(name.lower())
        return name


def unnumbered(heading: str) -> str:
    """A heading without its number, which says its place among others that are not here."""
    return _NUMBERED.sub("", heading)


def _cut(name: str, most: int) -> str:
    """A name of so many signs at most, cut after a word where there is one."""
    if len(name) <= most:
        return name
    short = name[: most - 1]
    # A word cut in the middle is better than a name of two letters.
    kept = short.rsplit(" ", 1)[0] if " " in short[most // 2 :] else short
    return f"{kept.rstrip(' ,–-(')}…"
