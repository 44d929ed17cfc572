"""A received file as it is judged: passages in order, each under its title, with page and rank.

Nobody marks a title in the same way: a style says it, or bold, else a short line that text follows.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
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
_ENDS = (".", ";", ",", "…", "!")
_BULLETS = "-–•*▪►→☐☒\uf0b7"
_TAIL = re.compile(
    r"(?<![\d .,])\d[\d .,]*+(?:€|%|h\.?t\.?|t\.?t\.?c\.?|jours?|euros?)*+\s*+$", re.I
)
_NUMBERED = re.compile(
    r"^(?:(?:[IVX]+|\d{1,2}(?:\.\d{1,2})*+)(?:\s?[.)°/:–-])*+\s++|[A-H](?:\s?[.)°/–-])++\s++"
    rf"|[{_BULLETS}]\s*+)"
)
_STEP = re.compile(
    r"^(?:étape|etape|phase|partie|axe|volet|temps|module|séquence|lot) \w+\s?[:–-]", re.I
)
_SIBLING = re.compile(r"^(\d{1,2})[.)°]?\s")
_ASKS = re.compile(r"^(?:qui|que|quoi|pourquoi|comment|combien|où|quand|quel|quelle|et)\b", re.I)
_CONTENTS = re.compile(r"^(?:sommaire|table des matieres|plan du (?:rapport|document))\b")
_LETTER = re.compile(
    r"^(?:(?:madame|monsieur|mesdames|messieurs|chere?s?|bonjour)\b.{0,50},$|objet ?:)"
)


@dataclass(frozen=True)
class Passage:
    """A paragraph, a title or a row of a table; `plain` is its text as it is compared.

    `page` from 1, 0 where the format has none; `rank` counts paragraphs from 1, 0 where lines are
    not paragraphs (PDF). `cells`: those of a row, of the table `table`, `row` from 1. `cover`:
    whether it stands on the first page, or before the body where there are no pages. `sheet`: the
    pages begun by hand up to it. `strong`: set as a title. `item`: of a list. `around`: of the
    heads and feet.
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
    sheet: int = 0
    strong: bool = False
    item: bool = False
    around: bool = False

    @property
    def shown(self) -> str:
        """Its words on one line, the cells of a row apart."""
        cells = (" ".join(cell.split()) for cell in self.cells if cell.strip())
        return " · ".join(cells) if self.cells else " ".join(self.text.split())


def passages_of(read: Read) -> tuple[Passage, ...]:
    """The passages of a file, empty ones left out, then those of its heads and feet."""
    laid = read.laid or read.blocks
    blocks = [block for block in laid if not isinstance(block, Words) or _is_text(block)]
    merged = list(_paragraphs(blocks)) if read.format == "pdf" and not read.laid else blocks
    every = (passage for block in merged for passage in _passages(block, read.format))
    found = _without_contents(list(islice(every, LONGEST)))
    lines = read.format == "pdf"
    titled = [_with_title(n, found, lines) for n in range(len(found))]
    covered = _covered(titled, read.pages)
    texts = dict.fromkeys(words.text for words in read.edges if words.text.strip())
    around = (Passage(text, folded(text), cover=True, around=True) for text in texts)
    return (*covered, *around)


def margins_of(read: Read) -> tuple[Words, ...]:
    """The comments and the notes, which are not judged: their author may not be its author."""
    every = (block for block in read.blocks if isinstance(block, Words))
    return tuple(words for words in every if words.role is Role.MARGIN and words.text.strip())


def _is_text(words: Words) -> bool:
    return bool(words.text.strip()) and words.role is not Role.MARGIN


def _passages(block: Block, format: str) -> Iterator[Passage]:
    if isinstance(block, Grid):
        yield from _rows(block)
        return
    rank = 0 if format == "pdf" else block.rank
    for line in _pieces(block.text):
        if line.strip():
            heading = block.role is Role.HEADING
            yield Passage(
                *(line.strip(), folded(line), block.page, rank, heading),
                sheet=block.sheet,
                strong=block.strong,
                item=block.role is Role.ITEM,
            )


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
        sheet = first.sheet if first else 0
        if len(grid.rows) * len(row) == 1:
            for line in _pieces(cells[0]):
                if line.strip():
                    yield Passage(line, folded(line), page, rank, sheet=sheet)
        elif any(cell.strip() for cell in cells):
            cells = tuple(cell[:_PIECE] for cell in cells)
            text = " : ".join(" ".join(cell.split()) for cell in cells if cell.strip())
            place = (page, rank, False, grid.rank, number, cells)
            yield Passage(text, folded(text), *place, sheet=sheet)


def _paragraphs(blocks: Sequence[Block]) -> Iterator[Words]:
    """The lines of a PDF put together again, a paragraph each: nothing says how they stand."""
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


def _without_contents(found: list[Passage]) -> list[Passage]:
    """The passages but those of a table of contents: it holds titles, and nothing below them."""
    start = next((n for n, one in enumerate(found) if _CONTENTS.match(one.plain)), None)
    if start is None or len(found[start].text) > _A_TITLE:
        return found
    later = [one.plain for one in found[start + 1 :]]
    end = start + 1
    while end < len(found) and _is_entry(found[end].plain, later[end - start :]):
        end += 1
    return [*found[:start], *found[end:]]


def _is_entry(plain: str, later: Sequence[str]) -> bool:
    """Whether a line ends with the number of a page, or is the title of what follows."""
    bare = plain.rstrip("0123456789").rstrip(" .…:_")
    return bare != plain or any(other.startswith(bare) for other in later if bare)


def _with_title(n: int, found: Sequence[Passage], lines: bool) -> Passage:
    """A passage, told to be a title where nothing marks it and it looks like one."""
    one = found[n]
    if one.title or one.table or not _looks_like_title(one):
        return one
    following = next(iter(found[n + 1 : n + 2]), None)
    if (one.item or _is_listed(n, found)) and not one.strong:
        return one
    # Two short lines in a row are an address, a list of dates: the second is what the first says.
    stands = following is not None and (len(following.text) > len(one.text) or following.table > 0)
    numbered = bool(_NUMBERED.match(one.text)) and one.text[:1] not in _BULLETS
    if one.strong or stands or numbered or (lines and one.text.isupper()):
        return replace(one, title=True)
    return one


def _is_listed(n: int, found: Sequence[Passage]) -> bool:
    """Whether a numbered line is of a list: the one before or after it has the number beside."""
    own = _sibling(found[n])
    if own is None:
        return False
    beside = (_sibling(one) for one in (*found[max(n - 1, 0) : n], *found[n + 1 : n + 2]))
    return any(other is not None and abs(other - own) == 1 for other in beside)


def _sibling(one: Passage) -> int | None:
    told = None if one.title or one.table else _SIBLING.match(one.text)
    return int(told[1]) if told else None


def _looks_like_title(one: Passage) -> bool:
    text = one.text
    words = _NUMBERED.sub("", text).strip()
    if not words or len(text) > _A_TITLE or text.rstrip().endswith(_ENDS) or "@" in text:
        return False
    if text.rstrip().endswith("?") and not (one.strong or _ASKS.match(words)):
        return False
    starts = words[:1].isupper() and text[:1] not in _BULLETS
    label = re.search(r"\s?:\s+\S", text) is not None and not _STEP.match(text)
    return starts and not label and not _TAIL.search(text[-_FULL:])


def _covered(found: Sequence[Passage], pages: int) -> Iterator[Passage]:
    """The passages, those of the cover told: it follows the letter that comes before it, if any."""
    paged, turned = pages > 1, any(one.sheet > 1 for one in found)
    if paged or turned:
        numbers = [one.page if paged else max(one.sheet, 1) for one in found]
        last = 2 if _is_letter(found, numbers) else 1
        yield from (replace(one, cover=n <= last) for one, n in zip(found, numbers, strict=True))
        return
    body = next((n for n in range(len(found)) if _begins(found, n)), None)
    end = min(_A_COVER, len(found) if body is None else body)
    yield from (replace(one, cover=n < end) for n, one in enumerate(found))


def _is_letter(found: Sequence[Passage], numbers: Sequence[int]) -> bool:
    """Whether the first page is a letter, and the second one a cover: it has no long text."""
    pairs = list(zip(found, numbers, strict=True))
    greets = any(_LETTER.match(one.plain) for one, n in pairs if n == 1)
    second = [one for one, n in pairs if n == 2]
    return greets and all(len(one.plain.split()) < _A_PARAGRAPH for one in second)


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
