"""Findings as other tools read them: GitHub annotations, GitLab Code Quality, SARIF 2.1.0.

Paths there are those of the git repository, which such tools know; elsewhere a finding has the
path of its file in the workspace. Nothing here prints: `cli/` shows what is returned.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from hashlib import sha256
from pathlib import PurePosixPath
from typing import Any

from dla_docs import __version__
from dla_docs.check.examined import Examined
from dla_docs.check.standing import blocked
from dla_docs.model.examples import scalar
from dla_docs.model.findings import Finding, Severity
from dla_docs.model.words import folded, visible
from dla_docs.report.sources import in_words
from dla_docs.report.text import MENDS, blocked_text
from dla_docs.report.veil import public_words
from dla_docs.validate.faults import load_forms

GITHUB = {Severity.ERREUR: "error", Severity.ALERTE: "warning", Severity.INFO: "notice"}
SARIF = {Severity.ERREUR: "error", Severity.ALERTE: "warning", Severity.INFO: "note"}
GITLAB = {Severity.ERREUR: "critical", Severity.ALERTE: "minor", Severity.INFO: "info"}
"""What a severity is called; an error that forbids a document is `blocker` for GitLab."""

SARIF_SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"
INFORMATION = "https://www.info-dla.fr/"
"""The public site of the dispositif, whose rules these are."""
FINGERPRINT = "dla/v2"
"""Name of our fingerprint in SARIF; another way to compute it takes another name."""

# The unreserved characters of RFC 3986, and what parts folders.
_AS_ITSELF = frozenset("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~/")


def github(findings: Iterable[Finding], examined: Examined) -> list[str]:
    """One workflow command a finding, as the runner of GitHub Actions reads them."""
    return [_command(finding, examined) for finding in findings]


def gitlab(findings: Sequence[Finding], examined: Examined) -> list[Mapping[str, Any]]:
    """A Code Quality report."""
    marks = fingerprints(findings, examined)
    return [
        {
            "description": f"[{', '.join(finding.codes)}] {' '.join(_told(finding, examined))}",
            "check_name": finding.code,
            "fingerprint": mark,
            "severity": "blocker"
            if blocked(finding, examined.obstacles)
            else GITLAB[finding.severity],
            "location": {
                "path": visible(repository_path(finding, examined)),
                "lines": {"begin": finding.line},
            },
        }
        for finding, mark in zip(findings, marks, strict=True)
    ]


def sarif(findings: Sequence[Finding], examined: Examined) -> Mapping[str, Any]:
    """A SARIF 2.1.0 log of one run; every rule is named, broken or not."""
    descriptors = {d["id"]: d for d in _descriptors(examined)}
    for finding in findings:
        descriptors.setdefault(finding.code, {"id": finding.code})
    ranks = {code: rank for rank, code in enumerate(descriptors)}
    marks = fingerprints(findings, examined)
    driver = {
        "name": "dla",
        "informationUri": INFORMATION,
        "version": __version__,
        "language": "fr",
    }
    return {
        "$schema": SARIF_SCHEMA,
        "version": "2.1.0",
        "runs": [
            {
                "tool": {"driver": {**driver, "rules": list(descriptors.values())}},
                "columnKind": "unicodeCodePoints",
                "results": [
                    _result(finding, mark, ranks[finding.code], examined)
                    for finding, mark in zip(findings, marks, strict=True)
                ],
            }
        ],
    }


def fingerprints(findings: Iterable[Finding], examined: Examined) -> tuple[str, ...]:
    """A name for each finding that lasts while it does, unique in its report.

    Lines move, items of a list too, and messages count days: none of these numbers enters it, nor
    any datum, which could be guessed and tried.
    Findings alike are told apart by their order.
    """
    seen: Counter[str] = Counter()
    marks = []
    for finding in findings:
        steps = ["*" if isinstance(step, int) else step for step in finding.pointer]
        said, _ = public_words(finding, examined)
        words = "" if steps and "*" not in steps else re.sub(r"\d+", "", said)
        parts = (repository_path(finding, examined), finding.code, "/".join(steps), words)
        plain = "\0".join(parts)
        seen[plain] += 1
        # 32 letters, as long as the MD5 of GitLab's own example.
        marks.append(
            sha256(f"{plain}\0{seen[plain]}".encode("utf-8", "surrogatepass")).hexdigest()[:32]
        )
    return tuple(marks)


def repository_path(finding: Finding, examined: Examined) -> str:
    """The path of a file from the root of the git repository that holds the workspace."""
    prefix = examined.corpus.workspace.in_repository
    return (PurePosixPath(prefix) / finding.path).as_posix()


def _command(finding: Finding, examined: Examined) -> str:
    properties = {
        "file": visible(repository_path(finding, examined)),
        "line": finding.line,
        "col": finding.column,
        "title": ", ".join(finding.codes),
    }
    written = ",".join(f"{key}={_property(str(value))}" for key, value in properties.items())
    return (
        f"::{GITHUB[finding.severity]} {written}::{_data(chr(10).join(_told(finding, examined)))}"
    )


def _data(text: str) -> str:
    # The runner reads a command to the end of the line; the sign of escapes is escaped first.
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")


def _told(finding: Finding, examined: Examined) -> Iterator[str]:
    """What is wrong, what to do, where the rule comes from and what it forbids."""
    message, hint = finding.told
    yield _sentence(message)
    if hint:
        yield _sentence(f"Conseil : {hint}")
    if finding.source:
        yield _sentence(f"Source : {in_words(finding.source)}")
    if titles := blocked_text(finding, examined):
        yield _sentence(f"Bloque : {titles}")


def _sentence(text: str) -> str:
    # A name or a datum may hold what starts a line, or turns the letters that follow it.
    text = visible(text)
    return text if text.endswith((".", "?", "!", "…")) else f"{text}."


def _descriptors(examined: Examined) -> Iterator[Mapping[str, Any]]:
    for rule in examined.rules.values():
        source = f"Source : {in_words(rule.source)}"
        yield _descriptor(rule.code, rule.titre, source, rule.gravite)
    for form in load_forms().values():
        yield _descriptor(form.code, form.titre, form.conseil, form.gravite)


def _descriptor(code: str, title: str, text: str, severity: Severity) -> Mapping[str, Any]:
    return {
        "id": code,
        "name": _name(title),
        "shortDescription": {"text": title},
        "fullDescription": {"text": f"{title}. {text}"},
        "help": {"text": f"{text}\n\ndla explain {code}"},
        "defaultConfiguration": {"level": SARIF[severity]},
    }


def _name(title: str) -> str:
    """A title as the format wants a name: `DateLimitePosterieureALEnvoi`."""
    words = re.findall(r"[a-z0-9]+", folded(title))
    return "".join(word.capitalize() for word in words)


def _result(finding: Finding, mark: str, rank: int, examined: Examined) -> Mapping[str, Any]:
    place = {
        "artifactLocation": {
            "uri": _uri(repository_path(finding, examined)),
            "uriBaseId": "%SRCROOT%",
        },
        "region": {"startLine": finding.line, "startColumn": finding.column},
    }
    return {
        "ruleId": finding.code,
        "ruleIndex": rank,
        "level": SARIF[finding.severity],
        "message": {"text": " ".join(_told(finding, examined))},
        "locations": [{"physicalLocation": place}],
        "partialFingerprints": {FINGERPRINT: mark},
        **_fixes(finding, examined),
        "properties": {
            "aussi": list(finding.also),
            "bloque": list(blocked(finding, examined.obstacles)),
        },
    }


def _fixes(finding: Finding, examined: Examined) -> Mapping[str, Any]:
    """What mends a finding for certain, as an editor may apply it.

    A value would show a veiled datum; the right name of a key is in the schemas.
    """
    cure = finding.cure
    if cure is None or (finding.veiled and not cure.key):
        return {}
    names = ("startLine", "startColumn", "endLine", "endColumn")
    replacement = {
        "deletedRegion": dict(zip(names, cure.region, strict=True)),
        "insertedContent": {"text": scalar(cure.key or cure.value)},
    }
    place = {"uri": _uri(repository_path(finding, examined)), "uriBaseId": "%SRCROOT%"}
    change = {"artifactLocation": place, "replacements": [replacement]}
    return {"fixes": [{"description": {"text": MENDS}, "artifactChanges": [change]}]}


def _uri(path: str) -> str:
    """A path as a relative URI: what is not plain is percent-encoded."""
    return "".join(
        chr(b) if chr(b) in _AS_ITSELF else f"%{b:02X}"
        for b in path.encode("utf-8", "surrogateescape")
    )
