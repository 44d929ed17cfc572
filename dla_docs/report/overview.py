"""What `dla status` tells of one unit, small enough to be kept: see `sweep.each`."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from dla_docs.agenda.lacking import lacking_in
from dla_docs.check.examined import Examined
from dla_docs.check.standing import Obstacle
from dla_docs.follow.orphans import Makes, all_of, makes_of
from dla_docs.follow.status import Progress, progress
from dla_docs.load.scopes import Scope
from dla_docs.load.yaml_reader import Source
from dla_docs.model.workspace import Workspace
from dla_docs.report.lacks import lack_data
from dla_docs.sweep import each

OVERVIEW = "dla_docs.report.overview:overview"


@dataclass(frozen=True)
class Overview:
    """Where the dossiers of a unit stand, and what was asked and has not come, by dossier.

    `told`: what a comité says of the dossiers that it is shown. `makes`: the files that come of it.
    """

    standings: tuple[Progress, ...]
    owed: dict[str, list[dict[str, Any]]]
    told: tuple[Obstacle, ...]
    makes: Makes


def overview(piece: Examined) -> Overview:
    """What is told of a unit."""
    corpus = piece.corpus
    dossiers = [scope for scope in corpus.level("dossier") if corpus.owns(scope)]
    owed = {
        s.path: [lack_data(lack, corpus) for lack in lacking_in(s, corpus, piece.day)]
        for s in dossiers
    }
    shown = any(map(corpus.owns, corpus.level("comite")))
    return Overview(
        tuple(_bare(progress(scope, piece)) for scope in dossiers),
        owed,
        piece.obstacles if shown else (),
        makes_of(piece),
    )


def overviews(workspace: Workspace, day: date) -> Iterator[Overview]:
    """What is told of each unit of a workspace, in order."""
    yield from each(workspace, day, OVERVIEW)


def made_by(workspace: Workspace, day: date) -> Makes:
    """What a whole workspace makes."""
    return all_of(one.makes for one in overviews(workspace, day))


def _bare(one: Progress) -> Progress:
    """The same without what its files hold, but for their titles."""
    return replace(one, scope=_titled(one.scope), inside=tuple(map(_bare, one.inside)))


def _titled(scope: Scope) -> Scope:
    source = scope.part(scope.level)
    data = source.data if source else {}
    titles = {key: data[key] for key in ("titre", "intitule") if key in data}
    parts = {scope.level: Source(source.path, titles)} if source else {}
    return Scope(scope.level, scope.name, scope.path, parts)
