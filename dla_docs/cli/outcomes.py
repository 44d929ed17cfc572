"""What became of some documents, as `dla render` and `dla kit` tell it."""

import os
import sys
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from operator import itemgetter
from pathlib import Path
from types import MappingProxyType

import click

from dla_docs.cli import terminal
from dla_docs.cli.common import F, near, wants_trace
from dla_docs.disk.reading import located
from dla_docs.flow import Examined, Outcome
from dla_docs.load.places import TERRITORY
from dla_docs.model.errors import Defect, RequestError
from dla_docs.model.words import number_of
from dla_docs.model.workspace import Workspace
from dla_docs.report import text
from dla_docs.report.veil import Sight, in_a_forge
from dla_docs.select import Choice


@dataclass(frozen=True)
class Told:
    """What became of documents, once told: light, however many they are.

    `written`: the files made; `same`: those that lay there as they would be made.
    """

    documents: int = 0
    written: int = 0
    same: int = 0
    is_failed: bool = False
    lacks: bool = False

    def __add__(self, other: "Told") -> "Told":
        return Told(
            self.documents + other.documents,
            self.written + other.written,
            self.same + other.same,
            self.is_failed or other.is_failed,
            self.lacks or other.lacks,
        )


def _of(outcomes: Collection[Outcome], lying: int) -> Told:
    same = sum(len(outcome.same) for outcome in outcomes)
    return Told(
        len(outcomes),
        sum(len(outcome.written) for outcome in outcomes) - same,
        same + lying,
        any(outcome.failure for outcome in outcomes),
        any(outcome.refused or outcome.kept or outcome.unread for outcome in outcomes),
    )


NONE: Mapping[str, tuple[Path, ...]] = MappingProxyType({})
"""No unit lies as it would be made."""


def tell(
    choices: tuple[Choice, ...],
    rendering: Iterator[Outcome],
    examined: Examined,
    target: Path,
    lying: Mapping[str, tuple[Path, ...]] = NONE,
) -> Told:
    """Run the rendering, with a progress bar on a terminal; paths out, refusals to stderr.

    `lying`: the files of other units that were not made, since they would be the same.
    """
    begun = sum(choice.begun for choice in choices)
    outcomes: list[Outcome] = []
    try:
        with terminal.progress(rendering, begun, "Documents") as bar:
            for outcome in bar:
                outcomes.append(outcome)
    finally:
        # What was written before a dead end is there, and must be told.
        for path in _in_order(outcomes, lying, examined):
            terminal.out(near(path))
    if kept := [file for outcome in outcomes for file in outcome.kept]:
        terminal.err(*text.kept_lines(kept, near, target))
    if any(outcome.refused for outcome in outcomes):
        terminal.err(*text.refusals_lines(outcomes, Sight(examined, not in_a_forge(os.environ))))
    if any(outcome.failure for outcome in outcomes):
        terminal.err(*text.failures_lines(outcomes))
    if any(outcome.unread for outcome in outcomes):
        terminal.err(*text.unread_lines(outcomes))
    for outcome in outcomes:
        if isinstance(outcome.failure, Defect) and wants_trace():
            raise outcome.failure
    return _of(outcomes, sum(map(len, lying.values())))


def _in_order(
    outcomes: Iterable[Outcome], lying: Mapping[str, tuple[Path, ...]], examined: Examined
) -> list[Path]:
    """The files that are there, made or not, in the order of their units; the territory's last.

    Where units are many, it is made after all those that it counts.
    """
    units = (unit for unit in examined.corpus.listing.units if unit != TERRITORY)
    ranks = {unit: rank for rank, unit in enumerate((*units, TERRITORY))}
    made = [(ranks[o.document.scope.unit], path) for o in outcomes for path in o.written]
    there = [(ranks[unit], path) for unit, files in lying.items() for path in files]
    return [path for _, path in sorted((*made, *there), key=itemgetter(0))]


def force_option(command: F) -> F:
    """The option that lets what was changed by hand be lost."""
    told = "Remplacer aussi les fichiers modifiés à la main."
    return click.option("--force", is_flag=True, help=told)(command)


def place_for(output: Path | None, workspace: Workspace) -> Path:
    """Where documents go. Raises RequestError for a folder of the data."""
    target = output or workspace.documents
    if located(target).is_relative_to(workspace.data):
        raise RequestError(f"{target} est parmi les données", "écrivez les documents ailleurs")
    return target


def leave(told: Told, target: Path, lacking: bool) -> None:
    """Sum up on a terminal, and end with the code of what became of some documents.

    `lacking`: something is not there.
    """
    if terminal.watched():
        made = number_of(told.written, "fichier écrit", "fichiers écrits")
        there = f", {told.same} déjà à jour" if told.same else ""
        terminal.err(f"{made} dans {near(target)}{there}")
    if told.is_failed:
        sys.exit(3)
    if lacking or told.lacks:
        sys.exit(1)
