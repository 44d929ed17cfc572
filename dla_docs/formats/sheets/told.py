"""What a document says before its first heading, and of its funders, for the head of a workbook."""

from collections.abc import Iterator
from dataclasses import replace

from dla_docs.formats.sheets.cells import Cell
from dla_docs.formats.sheets.read import SENTENCES, cell_of, words_of
from dla_docs.tree.divisions import (
    BRIEF,
    FUNDERS,
    HEAD,
    LEGEND,
    LOGOS,
    MENTION,
    NOTE,
    RECORD,
    TITLE,
    VERDICT,
)
from dla_docs.tree.nodes import Nodes, inner, is_div, items, nodes, text

BRIEFLY = "En bref"
_NAMED = 40
"""Signs of the longest label of a sentence."""


def facts_said(blocks: Nodes) -> Iterator[tuple[str, Cell]]:
    """What a document says before its first heading: its verdict, its brief and its records."""
    first = next((r for r, block in enumerate(blocks) if block["t"] == "Header"), len(blocks))
    for told in nodes(blocks[:first], "Div"):
        if is_div(told, BRIEF, NOTE):
            yield from _begun(inner(told))
        if is_div(told, VERDICT):
            yield from _decided(inner(told), _message(blocks))
        for listed in inner(told) if is_div(told, BRIEF, RECORD) else ():
            for term, definitions in listed["c"] if listed["t"] == "DefinitionList" else ():
                said = [block for definition in definitions for block in definition]
                cell = cell_of(said, right=True)
                # A place of the document is none of the workbook.
                there = replace(cell, link="") if cell.link.startswith("#") else cell
                yield words_of([{"t": "Para", "c": term}]), there


def _message(blocks: Nodes) -> str:
    """What the head of a document says in large letters."""
    heads = [block for block in blocks if is_div(block, HEAD)]
    titles = [division for division in nodes(heads, "Div") if is_div(division, TITLE)]
    return words_of(inner(titles[0])) if titles else ""


def _decided(blocks: Nodes, message: str) -> Iterator[tuple[str, Cell]]:
    """The sentences of a verdict; of a list or begun in bold, under what comes before « : ».

    The first one follows the `message` of the document, which no other row says.
    """
    label = BRIEFLY
    for block in blocks:
        listed = block["t"] == "BulletList"
        for said in items([block]) if listed else [[block]]:
            words = words_of(said)
            named, _, rest = words.partition("\u00a0: ")
            bold = block["t"] in SENTENCES and block["c"][0]["t"] == "Strong"
            parted = rest and len(named) <= _NAMED and (listed or bold)
            if label and message and not parted:
                words = f"{message} – {words}"
            yield (named, Cell(rest)) if parted else (label, Cell(words))
            label = ""


def _begun(blocks: Nodes) -> Iterator[tuple[str, Cell]]:
    """The sentence that opens a frame, under the words in bold that begin it, else « En bref »."""
    said = [block for block in blocks if block["t"] in SENTENCES]
    words = words_of(said[:1])
    start = said[0]["c"][0] if said else {"t": ""}
    named = text([start]) if start["t"] == "Strong" else ""
    if named.endswith("."):
        yield named.removesuffix("."), Cell(words.removeprefix(named).strip())
    elif words and not named:
        yield BRIEFLY, Cell(words)


def funders_said(blocks: Nodes) -> Iterator[str]:
    """The sentence that thanks the funders, and the words that stand for their logos.

    They are what comes last of a cover, or of a short document.
    """
    divisions = [d for d in nodes(blocks, "Div") if is_div(d, FUNDERS, MENTION, LOGOS, LEGEND)]
    thanks = [rank for rank, d in enumerate(divisions) if is_div(d, FUNDERS, MENTION)]
    said, names = list[str](), list[str]()
    for division in divisions[thanks[-1] :] if thanks else ():
        if is_div(division, LOGOS):
            names += [text(inner(image)).strip() for image in nodes(division, "Image")]
        else:
            said.append(words_of(inner(division)))
    # The words of one logo may say whole what the sentence above it says.
    _, _, who = (said[0] if said else "").rstrip("\u00a0 :").partition("soutien de ")
    alone = who and len(names) == len(said) == 1 and who in names[0]
    yield from names if alone else [*said, *names]
