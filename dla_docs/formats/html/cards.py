"""Tables that a telephone reads as cards: one a row, each value after the name of its column.

The style sheet folds them; the roles say again what they are, which a browser may forget of a
table whose boxes are no longer those of a table. One of a label and a figure or two is as narrow
as a telephone: it stays a table. One of a label and more short figures keeps its columns too, each
label on a line of its own above them.
"""

import re
from dataclasses import dataclass
from typing import Any

from dla_docs.formats.together import short_table
from dla_docs.tree.divisions import TABLE
from dla_docs.tree.nodes import Node, Nodes, attributes, body_rows, div, nodes, text
from dla_docs.tree.tables import stressed, titles

RANKS = frozenset({"N°", "Nº", "Rang"})
"""Headings of a first column that says only which row it is: its card is named by the second."""
CARDS, NUMBERS, CODE, ALONE, TICKED = "cartes", "nombres", "insecable", "champ-seul", "a-cocher"
"""The classes of a table to fold, of a cell set on the right, of one that is a reference, which is
not cut at its hyphens, of one that is only to fill, and of the heading of a column of boxes to
tick: lighter than a style on each."""
STACKED, BY_TWO, BY_THREE, PAIRED = "empile", "par-deux", "par-trois", "par-paires"
"""The classes of a table of labels above their figures, and of cards where figures stand by two, by
three, or by three with one of a pair under the other."""
GROUP = "groupe"
"""The class of a row whose first cell alone says something: the title of those that follow."""
_BOX = re.compile(r'type="(?:checkbox|radio)"')
_REFERENCE = re.compile(r"[A-Z0-9]{1,6}(?:-[A-Z0-9]{1,6}){1,3}")
NARROW, FEW, SIGNS = 3, 4, 28
"""Columns of a table that a telephone holds, where all but the first are figures; as many as the
second where those take no more signs than the third."""
HALF = 20
"""Signs of a figure and its name that half a telephone holds on a line."""
RANK = 3
"""Signs of a rank: it stands beside the one text that it numbers."""
ACROSS = 50
"""Signs that stand across a telephone, in columns as wide as their longest word."""


@dataclass(frozen=True)
class _Look:
    """How the rows of a table are written: folded with their labels, or as they are."""

    kinds: list[str]
    labels: list[str]
    right: list[bool]
    ticked: frozenset[int]

    @property
    def folded(self) -> bool:
        return bool(self.kinds)

    def named(self, role: str, kinds: list[str], **others: str) -> list[Any]:
        """Attributes, with the role of what may be folded."""
        return attributes("", kinds, **({"role": role} if self.folded else {}), **others)

    def row(self, row: list[Any], role: str, stress: str = "") -> list[Any]:
        """A row whose cells bear the name of their column, but for the first, which names it."""
        cells = []
        for rank, (_, align, height, width, blocks) in enumerate(row[1]):
            kinds = [NUMBERS] if self.right[rank] else []
            kinds += [CODE] if _REFERENCE.fullmatch(text(blocks).strip()) else []
            kinds += [ALONE] if _is_field_alone(blocks) else []
            kinds += [TICKED] if role == "columnheader" and rank in self.ticked else []
            # A first cell without a word is one to fill, one that lists is a value: none names.
            named_by_none = rank or not text(blocks).strip() or _lists(blocks)
            said = role == "cell" and CARDS in self.kinds and named_by_none
            label = self.labels[rank] if said and rank < len(self.labels) else ""
            named = self.named(role, kinds, **({"data_label": label} if label else {}))
            cells.append([named, align, height, width, blocks])
        return [self.named("row", [stress] if stress else []), cells]


def carded(table: Node) -> Nodes:
    """A table in a box that scrolls where it is wider, reachable by keyboard."""
    _, caption, columns, head, bodies, foot = table["c"]
    name = text(caption).strip() or "Tableau"
    labels = [text(cell[4]).strip() for cell in head[1][-1][1]] if head[1] else []
    right = [kind["t"] == "AlignRight" for kind, _ in columns]
    # Without alignment: pandoc would write one as a style on every cell.
    plain = [[{"t": "AlignDefault"}, width] for _, width in columns]
    look = _Look(_kinds(table, labels, right), labels, right, _ticked(table))
    stress = _groups(table) | stressed(table)
    group = look.named("rowgroup", [])

    def cells(rows: list[Any]) -> list[Any]:
        return [look.row(row, "cell", stress.get(rank, "")) for rank, row in enumerate(rows)]

    dressed = {
        "t": "Table",
        "c": [
            look.named("table", look.kinds),
            caption,
            plain,
            [group, [look.row(row, "columnheader") for row in head[1]]],
            [[group, *body[1:3], cells(body[3])] for body in bodies],
            [group, [look.row(row, "cell") for row in foot[1]]],
        ],
    }
    names = [TABLE, "tableau-court"] if short_table(table) else [TABLE]
    return [div([dressed], *names, role="group", tabindex="0", aria_label=name)]


def _kinds(table: Node, labels: list[str], right: list[bool]) -> list[str]:
    """How a telephone shows a table: nothing for one that it holds."""
    figures, shown = sum(right), _shown(table)
    # What is to be written names no card: each place keeps the name of its column.
    if _is_written_in(table):
        return [CARDS]
    if len(right) == len(shown) == 2 and max(map(len, shown[0][1:]), default=0) <= RANK:
        return []
    if figures and right == [False] + [True] * figures:
        if _is_narrow(table, figures):
            return []
        if figures * max(map(_longest_word, shown[1:]), default=0) <= ACROSS:
            return [STACKED]
    numbered = bool(labels) and labels[0] in RANKS
    return [
        CARDS,
        *(["numerote"] if numbered else []),
        *_by(figures, numbered, _halves(shown, right)),
    ]


def _by(figures: int, numbered: bool, halves: bool) -> list[str]:
    """How the figures of a card stand, so that those of one kind are under one another."""
    if figures < 2 or figures == 4 or (figures == 2 and halves):
        return [BY_TWO] if figures > 1 else []
    return [PAIRED] if figures in {5, 6} and not numbered else [BY_THREE]


def _halves(shown: list[list[str]], right: list[bool]) -> bool:
    """Whether each figure stands after its name on half a line."""
    figures = (column for column, is_figure in zip(shown, right, strict=False) if is_figure)
    return all(len(name) + 2 + max(map(len, said), default=0) <= HALF for name, *said in figures)


def _shown(table: Node) -> list[list[str]]:
    """The texts of each column, its heading first."""
    head = [[cell[4] for cell in row[1]] for row in table["c"][3][1]]
    columns = zip(*head, *body_rows(table), strict=False)
    return [[text(blocks).strip() for blocks in column] for column in columns]


def _longest_word(column: list[str]) -> int:
    """Signs of what is not cut: a sum holds by spaces that are not those of a sentence."""
    return max(len(word) for cell in column for word in cell.split(" "))


def _is_narrow(table: Node, figures: int) -> bool:
    """Whether a telephone holds a label and as many figures."""
    rows = [[text(blocks).strip() for blocks in row] for row in body_rows(table)]
    signs = [max(map(len, column)) for column in zip(*rows, strict=False)]
    return figures < NARROW or (figures < FEW and sum(signs[1:]) <= SIGNS)


def _groups(table: Node) -> dict[int, str]:
    """The rows that are titles of those that follow; where one writes, none is."""
    return {} if _is_written_in(table) else dict.fromkeys(titles(table), GROUP)


def _ticked(table: Node) -> frozenset[int]:
    """The columns where each row has a box to tick, and nothing else."""
    columns = zip(*body_rows(table), strict=False)
    return frozenset(rank for rank, column in enumerate(columns) if all(map(_is_box, column)))


def _is_box(blocks: Nodes) -> bool:
    return _is_field_alone(blocks) and any(
        _BOX.search(raw["c"][1]) for raw in nodes(blocks, "RawInline")
    )


def _is_field_alone(blocks: Nodes) -> bool:
    return not text(blocks).strip() and any(nodes(blocks, "RawInline"))


def _lists(blocks: Nodes) -> bool:
    """Whether a cell holds several values; « 1. Accueil » is a rank and a name."""
    ranked = any(block["t"] == "OrderedList" and len(block["c"][1]) > 1 for block in blocks)
    return ranked or any(block["t"] == "BulletList" for block in blocks)


def _is_written_in(table: Node) -> bool:
    return any(nodes([table], "RawInline", "RawBlock"))
