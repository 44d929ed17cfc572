"""What is found of a workspace each time it is saved, and what is new in it."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from dla_docs.check.examined import Examined, Given, given
from dla_docs.check.standing import Choice
from dla_docs.disk.reading import is_file
from dla_docs.flow import Outcome, choose, examine, render
from dla_docs.load.places import DATA
from dla_docs.memory.common import again
from dla_docs.model.findings import Finding
from dla_docs.model.workspace import Workspace
from dla_docs.select import Request
from dla_docs.sweep import Crew, survey
from dla_docs.workshop import Making


@dataclass(frozen=True)
class Seen:
    """What is found at a moment: `new` since the moment before, and how many are found no more."""

    given: Given
    examined: Examined
    new: tuple[Finding, ...] = ()
    gone: int = 0

    @property
    def findings(self) -> tuple[Finding, ...]:
        """All that is found."""
        return self.examined.findings


def look(workspace: Workspace, day: date) -> Seen:
    """What is found at first. Raises DlaError."""
    told = again(workspace, given)
    return Seen(told, survey(workspace, day, crew_of=Crew(1), common=told))


def look_again(root: Path, before: Seen, saved: Collection[str], day: date) -> Seen:
    """What is found once some paths were saved. Raises DlaError."""
    workspace = Workspace(root)
    # What is not data may change what data means.
    told = before.given if all(p.startswith(DATA) for p in saved) else again(workspace, given)
    examined = survey(workspace, day, crew_of=Crew(1), common=told)
    known, now = {*map(_said, before.findings)}, {*map(_said, examined.findings)}
    new = tuple(f for f in examined.findings if _said(f) not in known)
    return Seen(told, examined, new, len(known - now))


def _said(finding: Finding) -> tuple[str, str, str]:
    """A finding without its line, which moves with what is written above it."""
    return finding.code, finding.path, finding.message


def remake(seen: Seen, saved: Collection[str], making: Making) -> Iterator[Outcome]:
    """Make again the documents of what was saved, in the formats in which they are there already.

    A document that would be the same is left as it is. Raises DlaError.
    """
    listing, day = seen.examined.corpus.listing, seen.examined.day
    workspace = listing.workspace
    units = sorted({listing.unit_of(path) for path in saved if path.startswith(DATA)})
    scopes = tuple(unit for unit in units if unit in listing.scopes)
    if not scopes:
        return
    examined, output = examine(workspace, day, scopes), workspace.documents
    groups: dict[tuple[str, ...], list[Choice]] = {}
    for choice in choose(Request(scopes), examined):
        groups.setdefault(_there(choice, output), []).append(choice)
    for formats, choices in groups.items():
        if formats:
            yield from render(
                tuple(choices), Request(scopes, (), formats), examined, output, making
            )


def _there(choice: Choice, output: Path) -> tuple[str, ...]:
    """The formats in which a document lies in the output folder."""
    label = choice.document.label
    formats = choice.document.type.formats
    return tuple(f for f in formats if is_file(output / f"{label}.{f}", (output,), hidden=True))
