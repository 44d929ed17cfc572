"""What tells, in the data, that messages left: written on demand, and only the lines concerned."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import PurePosixPath
from typing import Any

from dla_docs.agenda.lacking import OF_MISSION, POINTS, Lack
from dla_docs.disk.reading import DATA, Unreadable, read
from dla_docs.disk.writing import rewrite, save
from dla_docs.edit.edit import Append, Change, Edit, changed
from dla_docs.load.corpus import Corpus
from dla_docs.load.places import DATA as FOLDER
from dla_docs.load.places import modeline
from dla_docs.load.scopes import Scope
from dla_docs.messages.plan import Planned
from dla_docs.messages.types import WHO, Note
from dla_docs.model.errors import DlaError, RequestError
from dla_docs.model.findings import Words
from dla_docs.model.paths import Every, Path, at
from dla_docs.model.values import long_date
from dla_docs.model.words import enumeration

EMAIL = "email"


@dataclass(frozen=True)
class Noted:
    """One datum that was to be written: where, and what; or why it was not, and what to do.

    `former`: it was there already, and is as it was.
    """

    path: str
    told: str
    refused: Words = ("", "")
    former: bool = False


@dataclass(frozen=True)
class _Wanted:
    """A change to a part of a mission; `edit` is None for what is there already, told as it is."""

    part: str
    told: str
    edit: Edit | None


def note(written: Iterable[Planned], corpus: Corpus, day: date) -> Iterator[Noted]:
    """Write in the data that some messages left on a day.

    A day that is already there is left: the first sending counts delays. Each file is read again,
    and changed once; what cannot be is told.
    """
    wanted: dict[str, list[_Wanted]] = {}
    scope: Scope | None = None
    for one in written:
        scope = one.document.scope
        for change in (*_of_notes(one, day), *_of_lacks(one, day)):
            wanted.setdefault(change.part, []).append(change)
    for part, changes in wanted.items():
        assert scope is not None, "a change comes from a message"
        yield from _noted(part, changes, scope, corpus)


def _of_notes(one: Planned, day: date) -> Iterator[_Wanted]:
    for wanted in one.sending.notes:
        unless = wanted.unless and one.document.first(wanted.unless)
        if unless != day.isoformat():
            yield _wanted(wanted, one, day)


def _wanted(wanted: Note, one: Planned, day: date) -> _Wanted:
    """What a note of a manifest changes in the data of a mission."""
    path = Path.parse(wanted.path.replace(WHO, one.key))
    value = wanted.value or day.isoformat()
    source = one.document.scope.part(path.part)
    data = source.data if source else None
    *steps, last = path.steps
    told = f"{last} : {value}, pour {one.to.organisme}"
    there = next((v for _, v in path.of(data)), None)
    if there is not None:
        return _Wanted(path.part, f"{last} : {there}, pour {one.to.organisme}", None)
    chosen = steps[-1] if steps else None
    if not isinstance(chosen, Every):
        return _Wanted(path.part, told, Change(path.pointer, value))
    holder = next((place for place, _ in Path(path.part, tuple(steps)).of(data)), None)
    if holder is not None:
        return _Wanted(path.part, told, Change((*holder, str(last)), value))
    item = {chosen.key: chosen.value, str(last): value}
    return _Wanted(path.part, told, Append(Path(path.part, tuple(steps[:-1])).pointer, item))


def _of_lacks(one: Planned, day: date) -> Iterator[_Wanted]:
    """What a reminder writes beside each thing it asks for again; one exchange for a mission."""
    for lack in one.lacks:
        source = one.document.scope.part(lack.part)
        already = at(source.data, lack.place) if source else None
        if lack.code not in OF_MISSION and day.isoformat() not in (already or ()):
            told = f"relances : {day.isoformat()}, pour {one.to.organisme}"
            yield _Wanted(lack.part, told, Append(lack.place, day.isoformat()))
    if asked := [lack for lack in one.lacks if lack.code in OF_MISSION]:
        yield _exchange(asked, one, day)


def _exchange(asked: list[Lack], one: Planned, day: date) -> _Wanted:
    """The exchange that a reminder is, among those of the mission."""
    words = enumeration(ASKED[lack.code] for lack in asked)
    point: dict[str, Any] = {
        "date": day.isoformat(),
        "canal": EMAIL,
        "avec": one.to.organisme,
        "relance": [lack.code for lack in asked],
        "resume": f"Relance par courriel : {words}.",
    }
    source = one.document.scope.part("realisation")
    told = f"points : relance du {long_date(day)}, à {one.to.organisme}"
    there = at(source.data, POINTS) if source else None
    return _Wanted("realisation", told, None if point in (there or ()) else Append(POINTS, point))


ASKED = {
    "note_mi_parcours": "note à mi-parcours",
    "rapport_final": "rapport final",
    "facture": "facture du solde",
    "fiche": "fiche d’identification",
}


def _noted(part: str, changes: list[_Wanted], scope: Scope, corpus: Corpus) -> Iterator[Noted]:
    """The changes to one file, written together."""
    kind = corpus.kinds[part]
    holder = next(home for home in scope.lineage() if home.level == kind.place)
    path = f"{FOLDER}{holder.path}/{part}.yaml"
    edits = tuple(dict.fromkeys(c.edit for c in changes if isinstance(c.edit, Change)))
    more = tuple(c.edit for c in changes if isinstance(c.edit, Append))
    try:
        if edits or more:
            _write(path, (*edits, *more), corpus, part)
    except DlaError as error:
        yield from (Noted(path, c.told, (error.message, error.hint)) for c in changes if c.edit)
        return
    yield from (Noted(path, c.told, former=c.edit is None) for c in changes)


def _write(path: str, edits: tuple[Edit, ...], corpus: Corpus, part: str) -> None:
    """The file with its changes; one that was not there is made, if it may begin by them.

    Raises DlaError.
    """
    root, kind = corpus.workspace.root, corpus.kinds[part]
    if path not in corpus.sources:
        if owed := kind.schema.get("required"):
            told = f"{part}.yaml n’existe pas encore, et demande aussi {enumeration(owed)}"
            raise RequestError(told, f"créez-le par dla new {part}, puis relancez avec --note")
        head = f"# yaml-language-server: $schema={modeline(kind, PurePosixPath(path))}\n"
        save({root / path: changed(head, edits, kind.schema).encode()}, root)
        return
    try:
        former = read(root / path, (root,), DATA)
        text = former.decode("utf-8")
    except (Unreadable, UnicodeDecodeError) as error:
        raise RequestError(f"{path} ne se lit pas", "dla check dit pourquoi") from error
    rewrite(root / path, changed(text, edits, kind.schema).encode(), former, root)
