"""The sheets of a workbook (XLSX, ODS) as rows of values. Alone knows python-calamine.

It runs in a process apart (`confined/`): the library holds a sheet as a full rectangle, so that one
cell at the last column of the last row asks for a terabyte, and it ends the program that asks.
"""

import io
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta

from python_calamine import (
    CalamineError,
    CalamineSheet,
    CalamineWorkbook,
    PasswordError,
    SheetVisibleEnum,
)

from dla_docs.engines.archives import ArchiveFault, unpacked
from dla_docs.engines.unvalued import Place, counts_from_1904, unvalued

Value = str | int | float | bool | date | datetime | time | timedelta
Row = tuple[Value, ...]

MOST_ROWS = 5_000
"""Rows of a list at most: a territory has some hundreds of structures."""
MOST_COLUMNS = 200
"""Columns that are looked at: the widest of our lists has fifty."""
MOST_SHEETS = 50
LONGEST = 10_000
"""Signs of a cell at most: three pages."""


@dataclass(frozen=True)
class Unread:
    """Why a workbook is not read, in French; it follows the name of the file in a sentence."""

    reason: str


@dataclass(frozen=True)
class Worksheet:
    """A sheet: its rows that hold something, each with its number from 1, as the program shows it.

    `flaws`: by row and column from 1, why a cell that looks full holds nothing that can be read.
    `cut`: whether it has more rows than `MOST_ROWS`. `late`: whether its days count from 1904.
    """

    name: str
    hidden: bool
    rows: tuple[tuple[int, Row], ...]
    flaws: Mapping[Place, str] = field(default_factory=dict)
    cut: bool = False
    late: bool = False


def prepare() -> None:
    """What the process is told before its jobs: nothing."""


def worksheets(_: None, content: bytes) -> Iterator[Worksheet | Unread]:
    """Each sheet of a workbook, in its order, whatever the bytes are."""
    try:
        parts = unpacked(content)
    except ArchiveFault as fault:
        yield Unread(f"n’est pas lisible ({fault})")
        return
    if b"encryption-data" in parts.get("META-INF/manifest.xml", b""):
        yield Unread("est protégé par un mot de passe")
        return
    flaws, late = unvalued(parts), counts_from_1904(parts)
    try:
        with CalamineWorkbook.from_filelike(io.BytesIO(content)) as book:
            for rank, told in enumerate(book.sheets_metadata[:MOST_SHEETS]):
                hidden = told.visible is not SheetVisibleEnum.Visible
                rows, cut = _rows(book.get_sheet_by_index(rank))
                yield Worksheet(told.name, hidden, rows, flaws.get(told.name, {}), cut, late)
    except PasswordError:
        yield Unread("est protégé par un mot de passe")
    except CalamineError:
        yield Unread("n’est pas lisible (le classeur est abîmé)")


def _rows(sheet: CalamineSheet) -> tuple[tuple[tuple[int, Row], ...], bool]:
    """The rows that hold something, and whether there were more than are kept.

    A row is given from the first column of the sheet that holds something.
    """
    left: Row = ("",) * (sheet.start[1] if sheet.start else 0)
    rows: list[tuple[int, Row]] = []
    for number, values in enumerate(sheet.iter_rows(), 1):
        row = (*left, *values)[:MOST_COLUMNS]
        if all(value == "" for value in row):
            continue
        if len(rows) == MOST_ROWS:
            return tuple(rows), True
        rows.append((number, tuple(_bounded(value) for value in row)))
    return tuple(rows), False


def _bounded(value: Value) -> Value:
    """A value no longer than is admitted by one sign, which shows that it was longer."""
    return value[: LONGEST + 1] if isinstance(value, str) else value
