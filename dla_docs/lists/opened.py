"""The sheets of a file that a person names: a workbook, or a text in columns, whatever it is.

What a file is, its bytes say: its name may be wrong, and the person is told. Nothing of a workbook
is read in this process.
"""

import csv
import io
from pathlib import Path

from dla_docs.confined.process import Confined, Patience
from dla_docs.disk.reading import Unreadable, read_named
from dla_docs.engines.archives import ArchiveFault, unpacked
from dla_docs.engines.worksheets import LONGEST, MOST_COLUMNS, MOST_ROWS, Unread, Worksheet
from dla_docs.model.errors import EngineError, RequestError

MOST = 32_000_000
"""Bytes of a list at most: five thousand rows of fifty columns have two million."""
SECONDS = 20.0
"""How long a workbook may take: the largest that is admitted takes two."""

SUFFIXES = {"xlsx": ".xlsx", "ods": ".ods", "csv": ".csv"}
_SAVE = "ouvrez-le, puis enregistrez-le en .xlsx, .ods ou .csv"
_AGAIN = "demandez-le à nouveau à qui vous l’a envoyé"
_OTHER = "donnez une liste en .xlsx, .ods ou .csv"
_OLD_OFFICE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
"""How an old Office file begins, and a new one that a password protects ([MS-CFB] 2.2)."""
_LOCKED = "EncryptedPackage".encode("utf-16-le")
_ZIP = b"PK\x03\x04"
_NOT_TEXT = (b"%PDF", b"{\\rtf", b"\x89PNG", b"\xff\xd8\xff", b"GIF8")
_PAGE = (b"<!doctype", b"<html", b"<?xml", b"<table")
_TO_KNOW = frozenset({"mimetype", "[Content_Types].xml"})
_ODS = b"application/vnd.oasis.opendocument.spreadsheet"


def opened(path: Path) -> tuple[Worksheet, ...]:
    """The sheets of a file. Raises RequestError, with what to do, for one that is not read.

    A text in columns gives one sheet for each sign that may part them: its titles tell which.
    """
    try:
        content = read_named(path, MOST)
    except Unreadable as error:
        raise RequestError(f"{path} {error}", "vérifiez son nom et où il est") from error
    if not content.strip():
        raise _refused(path, "est vide", "")
    form = _form(path, content)
    if path.suffix.lower() != SUFFIXES[form]:
        named = {"xlsx": "un classeur Excel", "ods": "un classeur LibreOffice", "csv": "un texte"}
        raise _refused(
            path, f"est en réalité {named[form]}", f"renommez-le {path.stem}{SUFFIXES[form]}"
        )
    return _texts(path, content) if form == "csv" else _sheets(path, content)


def _refused(path: Path, reason: str, hint: str = _SAVE) -> RequestError:
    return RequestError(f"{path.name} {reason} : rien n’en est lu", hint)


def _form(path: Path, content: bytes) -> str:
    """What a file is: `xlsx`, `ods`, `csv`. Raises RequestError for anything else."""
    if content.startswith(_OLD_OFFICE):
        if _LOCKED in content:
            raise _refused(path, "est protégé par un mot de passe", f"ôtez-le : {_SAVE}")
        raise _refused(path, "est un fichier d’un ancien Office (.xls, .doc)")
    if content.startswith(_ZIP):
        return _packed(path, content)
    head = content[:512].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if head.startswith(_PAGE):
        raise _refused(path, "est une page de site, et non un classeur")
    wide = content[:2] in (b"\xff\xfe", b"\xfe\xff")
    if content.startswith(_NOT_TEXT) or (b"\0" in content and not wide):
        raise _refused(path, "n’est ni un classeur ni un .csv", _OTHER)
    return "csv"


def _packed(path: Path, content: bytes) -> str:
    try:
        parts = unpacked(content, _TO_KNOW, most=1_000_000)
    except ArchiveFault as fault:
        raise _refused(path, f"n’est pas lisible ({fault})", _AGAIN) from fault
    types = parts.get("[Content_Types].xml", b"")
    if parts.get("mimetype", b"").strip() == _ODS:
        return "ods"
    if b"macroEnabled" in types:
        raise _refused(path, "contient des macros")
    if b"sheet.binary" in types:
        raise _refused(path, "est un classeur binaire (.xlsb)")
    if b"spreadsheetml.sheet.main" in types:
        return "xlsx"
    raise _refused(path, "n’est ni un classeur ni un .csv", _OTHER)


def _sheets(path: Path, content: bytes) -> tuple[Worksheet, ...]:
    """The sheets of a workbook, read in a process that may neither last nor swell."""
    patience = Patience(SECONDS, SECONDS)
    with Confined("dla_docs.engines.worksheets:prepare", patience=patience) as process:
        try:
            with patience.piece():
                found = list(process.do("dla_docs.engines.worksheets:worksheets", content))
        except EngineError as error:
            # Whatever ends it, a document is not what was being made.
            raise _refused(
                path,
                "demande trop de mémoire ou de temps",
                "copiez sa liste dans un classeur neuf : une cellule y est sans doute très loin",
            ) from error
    for one in found:
        if isinstance(one, Unread):
            raise _refused(path, one.reason, f"copiez sa liste dans un classeur neuf, ou {_AGAIN}")
    return tuple(found)


def _texts(path: Path, content: bytes) -> tuple[Worksheet, ...]:
    text = _decoded(path, content)
    if "\0" in text:
        raise _refused(path, "n’est ni un classeur ni un .csv", _OTHER)
    try:
        return tuple(_parted(text, sign) for sign in ";,\t")
    except csv.Error as error:
        raise _refused(path, "n’est pas lisible (un guillemet ouvert n’est pas fermé)") from error


def _decoded(path: Path, content: bytes) -> str:
    """A text, by the encodings that spreadsheets write: Excel's own is the last one tried."""
    marks = {b"\xff\xfe": "utf-16", b"\xfe\xff": "utf-16"}
    for encoding in (marks.get(content[:2], "utf-8-sig"), "cp1252"):
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise _refused(path, "est écrit dans un codage inconnu", "enregistrez-le en « CSV UTF-8 »")


def _parted(text: str, sign: str) -> Worksheet:
    """The rows of a text parted by a sign, as the sheet that a program makes of it."""
    rows: list[tuple[int, tuple[str, ...]]] = []
    for number, cells in enumerate(csv.reader(io.StringIO(text, newline=""), delimiter=sign), 1):
        if not any(cell.strip() for cell in cells):
            continue
        if len(rows) == MOST_ROWS:
            return Worksheet("", False, tuple(rows), cut=True)
        rows.append((number, tuple(cell[: LONGEST + 1] for cell in cells[:MOST_COLUMNS])))
    return Worksheet("", False, tuple(rows))
