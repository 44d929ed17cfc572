"""A calendar file (RFC 5545): events to text, folded and escaped, with stable identifiers.

Ours rather than a library's: what is written is ten properties, whose order must never change for
the bytes to be the same twice. Tests read it back with `icalendar`.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from dla_docs.agenda.revisions import Former, formers

OCTETS = 75
"""Bytes of a line at most, without its end (RFC 5545, 3.1)."""
ZONE = "Europe/Paris"
_PARIS = """BEGIN:VTIMEZONE
TZID:Europe/Paris
BEGIN:DAYLIGHT
DTSTART:19960331T020000
TZOFFSETFROM:+0100
TZOFFSETTO:+0200
TZNAME:CEST
RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU
END:DAYLIGHT
BEGIN:STANDARD
DTSTART:19961027T030000
TZOFFSETFROM:+0200
TZOFFSETTO:+0100
TZNAME:CET
RRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU
END:STANDARD
END:VTIMEZONE"""
"""The hour of Paris since 1996, when the European Union agreed on the last Sunday of October."""
_BEGINNING = date(2000, 1, 1)
"""The day from which revisions are numbered: a file of the data tells nothing that is before."""


@dataclass(frozen=True)
class Event:
    """One event. Its `uid` never changes: what is imported again updates what was there.

    `revised`: the last day that the data tell of; it numbers the revision, so that a calendar takes
    the latest, and the same data give the same bytes. Hours are HH:MM, in Paris; without any, the
    event lasts the day.
    """

    uid: str
    revised: date
    day: date
    summary: str
    hour: str = ""
    end: str = ""
    place: str = ""
    description: str = ""
    categories: tuple[str, ...] = ()
    cancelled: bool = False
    busy: bool = False


def calendar(name: str, events: Iterable[Event], former: bytes = b"") -> bytes:
    """The calendar of that name, its events in the order given.

    `former`: the one it replaces. What it says as before keeps its revision; what changes has a
    higher one, whatever its day.
    """
    listed, known = tuple(events), formers(former)
    zone = _PARIS.splitlines() if any(event.hour for event in listed) else []
    head = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//dla//Calendrier//FR", "CALSCALE:GREGORIAN"]
    # X-WR-CALNAME is no standard, but what Outlook, Google and Thunderbird show as its name.
    lines = [*head, "METHOD:PUBLISH", f"X-WR-CALNAME:{_escaped(name)}", *zone]
    lines += [line for event in listed for line in _lines(event, known.get(event.uid))]
    folded = (part for line in (*lines, "END:VCALENDAR") for part in _folded(line))
    return "".join(f"{part}\r\n" for part in folded).encode()


def _lines(event: Event, former: Former | None) -> Iterator[str]:
    said = (f"UID:{event.uid}", *_said(event))
    stamp = f"DTSTAMP:{event.revised:%Y%m%d}T000000Z"
    sequence = max(0, (event.revised - _BEGINNING).days)
    if former and former.lines == said:
        stamp, sequence = former.stamp, former.sequence
    elif former:
        sequence = max(sequence, former.sequence + 1)
    yield from ("BEGIN:VEVENT", said[0], stamp, f"SEQUENCE:{sequence}", *said[1:], "END:VEVENT")


def _said(event: Event) -> Iterator[str]:
    """What an event says: all but its identifier and its revision."""
    yield from _times(event)
    yield f"SUMMARY:{_escaped(event.summary)}"
    for name, text in (("LOCATION", event.place), ("DESCRIPTION", event.description)):
        if text:
            yield f"{name}:{_escaped(text)}"
    if event.categories:
        yield f"CATEGORIES:{','.join(map(_escaped, event.categories))}"
    yield f"STATUS:{'CANCELLED' if event.cancelled else 'CONFIRMED'}"
    # A last day takes no time, nor what has no hour yet: nobody is busy for it.
    taken = event.busy and event.hour and not event.cancelled
    yield f"TRANSP:{'OPAQUE' if taken else 'TRANSPARENT'}"
    # Who shares a calendar shows when, not of whom.
    yield "CLASS:PRIVATE"


def _times(event: Event) -> Iterator[str]:
    """When it is: a day and the next, which is excluded; or an hour of Paris, with its end."""
    if not event.hour:
        yield f"DTSTART;VALUE=DATE:{event.day:%Y%m%d}"
        if event.day < date.max:
            yield f"DTEND;VALUE=DATE:{event.day + timedelta(days=1):%Y%m%d}"
        return
    yield f"DTSTART;TZID={ZONE}:{_moment(event.day, event.hour)}"
    if event.end > event.hour:
        yield f"DTEND;TZID={ZONE}:{_moment(event.day, event.end)}"


def _moment(day: date, hour: str) -> str:
    return f"{day:%Y%m%d}T{hour.replace(':', '')}00"


def _escaped(text: str) -> str:
    """A text value (RFC 5545, 3.3.11): what would end it, or part it, is escaped.

    Signs of command, which no text may hold, are dropped.
    """
    for sign in ("\\", ";", ","):
        text = text.replace(sign, f"\\{sign}")
    text = "\\n".join(text.splitlines())
    return "".join(c for c in text if c.isprintable() or c in "\u00a0\u202f")


def _folded(line: str) -> Iterator[str]:
    """A line in pieces of 75 bytes at most, no letter cut; all but the first begin by a space."""
    piece, size = "", 0
    for sign in line:
        more = len(sign.encode())
        if size + more > OCTETS:
            yield piece
            piece, size = " ", 1
        piece, size = piece + sign, size + more
    yield piece
