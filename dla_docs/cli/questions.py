"""`dla new … --questions`: from the words of the command to a file that is answered to its end."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from itertools import islice
from pathlib import Path, PurePosixPath
from typing import Any

from dla_docs.cli import terminal
from dla_docs.cli.common import Options, near
from dla_docs.cli.dialogue import Sheet, Stopped, content, converse, data_of, one, yes
from dla_docs.create.asking.free_keys import with_free_keys
from dla_docs.create.asking.interview import begun
from dla_docs.create.asking.owed import blank
from dla_docs.create.asking.questions import (
    Form,
    General,
    Progress,
    Question,
    general,
    next_question,
    printed_keys,
)
from dla_docs.create.asking.received import instead_of
from dla_docs.create.asking.wording import HOW, Known, heading
from dla_docs.create.init import schema_files
from dla_docs.create.known import Known as Facts
from dla_docs.create.new import Draft, before_it, draft, drafted, level_of, with_owed, words_of
from dla_docs.disk.reading import is_taken
from dla_docs.disk.writing import save
from dla_docs.documents.manifests import load_types
from dla_docs.documents.types import DocumentType
from dla_docs.flow import Examined, examine
from dla_docs.follow.status import Next, dossier_of
from dla_docs.follow.status import progress as where
from dla_docs.load.library import Library
from dla_docs.load.listing import list_workspace
from dla_docs.load.names import find_scope
from dla_docs.load.places import DOSSIER, REFERENCE, SHELVES, TERRITORY, path_of
from dla_docs.load.references import titled
from dla_docs.load.scopes import Scope
from dla_docs.model.errors import RequestError
from dla_docs.model.findings import Finding
from dla_docs.model.paths import at
from dla_docs.model.schemas import Kind, field_at, fields, load_kinds
from dla_docs.model.words import number_of
from dla_docs.model.workspace import Workspace

TOLD = 5
"""Findings told at the end of a file, at most: `dla check` tells the others."""


@dataclass(frozen=True)
class Room:
    """What a session stands in: the options of the command, the kinds of files."""

    options: Options
    kinds: Mapping[str, Kind]

    @property
    def workspace(self) -> Workspace:
        """The workspace as it is now: what lies in it is listed once, and answers add files."""
        return self.options.find()

    def examined(self, names: tuple[str, ...]) -> Examined:
        """The workspace as it is now, about some scopes, or the territory."""
        return examine(self.workspace, self.options.day, names or ("territoire",))

    def names(self, target: str) -> Mapping[str, tuple[str, ...]]:
        """The known names of a list as they are now, each with what people call it."""
        listing = list_workspace(self.workspace, self.kinds)
        if target in {"dossier", "dossiers", "ingenierie"}:
            level = target.removesuffix("s")
            return {scope_name(scope): () for scope in listing.level(level)}
        shelf = [scope.path for scope in listing.level(SHELVES.get(target, ""))]
        return titled(Library(listing).corpus(shelf or (TERRITORY,)), target)

    @property
    def known(self) -> Known:
        """The names as they are when they are asked for, and what the parts are called."""
        titles = {kind.name: kind.title for kind in self.kinds.values()}
        shelves = {shelf: titles[name] for shelf, name in SHELVES.items() if name in titles}
        territory = dict.fromkeys(
            (key for key, _ in fields(self.kinds[TERRITORY].schema)), titles[TERRITORY]
        )
        return Known(
            self.names, {**territory, **titles, **shelves, "jour": "le jour d’aujourd’hui"}
        )

    def create(self, target: str, word: str) -> bool:
        """Make the record of a structure or of a prestataire, if the person wants it."""
        kind = self.kinds.get(SHELVES.get(target, ""))
        if kind is None or kind.name not in {"structure", "prestataire"}:
            return False
        if not yes(f"« {word} » n’a pas de fiche. La créer maintenant ?"):
            return False
        answer(self, kind, (word,), {})
        return True


def scope_name(scope: Scope) -> str:
    """The name of a dossier or of an ingénierie, as commands take it."""
    return f"{scope.reference}/{scope.name}" if scope.level == "ingenierie" else scope.name


def run(options: Options, kind: Kind, words: tuple[str, ...], given: Mapping[str, Any]) -> None:
    """Ask all that a file owes, then say what is left and what comes next."""
    room = Room(options, load_kinds(options.find()))
    terminal.err(*HOW)
    try:
        path = answer(room, kind, words, given)
        while (following := _told_end(room, path)) and yes("La suite maintenant ?"):
            name, *rest = following.split()[2:]
            path = answer(room, room.kinds[name], tuple(rest), {})
    except (Stopped, KeyboardInterrupt):
        return


def answer(room: Room, kind: Kind, words: tuple[str, ...], given: Mapping[str, Any]) -> Path:
    """The path of a file once it is answered, made if it was not there. Raises Stopped."""
    root = room.workspace.root
    place = None
    if (known := _existing(kind, words, room)) is None:
        words, given = _completed(room, kind, words, given)
        listing = list_workspace(room.workspace, room.kinds)
        before = before_it(kind, given, listing)
        examined = room.examined(words[:1] if level_of(kind) else before)
        types = examined.types.values()
        made = draft(kind, words, given, examined.corpus, types, room.options.day)
        known = made.path
        facts = Facts(examined.corpus, made.scope, room.options.day)
        schema = with_free_keys(made.schema, facts)
        if not is_taken(root / known):
            _write(room, root / known, drafted(made, examined.corpus))
            place = made
    else:
        types = load_types(room.workspace, room.kinds).values()
        schema = with_owed(kind, types)
    path = root / known
    sheet = Sheet(path, root, schema, room.known, room.create)
    # What follows from the answers is not shown as found elsewhere.
    computed = ("type",) if "structures" in given else ()
    progress = _progress(sheet, kind, types, place, (*given, *_named(kind), *computed))
    try:
        progress = converse(sheet, progress)
        owed = _asked_by_rules(room, sheet)
        progress = replace(progress, chosen=progress.chosen | owed, demanded=owed)
        if next_question(sheet.schema, data_of(content(sheet)), progress):
            terminal.err("", "Les règles demandent encore :")
            converse(sheet, progress)
    except (Stopped, KeyboardInterrupt) as stop:
        command = _command(kind, words, known)
        if isinstance(stop, KeyboardInterrupt):
            # After what was being typed.
            terminal.err("")
        try:
            terminal.out(near(path))
        finally:
            # Stdout may be full: how to go on is said all the same.
            terminal.err("", "Tout ce qui est répondu est enregistré.", f"Reprendre : {command}")
        raise Stopped from stop
    terminal.out(near(path))
    return path


def _progress(
    sheet: Sheet,
    kind: Kind,
    types: Collection[DocumentType],
    made: Draft | None,
    given: Iterable[str],
) -> Progress:
    """What a session starts from: a new file has known values to show."""
    progress = Progress(resumed=made is None)
    if made:
        progress = begun(made, data_of(content(sheet)), given)
    progress = replace(progress, instead=instead_of(kind, types))
    own = (t for t in types if t.donnees[0] == kind.name and not t.condition)
    paths = (path for t in own for section in t.sections for path in section.champs)
    return replace(progress, printed=printed_keys(paths, kind.name))


def _asked_by_rules(room: Room, sheet: Sheet) -> frozenset[General]:
    """The optional data of a file that a rule wants, and that are not there."""
    data = data_of(content(sheet))
    found, _ = _findings(room, sheet.path)
    places = (f.pointer for f in found if f.pointer and isinstance(f.pointer[-1], str))
    return frozenset(
        general(place)
        for place in places
        if field_at(sheet.schema, place) and blank(at(data, place))
    )


def _findings(room: Room, path: Path) -> tuple[list[Finding], Examined]:
    """What is said of a file, once it is examined with its dossier."""
    relative = room.workspace.relative(path)
    _, first, *rest = relative.removesuffix(".yaml").split("/")
    unit = f"{first}/{rest[0]}" if first in SHELVES else first
    shelved = first in SHELVES or DOSSIER.fullmatch(first)
    examined = room.examined((unit,) if shelved else ())
    return [f for f in examined.findings if f.path == relative], examined


def _named(kind: Kind) -> tuple[str, ...]:
    """The key that the name of the command fills, if one does."""
    own = "prestataire" not in words_of(kind) and set(words_of(kind)) - {"dossier", "ingenierie"}
    return tuple(key for key, _ in islice(fields(kind.schema), 1)) if own else ()


def _write(room: Room, path: Path, content: bytes) -> None:
    """A new file, and the schemas that editors look for beside it."""
    root = room.workspace.root
    schemas = {root / place: text for place, text in schema_files(room.workspace).items()}
    absent = {place: text for place, text in schemas.items() if not is_taken(place)}
    save({path: content, **absent}, root)


def _existing(kind: Kind, words: tuple[str, ...], room: Room) -> PurePosixPath | None:
    """The file that words name as it is called once made: `2026-001`, `2026-001/gouvernance`."""
    if kind.name != kind.place or kind.place not in {"dossier", "ingenierie"} or len(words) != 1:
        return None
    try:
        scope = find_scope(words[0], list_workspace(room.workspace, room.kinds))
    except RequestError:
        return None
    if kind.place == "ingenierie" and scope.level == "dossier":
        scope = _taken_up(scope, room) or scope
    folders = tuple(s.name for s in scope.lineage() if s.level != "territoire")[::-1]
    return path_of(kind, *folders) if scope.level == kind.place else None


def _taken_up(dossier: Scope, room: Room) -> Scope | None:
    """The only ingénierie of a dossier, if the person goes on with it. Raises Stopped."""
    listing = list_workspace(room.workspace, room.kinds)
    inside = [s for s in listing.level("ingenierie") if s.parent and s.parent.path == dossier.path]
    if len(inside) != 1:
        return None
    return inside[0] if yes(f"Reprendre l’ingénierie « {inside[0].name} » ?") else None


def _command(kind: Kind, words: tuple[str, ...], place: PurePosixPath) -> str:
    """The command that takes a file up again."""
    said = list(words)
    if kind.place == "dossier" == kind.name:
        said = [place.parts[1][:REFERENCE]]
    elif kind.place == "ingenierie" == kind.name:
        said = [f"{place.parts[1][:REFERENCE]}/{place.parts[3]}"]
    return " ".join(("dla new", kind.name, *map(_quoted, said), "--questions"))


def _completed(
    room: Room, kind: Kind, words: tuple[str, ...], given: Mapping[str, Any]
) -> tuple[tuple[str, ...], Mapping[str, Any]]:
    """The words of the command with those that lack, and who is accompanied. Raises Stopped."""
    due = words_of(kind)
    if len(words) > len(due):
        return words, given
    try:
        for word in due[len(words) :]:
            words = (*words, _asked(room, kind, word))
        if kind.name == "dossier" and "structures" not in given:
            field = field_at(kind.schema, ("structures",))
            question = Question(Form.LIST, ("structures",), field)
            given = {**given, "structures": one(question, kind.schema, room.known, room.create)}
    except (Stopped, KeyboardInterrupt) as stop:
        said = " ".join(map(_quoted, words))
        command = f"dla new {kind.name} {said}".rstrip()
        terminal.err(
            "", f"{kind.title} : rien n’est encore écrit.", f"Reprendre : {command} --questions"
        )
        raise Stopped from stop
    return words, given


def _quoted(word: str) -> str:
    return f'"{word}"' if " " in word else word


def _asked(room: Room, kind: Kind, word: str) -> str:
    """One word of the place of a file: a dossier, a mission, a prestataire, a name."""
    if word in {"dossier", "ingenierie", "prestataire"}:
        target = {"prestataire": "prestataires"}.get(word, word)
        titles = {"dossier": "Dossier", "ingenierie": "Ingénierie", "prestataire": "Prestataire"}
        own: Mapping[str, Any] = {"title": titles[word], "type": "string", "x-reference": target}
    else:
        own = next(field for _, field in fields(kind.schema))
    question = Question(Form.VALUE, ("nom",), own)
    schema = {"properties": {"nom": own}}
    return str(one(question, schema, room.known, room.create))


def _told_end(room: Room, path: Path) -> str:
    """Say what is wrong in a file; the command that comes next, if it makes a file."""
    found, examined = _findings(room, path)
    unit = room.workspace.relative(path).split("/")[1]
    terminal.err("")
    for finding in found[:TOLD]:
        kind = examined.corpus.kind_of[finding.path]
        where_told = heading(finding.pointer, kind.schema, None)
        place = f" ({where_told})" if where_told else ""
        terminal.err(f"  ligne {finding.line}{place} : {finding.message}")
    more = f", dont {TOLD} ci-dessus" if len(found) > TOLD else ""
    told = number_of(len(found), "constat") + more if found else "rien à redire"
    terminal.err(f"{near(path)} : {told}.")
    if not DOSSIER.fullmatch(unit):
        return ""
    standing = where(dossier_of(unit, examined.corpus), examined)
    nexts = [p.next for p in (standing, *standing.inside) if p.next]
    said = next(map(_said, nexts), f"dla status {unit[:REFERENCE]}")
    terminal.err(f"Ensuite : {said}")
    commands = [n.command for n in nexts[:1] if n.command.startswith("dla new")]
    # A word in capitals or between quotes is for the person to say.
    return next((c for c in commands if c == c.casefold() and '"' not in c), "")


def _said(one: Next) -> str:
    return one.command or f"écrivez « {one.told} » dans {one.path}"
