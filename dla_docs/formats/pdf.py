"""PDF: pandoc's Typst writer, our page template, typst with both standards asked for."""

import re
from collections.abc import Callable
from functools import partial

from dla_docs.engines.fonts import FALLBACK, name_of, needs_fallback, unprintable
from dla_docs.engines.pandoc import Writing
from dla_docs.engines.typst import compile_pdf
from dla_docs.formats.pdf_heads import (
    brief,
    called_around,
    foot,
    footed,
    head,
    in_pairs,
    question,
    record,
    verdict,
)
from dla_docs.formats.pdf_tables import called_table
from dla_docs.formats.pdf_words import options, with_words
from dla_docs.formats.properties import Properties
from dla_docs.formats.shared import (
    Engines,
    Placed,
    answer,
    by_hand,
    cells_of,
    dressed,
    in_text,
    parts_of,
    prepared,
    rows,
    rows_of_logos,
)
from dla_docs.formats.together import (
    announces,
    concludes,
    short_table,
)
from dla_docs.tree.divisions import (
    ANSWER,
    BADGES,
    BOXES,
    BRIEF,
    CARTOUCHE,
    CHART,
    CONTENTS,
    DISCREET,
    DIVISIONS,
    FIGURES,
    FUNDERS_FOOT,
    HEAD,
    IN_ORDER,
    LANDSCAPE_END,
    LANDSCAPE_START,
    LOGOS,
    MISSING,
    NUMBER,
    QUESTION,
    RECORD,
    SIGNATURES,
    STEPS,
    VERDICT,
)
from dla_docs.tree.nodes import (
    Node,
    Nodes,
    classes,
    each,
    inner,
    is_div,
    nodes,
    pairs,
    para,
    raw_block,
    raw_inline,
    rebuild,
    string,
    text,
)
from dla_docs.tree.passes import Tree
from dla_docs.tree.tables import WHOLE

_SHORTHAND = re.compile(r"--|\.\.\.|-\?|-\d")
"""What Typst would turn into a dash, an ellipsis, a soft hyphen or a minus sign."""
_MARK = re.compile(r"(?:[-+/]|=+|\d+\.)(?:\s|$)|[.;(\[]")
"""What would begin a list or a title in a cell or an item, where pandoc does not look, and what
would go on with the call before it: `#strong[a];` has no semicolon."""

PATTERNS = "motifs.typ"
"""What the page looks for in words: a file of its own, which typst reads once for all documents."""
_CALLED = {MISSING, NUMBER, *BADGES}
"""Words that a function of the page dresses, of the name of their class."""


def write_pdf(tree: Tree, properties: Properties, engines: Engines) -> bytes:
    """An accessible and archival PDF."""
    source, files, fonts = typst_source(tree, properties, engines)
    return compile_pdf(source, files, properties.date, fonts)


def typst_source(
    tree: Tree, properties: Properties, engines: Engines
) -> tuple[str, dict[str, bytes], tuple[str, ...]]:
    """What Typst composes: a source, the files that it names, and the fonts that they need."""
    tree = prepared(tree, properties, engines.charter, bare=True)
    families = engines.charter.families
    # Last, so that what is written as Typst code is looked at too.
    dressed_blocks = with_words(_dress(tree, engines))
    blocks = rebuild(dressed_blocks, inlines=partial(_printable, families=families))
    said = {key: _replaced(text, families) for key, text in properties.page().items()}
    source = engines.pandoc.write(
        blocks,
        {},
        Writing(
            # `smart` would turn straight quotes and dashes into others.
            "typst-smart",
            properties.epoch,
            template=engines.charter.text("page.typ"),
            # As strings of Typst: a name may begin as a list or a title does.
            variables={key: text if text.isdigit() else _string(text) for key, text in said.items()}
            | {_parts(tree.blocks): "true"}
            | options(dressed_blocks),
        ),
    ).decode()
    # PDF/UA forbids this invisible mark in any text.
    source = source.replace("\ufeff", "")
    files = {_file(rank, image.kind): image.content for rank, image in enumerate(tree.images)}
    files[PATTERNS] = engines.charter.text(PATTERNS).encode()
    # Only where it serves: typst scans every font it is given, at each document.
    words = "".join(image.words for image in tree.images)
    fonts = (*families, FALLBACK) if needs_fallback(source + words, families) else families
    return source, files, fonts


def _dress(tree: Tree, engines: Engines) -> Nodes:
    """The blocks with the functions of the page template called around them."""

    def band(block: Node) -> Nodes:
        rows = rows_of_logos(block, tree, engines.charter)
        lines = "".join(f"({', '.join(map(_call, row))},),\n" for row in rows)
        return [raw_block("typst", f"#bandeau-logos(\n{lines})")] if rows else []

    def inline(node: Node) -> Nodes:
        if node["t"] == "Image":
            call = _call(in_text(node, tree.images, engines.charter))
            return [raw_inline("typst", f"#box({call});")]
        if node["t"] == "Span" and (named := _CALLED.intersection(classes(node))):
            return _called(min(named), inner(node))
        return [node]

    dresses: dict[str, Callable[[Node], Nodes]] = {
        **{
            d.name: partial(called_around, name=d.function)
            for d in DIVISIONS.values()
            if d.function
        },
        HEAD: head,
        STEPS: lambda block: [raw_block("typst", f"#etapes({pairs(block)['courante']})")],
        CARTOUCHE: lambda block: in_pairs(block, "cartouche-court"),
        BRIEF: brief,
        VERDICT: verdict,
        FIGURES: lambda block: in_pairs(block, "chiffres"),
        QUESTION: question,
        FUNDERS_FOOT: foot,
        LOGOS: band,
        RECORD: record,
        SIGNATURES: _signatures,
        IN_ORDER: _in_order,
        BOXES: _boxes,
        ANSWER: _answer,
        CHART: _chart,
        CONTENTS: lambda block: [raw_block("typst", "#sommaire()")],
        LANDSCAPE_START: lambda block: [raw_block("typst", "#paysage[")],
        LANDSCAPE_END: lambda block: [raw_block("typst", "]")],
    }
    blocks = dressed(_announced(footed(tree.blocks)), dresses)
    blocks = each(blocks, "Header", partial(_titled, families=engines.charter.families))
    blocks = rebuild(blocks, inlines=lambda inlines: [n for i in inlines for n in inline(i)])
    return each(blocks, "Table", called_table)


def _announced(blocks: Nodes) -> Nodes:
    """Each paragraph that ends with a colon, or concludes a chart, on the page of what follows.

    So is a short table that a note follows. Of quotations in a row, two at least on each page, the
    large one of them.
    """
    result: Nodes = []
    said = (block["t"] == "BlockQuote" or is_div(block, QUESTION) for block in blocks)
    quoted = [False, *said, False, False]
    for rank, (block, after) in enumerate(zip(blocks, [*blocks[1:], None], strict=True)):
        before, own, then, further = quoted[rank : rank + 4]
        words = text(block)
        shown = after and is_div(after, CHART) and concludes(words)
        leads = (after and announces(words)) or shown
        noted = after and is_div(after, DISCREET) and block["t"] == "Table" and short_table(block)
        quotes = own and then and not (before and further)
        if (block["t"] == "Para" and leads) or quotes or noted:
            result += [raw_block("typst", "#annonce["), block, raw_block("typst", "]")]
        else:
            result.append(block)
    return result


def _parts(blocks: Nodes) -> str:
    """How the parts of a document are told: articles, numbered, or small titles without number."""
    spans = [n for n in nodes(blocks, "Span") if NUMBER in classes(n)]
    if not spans:
        return "simples"
    return "articles" if text(inner(spans[0])).startswith("Article") else "numeros"


def _titled(header: Node, families: tuple[str, ...]) -> Nodes:
    """A heading; where no font prints any of its signs, those that stand for them, as letters.

    PDF/UA wants words in a heading, and takes a drawing for none.
    """
    words = text(inner(header))
    if set(words) - unprintable(words, families) - {" "}:
        return [header]
    return [{"t": "Header", "c": [*header["c"][:2], string(_replaced(words, families))]}]


def _signatures(block: Node) -> Nodes:
    """The cells to sign, as many columns as the widest row."""
    grid = rows(cells_of(block), [])
    result = [raw_block("typst", f"#signatures(colonnes: {len(grid[0]) if grid else 1},")]
    for for_whom, *who in filter(None, cells_of(block)):
        result += [raw_block("typst", "[#pour-qui["), for_whom, raw_block("typst", "]")]
        result += [*map(_to_sign, who), raw_block("typst", "],")]
    return [*result, raw_block("typst", ")")]


def _to_sign(block: Node) -> Node:
    """A line of a box to sign; one to complete by hand ends on a rule, alone after its words.

    A rule between two words would have Typst take the second for its drawing (PDF/UA).
    """
    if not by_hand(block, raw_inline("typst", "")):
        return block
    return para([raw_inline("typst", "#fait-le["), *block["c"], raw_inline("typst", "];#trait;")])


def _in_order(block: Node) -> Nodes:
    """What is right, item by item: no list, for it would show a bullet before each tick.

    Their labels are bold, not strong: a `Span` within each would make three pieces of it (ORD-001).
    """
    cells = [
        each(cell, "Strong", lambda node: _called("etiquette", node["c"]))
        for cell in cells_of(block)
    ]
    items = [[raw_block("typst", "["), *cell, raw_block("typst", "],")] for cell in cells]
    return [
        raw_block("typst", "#en-ordre("),
        *(n for i in items for n in i),
        raw_block("typst", ")"),
    ]


def _boxes(block: Node) -> Nodes:
    """A question and its choices: no list, for it would show a bullet before each box."""
    question, choices = parts_of(block)
    result = [raw_block("typst", "#cases(["), *question, raw_block("typst", "],")]
    for choice in choices:
        result += [raw_block("typst", "["), *choice, raw_block("typst", "],")]
    return [*result, raw_block("typst", ")")]


def _answer(block: Node) -> Nodes:
    """A label and lines to write on."""
    label, count = answer(block)
    return [{"t": "Para", "c": _called(f"reponse(lignes: {count})", label)}]


def _chart(block: Node) -> Nodes:
    """A title, a drawing and its data: together on a page when they are short.

    A table that no page cuts may go to the next one: the drawing holds to an empty block before it.
    """
    table = next(iter(nodes(block, "Table")), None)
    apart = table is not None and WHOLE in pairs(table)
    whole = "true" if table and short_table(table) and not apart else "false"
    held = inner(block)
    if apart:
        held = [*held[:-1], raw_block("typst", "#coupure"), held[-1]]
    return [raw_block("typst", f"#graphique(entier: {whole})["), *held, raw_block("typst", "]")]


def _called(function: str, inlines: Nodes) -> Nodes:
    return [raw_inline("typst", f"#{function}["), *inlines, raw_inline("typst", "];")]


def _literal(word: str) -> Node:
    """A word as it is written: pandoc leaves in it some signs that Typst takes for its own."""
    if not (_SHORTHAND.search(word) or _MARK.match(word)):
        return {"t": "Str", "c": word}
    return raw_inline("typst", re.sub(r"([!-/:-@\[-`{-~])", r"\\\1", word))


def _printable(inlines: Nodes, families: tuple[str, ...]) -> Nodes:
    """Characters that no font prints become a sign that tells their name (PDF/UA needs both)."""
    result: Nodes = []
    for node in inlines:
        if node["t"] in {"Code", "RawInline"}:
            attrs, words = node["c"]
            result.append({"t": node["t"], "c": [attrs, _replaced(words, families)]})
        elif node["t"] == "Str" and (missing := unprintable(node["c"], families)):
            for part in re.split(f"([{re.escape(''.join(missing))}])", node["c"]):
                sign = part in missing
                call = f'#glyphe("{name_of(part)}");' if sign else ""
                result.append(raw_inline("typst", call) if sign else _literal(part))
        elif node["t"] == "Str":
            result.append(_literal(node["c"]))
        else:
            result.append(node)
    return result


def _replaced(text: str, families: tuple[str, ...]) -> str:
    return "".join("\ufffd" if c in unprintable(text, families) else c for c in text)


def _string(words: str) -> str:
    """A text as Typst code that stands for it in a text, or nothing for an empty one."""
    return f"#{_quoted(words)};" if words else ""


def _quoted(words: str) -> str:
    escaped = words.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'


def _call(placed: Placed) -> str:
    """An image as Typst code: pandoc 3.9 would drop its alternative text (measured)."""
    name, height = _file(placed.rank, placed.image.kind), f"{placed.height:.2f}mm"
    if placed.decorative:
        return f'pdf.artifact(image("{name}", height: {height}))'
    return f'image("{name}", alt: {_quoted(placed.alternative)}, height: {height})'


def _file(rank: int, kind: str) -> str:
    return f"image-{rank}.{kind}"
