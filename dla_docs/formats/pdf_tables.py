"""PDF: tables, as calls of `page.typ`."""

from dla_docs.formats.together import short_table
from dla_docs.tree.nodes import (
    Node,
    Nodes,
    body_rows,
    inner,
    pairs,
    raw_block,
    rebuild,
    string,
    text,
)
from dla_docs.tree.tables import DENSE, groups, stressed

_HEADERS = 3
"""Rows of headers in a table, its own and those of its groups, that a listener can follow."""
_PROSE = 8
"""Words that make a line of prose."""


def called_table(table: Node) -> Nodes:
    """A table, with what keeps a short one on one page.

    What heads it, or a group of its rows, comes again on each page, out of the reading order, where
    PDF/UA wants no link.
    """
    content = list(table["c"])
    heading = _announced_again(table, len(content[3][1]))
    content[3] = rebuild(content[3], inlines=_without_links)
    content[4] = [
        [
            *body[:3],
            [
                rebuild(row, inlines=_without_links) if rank in heading else row
                for rank, row in enumerate(body[3])
            ],
        ]
        for body in content[4]
    ]
    table = {"t": "Table", "c": content}
    heads = len(content[3][1])
    strong = ", ".join(f'"{heads + rank}": "{how}"' for rank, how in stressed(table).items())
    options = {
        "court": "true" if short_table(table) else "",
        "dense": "true" if pairs(table).get(DENSE) else "",
        "fortes": f"({strong})" if strong else "",
        "groupes": f"({', '.join(map(str, heading))},)" if heading else "",
    }
    given = ", ".join(f"{name}: {value}" for name, value in options.items() if value)
    return [raw_block("typst", f"#tableau({given})["), table, raw_block("typst", "]")]


def _announced_again(table: Node, heads: int) -> list[int]:
    """The last rows that head a group, which each page says again until the next of them.

    Few: were there more, all would be headers (TBL-010). Of few words: seen again and not heard,
    many would be taken for a text left out (TAG-002).
    """
    ranks = groups(table)[heads - _HEADERS :] if heads < _HEADERS else []
    said = {rank: " ".join(map(text, body_rows(table)[rank])).split() for rank in ranks}
    long = [rank for rank in ranks if len(said[rank]) >= _PROSE]
    # A header goes on until the next one: what is none would come under that before it.
    return [rank for rank in ranks if rank > max(long, default=-1)]


def _without_links(inlines: Nodes) -> Nodes:
    """Links as their words, and notes as words between brackets."""
    result: Nodes = []
    for node in inlines:
        if node["t"] == "Note":
            result += string(f" ({text(node['c']).strip()})")
        else:
            result += inner(node) if node["t"] == "Link" else [node]
    return result
