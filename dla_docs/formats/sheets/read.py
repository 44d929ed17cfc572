"""Cells and words, as a workbook reads them from a settled document."""

from dla_docs.formats.sheets.cells import Cell, typed
from dla_docs.tree.nodes import Nodes, items, rebuild, target, text

SENTENCES = {"Para", "Plain"}


def words_of(blocks: Nodes) -> str:
    """The words of a cell, its lines kept: paragraphs, breaks, and the items of lists."""
    lines = []
    for block in blocks:
        if block["t"] == "BulletList":
            lines += [f"– {words_of(item)}" for item in items([block])]
        else:
            lines.append(text(rebuild([block], inlines=_broken)))
    return "\n".join(line.strip() for line in lines if line.strip())


def _broken(inlines: Nodes) -> Nodes:
    return [{"t": "Str", "c": "\n"} if node["t"] == "LineBreak" else node for node in inlines]


def cell_of(blocks: Nodes, right: bool) -> Cell:
    """A cell: in bold, or a link, where all of it is."""
    inlines = blocks[0]["c"] if len(blocks) == 1 and blocks[0]["t"] in SENTENCES else []
    bold = len(inlines) == 1 and inlines[0]["t"] == "Strong"
    within = inlines[0]["c"] if bold else inlines
    link = target(within[0]) if len(within) == 1 and within[0]["t"] == "Link" else ""
    return typed(words_of(blocks), right=right, bold=bold, link=link)
