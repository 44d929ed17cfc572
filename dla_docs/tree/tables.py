"""Tables: a division `tableau` holding a list of lists becomes a real table, with its widths."""

from math import fsum
from typing import Any

from dla_docs.model.errors import TemplateError
from dla_docs.tree.divisions import TABLE
from dla_docs.tree.nodes import (
    Node,
    Nodes,
    attributes,
    body_rows,
    classes,
    each,
    inner,
    is_div,
    is_strong,
    items,
    pairs,
    text,
)

SHEET = "feuille"
"""The attribute that names the sheet of a workbook; kept by a table for that format alone."""
TOTAL, RETAINED = "total", "retenue"
"""The rows of a table that stand out."""
DENSE = "dense"
"""The attribute of a table in smaller letters: one of many lines, on a first page."""
WHOLE = "entier"
"""The attribute of a table that no page cuts: a long one, below a drawing that stays."""
_KEPT = (SHEET, "cle", "calcul", "exclusif", "natures", DENSE, WHOLE, TOTAL, RETAINED)
"""What a table keeps of its options: from `cle` to `natures`, for one that is filled (`forms/`)."""
EMPTY = "vide"
"""The class of the mark that a template writes in a cell that says nothing."""
_ALIGN = {"g": "AlignLeft", "d": "AlignRight", "c": "AlignCenter"}


def tables(blocks: Nodes) -> Nodes:
    """Replace each `tableau`; one without any row is dropped.

    Attributes: `largeurs` (percentages, needed), `entete` (header rows, 1 by default),
    `alignements` (g, c or d for each column), `feuille` (name of its sheet), `cle`, `calcul`,
    `exclusif` and `natures` of a table to fill, `total` (« oui »: the last row is one), `retenue`
    (the row, from 1, of what is retained). A paragraph before the list is the caption. Raises
    TemplateError when a row has not as many cells as there are widths.
    """
    return each(blocks, "Div", lambda block: _table(block) if is_div(block, TABLE) else [block])


def table(content: Nodes, widths: list[float], aligns: list[str], heads: int = 1) -> Node | None:
    """A table from a list of lists, and its caption from a paragraph; None without any row.

    Raises TemplateError when a row has not as many cells as there are widths.
    """
    caption = [block for block in content if block["t"] in {"Para", "Plain"}]
    rows = [_cells(item, len(widths)) for item in items(content)]
    if len(rows) <= heads:
        return None
    # Not `sum`: it rounds floats otherwise since Python 3.12, and bytes hold on every one.
    whole = fsum(widths)
    columns = [
        [{"t": align}, {"t": "ColWidth", "c": width / whole}]
        for align, width in zip(aligns, widths, strict=True)
    ]
    body = [attributes(), 0, [], [_row(cells) for cells in rows[heads:]]]
    head = [attributes(), [_row(cells) for cells in rows[:heads]]]
    foot: list[Any] = [attributes(), []]
    return {"t": "Table", "c": [attributes(), [None, caption], columns, head, [body], foot]}


def _filled(cell: Nodes) -> Nodes:
    """A cell, without the mark that a template writes in an empty one: nothing is there to read."""
    if any(block["t"] not in {"Para", "Plain"} for block in cell):
        return cell
    marked = all(EMPTY in classes(node) for block in cell for node in block["c"])
    return [] if marked and not text(cell).strip() else cell


def stressed(table: Node) -> dict[int, str]:
    """The rows of the body that stand out, from 0: « total » or « retenue »."""
    options = pairs(table)
    rows = {len(body_rows(table)) - 1: TOTAL} if options.get(TOTAL) == "oui" else {}
    retained = options.get(RETAINED, "")
    return rows | ({int(retained) - 1: RETAINED} if retained.isdigit() else {})


def titles(table: Node) -> list[int]:
    """The rows, but for the last, whose first cell alone says something, among others that say."""
    said = [any(text(cell).strip() for cell in row[1:]) for row in body_rows(table)]
    return [rank for rank, says in enumerate(said[:-1]) if not says] if any(said) else []


def groups(table: Node) -> list[int]:
    """The rows that head those after them: in bold, and followed by one that is not.

    Nothing without what it heads, such a row is never alone at the foot of a page. All that it
    says is in bold, or begins so in its first cell, the only one that says something.
    """
    heads = [_is_head(row) for row in body_rows(table)]
    ranks = [rank for rank, own in enumerate(heads[:-1]) if own and not heads[rank + 1]]
    return [rank for rank in ranks if rank not in stressed(table)]


def _is_head(row: list[Nodes]) -> bool:
    first, others = row[:1], [cell for cell in row[1:] if text(cell).strip()]
    named = [block["c"][:1] for cell in first for block in cell if block["t"] in {"Para", "Plain"}]
    if not named or [node["t"] for node in named[0]] != ["Strong"]:
        return False
    return not others or all(is_strong(block) for cell in [*first, *others] for block in cell)


def _table(division: Node) -> Nodes:
    options = pairs(division)
    try:
        widths = [float(w) for w in options.get("largeurs", "").split(",") if w]
        aligns = [_ALIGN[a] for a in options.get("alignements", "").split(",") if a]
        # A table without a header is an error for those who listen to it (outloud, TBL-001).
        heads = int(options.get("entete", "1"))
    except (KeyError, ValueError) as error:
        raise TemplateError(
            f"un tableau a une option illisible : {error}",
            'par exemple : largeurs="20,60,20" alignements="g,c,d" entete=1',
        ) from error
    # Without widths each format has its own: as narrow as the text in DOCX, as wide as the page in
    # ODT (measured).
    if not widths:
        raise TemplateError('un tableau n’a pas de largeurs : écrivez largeurs="20,60,20"')
    if len(aligns) > len(widths):
        raise TemplateError(
            f"un tableau a {len(aligns)} alignements pour {len(widths)} largeurs",
            'une largeur et un alignement par colonne : largeurs="20,80" alignements="g,d"',
        )
    aligns += ["AlignLeft"] * (len(widths) - len(aligns))
    built = table(inner(division), widths, aligns, heads)
    kept = {name: options[name] for name in _KEPT if options.get(name)}
    if built and kept:
        built["c"][0] = attributes(**kept)
    return [built] if built else []


def _cells(item: Nodes, size: int) -> list[Nodes]:
    cells = items(item)
    if len(cells) != size:
        # Enough of the line to find it in the template.
        words = text(item).strip()[:40]
        raise TemplateError(
            f"une ligne de tableau compte {len(cells)} cases au lieu de {size} : « {words} »"
        )
    return [_filled(cell) for cell in cells]


def _row(cells: list[Nodes]) -> list[Any]:
    return [attributes(), [[attributes(), {"t": "AlignDefault"}, 1, 1, cell] for cell in cells]]
