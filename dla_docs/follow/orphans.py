"""Documents that were written and that the workspace no longer makes: files renamed or removed."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path, PurePosixPath

from dla_docs.agenda.events import calendar_file
from dla_docs.check.examined import Examined
from dla_docs.disk.reading import exists, is_file, is_folder, located
from dla_docs.disk.writing import remove_empty, unlink
from dla_docs.documents.documents import DRAFT, Document, blank_forms, documents
from dla_docs.documents.kit import kit_files
from dla_docs.follow.exports import FOLDER as EXPORTS
from dla_docs.follow.exports import is_made, tables_of
from dla_docs.follow.models import is_model
from dla_docs.load.places import SHELVES, TERRITORY
from dla_docs.messages.plan import message_files
from dla_docs.model.errors import DiskError
from dla_docs.model.findings import Finding, Severity
from dla_docs.model.workspace import MARKER, Workspace
from dla_docs.produced import changed, forget, produced


@dataclass(frozen=True)
class Orphan:
    """A file of the output folder, by its path there; `altered` means changed by hand since."""

    name: str
    altered: bool


@dataclass(frozen=True)
class Makes:
    """What a workspace makes: paths in the output folder, and the folders that cannot be told."""

    files: frozenset[str] = frozenset()
    untold: frozenset[str] = frozenset()

    def leaves(self, name: str) -> bool:
        """Whether nothing makes a file any more."""
        folders = {"", *(parent.as_posix() for parent in PurePosixPath(name).parents)}
        return name not in self.files and self.untold.isdisjoint(folders)


def makes_of(piece: Examined) -> Makes:
    """What a piece of a workspace makes, a draft or a blank form included."""
    corpus, types = piece.corpus, piece.types
    begun = [d for d in documents(corpus, types) if d.begun]
    drafts = [replace(document, variant=DRAFT) for document in begun]
    made = [*begun, *drafts, *blank_forms(corpus, types)]
    files = {name for document in made for name in _files(document)}
    files |= set(kit_files(corpus, types, piece.day))
    files |= set(message_files(corpus))
    files |= {calendar_file(s) for s in corpus.level(TERRITORY, "dossier") if corpus.owns(s)}
    untold = {folder for f in piece.findings if (folder := _untold(f)) is not None}
    return Makes(frozenset(files), frozenset(untold))


def all_of(several: Iterable[Makes]) -> Makes:
    """What several pieces of a workspace make together."""
    listed = tuple(several)
    files = frozenset(name for makes in listed for name in makes.files)
    return Makes(files, frozenset(name for makes in listed for name in makes.untold))


def orphans(workspace: Workspace, makes: Makes) -> tuple[Orphan, ...]:
    """The files of documents/ recorded as written, still there, that nothing makes any more."""
    return tuple(_left(workspace, makes))


def remove(workspace: Workspace, left: Iterable[Orphan]) -> tuple[Path, ...]:
    """Remove the orphans but those changed by hand, then the folders left empty.

    Raises DiskError.
    """
    output = workspace.documents
    names = [orphan.name for orphan in left if not orphan.altered]
    removed = tuple(output / name for name in names)
    for path in removed:
        unlink(path, output)
    forget(output, names)
    for path in removed:
        remove_empty(path.parent, output)
    return removed


def _left(workspace: Workspace, makes: Makes) -> Iterator[Orphan]:
    try:
        output = workspace.documents
    except DiskError:
        # A link that leads out: nothing is written through it.
        return
    inside, known = located(output), produced(output)
    # Read only where they serve: a faulty table must not stop those who never export.
    exported = any(name.startswith(f"{EXPORTS}/") for name in known)
    tables = tables_of(workspace) if exported else {}
    for name, entry in known.items():
        path = output / name
        # The record is a file that anyone may have written: it names nothing out of its folder.
        if not is_file(path, (output,)) or located(path) != inside / name:
            continue
        if is_made(name, tables) or is_model(name, workspace):
            continue
        if makes.leaves(name) or _gone(name, workspace):
            yield Orphan(name, changed(name, output, entry))


def _gone(name: str, workspace: Workspace) -> bool:
    """Whether the folder or the fiche that a document is about is no longer there."""
    folder, *rest = PurePosixPath(name).parts[:-1] or ("",)
    place, within = workspace.data / folder, (workspace.root,)
    if folder == TERRITORY:
        return False
    if folder in SHELVES:
        return bool(rest) and not exists(place / f"{rest[0]}.yaml", within)
    mission = place / "ingenieries" / "".join(rest[:1])
    return not is_folder(place, within) or (bool(rest) and not is_folder(mission, within))


def _files(document: Document) -> Iterator[str]:
    return (f"{document.label}.{format}" for format in document.type.formats)


def _untold(finding: Finding) -> str | None:
    """The output folder of what a file that cannot be read as it should makes; empty for all."""
    if finding.severity is not Severity.ERREUR or not finding.code.startswith("S-"):
        return None
    if finding.path == MARKER.as_posix():
        return ""
    _, folder, *rest = (*PurePosixPath(finding.path).parts, "")[:3]
    return f"{folder}/{PurePosixPath(rest[0]).stem}" if folder in SHELVES and rest else folder
