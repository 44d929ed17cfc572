"""Reads a Word document: its paragraphs and tables in order, whatever program saved it.

Pandoc's reader drops the bookmarks that no link names, the tags of fields and the state of boxes,
by which a form is read back (measured): this one keeps them.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field

from lxml import etree

from dla_docs.engines.archives import ArchiveFault, unpacked
from dla_docs.reading.blocks import BOX, TICKED, Block, Cell, Control, Grid, Read, Role, Words
from dla_docs.reading.xml import PICTURES, attribute, first, first_below, local, parts_of

TEXT, NOTES = "word/document.xml", ("word/footnotes.xml", "word/endnotes.xml", "word/comments.xml")
EDGES = tuple(f"word/{edge}{rank}.xml" for edge in ("header", "footer") for rank in range(1, 10))
"""The heads and the feet of pages: Word writes three of each for each section."""
PROPERTIES, RELATED = "docProps/custom.xml", "word/_rels/document.xml.rels"
ITEMS = frozenset(f"customXml/item{rank}.xml" for rank in range(1, 10))
"""Where Word keeps the data that fields are bound to: the first is ours, until another is added."""
ANSWERS = "urn:dla-docs:formulaire"
"""The namespace of our own data, as the writer of Word forms declares it."""
_LEFT_OUT = frozenset(
    "delText instrText del moveFrom sdtPr rPr pPr tblPr trPr tcPr Fallback".split()
)
"""What nobody reads: words deleted with tracked changes, fields' own codes, properties; and what
`mc:AlternateContent` holds twice."""
_BREAKS = {"br": "\n", "cr": "\n", "tab": "\t", "noBreakHyphen": "-"}
_REVISED = frozenset("ins del moveFrom moveTo".split())
_INSERTED = frozenset("altChunk OLEObject".split())
_SPAN = 60
"""Columns of a table at most: Word has 63."""


def read_docx(content: bytes) -> Read:
    """A Word document. Raises ArchiveFault for what is none, or is not read within bounds."""
    spare = {PROPERTIES, *ITEMS, *EDGES}
    parts = parts_of(content, {TEXT, *NOTES, *spare}, spare)
    body = parts.get(TEXT)
    if body is None:
        raise ArchiveFault("l’archive ne contient pas de texte")
    # Word says where pages end when it has saved the file; other programs do not.
    walk = _Walk(paged=any(local(node) == "lastRenderedPageBreak" for node in body.iter()))
    blocks = [*walk.blocks(body)]
    for name in (name for name in NOTES if name in parts):
        blocks += walk.margins(parts[name])
    return Read(
        format="docx",
        blocks=tuple(blocks),
        fields=_bound(parts),
        mark=_mark(parts.get(PROPERTIES)),
        pages=walk.page,
        revised=any(local(node) in _REVISED for node in body.iter()),
        images=_pictures(content),
        edges=tuple(words for n in EDGES if n in parts for words in walk.margins(parts[n])),
        inserted=sum(local(node) in _INSERTED for node in body.iter()),
    )


def _bound(parts: dict[str, etree._Element]) -> dict[str, str | bool]:
    """The answers that are data too, those that were given."""
    found: dict[str, str | bool] = {}
    for name in sorted(ITEMS & parts.keys()):
        root = parts[name]
        if root.tag == f"{{{ANSWERS}}}formulaire":
            told = ((str(node.get("cle")), (node.text or "").strip()) for node in root)
            found |= {key: text for key, text in told if text}
    return found


def _mark(properties: etree._Element | None) -> str:
    texts = [] if properties is None else [node.text or "" for node in properties.iter()]
    return next((text for text in texts if text.startswith("dla:")), "")


def _pictures(content: bytes) -> tuple[bytes, ...]:
    """The pictures of the text: where logos are looked for. None where they are too many."""
    try:
        every = unpacked(content, None, PICTURES)
    except ArchiveFault:
        return ()
    return tuple(part for name, part in every.items() if name.startswith("word/media/"))


@dataclass
class _Open:
    """A paragraph being read."""

    pieces: list[str] = field(default_factory=list)
    anchors: list[str] = field(default_factory=list)
    controls: list[Control] = field(default_factory=list)
    struck: bool = False


class _Walk:
    """Reads in order; counts paragraphs, tables, and the pages that Word saw when it saved."""

    def __init__(self, paged: bool) -> None:
        self.page, self.sheet = int(paged), 1
        self._rank = self._table = 0
        self._cell_at: tuple[int, ...] = ()
        self._waiting: list[str] = []
        self._boxes: list[Block] = []

    def blocks(self, node: etree._Element) -> Iterator[Block]:
        """The blocks below an element, those of text boxes after the paragraph that holds them."""
        for child in node:
            match local(child):
                case "p":
                    yield self._paragraph(child)
                    yield from self._floating()
                case "tbl" if (box := _only_cell(child)) is not None:
                    # The frame of an answer: what it holds is text, and a table within is one.
                    yield from self.blocks(box)
                case "tbl":
                    yield self._grid(child)
                case "bookmarkStart":
                    # Between two paragraphs: it is of the one that follows.
                    self._waiting.append(attribute(child, "name"))
                case name if name not in _LEFT_OUT:
                    yield from self.blocks(child)

    def _floating(self) -> Iterator[Block]:
        held, self._boxes = self._boxes, []
        yield from held

    def margins(self, part: etree._Element) -> Iterator[Words]:
        """The notes and the comments: an answer may be in one."""
        for block in self.blocks(part):
            for words in block.words() if isinstance(block, Grid) else (block,):
                if words.text.strip():
                    yield Words(words.text, Role.MARGIN, words.rank, words.page)

    def _paragraph(self, node: etree._Element) -> Words:
        self._rank += 1
        about = first_below(node, "pPr")
        self.sheet += _turned_before(about)
        rank, page, opened = self._rank, self.page, _Open(anchors=self._waiting)
        sheet, self._waiting = self.sheet, []
        self._into(node, opened)
        self.sheet += _turned_after(about)
        text = "".join(opened.pieces).strip("\n\t ")
        anchors, controls = tuple(opened.anchors), tuple(opened.controls)
        cell, struck, strong = self._cell_at, opened.struck, _is_strong(node)
        role = _role(about)
        return Words(text, role, rank, page, anchors, controls, cell, struck, sheet, strong)

    def _into(self, node: etree._Element, opened: _Open) -> None:
        """The text of an element, added to a paragraph."""
        opened.struck = opened.struck or _is_struck(node)
        for child in node:
            match local(child):
                case "t":
                    opened.pieces.append(child.text or "")
                case "br" | "cr" | "tab" | "noBreakHyphen" | "lastRenderedPageBreak" as name:
                    self._turn(child, name)
                    opened.pieces.append(_BREAKS.get(name, ""))
                case "sym":
                    opened.pieces.append(_symbol(child))
                case "bookmarkStart":
                    opened.anchors.append(attribute(child, "name"))
                case "checkBox":
                    opened.pieces.append(_legacy(child))
                case "sdt":
                    self._control(child, opened)
                case "txbxContent":
                    # Whole before it is kept: what it holds may hold boxes too.
                    held = list(self.blocks(child))
                    self._boxes += held
                case name if name not in _LEFT_OUT:
                    self._into(child, opened)

    def _turn(self, node: etree._Element, name: str) -> None:
        if self.page and name == "lastRenderedPageBreak":
            self.page += 1
        if name == "br" and attribute(node, "type") == "page":
            self.sheet += 1

    def _control(self, node: etree._Element, opened: _Open) -> None:
        """A field within a paragraph: what it shows is text, and is known by its name too."""
        before = len(opened.pieces)
        content = first(node, "sdtContent")
        if content is not None:
            self._into(content, opened)
        about = first(node, "sdtPr")
        if about is None:
            return
        shown = "".join(opened.pieces[before:])
        box = first(about, "checkbox")
        if box is not None:
            shown = _state(box)
            opened.pieces[before:] = [shown]
        name, prompt = first(about, "tag"), first(about, "showingPlcHdr")
        said = attribute(name, "val") if name is not None else ""
        opened.controls.append(Control(said, shown, prompt is not None))

    def _grid(self, node: etree._Element) -> Grid:
        self._table += 1
        rank, page, around = self._table, self.page, self._cell_at
        rows = []
        for number, row in enumerate(_below(node, "tr"), 1):
            cells: list[Cell] = []
            for cell in _below(row, "tc"):
                self._cell_at = (rank, number, len(cells) + 1)
                span = _span(cell)
                cells += [Cell(tuple(self._cell(cell)), span), *[Cell()] * (span - 1)]
            rows.append(tuple(cells))
        self._cell_at = around
        return Grid(tuple(rows), rank, page)

    def _cell(self, cell: etree._Element) -> Iterator[Words]:
        for block in self.blocks(cell):
            if isinstance(block, Grid):
                yield from block.words()
            else:
                yield block


def _only_cell(table: etree._Element) -> etree._Element | None:
    """The cell of a table that has no other."""
    cells = [cell for row in _below(table, "tr") for cell in _below(row, "tc")]
    return cells[0] if len(cells) == 1 else None


def _below(node: etree._Element, name: str) -> Iterator[etree._Element]:
    """The rows of a table, or the cells of a row, through the fields that wrap them."""
    for child in node:
        if local(child) == name:
            yield child
        elif local(child) in {"sdt", "sdtContent", "customXml", "ins", "smartTag"}:
            yield from _below(child, name)


def _span(cell: etree._Element) -> int:
    """How many columns a cell takes."""
    said = cell.find("./{*}tcPr/{*}gridSpan")
    count = attribute(said, "val") if said is not None else ""
    return max(1, min(int(count), _SPAN)) if count.isdecimal() else 1


def _is_struck(run: etree._Element) -> bool:
    """Whether an element is a run whose words are crossed out."""
    if local(run) != "r":
        return False
    marks = (run.find(f"./{{*}}rPr/{{*}}{name}") for name in ("strike", "dstrike"))
    on = (mark for mark in marks if mark is not None)
    return any(attribute(mark, "val") not in {"0", "false", "off"} for mark in on)


def _turned_before(about: etree._Element | None) -> bool:
    """Whether a paragraph begins a page, as its author asked."""
    told = first_below(about, "pageBreakBefore") if about is not None else None
    return told is not None and attribute(told, "val") not in {"0", "false", "off"}


def _turned_after(about: etree._Element | None) -> bool:
    """Whether a section ends with a paragraph, and the next one begins on a new page."""
    section = first_below(about, "sectPr") if about is not None else None
    if section is None:
        return False
    kind = first_below(section, "type")
    return kind is None or attribute(kind, "val") not in {"continuous", "nextColumn"}


def _is_strong(paragraph: etree._Element) -> bool:
    """Whether all the words of a paragraph are bold: people write titles so."""
    runs = [run for run in paragraph if local(run) == "r"]
    said = [run for run in runs if any(local(c) == "t" and (c.text or "").strip() for c in run)]
    return bool(said) and all(_is_bold(run) for run in said)


def _is_bold(run: etree._Element) -> bool:
    about = first_below(run, "rPr")
    bold = first_below(about, "b") if about is not None else None
    return bold is not None and attribute(bold, "val") not in {"0", "false", "off"}


def _role(about: etree._Element | None) -> Role:
    """What a paragraph is, by its style, its level in the outline, its list."""
    if about is None:
        return Role.PARAGRAPH
    named = {local(child): attribute(child, "val") for child in about}
    titled = named.get("pStyle", "").lower().startswith(("heading", "titre", "title"))
    if titled or "outlineLvl" in named:
        return Role.HEADING
    return Role.ITEM if "numPr" in named else Role.PARAGRAPH


def _state(box: etree._Element) -> str:
    """The sign of a box by its state, whatever sign is drawn."""
    checked = first(box, "checked")
    on = checked is not None and attribute(checked, "val") in {"1", "true", "on"}
    return TICKED if on else BOX


def _legacy(box: etree._Element) -> str:
    """The sign of a box of an old form: its own state, else the one it was given at first."""
    states = {local(child): attribute(child, "val") or "1" for child in box}
    on = states.get("checked", states.get("default", "0")) in {"1", "true", "on"}
    return f"{TICKED if on else BOX} "


_SYMBOLS = {"F0FE": TICKED, "F0FD": TICKED, "F0A8": BOX, "F06F": BOX, "F0FC": "✓"}
"""What Word inserts of Wingdings, by its private codes, that people tick with."""


def _symbol(node: etree._Element) -> str:
    code = attribute(node, "char").upper()
    return _SYMBOLS.get(code, "")
