"""The blank form that a received file was: its fields, its tables, and itself read in that format.

It is made again in a process of its own (see `confined/`): its template may be a stranger's.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from dla_docs.charter.charter import Charter
from dla_docs.documents.documents import BLANK, Document
from dla_docs.engines.pandoc import Pandoc
from dla_docs.flow import choose, examine, with_tables
from dla_docs.formats import Engines, written
from dla_docs.forms.asked import KEY, asked, key_of
from dla_docs.forms.fields import Field, Form
from dla_docs.make import settle
from dla_docs.model.errors import RequestError
from dla_docs.model.findings import Refused
from dla_docs.model.workspace import Workspace
from dla_docs.reading.blocks import Read
from dla_docs.reading.read import read_file
from dla_docs.select import Request
from dla_docs.tree.nodes import Node, Nodes, nodes, pairs, text
from dla_docs.tree.template import Templates


@dataclass(frozen=True)
class Row:
    """A row of a table to fill: the key of each cell, empty where its words are fixed.

    `total`: what is computed of the rows above it.
    """

    keys: tuple[str, ...]
    words: tuple[str, ...]
    total: bool = False


@dataclass(frozen=True)
class Table:
    """A table to fill: the titles of its columns, its rows as they were before."""

    key: str
    titles: tuple[str, ...]
    rows: tuple[Row, ...]


@dataclass(frozen=True)
class Blank:
    """A blank form: its fields and its tables by key, and what it reads as in a format."""

    label: str
    fields: Mapping[str, Field]
    tables: Mapping[str, Table]
    read: Read


def bench() -> Pandoc:
    """What all forms share: pandoc, which lasts as long as the process."""
    return Pandoc()


def make_blank(
    pandoc: Pandoc, workspace: Workspace, day: date, scope: str, label: str, format: str
) -> Iterator[Blank | str]:
    """One answer: the blank form of that name as the workspace makes it now, or why there is none.

    `scope`: the dossier, the mission, the prestataire that it lies in. `format`: the one it came
    back in, or any where it bears no structure (its fields are enough).
    """
    try:
        examined = examine(workspace, day, (scope,))
        choices = choose(Request((scope,), variant=BLANK), examined)
        named = [c for c in choices if label in (c.document.signed, c.document.label)]
        if not named:
            yield "l’espace de travail ne connaît plus ce formulaire"
            return
        if reasons := named[0].reasons:
            yield reasons[0].message
            return
        known = with_tables(examined, (named[0],))
        engines = Engines(Charter(workspace), pandoc)
        document = named[0].document
        tree, properties = settle(document, known, Templates(workspace), engines)
    except RequestError as error:
        yield error.message
        return
    except Refused as refused:
        yield refused.findings[0].message
        return
    form = asked(tree.blocks)
    if form is None:
        yield "ce document n’est pas un formulaire"
        return
    wanted = format if format in document.type.formats else document.type.formats[0]
    yield blank_of(document, form, read_file(written(wanted, tree, properties, engines)))


def blank_of(document: Document, form: Form, read: Read) -> Blank:
    """What is kept of a form, for a filled one to be held against it."""
    tables = {key_of(table): _table(table, form) for table in nodes(form.blocks, "Table")}
    known = {key: table for key, table in tables.items() if key in form.sheets}
    return Blank(document.label, dict(form.fields), known, read)


def _table(table: Node, form: Form) -> Table:
    attrs, _, _, head, bodies, _ = table["c"]
    titles = tuple(text(cell[4]).strip() for cell in head[1][0][1]) if head[1] else ()
    rows = [row for body in bodies for row in body[3]]
    sheet = form.sheets.get(dict(attrs[2]).get(KEY, ""))
    total = sheet.total if sheet else ""
    return Table(key_of(table), titles, tuple(_row(row, total) for row in rows))


def _row(row: list[Any], total: str) -> Row:
    keys = tuple(_key(cell[4]) for cell in row[1])
    words = tuple(text(cell[4]).strip() for cell in row[1])
    return Row(keys, words, bool(total) and total in keys)


def _key(blocks: Nodes) -> str:
    found = [pairs(span).get(KEY, "") for span in nodes(blocks, "Span")]
    return next((key for key in found if key), "")
