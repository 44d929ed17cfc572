"""Stage 8, write: what people receive, the files of a document together or none."""

import errno
import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from dla_docs.model.errors import DiskError


def save(contents: Mapping[Path, bytes]) -> None:
    """Write some files so that a reader sees the old ones or the new ones, never a part of one.

    All are written beside their places first: a disk that fills up leaves the old ones. A file that
    already holds its content is left alone. Raises DiskError when the disk refuses.
    """
    new = {path: content for path, content in contents.items() if not _holds(path, content)}
    # Beside it, hence on the same disk: replacing is then one act. The dot hides it meanwhile, and
    # the number tells it from that of another program that writes the same file.
    temporary = {
        target: target.with_name(f".{os.getpid()}-{rank}.dla") for rank, target in enumerate(new)
    }
    try:
        for path, content in new.items():
            with writing(path):
                path.parent.mkdir(parents=True, exist_ok=True)
                temporary[path].write_bytes(content)
        for path, written in temporary.items():
            with writing(path):
                written.replace(path)
    finally:
        for path, written in temporary.items():
            with writing(path):
                if written.parent.is_dir():
                    written.unlink(missing_ok=True)


@contextmanager
def writing(path: Path, gesture: str = "d’écrire") -> Iterator[None]:
    """What the disk refuses while a file is written, as DiskError."""
    try:
        yield
    except OSError as error:
        raise DiskError(
            f"impossible {gesture} {path} ({_reason(error)})",
            "vérifiez la place sur le disque, les droits d’accès, "
            "et que le fichier n’est pas ouvert ailleurs",
        ) from error


def _holds(path: Path, content: bytes) -> bool:
    """Whether a file is there with this very content: rewritten, it would look new to a backup."""
    try:
        return path.is_file() and not path.is_symlink() and path.read_bytes() == content
    except OSError:
        return False


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
