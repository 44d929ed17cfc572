"""Words of a slide as runs and paragraphs of python-pptx, in their look."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any

from pptx.enum.dml import MSO_THEME_COLOR
from pptx.enum.lang import MSO_LANGUAGE_ID
from pptx.oxml.xmlchemy import OxmlElement
from pptx.util import Pt

from dla_docs.formats.slides.paragraphs import INDENTS, NUMBERED, Mark, Piece, indent_of
from dla_docs.formats.slides.runs import BREAK, Run, Words
from dla_docs.formats.slides.shapes import Style
from dla_docs.tree.divisions import MISSING, PROMPT

_NUMBERS = {"LowerRoman": "romanLc", "UpperRoman": "romanUc"}
_NUMBERS |= {"LowerAlpha": "alphaLc", "UpperAlpha": "alphaUc"}
_DELIMITERS = {"OneParen": "ParenR", "TwoParens": "ParenBoth"}
_MISSING_COLOUR, _PROMPT_COLOUR = "accent5", "accent3"
"""The alert colour of the charter, as the theme of the reference presentation calls it."""
_DEEPEST = 8
"""Rank of the last level of lists that the format has."""


def write_pieces(frame: Any, pieces: Sequence[Piece]) -> None:
    """The text of a slide: paragraphs and items, each at its depth."""
    starts = _starts(pieces)
    for paragraph, piece in paragraphs(frame, pieces):
        start = next(starts)
        paragraph.level = min(max(piece.depth - 1, 0), _DEEPEST)
        properties = paragraph._p.get_or_add_pPr()
        if not piece.mark:
            properties.set("marL", str(Pt(indent_of(piece.depth))))
            properties.set("indent", "0")
            properties.append(OxmlElement("a:buNone"))
        elif piece.mark.style:
            properties.set("marL", str(Pt(indent_of(piece.depth) + NUMBERED)))
            properties.set("indent", str(Pt(-INDENTS[1] - NUMBERED)))
            number = OxmlElement("a:buAutoNum")
            style = _NUMBERS.get(piece.mark.style, "arabic")
            number.set("type", style + _DELIMITERS.get(piece.mark.delimiter, "Period"))
            if start != 1:
                number.set("startAt", str(start))
            properties.append(number)
        write(paragraph, piece.words)


def _starts(pieces: Sequence[Piece]) -> Iterator[int]:
    """Where the list of each piece begins to count: programs count the items that follow."""
    begun: dict[int, tuple[int, Mark]] = {}
    for piece in pieces:
        mark = piece.mark or Mark()
        begun = {depth: list_ for depth, list_ in begun.items() if depth <= piece.depth}
        start, last = begun.get(piece.depth, (0, Mark()))
        if not mark.style or last != replace(mark, number=mark.number - 1):
            start = mark.number
        begun[piece.depth] = start, mark
        yield start


def paragraphs(frame: Any, contents: Sequence[Any]) -> Iterator[tuple[Any, Any]]:
    """A paragraph of a text for each content; a text has one from the start."""
    for rank, content in enumerate(contents):
        yield (frame.add_paragraph() if rank else frame.paragraphs[0]), content


def write(paragraph: Any, words: Words, size: int = 0, style: Style | None = None) -> None:
    """Words of a paragraph, in letters of `size` points, or of the layout's size for 0."""
    for run in words:
        if run == BREAK:
            paragraph.add_line_break()
            continue
        written = paragraph.add_run()
        written.text = run.words
        _dress(written, run)
        if size:
            written.font.size = Pt(size)
        if style:
            _style(written, run, style)


def _style(written: Any, run: Run, style: Style) -> None:
    """The colour and the voice of a style.

    On the band, what is missing is white too, and underlined: the alert would not be seen there.
    """
    missing, on_band = MISSING in run.look, style.colour == "bg1"
    if on_band or not {MISSING, PROMPT} & run.look:
        written.font.color.theme_color = MSO_THEME_COLOR.from_xml(style.colour)
    written.font.bold = style.bold or bool({"Strong", MISSING} & run.look)
    if missing and on_band:
        written.font.underline = True
    _speak(written, style)


def _speak(written: Any, style: Style) -> None:
    """The font of titles, and spaced capitals: what a style asks of its runs."""
    if style.voice:
        written.font.name = "+mj-lt"
    if style.capitals:
        written.font._element.set("cap", "all")
        # A twelfth of an em between two capitals, in hundredths of a point.
        written.font._element.set("spc", str(round(style.size * 7)))


def _dress(written: Any, run: Run) -> None:
    """The look of a run, its link and its language."""
    font, missing = written.font, MISSING in run.look
    font.language_id = MSO_LANGUAGE_ID.FRENCH
    font.bold = missing or "Strong" in run.look or None
    font.italic = "Emph" in run.look or None
    font.underline = "Underline" in run.look or None
    if "Code" in run.look:
        # LibreOffice has a monospaced font for this name, and not always for « Courier New ».
        font.name = "Courier"
    if missing:
        font.color.theme_color = MSO_THEME_COLOR.from_xml(_MISSING_COLOUR)
    elif PROMPT in run.look:
        font.color.theme_color = MSO_THEME_COLOR.from_xml(_PROMPT_COLOUR)
    # Signs up by 30 % or down by 25 % of their size, as PowerPoint writes them.
    raw = {
        "Strikeout": ("strike", "sngStrike"),
        "Superscript": ("baseline", "30000"),
        "Subscript": ("baseline", "-25000"),
        "SmallCaps": ("cap", "small"),
    }
    for look in run.look & set(raw):
        font._element.set(*raw[look])
    if run.target:
        written.hyperlink.address = run.target
