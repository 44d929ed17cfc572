"""Marks of sources are words for people, and marks for tools."""

import json

import pytest

from dla_docs.flow import Examined
from dla_docs.report.sources import in_words
from tests.scenes import Lancer

GUIDE = "Guide des prestataires DLA (Nord–Pas-de-Calais, 2007)"


@pytest.mark.parametrize(
    ("source", "words"),
    [
        ("[seed 002] « a, b »", f"{GUIDE} : « a, b »"),
        ("[seed 002], [seed 004]", f"{GUIDE} ; page des prestataires (DLA PACA)"),
        ("[seed 002] « a » ; dix [inferred]", f"{GUIDE} : « a » ; dix (usage, sans texte)"),
        ("[inferred]", "Usage, sans texte"),
        ("[inferred] seuil de cinq", "Usage, sans texte : seuil de cinq"),
        ("[inferred] d’après [seed 002]", f"Usage, sans texte, d’après {GUIDE}"),
        ("ordre [seed 002] ; « x »", f"Ordre : {GUIDE} ; « x »"),
        ("convention régionale, article 4", "convention régionale, article 4"),
        ("délai [P99]", "Délai : page publique"),
    ],
)
def test_a_mark_is_read_as_what_it_stands_for(source: str, words: str) -> None:
    assert in_words(source) == words


def test_no_rule_shows_a_mark_to_people(examen: Examined) -> None:
    told = [in_words(rule.source) for rule in examen.rules.values()]
    assert [words for words in told if "[" in words or "page publique" in words] == []


def test_the_mark_stays_for_tools_and_is_gone_for_people(lancer: Lancer) -> None:
    rules = json.loads(lancer("list", "regles", "--json").stdout)
    (rule,) = [rule for rule in rules if rule["code"] == "R-PAR-04"]
    assert "[seed 001]" in rule["source"]
    assert "[" not in lancer("explain", "R-PAR-04").stdout.partition("Juste")[0]
