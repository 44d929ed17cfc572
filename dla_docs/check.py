"""Stage 3, check: the rules of the dispositif over the whole workspace.

Nothing is rendered here: of the rules about documents, only what data shows is applied.
"""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date

from dla_docs.catalogue import Document, DocumentType, documents
from dla_docs.contract import data_faults
from dla_docs.controles import Case, control
from dla_docs.findings import Finding, Severity, in_order
from dla_docs.load import Corpus
from dla_docs.rules import Rule, apply_records


def check(
    corpus: Corpus,
    types: Mapping[str, DocumentType],
    rules: Mapping[str, Rule],
    faults: tuple[Finding, ...],
    day: date,
) -> tuple[Finding, ...]:
    """Every finding of a workspace, in order of place: schema faults, controls, contracts.

    `corpus` is the sound one, `faults` what made it so, `day` what lateness is counted to.
    """
    found = [*faults, *_controls(corpus, rules, day)]
    unread = {fault.path for fault in faults if not fault.pointer}
    for document in documents(corpus, types):
        # A file that cannot be read at all says enough: its absent contents are not faults too.
        if document.begun and not unread & document.paths(corpus):
            for fault in data_faults(document, corpus):
                _join(found, fault)
    return in_order(apply_records(found, rules, corpus))


def blocking(
    document: Document,
    corpus: Corpus,
    findings: tuple[Finding, ...],
    rules: Mapping[str, Rule],
) -> tuple[Finding, ...]:
    """The findings that forbid a document; a fault elsewhere never stops it.

    They are the breaches of its own contract, the schema faults of a file it is made from, and
    the breaches, in those files, of a rule that blocks its type.
    """
    used = document.paths(corpus)
    own = tuple(data_faults(document, corpus))
    return tuple(
        f
        for f in findings
        if f.severity is Severity.ERREUR
        and (
            any(same_cause(f, fault) for fault in own)
            or (f.path in used and _breaks_schema(f))
            or (f.path in used and _blocks(f, document.type.name, rules))
        )
    )


def same_cause(one: Finding, other: Finding) -> bool:
    """Whether two findings speak of one datum, or of a datum and what holds it."""
    size = min(len(one.pointer), len(other.pointer))
    return one.path == other.path and size > 0 and one.pointer[:size] == other.pointer[:size]


def _join(found: list[Finding], fault: Finding) -> None:
    """Add what a contract lacks, unless its cause is known: then only the codes join it."""
    for rank, known in enumerate(found):
        if same_cause(known, fault):
            also = dict.fromkeys((*known.also, *(c for c in fault.codes if c.startswith("R-"))))
            also.pop(known.code, None)
            found[rank] = replace(known, also=tuple(also))
            return
    found.append(fault)


def _breaks_schema(finding: Finding) -> bool:
    """Whether a file cannot be read or has a field that its schema refuses.

    A file that another document lacks is told at what needs it, and stops that document only.
    """
    return finding.code.startswith("S-") and (finding.code != "S-FICHIER" or not finding.pointer)


def _blocks(finding: Finding, name: str, rules: Mapping[str, Rule]) -> bool:
    return any(name in rules[code].bloque for code in finding.codes if code in rules)


def _controls(corpus: Corpus, rules: Mapping[str, Rule], day: date) -> Iterator[Finding]:
    for rule in rules.values():
        run = control(rule.code)
        if run is None:
            continue
        for scope in corpus.scopes.values():
            if any(kind in scope.parts for kind in rule.quand):
                for breach in run(Case(scope, corpus, day)):
                    yield breach.source.finding(
                        rule.code, breach.message, breach.pointer, hint=breach.hint
                    )
