"""What a person calls a scope: a reference, a slug, or the path of a file or folder."""

import re
from collections.abc import Iterable
from pathlib import Path

from dla_docs.disk.reading import Unreadable, exists, is_file, located
from dla_docs.load.corpus import Corpus
from dla_docs.load.listing import Listing
from dla_docs.load.places import SHELVES, slug
from dla_docs.load.scopes import Scope
from dla_docs.model.errors import AmbiguousError, RequestError
from dla_docs.model.likeness import did_you_mean, nearest_word

_NUMBERED = re.compile(r"\d{4}-\d{3}")
_SHORTEST = 3
"""Letters under which a word is held by any name."""
EVERYTHING = "."
"""What the folder of the data, or the workspace itself, means as a scope."""


def scopes_of(names: Iterable[str], listing: Listing) -> tuple[Scope, ...]:
    """The scopes that a request names; none where it means everything. Raises RequestError."""
    named = tuple(names)
    if any(_as_name(name, listing) == EVERYTHING for name in named):
        return ()
    return tuple(find_scope(name, listing) for name in named)


def units_of(names: Iterable[str], listing: Listing) -> tuple[str, ...]:
    """The units of the scopes that a request names, each once; none where it means everything.

    Raises RequestError for a name that means nothing.
    """
    return tuple(dict.fromkeys(scope.unit for scope in scopes_of(names, listing)))


def find_scope(name: str, known: Listing | Corpus) -> Scope:
    """The scope a person names: `2025-003`, a folder name, `dossier/ingenierie`, a slug or a path.

    Raises RequestError with the nearest known name.
    """
    wanted = _as_name(name, known)
    meant = [scope for scope in known.scopes.values() if wanted in _names(scope)]
    if len(meant) > 1:
        several = ", ".join(scope.path for scope in meant)
        raise AmbiguousError(
            f"« {name} » désigne plusieurs dossiers : {several}",
            "nommez-en un en entier ; deux dossiers n’ont pas le même numéro",
        )
    if meant:
        return meant[0]
    hint = _missions(wanted, known) or near_dossiers(wanted, known)
    # A number that no dossier has is nearest to one by chance alone.
    if not hint and not _NUMBERED.fullmatch(wanted):
        every = sorted({n for s in known.scopes.values() for n in _names(s)})
        hint = did_you_mean(nearest_word(wanted, every))
    hint = hint or "dla list dossiers les énumère"
    raise RequestError(f"« {name} » n’est ni un dossier, ni une ingénierie, ni une fiche", hint)


def _missions(word: str, known: Listing | Corpus) -> str:
    """The missions of the dossier that a word names before its `/`; empty where it names none."""
    dossier, slash, _ = word.partition("/")
    inner = (s for s in known.scopes.values() if slash and s.level == "ingenierie")
    named = [s for s in inner if s.parent and dossier in _names(s.parent)]
    told = ", ".join(f"{s.reference}/{s.name}" for s in named)
    return f"missions de ce dossier : {told}" if told else ""


def near_dossiers(word: str, known: Listing | Corpus) -> str:
    """The question that names the dossiers whose name holds a word; empty where none does.

    A dossier is called after the structure it is about: `calades` is of `2025-003-calades-jabron`.
    """
    meant = slug(word)
    if len(meant) < _SHORTEST or meant[:1].isdigit():
        return ""
    dossiers = sorted(s.path for s in known.scopes.values() if s.level == "dossier")
    # Three at most: a question that lists more is read no further.
    return did_you_mean(*[path for path in dossiers if meant in path][:3])


def _names(scope: Scope) -> tuple[str, ...]:
    """Every name a person may give a scope."""
    if scope.level == "ingenierie" and scope.parent:
        short = f"{scope.parent.name}/{scope.name}"
        return scope.path, short, f"{scope.reference}/{scope.name}"
    if scope.level == "dossier":
        return scope.path, scope.reference
    return scope.path, scope.name


def _as_name(name: str, known: Listing | Corpus) -> str:
    """A path (folder or file, absolute or not) as the name of the scope that holds it."""
    data = known.workspace.data
    if not name:
        # As a path, it would be the folder where the person stands.
        return name
    # Where the person stands first: that is what a shell completes.
    for base in (Path.cwd(), known.workspace.root, data):
        try:
            path = located(base / name)
        except Unreadable:
            break
        if path == known.workspace.root:
            return EVERYTHING
        if exists(path, (data,)):
            relative = path.relative_to(data)
            shelf = relative.parts[0] if relative.parts else ""
            if is_file(path, (data,)):
                relative = relative.with_suffix("") if shelf in SHELVES else relative.parent
                relative = relative if relative.parts else Path("territoire")
            return relative.as_posix() if relative.parts else EVERYTHING
    return name.strip("/")
