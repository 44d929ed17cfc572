"""Words of French sentences, and a text as it is compared."""

import pytest

from dla_docs.model.likeness import did_you_mean, nearest_word
from dla_docs.model.words import (
    counted,
    enumeration,
    folded,
    hidden,
    number_of,
    plural,
    quoted,
    visible,
    within,
)


@pytest.mark.parametrize(
    ("words", "told"),
    [([], ""), (["a"], "a"), (["a", "b"], "a et b"), (["a", "b", "c"], "a, b et c")],
)
def test_an_enumeration_ends_with_a_link(words: list[str], told: str) -> None:
    assert enumeration(words) == told


def test_what_is_quoted_is_said_once() -> None:
    assert quoted(["nom", "siret", "nom"], "ou") == "« nom » ou « siret »"


@pytest.mark.parametrize(
    ("quantity", "word"), [(0, "jour"), (1, "jour"), (-1, "jour"), (2, "jours")]
)
def test_a_french_plural_begins_at_two(quantity: int, word: str) -> None:
    assert plural(quantity, "jour") == word


@pytest.mark.parametrize(
    ("sentence", "told"),
    [
        ("la note compte 1 jours, pour 5 convenus", "la note compte 1 jour, pour 5 convenus"),
        ("1,5 jours et 0 points", "1,5 jour et 0 point"),
        ("4,1 jours, 21 jours, 1\u202f001 jours", "4,1 jours, 21 jours, 1\u202f001 jours"),
    ],
)
def test_the_counts_of_a_finding_agree(sentence: str, told: str) -> None:
    assert counted(sentence) == told


def test_an_irregular_plural_is_given() -> None:
    assert number_of(2, "fichier écrit", "fichiers écrits") == "2 fichiers écrits"


@pytest.mark.parametrize(
    ("title", "told"), [("Jour de l’envoi", "jour de l’envoi"), ("SIRET", "SIRET"), ("", "")]
)
def test_a_title_loses_its_capital_within_a_sentence(title: str, told: str) -> None:
    assert within(title) == told


@pytest.mark.parametrize(
    "text", ["L’Œuvre  d’ÉLOI", "l'oeuvre d'eloi", "L'œuvre\u00a0d’E\u0301loi"]
)
def test_accents_case_ligatures_and_spaces_make_no_difference(text: str) -> None:
    assert folded(text) == "l'oeuvre d'eloi"


@pytest.mark.parametrize("text", ["Le « Lieu »", 'Le "Lieu"', "Le “Lieu”", "le «\u202flieu\u00a0»"])
def test_quotes_of_any_kind_are_the_same(text: str) -> None:
    assert folded(text) == 'le "lieu"'


def test_a_misspelt_word_is_asked_about() -> None:
    near = nearest_word("calades-jabrn", ["calades-jabron", "aubepine-buech"])
    assert did_you_mean(near) == "vouliez-vous dire « calades-jabron » ?"


def test_nothing_is_asked_where_no_word_is_near() -> None:
    assert did_you_mean(nearest_word("zzz", ["calades-jabron"])) == ""


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("L’Atelier", "L'Atelier"),
        ("Lʼatelier", "l‘Atelier"),
        ("Cœur", "Coeur"),
        ("e\u0301cole", "école"),
        ("«\u00a0Un\u00a0»", '"un"'),
        ("Gap–Sisteron", "Gap-Sisteron"),
        ("ate\u00adlier\u200b", "atelier"),
    ],
)
def test_names_that_read_the_same_are_the_same(one: str, other: str) -> None:
    assert folded(one) == folded(other)


def test_hidden_signs_are_named_once() -> None:
    assert hidden("\u202aa\u00a0b\u202a") == ("U+202A", "U+00A0")
    assert hidden("1\u00a0000", spaces=False) == ()


def test_a_text_to_show_holds_no_line_end_nor_direction() -> None:
    assert visible("a\n::error::\u202eb") == "a⟨U+000A⟩::error::⟨U+202E⟩b"
    assert visible("12\u202f000\u00a0€ à l’œuvre") == "12\u202f000\u00a0€ à l’œuvre"
