"""What stands at a place of the sheet, wherever the text is: frames around ordinary paragraphs.

The logos of who sends, above the text; the funders, at the foot; the addressee of a letter, where
the window of the envelope is. They stay in the text, in reading order, and no box floats.
"""

from collections.abc import Mapping

from lxml import etree

from dla_docs.formats.docx.cells import twips
from dla_docs.formats.docx.head import EMITTERS, LOGOS_GRID
from dla_docs.formats.docx.wordml import W, neighbour, set_property, style_of, w
from dla_docs.formats.office import ADDRESSEE, ENVELOPE, FOOT_OF_COVER

ANCHOR = f'<w:p xmlns:w="{W}"><w:pPr><w:pStyle w:val="Ancre"/></w:pPr></w:p>'
"""A paragraph as low as may be."""
_UNDER_BAND = (
    f'<w:p xmlns:w="{W}"><w:pPr><w:pStyle w:val="Entre"/><w:spacing w:before="55"/></w:pPr></w:p>'
)
"""One that parts a band from a box: 4.5 mm, with its own height."""
_LOGOS_TOP = 12
"""Millimetres from the edge of the sheet to the logos of who sends."""


def framed(root: etree._Element, left: float, width: float, top: float) -> None:
    """Put each of them in its frame; `left` and `width` of the text, in millimetres.

    `top`: from the edge of the first page to the funders it keeps the room of; 0 where it keeps
    none. Around a frame in the text, LibreOffice moves a table rather than split it.
    """
    size = {"w": str(twips(width)), "wrap": "notBeside"}
    above = {"vAnchor": "page", "hAnchor": "page", "y": str(twips(_LOGOS_TOP))}
    foot = {"vAnchor": "margin", "hAnchor": "margin", "xAlign": "left", "yAlign": "bottom"}
    if top:
        foot = {"vAnchor": "page", "hAnchor": "margin", "xAlign": "left", "y": str(twips(top))}
        foot["wrap"] = "through"
    for paragraph in _first_of(root, (EMITTERS,)):
        _frame(paragraph, (EMITTERS,), size | above | {"x": str(twips(left))})
    for paragraph in _first_of(root, (FOOT_OF_COVER[0],)):
        last = _frame(paragraph, (*FOOT_OF_COVER, LOGOS_GRID), size | foot)
        _fasten(paragraph, last)
    for paragraph in _first_of(root, (ADDRESSEE,)):
        # LibreOffice reads no frame in a style.
        _frame(paragraph, (ADDRESSEE,), _window())


def _fasten(first: etree._Element, last: etree._Element) -> None:
    """Where the frame of the funders hangs, from the first to the last of its paragraphs.

    Word fastens a frame to the paragraph that follows it: the one that parts a band from a box or,
    without any, a tiny one, so that it does not go over the page with the next heading. Hung
    between the box and the text, LibreOffice leaves headings alone at the foot of page 2.
    """
    box, under = neighbour(first, after=False), neighbour(last)
    boxed = box is not None and box.tag == w("tbl")
    parting = box.getprevious() if box is not None and boxed else None
    if parting is not None and style_of(parting) == "Entre":
        group = [first, *first.itersiblings()]
        for paragraph in group[: group.index(last) + 1]:
            parting.addprevious(paragraph)
    elif boxed and under is not None and under.tag == w("tbl"):
        last.addnext(etree.fromstring(_UNDER_BAND))
    else:
        last.addnext(etree.fromstring(ANCHOR))


def _window() -> Mapping[str, str]:
    left, top, width, height = (str(twips(length)) for length in ENVELOPE)
    place = {"w": width, "h": height, "hRule": "atLeast", "wrap": "around"}
    return place | {"vAnchor": "page", "hAnchor": "page", "x": left, "y": top}


def _first_of(root: etree._Element, styles: tuple[str, ...]) -> list[etree._Element]:
    """The paragraphs of some styles that follow none of them."""
    paragraphs = [paragraph for paragraph in root.iter(w("p")) if style_of(paragraph) in styles]
    return [p for p in paragraphs if p.getprevious() not in paragraphs]


def _frame(
    paragraph: etree._Element, styles: tuple[str, ...], attributes: Mapping[str, str]
) -> etree._Element:
    """The last of the paragraphs of some styles that follow one another, all in one frame."""
    following: etree._Element | None = paragraph
    last = paragraph
    while following is not None and following.tag == w("p") and style_of(following) in styles:
        frame = set_property(following, "framePr")
        for name, value in attributes.items():
            frame.set(w(name), value)
        last, following = following, following.getnext()
    return last
