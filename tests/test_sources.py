"""What the five sources ask is placed, and every place that the page of sources names exists."""

from collections.abc import Iterator
from functools import cache

import pytest

from dla_docs.cli import main
from dla_docs.model.workspace import Workspace
from tests.scenes import ROOT
from tools.sources_table import Asked, Quote, functions, living, obligations, quoted, quotes, same
from tools.sources_targets import Targets

SHORT = 300
"""Signs of the longest quote kept: two lines of a page."""


@cache
def targets() -> Targets:
    return Targets.of(Workspace(ROOT), main)


@cache
def found() -> tuple[Quote, ...]:
    return tuple(quotes(targets().types.values(), targets().rules.values()))


def every() -> Iterator[Asked]:
    yield from obligations()
    yield from functions()


def test_the_129_functions_are_there_once_and_in_order() -> None:
    assert [one.code for one in functions()] == [f"F{rank:03}" for rank in range(1, 130)]


def test_everything_asked_lives_somewhere_or_says_why_not() -> None:
    placed = {one.code: bool(living(one, found())) for one in every()}
    assert [one.code for one in every() if placed[one.code] == bool(one.hors)] == []


def test_every_place_that_the_table_names_exists() -> None:
    places = {(one.code, place) for one in every() for place in living(one, found())}
    assert sorted(pair for pair in places if targets().link(pair[1]) is None) == []


def test_every_quote_of_a_rule_or_a_document_is_in_the_table() -> None:
    asked = obligations()
    lost = [
        (quote.where, quote.text)
        for quote in found()
        if not any(one.seed == quote.seed and same(one.cite, quote.text) for one in asked)
    ]
    assert lost == []


def test_quotes_are_short() -> None:
    assert [one.code for one in every() if len(one.cite) > SHORT] == []


@pytest.mark.parametrize(
    "target",
    [
        "diagnostic-de-groupe",
        "diagnostic#audit",
        "R-DIA-99",
        "diagnostic.audit",
        "diagnostic..axes",
        "dla deviner",
        "chiffre inconnu",
        "dla list prestataires --prix",
        "docs/guides/absent.md",
    ],
)
def test_a_place_that_does_not_exist_has_no_link(target: str) -> None:
    assert targets().link(target) is None


@pytest.mark.parametrize(
    ("target", "link"),
    [
        ("diagnostic#axes", "[Diagnostic partagé](documents.md#diagnostic) : « Points positifs"),
        ("R-DIA-01", "[R-DIA-01](regles.md#r-dia-01)"),
        ("diagnostic.axes[].freins", "[`diagnostic.axes[].freins`](donnees.md#diagnostic)"),
        ("dla list prestataires --zone", "(commandes.md#dla-list-prestataires)"),
        ("chiffre accueils", "« Dossiers accueillis »"),
        ("docs/guides/confidentialite.md", "(../guides/confidentialite.md)"),
        ("CHANGELOG.md", "[Journal des modifications](../../CHANGELOG.md)"),
    ],
)
def test_a_place_leads_to_its_reference(target: str, link: str) -> None:
    assert link in str(targets().link(target))


def test_a_quote_without_a_mark_is_that_of_the_mark_before() -> None:
    source = "[seed 000] « a » ; « b » ; usage [P19] « c » ; [inferred] d’après [seed 004] « d »"
    assert [(q.seed, q.text) for q in quoted(source, "R-X-01")] == [
        ("000", "a"),
        ("000", "b"),
        ("004", "d"),
    ]


def test_a_quote_may_hold_another() -> None:
    (quote,) = quoted("[seed 002] « Mentionner « Accompagnement DLA » »", "rapport-final")
    assert quote.text == "Mentionner « Accompagnement DLA »"


def test_a_sentence_lives_where_it_is_quoted() -> None:
    asked = Asked("000-01", "000", "en valident les conclusions", "", ("diagnostic", "R-DIA-04"))
    quoting = Quote("000", "valident les conclusions et préconisations", "diagnostic#conclusions")
    assert living(asked, [quoting]) == ("diagnostic", "R-DIA-04")
    longer = Quote("000", "ils en valident les conclusions", "diagnostic#conclusions")
    assert living(asked, [longer]) == ("diagnostic#conclusions", "R-DIA-04")
