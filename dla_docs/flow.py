"""The whole flow, read first: from the YAML files of a workspace to the documents people sign.

load → validate → check → select → context → markdown → AST → write, each in the package of its
name (`tree/` is two of them). Stages take data and return data; only the last writes what people
receive. From the context on, a document is made in `make.py`, in a process of its own.
"""

from collections.abc import Collection, Generator, Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass, field, replace
from datetime import date
from functools import partial
from pathlib import Path, PurePosixPath

from dla_docs.check.check import check, conclude
from dla_docs.check.examined import Examined, Ground, prepare
from dla_docs.check.standing import Obstacle, obstacles, of_form, of_structures, standings
from dla_docs.disk.cache import own_key
from dla_docs.disk.reading import watched
from dla_docs.documents.documents import BLANK, Document
from dla_docs.documents.kit import kit_logos
from dla_docs.documents.logos import logo_content
from dla_docs.documents.lying import Lying
from dla_docs.gather.gather import Part, declared, giving, joined, parts, piece_of
from dla_docs.load.corpus import Corpus
from dla_docs.load.library import Library
from dla_docs.load.names import units_of
from dla_docs.load.places import DATA, TERRITORY
from dla_docs.load.scopes import Scope
from dla_docs.memory.documents import QUESTION, Documents
from dla_docs.memory.inventory import OUTPUT
from dla_docs.memory.memory import Memory, memory_of
from dla_docs.model.workspace import Workspace
from dla_docs.produced import Kept, Outcome, deposit, places_of, recipes
from dla_docs.select import Choice, Request, select, select_kit
from dla_docs.spared import Notes, lying_among, spared_among
from dla_docs.validate.references import picture_alerts
from dla_docs.validate.validate import sound, unprintable_texts, validate
from dla_docs.workshop import Made, Making, nothing_known

__all__ = [
    "Examined",
    "Outcome",
    "TakenUp",
    "choose",
    "choose_kit",
    "examine",
    "examine_each",
    "from_comites",
    "hand_over",
    "render",
    "sound_of",
    "take_up",
]


SLICE = 32
"""Units that are examined at once where all are asked for: 150 megabytes."""


def examine(workspace: Workspace, day: date, names: tuple[str, ...] = ()) -> Examined:
    """Stages 1 to 3 at once: for the whole workspace, or for the units of the scopes named.

    Only rules of lateness use the day. Raises RequestError for a name that means nothing.
    """
    ground = prepare(workspace)
    units = units_of(names, ground.library.listing)
    return examined_in(ground.library.corpus(units), ground, day)


def examine_each(
    workspace: Workspace, day: date, names: tuple[str, ...] = ()
) -> Iterator[Examined]:
    """The same by pieces, each forgotten before the next: one a unit, or one for those named."""
    yield from pieces_of(prepare(workspace), day, names)


def pieces_of(ground: Ground, day: date, names: tuple[str, ...]) -> Iterator[Examined]:
    """The units named, together; or each unit of the workspace, one at a time."""
    for corpus in ground.library.pieces(units_of(names, ground.library.listing)):
        yield examined_in(corpus, ground, day)


def sound_of(workspace: Workspace, kinds: Collection[str]) -> Corpus:
    """What is sound in the files of some kinds, for who lists them: no rule is asked."""
    raw = prepare(workspace).library.of_kinds(kinds)
    return sound(raw, validate(raw))


@dataclass(frozen=True)
class TakenUp:
    """Some units of which documents are to be made, and those `lying`, of which none is.

    These have given the files that lie there, as they would again. `before`: what is known of them.
    """

    examined: Examined
    before: Documents | None = None
    lying: Mapping[str, tuple[Path, ...]] = field(default_factory=dict)


def take_up(
    workspace: Workspace, day: date, request: Request, output: Path, fresh: bool = False
) -> Generator[TakenUp]:
    """Stages 1 to 3 for what a request without names may have to make again, some units at a time.

    The territory comes last, and always: what counts all dossiers is of it. `fresh`: all is to be.
    """
    memory = memory_of(workspace.root, QUESTION, day)
    ground = prepare(workspace, memory.recalling, fresh=fresh)
    library, before = ground.library, Documents(memory, ground.library)
    others = [unit for unit in library.listing.units if unit != TERRITORY]
    lying = {} if fresh else lying_among(others, request, before, output)
    left = [*(unit for unit in others if unit not in lying), TERRITORY]
    # All at once where they are few, as they would be read without asking what lies there.
    slices = [left[start : start + SLICE] for start in range(0, len(left), SLICE)]
    try:
        for rank, units in enumerate(slices):
            is_whole = len(slices) == 1 and not lying
            raw = replace(library.corpus(() if is_whole else units), followed=library.followed)
            examined = examined_in(raw, ground, day)
            if len(slices) > 1:
                count(examined.corpus, before)
            yield TakenUp(examined, before, {} if rank else lying)
    finally:
        # What an interrupt leaves is known.
        before.save()


def count(corpus: Corpus, before: Documents) -> dict[str, Part]:
    """The lines that the units of a sound corpus give, kept for what counts them all."""
    found = parts(corpus, declared(corpus.workspace, corpus.kinds))
    for unit, part in found.items():
        before.counted(unit, part)
    return found


def examined_in(raw: Corpus, ground: Ground, day: date) -> Examined:
    """Stages 2 and 3, for a corpus that was just read."""
    with watched() as asked:
        faults = validate(raw)
        corpus = sound(raw, faults)
        alerts = (*unprintable_texts(corpus, ground.families), *picture_alerts(corpus))
    made = corpus.workspace.root / OUTPUT
    asks_output = any(path.is_relative_to(made) for path in asked)
    checked = check(corpus, ground.types, ground.rules, (*faults, *alerts), day)
    findings = conclude((*checked.own, *checked.around), checked.owed)
    choices = standings(corpus, ground.types, ground.rules, findings)
    known = (*obstacles(choices, corpus), *of_structures(findings, corpus))
    told = (day, corpus, ground.types, ground.rules, findings, checked, choices, known)
    return Examined(*told, asks_output=asks_output)


def from_comites(workspace: Workspace, day: date, names: tuple[str, ...]) -> Iterator[Obstacle]:
    """What the comités that are shown some dossiers say of their documents about them.

    A comité is judged with all its dossiers, which those named do not read.
    """
    yield from of_comites(prepare(workspace), day, names)


def of_comites(ground: Ground, day: date, names: tuple[str, ...]) -> Iterator[Obstacle]:
    """The same, with what is read once."""
    units = units_of(names, ground.library.listing)
    places = {f"{DATA}{unit}" for unit in units}
    for comite in ground.library.comites_of(units):
        piece = examined_in(ground.library.corpus((comite,)), ground, day)
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
    given: Documents | None = None,
) -> Iterator[Outcome]:
    """Stages 5 to 8 for each document that is begun, one outcome at a time (see `make.py`).

    `making` says where they are made: see `workshop.py`. `folder`: the one of the output folder
    where all go, instead of each in its own. `given`: what `take_up` knew, of all that is asked.

    A document refused, or failed for its template, writes nothing; one that an engine fails in a
    format is written in the others. The other documents are written all the same. A file changed
    by hand is kept, unless `force`; one that is there as it would be made is not made again, unless
    `fresh`. Raises DiskError when the disk refuses.
    """
    key = own_key()
    begun = [choice for choice in choices if choice.begun]
    before = _before(examined, given)
    known = nothing_known if fresh else partial(_known, before, output, folder, key)
    examined = with_tables(examined, begun, before)
    counted = examined.gathered
    spared = spared_among(begun, request, before, known, counted)
    ranks = (r for r, choice in enumerate(begun) if not choice.reasons and r not in spared)
    allowed = tuple(begun[rank] for rank in ranks)
    notes = Notes(before, request, examined.corpus.own if given else (), choices)
    # Closed as soon as the disk refuses: a process that nobody ends would wait for more.
    with closing(making(examined, allowed, request.formats, known)) as making_each:
        for rank, choice in enumerate(begun):
            document = choice.document
            if choice.reasons:
                notes.lacks(document)
                yield Outcome(document, refused=choice.reasons)
                continue
            made = spared.get(rank) or next(making_each)
            before.made(document, made.recipe, made.text, counted)
            outcome = _deposited(document, made, output, force, folder, key)
            notes.take(document, outcome, made.recipe)
            counts = counted if document.type.rassemble else None
            yield replace(outcome, unread=counts.unread) if counts else outcome
    notes.keep()
    if not given:
        before.save()


def _known(
    before: Documents, output: Path, folder: str | None, key: bytes, document: Document
) -> Lying:
    """What is known of a document before it is made."""
    places = places_of(document, document.type.formats, folder)
    return Lying(recipes(places, output, key), *before.text(document))


def _before(examined: Examined, given: Documents | None) -> Documents:
    """What is known of what was made before; nothing where the data names something made.

    What is made is no input of what remembers: a picture taken there may be made again.
    """
    listing = examined.corpus.listing
    if examined.asks_output:
        return Documents(Memory(), Library(listing))
    if given:
        return given
    memory = memory_of(listing.workspace.root, QUESTION, examined.day)
    return Documents(memory, Library(listing, memory.recalling(listing)))


def with_tables(
    examined: Examined, choices: Sequence[Choice], before: Documents | None = None
) -> Examined:
    """What was examined, with the tables of all dossiers where a document reads them.

    Units that were not examined are read one at a time, unless their lines are known; none is held.
    """
    if not any(choice.document.type.rassemble for choice in choices):
        return examined
    corpus = examined.corpus
    what = declared(corpus.workspace, corpus.kinds)
    library = Library(corpus.listing)
    found = count(corpus, before) if before else parts(corpus, what)
    for unit in giving(library, what):
        if unit not in found:
            known = before.part(unit) if before else None
            found[unit] = known or parts(piece_of(library, unit), what).get(unit, Part({}, {}))
            if before:
                before.counted(unit, found[unit])
    each = (found[unit] for unit in giving(library, what))
    return replace(examined, gathered=joined(each, what))


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
    places = places_of(document, (*made.files, *made.same), folder)
    files = {places[name]: content for name, content in made.files.items()}
    told = (made.empreinte, force, made.recipe, key)
    written, kept = deposit(files, output, *told) if files else ((), ())
    same = tuple(output / places[name] for name in made.same)
    return Outcome(document, (*written, *same), kept, made.refused, made.failure, same)
