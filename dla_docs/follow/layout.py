"""The files of a commit laid out on a disk, as a checkout would, but for what leads out.

Written by git or by a stranger's program, a folder of git may hold any name and any size: both are
looked at before anything is read or written.
"""

from dataclasses import dataclass
from pathlib import Path

from dla_docs.disk.laid import lay_file, lay_folder, lay_links
from dla_docs.engines.git import Objects
from dla_docs.follow.trees import LINK, MODULE, TREE, Entry, Lacking, Trees

FILES = 50_000
"""Files and folders of one state, at most: a thousand dossiers have 40,000."""
BYTES = 512_000_000
"""Bytes of one state that are laid out, at most."""
CONTENT = 32_000_000
"""Bytes of one file that are read, at most: those of a very large image."""
_DEEPEST = 64
"""Folders one in another, at most: the data needs five."""
_TARGET = 4_096
"""Bytes of where a link leads, at most: no disk takes more."""
_READ = ("dossiers", "schemas", "templates")
"""The folders whose files are read; of others, whether a file is there matters, and is kept."""
_RECEIVED = tuple(".pdf .doc .docx .odt .xls .xlsx .ods .ppt .pptx .odp .zip .eml .msg".split())
"""How received files end, whose content is never read: only whether they are there and empty."""


class TooBig(Exception):
    """A state that no workspace is: too many files, too long, too deep."""


@dataclass(frozen=True)
class _Place:
    """One line of a folder of git and where it goes; `read`: whether its content matters."""

    entry: Entry
    folder: Path
    depth: int
    read: bool

    @property
    def path(self) -> Path:
        """Where it goes, once its name is known to be one."""
        return self.folder / self.entry.name


@dataclass(frozen=True)
class LeftOut:
    """How many lines of a commit are not laid out.

    `links`: those that lead out of the workspace, and submodules. `names`: those that no disk has,
    or not this one.
    """

    links: int
    names: int


def lay(trees: Trees, objects: Objects, tree: str, folder: Path) -> LeftOut:
    """Write the files of a workspace below an empty folder, and say what is left out.

    Raises Lacking, TooBig, DiskError, and what git raises.
    """
    places, room = _places(trees, tree, folder), BYTES
    inside = [p for p in places if p.entry.mode != MODULE]
    kept = [p for p in inside if _is_name(p.entry.name)]
    names = len(inside) - len(kept)
    for place in (p for p in kept if p.entry.mode != LINK):
        objects.check()
        if place.entry.mode == TREE:
            names += not lay_folder(place.path)
        else:
            content, size = _content(place, objects)
            room -= len(content)
            names += not lay_file(place.path, content, size)
        if room < 0:
            raise TooBig
    links = [(p.path, _target(p.entry.id, objects)) for p in kept if p.entry.mode == LINK]
    return LeftOut(len(places) - len(inside) + lay_links(links, folder), names)


def _places(trees: Trees, tree: str, folder: Path) -> list[_Place]:
    """Every folder, then what it holds, before anything is written. Raises TooBig and Lacking."""
    places: list[_Place] = []
    waiting = [_Place(e, folder, 1, e.name in _READ) for e in trees.parts(tree)]
    while waiting:
        place = waiting.pop()
        places.append(place)
        if len(places) + len(waiting) > FILES or place.depth > _DEEPEST:
            raise TooBig
        # What is below a folder of no name is not looked at.
        if place.entry.mode == TREE and _is_name(place.entry.name):
            inner = trees.entries(place.entry.id)
            waiting += (_Place(e, place.path, place.depth + 1, place.read) for e in inner)
    return places


def _is_name(name: str) -> bool:
    """Whether a name is that of one file or folder, here as on Windows."""
    return name.strip(". ") != "" and not set("/\\:\0") & set(name) and name.lower() != ".git"


def _content(place: _Place, objects: Objects) -> tuple[bytes, int]:
    """The content of a file, and how long it is, which may be more. Raises Lacking."""
    about = objects.about(place.entry.id)
    if about is None or about.kind != "blob":
        raise Lacking
    # As long as it is, and without a content: it will be refused, or seen to be there, likewise.
    hollow = not place.read or place.entry.name.lower().endswith(_RECEIVED)
    content: bytes | None = b""
    if not hollow and about.size <= CONTENT:
        content = objects.content(place.entry.id, "blob", CONTENT)
    if content is None:
        raise Lacking
    return content, min(about.size, CONTENT + 1)


def _target(id: str, objects: Objects) -> bytes:
    """Where a link leads; where nothing can be, if its object says no such thing."""
    return objects.content(id, "blob", _TARGET) or b"\0"
