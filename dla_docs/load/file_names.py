"""What the names of files say before any is opened: a copy, a backup, what Windows cannot open."""

import re
from collections.abc import Collection, Iterable, Iterator
from pathlib import PurePosixPath

from dla_docs.load.places import DATA, DOSSIER, MAX_PATH, NAME, RESERVED
from dla_docs.model.findings import Finding, Severity
from dla_docs.model.words import hidden
from dla_docs.model.workspace import is_yaml

_WORD = r"(?:copies?|copy|conflit|conflict|conflicted|doublon|duplicate|version|case|ancien|old)"
_COPIES = tuple(
    re.compile(pattern, re.I)
    for pattern in (
        # Nextcloud, Dropbox, browsers: « (copie en conflit de Poste-12 2026-01-05) », « (1) ».
        rf"(?P<name>.+?)[ _-]*\((?:\d+|[^()]*{_WORD}[^()]*)\)",
        # Windows, macOS, in French and in English.
        r"(?P<name>.+?) - (?:copie|copy)(?: \(\d+\))?",
        r"(?:copie|copy) (?:\(\d+\) )?(?:de|of) (?P<name>.+)",
        r"(?P<name>.+?) (?:copie|copy)?(?: ?\d+)?",
        # Syncthing, OneDrive, ownCloud.
        r"(?P<name>.+?)\.sync-conflict-.+",
        r"(?P<name>.+?)-(?:desktop|laptop|pc|poste)-\w+",
        r"(?P<name>.+?)[_-](?:conflict|conflit|copie|copy|old|ancien|bak)(?:[_-].*)?\d*",
    )
)
"""How programs name a second copy of a file, around the name of the first."""

_BACKUP = re.compile(r"(?P<name>.+\.ya?ml)(?:~|\.(?:bak|orig|old|rej|tmp|swp|save|sav)\d*)", re.I)
"""What editors and git leave beside a file they change."""

_IMPOSSIBLE = re.compile(r'[<>:"|?*\\\x00-\x1f]')


def copy_of(path: str, files: Collection[str]) -> tuple[str, str]:
    """What in a path is a copy, a file or a folder, and what it is a copy of; else two empty texts.

    Paths are relative to `dossiers/`; `files` are all those that are there.
    """
    parts = path.split("/")
    for rank, part in enumerate(parts):
        last = rank == len(parts) - 1
        # A folder of a right name is a dossier, or a mission, of its own: rules compare it.
        if not last and NAME.fullmatch(part):
            continue
        stem = part.rpartition(".")[0] if last else part
        for match in filter(None, (pattern.fullmatch(stem) for pattern in _COPIES)):
            name = f"{match['name']}.yaml" if last else match["name"]
            first = "/".join((*parts[:rank], name))
            if name != part and "/".join((first, *parts[rank + 1 :])) in files:
                return "/".join(parts[: rank + 1]), first
    return "", ""


def backup_of(path: str) -> str:
    """The file that an editor or git kept a backup of, beside it; empty for another file."""
    match = _BACKUP.fullmatch(path)
    return match["name"] if match else ""


def leftovers(files: Collection[str]) -> tuple[frozenset[str], tuple[Finding, ...]]:
    """The copies and backups among some files, and what is said of each: of a folder, once."""
    found: set[str] = set()
    faults: dict[str, Finding] = {}
    for path in files:
        copy, first = copy_of(path, files) if is_yaml(path) else ("", "")
        saved = backup_of(path)
        if copy:
            name, kept = PurePosixPath(copy).name, PurePosixPath(first).name
            told = f"« {name} » est une copie de {DATA}{first} : elle n’est pas lue"
            hint = f"gardez ce qu’elle a de plus dans {kept}, puis supprimez-la"
            faults.setdefault(copy, _fault(path, told, hint, Severity.ERREUR))
        elif saved:
            told = f"ce fichier est une copie de sauvegarde de {PurePosixPath(saved).name}"
            faults[path] = _fault(path, f"{told} : il n’est pas lu", "supprimez-le", Severity.INFO)
        found |= {path} if copy or saved else set()
    return frozenset(found), tuple(faults.values())


def double_of(name: str) -> str:
    """What to do of a file whose right name another file has: to rename it would lose that one."""
    return f"{name} est déjà là : comparez-les, gardez-y ce qui est juste, puis supprimez celui-ci"


_DISGUISED = re.compile(r"(?P<name>.+\.ya?ml)\.txt", re.I)
"""What Notepad makes of a name, which it shows without its ending."""


def disguised_faults(files: Collection[str]) -> Iterator[Finding]:
    """The YAML files that an editor has named as texts: nobody would read them."""
    for path in files:
        if match := _DISGUISED.fullmatch(path):
            right = PurePosixPath(match["name"]).with_suffix(".yaml")
            hint = f"renommez-le {right.name}"
            hint = double_of(right.name) if right.as_posix() in files else hint
            told = f"ce fichier n’est pas lu : son nom finit par « {path[-4:]} »"
            yield _fault(path, told, hint, Severity.ERREUR)


def portable_faults(files: Iterable[str]) -> Iterator[Finding]:
    """Names and paths that Windows cannot open, each told once, at the first file that has it."""
    told: set[str] = set()
    twins: dict[str, str] = {}
    fine: set[str] = set()
    for path in files:
        parts = path.split("/")
        for rank, name in enumerate(parts):
            place = "/".join(parts[: rank + 1])
            if place in fine:
                continue
            why = _refused_by_windows(name)
            twin = twins.setdefault(place.casefold(), place)
            hint = "renommez-le, ici et là où il est nommé"
            if twin != place:
                hint = "comparez-les : gardez-en un seul, ou donnez à l’un un autre nom"
                why = f"ne diffère de « {PurePosixPath(twin).name} » que par ses majuscules"
            if why and place not in told:
                told.add(place)
                message = f"le nom « {name} » {why} : Windows ne peut pas l’ouvrir"
                yield _fault(path, message, hint, Severity.ALERTE)
            elif not why:
                fine.add(place)
        if len(DATA) + len(path) > MAX_PATH:
            size = len(DATA) + len(path)
            message = f"ce chemin compte {size} signes : Windows pourrait ne pas l’ouvrir"
            hint = f"raccourcissez les noms de ses dossiers : {MAX_PATH} signes au plus"
            yield _fault(path, message, hint, Severity.ALERTE)


def empty_dossiers(folders: Iterable[str], files: Iterable[str]) -> Iterator[Finding]:
    """The folders of dossiers in which no YAML file is: nothing of them would be told else."""
    begun = {path.split("/")[0] for path in files if is_yaml(path)}
    for name in folders:
        if DOSSIER.fullmatch(name) and name not in begun:
            message = f"le dossier {name} ne contient aucun fichier YAML"
            hint = f"créez {DATA}{name}/dossier.yaml, ou supprimez ce dossier"
            yield _fault(name, message, hint, Severity.ALERTE)


def _refused_by_windows(name: str) -> str:
    """Why Windows cannot have a file of that name; empty where it can."""
    # Bytes of a name that are no UTF-8 are read as lone surrogates.
    if not name.isascii() and any("\ud800" <= sign <= "\udfff" for sign in name):
        return "n’est pas en UTF-8"
    if name.split(".")[0].strip().lower() in RESERVED:
        return "est réservé"
    if name[-1:] in {".", " "}:
        return "finit par un point" if name.endswith(".") else "finit par une espace"
    if found := _IMPOSSIBLE.search(name):
        sign = found[0] if found[0].isprintable() else hidden(found[0])[0]
        return f"contient « {sign} »"
    return ""


def _fault(path: str, message: str, hint: str, severity: Severity) -> Finding:
    # A name is told with each finding on its file: it is no datum.
    words = message, hint
    return Finding("S-FICHIER", severity, message, f"{DATA}{path}", hint=hint, public=words)
