"""Days of a received document, counted again: those of a calendar, those that a sentence sums."""

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal

from dla_docs.judge.amounts import Price, where
from dla_docs.judge.needs import COUNTS, DAYS, WHEN
from dla_docs.judge.passages import Passage
from dla_docs.judge.rows import amount_of
from dla_docs.model.readings import number
from dla_docs.model.values import printed
from dla_docs.model.words import folded

_LENGTH = re.compile(r"\b(?:durees?|jours?|journees?|nb|nombre|temps)\b")
_MONEY = re.compile(r"€|\beuros?\b|\bprix\b|\bmontant\b|\btarif\b")
_WHOLE = re.compile(r"\b(?:au total|en tout|duree totale)\b")
_SUM = re.compile(r"\btotal|\bensemble\b|\bsomme\b")
_MOST = Decimal(5)
"""Days of one session, at most: what is above counts something else."""

Done = tuple[Decimal, Passage]
"""Days that a calendar comes to, and where they are read."""


def days_done(found: Sequence[Passage]) -> tuple[Done | None, tuple[str, ...]]:
    """The days of the first calendar that has their lengths, and where it sums them wrongly.

    One column says them, or one for each person.
    """
    for head in (one for one in found if one.row == 1):
        rows = [one for one in found if one.table == head.table and one.row > 1]
        dated = [one for one in rows if WHEN.search(one.plain) and not _SUM.search(one.plain)]
        ranks = _lengths(head, dated)
        if len(dated) < 2 or not ranks:
            continue
        done = sum((_counted(one, ranks) for one in dated), Decimal(0))
        if not done:
            continue
        faults = [fault for one in rows for fault in _wrong(one, dated, ranks, done)]
        return (done, head), tuple(faults)
    return None, ()


def _lengths(head: Passage, dated: Sequence[Passage]) -> list[int]:
    """The ranks of the columns of lengths of a calendar; none in a table of prices."""
    cells = [folded(cell) for cell in head.cells]
    if any(map(_MONEY.search, cells)) or any("€" in one.plain for one in dated):
        return []
    ranks = [n for n, cell in enumerate(cells) if n and _LENGTH.search(cell)]
    if ranks:
        return ranks[-1:]
    every = [n for n in range(1, len(cells)) if _are_days([one.cells[n : n + 1] for one in dated])]
    # A column of numbers beside the dates may be anything: two at least are those of people.
    return every if len(every) > 1 else []


def _are_days(column: Sequence[Sequence[str]]) -> bool:
    """Whether a column holds lengths, and blanks: at least one of them."""
    texts = [cell.strip() for cells in column for cell in cells]
    values = [amount_of(text) for text in texts if text.strip(" -–—")]
    return bool(values) and all(value is not None and value <= _MOST for value in values)


def _counted(one: Passage, ranks: Sequence[int]) -> Decimal:
    values = (amount_of(one.cells[rank]) for rank in ranks if rank < len(one.cells))
    return sum((value for value in values if value is not None), Decimal(0))


def _wrong(
    one: Passage, dated: Sequence[Passage], ranks: Sequence[int], done: Decimal
) -> Iterator[str]:
    """What a row of totals says, where it is not what the rows above it come to."""
    if one in dated or not _SUM.search(one.plain):
        return
    own = {n: sum((_counted(row, [n]) for row in dated), Decimal(0)) for n in ranks}
    said = [amount_of(cell) for cell in one.cells[1:]]
    told = [value for value in said if value is not None]
    # Of several columns, a row sums each of them, or all of them together.
    right = {done, *own.values()}
    for value in told:
        if value not in right:
            yield (
                f"{where(one)} : les durées font {printed(done)} jours, "
                f"le document dit {printed(value)}"
            )
            return


def days_told(found: Sequence[Passage], price: Price) -> Iterator[str]:
    """The days that a sentence says in all, where the budget counts others."""
    counted = next((value for key, value, _ in price.data if key == "jours"), None)
    if counted is None:
        return
    for one in found:
        match = DAYS.search(one.plain) if not one.table and _WHOLE.search(one.plain) else None
        said = _read(match[1]) if match else None
        if said is not None and match and one.plain[match.end() :].startswith(" et demi"):
            said += Decimal("0.5")
        if said is not None and said != counted:
            yield (
                f"{where(one)} : le document dit {printed(said)} jours, son budget en compte "
                f"{printed(counted)}"
            )
            return


def _read(text: str) -> Decimal | None:
    return Decimal(max(1, COUNTS.index(text))) if text in COUNTS else number(text)
