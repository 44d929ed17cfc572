"""What is said of a workbook, at its own coordinates: `B5`, the name of the row, the column."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Remark:
    """What is said of a cell, of a row (`rank` 0) or of the whole list (`row` 0).

    `fault`: whether it forbids the row. `name` is that of the row, `title` that of the column.
    """

    row: int
    rank: int
    name: str
    title: str
    told: str
    hint: str = ""
    fault: bool = True

    @property
    def place(self) -> str:
        """Where it is, as a spreadsheet names it; empty for the whole list."""
        if not self.row:
            return ""
        return f"{letters(self.rank)}{self.row}" if self.rank else f"ligne {self.row}"


def letters(rank: int) -> str:
    """The name of a column by its rank from 1: A, Z, AA."""
    told = ""
    while rank:
        rank, left = divmod(rank - 1, 26)
        told = chr(65 + left) + told
    return told
