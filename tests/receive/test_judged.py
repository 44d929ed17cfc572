"""What a judgement says of the data, beside what a person has decided."""

from typing import Any

from dla_docs.model.findings import Pointer
from dla_docs.receive.compare import Entry, State
from dla_docs.receive.given import Origin
from dla_docs.receive.judged import settled

POINT: Pointer = ("points", "rappel", "enjeux")


def entry(key: str, value: Any, state: State, former: Any = None) -> Entry:
    return Entry((*POINT, key), value, "", Origin("Enjeux"), state, former)


def test_a_new_point_is_whole() -> None:
    entries = (entry("etat", "present", State.NEW), entry("page", 2, State.NEW))
    assert settled(entries) == entries


def test_a_doubt_does_not_come_back_on_what_a_person_decided() -> None:
    state = entry("etat", "a_verifier", State.OTHER, "present")
    (kept,) = settled((state, entry("note", "à chercher", State.NEW)))
    assert kept.state is State.SAME


def test_the_page_of_a_state_that_is_not_written_waits_with_it() -> None:
    state = entry("etat", "absent", State.OTHER, "present")
    assert settled((state, entry("page", 2, State.NEW)))[1].state is State.DOUBT


def test_the_note_of_a_person_stays() -> None:
    state = entry("etat", "present", State.SAME, "present")
    note = entry("note", "paragraphe 3", State.OTHER, "bien vu")
    assert settled((state, note)) == (state,)


def test_what_is_no_point_is_left_alone() -> None:
    date = Entry(("date",), "2025-04-22", "", Origin("Date"), State.OTHER, "2025-04-23")
    assert settled((date,)) == (date,)


def test_a_new_total_does_not_join_the_days_of_another_price() -> None:
    origin = Origin("Budget")
    days = Entry(("budget", "jours"), 5, "", origin, State.OTHER, 5.5)
    total = Entry(("budget", "total_ht"), 3900, "", origin, State.NEW)
    assert [one.state for one in settled((days, total))] == [State.OTHER, State.DOUBT]
