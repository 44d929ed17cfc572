"""Cells of a workbook that look full and give no value: a formula never computed, an error.

A reader of values takes them for empty cells, and what they stand for would be lost in silence. A
program that writes workbooks without computing them, as scripts do, leaves such formulas.
"""

import re
from collections.abc import Iterator, Mapping

Place = tuple[int, int]
"""A row and a column, from 1."""

FORMULA = "cette formule n’a pas de valeur enregistrée"
ERROR = "cette cellule est en erreur dans le tableur"

_SHEET = re.compile(rb"<(?:\w++:)?sheet\b([^<>]*+)>")
_SHEET_NAME, _SHEET_LINK = re.compile(rb'\bname="([^"]*+)"'), re.compile(rb':id="([^"]*+)"')
_LINK = re.compile(rb"<(?:\w+:)?Relationship\b[^>]*>")
_ID, _TARGET = re.compile(rb'\bId="([^"]*)"'), re.compile(rb'\bTarget="([^"]*)"')
_CELL = re.compile(rb"<(?:\w++:)?c\b([^>]*+)(?<!/)>(.*?)</(?:\w++:)?c>", re.S)
_REFERENCE, _ERROR = re.compile(rb'\br="([A-Z]{1,3})(\d{1,7})"'), re.compile(rb'\bt="e"')
_VALUE = re.compile(rb"<(?:\w+:)?(?:v>[^<]|is>|t>)")
_ODS = re.compile(
    rb'<table:(table-row|table-cell|covered-table-cell|table)(?![\w-])((?:[^>"]|"[^"]*")*)>'
)
_REPEATED = re.compile(rb'number-(?:columns|rows)-repeated="(\d{1,7})"')
_NAME = re.compile(rb'table:name="([^"]*)"')


def _listed(book: bytes) -> Iterator[tuple[bytes, bytes]]:
    """The name of each sheet of a workbook, and the link that leads to it."""
    for held in _SHEET.findall(book):
        name, link = _SHEET_NAME.search(held), _SHEET_LINK.search(held)
        if name and link:
            yield name[1], link[1]


def unvalued(parts: Mapping[str, bytes]) -> dict[str, dict[Place, str]]:
    """By name of sheet, the cells of an archive that hold no value though they hold something."""
    if "content.xml" in parts:
        return _of_ods(parts["content.xml"])
    return {name: dict(_of_xlsx(parts[path])) for name, path in _sheets(parts) if path in parts}


def counts_from_1904(parts: Mapping[str, bytes]) -> bool:
    """Whether the days of a workbook count from 1904, as those of old Macintoshes do."""
    return bool(re.search(rb'\bdate1904="(?:1|true)"', parts.get("xl/workbook.xml", b"")))


def _sheets(parts: Mapping[str, bytes]) -> Iterator[tuple[str, str]]:
    """The sheets of an XLSX, each with the name of its part."""
    links = _LINK.findall(parts.get("xl/_rels/workbook.xml.rels", b""))
    named = ((_ID.search(link), _TARGET.search(link)) for link in links)
    targets = {i[1]: t[1].decode("utf-8", "replace") for i, t in named if i and t}
    for name, link in _listed(parts.get("xl/workbook.xml", b"")):
        target = targets.get(link, "")
        path = target.removeprefix("/") if target.startswith("/") else f"xl/{target}"
        yield _text(name), path


def _of_xlsx(sheet: bytes) -> Iterator[tuple[Place, str]]:
    for cell in _CELL.finditer(sheet):
        told, inside = cell.groups()
        place = _REFERENCE.search(told)
        if not place:
            continue
        if _ERROR.search(told):
            yield (int(place[2]), _column(place[1])), ERROR
        elif b"f" in inside and re.search(rb"<(?:\w+:)?f\b", inside) and not _VALUE.search(inside):
            yield (int(place[2]), _column(place[1])), FORMULA


def _of_ods(content: bytes) -> dict[str, dict[Place, str]]:
    found: dict[str, dict[Place, str]] = {}
    here: dict[Place, str] = {}
    row, column, after = 1, 1, 1
    for tag in _ODS.finditer(content):
        kind, told = tag.groups()
        repeated = _REPEATED.search(told)
        times = int(repeated[1]) if repeated else 1
        if kind == b"table":
            name = _NAME.search(told)
            here = found.setdefault(_text(name[1]) if name else "", {})
            row, after = 1, 1
        elif kind == b"table-row":
            row, column, after = after, 1, after + times
        else:
            if b'value-type="error"' in told:
                here[row, column] = ERROR
            elif b"table:formula=" in told and b"value-type=" not in told:
                here[row, column] = FORMULA
            column += times
    return found


def _column(letters: bytes) -> int:
    rank = 0
    for letter in letters:
        rank = rank * 26 + letter - 64
    return rank


def _text(name: bytes) -> str:
    """The name of a sheet without the escapes of XML."""
    text = name.decode("utf-8", "replace")
    for escape, sign in (("&lt;", "<"), ("&gt;", ">"), ("&quot;", '"'), ("&apos;", "'")):
        text = text.replace(escape, sign)
    return text.replace("&amp;", "&")
