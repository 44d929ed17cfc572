"""The base of dead ends, and what the disk refuses. The others are in `model/errors.py`."""

import errno
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


class DlaError(Exception):
    """Something that stops the command: `message` says what and where, `hint` what to do."""

    exit_code = 3

    def __init__(self, message: str, hint: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint


class DiskError(DlaError):
    """A file cannot be written."""


class Unreadable(Exception):
    """A file that must not or cannot be read; the message is the French reason.

    It follows the name of the file in a sentence: « n’existe pas », « pèse plus de 4 Mo ».
    """


_REASONS = {
    errno.EACCES: "accès refusé",
    errno.EPERM: "accès refusé",
    errno.EROFS: "le disque est en lecture seule",
    errno.ENOENT: "dossier introuvable",
    errno.ENOTDIR: "un fichier porte le nom d’un dossier",
    errno.EEXIST: "un fichier porte le nom d’un dossier",
    errno.EISDIR: "un dossier porte ce nom",
    errno.ENOTEMPTY: "un dossier porte ce nom",
    errno.ENOSPC: "le disque est plein",
    errno.EDQUOT: "votre quota sur ce disque est atteint",
    errno.EFBIG: "le fichier est trop grand pour ce disque",
    errno.ENAMETOOLONG: "le nom ou le chemin est trop long pour ce disque",
    errno.ELOOP: "des liens mènent les uns aux autres",
    errno.EIO: "le disque ne répond pas comme il devrait",
}


def reason_of(error: OSError) -> str:
    """What the system refuses, in French."""
    return _REASONS.get(error.errno or 0, f"erreur {error.errno} du système")


@contextmanager
def writing(path: Path, gesture: str = "d’écrire") -> Iterator[None]:
    """What the disk refuses while a file is written, as DiskError."""
    try:
        yield
    except OSError as error:
        raise DiskError(
            f"impossible {gesture} {path} ({reason_of(error)})",
            "vérifiez la place sur le disque, les droits d’accès, "
            "et que le fichier n’est pas ouvert ailleurs",
        ) from error
