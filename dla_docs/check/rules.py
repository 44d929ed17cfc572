"""The rules of the dispositif: records of `schemas/regles/<etape>.yaml`, one by code."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

from dla_docs.check.declared import Entry, parts
from dla_docs.check.derogations import derogation_from
from dla_docs.check.entries import refuse_faulty_entry
from dla_docs.disk.listing import names
from dla_docs.load.corpus import Corpus
from dla_docs.model.findings import Finding, Severity, gravity
from dla_docs.model.paths import at
from dla_docs.model.schemas import Kind, load_kind
from dla_docs.model.workspace import Workspace
from dla_docs.validate.validate import read_checked


@dataclass(frozen=True)
class Rule:
    """A rule: what it asks, its source, how it is applied, and the document types it forbids.

    `verifie`: what its record says of the data. `rank`: its place among the records, file by file:
    of two rules that one datum breaks, the first gives its code.
    """

    code: str
    titre: str
    gravite: Severity
    source: str
    par: str
    quand: tuple[str, ...]
    bloque: tuple[str, ...] = ()
    couvre: tuple[str, ...] = ()
    verifie: tuple[Entry, ...] = ()
    rank: int = 0

    @cached_property
    def entries(self) -> tuple[tuple[Entry, frozenset[str]], ...]:
        """What its record says, each entry with the kinds of files that it names."""
        return tuple((entry, parts(entry)) for entry in self.verifie)


def load_rules(workspace: Workspace, kinds: Mapping[str, Kind]) -> dict[str, Rule]:
    """Every rule by code, the workspace's records completing the package's, file by file.

    Raises TemplateError, with its place, for a record that breaks its schema, or whose `verifie`
    names a datum or a parameter that no schema knows.
    """
    folders = workspace.schema_folders
    places = (folder / "regles" for folder in reversed(folders))
    named = ((n, place / n) for place in places for n in names(place, folders) if n[-5:] == ".yaml")
    kind = load_kind("regle")
    rules: dict[str, Rule] = {}
    for _, path in sorted(dict(named).items()):
        source = read_checked(path, kind, folders)
        for code, record in source.data.items():
            rules[code] = _rule(code, record, len(rules))
            for rank, entry in enumerate(rules[code].verifie):
                refuse_faulty_entry(source, (code, "verifie", rank), entry, kinds)
    # By code, as people look for one: the order of the records is kept in `rank`.
    return dict(sorted(rules.items()))


def apply_records(
    findings: Iterable[Finding], rules: Mapping[str, Rule], corpus: Corpus
) -> tuple[Finding, ...]:
    """Give each finding the severity, the source and the covered codes of its rule.

    A territory may soften a rule, a dossier may derogate from it: the severity follows, and the
    message says why.
    """
    return tuple(_recorded(finding, rules, corpus) for finding in findings)


def _recorded(finding: Finding, rules: Mapping[str, Rule], corpus: Corpus) -> Finding:
    """A finding with the severity of each of its rules: the gravest that is left gives its code.

    Whoever softens one of them says nothing of the others.
    """
    rule = rules.get(finding.code)
    codes = dict.fromkeys((*finding.codes, *(rule.couvre if rule else ())))
    each = [_softened(replace(finding, code=code, also=()), rules, corpus) for code in codes]
    first, *others = sorted(each, key=gravity)
    also = tuple(f.code for f in others)
    milder = tuple(f.code for f in others if f.severity is not Severity.ERREUR)
    return replace(first, also=also, milder=milder)


def _softened(finding: Finding, rules: Mapping[str, Rule], corpus: Corpus) -> Finding:
    """A finding of one rule; who is nearest decides last: rule, territory, then dossier."""
    rule = rules.get(finding.code)
    if rule is None:
        return finding
    finding = replace(finding, severity=rule.gravite, source=rule.source)
    # The same data must not become wrong by waiting.
    if finding.late and finding.severity is Severity.ERREUR:
        finding = replace(finding, severity=Severity.ALERTE)
    softened = at(corpus.territory.data, ("regles", rule.code))
    if isinstance(softened, dict) and "gravite" in softened:
        reason = f"{finding.message} (assouplie par le territoire : {softened.get('motif')})"
        finding = replace(finding, severity=Severity(softened["gravite"]), message=reason)
    derogation = derogation_from(finding, corpus)
    if derogation and finding.severity is Severity.ERREUR:
        reason = f"{finding.message} (dérogation : {derogation.motif})"
        finding = replace(finding, severity=Severity.INFO, message=reason)
    return finding


def _rule(code: str, record: Mapping[str, Any], rank: int) -> Rule:
    def texts(key: str) -> tuple[str, ...]:
        listed = record.get(key)
        return tuple(map(str, listed)) if isinstance(listed, list) else ()

    return Rule(
        code,
        str(record["titre"]),
        Severity(str(record["gravite"])),
        str(record["source"]),
        str(record["par"]),
        texts("quand"),
        texts("bloque"),
        texts("couvre"),
        tuple(_entry(record, entry) for entry in record.get("verifie", ())),
        rank,
    )


def _entry(record: Mapping[str, Any], entry: Entry) -> Entry:
    """One entry of a record, with the words that all those of the record share."""
    common = {key: record[key] for key in ("message", "conseil", "noms") if key in record}
    return {**common, **entry}
