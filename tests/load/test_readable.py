"""A text as people type it, as pandoc is to read it."""

import time

import pytest

from dla_docs.load.readable import readable


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("Il est attendu :\n- a\n- b", "Il est attendu :\n\n- a\n- b"),
        ("Il est attendu :\n• a\n•b", "Il est attendu :\n\n- a\n- b"),
        ("Il est attendu :\n– a ;\n– b.", "Il est attendu :\n\n- a ;\n- b."),
        ("\uf0b7\ta\n\uf0b7\tb", "- a\n- b"),
        ("\u00a0-\u00a0a\n\u00a0-\u00a0b", " - a\n - b"),
        ("Trois temps :\n1. a\n2. b", "Trois temps :\n\n1. a\n2. b"),
        ("Trois temps :\n1° a\n2° b", "Trois temps :  \n1° a  \n2° b"),
        ("Attendu :\n\n    - a\n    - b", "Attendu :\n\n- a\n- b"),
        ("> Attendu :\n> - a", "> Attendu :\n>\n> - a"),
    ],
)
def test_a_list_is_one_however_it_is_typed(typed: str, read: str) -> None:
    assert readable(typed) == read


@pytest.mark.parametrize(
    "typed",
    [
        "une phrase coupée\n– comme ici – et reprise",
        "signée le\n2. janvier",
        "- a\n  suite de a\n- b\n  - c",
        "    echo « - a »",
        "```\nVoici :\n- https://exemple.fr/_a_\n```",
        "Écrire `- a` ou `https://exemple.fr/_a_`.",
        "[Calades](https://exemple.fr/~a_b) et <https://exemple.fr/~a>",
    ],
)
def test_what_is_right_is_left_as_it_is(typed: str) -> None:
    assert readable(typed) == typed


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("+ 5 % de produits", "\\+ 5 % de produits"),
        ("- + 5 %\n- - 3 %", "- \\+ 5 %\n- \\- 3 %"),
        ("2025. Une année", "2025\\. Une année"),
        ("> 50 salariés", "\\> 50 salariés"),
        ("3*4*5", "3\\*4\\*5"),
        ("[Note]: voir l’annexe", "\\[Note]: voir l’annexe"),
        ("1. [Note]: voir l’annexe", "1. \\[Note]: voir l’annexe"),
        ("[^1]: jamais appelée", "\\[^1]: jamais appelée"),
        ("\\\\serveur\\_a", "\\\\\\\\serveur\\\\\\_a"),
        ("voir https://exemple.fr/~a_b.", "voir https\\:\\/\\/exemple\\.fr\\/\\~a\\_b."),
        ("un [ seul", "un \\[ seul"),
    ],
)
def test_a_sign_that_is_no_mark_is_printed(typed: str, read: str) -> None:
    assert readable(typed) == read


def test_a_rule_or_a_table_right_after_a_sentence_is_one() -> None:
    assert readable("Fin.\n---\nSuite") == "Fin.\n\n---\nSuite"
    table = "| a | b |\n|---|---|\n| c | d |"
    assert readable(f"Voici :\n{table}") == f"Voici :\n\n{table}"


def test_cells_beyond_the_header_are_kept() -> None:
    assert readable("| a |\n|---|\n| b | c |") == "| a | |\n|---|---|\n| b | c |"


@pytest.mark.parametrize("unit", ["![", "[a](", "`a ``", "> ", "a@", "*a ", "https://a", "|\n"])
def test_a_hostile_text_is_read_at_once(unit: str) -> None:
    start = time.process_time()
    readable(unit * 20_000)
    assert time.process_time() - start < 5


def test_a_lone_return_ends_a_line() -> None:
    assert readable("un\r\rdeux\r\ntrois") == "un\n\ndeux\ntrois"


def test_a_bullet_among_spaces_is_looked_for_once() -> None:
    start = time.process_time()
    readable("- " + ("-" + " " * 5) * 30 + "x")
    assert time.process_time() - start < 1
