"""From the rules to findings: what they all say of a unit, weighed together."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date

from dla_docs.check.controles import CONTROLS
from dla_docs.check.declared import relations
from dla_docs.check.facts import Facts
from dla_docs.check.ledger import Blame, Datum, Entry, Relation, weighed
from dla_docs.check.rules import Rule, apply_records
from dla_docs.load.corpus import Corpus
from dla_docs.load.places import TERRITORY
from dla_docs.model.findings import Finding, told_together
from dla_docs.model.words import counted

WIDE = frozenset({TERRITORY, "comite"})
"""Scopes whose rules see more than a neighbour reads: they are judged in their own unit only."""


def judge(corpus: Corpus, rules: Mapping[str, Rule], day: date) -> Iterator[tuple[str, Finding]]:
    """The findings of the rules, each with its unit.

    `corpus` is the sound one, `day` what lateness is counted to.
    """
    ordered = sorted(rules.values(), key=lambda rule: rule.rank)
    units: dict[str, list[Facts]] = {}
    for scope in corpus.scopes.values():
        if corpus.owns(scope) or scope.level not in WIDE:
            units.setdefault(scope.unit, []).append(Facts(scope, corpus, day))
    for unit, scopes in units.items():
        entries = [
            Entry(rule.code, relation)
            for rule in ordered
            for facts in scopes
            for relation in _said(rule, facts)
        ]
        for blame in weighed(entries, lambda datum: corpus.refuses(*datum.place)):
            yield unit, _finding(blame, rules, corpus)


def _said(rule: Rule, facts: Facts) -> Iterator[Relation]:
    """What a rule says of a scope that holds one of the files which start it."""
    if any(map(facts.scope.holds, rule.quand)):
        for entry, named in rule.entries:
            if any(map(facts.scope.holds, named)):
                yield from relations(entry, facts)
        for control in CONTROLS.get(rule.code, ()):
            yield from control(facts)


def _finding(blame: Blame, rules: Mapping[str, Rule], corpus: Corpus) -> Finding:
    """A datum to blame, told by the gravest rule it breaks, the others beside."""
    findings = [_told(entry, blame.datum) for entry in blame.explained]
    return told_together(apply_records(findings, rules, corpus))


def _told(entry: Entry, datum: Datum) -> Finding:
    """What one broken relation says of the datum to blame, where it met that datum."""
    relation = entry.relation
    met = next(one for one in relation.data if one.place == datum.place)
    message, hint = relation.words(met)
    finding = met.source.finding(entry.code, counted(message), met.pointer, hint=counted(hint))
    public = relation.public if message == relation.message else ("", "")
    return replace(finding, late=relation.late, public=public)
