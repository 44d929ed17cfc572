"""What is asked of every unit of a workspace: shared by a crew, and not found twice.

Each unit is examined as `flow.py` says, given to a function that keeps of it what is wanted, and
forgotten. What was found is kept for the next time (`memory/`).
"""

from collections.abc import Callable, Generator, Iterator, Mapping
from contextlib import closing
from dataclasses import dataclass, replace
from datetime import date
from functools import partial
from importlib import import_module
from typing import Any

from dla_docs.check.check import Checked, conclude
from dla_docs.check.examined import Examined, Given, Ground, prepare
from dla_docs.check.standing import Obstacle
from dla_docs.confined.crew import Hire, Member, in_order, processes
from dla_docs.disk.reading import watched
from dla_docs.flow import examined_in, of_comites, pieces_of
from dla_docs.load.library import Names
from dla_docs.load.places import TERRITORY
from dla_docs.memory.memory import Memory, memory_of
from dla_docs.memory.units import Seen, seen_in
from dla_docs.model.errors import EngineError
from dla_docs.model.findings import Finding
from dla_docs.model.workspace import Workspace

Obstacles = tuple[Obstacle, ...]
On = tuple[Ground, date]
"""What units are examined with."""
SLICE = 32
"""Units that a process examines at once: a second of work."""


@dataclass(frozen=True)
class Crew:
    """Who shares the units: `jobs` processes of this machine, one a core unless it is said.

    `hire`: how they are found, on other machines too.
    """

    jobs: int | None = None
    hire: Hire = processes


OURS = Crew()


def survey(
    workspace: Workspace,
    day: date,
    names: tuple[str, ...] = (),
    crew_of: Crew = OURS,
    fresh: bool = False,
    common: Given | None = None,
) -> Examined:
    """Every finding, of the units named or of all, without ever holding more than one unit.

    `crew_of`, `fresh`: see `each`, which examines a whole workspace. `common`: see `prepare`.
    """
    own: dict[Finding, None] = {}
    owed: dict[Finding, None] = {}
    met: list[Obstacle] = []
    memory = memory_of(workspace.root, CHECKED, day)
    ground = prepare(workspace, memory.recalling, common, fresh)
    found: Iterator[tuple[Checked, Obstacles]] = (
        map(checked, pieces_of(ground, day, names))
        if names
        else _each((ground, day), CHECKED, memory, crew_of, fresh)
    )
    for told, here in found:
        own |= dict.fromkeys(told.own)
        owed |= dict.fromkeys(told.owed)
        met += here
    met += of_comites(ground, day, names) if names else ()
    territory = examined_in(ground.library.corpus((TERRITORY,)), ground, day)
    return replace(territory, findings=conclude(own, owed), choices=(), obstacles=tuple(met))


CHECKED = "dla_docs.sweep:checked"


def checked(piece: Examined) -> tuple[Checked, Obstacles]:
    """What `survey` wants of a unit."""
    return piece.checked, piece.obstacles


def each(
    workspace: Workspace, day: date, job: str, crew_of: Crew = OURS, fresh: bool = False
) -> Iterator[Any]:
    """What a function, `module:name`, makes of each unit of a workspace once examined, in order.

    A unit that it would find the same is not examined again, unless `fresh` (see `memory/`). The
    others are shared by a crew.
    """
    memory = memory_of(workspace.root, job, day)
    ground = prepare(workspace, memory.recalling, fresh=fresh)
    yield from _each((ground, day), job, memory, crew_of, fresh)


def _each(on: On, job: str, memory: Memory, crew_of: Crew, fresh: bool) -> Iterator[Any]:
    library = on[0].library
    library.prepare()
    known = memory.know(library, fresh)
    units = library.in_order
    left = tuple(unit for unit in units if unit not in known)
    try:
        with closing(_shared_out(on, left, job, memory.names, crew_of)) as made:
            for unit in units:
                if unit in known:
                    yield known[unit]
                    continue
                seen = next(made)
                memory.keep(unit, seen)
                yield seen.value
    finally:
        # What an interrupt leaves is found.
        memory.save()


def _shared_out(
    on: On, units: tuple[str, ...], job: str, names: Mapping[str, Names], crew_of: Crew
) -> Generator[Seen]:
    """What each unit gives, by several processes where there are many."""
    slices = [units[start : start + SLICE] for start in range(0, len(units), SLICE)]
    given = (on[0].library.listing.workspace, on[1], names)
    # The time of the command bounds the whole (see `confined/clock.py`): a slice needs no other.
    crew = crew_of.hire(
        len(slices), crew_of.jobs, "dla_docs.sweep:begin", *given, patience=(1e6, 1e9)
    )
    if len(crew) == 1:
        yield from go_on(on, units, job)
        return
    work = partial(_asked, slices, job)
    with closing(in_order(crew, len(slices), work)) as found:
        for rank, seen in enumerate(found):
            # Whatever ended a process, findings are due: they are sought here.
            yield from seen or go_on(on, slices[rank], job)


def _asked(slices: list[tuple[str, ...]], job: str, member: Member, rank: int) -> list[Seen]:
    """What a member of the crew finds in some units; nothing when it cannot."""
    try:
        with member.patience.piece():
            return list(member.do("dla_docs.sweep:go_on", slices[rank], job))
    except EngineError:
        return []


def begin(workspace: Workspace, day: date, names: Mapping[str, Names]) -> On:
    """What a process that examines a part of a workspace begins with; `names`: see `Recall`."""
    return prepare(workspace, lambda listing: partial(_told_before, names)), day


def _told_before(names: Mapping[str, Names], path: str, find: Callable[[], Names]) -> Names:
    return names[path] if path in names else find()


def go_on(on: On, units: tuple[str, ...], job: str) -> Iterator[Seen]:
    """What such a process finds in some units, one after the other."""
    module, _, name = job.partition(":")
    work = getattr(import_module(module), name)
    ground, day = on
    # Read before, for all: what a unit asks about is then its own.
    ground.library.prepare()
    for unit in units:
        with watched() as asked:
            piece = examined_in(ground.library.piece(unit), ground, day)
            value = work(piece)
        yield seen_in(piece.corpus, unit, value, asked)
