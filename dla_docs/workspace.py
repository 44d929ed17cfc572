"""The workspace: the folder whose `dossiers/territoire.yaml` holds the territory's facts."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from dla_docs.errors import WorkspaceError
from dla_docs.resources import package_data

MARKER = Path("dossiers") / "territoire.yaml"


@dataclass(frozen=True)
class Workspace:
    """Paths of one workspace. Its own schemas and templates come before the package's."""

    root: Path

    @property
    def data(self) -> Path:
        """Folder of the YAML files."""
        return self.root / "dossiers"

    @property
    def schema_folders(self) -> tuple[Path, ...]:
        """Folders of schemas, the first one wins file by file."""
        return _own_then_package(self.root, "schemas")

    @property
    def template_folders(self) -> tuple[Path, ...]:
        """Folders of document types, the first one wins file by file."""
        return _own_then_package(self.root, "templates")

    def relative(self, path: Path) -> str:
        """The path as people read it: from the root of the workspace, with `/`."""
        return path.relative_to(self.root).as_posix()

    def yaml_files(self) -> Iterator[Path]:
        """Every YAML file under `dossiers/`, but those named `x-…`, which are the user's own."""
        for path in sorted(self.data.rglob("*.[yY]*[mM][lL]")):
            parts = path.relative_to(self.data).parts
            own = any(part.startswith(("x-", ".")) for part in parts)
            if path.suffix.lower() in {".yaml", ".yml"} and not own:
                yield path


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
        "placez-vous dans un espace de travail, ou indiquez-le avec --workspace DOSSIER",
    )


def _own_then_package(root: Path, kind: str) -> tuple[Path, ...]:
    own, package = root / kind, package_data(kind)
    return (own, package) if own.is_dir() and own.resolve() != package else (package,)
