"""DOCX: pandoc's writer over the reference document, then what pandoc does not write."""

from collections.abc import Callable
from functools import partial

from dla_docs.charter.charter import Charter
from dla_docs.engines.archives import unpacked
from dla_docs.engines.pandoc import Writing
from dla_docs.formats.balance import balanced
from dla_docs.formats.contents import docx_contents
from dla_docs.formats.docx.body import Page, finish
from dla_docs.formats.docx.boxes import (
    Look,
    brief,
    cartouche,
    figures,
    framed_note,
    in_order,
    record,
    signed,
    verdict,
)
from dla_docs.formats.docx.charts import chart_changes, chart_parts, native
from dla_docs.formats.docx.closer import set_closer
from dla_docs.formats.docx.dash import drawn, question, subject
from dla_docs.formats.docx.fonts import changes_of as font_changes
from dla_docs.formats.docx.fonts import faces, parts_of
from dla_docs.formats.docx.head import LOGOS_GRID, dressed_head
from dla_docs.formats.docx.headings import numbered, numbering_of
from dla_docs.formats.docx.margins import changes_of as margins_of
from dla_docs.formats.docx.sections import sections_of
from dla_docs.formats.docx.tables import marked_rows
from dla_docs.formats.fitting import fit_of
from dla_docs.formats.funders import ABOVE, room_of_funders, with_cut, with_funders
from dla_docs.formats.native_charts import ChartPart
from dla_docs.formats.notch import WORD
from dla_docs.formats.office import Markup, dress, tidy
from dla_docs.formats.properties import Properties
from dla_docs.formats.shared import TICKED, Engines, cells_of, prepared
from dla_docs.tree.divisions import (
    BRIEF,
    CARTOUCHE,
    FIGURES,
    HEAD,
    IN_ORDER,
    NOTE,
    OBJECT,
    QUESTION,
    RECORD,
    SIGNATURES,
    VERDICT,
)
from dla_docs.tree.head import OF_ITS_OWN, model_of
from dla_docs.tree.nodes import Node, Nodes, each, is_div, raw_inline
from dla_docs.tree.passes import Tree

_W14 = "http://schemas.microsoft.com/office/word/2010/wordml"


def write_docx(tree: Tree, properties: Properties, engines: Engines, filled: bool = False) -> bytes:
    """A Word document with its styles, headers and footers; `filled`: it grows as one writes."""
    charter = engines.charter
    look = Look.of(charter)
    charts: list[ChartPart] = []
    tree = prepared(tree, properties, charter, native=partial(native, charts))
    covered = any(model_of(head) == OF_ITS_OWN for head in heads_of(tree.blocks))
    kind = numbering_of(tree.blocks)
    # Answers that grow would run into funders at the foot of the first page.
    fit = fit_of(tree.blocks, tree.images, WORD, movable=not filled)
    tree = with_funders(with_cut(tree, fit.cut), fit.at_end)
    # Nothing follows on a cover: what stands above is never pushed down.
    room = 0.0 if covered else room_of_funders(tree, charter)
    blocks, media = dress(_laid_out(tree, look), engines, _MARKUP)
    # After the contents, which tell the numbers too.
    blocks = numbered(blocks)
    media |= drawn(tree.blocks, look)
    reference = charter.reference("docx")
    written = engines.pandoc.write(
        blocks,
        properties.office(),
        Writing(
            "docx",
            properties.epoch,
            template=charter.text("page.openxml"),
            reference=reference,
            media=media,
            binary=True,
        ),
    )
    fonts = charter.values["polices"]
    embedded = faces(str(fonts["texte"]), str(fonts["titres"]))
    parts = unpacked(written)
    top = charter.bottom_of_text - room + ABOVE if room else 0.0
    page = Page(look, charter.landscape_width, sections_of(reference), top)
    finished = finish(parts, page, kind)
    finished |= {} if fit.notch is None else set_closer(finished, fit.notch)
    margins = margins_of(properties, charter, covered, room)
    return tidy(
        written,
        {**font_changes(embedded), **chart_changes(charts), **margins},
        {**finished, **parts_of(embedded), **chart_parts(charts)},
    )


def heads_of(blocks: Nodes) -> list[Node]:
    """The head of a document, alone in a list; none in one that has none."""
    return [block for block in blocks if is_div(block, HEAD)]


def _laid_out(tree: Tree, look: Look) -> Tree:
    """The blocks with their head and tables as Word shows them."""

    def head(block: Node) -> Nodes:
        if not is_div(block, HEAD):
            return [block]
        return [{"t": "Div", "c": [block["c"][0], dressed_head(block, look)]}]

    blocks = each([balanced(block) for block in tree.blocks], "Div", head)
    return Tree(each(blocks, "Table", marked_rows), tree.images)


def _own(charter: Charter) -> dict[str, Callable[[Node], Nodes]]:
    """The divisions whose form Word has in a way of its own."""
    look = Look.of(charter)
    return {
        BRIEF: lambda block: brief(block, look),
        VERDICT: lambda block: verdict(block, look),
        FIGURES: lambda block: figures(block, look),
        IN_ORDER: lambda block: in_order(cells_of(block), look),
        QUESTION: question,
        OBJECT: subject,
        CARTOUCHE: lambda block: cartouche(block, look, short=True),
        NOTE: lambda block: framed_note(block, look),
        RECORD: lambda block: record(block, look),
        SIGNATURES: lambda block: signed(cells_of(block), look),
    }


def _mark(style: str) -> str:
    return f'<w:p><w:pPr><w:pStyle w:val="{style}"/></w:pPr></w:p>'


def _box(character: str) -> Node:
    """A box that Word ticks when it is clicked: ☒ (2612) or ☐ (2610), as its own boxes are."""
    checked = int(TICKED[character])
    return raw_inline(
        "openxml",
        f'<w:sdt><w:sdtPr><w14:checkbox xmlns:w14="{_W14}"><w14:checked w14:val="{checked}"/>'
        '<w14:checkedState w14:val="2612" w14:font="MS Gothic"/>'
        '<w14:uncheckedState w14:val="2610" w14:font="MS Gothic"/></w14:checkbox></w:sdtPr>'
        f"<w:sdtContent><w:r><w:t>{character}</w:t></w:r></w:sdtContent></w:sdt>",
    )


_MARKUP = Markup("openxml", "<w:r><w:tab/></w:r>", _mark, _box, docx_contents, _own, LOGOS_GRID)
