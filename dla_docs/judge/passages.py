"""A received file as it is judged: passages in order, each under its title, with page and rank.

Nobody marks a title in the same way: a style says it, else a short line alone that text follows.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice, pairwise
from textwrap import wrap

from dla_docs.model.words import folded
from dla_docs.reading.blocks import Block, Grid, Read, Role, Words

LONGEST = 6_000
"""Passages that are judged, at most: a report of a hundred pages has three thousand."""
_PIECE = 3_000
"""Signs of a passage, at most: what is looked for in one takes the square of its length."""
_A_TITLE = 80
"""Signs of a title, at most: the longest of our own has seventy."""
_FULL = 55
"""Signs from which a line of a PDF goes on with the next one: an A4 page at 11 points holds 90."""
_A_COVER = 30
"""Passages of a cover where no page is known: six elements, an address each of five lines."""
_A_PARAGRAPH = 45
"""Words of a passage that no cover has: the body has begun."""
_SAID = 12
"""Words of a sentence below a title: an address, a date, a name below one have fewer."""
_ENDS = (".", ";", ",", "…", "!", "?")
_TAIL = re.compile(
    r"(?<![\d .,])\d[\d .,]*+(?:€|%|h\.?t\.?|t\.?t\.?c\.?|jours?|euros?)*+\s*+$", re.I
)
_NUMBERED = re.compile(r"^(?:(?:[IVX]+|[A-H]|\d{1,2}(?:\.\d{1,2})*+)[.)°/–-]*+\s++|[-–•*▪►]\s*+)")


@dataclass(frozen=True)
class Passage:
    """A paragraph, a title or a row of a table; `plain` is its text as it is compared.

    `page` from 1, 0 where the format has none; `rank` counts paragraphs from 1, 0 where lines are
    not paragraphs (PDF). `cells`: those of a row, of the table `table`, `row` from 1. `cover`:
    whether it stands on the first page, or before the body where there are no pages.
    """

    text: str
    plain: str
    page: int = 0
    rank: int = 0
    title: bool = False
    table: int = 0
    row: int = 0
    cells: tuple[str, ...] = ()
    cover: bool = False

    @property
    def shown(self) -> str:
        """Its words on one line, the cells of a row apart."""
        cells = (" ".join(cell.split()) for cell in self.cells if cell.strip())
        return " · ".join(cells) if self.cells else " ".join(self.text.split())


def passages_of(read: Read) -> tuple[Passage, ...]:
    """The passages of a file, empty ones left out."""
    blocks = [block for block in read.blocks if not isinstance(block, Words) or block.text.strip()]
    merged = list(_paragraphs(blocks)) if read.format == "pdf" else blocks
    every = (passage for block in merged for passage in _passages(block, read.format))
    found = list(islice(every, LONGEST))
    lines = read.format == "pdf"
    titled = [_with_title(one, found[n + 1 : n + 2], lines) for n, one in enumerate(found)]
    return tuple(_covered(titled, read.pages))


def _passages(block: Block, format: str) -> Iterator[Passage]:
    if isinstance(block, Grid):
        yield from _rows(block)
        return
    rank = 0 if format == "pdf" else block.rank
    for line in _pieces(block.text):
        if line.strip():
            heading = block.role is Role.HEADING
            yield Passage(line.strip(), folded(line), block.page, rank, heading)


def _pieces(text: str) -> Iterator[str]:
    """The lines of a text, those that are too long for a paragraph cut between two words."""
    for line in text.split("\n"):
        yield from wrap(line, _PIECE) if len(line) > _PIECE else (line,)


def _rows(grid: Grid) -> Iterator[Passage]:
    """The rows of a table; one of a single cell is a frame, and what is in it is text."""
    for number, row in enumerate(grid.rows, 1):
        cells = tuple(cell.text for cell in row)
        first = next((words for cell in row for words in cell.words), None)
        page, rank = (first.page or grid.page, first.rank) if first else (grid.page, 0)
        if len(grid.rows) * len(row) == 1:
            for line in _pieces(cells[0]):
                yield Passage(line, folded(line), page, rank)
        elif any(cell.strip() for cell in cells):
            cells = tuple(cell[:_PIECE] for cell in cells)
            text = " : ".join(" ".join(cell.split()) for cell in cells if cell.strip())
            yield Passage(text, folded(text), page, rank, False, grid.rank, number, cells)


def _paragraphs(blocks: Sequence[Block]) -> Iterator[Words]:
    """The lines of a PDF put together again, a paragraph each."""
    held: Words | None = None
    for line in (block for block in blocks if isinstance(block, Words)):
        if held is not None and _goes_on(held, line):
            held = Words(f"{held.text} {line.text}", held.role, held.rank, held.page)
            continue
        if held is not None:
            yield held
        held = line
    if held is not None:
        yield held


def _goes_on(held: Words, line: Words) -> bool:
    """Whether a line goes on with the sentence before it."""
    last, first = held.text.rstrip(), line.text.lstrip()[:1]
    if held.page != line.page or last.endswith((".", "!", "?", ":")) or _TAIL.search(last[-_FULL:]):
        return False
    return first.islower() or (len(last) >= _FULL and not _NUMBERED.match(line.text))


def _with_title(one: Passage, after: Sequence[Passage], lines: bool) -> Passage:
    """A passage, told to be a title where nothing marks it and it looks like one."""
    if one.title or one.table or not _looks_like_title(one.text):
        return one
    following = next(iter(after), None)
    # Two short lines in a row are an address, a list of dates: the second is what the first says.
    stands = following is not None and (len(following.text) > len(one.text) or following.table > 0)
    numbered = bool(_NUMBERED.match(one.text)) and one.text[:1] not in "-–•*▪►"
    return _as_title(one) if stands or numbered or (lines and one.text.isupper()) else one


def _as_title(one: Passage) -> Passage:
    return Passage(one.text, one.plain, one.page, one.rank, True, cover=one.cover)


def _looks_like_title(text: str) -> bool:
    words = _NUMBERED.sub("", text).strip()
    if not words or len(text) > _A_TITLE or text.rstrip().endswith(_ENDS) or "@" in text:
        return False
    starts = words[:1].isupper() and text[:1] not in "-–•*▪►"
    label = re.search(r"\s?:\s+\S", text) is not None
    return starts and not label and not _TAIL.search(text[-_FULL:])


def _covered(found: Sequence[Passage], pages: int) -> Iterator[Passage]:
    """The passages, those of the cover told."""
    body = next((n for n in range(len(found)) if _begins(found, n)), None)
    end = min(_A_COVER, len(found) if body is None else body)
    for n, one in enumerate(found):
        cover = one.page == 1 if pages > 1 else n < end
        yield Passage(
            *(one.text, one.plain, one.page, one.rank, one.title),
            *(one.table, one.row, one.cells, cover),
        )


def _begins(found: Sequence[Passage], n: int) -> bool:
    """Whether the body has begun: a long text, or a title that a sentence follows."""
    one, following = found[n], next(iter(found[n + 1 : n + 2]), None)
    if len(one.plain.split()) >= _A_PARAGRAPH:
        return True
    if not one.title or following is None or following.title or following.table:
        return False
    return len(following.plain.split()) >= _SAID and following.plain.endswith((".", "!", "?"))


@dataclass(frozen=True)
class Section:
    """A title with all that follows it, up to the next one."""

    title: Passage
    below: tuple[Passage, ...]

    @property
    def plain(self) -> str:
        """What it says, its title left out."""
        return " ".join(one.plain for one in self.below)


def sections_of(found: Sequence[Passage]) -> tuple[Section, ...]:
    """Every section; what comes before the first title is of none."""
    starts = [n for n, one in enumerate(found) if one.title] + [len(found)]
    return tuple(Section(found[a], tuple(found[a + 1 : b])) for a, b in pairwise(starts))
