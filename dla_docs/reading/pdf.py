"""Reads a PDF: the values of its fields, and its lines page by page."""

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from io import BytesIO
from itertools import islice
from typing import Any

import pikepdf
from pikepdf import open as parsed

from dla_docs.reading.blocks import Read, Role, Words
from dla_docs.reading.pdf_layout import laid_out
from dla_docs.reading.pdf_text import (
    Damaged,
    Line,
    has_drawings,
    lines_of,
    pictures_of,
    rules_of,
)

PAGES = 200
"""Pages of a PDF that is read, at most: a final report has fewer than a hundred."""
FIELDS = 2_000
"""Fields that are read, at most: our longest form has ninety."""
NOTES = 500
"""Texts written over the pages that are read, at most."""
_DEEP = 20
"""Levels of fields within fields, at most: a file may name itself as its own part."""


class PdfFault(Exception):
    """A PDF that is not read; the message is the French reason, about « le PDF »."""


def read_pdf(content: bytes) -> Read:
    """A PDF. Raises PdfFault for what is none, is locked, or has too many pages."""
    try:
        with parsed(BytesIO(content)) as document:
            count = len(document.pages)
            if count > PAGES:
                raise PdfFault(f"le PDF a {count} pages : dla en lit {PAGES} au plus")
            fields = dict(_fields(document))
            mark, notes = _mark(document), tuple(_notes(document))
    except pikepdf.PasswordError:
        raise PdfFault("le PDF est protégé par un mot de passe") from None
    except PdfFault:
        raise
    # pikepdf raises its own errors, and those of Python on damaged objects: all mean the same.
    except Exception as error:
        raise PdfFault("le PDF est abîmé") from error
    try:
        return replace(_read(content, mark, fields, count), edges=notes)
    except Damaged as error:
        raise PdfFault("le PDF est abîmé") from error


def _read(content: bytes, mark: str, fields: Mapping[str, str | bool], count: int) -> Read:
    lines = list(_without_margins(list(lines_of(content)), count))
    blocks = tuple(_words(lines))
    # A form of ours has its fields: nobody looks for logos in it, nor for where its lines stand.
    images = () if mark else tuple(pictures_of(content))
    laid = () if mark else tuple(laid_out(lines, tuple(rules_of(content))))
    drawn = bool(mark) or has_drawings(content)
    return Read("pdf", blocks, fields, mark, count, images=images, laid=laid, drawn=drawn)


def _without_margins(lines: list[Line], pages: int) -> Iterator[Line]:
    """The lines but those that most pages bear, whatever the number of the page: heads and feet.

    Those of the first page stay: a document that has no cover says there who wrote it.
    """
    bare = [re.sub(r"\d+", "0", line.text) for line in lines]
    seen = Counter(dict.fromkeys(zip((one.page for one in lines), bare, strict=True)).keys())
    held = Counter(line for _, line in seen)
    most = {line for line, times in held.items() if times >= max(2, pages - 1)}
    pairs = zip(lines, bare, strict=True)
    yield from (one for one, line in pairs if one.page == 1 or line not in most)


def _words(lines: Sequence[Line]) -> Iterator[Words]:
    for rank, line in enumerate(lines, 1):
        yield Words(line.text, Role.PARAGRAPH, rank, line.page)


def _notes(document: pikepdf.Pdf) -> Iterator[Words]:
    """What is written over the pages, as people do who cannot type in the fields."""
    held = ((n, note) for n, page in enumerate(document.pages, 1) for note in _over(page))
    for rank, (page, text) in enumerate(islice(held, NOTES), 1):
        yield Words(text, Role.MARGIN, rank, page)


def _over(page: pikepdf.Page) -> Iterator[str]:
    for note in page.obj.get("/Annots", ()):
        kind = str(note.get("/Subtype", "")) if isinstance(note, pikepdf.Dictionary) else ""
        if kind in {"/FreeText", "/Text"}:
            yield _text(note.get("/Contents"))


def _mark(document: pikepdf.Pdf) -> str:
    """What our PDF say of their making, which programs that fill them keep."""
    told = str(document.docinfo.get("/Keywords", ""))
    return told if told.startswith("dla:") else ""


def _fields(document: pikepdf.Pdf) -> Iterator[tuple[str, str | bool]]:
    """The values of the fields by their whole names."""
    form = document.Root.get("/AcroForm")
    fields = form.get("/Fields", ()) if isinstance(form, pikepdf.Dictionary) else ()
    left = [FIELDS]
    for field in fields:
        yield from _field(field, "", {}, left, 0)


def _field(
    field: Any, above: str, inherited: Mapping[str, Any], left: list[int], depth: int
) -> Iterator[tuple[str, str | bool]]:
    """A field, or those below it: a name is the names above it, joined by points."""
    if not isinstance(field, pikepdf.Dictionary) or depth > _DEEP or left[0] <= 0:
        return
    left[0] -= 1
    own = str(field.get("/T", ""))
    name = ".".join(part for part in (above, own) if part)
    known = {**inherited, **{k: field[k] for k in ("/FT", "/V") if k in field}}
    kids = [kid for kid in field.get("/Kids", ()) if isinstance(kid, pikepdf.Dictionary)]
    if any("/T" in kid for kid in kids):
        for kid in kids:
            yield from _field(kid, name, known, left, depth + 1)
    elif name:
        yield from _value(name, known, kids)


def _value(
    name: str, known: Mapping[str, Any], kids: list[pikepdf.Dictionary]
) -> Iterator[tuple[str, str | bool]]:
    """The value of a field; of a group of choices, each choice under the name it is ticked by."""
    kind, value = str(known.get("/FT", "")), known.get("/V")
    if kind != "/Btn":
        yield name, _text(value)
        return
    chosen = str(value) if value is not None else "/Off"
    states = [state for kid in kids for state in _states(kid)]
    if len(kids) > 1 and states:
        for state in states:
            yield state.removeprefix("/"), state == chosen
        return
    yield name, chosen not in {"/Off", "", "None"}


def _states(kid: pikepdf.Dictionary) -> list[str]:
    """The states of a button that are not « off »."""
    looks = kid.get("/AP")
    drawn = looks.get("/N") if isinstance(looks, pikepdf.Dictionary) else None
    names = drawn if isinstance(drawn, pikepdf.Dictionary) else ()
    return [str(key) for key in names if str(key) != "/Off"]


def _text(value: Any) -> str:
    if isinstance(value, pikepdf.Array):
        return "\n".join(map(str, value))
    text = "" if value is None else str(value)
    return text.replace("\r\n", "\n").replace("\r", "\n")
