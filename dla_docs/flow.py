"""The whole flow, read first: from the YAML files of a workspace to the documents people sign.

load → validate → check → select → context → markdown → AST → write, each in the package of its
name (`tree/` is two of them). Stages take data and return data; only the last writes what people
receive. From the context on, a document is made in `make.py`, in a process of its own.
"""

from collections.abc import Iterable, Iterator
from contextlib import closing
from dataclasses import replace
from datetime import date
from pathlib import Path, PurePosixPath

from dla_docs.check.check import Checked, check, conclude
from dla_docs.check.examined import Examined, Ground, prepare
from dla_docs.check.standing import Obstacle, obstacles, of_form, of_structures, standings
from dla_docs.confined.crew import Hire, Member, in_order, processes
from dla_docs.disk.cache import own_key
from dla_docs.documents.documents import BLANK, Document
from dla_docs.documents.kit import kit_logos
from dla_docs.documents.logos import logo_content
from dla_docs.gather.gather import declared, gather, pieces
from dla_docs.load.corpus import Corpus
from dla_docs.load.library import Library
from dla_docs.load.names import units_of
from dla_docs.load.places import DATA, TERRITORY
from dla_docs.load.scopes import Scope
from dla_docs.model.errors import EngineError
from dla_docs.model.findings import Finding
from dla_docs.model.workspace import Workspace
from dla_docs.produced import Kept, Outcome, deposit, recipes
from dla_docs.select import Choice, Request, select, select_kit
from dla_docs.validate.references import picture_alerts
from dla_docs.validate.validate import sound, unprintable_texts, validate
from dla_docs.workshop import Made, Making

Obstacles = tuple[Obstacle, ...]
SLICE = 32
"""Units that a process examines at once: a second of work."""

__all__ = [
    "Examined",
    "Outcome",
    "choose",
    "choose_kit",
    "examine",
    "examine_each",
    "from_comites",
    "hand_over",
    "render",
    "survey",
]


def examine(workspace: Workspace, day: date, names: tuple[str, ...] = ()) -> Examined:
    """Stages 1 to 3 at once: for the whole workspace, or for the units of the scopes named.

    Only rules of lateness use the day. Raises RequestError for a name that means nothing.
    """
    ground = prepare(workspace)
    units = units_of(names, ground.library.listing)
    return _examined(ground.library.corpus(units), ground, day)


def examine_each(
    workspace: Workspace, day: date, names: tuple[str, ...] = ()
) -> Iterator[Examined]:
    """The same by pieces, each forgotten before the next: one a unit, or one for those named."""
    yield from _pieces(prepare(workspace), day, names)


def _pieces(ground: Ground, day: date, names: tuple[str, ...]) -> Iterator[Examined]:
    for corpus in ground.library.pieces(units_of(names, ground.library.listing)):
        yield _examined(corpus, ground, day)


def _examined(raw: Corpus, ground: Ground, day: date) -> Examined:
    faults = validate(raw)
    corpus = sound(raw, faults)
    alerts = (*unprintable_texts(corpus, ground.families), *picture_alerts(corpus))
    checked = check(corpus, ground.types, ground.rules, (*faults, *alerts), day)
    findings = conclude((*checked.own, *checked.around), checked.owed)
    choices = standings(corpus, ground.types, ground.rules, findings)
    known = (*obstacles(choices, corpus), *of_structures(findings, corpus))
    return Examined(day, corpus, ground.types, ground.rules, findings, checked, choices, known)


def survey(
    workspace: Workspace,
    day: date,
    names: tuple[str, ...] = (),
    jobs: int | None = None,
    hire: Hire = processes,
) -> Examined:
    """Every finding, of the units named or of all, without ever holding more than one unit.

    `jobs`: how many processes share the units of a whole workspace, one a core unless it is said.
    `hire`: whose processes they are.
    """
    own: dict[Finding, None] = {}
    owed: dict[Finding, None] = {}
    met: list[Obstacle] = []
    ground = prepare(workspace)
    shared = _pieces(ground, day, names) if names else _shared_out(ground, day, jobs, hire)
    for piece in shared:
        own |= dict.fromkeys(piece.checked.own)
        owed |= dict.fromkeys(piece.checked.owed)
        met += piece.obstacles
    met += _of_comites(ground, day, names) if names else ()
    # There is one piece at least: the territory.
    return replace(piece, findings=conclude(own, owed), choices=(), obstacles=tuple(met))


def _shared_out(ground: Ground, day: date, jobs: int | None, hire: Hire) -> Iterator[Examined]:
    """Every piece, by several processes where there are many units: its findings, and no more."""
    units = ground.library.in_order
    slices = [units[start : start + SLICE] for start in range(0, len(units), SLICE)]
    workspace = ground.library.listing.workspace
    # The time of the command bounds the whole (see `confined/clock.py`): a slice needs no other.
    crew = hire(len(slices), jobs, "dla_docs.flow:begin", workspace, day, patience=(1e6, 1e9))
    if len(crew) == 1:
        yield from _pieces(ground, day, ())
        return
    common = _examined(ground.library.corpus((TERRITORY,)), ground, day)
    seen = in_order(crew, len(slices), lambda one, rank: _asked(one, slices[rank]))
    for names, found in zip(slices, seen, strict=True):
        # Whatever ended a process, findings are due: they are sought here.
        for checked, met in found or go_on((ground, day), names):
            yield replace(common, checked=checked, obstacles=met)


def _asked(process: Member, units: tuple[str, ...]) -> list[tuple[Checked, Obstacles]]:
    """What a process finds in some units; nothing when it cannot."""
    try:
        with process.patience.piece():
            return list(process.do("dla_docs.flow:go_on", units))
    except EngineError:
        return []


def begin(workspace: Workspace, day: date) -> tuple[Ground, date]:
    """What a process that examines a part of a workspace begins with."""
    return prepare(workspace), day


def go_on(on: tuple[Ground, date], units: tuple[str, ...]) -> Iterator[tuple[Checked, Obstacles]]:
    """What such a process finds in some units, one after the other."""
    ground, day = on
    for unit in units:
        piece = _examined(ground.library.piece(unit), ground, day)
        yield piece.checked, piece.obstacles


def from_comites(workspace: Workspace, day: date, names: tuple[str, ...]) -> Iterator[Obstacle]:
    """What the comités that are shown some dossiers say of their documents about them.

    A comité is judged with all its dossiers, which those named do not read.
    """
    yield from _of_comites(prepare(workspace), day, names)


def _of_comites(ground: Ground, day: date, names: tuple[str, ...]) -> Iterator[Obstacle]:
    units = units_of(names, ground.library.listing)
    places = {f"{DATA}{unit}" for unit in units}
    for comite in ground.library.comites_of(units):
        piece = _examined(ground.library.corpus((comite,)), ground, day)
        yield from (o for o in piece.obstacles if o.place in places)


def choose(request: Request, examined: Examined) -> tuple[Choice, ...]:
    """Stage 4: the documents a request means, and their state."""
    return _held(select(request, examined.corpus, examined.types, examined.choices), examined)


def choose_kit(scope: Scope, examined: Examined) -> tuple[Choice, ...]:
    """The same for the kit of a mission or of the territory."""
    chosen = select_kit(scope, examined.corpus, examined.types, examined.choices)
    return _held(chosen, examined)


def _held(choices: tuple[Choice, ...], examined: Examined) -> tuple[Choice, ...]:
    """The same, but for blank forms that what is printed in them forbids."""
    corpus, findings = examined.corpus, examined.findings
    return tuple(
        of_form(c, corpus, findings) if c.document.variant == BLANK else c for c in choices
    )


def render(
    choices: tuple[Choice, ...],
    request: Request,
    examined: Examined,
    output: Path,
    making: Making,
    force: bool = False,
    folder: str | None = None,
    fresh: bool = False,
) -> Iterator[Outcome]:
    """Stages 5 to 8 for each document that is begun, one outcome at a time (see `make.py`).

    `making` says where they are made: see `workshop.py`. `folder`: the one of the output folder
    where all go, instead of each in its own.

    A document refused, or failed for its template, writes nothing; one that an engine fails in a
    format is written in the others. The other documents are written all the same. A file changed
    by hand is kept, unless `force`; one that is there as it would be made is not made again, unless
    `fresh`. Raises DiskError when the disk refuses.
    """
    key = own_key()

    def known(document: Document) -> dict[str, str]:
        places = _places(document, document.type.formats, folder)
        return {} if fresh else recipes(places, output, key)

    begun = [choice for choice in choices if choice.begun]
    allowed = tuple(choice for choice in begun if not choice.reasons)
    examined = with_tables(examined, allowed)
    # Closed as soon as the disk refuses: a process that nobody ends would wait for more.
    with closing(making(examined, allowed, request.formats, known)) as making_each:
        for choice in begun:
            if choice.reasons:
                yield Outcome(choice.document, refused=choice.reasons)
            else:
                made = next(making_each)
                outcome = _deposited(choice.document, made, output, force, folder, key)
                counts = examined.gathered if choice.document.type.rassemble else None
                yield replace(outcome, unread=counts.unread) if counts else outcome


def with_tables(examined: Examined, choices: tuple[Choice, ...]) -> Examined:
    """What was examined, with the tables of all dossiers where a document reads them.

    Units that were not examined are read one at a time, and none is held.
    """
    if not any(choice.document.type.rassemble for choice in choices):
        return examined
    corpus = examined.corpus
    whole = corpus.own >= corpus.listing.units.keys()
    what = declared(corpus.workspace, corpus.kinds)
    units = (corpus,) if whole else pieces(Library(corpus.listing), what)
    return replace(examined, gathered=gather(units, what))


def hand_over(
    scope: Scope, examined: Examined, output: Path, folder: str, force: bool
) -> tuple[tuple[Path, ...], tuple[Kept, ...]]:
    """Write the logos of the kit of a scope in a folder of the output: written, and kept.

    Raises DiskError.
    """
    corpus = examined.corpus
    logos = kit_logos(scope, corpus, examined.types, examined.day)
    place = PurePosixPath(folder)
    files = {f"{place / name}": logo_content(logo, corpus) for name, logo in logos.items()}
    # No empreinte: they are the workspace's own files, made from nothing.
    return deposit(files, output, "", force)


def _deposited(
    document: Document, made: Made, output: Path, force: bool, folder: str | None, key: bytes
) -> Outcome:
    """The outcome of a document that was made, once its files are in their place."""
    places = _places(document, (*made.files, *made.same), folder)
    files = {places[name]: content for name, content in made.files.items()}
    told = (made.empreinte, force, made.recipe, key)
    written, kept = deposit(files, output, *told) if files else ((), ())
    same = tuple(output / places[name] for name in made.same)
    return Outcome(document, (*written, *same), kept, made.refused, made.failure, same)


def _places(document: Document, formats: Iterable[str], folder: str | None) -> dict[str, str]:
    """Where the files of a document go, by format: relative to the output folder."""
    place = PurePosixPath(document.folder if folder is None else folder)
    return {name: f"{place / document.stem}.{name}" for name in formats}
