"""The findings that a document may print: those that say only what all its addressees may see.

A message quotes data: that at its place, and those that its rule reads. What nothing declares is
held to be closed: a finding left out can be read in `dla check`, one too many cannot be taken back.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from dla_docs.check.declared import paths
from dla_docs.check.derogations import derogation_from
from dla_docs.check.rules import Rule
from dla_docs.context.views import CHOOSERS, DEFAULT_AUDIENCE
from dla_docs.documents.documents import Document
from dla_docs.load.corpus import Corpus
from dla_docs.model.findings import Finding, Pointer
from dla_docs.model.paths import Path
from dla_docs.model.schemas import Schema, field_at, nearest
from dla_docs.model.values import Code
from dla_docs.model.words import blanks

DEROGATIONS = Path("dossier", ("derogations",))
"""Where the reason is written that a message ends with, once its fault is admitted."""


@dataclass(frozen=True)
class Constat:
    """A finding as a document prints it; `titre` is its rule's."""

    code: str
    gravite: str
    titre: str
    message: str
    codes: tuple[str, ...]
    fichier: str


def constats_of(
    document: Document, corpus: Corpus, findings: tuple[Finding, ...], rules: Mapping[str, Rule]
) -> Iterator[Constat]:
    """The findings of a document's scope that do not depend on the day, and are for its readers."""
    reach = document.reach(corpus)
    if document.file:
        # Of the files that have an item each, only its own: never the siblings'.
        listed = document.scope.series.get(document.type.series, {})
        reach -= {file.path for file in listed.values()} - {document.file.path}
    disclosure = Disclosure(corpus, rules, document.audience)
    for finding in findings:
        if finding.path in reach and not finding.late and disclosure.allows(finding):
            title = rules[finding.code].titre if finding.code in rules else ""
            file = corpus.kind_of[finding.path].name
            severity = Code(str(finding.severity), str(finding.severity))
            message = disclosure.words(finding)
            yield Constat(finding.code, severity, title, message, finding.codes, file)


@dataclass(frozen=True)
class Disclosure:
    """What findings may say to an audience."""

    corpus: Corpus
    rules: Mapping[str, Rule]
    audience: frozenset[str]

    def allows(self, finding: Finding) -> bool:
        """Whether everything that the message of a finding may quote is open to the audience."""
        place = Path(self.corpus.kind_of[finding.path].name, finding.pointer)
        rule = self.rules.get(finding.code)
        if not self._open(place) or rule is None or rule.par == "schema":
            # A fault of form quotes the datum at its place.
            return self._open(place)
        if rule.verifie:
            return all(map(self._open, _read(rule, place)))
        # What a function of the code reads is declared nowhere: it is for those who choose.
        return self.audience <= CHOOSERS and all(self._open(Path(kind)) for kind in rule.quand)

    def words(self, finding: Finding) -> str:
        """The message of a finding, without the reason of a derogation that is not for all."""
        derogation = derogation_from(finding, self.corpus)
        if derogation is None or self._open(DEROGATIONS):
            return finding.message
        return finding.message.replace(f" (dérogation : {derogation.motif})", "")

    def _open(self, path: Path) -> bool:
        """Whether a datum and all that it holds are open to the audience."""
        if path.through and not self._open(path.through):
            return False
        kind = self.corpus.kinds.get(path.part)
        if kind is None:
            return False
        diffusion = nearest(kind.schema, path.pointer, "x-diffusion") or DEFAULT_AUDIENCE
        return _all_open(field_at(kind.schema, path.pointer), diffusion, self.audience)


def _read(rule: Rule, place: Path) -> Iterator[Path]:
    """The data that a rule written as data reads, and the neighbours that its messages name."""
    for entry in rule.verifie:
        yield from map(Path.parse, paths(entry))
        told = " ".join(str(text) for key, text in entry.items() if key.startswith("message"))
        for name in blanks(told):
            if "." not in name:
                yield replace(place, steps=(*_element(place.pointer), name))


def _element(pointer: Pointer) -> Pointer:
    """The closest element of a list that holds a datum, else its file."""
    ranks = [rank for rank, step in enumerate(pointer) if isinstance(step, int)]
    return pointer[: ranks[-1] + 1] if ranks else ()


def _all_open(field: Schema, diffusion: Any, audience: frozenset[str]) -> bool:
    given = field.get("x-diffusion", diffusion)
    inner = (*field.get("properties", {}).values(), field.get("items"))
    below = (one for one in inner if isinstance(one, Mapping))
    return audience <= set(given) and all(_all_open(one, given, audience) for one in below)
