"""The words of a document of ours, without its layout: what peers are given to write the same.

Read in our own DOCX by python-docx: titles, paragraphs, items, tables and pictures, in order. Bold,
links, fields, drawn charts, notes and the foot of pages are left out, which suits the peers.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

from docx import Document
from docx.document import Document as Opened
from docx.shared import Mm
from docx.table import Table, _Cell
from docx.text.paragraph import Paragraph

_TITLE, _BULLET, _NUMBER = re.compile(r"Heading (\d)"), "Bullet", "Number"
_EMBED = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}embed"
_PUNCTUATION = re.compile(r"([!-/:-@\[-`{-~])")
LOGO = Mm(20)
"""Width of a picture: about that of ours."""


@dataclass(frozen=True)
class Piece:
    """A title (`level` from 1), a paragraph, an item, a table or a picture: one of them."""

    text: str = ""
    level: int = 0
    item: str = ""
    rows: tuple[tuple[str, ...], ...] = ()
    picture: bytes = b""


@dataclass(frozen=True)
class Content:
    """A document as its pieces."""

    pieces: tuple[Piece, ...]

    def words(self) -> int:
        """How many words it has, those of tables too."""
        texts = (" ".join((p.text, *(c for row in p.rows for c in row))) for p in self.pieces)
        return sum(len(text.split()) for text in texts)


def content_of(docx: bytes) -> Content:
    """The pieces of a DOCX."""
    opened = Document(BytesIO(docx))
    return Content(tuple(_pieces(opened, opened)))


def _pieces(holder: Opened | _Cell, opened: Opened) -> Iterator[Piece]:
    for block in holder.iter_inner_content():
        if isinstance(block, Paragraph):
            yield from _of_paragraph(block, opened)
        elif len(block.rows) == len(block.columns) == 1:
            # A frame around something: a table for the eye alone.
            yield from _pieces(block.cell(0, 0), opened)
        else:
            yield Piece(rows=_rows(block))


def _of_paragraph(paragraph: Paragraph, opened: Opened) -> Iterator[Piece]:
    for blip in paragraph._p.xpath(".//pic:pic//a:blip"):
        yield Piece(picture=opened.part.related_parts[blip.get(_EMBED)].blob)
    text = " ".join(paragraph.text.split())
    style = str(paragraph.style.name) if paragraph.style else ""
    title = _TITLE.match(style)
    items = (name for name in (_BULLET, _NUMBER) if name in style)
    if text:
        yield Piece(text, int(title[1]) if title else 0, next(items, ""))


def _rows(table: Table) -> tuple[tuple[str, ...], ...]:
    return tuple(tuple(" ".join(c.text.split()) for c in row.cells) for row in table.rows)


def as_template(content: Content, path: Path) -> dict[str, list[object]]:
    """Write a template of docxtpl as a person would draw it, and return what fills it.

    Titles, the headers of tables and pictures are in the template; each paragraph is a value, and
    the lines of a table a loop.
    """
    opened, values, tables = Document(), list[object](), list[object]()
    for piece in content.pieces:
        if piece.picture:
            opened.add_picture(BytesIO(piece.picture), width=LOGO)
        elif piece.rows:
            _add_table(opened, piece.rows, len(tables))
            tables.append(piece.rows[1:])
        elif piece.level:
            opened.add_heading(piece.text, piece.level)
        else:
            style = f"List {piece.item}" if piece.item else None
            opened.add_paragraph(f"{{{{ v[{len(values)}] }}}}", style)
            values.append(piece.text)
    opened.save(str(path))
    return {"v": values, "t": tables}


def _add_table(opened: Opened, rows: tuple[tuple[str, ...], ...], rank: int) -> None:
    width = len(rows[0])
    table = opened.add_table(4, width, "Table Grid")
    for column, title in enumerate(rows[0]):
        table.cell(0, column).text = title
        table.cell(2, column).text = f"{{{{ r[{column}] }}}}"
    table.cell(1, 0).text = f"{{%tr for r in t[{rank}] %}}"
    table.cell(3, 0).text = "{%tr endfor %}"


def as_markdown(content: Content, folder: Path) -> Path:
    """Write the same as Markdown for pandoc, with its pictures beside it."""
    folder.mkdir(exist_ok=True)
    lines = [line for rank, p in enumerate(content.pieces) for line in _lines(p, folder, rank)]
    path = folder / "texte.md"
    path.write_text("\n".join(lines), encoding="utf-8")
    return path


def _lines(piece: Piece, folder: Path, rank: int) -> Iterator[str]:
    if piece.picture:
        name = f"image-{rank}.png"
        (folder / name).write_bytes(piece.picture)
        yield from (f"![]({name}){{width=20mm}}", "")
    elif piece.rows:
        first, *others = (f"| {' | '.join(map(_escaped, row))} |" for row in piece.rows)
        yield from (first, "|---" * len(piece.rows[0]) + "|", *others, "")
    else:
        begins = {"Bullet": "-", "Number": "1."}.get(piece.item, "#" * piece.level)
        yield from (f"{begins} {_escaped(piece.text)}".strip(), "")


def _escaped(text: str) -> str:
    return _PUNCTUATION.sub(r"\\\1", text)
