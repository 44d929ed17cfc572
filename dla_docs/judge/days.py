"""Days of a received document, counted again: those of a calendar, those that a sentence sums."""

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal

from dla_docs.judge.amounts import Price, amount_of, where
from dla_docs.judge.needs import COUNTS, DAY, DAYS
from dla_docs.judge.passages import Passage
from dla_docs.model.readings import number
from dla_docs.model.values import printed
from dla_docs.model.words import folded

_LENGTH = re.compile(r"\b(?:durees?|jours?|journees?|nb|nombre|temps)\b")
_MONEY = re.compile(r"€|\beuros?\b|\bprix\b|\bmontant\b|\btarif\b")
_WHOLE = re.compile(r"\b(?:au total|en tout|duree totale)\b")

Done = tuple[Decimal, Passage]
"""Days that a calendar comes to, and where they are read."""


def days_done(found: Sequence[Passage]) -> tuple[Done | None, tuple[str, ...]]:
    """The days of the first calendar that has their lengths, and where it sums them wrongly."""
    for head in (one for one in found if one.row == 1):
        rank = _length(head)
        rows = [one for one in found if one.table == head.table and one.row > 1]
        if rank is None or not any(DAY.search(one.plain) for one in rows):
            continue
        lengths = [(one, amount_of(one.cells[rank])) for one in rows if len(one.cells) > rank]
        dated = [value for one, value in lengths if value is not None and DAY.search(one.plain)]
        done = sum(dated, Decimal(0))
        told = [(one, v) for one, v in lengths if v is not None and "total" in one.plain]
        faults = tuple(
            f"{where(one)} : les durées font {printed(done)} jours, le document dit {printed(said)}"
            for one, said in told
            if said != done
        )
        return ((done, head) if dated else None), faults
    return None, ()


def _length(head: Passage) -> int | None:
    """The rank of the column of lengths of a calendar; None in a table of prices, or without."""
    cells = [folded(cell) for cell in head.cells]
    if any(_MONEY.search(cell) for cell in cells):
        return None
    ranks = [n for n, cell in enumerate(cells) if n and _LENGTH.search(cell)]
    return ranks[-1] if ranks else None


def days_told(found: Sequence[Passage], price: Price) -> Iterator[str]:
    """The days that a sentence says in all, where the budget counts others."""
    counted = next((value for key, value, _ in price.data if key == "jours"), None)
    if counted is None:
        return
    for one in found:
        match = DAYS.search(one.plain) if not one.table and _WHOLE.search(one.plain) else None
        said = _read(match[1]) if match else None
        if said is not None and said != counted:
            yield (
                f"{where(one)} : le document dit {printed(said)} jours, son budget en compte "
                f"{printed(counted)}"
            )
            return


def _read(text: str) -> Decimal | None:
    return Decimal(max(1, COUNTS.index(text))) if text in COUNTS else number(text)
