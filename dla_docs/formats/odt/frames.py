"""What has its place on a page of an ODT: the funders at its foot, an addressee in a window."""

from lxml import etree

from dla_docs.formats.odt.odf import NAMES, odf
from dla_docs.formats.office import ADDRESSEE, ENVELOPE, FOOT_OF_COVER
from dla_docs.formats.shared import GRID_COLUMNS
from dla_docs.tree.divisions import DIVISIONS, LOGOS

_LOGOS = DIVISIONS[LOGOS].style


def lay_frames(root: etree._Element, width: float, top: float) -> None:
    """The paragraphs of the funders and of the addressee in frames; `width`: that of the text.

    `top`: millimetres from the edge of the first page to the funders it keeps the room of; 0 where
    it keeps none.
    """
    feet = root.findall(f".//text:p[@text:style-name='{FOOT_OF_COVER[0]}']", NAMES)
    for rank, paragraph in enumerate(feet):
        _align(_foot(paragraph, width, top if rank == 0 else 0))
    for paragraph in root.findall(f".//text:p[@text:style-name='{ADDRESSEE}']", NAMES):
        _window(paragraph)


def _foot(paragraph: etree._Element, width: float, top: float) -> etree._Element:
    """The funders at the foot of the page, whatever is said above them."""
    # Where the page keeps their room: around a frame, LibreOffice moves a table rather than split
    # it.
    style = "PiedReserve" if top else "PiedDePage"
    frame = _framed(paragraph, FOOT_OF_COVER, "Financeurs", style, (width, 10))
    if top:
        frame.set(odf("svg", "y"), f"{top:g}mm")
    return frame


def _align(frame: etree._Element) -> None:
    """Several rows of logos on three columns: a tab between two instead of spaces.

    Rows of four have no columns in common.
    """
    rows = frame.findall(f".//text:p[@text:style-name='{_LOGOS}']", NAMES)
    held = [row.findall("draw:frame", NAMES) for row in rows]
    if len(rows) < 2 or max(map(len, held)) > GRID_COLUMNS:
        return
    for row, images in zip(rows, held, strict=True):
        row.set(odf("text", "style-name"), "LogosGrille")
        row.text = None
        for rank, image in enumerate(images):
            image.tail = None
            if rank:
                image.addprevious(etree.Element(odf("text", "tab")))


def _window(paragraph: etree._Element) -> None:
    """The addressee where the window of an envelope is, whatever stands above."""
    left, top, width, height = ENVELOPE
    frame = _framed(paragraph, (ADDRESSEE,), "Destinataire", "Fenetre", (width, height))
    frame.set(odf("svg", "x"), f"{left:g}mm")
    frame.set(odf("svg", "y"), f"{top:g}mm")


def _framed(
    paragraph: etree._Element,
    styles: tuple[str, ...],
    name: str,
    style: str,
    size: tuple[float, float],
) -> etree._Element:
    """A frame of `size` millimetres around a paragraph and those of the same styles after it."""
    anchor = etree.Element(odf("text", "p"), {odf("text", "style-name"): "Ancre"})
    paragraph.addprevious(anchor)
    frame = etree.SubElement(
        anchor,
        odf("draw", "frame"),
        {
            odf("draw", "style-name"): style,
            odf("draw", "name"): name,
            odf("text", "anchor-type"): "paragraph",
            odf("svg", "width"): f"{size[0]:g}mm",
            odf("draw", "z-index"): "0",
        },
    )
    # The least: the box grows with what it holds.
    least = {odf("fo", "min-height"): f"{size[1]:g}mm"}
    box = etree.SubElement(frame, odf("draw", "text-box"), least)
    following: etree._Element | None = paragraph
    while following is not None and following.get(odf("text", "style-name")) in styles:
        moved, following = following, following.getnext()
        box.append(moved)
    return frame
