"""Finds what a form asks: answers, boxes, blank cells; each place to write is marked by its key.

A document is a form where it has a division `reponse`: the boxes and the blank cells of another
one are printed, to be seen or written on by hand.
"""

import re
from dataclasses import dataclass, replace
from itertools import groupby
from types import MappingProxyType
from typing import Any

from dla_docs.forms.fields import Entry, Field, Form, Keys, Kind, Sheet
from dla_docs.tree.divisions import ANSWER, BOXES
from dla_docs.tree.nodes import (
    Node,
    Nodes,
    attributes,
    div,
    identifier,
    inner,
    is_div,
    items,
    nodes,
    pairs,
    rebuild,
    text,
)

FIELD, ROW = "champ", "champs"
"""The classes of a place to write within a text, and of short answers, two a row."""
KEY, PRODUCT, TOTAL, TAXED, HELP = "cle", "calcul", "total", "taxe", "aide"
"""Attributes that name a field or a table, and say what the table computes."""
ONE, ENTRIES = "exclusif", "natures"
"""Attributes of boxes, or of a table of boxes: one alone is ticked, in each row; and of a table:
what is typed in each column."""
BOX, TICKED = "☐", "☒"
_BOXES = frozenset({BOX, "☑", TICKED})
_CHOICE = re.compile(r"\w+(?: / \w+)+")
_UNNAMED = re.compile(r"titre-\d+|")
_RANK = re.compile(r"\d{1,2}")
_PRODUCT = re.compile(r"(\d)(?:=(\d)\*(\d))?")
_KINDS = {kind.value: kind for kind in (Kind.SHORT, Kind.DATE, Kind.NUMBER, Kind.SIGNATURE)}
_ENTRIES = {entry.value: entry for entry in Entry}


def is_form(blocks: Nodes) -> bool:
    """Whether some settled blocks ask for an answer."""
    return any(is_div(division, ANSWER) for division in nodes(blocks, "Div"))


def asked(blocks: Nodes) -> Form | None:
    """The form that some settled blocks are; None where they ask nothing."""
    if not is_form(blocks):
        return None
    asking = _Asking()
    marked = asking.blocks(blocks)
    return Form(marked, MappingProxyType(asking.fields), MappingProxyType(asking.sheets))


def key_of(node: Node) -> str:
    """The key that a marked answer, cell or box has."""
    return pairs(node).get(KEY, "")


class _Asking:
    """Walks a document in reading order: a label may be that of the heading above it.

    `_place` is what keys begin with: the name that the template gives the heading, else its words.
    """

    def __init__(self) -> None:
        self.fields: dict[str, Field] = {}
        self.sheets: dict[str, Sheet] = {}
        self._keys, self._heading, self._place = Keys(), "", ""

    def blocks(self, blocks: Nodes) -> Nodes:
        return self._paired([self._block(block) for block in blocks])

    def _block(self, block: Node) -> Node:
        content = block.get("c")
        match block["t"]:
            case "Header":
                self._heading = text(inner(block)).strip()
                named = identifier(block)
                self._place = self._heading if _UNNAMED.fullmatch(named) else named
                return block
            case "Div" if is_div(block, ANSWER):
                return self._answer(block)
            case "Div" if is_div(block, BOXES):
                return self._boxes(block)
            case "Div":
                return {"t": "Div", "c": [content[0], self.blocks(content[1])]}  # type: ignore[index]
            case "Table":
                return self._table(block)
            case "DefinitionList":
                entries = [[term, [self._entry(term, d) for d in ds]] for term, ds in content or []]
                return {"t": "DefinitionList", "c": entries}
            case "Para" | "Plain":
                return {"t": block["t"], "c": self._ticks(content or [], "")}
            case _:
                return block

    def _add(self, field: Field) -> Node:
        self.fields[field.key] = field
        sign = {Kind.TICK: TICKED if field.ticked else BOX}.get(field.kind, "…")
        mark = attributes("", [FIELD], **{KEY: field.key})
        return {"t": "Span", "c": [mark, [{"t": "Str", "c": sign}]]}

    def _answer(self, block: Node) -> Node:
        """A division `reponse`: its first paragraph is its label, the second one helps.

        With `aide` it has no label but the heading above it: its only paragraph helps.
        """
        options, content = pairs(block), inner(block)
        paragraphs = [_uncoloned(b["c"]) for b in content if b["t"] in {"Para", "Plain"}]
        helped = options.get(HELP) == "oui"
        label = "" if helped else text(paragraphs[0]).strip() if paragraphs else ""
        lines = max(1, int(options.get("lignes", "1")))
        kind = _KINDS.get(options.get("nature", ""), Kind.LONG if lines > 1 else Kind.SHORT)
        own = options.get(KEY)
        key = self._keys.take(own) if own else self._keys.take(self._place, label)
        wide = options.get("large") == "oui" or (lines > 1 and options.get("demi") != "oui")
        said = text(paragraphs[0 if helped else 1 :]).strip()
        taxed = tuple(part for part in options.get(TAXED, "").split("*") if part)
        named = label or self._heading
        entry = _ENTRIES.get(options.get("nature", ""))
        self.fields[key] = Field(key, named, kind, said, lines, wide=wide, taxed=taxed, entry=entry)
        marked = [{"t": "Para", "c": words} for words in paragraphs if words]
        return div(marked, ANSWER, **{KEY: key, HELP: "oui" if helped else ""})

    def _paired(self, blocks: Nodes) -> Nodes:
        """Short answers that follow one another, two a row; the last of an odd number alone."""
        result: Nodes = []
        for narrow, group in groupby(blocks, self._is_narrow):
            run = list(group)
            even = len(run) - len(run) % 2 if narrow else 0
            result += [div(run[:even], ROW)] if even else []
            result += run[even:]
        return result

    def _is_narrow(self, block: Node) -> bool:
        return is_div(block, ANSWER) and not self.fields[key_of(block)].wide

    def _boxes(self, block: Node) -> Node:
        question = text([b for b in inner(block) if b["t"] != "BulletList"]).strip()
        before = _plain_label(question)
        group = self.group(before or self._place) if pairs(block).get(ONE) == "oui" else ""

        def ticks(inlines: Nodes) -> Nodes:
            return self._ticks(inlines, before, group)

        choices = rebuild([b for b in inner(block) if b["t"] == "BulletList"], inlines=ticks)
        others = [b for b in inner(block) if b["t"] != "BulletList"]
        return {"t": "Div", "c": [block["c"][0], [*others, *choices]]}

    def group(self, words: str) -> str:
        """The name of boxes of which one alone is ticked; no field has it."""
        return self._keys.take(f"choix {words}")

    def _ticks(self, inlines: Nodes, before: str, group: str = "") -> Nodes:
        """The boxes of a text; each is named by the words up to the next one."""
        result: Nodes = []
        for rank, node in enumerate(inlines):
            if node["t"] != "Str" or node["c"] not in _BOXES:
                result.append(node)
                continue
            rest = inlines[rank + 1 :]
            ends = [i for i, n in enumerate(rest) if n["t"] == "Str" and n["c"] in _BOXES]
            words = _plain_label(text(rest[: ends[0]] if ends else rest))
            result.append(self._tick(before, words, node["c"] != BOX, group))
        return result

    def _tick(self, before: str, words: str, ticked: bool, group: str) -> Node:
        label = " : ".join(part for part in (before, words) if part)
        key = self._keys.take(before or self._place, words)
        return self._add(Field(key, label, Kind.TICK, ticked=ticked, group=group))

    def _entry(self, term: Nodes, blocks: Nodes) -> Nodes:
        """A value of a `fiche` that only dots stand for."""
        if not _is_blank(text(blocks)):
            return self.blocks(blocks)
        label = _plain_label(text(term))
        kind = Kind.DATE if re.search(r"\b(?:le|date)\b", label.lower()) else Kind.SHORT
        field = Field(self._keys.take(self._place, label), label, kind)
        return [{"t": "Plain", "c": [self._add(field)]}]

    def _table(self, table: Node) -> Node:
        """A table with its blank cells and its boxes marked."""
        attrs, caption, columns, head, bodies, foot = table["c"]
        options = dict(attrs[2])
        key = self._keys.take(options.get(KEY) or self._place or "tableau", "")
        titles = [text(cell[4]).strip() for cell in head[1][0][1]] if head[1] else []
        product = _PRODUCT.fullmatch(options.get(PRODUCT, ""))
        total = bool(product) and options.get(TOTAL) == "oui"
        computed = tuple(int(n) for n in product.groups() if n) if product else ()
        right = tuple(align["t"] == "AlignRight" for align, _ in columns)
        entries = tuple(_ENTRIES.get(said) for said in options.get(ENTRIES, "").split(","))
        known = _Columns(tuple(titles), computed, right, entries, options.get(ONE) == "oui")
        cells, blank, rank = _Cells(self, key, known), list[int](), 0
        marked: list[Any] = []
        for body in bodies:
            rows = []
            for number, row in enumerate(body[3]):
                rank += 1
                last = total and body is bodies[-1] and number == len(body[3]) - 1
                blank += [rank] if _blank_row(row) and not last else []
                rows.append(cells.row(row, 0 if last else rank))
            marked.append([*body[:3], rows])
        if cells.keys:
            rows_of = MappingProxyType(cells.keys)
            self.sheets[key] = Sheet(key, rows_of, tuple(blank), computed, cells.total)
            kept = [[k, v] for k, v in attrs[2] if k not in {KEY, PRODUCT, ONE, ENTRIES}]
            attrs = [attrs[0], attrs[1], [*kept, [KEY, key]]]
        return {"t": "Table", "c": [attrs, caption, columns, head, marked, foot]}

    def cell(self, field: Field) -> Node:
        """A blank cell; its key is made once it is seen to be free."""
        return self._add(replace(field, key=self._keys.take(field.key)))


@dataclass(frozen=True)
class _Columns:
    """What is known of the columns of a table; `numbers` are ranks from 1 of those it computes."""

    titles: tuple[str, ...]
    numbers: tuple[int, ...]
    right: tuple[bool, ...]
    entries: tuple[Entry | None, ...]
    exclusive: bool

    def blank(self, key: str, label: str, column: int, row: int) -> Field:
        """The field of a blank cell."""
        kind = Kind.NUMBER if column + 1 in self.numbers else Kind.SHORT
        entry = self.entries[column] if column < len(self.entries) else None
        summed = bool(row) and len(self.numbers) > 1 and column + 1 == self.numbers[0]
        right = self.right[column]
        return Field(key, label, kind, row=row, right=right, entry=entry, summed=summed)


class _Cells:
    """The cells of one table: their keys are those of the table, of the row and of the column."""

    def __init__(self, asking: _Asking, key: str, columns: _Columns) -> None:
        self._asking, self._key, self._columns = asking, key, columns
        self._titles, self._numbers = columns.titles, columns.numbers
        self.keys: dict[str, int] = {}
        self.total = ""

    def row(self, row: list[Any], rank: int) -> list[Any]:
        """A row, its blanks marked; rank 0 is a total."""
        name = text(row[1][0][4]).strip()
        named = not (_is_blank(name) or _RANK.fullmatch(name) or not name)
        before = _plain_label(name) if named else f"ligne {rank}"
        boxes = sum(text(cell[4]).strip() in _BOXES for cell in row[1])
        alone = self._columns.exclusive and boxes > 1
        group = self._asking.group(f"{self._key} {rank}") if alone else ""
        return [row[0], [self._cell(c, i, rank, before, group) for i, c in enumerate(row[1])]]

    def _cell(self, cell: list[Any], column: int, rank: int, before: str, group: str) -> list[Any]:
        words = text(cell[4]).strip()
        title = self._titles[column] if column < len(self._titles) else ""
        key = f"{self._key} {rank} {title or column + 1}" if rank else f"{self._key} total"
        label = f"{title}, {before}" if title else before
        if _is_blank(words):
            field = self._columns.blank(key, label, column, rank)
        elif words in _BOXES:
            ticked = words != BOX
            heard = f"{before} : {title}"
            field = Field(key, heard, Kind.TICK, ticked=ticked, row=rank, group=group)
        elif _CHOICE.fullmatch(words) and "oui" in words:
            field = Field(key, label, Kind.LIST, choices=tuple(words.split(" / ")), row=rank)
        else:
            return [*cell[:4], self._asking.blocks(cell[4])]
        mark = self._asking.cell(field)
        self.keys[key_of(mark)] = rank
        self.total = self.total if rank else key_of(mark)
        return [*cell[:4], [{"t": "Plain", "c": [mark]}]]


def _blank_row(row: list[Any]) -> bool:
    """Whether a row is one of those that wait to be filled, its number aside."""
    words = [text(cell[4]).strip() for cell in row[1]]
    first = bool(_RANK.fullmatch(words[0])) if words else False
    rest = words[1:] if first else words
    return bool(rest) and all(_is_blank(w) or _CHOICE.fullmatch(w) for w in rest)


def _uncoloned(inlines: Nodes) -> Nodes:
    """A label without its colon: it stands above what is written."""
    rest = list(inlines)
    while rest and not text(rest[-1]).strip(" \u00a0\u202f:"):
        rest.pop()
    if rest and rest[-1]["t"] == "Str":
        rest[-1] = {"t": "Str", "c": rest[-1]["c"].rstrip(" \u00a0\u202f:")}
    return rest


def _is_blank(words: str) -> bool:
    """Whether some words are dots to write on, and nothing else."""
    return bool(words.strip()) and not words.strip(".… \u00a0\u202f\n\t")


def _plain_label(words: str) -> str:
    return " ".join(words.replace("\u00a0", " ").replace("\u202f", " ").split()).rstrip(" :?;")


def choices_of(block: Node) -> list[Nodes]:
    """The choices of a division `cases`, their boxes marked."""
    return items(inner(block))
