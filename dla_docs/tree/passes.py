"""Stage 7, AST: the filled template becomes one tree, settled once for all formats.

In order: Markdown texts of the data put back, tables and charts built, landscape pages opened,
headings above nothing removed; the contract verified (`contract.py`); images resolved, links
made, headings identified and numbered, contents placed, typography set.
"""

import itertools
import re
import unicodedata
from collections.abc import Callable, Iterable
from copy import deepcopy
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from dla_docs.documents.types import LETTER, DocumentType, Section
from dla_docs.engines.images import Image, ImageFault, read_image
from dla_docs.engines.pandoc import Pandoc
from dla_docs.load.markdown import ADDRESS, address_of, start_of
from dla_docs.load.pictures import image_path
from dla_docs.load.places import DATA
from dla_docs.load.readable import readable
from dla_docs.model.errors import TemplateError
from dla_docs.model.values import NO_BREAK
from dla_docs.tree.charts import charts
from dla_docs.tree.divisions import LANDSCAPE, LANDSCAPE_END, LANDSCAPE_START, NUMBER
from dla_docs.tree.head import settled
from dla_docs.tree.nodes import (
    Node,
    Nodes,
    attributes,
    classes,
    div,
    each,
    identifier,
    inner,
    is_div,
    level,
    nodes,
    pairs,
    para,
    rebuild,
    string,
    target,
    text,
)
from dla_docs.tree.sections import (
    TYPED,
    without_empty_headings,
    without_headings,
    without_titled_verdicts,
)
from dla_docs.tree.tables import tables
from dla_docs.tree.template import Text
from dla_docs.tree.typography import typography

MAX_LEVEL = 5
"""The deepest heading the reference DOCX has a style for; one level lower in HTML, its last."""


@dataclass(frozen=True)
class Tree:
    """A document ready to be written: blocks, and the images they name (`image:0`)."""

    blocks: Nodes
    images: tuple[Image, ...]


def build_blocks(filled: Text, owed: Iterable[Section], pandoc: Pandoc) -> Nodes:
    """Parse a filled template: what the contract reads. Raises TemplateError and EngineError.

    The heading of an `owed` section stays, though nothing is under it.
    """
    blocks, *riches = pandoc.read(filled.markdown, [readable(text) for text in filled.riches])
    riches = [_located(text, rank) for rank, text in enumerate(riches)]
    # Texts first, for every pass to see them: blocks where a mark is alone, else words.
    blocks = _insert(blocks, riches, 0)
    blocks = rebuild(blocks, inlines=lambda inlines: _inline_marks(inlines, riches))
    # Tables and charts without a line are gone before a page or a heading is judged empty.
    blocks = _open_landscape(charts(tables(blocks)))
    return without_empty_headings(blocks, {section.id for section in owed})


def finish(blocks: Nodes, filled: Text, kind: DocumentType, root: Path) -> Tree:
    """The last passes, after the contract: images, links, identifiers, numbers, typography.

    `root` is the workspace, out of which no image is read. Raises TemplateError.
    """
    # After the contract, which knows logos by the names that templates give them.
    blocks, images = _resolve(blocks, _Images(filled, root))
    # Before typography, which joins words: an address is looked for in each alone.
    blocks = rebuild(blocks, inlines=_links)
    if kind.forme == LETTER:
        blocks = without_headings(blocks)
    blocks = without_titled_verdicts(blocks)
    blocks = anchored(_number(_identify(blocks), kind.numerotation))
    return Tree(typography(settled(blocks, kind.sommaire)), images)


def _insert(blocks: Nodes, riches: list[Nodes], above: int) -> Nodes:
    """Put each Markdown text in place of the paragraph that is its mark, headings shifted."""
    result: Nodes = []
    for block in blocks:
        if block["t"] == "Header":
            above = level(block)
        rank = _lone_mark(block)
        if rank is not None:
            # A copy: the same text may be printed again, under a heading of another level.
            result.extend(_fitted(deepcopy(riches[rank]), above, block["t"]))
        elif block["t"] in {"Div", "BlockQuote", "BulletList", "OrderedList", "DefinitionList"}:
            result.append(_within(block, partial(_insert, riches=riches, above=above)))
        else:
            result.append(block)
    return result


def _within(block: Node, change: Callable[[Nodes], Nodes]) -> Node:
    """A container with each list of blocks it holds changed."""
    content = block["c"]
    match block["t"]:
        case "Div":
            return {"t": "Div", "c": [content[0], change(content[1])]}
        case "BlockQuote":
            return {"t": "BlockQuote", "c": change(content)}
        case "BulletList":
            return {"t": "BulletList", "c": [change(item) for item in content]}
        case "OrderedList":
            return {"t": "OrderedList", "c": [content[0], [change(i) for i in content[1]]]}
        case _:
            entries = [[term, [change(d) for d in definitions]] for term, definitions in content]
            return {"t": "DefinitionList", "c": entries}


def _lone_mark(block: Node) -> int | None:
    """The rank of the text that a paragraph stands for, if it is nothing else."""
    if block["t"] in {"Para", "Plain"} and len(block["c"]) == 1:
        return _mark(block["c"][0])
    return None


def _mark(node: Node) -> int | None:
    if node["t"] == "Span" and "riche" in classes(node):
        rank = pairs(node).get("n", "")
        if not rank.isdigit():
            raise TemplateError("un gabarit écrit « riche », une marque réservée à dla")
        return int(rank)
    return None


def _fitted(blocks: Nodes, above: int, holder: str) -> Nodes:
    """A text of the data under a heading: its own headings go one level below, and no deeper."""
    blocks = each(blocks, "Header", lambda header: [_worded(header)])
    headers = list(nodes(blocks, "Header"))
    shift = above + 1 - min((level(header) for header in headers), default=1)
    before = above
    for header in headers:
        # Never two levels at once: a reader by ear would look for what was left out (PDF/UA).
        before = min(level(header) + shift, before + 1, MAX_LEVEL)
        header["c"][:2] = [before, attributes("", [TYPED])]
    if holder == "Plain" and len(blocks) == 1 and blocks[0]["t"] == "Para":
        blocks[0]["t"] = "Plain"
    return blocks


def _worded(header: Node) -> Node:
    """A heading, or a paragraph where it has no word: an image, a note, spaces announce nothing."""
    words = text([node for node in inner(header) if node["t"] not in {"Image", "Note"}])
    said = any(not c.isspace() and unicodedata.category(c) not in {"Cf", "Zs"} for c in words)
    return header if said else para(inner(header))


def _inline_marks(inlines: Nodes, riches: list[Nodes]) -> Nodes:
    """Line breaks of plain texts, and Markdown texts within a sentence, as their own words."""
    result: Nodes = []
    for node in inlines:
        rank = _mark(node)
        if rank is not None:
            lines = nodes(riches[rank], "Para", "Plain", "Header")
            paragraphs = [inner(b) if b["t"] == "Header" else b["c"] for b in lines]
            for number, paragraph in enumerate(paragraphs):
                result += ([{"t": "LineBreak"}] if number else []) + deepcopy(paragraph)
        elif node["t"] == "Span" and "saut" in classes(node):
            result.append({"t": "LineBreak"})
        else:
            result.append(node)
    return result


def _located(blocks: Nodes, rank: int) -> Nodes:
    """A text of the data whose images say which text names them: `texte:2:schema.png`."""
    return each(blocks, "Image", lambda image: [_renamed(image, f"texte:{rank}:{target(image)}")])


def _renamed(image: Node, name: str) -> Node:
    attrs, alternative, (_, title) = image["c"]
    return {"t": "Image", "c": [attrs, alternative, [name, title]]}


class _Images:
    """Finds the file of each image: a logo by rank, or a file beside the text that names it."""

    def __init__(self, filled: Text, root: Path) -> None:
        self._filled, self._root = filled, root

    def find(self, address: str) -> Path:
        kind, _, rest = address.partition(":")
        if kind == "logo":
            logo = self._filled.logos[int(rest)]
            return image_path(self._root, self._root / DATA, logo.file)
        rank, _, name = rest.partition(":") if kind == "texte" else ("", "", address)
        folder = self._root / self._filled.riches[int(rank)].folder if rank else self._root
        return image_path(self._root, folder, name)


def _resolve(blocks: Nodes, finder: _Images) -> tuple[Nodes, tuple[Image, ...]]:
    """Read every image once and name it by its rank."""
    images: dict[str, Image] = {}

    def named(image: Node) -> Nodes:
        address = target(image)
        if address not in images:
            try:
                images[address] = read_image(finder.find(address))
            except (ImageFault, IndexError, ValueError) as fault:
                reason = str(fault) if isinstance(fault, ImageFault) else "n’existe pas"
                name = re.sub(r"^texte:\d+:", "", address)
                raise TemplateError(
                    f"l’image « {name} » {reason}",
                    "seules les images de l’espace de travail peuvent illustrer un document",
                ) from fault
        return [_renamed(image, f"image:{list(images).index(address)}")]

    return each(blocks, "Image", named), tuple(images.values())


def _open_landscape(blocks: Nodes) -> Nodes:
    """Each division `page-paysage` as two marks around its blocks: its headings stay headings.

    One that holds nothing, or nothing any more, is dropped; one that follows another goes on.
    """
    start, end = div([], LANDSCAPE_START), div([], LANDSCAPE_END)
    result: Nodes = []
    for block in blocks:
        if not is_div(block, LANDSCAPE):
            result.append(block)
        elif text(inner(block)).strip():
            if result[-1:] == [end]:
                result.pop()
            else:
                result.append(start)
            result += [*inner(block), end]
    return result


def _identify(blocks: Nodes) -> Nodes:
    """A short identifier for every heading: Word's bookmarks hold at most 40 characters."""
    count = itertools.count()
    return each(blocks, "Header", lambda header: [_identified(header, next(count))])


def _identified(header: Node, rank: int) -> Node:
    depth, attrs, inlines = header["c"]
    name = attrs[0] or f"titre-{rank}"
    kept = [word for word in attrs[1] if word != TYPED]
    return {"t": "Header", "c": [depth, [name, kept, attrs[2]], inlines]}


def _number(blocks: Nodes, style: str) -> Nodes:
    """Number the first-level headings: « 1. » or « Article 1er – »; those of a letter are not."""
    if style == "aucune":
        return blocks
    result: Nodes = []
    rank = 0
    for block in blocks:
        if block["t"] == "Header" and level(block) == 1 and "sans-numero" not in classes(block):
            rank += 1
            ordinal = "1er" if rank == 1 else str(rank)
            label = f"Article{NO_BREAK}{ordinal} –" if style == "articles" else f"{rank}."
            _, attrs, inlines = block["c"]
            # A format may hang the number in the margin.
            words = [*string(label), {"t": "Str", "c": NO_BREAK}]
            numbered = [{"t": "Span", "c": [attributes("", [NUMBER]), words]}, *inlines]
            block = {"t": "Header", "c": [1, attrs, numbered]}
        result.append(block)
    return result


def _links(inlines: Nodes) -> Nodes:
    """E-mail and web addresses written as text become links."""
    result: Nodes = []
    for node in inlines:
        if node["t"] == "Str":
            result += _linked(node["c"])
        else:
            result += _unlinked(node) if node["t"] == "Link" else [node]
    return result


def _linked(word: str) -> Nodes:
    """A word, with a link for each address in it; punctuation that ends one stays outside."""
    # All words are looked at: the pattern alone took a tenth of the time of a document (measured).
    if "@" not in word and "://" not in word:
        return [{"t": "Str", "c": word}] if word else []
    result: Nodes = []
    place = 0
    for found in ADDRESS.finditer(word):
        bare = address_of(found)[start_of(found) :]
        start = found.start() + start_of(found)
        target = f"mailto:{bare}" if found["mail"] else bare
        result += [{"t": "Str", "c": word[place:start]}]
        result += [{"t": "Link", "c": [attributes(), [{"t": "Str", "c": bare}], [target, ""]]}]
        place = start + len(bare)
    result += [{"t": "Str", "c": word[place:]}]
    return [node for node in result if node["c"] != ""]


_SAFE = re.compile(r"(?:https?://|mailto:|#)", re.I)


def _unlinked(link: Node) -> Nodes:
    """One link where its own words were an address; only its words where it leads elsewhere.

    `javascript:` and `file:` have no place in a document that goes from hand to hand. A link
    without words shows where it leads.
    """
    attrs, words, address = link["c"]
    flat = [word for n in words for word in (inner(n) if n["t"] == "Link" else [n])]
    if not _SAFE.match(address[0]):
        return flat
    return [{"t": "Link", "c": [attrs, flat or string(address[0]), address]}]


def anchored(blocks: Nodes) -> Nodes:
    """Without the links to a place of the document that no heading has: Typst fails on them."""
    places = {f"#{identifier(header)}" for header in nodes(blocks, "Header")}

    def kept(link: Node) -> Nodes:
        lost = target(link).startswith("#") and target(link) not in places
        return inner(link) if lost else [link]

    return each(blocks, "Link", kept)
