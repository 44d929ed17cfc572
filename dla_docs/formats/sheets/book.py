"""What a workbook holds, taken from a settled document: its tables and charts, on sheets.

A table is on the sheet that its division names, `feuille="Nom"`, one under the other where several
name the same, and a chart always; without any such name in a document, each of its tables is a
sheet, named by the heading above it.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from dla_docs.drawings.facts import LABEL, Facts, positive
from dla_docs.drawings.forms import BARS
from dla_docs.formats.sheets.cells import Cell, number_cell, typed
from dla_docs.formats.sheets.decimals import even
from dla_docs.formats.sheets.names import Names, unnumbered
from dla_docs.formats.sheets.read import SENTENCES, cell_of, words_of
from dla_docs.formats.sheets.told import facts_said, funders_said
from dla_docs.tree.charts import facts_of
from dla_docs.tree.divisions import (
    CHART,
    HEAD,
    ONLY_BOOK,
    ONLY_HTML,
)
from dla_docs.tree.nodes import (
    Node,
    Nodes,
    body_rows,
    identifier,
    inner,
    is_div,
    nodes,
    pairs,
)
from dla_docs.tree.passes import Tree
from dla_docs.tree.tables import SHEET, stressed

Row = tuple[Cell, ...]
_SHARE = re.compile(r"(?<=.) –[ \u00a0](\d+[ \u00a0\u202f]%)\Z")
_UNIT = re.compile(r"(?<=\d)[ \u00a0\u202f][^\W\d_]+$")
"""The word after a number: the title of its table says what is counted, and a column adds up."""
_JOINED = 8
"""Columns of a table of what is drawn and of what is printed about it: they hold on a page."""
_SMALL = 12
"""Rows of a table that a sentence says whole."""
_NATIVE = {BARS, "groupees"}
"""The drawings that Excel draws too, from their numbers."""


@dataclass(frozen=True)
class Entry:
    """A column to be filled: whether what is typed there stays a text, and what may be chosen.

    `choices`: the name of the sheet that lists them, the rank of its column from 0, how many.
    """

    text: bool = False
    choices: tuple[str, int, int] | None = None


@dataclass(frozen=True)
class Table:
    """A table, and the sentences `before` and `after` it.

    `rights`: for each column, whether it is written on the right. `chart`: what its chart shows,
    in words, and of how many columns after the first (`series`), of how many rows (`drawn`, 0 for
    all); empty without one. `stressed`:
    the ranks of the rows that stand out, as a total does. `entries`: for a table to be filled
    further, what each column takes.
    """

    title: str
    header: tuple[Row, ...]
    rows: tuple[Row, ...]
    rights: tuple[bool, ...]
    before: tuple[str, ...] = ()
    after: tuple[str, ...] = ()
    chart: str = ""
    series: int = 0
    drawn: int = 0
    stressed: frozenset[int] = frozenset()
    entries: tuple[Entry, ...] = ()


@dataclass(frozen=True)
class Sheet:
    """A sheet: its name, and its tables one under the other."""

    name: str
    tables: tuple[Table, ...]


@dataclass(frozen=True)
class Book:
    """The sheets of a document, and what its first sheet says before it names them.

    `facts`: labels and values; `funders`: the sentence that thanks them, then their names.
    """

    facts: tuple[tuple[str, Cell], ...]
    funders: tuple[str, ...]
    sheets: tuple[Sheet, ...]


def book_of(tree: Tree) -> Book:
    """The workbook of a document."""
    chosen = any(SHEET in pairs(table) for table in nodes(tree.blocks, "Table"))
    names, shelves = Names(), dict[str, str]()
    sheets: dict[str, list[Table]] = {}
    # Where a link to a heading leads: the first sheet under it.
    places: dict[str, str] = {}
    for heading, blocks in _parts(tree.blocks):
        for shelf, table in _tables(heading, blocks, chosen):
            name = shelves.get(shelf) or names.give(shelf or table.title)
            shelves |= {shelf: name} if shelf else {}
            sheets.setdefault(name, []).append(table)
            if heading:
                places.setdefault(f"#{identifier(heading)}", f"#{name}")
    led = tuple(
        Sheet(name, tuple(_led(table, places) for table in held)) for name, held in sheets.items()
    )
    return Book(tuple(facts_said(tree.blocks)), tuple(funders_said(tree.blocks)), led)


def _parts(blocks: Nodes) -> Iterator[tuple[Node | None, Nodes]]:
    """The headings of a text, each with what stands under it; first what is under none."""
    heading: Node | None = None
    under: Nodes = []
    for block in _flat(blocks):
        if block["t"] == "Header":
            yield heading, under
            heading, under = block, []
        else:
            under.append(block)
    yield heading, under


def _flat(blocks: Nodes) -> Iterator[Node]:
    """The blocks of a text in order, charts whole; of other divisions, the tables.

    Neither the cover nor what is for a screen alone is read.
    """
    for block in blocks:
        if block["t"] != "Div":
            yield block
        elif is_div(block, CHART):
            # A drawing that needs no table has nothing for a sheet.
            yield from [block] if any(nodes(block, "Table")) else []
        elif is_div(block, ONLY_BOOK):
            yield from _flat(inner(block))
        elif not is_div(block, HEAD, ONLY_HTML):
            # A sentence in a frame or beside a line to fill in is not about a table.
            yield from (b for b in _flat(inner(block)) if b["t"] not in SENTENCES)


def _tables(heading: Node | None, blocks: Nodes, chosen: bool) -> list[tuple[str, Table]]:
    """The tables under a heading, each with the sheet it names, if any, and what is said of it.

    That stands before it; after it, what names in bold one of its rows, and all of it once it is
    the last.
    """
    found: list[tuple[str, Table]] = []
    said: list[str] = []
    for block in blocks:
        if block["t"] in SENTENCES:
            words = [] if any(nodes(block, "Image")) else [words_of([block])]
            if words and found and not said and _names_a_row(block):
                shelf, last = found[-1]
                found[-1] = shelf, replace(last, after=(*last.after, *words))
            else:
                said += words
            continue
        read: list[Table] = []
        if block["t"] == "Div":
            read = _chart(block)
        elif block["t"] == "Table" and (not chosen or SHEET in pairs(block)):
            read = [_table(block, heading)]
        if read:
            found, said = _said_once(found, said, read[0])
        shelf = pairs(block).get(SHEET, "")
        for rank, table in enumerate(read):
            found.append((shelf, replace(table, before=() if rank else tuple(said))))
        said = []
    if found:
        shelf, last = found[-1]
        found[-1] = shelf, replace(last, after=(*last.after, *said))
    return found


def _said_once(
    found: list[tuple[str, Table]], said: list[str], table: Table
) -> tuple[list[tuple[str, Table]], list[str]]:
    """What is found and said before a table, without the last sentence if the table says it all.

    One that begins in bold was taken for what follows the table before.
    """
    if said:
        return found, said[:-1] if says_again(said[-1], table) else said
    if found and found[-1][1].after and says_again(found[-1][1].after[-1], table):
        shelf, last = found[-1]
        return [*found[:-1], (shelf, replace(last, after=last.after[:-1]))], said
    return found, said


def says_again(sentence: str, table: Table) -> bool:
    """Whether a sentence names every row of a small table that follows: here, the table is kept."""
    there, rows = sentence.casefold(), table.rows
    names = [row[0].words.casefold() for row in rows]
    return 0 < len(rows) <= _SMALL and all(name and name in there for name in names)


def _names_a_row(sentence: Node) -> bool:
    """Whether a sentence begins with the bold name of what it is about."""
    said = sentence["c"]
    return isinstance(said, list) and bool(said) and said[0]["t"] == "Strong"


def _table(table: Node, heading: Node | None) -> Table:
    """A table, titled by its caption, else by the heading above it."""
    caption = words_of(table["c"][1][1])
    above = words_of([{"t": "Para", "c": inner(heading)}]) if heading else ""
    title = unnumbered(caption or above or pairs(table).get(SHEET, "Tableau"))
    rights = tuple(column[0]["t"] == "AlignRight" for column in table["c"][2])
    header = tuple(_row([cell[4] for cell in row[1]], ()) for row in table["c"][3][1])
    rows = even(tuple(_row(cells, rights) for cells in body_rows(table)))
    return Table(title, header, rows, rights, stressed=frozenset(stressed(table)))


def _chart(division: Node) -> list[Table]:
    """A chart: the table of its values, which are those that were drawn, then what it prints."""
    options, content, facts = pairs(division), inner(division), facts_of(division)
    printed = _table(content[-1], None)
    if facts.form not in _NATIVE:
        # Of a way in steps, say, the table says it all.
        captioned = bool(words_of(content[-1]["c"][1][1]))
        return [printed if captioned else replace(printed, title=facts.title)]
    series = facts.series()
    labels, shares = _shares(facts.column(LABEL))
    said = zip(labels, shares, *(words for _, words in series), strict=True)
    names = (_label(facts), *dict(series), *(["Part"] if any(shares) else []))
    drawn = Table(
        facts.title,
        (tuple(Cell(name, bold=True) for name in names),),
        tuple(
            (
                Cell(label),
                *(number_cell(_UNIT.sub("", words), positive(words)) for words in values),
                *([typed(share, right=True)] if any(shares) else []),
            )
            for label, share, *values in said
        ),
        (False, *(True for _ in names[1:])),
        chart=options["alternative"],
        series=len(series),
    )
    if len(printed.rights) == 1 + len(series):
        return [drawn]
    return [_joined(drawn, printed)] if _joins(drawn, printed) else [drawn, printed]


def _joins(drawn: Table, printed: Table) -> bool:
    """Whether what is printed is about the same rows, and few columns."""
    few = len(drawn.rights) + len(printed.rights) - 1 <= _JOINED
    said = [row[0].words for row in printed.rows[: len(drawn.rows)]]
    return few and len(printed.header) == 1 and said == [row[0].words for row in drawn.rows]


def _joined(drawn: Table, printed: Table) -> Table:
    """A table of what is drawn, then of the other columns printed, whose last rows may be more."""
    count = len(drawn.rows)
    blank = tuple(Cell("") for _ in drawn.rights[1:])
    rows = [one + other[1:] for one, other in zip(drawn.rows, printed.rows, strict=False)]
    rows += [(row[0], *blank, *row[1:]) for row in printed.rows[count:]]
    return replace(
        drawn,
        header=(drawn.header[0] + printed.header[0][1:],),
        rows=tuple(rows),
        rights=drawn.rights + printed.rights[1:],
        stressed=printed.stressed,
        drawn=count,
    )


def _shares(labels: tuple[str, ...]) -> tuple[list[str], list[str]]:
    """Labels, and the share of the whole that ends each on a drawing: a column of its own here."""
    ends = [_SHARE.search(label) for label in labels]
    parted = zip(labels, ends, strict=True)
    heads = [label[: end.start()] if end else label for label, end in parted]
    return heads, [end[1] if end else "" for end in ends]


def _label(facts: Facts) -> str:
    return facts.names[facts.roles.index(LABEL)]


def _row(cells: list[Nodes], rights: tuple[bool, ...]) -> Row:
    """The cells of a row; of a header, without `rights`, all are texts in bold."""
    if not rights:
        return tuple(Cell(words_of(cell), bold=True) for cell in cells)
    return tuple(cell_of(cell, right) for cell, right in zip(cells, rights, strict=True))


def _led(table: Table, places: dict[str, str]) -> Table:
    """A table whose links to headings lead to sheets, where those have one."""

    def led(cell: Cell) -> Cell:
        known = places.get(cell.link, "" if cell.link.startswith("#") else cell.link)
        return replace(cell, link=known) if cell.link else cell

    return replace(table, rows=tuple(tuple(map(led, row)) for row in table.rows))
