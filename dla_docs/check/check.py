"""Stage 3, check: the rules of the dispositif over one unit, or the whole workspace.

Nothing is rendered here: of the rules about documents, only what data shows is applied.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from pathlib import PurePosixPath

from dla_docs.check.judge import judge
from dla_docs.check.rules import Rule, apply_records
from dla_docs.documents.contract import data_faults
from dla_docs.documents.documents import Document, documents
from dla_docs.documents.logos import placeholder_logos
from dla_docs.documents.types import DocumentType
from dla_docs.load.corpus import Corpus
from dla_docs.load.places import TERRITORY
from dla_docs.load.yaml_reader import Source
from dla_docs.model.findings import Finding, Pointer, Severity, in_order
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
    own += placeholder_logos(corpus) if TERRITORY in corpus.own else ()
    of_units = [(corpus.listing.unit_of(f.path), f) for f in apply_records(faults, rules, corpus)]
    for unit, finding in (*of_units, *judge(corpus, rules, day)):
        (own if unit in corpus.own else around).append(finding)
    owed = dict.fromkeys(_owed(corpus, types, faults))
    return Checked(tuple(own), tuple(around), apply_records(owed, rules, corpus))


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
            yield from tuple(filter(_missing_file, lacking)) or lacking


def conclude(found: Iterable[Finding], owed: Iterable[Finding]) -> tuple[Finding, ...]:
    """All findings in order of place; what a document lacks joins the finding of its cause."""
    by_file: dict[str, list[Finding]] = {}
    for finding in found:
        by_file.setdefault(finding.path, []).append(finding)
    absent = {_missing_file(f) for listed in by_file.values() for f in listed}
    for fault in owed:
        missing = _missing_file(fault)
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


def blocking(
    document: Document,
    corpus: Corpus,
    findings: tuple[Finding, ...],
    rules: Mapping[str, Rule],
) -> tuple[Finding, ...]:
    """The findings that forbid a document; a fault elsewhere never stops it.

    They are the breaches of its own contract, the schema faults of a file it is made from, and
    the breaches, in its scope and not in what comes later, of a rule that blocks its type.
    """
    used, reach = document.paths(corpus), document.founded_on(corpus)
    own = tuple(data_faults(document, corpus))
    return tuple(
        f
        for f in findings
        if f.severity is Severity.ERREUR
        and (
            any(same_cause(f, fault) for fault in own)
            or (used & {f.path, *f.elsewhere} and _breaks_schema(f))
            or (f.path in reach and document.type.name in forbidden(f, rules))
        )
    )


def same_cause(one: Finding, other: Finding) -> bool:
    """Whether two findings speak of one datum, or of a datum and what holds it."""
    if _missing_file(one) and _missing_file(one) == _missing_file(other):
        return True
    size = min(len(one.pointer), len(other.pointer))
    return one.path == other.path and size > 0 and one.pointer[:size] == other.pointer[:size]


def _missing_file(finding: Finding) -> str:
    """The file whose absence is told at one that needs it; empty for any other fault."""
    name = str(finding.pointer[0]) if len(finding.pointer) == 1 else ""
    # A proposition calls for a file of its ingénierie, one folder above.
    folder = PurePosixPath(finding.path.replace("/propositions/", "/")).parent
    return f"{folder}/{name}" if name.endswith(".yaml") else ""


def _join(listed: list[Finding], fault: Finding) -> None:
    """Add what a contract lacks, unless its cause is known: then only the codes join it."""
    for rank, cause in enumerate(listed):
        if same_cause(cause, fault):
            # The form of a datum is told already: only a rule has something to add.
            also = dict.fromkeys((*cause.also, *(c for c in fault.codes if c.startswith("R-"))))
            also.pop(cause.code, None)
            listed[rank] = replace(cause, also=tuple(also))
            return
    listed.append(fault)


def _breaks_schema(finding: Finding) -> bool:
    """Whether a file cannot be read or has a field that its schema refuses.

    A file that another document lacks is told at what needs it, and stops that document only.
    """
    return finding.code.startswith("S-") and (finding.code != "S-FICHIER" or not finding.pointer)


def forbidden(finding: Finding, rules: Mapping[str, Rule]) -> tuple[str, ...]:
    """The document types that the rules broken by a finding forbid; none once softened."""
    if finding.severity is not Severity.ERREUR:
        return ()
    errors = (code for code in finding.codes if code not in finding.milder)
    broken = (rules[code] for code in errors if code in rules)
    return tuple(dict.fromkeys(name for rule in broken for name in rule.bloque))


def forbidden_titles(
    finding: Finding, rules: Mapping[str, Rule], types: Mapping[str, DocumentType]
) -> tuple[str, ...]:
    """The same, as people call these documents; a type that is not there yet is passed over."""
    return tuple(types[name].titre for name in forbidden(finding, rules) if name in types)


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
