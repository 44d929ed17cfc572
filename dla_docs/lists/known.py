"""What is known already of the things that a list names: the records of a folder, or of a list.

A file is read by its bytes, which are kept: what a person changes of it meanwhile is not
overwritten. Two things are the same by the first of the identities that tells.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from dla_docs.disk.reading import DATA as MOST
from dla_docs.disk.reading import Unreadable, read
from dla_docs.lists.declared import ListType
from dla_docs.load.listing import Listing
from dla_docs.load.places import DATA
from dla_docs.load.renamed import renamed
from dla_docs.load.yaml_reader import parse
from dla_docs.model.findings import Pointer, Severity
from dla_docs.model.likeness import bare
from dla_docs.model.paths import Path
from dla_docs.model.readings import tight
from dla_docs.model.workspace import Workspace

Key = tuple[str, ...]
"""What an identity compares of a record."""
Place = tuple[str, Pointer]
"""The file of a record, and where it is there."""


@dataclass(frozen=True)
class Known:
    """A record that is known: its name, its file, the place of its data there, and its data."""

    name: str
    path: str
    base: Pointer
    data: Mapping[str, Any]

    @property
    def place(self) -> Place:
        """What tells it from every other."""
        return self.path, self.base


@dataclass(frozen=True)
class Files:
    """The records known, the bytes of their files, and the files that cannot be compared."""

    records: tuple[Known, ...]
    contents: Mapping[str, bytes]
    unread: tuple[str, ...]
    by_key: Mapping[tuple[int, Key], tuple[Known, ...]] = field(repr=False)

    def alike(self, rank: int, key: Key) -> tuple[Known, ...]:
        """The records of that key by the identity of some rank."""
        return self.by_key.get((rank, key), ())


def read_files(workspace: Workspace, listing: Listing, declared: ListType) -> Files:
    """The files that a list may change, as they are now; its own is chosen (`held_in`)."""
    if declared.held_by:
        paths = [declared.file]
    else:
        scopes = listing.level(declared.kind.name)
        paths = [f"{DATA}{scope.path}.yaml" for scope in scopes]
    contents: dict[str, bytes] = {}
    records: list[Known] = []
    unread: list[str] = []
    for path in paths:
        try:
            contents[path] = read(workspace.root / path, (workspace.root,), MOST)
        except Unreadable:
            unread.append(path)
            continue
        source = parse(path, contents[path].removeprefix(b"\xef\xbb\xbf"))
        current = renamed(source, declared.kind)
        faulty = any(fault.severity is Severity.ERREUR for fault in source.faults)
        # Under a former name, what is known would be written twice.
        if faulty or not isinstance(current.data, dict) or current.faults != source.faults:
            unread.append(path)
            continue
        records += _of_file(path, current.data, declared)
    return Files(tuple(records), contents, tuple(unread), _by_key(records, declared))


def _of_file(path: str, data: Mapping[str, Any], declared: ListType) -> Iterable[Known]:
    if not declared.held_by:
        return [Known(name_of(data, declared), path, (), data)]
    listed = data.get(declared.held_by)
    items = enumerate(listed if isinstance(listed, list) else ())
    return [
        Known(name_of(item, declared), path, (declared.held_by, rank), item)
        for rank, item in items
        if isinstance(item, dict)
    ]


def name_of(data: Mapping[str, Any], declared: ListType) -> str:
    """What a record is called: `Caisse solidaire – Paul Vidalenc`."""
    return " – ".join(str(v) for path in declared.named_by if (v := path.first(data)))


def _by_key(
    records: Iterable[Known], declared: ListType
) -> dict[tuple[int, Key], tuple[Known, ...]]:
    found: dict[tuple[int, Key], tuple[Known, ...]] = {}
    for known in records:
        for rank, identity in enumerate(declared.identities):
            if key := key_of(known.data, identity):
                found[rank, key] = (*found.get((rank, key), ()), known)
    return found


def key_of(data: Mapping[str, Any], identity: tuple[Path, ...]) -> Key:
    """What an identity compares of some data; empty where its first field says nothing."""
    told = tuple(_compared(path.first(data)) for path in identity)
    return told if told[0] else ()


def _compared(value: Any) -> str:
    text = "" if value is None else str(value)
    return tight(text) if text[:1].isdigit() else bare(text)
