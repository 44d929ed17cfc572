"""PDF: words that no line cuts, and those that any may, in the blocks that hold some.

`page.typ` tells how, by patterns: Typst looks for each of them in every piece of a text, at every
layout, which was half of the time of a page (measured). What is told here only tells where to look.
"""

import re
from functools import partial

from dla_docs.tree.nodes import Node, Nodes, each, nodes, raw_inline, text

_SIGNS = "[!-~¡-ɏ‐-…€]"
_IN_TEXT = re.compile(
    rf"{_SIGNS}{{30}}|@|://|\.(?:docx|odt|pdf)|\d{{5}}\xa0|\bmi-"
    r"|-(?:je|tu|il|elle|on|nous|vous|ce|là|ci|même)"
    r"|-(?:l[eè]s|la|le|sur|sous|en)-|[A-Z]{2}\d*-[A-Z\d]"
)
"""Where the function `mots` of the page has something to do, or nearly."""
_IN_CELL = re.compile(rf"{_IN_TEXT.pattern}|\S{{5}}[@/._]\S{{5}}|\d{_SIGNS}{{15}}")
"""The same for `mots-de-case`, which also cuts long addresses and numbers."""
_LONG = re.compile(r"[^\W\d_]{22}")
"""What a column of a table may cut into syllables."""
_LONG_IN_SMALL, _MANY_COLUMNS = re.compile(r"[^\W\d_]{18}"), 6
"""The same past six columns."""
_BOXES = re.compile("[☐☑☒]")
_CALLED = "#case-champ("
"""What prints a box without saying so in the text."""


def with_words(blocks: Nodes) -> Nodes:
    """The blocks, in a call of what keeps or cuts words where they hold one to keep or to cut."""
    blocks = each(blocks, "Table", lambda table: [_in_cells(table)])
    return _wrapped(blocks, "mots", _IN_TEXT)


def options(blocks: Nodes) -> dict[str, str]:
    """What else the page looks for in all it holds, where there is some."""
    raw = (node["c"][1] for node in nodes(blocks, "RawInline", "RawBlock"))
    found = {
        "mots-longs": any(map(_has_long_words, nodes(blocks, "Table"))),
        "cases": bool(_BOXES.search(text(blocks))) or any(_CALLED in code for code in raw),
    }
    return {name: "true" for name, is_there in found.items() if is_there}


def _in_cells(table: Node) -> Node:
    attrs, caption, *others = table["c"]
    return {"t": "Table", "c": [attrs, caption, *_wrapped(others, "mots-de-case", _IN_CELL)]}


def _wrapped(blocks: Nodes, function: str, pattern: re.Pattern[str]) -> Nodes:
    for name in ("Para", "Plain", "Header"):
        blocks = each(blocks, name, partial(_called, function=function, pattern=pattern))
    return blocks


def _called(block: Node, function: str, pattern: re.Pattern[str]) -> Nodes:
    held: Nodes = block["c"][-1] if block["t"] == "Header" else block["c"]
    is_done = held and held[0]["t"] == "RawInline" and held[0]["c"][1].startswith("#mots")
    if is_done or not pattern.search(text(held)):
        return [block]
    inlines = [raw_inline("typst", f"#{function}["), *held, raw_inline("typst", "];")]
    content = [*block["c"][:2], inlines] if block["t"] == "Header" else inlines
    return [{"t": block["t"], "c": content}]


def _has_long_words(table: Node) -> bool:
    words = text(table)
    columns = len(table["c"][2])
    return bool(_LONG.search(words)) or (
        columns > _MANY_COLUMNS and bool(_LONG_IN_SMALL.search(words))
    )
