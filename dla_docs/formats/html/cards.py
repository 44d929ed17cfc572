"""Tables that a telephone reads as cards: one a row, each value after the name of its column.

The style sheet folds them; the roles say again what they are, which a browser may forget of a
table whose boxes are no longer those of a table.
"""

from typing import Any

from dla_docs.formats.shared import short_table
from dla_docs.tree.divisions import TABLE
from dla_docs.tree.nodes import Node, Nodes, attributes, div, text
from dla_docs.tree.tables import stressed

RANKS = frozenset({"N°", "Nº", "Rang"})
"""Headings of a first column that says only which row it is: its card is named by the second."""
NUMBERS = "nombres"
"""The class of a cell set on the right: lighter than a style on each."""


def carded(table: Node) -> Nodes:
    """A table in a box that scrolls where it is wider, reachable by keyboard."""
    _, caption, columns, head, bodies, foot = table["c"]
    name = text(caption).strip() or "Tableau"
    labels = [text(cell[4]).strip() for cell in head[1][-1][1]] if head[1] else []
    right = [kind["t"] == "AlignRight" for kind, _ in columns]
    # Without alignment: pandoc would write one as a style on every cell.
    plain = [[{"t": "AlignDefault"}, width] for _, width in columns]
    kinds = ["numerote"] if labels and labels[0] in RANKS else []
    stress = stressed(table)
    dressed = {
        "t": "Table",
        "c": [
            attributes("", kinds, role="table"),
            caption,
            plain,
            [_group(), [_row(row, "columnheader", [], right) for row in head[1]]],
            [
                [
                    _group(),
                    *body[1:3],
                    [
                        _row(row, "cell", labels, right, stress.get(rank, ""))
                        for rank, row in enumerate(body[3])
                    ],
                ]
                for body in bodies
            ],
            [_group(), [_row(row, "cell", labels, right) for row in foot[1]]],
        ],
    }
    names = [TABLE, "tableau-court"] if short_table(table) else [TABLE]
    return [div([dressed], *names, role="group", tabindex="0", aria_label=name)]


def _group() -> list[Any]:
    return attributes(role="rowgroup")


def _row(
    row: list[Any], role: str, labels: list[str], right: list[bool], stress: str = ""
) -> list[Any]:
    """A row whose cells bear the name of their column, but for the first, which names the card."""
    cells = []
    for rank, (_, align, height, width, blocks) in enumerate(row[1]):
        kinds = [NUMBERS] if right[rank] else []
        # A first cell without a word is one to fill: it names nothing yet.
        said = rank or not text(blocks).strip()
        named = {"data_label": labels[rank]} if said and any(labels[rank : rank + 1]) else {}
        cells.append([attributes("", kinds, role=role, **named), align, height, width, blocks])
    return [attributes("", [stress] if stress else [], role="row"), cells]
