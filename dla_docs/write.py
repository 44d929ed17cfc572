"""Stage 8, write: what people receive, the files of a document together or none."""

import errno
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from dla_docs.documents.documents import Document
from dla_docs.model.errors import DiskError, DlaError
from dla_docs.model.findings import Finding


@dataclass(frozen=True)
class Outcome:
    """What became of one document: files written, or findings that forbid it, or a failure.

    With files and a failure, some of its formats are not there.
    """

    document: Document
    written: tuple[Path, ...] = ()
    refused: tuple[Finding, ...] = ()
    failure: DlaError | None = None


def save(contents: Mapping[Path, bytes]) -> None:
    """Write some files so that a reader sees the old ones or the new ones, never a part of one.

    All are written beside their places first: a disk that fills up leaves the old ones. Raises
    DiskError when the disk refuses.
    """
    path = Path()
    # Beside it, hence on the same disk: replacing is then one act. The dot hides it meanwhile.
    temporary = {target: target.with_name(f".{target.name}.dla") for target in contents}
    try:
        try:
            for path, content in contents.items():
                path.parent.mkdir(parents=True, exist_ok=True)
                temporary[path].write_bytes(content)
            for path, written in temporary.items():
                written.replace(path)
        finally:
            for written in temporary.values():
                if written.parent.is_dir():
                    written.unlink(missing_ok=True)
    except OSError as error:
        raise DiskError(
            f"impossible d’écrire {path} ({_reason(error)})",
            "vérifiez la place sur le disque, les droits d’accès, "
            "et que le fichier n’est pas ouvert ailleurs",
        ) from error


def _reason(error: OSError) -> str:
    reasons = {
        errno.EACCES: "accès refusé",
        errno.EPERM: "accès refusé",
        errno.EROFS: "le disque est en lecture seule",
        errno.ENOENT: "dossier introuvable",
        errno.ENOTDIR: "un fichier porte le nom d’un dossier",
        errno.EEXIST: "un fichier porte le nom d’un dossier",
        errno.EISDIR: "un dossier porte ce nom",
        errno.ENOSPC: "le disque est plein",
        errno.EFBIG: "le fichier est trop grand pour ce disque",
    }
    return reasons.get(error.errno or 0, f"erreur {error.errno} du système")
