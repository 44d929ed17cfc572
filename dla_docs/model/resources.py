"""Where the package keeps its schemas, templates and fonts, installed or in a checkout."""

from functools import cache
from importlib.util import find_spec
from pathlib import Path
from unicodedata import normalize

from dla_docs.disk.reading import exists, is_file, is_folder, located
from dla_docs.model.errors import EngineError


@cache
def package_data(kind: str) -> Path:
    """Folder of the package's own `schemas` or `templates`.

    The wheel holds them under `_donnees/`; a checkout has them beside the package.
    """
    here = located(Path(__file__)).parents[1]
    installed = here / "_donnees" / kind
    return installed if is_folder(installed, (here,)) else here.parent / kind


def spelt(folder: Path, name: str, root: Path) -> Path:
    """The file that a name written by hand means in a folder: its accents may be in two pieces.

    macOS writes « é » as « e » and an accent, Windows and Linux as one letter; where neither form
    of the name exists under `root`, the name as it is written.
    """
    path = folder / name
    if name.isascii() or exists(path, (root,)):
        return path
    forms = (folder / normalize(form, name) for form in ("NFC", "NFD"))
    return next((form for form in forms if exists(form, (root,))), path)


def installed_package(name: str) -> Path:
    """Folder of an installed package, found without importing it (start-up time).

    Raises EngineError where the package is not installed.
    """
    spec = find_spec(name)
    if spec is None or spec.origin is None:
        raise EngineError(
            f"le paquet Python « {name} » n’est pas installé",
            "réinstallez dla : pipx reinstall dla-docs",
        )
    return Path(spec.origin).parent


def first_existing(
    folders: tuple[Path, ...], relative: str, within: tuple[Path, ...] = ()
) -> Path | None:
    """First file of that name among the folders: a workspace's own wins over the package's.

    None where no folder has it. `within`: where links may lead, the folders themselves by default.
    """
    return next((f / relative for f in folders if is_file(f / relative, within or folders)), None)
