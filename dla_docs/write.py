"""Stage 8, write: the only one that touches the disk, each file replaced at once."""

from pathlib import Path

from dla_docs.errors import DiskError


def save(path: Path, content: bytes) -> None:
    """Write a file so that a reader sees the old one or the new one, never a part of it.

    Raises DiskError when the disk refuses.
    """
    temporary = path.with_name(f".{path.name}.dla")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        try:
            temporary.write_bytes(content)
            temporary.replace(path)
        finally:
            temporary.unlink(missing_ok=True)
    except OSError as error:
        raise DiskError(
            f"impossible d’écrire {path} ({_reason(error)})",
            "vérifiez la place sur le disque, les droits d’accès, "
            "et que le fichier n’est pas ouvert ailleurs",
        ) from error


def _reason(error: OSError) -> str:
    reasons = {
        PermissionError: "accès refusé",
        FileNotFoundError: "dossier introuvable",
        NotADirectoryError: "un fichier porte le nom d’un dossier",
        FileExistsError: "un fichier porte le nom d’un dossier",
        IsADirectoryError: "un dossier porte ce nom",
    }
    return reasons.get(type(error), f"erreur {error.errno} du système")
