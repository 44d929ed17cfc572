"""A received file, read whatever it is: by its first bytes, since names are what people make them.

What comes from anyone is read in a process of its own, which may neither last nor swell.
"""

from collections.abc import Callable, Iterator
from itertools import islice

from dla_docs.engines.archives import ArchiveFault, unpacked
from dla_docs.reading.blocks import Read
from dla_docs.reading.docx import TEXT as WORD
from dla_docs.reading.docx import read_docx
from dla_docs.reading.html import HtmlFault, read_html
from dla_docs.reading.odt import TEXT as WRITER
from dla_docs.reading.odt import read_odt
from dla_docs.reading.pdf import PdfFault, read_pdf

_PDF_WITHIN = 1024
"""Bytes within which a PDF begins (ISO 32000, annex H): some programs write a line before it."""
_OLD = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
"""What files of Word before 2007 begin with, and those that a password protects."""
_PICTURES = (b"\x89PNG", b"\xff\xd8\xff", b"II*\x00", b"MM\x00*", b"GIF8")
_MARKUP = (b"<!doctype html", b"<html", b"<!--", b"<?xml")
_MIMETYPE = "mimetype"
_MANIFEST = "META-INF/manifest.xml"
"""Where LibreOffice says how each part is ciphered, when a password protects them."""
_EXCEL, _CALC = "xl/workbook.xml", b"application/vnd.oasis.opendocument.spreadsheet"
"""What tells a workbook: a part of Excel's, the kind of LibreOffice's."""
PARAGRAPHS = 10_000
"""Paragraphs that are read, at most: a report of a hundred pages has two thousand."""
_AGAIN = "ouvrez-le et enregistrez-le de nouveau, ou redemandez-le à qui l’a envoyé"
_SHORTER = "demandez le document seul, sans ses annexes"
_HINTS = {"mot de passe": "demandez-le sans mot de passe", "pages": _SHORTER}
"""What to do of a fault, by a word of it."""
_LIST = "une liste se lit par dla import : dla import prestataires FICHIER"


class Unread(Exception):
    """A file that is not read. The message is why, in French; `hint` is what to do."""

    def __init__(self, message: str, hint: str) -> None:
        super().__init__(message)
        self.message, self.hint = message, hint

    def __reduce__(self) -> tuple[type["Unread"], tuple[str, str]]:
        return Unread, (self.message, self.hint)


def read_file(content: bytes) -> Read:
    """What a file holds. Raises Unread."""
    reader = _reader(content)
    try:
        read = reader(content)
    except (ArchiveFault, PdfFault, HtmlFault) as fault:
        hint = next((hint for word, hint in _HINTS.items() if word in str(fault)), _AGAIN)
        raise Unread(str(fault), hint) from fault
    if next(islice(read.words(), PARAGRAPHS, None), None):
        raise Unread("le document a plus de dix mille paragraphes", _SHORTER)
    return read


def bench() -> None:
    """Nothing is shared by the files that a process reads."""


def read_apart(bench: None, content: bytes) -> Iterator[Read | Unread]:
    """One answer: what a file holds, or why it is not read."""
    try:
        yield read_file(content)
    except Unread as fault:
        yield fault


def _reader(content: bytes) -> Callable[[bytes], Read]:
    """What reads a file. Raises Unread for one of a kind that is not awaited."""
    if not content:
        raise Unread("le fichier est vide", "redemandez-le à qui l’a envoyé")
    if content.startswith(b"PK"):
        return _of_archive(content)
    if b"%PDF" in content[:_PDF_WITHIN]:
        return read_pdf
    if content.lstrip(b"\xef\xbb\xbf \t\r\n").lower().startswith(_MARKUP):
        return read_html
    if content.startswith(_OLD):
        raise Unread(
            "c’est un document Word d’avant 2007, ou protégé par un mot de passe",
            "ouvrez-le dans Word ou LibreOffice et enregistrez-le en DOCX, sans mot de passe",
        )
    if content.startswith(_PICTURES):
        raise Unread(
            "c’est une image : dla ne lit pas une photographie ou un scan",
            "demandez le document d’origine, ou saisissez ce qu’il dit avec dla new --questions",
        )
    raise Unread(
        "dla ne lit pas ce genre de fichier",
        f"redemandez-le en DOCX, ODT, PDF ou HTML ; {_LIST}",
    )


def _of_archive(content: bytes) -> Callable[[bytes], Read]:
    try:
        names = unpacked(content, {WORD, WRITER, _MIMETYPE, _EXCEL, _MANIFEST})
    except ArchiveFault as fault:
        raise Unread(
            str(fault), "redemandez-le à qui l’a envoyé, sans mot de passe ni compression à part"
        ) from fault
    if b"encryption-data" in names.get(_MANIFEST, b""):
        raise Unread("le document est protégé par un mot de passe", _HINTS["mot de passe"])
    if _EXCEL in names or names.get(_MIMETYPE, b"").strip() == _CALC:
        raise Unread("c’est un classeur", _LIST)
    if WORD in names:
        return read_docx
    if WRITER in names:
        return read_odt
    raise Unread(
        "l’archive n’est ni un document Word ni un document LibreOffice",
        "si elle en contient plusieurs, décompressez-la, puis donnez son dossier à dla receive",
    )
