"""The state of a document, computed once: `dla status`, `list documents`, `render` and « Bloque ».

Not begun: the file that starts it is not there. Lacking: begun, and forbidden by a finding.
Received: it came as a file, and is not rendered. Ready: otherwise.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from dla_docs.check.check import same_cause
from dla_docs.check.rules import Rule
from dla_docs.documents.contract import data_faults
from dla_docs.documents.documents import Document, documents, dossiers_of
from dla_docs.documents.types import DocumentType
from dla_docs.load.corpus import Corpus
from dla_docs.load.places import DATA, SHELVES, TERRITORY
from dla_docs.model.findings import Finding, Severity
from dla_docs.model.likeness import nearest_word
from dla_docs.model.paths import at

_DOSSIER_NAME = re.compile(r"\d{4}-\d{3}(?:-[\w-]+)?")
"""What names a dossier in a text that cannot be read as data."""

PRINTED = (TERRITORY, "dossier", "ingenierie")
"""The kinds of files that a blank form prints, and cannot do without."""


class State(StrEnum):
    """State of a document, as `dla list documents` prints it."""

    NOT_BEGUN = "non_commence"
    LACKING = "incomplet"
    READY = "pret"
    RECEIVED = "recu"


@dataclass(frozen=True)
class Choice:
    """A document, its state, and what forbids it when lacking."""

    document: Document
    state: State
    reasons: tuple[Finding, ...] = ()

    @property
    def begun(self) -> bool:
        """Whether there is a document to render, or to refuse."""
        return self.state not in {State.NOT_BEGUN, State.RECEIVED}


@dataclass(frozen=True)
class Obstacle:
    """A finding that forbids a document: the document's type, and where its scope is kept.

    `place`: the folder, or the file, of that scope, from the workspace; or the folder of a dossier
    that a comité's document is about. No `kind`: it forbids none, but is of use there.
    """

    finding: Finding
    kind: str
    place: str


def standings(
    corpus: Corpus,
    types: Mapping[str, DocumentType],
    rules: Mapping[str, Rule],
    findings: tuple[Finding, ...],
) -> tuple[Choice, ...]:
    """Every document of the units that a corpus is about, with its state."""
    return tuple(
        _standing(document, corpus, rules, findings) for document in documents(corpus, types)
    )


def obstacles(choices: Iterable[Choice], corpus: Corpus) -> Iterator[Obstacle]:
    """What forbids some documents, one by one: light enough to be kept for a whole workspace."""
    for choice in choices:
        scope = choice.document.scope
        filed = scope.level == TERRITORY or scope.level in SHELVES.values()
        places = [f"{DATA}{scope.path}{'.yaml' if filed else ''}"]
        if choice.reasons and scope.level == "comite":
            places += [f"{DATA}{path}" for path in _shown(choice.document, corpus)]
        for reason in choice.reasons:
            yield from (Obstacle(reason, choice.document.type.name, place) for place in places)


def of_structures(findings: Iterable[Finding], corpus: Corpus) -> Iterator[Obstacle]:
    """All that is said of the fiches of a dossier's structures: who follows it looks after them."""
    told = tuple(findings)
    for scope in filter(corpus.owns, corpus.level("dossier")):
        dossier = scope.parts.get("dossier")
        names = at(dossier.data, ("structures",)) if dossier else None
        named = (name for name in names or () if isinstance(name, str))
        fiches = {fiche.path for name in named if (fiche := corpus.record("structures", name))}
        yield from (Obstacle(f, "", f"{DATA}{scope.path}") for f in told if f.path in fiches)


def _shown(document: Document, corpus: Corpus) -> tuple[str, ...]:
    """The dossiers that a document of a comité is about, or may be where it cannot be read."""
    starter, item = document.starter, document.item
    if starter is None:
        return ()
    known = [scope.path for scope in dossiers_of(document, corpus)]
    if item and not known:
        line = starter.place((*item, "dossier")).line
        return _meant(starter.lines[line - 1 : line], corpus)
    unread = any(not pointer for pointer in corpus.refused.get(starter.path, ()))
    doubtful = _meant(starter.lines, corpus) if unread or not known else ()
    return tuple(dict.fromkeys((*known, *doubtful)))


def _meant(lines: Iterable[str], corpus: Corpus) -> tuple[str, ...]:
    """The dossiers that a text names, rightly or nearly."""
    dossiers = corpus.listing.shelf("dossiers")
    words = (word for line in lines for word in _DOSSIER_NAME.findall(line))
    names = (w if w in dossiers else nearest_word(w, dossiers) for w in words)
    return tuple(path for name in dict.fromkeys(names) for path in dossiers.get(name, ()))


def blocked(finding: Finding, among: Sequence[Obstacle]) -> tuple[str, ...]:
    """The types of the documents that a finding forbids, where it does, each once."""
    return tuple(dict.fromkeys(o.kind for o in among if o.kind and same_fault(o.finding, finding)))


def same_fault(one: Finding, other: Finding) -> bool:
    """Whether two findings tell one fault, though they were gathered in different units.

    A name that leads nowhere is told at its first mention only.
    """
    if one.code == other.code == "S-REF":
        return one.message.partition(" (et ")[0] == other.message.partition(" (et ")[0]
    alike = (one.path, one.pointer) == (other.path, other.pointer)
    return alike and not set(one.codes).isdisjoint(other.codes)


def _standing(
    document: Document,
    corpus: Corpus,
    rules: Mapping[str, Rule],
    findings: tuple[Finding, ...],
) -> Choice:
    if not document.begun:
        return Choice(document, State.NOT_BEGUN)
    reasons = blocking(document, corpus, findings, rules)
    if document.received and not reasons:
        return Choice(document, State.RECEIVED)
    return Choice(document, State.LACKING if reasons else State.READY, reasons)


def blocking(
    document: Document,
    corpus: Corpus,
    findings: tuple[Finding, ...],
    rules: Mapping[str, Rule],
) -> tuple[Finding, ...]:
    """The findings that forbid a document; a fault elsewhere never stops it.

    They are the breaches of its own contract, the schema faults of a file it is made from, and
    the breaches, in its scope and not in what comes later, of a rule that blocks its type. What it
    never reads stops it in no way.
    """
    errors = [f for f in findings if f.severity is Severity.ERREUR]
    if not errors:
        # Most often: what follows is not worth looking for.
        return ()
    used, reach = document.paths(corpus), document.founded_on(corpus)
    own = tuple(data_faults(document, corpus))
    return tuple(
        f
        for f in errors
        if not document.passes_over(f.path, f.pointer, corpus)
        and (
            any(same_cause(f, fault) for fault in own)
            or (used & {f.path, *f.elsewhere} and _breaks_schema(f))
            or (f.path in reach and document.type.name in forbidden(f, rules))
        )
    )


def of_form(choice: Choice, corpus: Corpus, findings: Iterable[Finding]) -> Choice:
    """A blank form with the state that the files of `PRINTED` give it: the others, others write."""
    document = choice.document
    starter = document.starter
    files = {source.path for kind in PRINTED if (source := document.scope.part(kind))}
    files -= {starter.path} if starter and document.type.donnees[0] != TERRITORY else set()
    reasons = tuple(
        f
        for f in findings
        if f.path in files
        and f.severity is Severity.ERREUR
        and corpus.refuses(f.path, f.pointer)
        and not document.passes_over(f.path, f.pointer, corpus)
    )
    return replace(choice, state=State.LACKING, reasons=reasons) if reasons else choice


def _breaks_schema(finding: Finding) -> bool:
    """Whether a file cannot be read or has a field that its schema refuses.

    A file that another document lacks is told at what needs it, and stops that document only.
    """
    return finding.code.startswith("S-") and (finding.code != "S-FICHIER" or not finding.pointer)


def forbidden(finding: Finding, rules: Mapping[str, Rule]) -> tuple[str, ...]:
    """The document types that the rules broken by a finding forbid; none once softened."""
    broken = (rules[code] for code in finding.errors if code in rules)
    return tuple(dict.fromkeys(name for rule in broken for name in rule.bloque))
