"""How long a document is about, before any program lays it out: to end its pages well.

Points of the charter of pages, by block; on the demonstration within a twentieth of what
LibreOffice lays out, one way or the other.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from math import ceil, fsum

from dla_docs.engines.images import Image
from dla_docs.formats.fields import ANSWER_LINE
from dla_docs.formats.notch import OF_CHARTER, WORD, Notch, Titles
from dla_docs.formats.said import Said
from dla_docs.formats.together import (
    SHORT_TABLE,
    UNDER_DRAWING,
    announces,
    concludes,
    few_rows,
    short_table,
)
from dla_docs.formats.widths import wrapped
from dla_docs.tree.divisions import (
    BAND,
    BRIEF,
    CARTOUCHE,
    CHART,
    CHART_TITLE,
    DRAWING,
    FIGURES,
    FUNDERS_FOOT,
    HEAD,
    IN_ORDER,
    LOGOS,
    NOTE,
    NUMBER,
    QUESTION,
    SIGNATURES,
    STEPS,
    SUBTITLE,
    TITLE,
    VERDICT,
)
from dla_docs.tree.head import BANNER, model_of
from dla_docs.tree.nodes import (
    Node,
    Nodes,
    body_rows,
    classes,
    inner,
    is_div,
    items,
    level,
    nodes,
    pairs,
    text,
)
from dla_docs.tree.tables import DENSE, WHOLE

PAGE = 667.0
"""Points between the margins of a page: 297 mm less 34 and 27."""
FUNDERS = 106.0
"""Those of the funders' two rows of logos and their sentence."""
_WIDTH, _ROW = 425.0, 431.0
"""Points of a line of text, and of a row of a table."""
_EM, _LOST = 0.415, 2.0
"""Of a letter of the text in em, and the letters that the end of a line loses (measured)."""
_ABOVE_TITLE, _UNDER_TITLE = 6.0, 1.0
"""Points under a paragraph, which the space above a title covers, and those under a title."""
_A_TITLE = 85
"""Letters of the longest words that are the title of what they precede."""
_CELL = 11.3
"""Points of the two margins of a cell."""
_ANSWERS = {"LibelleChamp": 21.0, "LibelleChampCase": 0.0, "Champ": 26.0, "Reponse": 49.0}
"""Points of what an answer is made of, by its style; those of a row share the line of labels."""
_NATIVE = re.compile(r'<wp:extent cx="\d+" cy="(\d+)"')
_NAMED = 'w:val="CleGraphique"'
"""What the line that names the bars of a chart is known by."""
_EMU = 12700
"""Of a point, in the unit of drawings."""


@dataclass(frozen=True)
class Atom:
    """What no page parts: its points, those of a line where lines part, what it goes with.

    `keep`: on the page of what follows.
    """

    height: float
    line: float = 0.0
    keep: bool = False


@dataclass(frozen=True)
class Measure:
    """How blocks are measured: the images they name, how close they are set, their titles.

    `finely`: lines by the width of their words rather than by the number of their letters. `said`:
    what they say, which other measures of the same blocks have read.
    """

    images: tuple[Image, ...]
    notch: Notch = OF_CHARTER
    titles: Titles = WORD
    finely: bool = False
    said: Said = field(default_factory=Said)

    def atoms(self, blocks: Nodes, width: float = _WIDTH) -> Iterator[Atom]:
        """Every atom of some blocks, in their order."""
        for rank, block in enumerate(blocks):
            following = blocks[rank + 1 : rank + 2]
            found = list(self._of(block, width, following))
            if found and any(is_div(b, SIGNATURES) for b in following):
                found[-1] = replace(found[-1], keep=True)
            yield from found
            if is_div(block, DRAWING) and (room := _room(following)):
                yield Atom(room)

    def _of(self, block: Node, width: float, following: Nodes) -> Iterator[Atom]:
        kind = block["t"]
        if kind == "Header":
            yield Atom(self._title(block, width), keep=True)
        elif kind in {"Para", "Plain"}:
            yield from self._paragraph(block, width, following)
        elif kind in {"BulletList", "OrderedList"}:
            yield from self._items(items([block]) if kind == "BulletList" else block["c"][1], width)
        elif kind == "DefinitionList":
            yield from self._record(block, width)
        elif kind == "Table":
            yield from self._table(block)
        elif kind == "RawBlock":
            drawn = fsum(int(cy) / _EMU for cy in _NATIVE.findall(block["c"][1]))
            if _NAMED in block["c"][1]:
                lines = 1 + block["c"][1].count("<w:br/>")
                yield Atom(12.0 * lines + 10.0 * self.notch.space, keep=True)
            elif drawn:
                yield Atom(drawn + _room(following), keep=self._bound(following))
        elif kind in {"Div", "BlockQuote"}:
            yield from self._division(block, width)

    def _title(self, header: Node, width: float) -> float:
        number = next((text(s) for s in nodes(header, "Span") if NUMBER in classes(s)), None)
        titles = self.titles
        if level(header) > 1:
            points = titles.second if level(header) == 2 else titles.third
        elif number is None:
            points = titles.free
        else:
            points = titles.article if number.startswith("Article") else titles.part
        lines = self.lines(header, width, 11.5) * self.notch.line
        # In Word the larger of two spaces stays: titles that gain lose nothing of the one above.
        gained = _ABOVE_TITLE * (self.notch.heads - self.notch.space) if titles.bound else 0.0
        around = (points - 15.0) * self.notch.heads + max(0.0, gained)
        return lines + around + max(0.0, self.notch.under - _UNDER_TITLE * self.notch.heads)

    def _paragraph(self, block: Node, width: float, following: Nodes) -> Iterator[Atom]:
        drawn, notch = self._pictures(block), self.notch
        if drawn:
            yield Atom(drawn, keep=self._bound(following))
        if _is_picture(block):
            return
        words, under = self.said.words(block), 6.0 * notch.space if block["t"] == "Para" else 0.0
        shown = any(b["t"] in {"Table", "RawBlock"} or _is_picture(b) for b in following)
        drawing = any(_is_chart(b) for b in following) and concludes(words)
        keep = announces(words) or (shown and len(words) < _A_TITLE) or drawing
        yield Atom(self.lines(block, width) * notch.line + under, notch.line, keep)

    def _bound(self, following: Nodes) -> bool:
        """Whether a drawing goes with its table, which one that asks to be whole may leave."""
        tables = [block for block in following if block["t"] == "Table"]
        if any(WHOLE in pairs(table) for table in tables):
            return False
        return _is_short(following) or (self.titles.bound and bool(tables))

    def _items(self, found: list[Nodes], width: float) -> Iterator[Atom]:
        under = 2.0 * self.notch.space
        for rank, item in enumerate(found):
            last = 4.0 * self.notch.space if rank == len(found) - 1 else 0.0
            lines = fsum(self._height(block, width - 15.0) for block in item)
            yield Atom(lines + under + last, keep=rank == len(found) - 2)

    def _record(self, block: Node, width: float) -> Iterator[Atom]:
        for _, definitions in block["c"]:
            held = [b for definition in definitions for b in definition]
            value = fsum(self._height(b, width - 128.0) for b in held)
            yield Atom(max(self.notch.line, value) + 0.5)
        yield Atom(self.titles.apart * self.notch.heads)

    def _height(self, block: Node, width: float) -> float:
        if block["t"] in {"Para", "Plain"}:
            return self.lines(block, width) * self.notch.line
        return fsum(atom.height for atom in self._of(block, width, []))

    def _table(self, table: Node) -> Iterator[Atom]:
        dense = DENSE in pairs(table)
        line = min(self.notch.cell_line, 12.0 if dense else 12.5)
        size = min(self.notch.cell_size, 9.0 if dense else 9.5)
        around = (3.5 if dense else 6.0) * self.notch.cell_space
        widths = [share.get("c", 0.2) * _ROW - _CELL for _, share in table["c"][2]]
        rows = [
            line * max((self._cell(*c, size) for c in zip(row, widths, strict=False)), default=1)
            + around
            for row in body_rows(table)
        ]
        titles = [row[1] for row in table["c"][3][1]]
        head = 4.0 + 12.0 * max(
            (
                self._cell(c[4], wide, 9.5)
                for t in titles
                for c, wide in zip(t, widths, strict=False)
            ),
            default=1,
        )
        under = 12.0 * self.notch.space
        if not rows or short_table(table) or (few_rows(table) and not self.titles.bound):
            yield Atom(head + fsum(rows) + under)
            return
        # The head goes with a row, the last two together.
        yield Atom(head + rows[0])
        yield from (Atom(row) for row in rows[1:-2])
        yield Atom(fsum(rows[1:][-2:]) + under)

    def _cell(self, cell: Nodes, width: float, size: float) -> float:
        return sum(self.lines(block, width, size) for block in cell) or 1

    def _division(self, block: Node, width: float) -> Iterator[Atom]:
        held = block["c"] if block["t"] == "BlockQuote" else inner(block)
        names = classes(block) if block["t"] == "Div" else []
        spaced, finely = min(1.0, self.notch.heads), self.finely and self.titles.figures
        around, asked = finely * spaced, spaced if finely else self.notch.space
        boxes: dict[str, Callable[[], float]] = {
            STEPS: lambda: 31.0,
            CARTOUCHE: lambda: self._columns(block, 4, 32.0, 9.5, 12.5),
            BRIEF: lambda: 27.0 + self._said(held) + self._columns(block, 3, 24.0, 11.0, 13.5),
            FIGURES: lambda: around + self._columns(block, 4, 36.0, 9.5, 12.0),
            VERDICT: lambda: 36.0 + self._said(held),
            NOTE: lambda: 24.0 + self._said(held),
            # A label, then letters of 16 points, narrower than those of the text.
            QUESTION: lambda: (
                12.0 + 30.0 * asked + fsum(self.lines(b, _WIDTH, 14.2) * 20.5 for b in held[1:])
            ),
            IN_ORDER: lambda: self._in_order(held),
            BAND: lambda: self._band(held),
        }
        style = pairs(block).get("custom-style", "") if block["t"] == "Div" else ""
        if (kept := style.rstrip("0123456789")) in _ANSWERS:
            # A long answer has more lines: paragraphs in Word, the end of its style in Writer.
            more = len(held) - 1 + int(style[len(kept) :] or 0)
            yield Atom(_ANSWERS[kept] + more * ANSWER_LINE, keep=kept == "LibelleChamp")
        elif SIGNATURES in names:
            rows = ceil(len(items(held)) / 2)
            yield from (Atom(142.0, keep=True) for _ in range(rows - 1))
            yield Atom(130.0)
        elif HEAD in names and model_of(block) == BANNER:
            yield from self._banner(held)
        elif box := next((boxes[name] for name in names if name in boxes), None):
            yield Atom(box() + self.titles.apart * self.notch.heads)
        elif not {LOGOS, FUNDERS_FOOT} & set(names):
            titled = CHART_TITLE in names
            yield from (replace(a, keep=titled or a.keep) for a in self.atoms(held, width))

    def _banner(self, held: Nodes) -> Iterator[Atom]:
        """A head whose band is coloured: so high at least."""
        for child in held:
            for atom in self._of(child, _WIDTH, []):
                high = max(self.titles.band, atom.height)
                yield replace(atom, height=high) if is_div(child, BAND) else atom

    def _said(self, held: Nodes) -> float:
        """What a box says besides its facts."""
        under = 6.0 * (self.notch.space if self.finely else 1.0)
        said = (b for b in held if b["t"] != "DefinitionList")
        return fsum(self._height(b, _WIDTH - 23.0) + under for b in said)

    def _columns(self, block: Node, most: int, around: float, size: float, line: float) -> float:
        """Labels over values, as many rows of columns as they need."""
        values = [
            [b for definition in definitions for b in definition]
            for found in inner(block)
            if found["t"] == "DefinitionList"
            for _, definitions in found["c"]
        ]
        columns = 4 if len(values) == 4 else min(most, max(1, len(values)))
        width = _WIDTH / columns - 14.0
        rows = [values[start : start + columns] for start in range(0, len(values), columns)]
        return fsum(
            around + line * max(self._cell(value, width, size) for value in row) for row in rows
        )

    def _in_order(self, held: Nodes) -> float:
        """Two columns of small letters."""
        points = [block for item in items(held) for block in item]
        rows = [points[start : start + 2] for start in range(0, len(points), 2)]
        width = _WIDTH / 2 - 14.0
        return 6.0 + fsum(3 + 12 * max(self.lines(point, width, 9.0) for point in r) for r in rows)

    def _band(self, held: Nodes) -> float:
        """The title of a short head, its subtitle and the steps, and what stands around."""
        parts = {name: child for child in held for name in classes(child)}
        title = self.lines(parts[TITLE], _WIDTH, 23.0) * 26.0 if TITLE in parts else 0.0
        under = self.lines(parts[SUBTITLE], _WIDTH, 13.0) * 24.0 if SUBTITLE in parts else 0.0
        return 14.0 + title + under + (31.0 if STEPS in parts else 0.0)

    def lines(self, block: Node, width: float, size: float = 0.0) -> int:
        """Lines of a block in letters of `size` points, those of the text by default."""
        if block["t"] in {"Para", "Plain"} and {node["t"] for node in block["c"]} == {"Image"}:
            return 0
        if self.finely:
            room = width / (size or self.notch.size)
            return sum(wrapped(line, room) for line in self.said.words(block).split("\n"))
        letters = max(5.0, width / (size or self.notch.size) / _EM)
        said = (len(line) for line in self.said.words(block).split("\n"))
        return sum(1 if long <= letters else ceil(long / (letters - _LOST)) for long in said)

    def _pictures(self, block: Node) -> float:
        """The height of the images of a paragraph: 96 pixels an inch, 72 points."""
        return fsum(self.images[rank].height * 0.75 for rank in self.said.images(block))


def _is_short(found: Nodes) -> bool:
    """Whether a table is kept whole by its few rows."""
    return any(b["t"] == "Table" and short_table(b) for b in found) and all(
        len(body_rows(b)) <= SHORT_TABLE for b in found
    )


def _room(following: Nodes) -> float:
    """Points that part a drawing from its table."""
    return UNDER_DRAWING if any(b["t"] == "Table" for b in following) else 0.0


def _is_chart(block: Node) -> bool:
    """Whether a block is a drawing under its title, which goes with what it concludes."""
    return is_div(block, CHART) and any(is_div(held, CHART_TITLE) for held in inner(block))


def _is_picture(block: Node) -> bool:
    return block["t"] == "Para" and {node["t"] for node in block["c"]} == {"Image"}


def height(blocks: Nodes, images: tuple[Image, ...]) -> float:
    """Points that blocks take, one under the other."""
    return fsum(atom.height for atom in Measure(images).atoms(blocks))
