"""As many decimals for numbers of one kind: down a column, or along a row of figures of years."""

import re
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from dla_docs.formats.sheets.cells import Cell

_FORMAT = re.compile(r"(?P<whole>#,##0|0)(?:\.(?P<decimals>0+))?(?P<unit>[^0]*)")

Rows = tuple[tuple[Cell, ...], ...]


def even(rows: Rows) -> Rows:
    """Rows whose numbers have as many decimals as their kind.

    Where rows hold several units, a kind is a column; where columns do, it is a row.
    """
    columns = tuple(zip(*rows, strict=True))
    across, down = any(map(_mixed, rows)), any(map(_mixed, columns))
    if across == down:
        return rows
    return tuple(map(_evened, rows)) if down else tuple(zip(*map(_evened, columns), strict=True))


def _mixed(cells: Sequence[Cell]) -> bool:
    return len({found["unit"] for cell in cells if (found := _read(cell))}) > 1


def _evened(cells: tuple[Cell, ...]) -> tuple[Cell, ...]:
    read = [found for cell in cells if (found := _read(cell))]
    if len({found["unit"] for found in read}) != 1:
        return cells
    most = max((found["decimals"] or "" for found in read), key=len)
    return tuple(_with(cell, most) for cell in cells)


def _with(cell: Cell, decimals: str) -> Cell:
    found = _read(cell)
    if not found or not decimals:
        return cell
    return replace(cell, format=f"{found['whole']}.{decimals}{found['unit']}")


def _read(cell: Cell) -> re.Match[str] | None:
    number = isinstance(cell.value, Decimal)
    return _FORMAT.fullmatch(cell.format) if number else None
