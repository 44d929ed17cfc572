"""What is certain written into the files of a workspace, and nothing else (`dla check --fix`).

A file is read again: what a person has changed since it was checked is left alone.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from dla_docs.disk.errors import DlaError
from dla_docs.disk.reading import DATA, Unreadable, read
from dla_docs.disk.writing import rewrite
from dla_docs.edit.changes import Change, Edit, Rename, refusal
from dla_docs.edit.edit import changed
from dla_docs.load.yaml_reader import parse
from dla_docs.model.errors import EditError
from dla_docs.model.examples import scalar
from dla_docs.model.findings import Cure, Finding
from dla_docs.model.paths import at
from dla_docs.model.schemas import Schema
from dla_docs.model.workspace import Workspace


@dataclass(frozen=True)
class Mended:
    """A fault, what was written of it, before and after; else why nothing was."""

    finding: Finding
    before: str = ""
    after: str = ""
    refused: tuple[str, str] = ("", "")


def mend(
    workspace: Workspace, path: str, findings: Iterable[Finding], schema: Schema, write: bool
) -> Iterator[Mended]:
    """Each fault of one file that has a cure, once mended. Without `write`, what would be."""
    try:
        former = read(workspace.root / path, (workspace.root,), DATA)
        text = former.decode("utf-8")
    except (Unreadable, UnicodeDecodeError):
        # Its own finding says why.
        return
    ordered = sorted((f for f in findings if f.cure), key=lambda f: (f.line, f.column))
    done: list[Mended] = []
    for finding in ordered:
        try:
            text, mended = _one(text, finding, schema)
        except EditError as error:
            mended = Mended(finding, refused=(error.message, error.hint))
        done.append(mended)
    content = text.encode()
    if write and content != former:
        try:
            rewrite(workspace.root / path, content, former, workspace.root)
        except DlaError as error:
            done = [Mended(d.finding, refused=(error.message, error.hint)) for d in done]
    yield from done


def _one(text: str, finding: Finding, schema: Schema) -> tuple[str, Mended]:
    """The text with one fault mended. Raises EditError where what was at fault is there no more."""
    cure = finding.cure
    if cure is None:
        raise refusal(finding.pointer, "rien ne dit comment l’écrire")
    source = parse(finding.path, text.removeprefix("\ufeff").encode())
    places = source.keys if cure.key else source.values
    if cure.steps not in places or (not cure.key and at(source.data, cure.steps) != cure.former):
        raise refusal(cure.steps, "ce qui était fautif n’y est plus")
    span = places[cure.steps]
    # A value that goes over several lines is shown by its first one.
    before = source.lines[span.line - 1][span.column - 1 :]
    before = before[: span.end_column - span.column] if span.end_line == span.line else before
    after = scalar(cure.key or cure.value)
    return changed(text, [_edit(cure)], schema), Mended(finding, before, after)


def _edit(cure: Cure) -> Edit:
    return Rename(cure.steps, cure.key) if cure.key else Change(cure.steps, cure.value)
