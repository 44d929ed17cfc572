"""Walking pandoc's AST: plain JSON data, rebuilt rather than changed.

A block or an inline is `{"t": name, "c": content}`; attributes are `[id, classes, pairs]`.
"""

from collections.abc import Callable, Iterable, Sequence
from typing import Any

Node = dict[str, Any]
Nodes = list[Node]
Change = Callable[[Nodes], Nodes]

BLOCKS = frozenset(
    "Plain Para LineBlock CodeBlock RawBlock BlockQuote OrderedList BulletList DefinitionList "
    "Header HorizontalRule Table Figure Div Null".split()
)
INLINES = frozenset(
    "Str Emph Underline Strong Strikeout Superscript Subscript SmallCaps Quoted Cite Code Space "
    "SoftBreak LineBreak Math RawInline Link Image Note Span".split()
)


LEAVES = frozenset(
    "Str Space SoftBreak LineBreak Code CodeBlock RawBlock RawInline Math HorizontalRule".split()
)
"""Nodes that hold no other: nine in ten of a page."""


_SHUT = LEAVES.union(
    "ColWidth ColWidthDefault AlignLeft AlignRight AlignCenter AlignDefault".split()
)
"""The same, and what tells how a column of a table is set."""


def rebuild(value: Any, blocks: Change | None = None, inlines: Change | None = None) -> Any:
    """The same tree with each list of blocks or inlines changed, the deepest first.

    What cannot change is shared with the tree given: half of the time of our passes was copies.
    """
    if value.__class__ is dict:
        kind = value.get("t")
        if kind is None:
            return {key: rebuild(item, blocks, inlines) for key, item in value.items()}
        if kind in _SHUT or "c" not in value:
            return value
        return {**value, "c": rebuild(value["c"], blocks, inlines)}
    # Attributes and targets begin with a text, and hold no node: half of the lists of a tree.
    if value.__class__ is not list or not value or value[0].__class__ is str:
        return value
    first = value[0]
    kind = first.get("t") if first.__class__ is dict else None
    if not inlines and kind in INLINES and all(node["t"] in LEAVES for node in value):
        return value
    # Leaves are looked at here: a call for each took a third of the time of our passes (measured).
    rebuilt = [
        item
        if (
            item.get("t") in _SHUT
            if item.__class__ is dict
            else (item.__class__ is not list or not item or item[0].__class__ is str)
        )
        else rebuild(item, blocks, inlines)
        for item in value
    ]
    if kind in BLOCKS and blocks:
        return blocks(rebuilt)
    if kind in INLINES and inlines:
        return inlines(rebuilt)
    return rebuilt


def each(value: Any, name: str, change: Callable[[Node], Nodes]) -> Nodes:
    """The same tree with each node of a type replaced by what `change` makes of it."""

    def replaced(siblings: Nodes) -> Nodes:
        return [n for node in siblings for n in (change(node) if node["t"] == name else [node])]

    where = {"blocks": replaced} if name in BLOCKS else {"inlines": replaced}
    rebuilt: Nodes = rebuild(value, **where)
    return rebuilt


def nodes(value: Any, *names: str) -> Iterable[Node]:
    """Every node of some types, in reading order."""
    others = LEAVES.difference(names)
    left = [value]
    while left:
        item = left.pop()
        if isinstance(item, dict):
            kind = item.get("t")
            if kind in names:
                yield item
            if kind not in LEAVES:
                left.append(item.get("c"))
        # Attributes and targets begin with a text, and hold no node.
        elif isinstance(item, list) and item and not isinstance(item[0], str):
            # Nine nodes in ten are leaves that nobody asks for.
            left += [
                held
                for held in reversed(item)
                if not (held.__class__ is dict and held.get("t") in others)
            ]


def text(value: Any) -> str:
    """The words of a tree, spaces between blocks; alternative texts count as words."""
    words: list[str] = []
    _say(value, words)
    return "".join(words)


def _say(value: Any, words: list[str]) -> None:
    """Add the words of a tree to others."""
    if isinstance(value, list):
        for item in value:
            _say(item, words)
        return
    if not isinstance(value, dict) or "t" not in value:
        return
    kind: str = value["t"]
    content: Any = value.get("c")
    if kind == "Str":
        words.append(str(content))
    elif kind in {"Space", "SoftBreak", "LineBreak"}:
        words.append(" ")
    elif kind in {"Code", "CodeBlock"}:
        words.append(str(content[1]) + (" " if kind == "CodeBlock" else ""))
    elif kind not in {"RawBlock", "RawInline", "Math"}:
        _say(content, words)
        if kind in BLOCKS:
            words.append(" ")


def joined(inlines: Nodes) -> Nodes:
    """Neighbouring strings as one, so that writers and searches see whole words."""
    result: Nodes = []
    for node in inlines:
        if node["t"] == "Str" and result and result[-1]["t"] == "Str":
            result[-1] = {"t": "Str", "c": result[-1]["c"] + node["c"]}
        else:
            result.append(node)
    return result


def string(content: str) -> Nodes:
    """A plain text as inlines."""
    inlines: Nodes = []
    for rank, word in enumerate(content.split(" ")):
        if rank:
            inlines.append({"t": "Space"})
        if word:
            inlines.append({"t": "Str", "c": word})
    return inlines


def attributes(identifier: str = "", classes: Sequence[str] = (), **pairs: str) -> list[Any]:
    """Attributes of a node; `custom_style` becomes `custom-style`."""
    return [identifier, list(classes), [[k.replace("_", "-"), v] for k, v in pairs.items()]]


def div(content: Nodes, *classes: str, **pairs: str) -> Node:
    """A division."""
    return {"t": "Div", "c": [attributes("", classes, **pairs), content]}


def para(content: Nodes) -> Node:
    """A paragraph."""
    return {"t": "Para", "c": content}


def raw_block(format: str, content: str) -> Node:
    """Markup of one output format."""
    return {"t": "RawBlock", "c": [format, content]}


def raw_inline(format: str, content: str) -> Node:
    """Markup of one output format, within a paragraph."""
    return {"t": "RawInline", "c": [format, content]}


def classes(node: Node) -> list[str]:
    """The classes of a Div, Span, Header, Image…, empty for a node without attributes."""
    names: list[str] = attributes_of(node)[1]
    return names


def pairs(node: Node) -> dict[str, str]:
    """The key-value attributes of a node."""
    return dict(attributes_of(node)[2])


def attributes_of(node: Node) -> list[Any]:
    """The attributes of a node, empty ones where its type has none."""
    content = node.get("c")
    if node["t"] == "Header":
        return list(content[1]) if content else attributes()
    if node["t"] in {"Div", "Span", "Link", "Image", "Table", "Figure", "Code", "CodeBlock"}:
        return list(content[0]) if content else attributes()
    return attributes()


def is_strong(block: Node) -> bool:
    """Whether a paragraph is all of strong words: it names what it begins."""
    return block["t"] in {"Para", "Plain"} and {node["t"] for node in block["c"]} == {"Strong"}


def is_div(node: Node, *names: str) -> bool:
    """Whether a block is a division of one of some classes."""
    return node["t"] == "Div" and not set(names).isdisjoint(classes(node))


def identifier(node: Node) -> str:
    """The identifier of a node, "" where it has none."""
    return str(attributes_of(node)[0])


def level(header: Node) -> int:
    """The level of a Header, from 1."""
    return int(header["c"][0])


def inner(node: Node) -> Nodes:
    """What a Header, a Div, a Span, a Link or an Image holds."""
    content: Nodes = node["c"][2 if node["t"] == "Header" else 1]
    return content


def target(node: Node) -> str:
    """Where a Link leads, or the file of an Image."""
    return str(node["c"][2][0])


def items(blocks: Nodes) -> list[Nodes]:
    """The items of the bullet lists among some blocks."""
    return [item for block in blocks if block["t"] == "BulletList" for item in block["c"]]


def body_rows(table: Node) -> list[list[Nodes]]:
    """The rows of a Table below its header: the blocks of each of their cells."""
    return [[cell[4] for cell in row[1]] for body in table["c"][4] for row in body[3]]
