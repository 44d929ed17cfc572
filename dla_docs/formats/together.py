"""What stays on one page: short tables, a paragraph with what it announces or concludes."""

from dla_docs.tree.nodes import Node, body_rows, pairs, text
from dla_docs.tree.tables import WHOLE

SHORT_TABLE = 6
"""Body rows of the longest table that no page break may split: a longer one, moved whole, would
leave a hole in the page before. By eye on the demonstration; 8 at first."""
FEW_ROWS = 10
"""Rows of a table that is never split in an ODT, at most."""
_CONCLUSION = 45
"""Words of the longest paragraph that may conclude a chart."""
SHORT_WORDS = 120
"""Words of the longest table that is kept whole: some 60 mm high, a quarter of a page."""
_FEWEST, _THEIR_WORDS = 3, 200
"""Rows that a break would leave one alone of, and their words at most."""

WHOLE_LETTERS = 2500
"""Letters of the longest table that says it is whole: more may not fit a page."""
UNDER_DRAWING = 7.0
"""Points from a drawing to its table, however close the text is set: nearer, they touch."""


def announces(words: str) -> bool:
    """Whether a paragraph announces what follows it: never alone at the foot of a page."""
    return words.rstrip().endswith(":")


def concludes(words: str) -> bool:
    """Whether a paragraph may conclude the chart that follows: three lines, or it says more."""
    return len(words.split()) <= _CONCLUSION


def short_table(table: Node) -> bool:
    """Whether a table stays on one page: it says so, or has few rows, and few words in them."""
    words, rows = text(table), len(body_rows(table))
    return (WHOLE in pairs(table) and len(words) <= WHOLE_LETTERS) or (
        rows <= SHORT_TABLE
        and len(words.split()) <= (_THEIR_WORDS if rows <= _FEWEST else SHORT_WORDS)
    )


def few_rows(table: Node) -> bool:
    """Whether a table has few rows of few words, which stay together in an ODT.

    LibreOffice 7.4 loses all rows where the header alone would end a page (measured).
    """
    return len(body_rows(table)) <= FEW_ROWS and len(text(table).split()) <= SHORT_WORDS
