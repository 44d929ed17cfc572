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


def test_the_date_of_the_day_stands_above_the_months_that_it_would_hide() -> None:
    written = _written("20 novembre 2026", ("2 novembre 2026", "9 juillet 2027", "en cours"))
    assert {"oct. 26", "2027", "avril"} <= set(written)


def test_an_action_that_starts_after_the_day_is_never_drawn_as_running() -> None:
    rows = (
        ("Par le DLA", "1er janvier 2026", "3 juillet 2026", "Phase 1", "faite"),
        ("Par le DLA", "1er octobre 2026", "30 avril 2027", "Phase 2", "en cours"),
    )
    solid = f'fill="{COLOURS.dark}" stroke="{COLOURS.dark}"'
    for day, seen in (("7 juillet 2026", False), ("6 octobre 2026", True)):
        facts = Facts("frise", "Les actions", ROLES, ROLES, rows, {"jour": day})
        drawn = draw_timeline(facts, COLOURS, 566).content.decode()
        assert (solid in drawn) is seen


def test_every_line_of_a_quarter_has_its_name() -> None:
    for day in ("6 octobre 2026", "28 novembre 2026", ""):
        rows = (("Par le DLA", "1er décembre 2025", "30 avril 2027", "Relevé", "en cours"),)
        facts = Facts("frise", "Les actions", ROLES, ROLES, rows, {"jour": day} if day else {})
        drawn = draw_timeline(facts, COLOURS, 566).content.decode()
        lines = re.findall(rf'<path d="M([\d.]+) [^"]*"[^>]*{COLOURS.rule}', drawn)
        names = re.findall(rf'<text x="([\d.]+)"[^>]*{COLOURS.grey}', drawn)
        assert len(lines) > 4 and lines == names


def test_the_sign_of_a_state_is_left_to_the_table() -> None:
    assert "faite" in _written("", ("1er avril 2025", "12 juin 2026", "✓\u2002faite"))
