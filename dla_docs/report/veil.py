"""What a report may say of the data: all to the person at the workspace, nothing of it in a forge.

The log of a forge is read by whoever reads the repository, and stays; nearly every field is closed
to `public`. A finding told there has the words that hold no datum, its place and its codes. A bank
account is told nowhere: neither the number, nor a line that may hold it.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from dla_docs.check.examined import Examined
from dla_docs.model.findings import Finding, Words
from dla_docs.model.schemas import Schema, field_at, nearest
from dla_docs.validate.faults import load_forms

FORGES = (
    "GITHUB_ACTIONS GITLAB_CI GITEA_ACTIONS FORGEJO_ACTIONS TF_BUILD JENKINS_URL BUILDKITE "
    "CIRCLECI TRAVIS BITBUCKET_BUILD_NUMBER DRONE CI_PIPELINE_ID APPVEYOR TEAMCITY_VERSION "
    "CODEBUILD_BUILD_ID"
).split()
"""Variables that forges alone set: terminals, containers and tests set `CI` too."""

SECRET = "x-secret"
"""The word of a schema for a field that no report tells of."""


def in_a_forge(environment: Mapping[str, str]) -> bool:
    """Whether what is said goes to the log of a forge."""
    return any(environment.get(name) for name in FORGES)


@dataclass(frozen=True)
class Sight:
    """How findings are seen: `values` tells whether with the data they quote."""

    examined: Examined
    values: bool

    def of(self, findings: Iterable[Finding]) -> list[Finding]:
        """Findings as they may be told."""
        return [self.one(finding) for finding in findings]

    def one(self, finding: Finding) -> Finding:
        """A finding as it may be told."""
        if self.values and not self._secret(finding):
            return finding
        return replace(finding, veiled=True, public=public_words(finding, self.examined))

    def _secret(self, finding: Finding) -> bool:
        """Whether a finding is about a secret field, what may hold one, or what could be one."""
        kind = self.examined.corpus.kind_of.get(finding.path)
        if kind is None or not _holds_secret(kind.schema):
            return False
        source = self.examined.corpus.sources.get(finding.path)
        if not finding.pointer or source is None or source.data is None:
            return True
        field = field_at(kind.schema, finding.pointer)
        if nearest(kind.schema, finding.pointer, SECRET) or _holds_secret(field):
            return True
        # An unknown key beside a secret one is most likely that one, misspelt.
        beside = field_at(kind.schema, finding.pointer[:-1])
        return not field and _holds_secret(beside)


def public_words(finding: Finding, examined: Examined) -> Words:
    """The words of a finding that hold no datum: its own, else the title of its code."""
    if finding.public[0]:
        return finding.public
    if rule := examined.rules.get(finding.code):
        return f"règle non respectée : {rule.titre}", ""
    form = load_forms().get(finding.code)
    return (form.titre, form.conseil) if form else ("", "")


def _holds_secret(schema: Schema | Any) -> bool:
    """Whether a schema, or what it holds, is marked as secret."""
    if not isinstance(schema, Mapping):
        return False
    inner = (*schema.get("properties", {}).values(), schema.get("items"))
    return bool(schema.get(SECRET)) or any(map(_holds_secret, inner))
