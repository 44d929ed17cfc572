"""The workspace: the folder whose `dossiers/territoire.yaml` holds the territory's facts."""

import os
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from dla_docs.model.errors import WorkspaceError
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
    def documents(self) -> Path:
        """Folder where documents go, unless another is asked for."""
        return self.root / "documents"

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
            if (folder / ".git").exists():
                return self.root.relative_to(folder).as_posix()
        return ""

    def relative(self, path: Path) -> str:
        """The path as people read it: from the root of the workspace, with `/`."""
        return path.relative_to(self.root).as_posix()

    def folders(self) -> list[str]:
        """The names of the folders right under `dossiers/`."""
        return sorted(entry.name for entry in self.data.iterdir() if entry.is_dir())

    def files(self) -> list[str]:
        """Every file under `dossiers/`, relative to it, but the user's own, named `x-…`.

        A folder named like a YAML file is there too: it is told as one that cannot be read. A
        folder that is a link is followed at the first level only: no loop can be met.
        """
        paths: list[str] = []
        for entry in self.data.iterdir():
            if entry.name.startswith(_OWN):
                continue
            if not entry.is_dir() or is_yaml(entry.name):
                paths.append(entry.name)
            for folder, folders, files in os.walk(entry):
                folders[:] = [name for name in folders if not name.startswith(_OWN)]
                inside = Path(folder).relative_to(self.data).as_posix()
                names = [*filter(is_yaml, folders), *files]
                paths += [f"{inside}/{name}" for name in names if not name.startswith(_OWN)]
        # Folder by folder: by letters alone, « a-b/c » would come between those of « a/ ».
        return sorted(paths, key=lambda path: path.split("/"))


def is_yaml(name: str) -> bool:
    """Whether a name is that of a YAML file."""
    return name.lower().endswith((".yaml", ".yml"))


def find_workspace(start: Path, explicit: Path | None = None) -> Workspace:
    """The workspace given by `--workspace`, else the nearest parent of `start` that is one.

    Raises WorkspaceError when there is none.
    """
    if explicit is not None:
        if not (explicit / MARKER).is_file():
            raise WorkspaceError(
                f"{explicit} n’est pas un espace de travail : "
                f"le fichier {MARKER.as_posix()} n’y est pas",
                "donnez à --workspace le dossier qui contient « dossiers/ »",
            )
        return Workspace(explicit.resolve())
    start = start.resolve()
    for folder in (start, *start.parents):
        if (folder / MARKER).is_file():
            return Workspace(folder)
    raise WorkspaceError(
        f"aucun espace de travail ici : ni {start} ni ses dossiers parents "
        f"ne contiennent {MARKER.as_posix()}",
        "placez-vous dans un espace de travail, indiquez-le avec --workspace DOSSIER, "
        "ou créez-en un : dla init",
    )


def _own_then_package(root: Path, kind: str) -> tuple[Path, ...]:
    own, package = root / kind, package_data(kind)
    return (own, package) if own.is_dir() and own.resolve() != package else (package,)
