"""Stage 3, check: the rules of the dispositif over one unit, or the whole workspace.

Nothing is rendered here: of the rules about documents, only what data shows is applied.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date

from dla_docs.check.derogations import idle, misplaced
from dla_docs.check.judge import judge
from dla_docs.check.rules import Rule, apply_records
from dla_docs.documents.contract import data_faults
from dla_docs.documents.documents import documents
from dla_docs.documents.logos import placeholder_logos
from dla_docs.documents.types import DocumentType
from dla_docs.load.corpus import Corpus
from dla_docs.load.places import TERRITORY
from dla_docs.load.yaml_reader import Source
from dla_docs.model.findings import Finding, Pointer, in_order, told_together
from dla_docs.model.likeness import did_you_mean, nearest_word
from dla_docs.model.paths import at
from dla_docs.model.words import number_of


@dataclass(frozen=True)
class Checked:
    """The findings of a corpus: on the units it is about, on what lies around, and what is owed.

    `owed` is what begun documents lack: kept apart until all are known, for one cause told once.
    """

    own: tuple[Finding, ...]
    around: tuple[Finding, ...]
    owed: tuple[Finding, ...]


def check(
    corpus: Corpus,
    types: Mapping[str, DocumentType],
    rules: Mapping[str, Rule],
    faults: tuple[Finding, ...],
    day: date,
) -> Checked:
    """Every finding of a corpus: schema faults, rules, contracts of the documents begun.

    `corpus` is the sound one, `faults` what made it so, `day` what lateness is counted to.
    """
    own, around = list(_unknown_rules(corpus, rules)), list[Finding]()
    own += misplaced(corpus)
    own += placeholder_logos(corpus) if TERRITORY in corpus.own else ()
    of_units = [(corpus.listing.unit_of(f.path), f) for f in apply_records(faults, rules, corpus)]
    for unit, finding in (*of_units, *judge(corpus, rules, day)):
        (own if unit in corpus.own else around).append(finding)
    owed = apply_records(dict.fromkeys(_owed(corpus, types, faults)), rules, corpus)
    unseen = {"document", "diffusion"}
    seen = {rule.code for rule in rules.values() if rule.par not in unseen}
    own += apply_records(idle(corpus, (*own, *owed), seen), rules, corpus)
    return Checked(tuple(own), tuple(around), owed)


def _owed(
    corpus: Corpus, types: Mapping[str, DocumentType], faults: tuple[Finding, ...]
) -> Iterator[Finding]:
    """What the documents begun lack of what they owe."""
    unread = {fault.path for fault in faults if not (fault.pointer or fault.condition)}
    for document in documents(corpus, types):
        # A file that cannot be read at all says enough: its absent contents are not faults too.
        if document.begun and not unread & document.paths(corpus):
            lacking = tuple(data_faults(document, corpus, untold=True))
            # Without a file, what it would have brought lacks too.
            yield from tuple(f for f in lacking if f.missing_file) or lacking


def conclude(found: Iterable[Finding], owed: Iterable[Finding]) -> tuple[Finding, ...]:
    """All findings in order of place; what a document lacks joins the finding of its cause."""
    by_file: dict[str, list[Finding]] = {}
    for finding in found:
        by_file.setdefault(finding.path, []).append(finding)
    told = (f for listed in by_file.values() for f in listed)
    # One that is no error forbids nothing: what a document lacks is still to be told.
    absent = {f.missing_file for f in told if f.errors}
    for fault in owed:
        missing = fault.missing_file
        if not missing or missing not in absent:
            _join(by_file.setdefault(fault.path, []), fault)
            absent.add(missing)
    return _told_once(in_order(finding for listed in by_file.values() for finding in listed))


def _told_once(findings: tuple[Finding, ...]) -> tuple[Finding, ...]:
    """A name that leads nowhere is one fault, told at its first mention with how many follow."""
    mentions: dict[str, list[Finding]] = {}
    for finding in findings:
        if finding.code == "S-REF":
            mentions.setdefault(finding.message, []).append(finding)
    first = {listed[0]: listed[1:] for listed in mentions.values()}
    return tuple(
        _and_others(finding, first.get(finding, []))
        for finding in findings
        if finding.code != "S-REF" or finding in first
    )


def _and_others(finding: Finding, others: list[Finding]) -> Finding:
    if not others:
        return finding
    count = number_of(len(others), "autre mention", "autres mentions")
    message = f"{finding.message} (et {count})"
    return replace(finding, message=message, elsewhere=tuple({o.path: 0 for o in others}))


def same_cause(one: Finding, other: Finding) -> bool:
    """Whether two findings speak of one datum, or of a datum and what holds it."""
    if one.missing_file and one.missing_file == other.missing_file:
        return True
    size = min(len(one.pointer), len(other.pointer))
    return one.path == other.path and size > 0 and one.pointer[:size] == other.pointer[:size]


def _join(listed: list[Finding], fault: Finding) -> None:
    """Add what a contract lacks, unless its cause is known: then they are told together.

    A cause that somebody has accepted accepts nothing of what another rule asks.
    """
    for rank, cause in enumerate(listed):
        if same_cause(cause, fault):
            told = told_together((cause, fault))
            # The form of a datum is told already: only a rule has something to add.
            kept = {*cause.codes, *(code for code in fault.codes if code.startswith("R-"))}
            also, milder = (tuple(c for c in cs if c in kept) for cs in (told.also, told.milder))
            listed[rank] = replace(told, also=also, milder=milder)
            return
    listed.append(fault)


def _unknown_rules(corpus: Corpus, rules: Mapping[str, Rule]) -> Iterator[Finding]:
    """A rule softened or derogated from that is none: its breach would go on unsaid."""
    softened = at(corpus.territory.data, ("regles",))
    codes = softened if isinstance(softened, dict) and TERRITORY in corpus.own else ()
    named: list[tuple[Source, Pointer]] = [(corpus.territory, ("regles", code)) for code in codes]
    for scope in filter(corpus.owns, corpus.level("dossier")):
        if dossier := scope.parts.get("dossier"):
            listed = at(dossier.data, ("derogations",)) or []
            named += [(dossier, ("derogations", rank, "regle")) for rank in range(len(listed))]
    for source, pointer in named:
        is_key = pointer[0] == "regles"
        code = pointer[-1] if is_key else at(source.data, pointer)
        if isinstance(code, str) and code not in rules and not code.startswith("x-"):
            hint = did_you_mean(nearest_word(code, rules)) or "dla list regles les énumère"
            message = f"la règle « {code} » n’existe pas"
            yield source.finding("S-REF", message, pointer, hint=hint, at_key=is_key)
