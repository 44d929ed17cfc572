"""A calendar file: what other programs read of it, and what importing it twice does."""

from dataclasses import replace
from datetime import date, datetime, time, timedelta

import icalendar
import pytest

from dla_docs.agenda.ics import OCTETS, Event, calendar
from dla_docs.agenda.revisions import formers

DAY = date(2026, 12, 4)
EVENT = Event("2026-013.mission.rapport@dla.exemple.fr", date(2026, 11, 20), DAY, "Rapport final")
HARD = "Café ; « thé », 100\\200\net 🌍 " + "é" * 90


def read(content: bytes) -> list[icalendar.Event]:
    calendars = icalendar.Calendar.from_ical(content)
    assert calendars.errors == []
    return list(calendars.walk("VEVENT"))


def test_a_day_lasts_the_day_and_no_more() -> None:
    (event,) = read(calendar("DLA", [EVENT]))
    assert (event.start, event.end) == (DAY, DAY + timedelta(days=1))
    assert event["TRANSP"] == "TRANSPARENT"


def test_an_hour_is_that_of_paris_in_winter_and_in_summer() -> None:
    hours = {date(2026, 12, 4): 1, date(2026, 7, 3): 2}
    for day, ahead in hours.items():
        (event,) = read(calendar("DLA", [replace(EVENT, day=day, hour="14:30", end="16:00")]))
        assert event.start.utcoffset() == timedelta(hours=ahead)
        assert event.start.replace(tzinfo=None) == datetime.combine(day, time(14, 30))
        assert event.end - event.start == timedelta(hours=1, minutes=30)


def test_a_calendar_without_an_hour_needs_no_zone() -> None:
    assert b"VTIMEZONE" not in calendar("DLA", [EVENT])
    assert b"VTIMEZONE" in calendar("DLA", [replace(EVENT, hour="09:00")])


@pytest.mark.parametrize("field", ["summary", "place", "description"])
def test_a_text_comes_back_whole(field: str) -> None:
    content = calendar("DLA", [replace(EVENT, **{field: HARD})])
    names = {"summary": "SUMMARY", "place": "LOCATION", "description": "DESCRIPTION"}
    assert str(read(content)[0][names[field]]) == HARD


def test_a_line_is_folded_at_75_bytes_between_two_letters() -> None:
    content = calendar("DLA", [replace(EVENT, summary=HARD)])
    lines = content.split(b"\r\n")
    assert max(map(len, lines)) <= OCTETS
    assert all(line.decode() for line in lines if line)


def test_a_text_adds_no_line_of_its_own() -> None:
    content = calendar("DLA", [replace(EVENT, summary="Ruse\r\nEND:VEVENT\x00\x07")])
    assert content.count(b"\r\nEND:VEVENT") == 1
    assert b"\x00" not in content and b"\x07" not in content


def test_the_same_events_give_the_same_bytes() -> None:
    assert calendar("DLA", [EVENT]) == calendar("DLA", [EVENT])


def test_what_is_said_as_before_keeps_its_revision() -> None:
    former = calendar("DLA", [EVENT])
    later = replace(EVENT, revised=date(2026, 12, 1))
    assert calendar("DLA", [later], former) == former


def test_what_changes_on_the_same_day_has_a_higher_revision() -> None:
    former = calendar("DLA", [EVENT])
    moved = calendar("DLA", [replace(EVENT, day=date(2026, 12, 11))], former)
    (before,), (after,) = read(former), read(moved)
    assert (before["UID"], before["SEQUENCE"] + 1) == (after["UID"], after["SEQUENCE"])


@pytest.mark.parametrize(
    "former",
    [
        b"",
        b"\xff\xfe\x00",
        b"BEGIN:VEVENT\r\nUID:x\r\nSEQUENCE:99999999999\r\nDTSTAMP:20260101T000000Z\r\nEND:VEVENT",
        b"BEGIN:VEVENT\r\nUID:x\r\nSEQUENCE:1\r\nDTSTAMP:ruse\r\nEND:VEVENT",
        b"BEGIN:VEVENT\r\n" * 1000,
    ],
)
def test_a_spoilt_calendar_is_no_former_one(former: bytes) -> None:
    assert formers(former) == {}
