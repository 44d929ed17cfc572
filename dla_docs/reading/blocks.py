"""What a received file is read as: texts and tables in reading order, and the fields that name it.

A file comes from anyone: nothing here says that it is right, or that it is a form of ours.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

BOX, TICKED = "☐", "☒"
"""The signs that a box is read as, whatever the program drew."""


class Role(StrEnum):
    """What a text is in its document."""

    HEADING = "titre"
    PARAGRAPH = "paragraphe"
    ITEM = "puce"
    MARGIN = "marge"


@dataclass(frozen=True)
class Control:
    """A field that a program knows: its name, what it shows, whether it still shows its prompt."""

    name: str
    text: str
    prompt: bool = False


@dataclass(frozen=True)
class Words:
    """A paragraph, with its line breaks.

    `rank` counts those of the file from 1; `page` is 0 where the format has none. `anchors`: the
    bookmarks that begin in it. `cell`: its table, row and column from 1, empty out of one.
    `struck`: whether some of its words are crossed out.
    `sheet`: the pages that its author began by hand, up to it, from 1; 0 where the format has none.
    `strong`: whether all of it is bold, or larger than the text around.
    """

    text: str
    role: Role = Role.PARAGRAPH
    rank: int = 0
    page: int = 0
    anchors: tuple[str, ...] = ()
    controls: tuple[Control, ...] = ()
    cell: tuple[int, ...] = ()
    struck: bool = False
    sheet: int = 0
    strong: bool = False


@dataclass(frozen=True)
class Cell:
    """A cell of a table, with what it holds in order; a table within it is laid flat.

    `span`: how many columns it takes; the others that it takes follow it, empty.
    """

    words: tuple[Words, ...] = ()
    span: int = 1

    @property
    def text(self) -> str:
        """All its words, a line a paragraph."""
        return "\n".join(one.text for one in self.words if one.text.strip())

    @property
    def controls(self) -> tuple[Control, ...]:
        """The fields of all its paragraphs."""
        return tuple(control for one in self.words for control in one.controls)


@dataclass(frozen=True)
class Grid:
    """A table, row by row, by what each row holds: rows may be of several lengths."""

    rows: tuple[tuple[Cell, ...], ...]
    rank: int = 0
    page: int = 0

    def words(self) -> Iterator[Words]:
        """Its paragraphs in order."""
        for row in self.rows:
            for cell in row:
                yield from cell.words


Block = Words | Grid


@dataclass(frozen=True)
class Read:
    """A file that was read.

    `fields`: values by the name of their field, where the format keeps them beside the text (PDF,
    HTML, data bound to a Word document); True and False for boxes. `mark`: what its properties say
    of its making, as `dla:…`. `pages`: how many, 0 where the format has none. `revised`: whether
    it has changes that nobody has accepted yet. `images`: bytes of its pictures. `edges`: what is
    at the head and the foot of its pages, or written over them. `inserted`: how many other
    documents are set in it, whose words are not read. `laid`: the
    paragraphs and tables of a PDF, by where its lines stand. `drawn`: whether a logo may be drawn
    in it, line by line.
    """

    format: str
    blocks: tuple[Block, ...] = ()
    fields: Mapping[str, str | bool] = field(default_factory=dict)
    mark: str = ""
    pages: int = 0
    revised: bool = False
    images: tuple[bytes, ...] = ()
    edges: tuple[Words, ...] = ()
    inserted: int = 0
    laid: tuple[Block, ...] = ()
    drawn: bool = True

    def words(self) -> Iterator[Words]:
        """Every paragraph in order, those of tables too."""
        for block in self.blocks:
            if isinstance(block, Grid):
                yield from block.words()
            else:
                yield block
