"""The workspace: the folder whose `dossiers/territoire.yaml` holds the territory's facts."""

from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from dla_docs.disk.listing import Walk, walk
from dla_docs.disk.reading import Unreadable, is_file, is_folder, is_taken, located, place_of
from dla_docs.model.errors import DiskError, WorkspaceError
from dla_docs.model.resources import package_data

MARKER = Path("dossiers") / "territoire.yaml"
_OWN = ("x-", ".")
"""How what is not data begins: the user's own files, then what git and editors hide."""


@dataclass(frozen=True)
class Workspace:
    """Paths of one workspace. Its own schemas and templates come before the package's."""

    root: Path

    @property
    def data(self) -> Path:
        """Folder of the YAML files."""
        return self.root / "dossiers"

    @property
    def roots(self) -> tuple[Path, ...]:
        """Where every file that it reads is: itself, and what the package gives it."""
        return (self.root, package_data("schemas"), package_data("templates"))

    @property
    def documents(self) -> Path:
        """Folder where documents go, unless another is asked for.

        Raises DiskError where it is a link that leads out: what is written stays here.
        """
        place = self.root / "documents"
        try:
            place_of(place, (self.root,))
        except Unreadable as error:
            hint = "mettez un vrai dossier à sa place, ou nommez celui que vous voulez par -o"
            raise DiskError(f"le dossier {place} {error}", hint) from error
        return place

    @property
    def schema_folders(self) -> tuple[Path, ...]:
        """Folders of schemas, the first one wins file by file."""
        return _own_then_package(self.root, "schemas")

    @property
    def template_folders(self) -> tuple[Path, ...]:
        """Folders of document types, the first one wins file by file."""
        return _own_then_package(self.root, "templates")

    @cached_property
    def in_repository(self) -> str:
        """Path of the workspace inside its git repository, with `/`; empty outside of one."""
        for folder in (self.root, *self.root.parents):
            # A file in a worktree or a submodule, a folder elsewhere.
            if is_taken(folder / ".git"):
                return self.root.relative_to(folder).as_posix()
        return ""

    def relative(self, path: Path) -> str:
        """The path as people read it: from the root of the workspace, with `/`."""
        return path.relative_to(self.root).as_posix()

    @cached_property
    def laid(self) -> Walk:
        """What lies under `dossiers/`, but the user's own, named `x-…`.

        A folder that is a link is followed at the first level only: no loop can be met. Raises
        WorkspaceError for more than any hand has made.
        """
        try:
            return walk(self.data, (self.root,), _is_own, through_links=True)
        except Unreadable as error:
            raise WorkspaceError(f"le dossier {self.data} {error}") from error

    def folders(self) -> list[str]:
        """The names of the folders right under `dossiers/`."""
        return sorted(path for path in self.laid.folders if "/" not in path)

    def files(self) -> list[str]:
        """Every file under `dossiers/`, relative to it, but the user's own, named `x-…`.

        A folder named like a YAML file is there too: it is told as one that cannot be read.
        """
        paths = [*self.laid.files, *filter(is_yaml, self.laid.folders)]
        # Folder by folder: by letters alone, « a-b/c » would come between those of « a/ ».
        return sorted(paths, key=lambda path: path.split("/"))


def _is_own(name: str) -> bool:
    return name.startswith(_OWN)


def is_yaml(name: str) -> bool:
    """Whether a name is that of a YAML file."""
    return name.lower().endswith((".yaml", ".yml"))


def find_workspace(start: Path, explicit: Path | None = None) -> Workspace:
    """The workspace given by `--workspace`, else the nearest parent of `start` that is one.

    Raises WorkspaceError when there is none.
    """
    if explicit is not None:
        _refuse_led_out(explicit)
        if not is_file(explicit / MARKER, (explicit,)):
            raise WorkspaceError(
                f"{explicit} n’est pas un espace de travail : "
                f"le fichier {MARKER.as_posix()} n’y est pas",
                "donnez à --workspace le dossier qui contient « dossiers/ »",
            )
        return Workspace(located(explicit))
    start = located(start)
    for folder in (start, *start.parents):
        _refuse_led_out(folder)
        if is_file(folder / MARKER, (folder,)):
            return Workspace(folder)
    raise WorkspaceError(
        f"aucun espace de travail ici : ni {start} ni ses dossiers parents "
        f"ne contiennent {MARKER.as_posix()}",
        "placez-vous dans un espace de travail, indiquez-le avec --workspace DOSSIER, "
        "ou créez-en un : dla init",
    )


def _refuse_led_out(folder: Path) -> None:
    """Raise WorkspaceError for a marker that a link keeps elsewhere."""
    try:
        place_of(folder / MARKER, (folder,))
    except Unreadable as error:
        raise WorkspaceError(
            f"{folder / MARKER} {error}", "mettez de vrais fichiers à la place de ce lien"
        ) from error


def _own_then_package(root: Path, kind: str) -> tuple[Path, ...]:
    own, package = root / kind, package_data(kind)
    try:
        real = place_of(own, (root, package))
    except Unreadable as error:
        raise WorkspaceError(
            f"le dossier {own} {error}", "mettez un vrai dossier à la place de ce lien"
        ) from error
    return (own, package) if real != package and is_folder(own, (root,)) else (package,)
