"""The timeline of a parcours: what is written near the line of the document's day."""

import re

from dla_docs.drawings.facts import Facts
from dla_docs.drawings.timeline import END, GROUP, START, STATE, draw_timeline
from tests.drawings.test_bars import COLOURS

ROLES = (GROUP, START, END, "libelle", STATE)


def _written(said: str, *actions: tuple[str, str, str]) -> dict[str, float]:
    rows = tuple(("Par le DLA", start, end, "Relevé", state) for start, end, state in actions)
    facts = Facts("frise", "Les actions", ROLES, ROLES, rows, {"jour": said})
    drawn = draw_timeline(facts, COLOURS, 566).content.decode()
    found = re.findall(r'<text x="([\d.]+)"[^>]*>([^<]+)</text>', drawn)
    return {words: float(x) for x, words in found}


def test_the_word_of_a_state_stands_after_the_day_that_it_would_cross() -> None:
    written = _written("30 juin 2026", ("1er avril 2025", "12 juin 2026", "reportée"))
    alone = _written("", ("1er avril 2025", "12 juin 2026", "reportée"))
    assert written["reportée"] > alone["reportée"]


def test_a_month_is_not_named_under_the_date_of_the_day() -> None:
    written = _written("30 juin 2026", ("1er avril 2025", "30 juin 2026", "faite"))
    assert not any("janv." in words for words in written)
