"""What a filled form answers to each field of the blank one, and how each answer was found.

Nothing is lost: a text that answers no field is told apart (`Reply.more`).
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum
from types import MappingProxyType

from dla_docs.formats.fields import prompt_of
from dla_docs.forms.fields import Field, Kind
from dla_docs.model.values import NO_BREAK
from dla_docs.reading.blocks import Grid, Read, Role, Words
from dla_docs.receive.align import Pairs, Unit, anchors, cell_of, pair, words_of, written_as
from dla_docs.receive.blank import Blank
from dla_docs.receive.folded import after_prompt, plain, says, tick_of, without_label
from dla_docs.receive.landmarks import ANCHOR, Landmark, landmarks_of, units_of
from dla_docs.receive.rows import STRUCK, Line, beyond, lines_of_fields, lines_of_grid
from dla_docs.receive.traces import (
    crossed_beside,
    differs,
    half_deleted,
    in_words,
    more_at_the_edges,
    repeats,
    unread,
)

_PRINTED = "lu dans les lignes d’un PDF imprimé, sans ses tableaux"
_LINE = 12
"""Signs from which a line of a PDF that the form has too is not an answer."""


class How(StrEnum):
    """How an answer was found, from the surest."""

    FIELD = "champ"
    ANCHOR = "repère"
    LABEL = "libellé"
    PLACE = "place"


@dataclass(frozen=True)
class Answer:
    """An answer: its text, or whether its box is ticked. `doubt`: why a person must look at it.

    `rank` counts the paragraphs of the file from 1, `page` its pages; 0 where there is none.
    """

    key: str
    text: str
    how: How
    ticked: bool | None = None
    page: int = 0
    rank: int = 0
    doubt: str = ""


@dataclass(frozen=True)
class Reply:
    """All that a filled form answers: by field, by row of its tables; and what is in it besides.

    `lost`: the labels that are no longer there, hence what they asked, unless it was found.
    `remarks`: what is not read, and must be looked at in the file.
    """

    answers: Mapping[str, Answer] = field(default_factory=lambda: MappingProxyType({}))
    lines: Mapping[str, tuple[Line, ...]] = field(default_factory=lambda: MappingProxyType({}))
    more: tuple[Words, ...] = ()
    lost: tuple[str, ...] = ()
    remarks: tuple[str, ...] = ()


def reply_of(read: Read, blank: Blank) -> Reply:
    """What a filled form answers, by its fields where it has them, else by its structure."""
    reply = _of_fields(read, blank) if has_fields(read, blank) else _Reader(read, blank).reply()
    if read.format == "pdf" and not read.fields:
        reply = _doubted(reply, _PRINTED)
    more = (*reply.more, *more_at_the_edges(read, blank.read))
    return replace(reply, more=more, remarks=tuple(unread(read, blank.read)))


def has_fields(read: Read, blank: Blank) -> bool:
    """Whether a file names its answers: a PDF that was filled, a page that was saved."""
    return read.format in {"html", "pdf"} and any(key in read.fields for key in blank.fields)


def _doubted(reply: Reply, why: str) -> Reply:
    """The same reply, where every answer must be looked at."""
    answers = {key: replace(a, doubt=a.doubt or why) for key, a in reply.answers.items()}
    return replace(reply, answers=answers)


def _of_fields(read: Read, blank: Blank) -> Reply:
    """The answers of a PDF or of a page, which names them."""
    cells = {key for table in blank.tables.values() for row in table.rows for key in row.keys}
    answers = {
        key: answer
        for key, one in blank.fields.items()
        if key not in cells and (answer := _of_value(one, read.fields.get(key)))
    }
    lines = {key: lines_of_fields(table, read.fields) for key, table in blank.tables.items()}
    return Reply(answers, lines)


def _of_value(one: Field, value: str | bool | None) -> Answer | None:
    if isinstance(value, bool):
        return Answer(one.key, "", How.FIELD, value)
    text = _answered(value or "", one)
    return Answer(one.key, text, How.FIELD) if text else None


def _answered(text: str, one: Field) -> str:
    """What is written over a prompt, or after it; empty where nothing is."""
    prompt = prompt_of(one)
    words = after_prompt(text, prompt)
    return words if says(words) and words != prompt else ""


class _Reader:
    """Reads a filled form by its structure."""

    def __init__(self, read: Read, blank: Blank) -> None:
        self._blank, self._read = blank, read
        self._marks = landmarks_of(blank)
        blocks = units_of(read.blocks, blank.tables)
        self._units = [Unit.of(block, table) for block, table in blocks if _says(block)]
        self._pairs: Pairs = pair(self._marks, self._units)
        self._fixed = set(self._pairs.units.values())
        if read.format == "pdf":
            self._fixed |= self._wrapped()
        self._written_over = self._anchored_units()
        self._tables = self._printed_tables()
        self._used: set[int] = set()

    def reply(self) -> Reply:
        """All its answers."""
        answers: dict[str, Answer] = {}
        for rank, mark in enumerate(self._marks):
            for key in mark.keys:
                if answer := self._answer(rank, mark, key):
                    answers[key] = answer
        answers |= self._by_place(answers)
        answers |= self._preceded(answers)
        lines = self._lines()
        more = tuple(self._more())
        lost = tuple(key for key in self._asked() if key not in answers and self._lost(key))
        return Reply(self._confirmed(answers), lines, more, lost)

    def _asked(self) -> Iterator[str]:
        return (key for mark in self._marks for key in mark.keys)

    def _lost(self, key: str) -> bool:
        ranks = [rank for rank, mark in enumerate(self._marks) if key in mark.keys]
        return all(rank not in self._pairs.units for rank in ranks)

    def _answer(self, rank: int, mark: Landmark, key: str) -> Answer | None:
        """The answer of a label that is still there, or of a bookmark whose label is not."""
        one = self._blank.fields[key]
        at = self._pairs.units.get(rank)
        if one.kind is Kind.TICK:
            return self._ticked(key, at)
        how = How.ANCHOR if rank in self._pairs.anchored else How.LABEL
        if at is None:
            if (at := self._written_over.get(key)) is None:
                return None
            return self._gathered(one, How.ANCHOR, [at, *self._after(at)])
        own = self._rest(mark, at)
        after = self._in_cell(mark, at) if mark.slot is not None else self._after(at)
        return self._gathered(one, how, after, own)

    def _ticked(self, key: str, at: int | None) -> Answer | None:
        if at is None:
            return None
        words = self._units[at].block
        assert isinstance(words, Words)
        ticked = tick_of(words.text)
        doubt = "" if ticked is not None else "la case n’est plus là"
        label = plain(self._blank.fields[key].label.rpartition(":")[2])
        if not ticked and crossed_beside(words.text, label):
            ticked = True
            doubt = f"une croix est à côté de la case{NO_BREAK}: «{NO_BREAK}{words.text}{NO_BREAK}»"
        return Answer(key, "", How.LABEL, bool(ticked), words.page, words.rank, doubt)

    def _anchored_units(self) -> dict[str, int]:
        """The units where the bookmarks are whose labels were erased, or written over."""
        lost = {key for key in self._asked() if self._lost(key)}
        free = [n for n in range(len(self._units)) if n not in self._fixed]
        named = ((a.removeprefix(ANCHOR), n) for n in free for a in anchors(self._units[n]))
        return {key: n for key, n in named if key in lost}

    def _wrapped(self) -> set[int]:
        """The lines of a PDF that are of a longer text of the form."""
        texts = " ".join(mark.plain for mark in self._marks)
        long = ((n, unit.plain) for n, unit in enumerate(self._units) if len(unit.plain) >= _LINE)
        return {n for n, line in long if line in texts}

    def _printed_tables(self) -> set[int]:
        """The lines where the tables of a form begin, where a PDF has but lines of them."""
        titles = [[plain(t) for t in table.titles] for table in self._blank.tables.values()]
        first = {words[0] for words in titles if words} | {" ".join(words) for words in titles}
        return {n for n, unit in enumerate(self._units) if unit.plain and unit.plain in first}

    def _after(self, at: int) -> list[int]:
        """The units that follow one, up to what the blank form has next."""
        found = []
        for n in range(at + 1, len(self._units)):
            block = self._units[n].block
            ends = n in self._fixed or n in self._written_over.values() or n in self._tables
            if ends or isinstance(block, Grid) or block.role is Role.MARGIN:
                break
            found.append(n)
        return found

    def _in_cell(self, mark: Landmark, at: int) -> list[int]:
        """The units in the cell of an answer: that of its label, else the one that the form has.

        A form that another program saved in its own format has them otherwise than ours: our ODT
        has its answers in the cell below, which our DOCX has not.
        """
        block = self._units[at].block
        if not isinstance(block, Words) or not block.cell or mark.slot is None:
            return self._after(at)
        table, row, column = block.cell
        free = [n for n in range(len(self._units)) if n not in self._fixed]
        beside = [n for n in free if n > at and cell_of(self._units[n]) == block.cell]
        wanted = (table, row + mark.slot[0], column + mark.slot[1])
        below = (table, row + 1, column)
        labelled = {cell_of(self._units[n]) for n in self._fixed}
        cells = [wanted] if below in labelled else [wanted, below]
        held = ([n for n in free if cell_of(self._units[n]) == cell] for cell in cells)
        return beside or next((found for found in held if found), [])

    def _rest(self, mark: Landmark, at: int) -> str:
        """What is written after a label, in the same paragraph."""
        text = words_of(self._units[at])
        if self._units[at].plain == mark.plain or not self._units[at].plain.startswith(mark.plain):
            return ""
        return without_label(mark.plain, text)

    def _gathered(self, one: Field, how: How, ranks: Sequence[int], own: str = "") -> Answer | None:
        """An answer of some units, a paragraph each; a sentence is no number, and is told apart."""
        ranks = [n for n in ranks if not in_words(words_of(self._units[n]), one)]
        pieces = [written_as(self._units[n].block) for n in ranks]
        text = _answered("\n\n".join(piece for piece in (own, *pieces) if piece.strip()), one)
        self._used |= set(ranks)
        if not text:
            return None
        held = [block for n in ranks if isinstance(block := self._units[n].block, Words)]
        page, rank = (held[0].page, held[0].rank) if held else (0, 0)
        doubt = STRUCK if any(words.struck for words in held) else half_deleted(text, one)
        return Answer(one.key, text.replace("\n\n- ", "\n- "), how, None, page, rank, doubt)

    def _by_place(self, answers: Mapping[str, Answer]) -> dict[str, Answer]:
        """The answer of a label that is gone, where it stands alone between two that are there.

        What is there was given to the label before it, if there is one: then both are in doubt.
        """
        found: dict[str, Answer] = {}
        for before, lost, _ in self._gaps():
            keys = [key for rank in lost for key in self._marks[rank].keys]
            keys = [k for k in keys if self._blank.fields[k].kind is not Kind.TICK]
            if len(keys) != 1 or keys[0] in answers or before is None:
                continue
            one = self._blank.fields[keys[0]]
            holder = next(iter(self._marks[before].keys), "")
            at = self._pairs.units[before]
            if not holder and (answer := self._gathered(one, How.PLACE, self._after(at))):
                found[one.key] = replace(answer, doubt="son libellé n’est plus là")
            elif holder in answers:
                told = f"« {one.label} », qui suit, n’est plus là : sa réponse est peut-être ici"
                found[holder] = replace(answers[holder], doubt=told)
        return found

    def _preceded(self, answers: Mapping[str, Answer]) -> Iterator[tuple[str, Answer]]:
        """The answers below a text that is no one's, and those that end with the next label."""
        labels = [mark.block.text for mark in self._marks if isinstance(mark.block, Words)]
        for key, answer in answers.items():
            if repeats(answer.text, labels):
                yield key, replace(answer, doubt=answer.doubt or "un libellé y est répété")
        for rank, at in self._pairs.units.items():
            above = at - 1
            free = above >= 0 and above not in self._fixed and above not in self._used
            if free and says(words_of(self._units[above])):
                for key in (key for key in self._marks[rank].keys if key in answers):
                    told = "un texte en plus est au-dessus de son libellé"
                    yield key, replace(answers[key], doubt=answers[key].doubt or told)

    def _gaps(self) -> Iterator[tuple[int | None, list[int], int | None]]:
        """The landmarks that are gone, between the last one and the next one that are there."""
        before, lost = None, list[int]()
        for rank, mark in enumerate(self._marks):
            if rank not in self._pairs.units:
                lost += [rank] if mark.keys else []
                continue
            if lost:
                yield before, lost, rank
            before, lost = rank, []
        if lost:
            yield before, lost, None

    def _lines(self) -> dict[str, tuple[Line, ...]]:
        found: dict[str, tuple[Line, ...]] = {}
        for rank, mark in enumerate(self._marks):
            at = self._pairs.units.get(rank)
            block = self._units[at].block if mark.table and at is not None else None
            if isinstance(block, Grid):
                found[mark.table] = lines_of_grid(self._blank.tables[mark.table], block)
        return found

    def _more(self) -> Iterator[Words]:
        """The texts that are no landmark and answer nothing."""
        for n, unit in enumerate(self._units):
            free = n not in self._fixed and n not in self._used
            if not free and unit.table and isinstance(unit.block, Grid):
                yield from beyond(self._blank.tables[unit.table], unit.block)
            for words in unit.block.words() if isinstance(unit.block, Grid) else (unit.block,):
                if free and says(words.text):
                    yield words

    def _confirmed(self, answers: Mapping[str, Answer]) -> dict[str, Answer]:
        """The answers, held against what the fields of the file say of them, and its bound data."""
        shown = {c.name: c.text for words in self._read.words() for c in words.controls if c.name}
        found = dict(answers)
        for key, one in self._blank.fields.items():
            if one.kind is Kind.TICK or one.row:
                continue
            said = [str(self._read.fields.get(key) or ""), shown.get(key, "")]
            others = [text for text in (_answered(s, one) for s in said) if text]
            if key not in found and others:
                doubt = half_deleted(others[0], one)
                found[key] = Answer(key, others[0], How.FIELD, doubt=doubt)
            elif key in found and (other := differs(found[key].text, others)):
                doubt = f"le champ du document dit « {other} »"
                found[key] = replace(found[key], doubt=found[key].doubt or doubt)
        return found


def _says(block: Words | Grid) -> bool:
    return isinstance(block, Grid) or says(block.text) or bool(_anchors_of(block))


def _anchors_of(block: Words) -> list[str]:
    return [name for name in block.anchors if name.startswith(ANCHOR)]
