"""What the formats share of a form: each place to write, dressed where it stands."""

from collections.abc import Callable
from dataclasses import dataclass

from dla_docs.forms.asked import FIELD, HELP, ROW, key_of
from dla_docs.forms.fields import Field, Form, Kind
from dla_docs.tree.divisions import ANSWER
from dla_docs.tree.nodes import Node, Nodes, classes, div, each, inner, is_div, pairs, para, string

SHORT_PROMPT, DATE_PROMPT = "Écrire ici", "jj/mm/aaaa"
CELL_PROMPT = "…"
NUMBER_PROMPT = "0"
"""What stands where nothing is written yet: an answer equal to it is none. The amount of a line
of a budget begins as one: of dots, LibreOffice says the sum is faulty, and Word stops there."""
LONG_MM, LINE_MM = 15.0, 5.3
"""Height of a box for a long answer, at least, and of a line in it (15 pt)."""
ANSWER_ONE, ANSWER_LINE = 42.0, 20.0
"""Points of a box of one line of a word processor, and of each that follows (measured)."""


@dataclass(frozen=True)
class Dress:
    """How a format writes an answer with its label, several two a row, a place in a text."""

    answer: Callable[[Field, Nodes, Nodes], Nodes]
    row: Callable[[list[Nodes]], Nodes]
    inline: Callable[[Field], Node]


def dressed_form(form: Form, dress: Dress) -> Nodes:
    """The blocks of a form in the dress of a format."""

    def answer(block: Node) -> Nodes:
        field = form.fields[key_of(block)]
        paragraphs = [paragraph["c"] for paragraph in inner(block)]
        if pairs(block).get(HELP):
            return dress.answer(field, [], paragraphs[0] if paragraphs else [])
        label, help = [*paragraphs, [], []][:2]
        return dress.answer(field, label, help)

    def division(block: Node) -> Nodes:
        # The deepest are changed first: the answers of a row are dressed before it.
        if is_div(block, ROW):
            return dress.row([inner(cell) for cell in inner(block)])
        if is_div(block, ANSWER):
            return [{"t": "Div", "c": [block["c"][0], answer(block)]}]
        return [block]

    def open_up(block: Node) -> Nodes:
        return inner(block) if is_div(block, ANSWER) else [block]

    def span(node: Node) -> Nodes:
        return [dress.inline(form.fields[key_of(node)])] if FIELD in classes(node) else [node]

    blocks = each(form.blocks, "Span", span)
    return each(each(blocks, "Div", division), "Div", open_up)


def in_cell(blocks: Nodes) -> Nodes:
    """An answer of a row: its label is kept with nothing, for its row is not split in any case.

    LibreOffice would keep the whole table with what follows it (seen).
    """

    def label(block: Node) -> Nodes:
        named = pairs(block).get("custom-style") == "LibelleChamp"
        return [div(inner(block), custom_style="LibelleChampCase")] if named else [block]

    return each(blocks, "Div", label)


def height(lines: int) -> float:
    """The height of a box for an answer of some lines, in millimetres: 8 for one."""
    return 8.0 if lines <= 1 else max(LONG_MM, lines * LINE_MM)


def lines_under(lines: int) -> int:
    """Blank lines under the first of a long answer: nearly as high a box as in the PDF."""
    return max(0, int((height(lines) * 72 / 25.4 - ANSWER_ONE) / ANSWER_LINE))


def room_to_sign() -> Nodes:
    """A box for the hand, as high as in the PDF."""
    lines = [*string("\u00a0"), {"t": "LineBreak"}] * 2
    return [div([para([*lines, *string("\u00a0")])], custom_style="Reponse")]


def help_of(field: Field, help: Nodes) -> Nodes:
    """What helps to answer, where no prompt does: how a date is written."""
    return help or (string(DATE_PROMPT) if field.kind is Kind.DATE else [])


def prompt_of(field: Field) -> str:
    """What stands where nothing is written yet."""
    if field.kind is Kind.DATE:
        return DATE_PROMPT
    if field.summed:
        return NUMBER_PROMPT
    return CELL_PROMPT if field.row or field.kind is Kind.LIST else SHORT_PROMPT
