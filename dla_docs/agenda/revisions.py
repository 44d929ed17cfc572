"""What a calendar that was already written says of its events: their revision, for the next one.

A date corrected on the day it was written leaves the last day that the data tell of as it was: the
revision must grow all the same, or an agenda that was given the former one keeps it.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import takewhile

HIGHEST = 2**31 - 2
"""The last revision that calendars hold (RFC 5545, 3.3.8), less one for the next."""
_REVISION = ("DTSTAMP:", "SEQUENCE:")
_SHAPES = (re.compile(r"DTSTAMP:\d{8}T\d{6}Z"), re.compile(r"SEQUENCE:(\d{1,10})"))


@dataclass(frozen=True)
class Former:
    """An event as it was written: the two lines of its revision, and the others."""

    stamp: str
    sequence: int
    lines: tuple[str, ...]


def formers(content: bytes) -> dict[str, Former]:
    """The events of a calendar of ours, by identifier; what is not so written is passed over."""
    text = content.decode("utf-8", "replace").replace("\r\n ", "")
    lines = iter(text.splitlines())
    found: dict[str, Former] = {}
    for line in lines:
        if line == "BEGIN:VEVENT":
            inside = tuple(takewhile("END:VEVENT".__ne__, lines))
            found |= dict(_event(inside))
    return found


def _event(lines: tuple[str, ...]) -> Iterator[tuple[str, Former]]:
    uid = next((line for line in lines if line.startswith("UID:")), "")
    stamp, sequence = (next((x for x in lines if x.startswith(y)), "") for y in _REVISION)
    counted = _SHAPES[1].fullmatch(sequence)
    if uid and counted and _SHAPES[0].fullmatch(stamp) and int(counted[1]) <= HIGHEST:
        rest = tuple(line for line in lines if not line.startswith(_REVISION))
        yield uid.removeprefix("UID:"), Former(stamp, int(counted[1]), rest)
