"""From the rules to findings: what they all say of a unit, weighed together."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date

from dla_docs.check.controles import CONTROLS
from dla_docs.check.declared import relations
from dla_docs.check.facts import Facts
from dla_docs.check.ledger import Blame, Datum, Entry, Relation, weighed
from dla_docs.check.rules import Rule, apply_records
from dla_docs.load.corpus import Corpus, meant_by
from dla_docs.load.references import at
from dla_docs.load.scopes import TERRITORY
from dla_docs.model.findings import Finding, Pointer, Severity

WIDE = frozenset({TERRITORY, "comite"})
"""Scopes whose rules see more than a neighbour reads: they are judged in their own unit only."""

Faults = Mapping[str, tuple[Pointer, ...]]
"""What the schemas refuse, by file: the pointer of each fault, `()` for the whole file."""


def judge(
    corpus: Corpus, rules: Mapping[str, Rule], faults: tuple[Finding, ...], day: date
) -> Iterator[tuple[str, Finding]]:
    """The findings of the rules, each with its unit.

    `corpus` is the sound one, `faults` what made it so, `day` what lateness is counted to.
    """
    refused = _refused(faults, corpus)
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
        for blame in weighed(entries, lambda datum: _faulty(datum, refused)):
            yield unit, _finding(blame, rules, corpus)


def _said(rule: Rule, facts: Facts) -> Iterator[Relation]:
    """What a rule says of a scope that holds one of the files which start it."""
    if any(map(facts.scope.holds, rule.quand)):
        for entry in rule.verifie:
            yield from relations(entry, facts)
        for control in CONTROLS.get(rule.code, ()):
            yield from control(facts)


def _finding(blame: Blame, rules: Mapping[str, Rule], corpus: Corpus) -> Finding:
    """A datum to blame, told by the gravest rule it breaks, the others beside."""
    told = [_told(entry, blame.datum) for entry in blame.explained]
    first, *others = sorted(
        apply_records(told, rules, corpus), key=lambda f: GRAVEST.index(f.severity)
    )
    also = dict.fromkeys((*first.also, *(code for f in others for code in f.codes)))
    also.pop(first.code, None)
    return replace(first, also=tuple(also))


GRAVEST = tuple(Severity)


def _told(entry: Entry, datum: Datum) -> Finding:
    """What one broken relation says of the datum to blame, where it met that datum."""
    relation = entry.relation
    met = next(one for one in relation.data if one.place == datum.place)
    message, hint = relation.words(met)
    finding = met.source.finding(entry.code, message, met.pointer, hint=hint)
    return replace(finding, late=True) if relation.late else finding


def _refused(faults: tuple[Finding, ...], corpus: Corpus) -> Faults:
    """What the schemas refuse; a misnamed file is a fault of the file that it was meant to be."""
    refused: dict[str, tuple[Pointer, ...]] = {}
    for fault in faults:
        if fault.severity is Severity.ERREUR:
            refused[fault.path] = (*refused.get(fault.path, ()), fault.pointer)
    units = {corpus.listing.unit_of(path) for path in corpus.sources}
    for path in corpus.listing.strays:
        if corpus.listing.unit_of(path) in units:
            refused[meant_by(path, corpus.listing)] = ((),)
    return refused


def _faulty(datum: Datum, refused: Faults) -> bool:
    """Whether the schema refuses a datum, what holds it or, where it is absent, what it held."""
    path, pointer = datum.place
    pointers = refused.get(path, ())
    if any(pointer[: len(fault)] == fault for fault in pointers):
        return True
    if datum.value is not None or not pointers:
        return False
    # An element of which nothing is sound lacks all that it should hold, and says it already.
    blank = len(pointer) > 1 and not at(datum.source.data, pointer[:-1])
    inner = pointer[:-1] if blank else pointer
    return any(fault[: len(inner)] == inner for fault in pointers)
