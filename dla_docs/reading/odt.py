"""Reads a LibreOffice document: its paragraphs and tables in order, with bookmarks and fields."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from lxml import etree

from dla_docs.engines.archives import ArchiveFault, unpacked
from dla_docs.reading.blocks import BOX, TICKED, Block, Cell, Control, Grid, Read, Role, Words
from dla_docs.reading.xml import PICTURES, attribute, first, local, parts_of

TEXT, STYLES, PROPERTIES = "content.xml", "styles.xml", "meta.xml"
_EDGES = frozenset("header header-left header-first footer footer-left footer-first".split())
_INSERTED = frozenset("object object-ole".split())
_LEFT_OUT = frozenset("tracked-changes list-item-label ruby-text list-header".split())
"""What nobody reads: words deleted with tracked changes, kept apart."""
_SPACES = 200
"""Spaces that one element may stand for, at most: a file may ask for thousands of millions."""
_REPEATED = 50
"""Cells or rows that one element may stand for, at most."""
_CELLS = 200_000
"""Paragraphs of cells, at most, with those repeated: tables within tables multiply them."""


def read_odt(content: bytes) -> Read:
    """A LibreOffice document. Raises ArchiveFault for what is none, or is not read in bounds."""
    parts = parts_of(content, {TEXT, STYLES, PROPERTIES}, {STYLES, PROPERTIES})
    root = parts.get(TEXT)
    body = first(root, "text") if root is not None else None
    if root is None or body is None:
        raise ArchiveFault("l’archive ne contient pas de texte")
    # LibreOffice says where pages end when it has saved the file; other programs do not.
    paged = first(body, "soft-page-break") is not None
    walk = _Walk(frozenset(_struck(root)), paged, *_looks(root))
    blocks = [*walk.blocks(body)]
    revised = first(body, "tracked-changes") is not None
    mark = _mark(parts.get(PROPERTIES))
    return Read(
        format="odt",
        blocks=(*blocks, *walk.margins),
        mark=mark,
        pages=walk.page if paged else 0,
        revised=revised,
        images=_pictures(content),
        edges=tuple(_edges(parts.get(STYLES))),
        inserted=sum(local(node) in _INSERTED for node in body.iter()),
    )


def _edges(styles: etree._Element | None) -> Iterator[Words]:
    """The heads and the feet of pages."""
    nodes = () if styles is None else styles.iter()
    for node in (node for node in nodes if local(node) in _EDGES):
        for block in _Walk().blocks(node):
            yield from block.words() if isinstance(block, Grid) else (block,)


def _struck(root: etree._Element) -> Iterator[str]:
    """The names of the styles that cross words out."""
    for style in root.iter("{*}style"):
        about = style.find("./{*}text-properties")
        how = attribute(about, "text-line-through-style") if about is not None else ""
        if how not in {"", "none"}:
            yield attribute(style, "name")


def _looks(root: etree._Element) -> tuple[frozenset[str], frozenset[str]]:
    """The styles of this text that begin a page, and those whose words are bold."""
    automatic = first(root, "automatic-styles")
    turned, bold = set[str](), set[str]()
    for style in automatic if automatic is not None else ():
        name = attribute(style, "name")
        about = [child for child in style if local(child).endswith("-properties")]
        if any(attribute(child, "break-before") == "page" for child in about):
            turned.add(name)
        if any(attribute(child, "font-weight") == "bold" for child in about):
            bold.add(name)
    return frozenset(turned), frozenset(bold)


def _mark(properties: etree._Element | None) -> str:
    texts = [] if properties is None else [node.text or "" for node in properties.iter()]
    return next((text for text in texts if text.startswith("dla:")), "")


def _pictures(content: bytes) -> tuple[bytes, ...]:
    try:
        every = unpacked(content, None, PICTURES)
    except ArchiveFault:
        return ()
    return tuple(part for name, part in every.items() if name.startswith("Pictures/"))


@dataclass
class _Open:
    """A paragraph being read."""

    pieces: list[str] = field(default_factory=list)
    anchors: list[str] = field(default_factory=list)
    controls: list[Control] = field(default_factory=list)
    struck: bool = False


class _Walk:
    """Reads in order; `margins` gathers comments and notes, where an answer may be.

    `struck`: the names of the styles that cross words out.
    `turned`: those that begin a page; `bold`: those whose words are bold.
    """

    def __init__(
        self,
        struck: frozenset[str] = frozenset(),
        paged: bool = False,
        turned: frozenset[str] = frozenset(),
        bold: frozenset[str] = frozenset(),
    ) -> None:
        self._struck = struck
        self.page, self.sheet = int(paged), 1
        self._turned, self._bold = turned, bold
        self.margins: list[Words] = []
        self._rank = self._table = self._held = 0
        self._cell_at: tuple[int, ...] = ()
        self._waiting: list[str] = []
        self._boxes: list[Block] = []

    def blocks(self, node: etree._Element, role: Role = Role.PARAGRAPH) -> Iterator[Block]:
        """The blocks below an element, those of frames after the paragraph that holds them."""
        for child in node:
            match local(child):
                case "p":
                    yield self._paragraph(child, role)
                    yield from self._floating()
                case "h":
                    yield self._paragraph(child, Role.HEADING)
                    yield from self._floating()
                case "list-item":
                    yield from self.blocks(child, Role.ITEM)
                case "table":
                    yield self._grid(child)
                case "bookmark" | "bookmark-start":
                    self._waiting.append(attribute(child, "name"))
                case "soft-page-break":
                    self.page += 1
                case name if name and name not in _LEFT_OUT:
                    yield from self.blocks(child, role)

    def _floating(self) -> Iterator[Block]:
        held, self._boxes = self._boxes, []
        yield from held

    def _paragraph(self, node: etree._Element, role: Role) -> Words:
        self._rank += 1
        if attribute(node, "style-name") in self._turned:
            self.page, self.sheet = self.page + bool(self.page), self.sheet + 1
        rank, opened = self._rank, _Open(anchors=self._waiting)
        page, sheet, self._waiting = self.page, self.sheet, []
        self._into(node, opened)
        text = "".join(opened.pieces).strip("\n\t ")
        anchors, controls = tuple(opened.anchors), tuple(opened.controls)
        cell, struck = self._cell_at, opened.struck and bool(text)
        strong = bool(text) and self._is_strong(node)
        return Words(text, role, rank, page, anchors, controls, cell, struck, sheet, strong)

    def _is_strong(self, node: etree._Element) -> bool:
        """Whether all the words of a paragraph are bold, by its style or by those of its spans."""
        if attribute(node, "style-name") in self._bold:
            return True
        spans = [child for child in node if local(child) == "span"]
        loose = (node.text or "") + "".join(child.tail or "" for child in node)
        bold = (attribute(span, "style-name") in self._bold for span in spans)
        return bool(spans) and not loose.strip() and all(bold)

    def _into(self, node: etree._Element, opened: _Open) -> None:
        opened.struck = opened.struck or attribute(node, "style-name") in self._struck
        if node.text and local(node) != "list-item":
            opened.pieces.append(_folded_lines(node.text))
        for child in node:
            self._child(child, opened)
            if child.tail:
                opened.pieces.append(_folded_lines(child.tail))

    def _child(self, child: etree._Element, opened: _Open) -> None:
        match local(child):
            case "s":
                count = attribute(child, "c")
                opened.pieces.append(" " * min(int(count) if count.isdigit() else 1, _SPACES))
            case "tab" | "line-break" as name:
                opened.pieces.append("\t" if name == "tab" else "\n")
            case "soft-page-break":
                self.page += bool(self.page)
            case "bookmark" | "bookmark-start":
                opened.anchors.append(attribute(child, "name"))
            case "content-control":
                self._control(child, opened)
            case "annotation" | "note":
                self._margin(child)
            case "text-box":
                # Whole before it is kept: what it holds may hold boxes too.
                held = list(self.blocks(child))
                self._boxes += held
            case "list-item" | "list-level-properties" | "":
                return
            case name if name not in _LEFT_OUT:
                self._into(child, opened)

    def _margin(self, node: etree._Element) -> None:
        """A comment or a note, apart from the text it is about: not its author, nor its date."""
        apart = _Walk()
        body = first(node, "note-body") if local(node) == "note" else node
        for block in apart.blocks(node if body is None else body):
            for words in block.words() if isinstance(block, Grid) else (block,):
                if words.text.strip():
                    self.margins.append(Words(words.text, Role.MARGIN, self._rank, self.page))

    def _control(self, node: etree._Element, opened: _Open) -> None:
        before = len(opened.pieces)
        self._into(node, opened)
        shown = "".join(opened.pieces[before:])
        if attribute(node, "checkbox") == "true":
            shown = TICKED if attribute(node, "checked") == "true" else BOX
            opened.pieces[before:] = [shown]
        prompt = attribute(node, "showing-place-holder") == "true"
        opened.controls.append(Control(attribute(node, "tag"), shown, prompt))

    def _grid(self, node: etree._Element) -> Grid:
        self._table += 1
        rank, page, around = self._table, self.page, self._cell_at
        rows: list[tuple[Cell, ...]] = []
        for row in _below(node, "table-row"):
            before = row.getprevious()
            if before is not None and local(before) == "soft-page-break":
                self.page += bool(self.page)
            cells: list[Cell] = []
            for cell in _below(row, "table-cell"):
                self._cell_at = (rank, len(rows) + 1, len(cells) + 1)
                span = _times(cell, "number-columns-spanned")
                words = Cell(tuple(self._cell(cell)), span)
                cells += [words] * _times(cell, "number-columns-repeated")
            rows += [tuple(cells)] * _times(row, "number-rows-repeated")
            self._held += sum(len(one.words) for one in cells) * _times(row, "number-rows-repeated")
            if self._held > _CELLS:
                raise ArchiveFault("l’archive contient un tableau démesuré")
        self._cell_at = around
        return Grid(tuple(rows), rank, page)

    def _cell(self, cell: etree._Element) -> Iterator[Words]:
        for block in self.blocks(cell):
            if isinstance(block, Grid):
                yield from block.words()
            else:
                yield block


def _times(node: etree._Element, name: str) -> int:
    said = attribute(node, name)
    return max(1, min(int(said), _REPEATED)) if said.isdigit() else 1


def _below(node: etree._Element, name: str) -> Iterator[etree._Element]:
    """The rows of a table, or the cells of a row, through what groups them."""
    for child in node:
        if local(child) in {name, f"covered-{name}"}:
            yield child
        elif local(child) in {"table-header-rows", "table-row-group", "table-rows"}:
            yield from _below(child, name)


def _folded_lines(text: str) -> str:
    """Text as ODF reads it: white space of the XML is one space."""
    spaced = " ".join(text.split())
    if not spaced:
        return " " if text else ""
    return f"{' ' if text[0].isspace() else ''}{spaced}{' ' if text[-1].isspace() else ''}"
