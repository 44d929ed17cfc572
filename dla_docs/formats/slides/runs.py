"""Words as a slide holds them: runs of one look, flat, so that they are measured, cut and written.

Links, bold words or notes stand within one another in pandoc's tree; a slide has no such depth.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from dla_docs.tree.divisions import MISSING, PROMPT
from dla_docs.tree.nodes import Node, Nodes, classes, inner, nodes, target

_LOOKS = frozenset("Emph Strong Underline Strikeout Superscript Subscript SmallCaps".split())


@dataclass(frozen=True)
class Run:
    """Words of one look: names of the containers around them, and the address of their link.

    A line break is a run of its own, `BREAK`.
    """

    words: str
    look: frozenset[str] = frozenset()
    target: str = ""


Words = list[Run]
"""A paragraph."""

BREAK = Run("\n")


def words_of(inlines: Nodes) -> Words:
    """A paragraph of pandoc, notes in brackets since a slide has no foot for them."""
    return merged(_runs(inlines, Run("")))


def text_of(words: Words) -> str:
    """The letters of a paragraph, a line feed at each break."""
    return "".join(run.words for run in words)


def plain(text: str) -> Words:
    """Words without any look."""
    return [Run(text)] if text else []


def dressed(words: Words, look: str) -> Words:
    """The same words with one more look."""
    return [run if run == BREAK else replace(run, look=run.look | {look}) for run in words]


def without_links(words: Words) -> Words:
    """The same words, leading nowhere: a title is read out in the list of slides."""
    return merged(replace(run, target="") for run in words)


def on_one_line(words: Words, between: str = " ") -> Words:
    """The same words without a line break."""
    return merged(replace(run, words=between) if run == BREAK else run for run in words)


def stacked(rows: Sequence[Words]) -> Words:
    """Paragraphs as the lines of one."""
    return [run for rank, row in enumerate(rows) for run in [BREAK, *row][not rank :]]


def merged(runs: Iterator[Run] | Words) -> Words:
    """Runs with those that follow one another in one look made one, breaks aside."""
    result: Words = []
    for run in runs:
        last = result[-1] if result else BREAK
        if BREAK not in (run, last) and replace(run, words=last.words) == last:
            result[-1] = replace(run, words=last.words + run.words)
        elif run.words:
            result.append(run)
    return result


def _runs(inlines: Nodes, around: Run) -> Iterator[Run]:
    """The runs of inlines that stand within what `around` says."""
    for node in inlines:
        match node["t"]:
            case "Str":
                yield replace(around, words=node["c"])
            case "Space" | "SoftBreak":
                yield replace(around, words=" ")
            case "LineBreak":
                yield BREAK
            case "Code":
                yield replace(around, words=node["c"][1], look=around.look | {"Code"})
            case "Note":
                yield from _note(node, around)
            case kind if kind in _LOOKS:
                yield from _runs(node["c"], replace(around, look=around.look | {kind}))
            case "Link":
                # A place of the document is no address: its page is a slide here.
                address = "" if target(node).startswith("#") else target(node)
                yield from _runs(inner(node), replace(around, target=address))
            case "Span" | "Image":
                look = around.look | ({MISSING, PROMPT} & set(classes(node)))
                yield from _runs(inner(node), replace(around, look=look))


def _note(note: Node, around: Run) -> Iterator[Run]:
    yield replace(around, words=" (")
    for rank, block in enumerate(nodes(note, "Para", "Plain")):
        yield replace(around, words=" " if rank else "")
        yield from _runs(block["c"], around)
    yield replace(around, words=")")
