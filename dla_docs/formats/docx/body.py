"""The parts of a written DOCX finished: what pandoc does not write, in the text and its styles."""

from collections.abc import Mapping
from dataclasses import dataclass

from lxml import etree

from dla_docs.formats.docx.boxes import Look
from dla_docs.formats.docx.direct import say_by_styles
from dla_docs.formats.docx.frames import ANCHOR, framed
from dla_docs.formats.docx.headings import settle_headings, with_numbering
from dla_docs.formats.docx.keys import STYLE as KEYS
from dla_docs.formats.docx.lists import LAST_ITEM, set_signs, styled_lists
from dla_docs.formats.docx.sections import Sections, lay_sections
from dla_docs.formats.docx.styles import kept_styles, set_style_of_text
from dla_docs.formats.docx.tables import settle_tables
from dla_docs.formats.docx.wordml import (
    NAMES,
    at_top,
    neighbour,
    set_property,
    set_style,
    style_of,
    w,
)
from dla_docs.formats.office import DECORATIVE
from dla_docs.formats.together import (
    UNDER_DRAWING,
    announces,
    concludes,
)

_A = "http://schemas.openxmlformats.org/drawingml/2006/main"
_ADEC = "http://schemas.microsoft.com/office/drawing/2017/decorative"
_DECORATIVE = (
    f'<a:extLst xmlns:a="{_A}"><a:ext uri="{{C183D7F6-B498-43B3-948B-1728B52AA6E4}}">'
    f'<adec:decorative xmlns:adec="{_ADEC}" val="1"/></a:ext></a:extLst>'
)
_TITLES = ("Heading", "TitreLibre", "Article")
_TEXTS = ("BodyText", "List", "TitreGraphique")
_A_LINE = 85
"""Letters of a line: under a title, a page has two at least."""
_TEXT, _LISTS, _STYLES = "word/document.xml", "word/numbering.xml", "word/styles.xml"


@dataclass(frozen=True)
class Page:
    """What the text is laid on: the look, the width of a landscape page, the sections.

    `top`: millimetres to the funders that the first page keeps the room of, or 0.
    """

    look: Look
    wide: float
    sections: Sections
    top: float


def finish(parts: Mapping[str, bytes], page: Page, kind: str) -> dict[str, bytes]:
    """The text, lists and styles of a document; `kind` is how its parts are numbered."""
    root, lists = etree.fromstring(parts[_TEXT]), etree.fromstring(parts[_LISTS])
    set_signs(lists)
    styled_lists(root, lists)
    _finish_text(root, page)
    say_by_styles(root, etree.fromstring(parts[_STYLES]))
    text = _written(root)
    others = [content for name, content in parts.items() if _has_styles(name)]
    styles = kept_styles(parts[_STYLES], [text, *others])
    return {_TEXT: text, _LISTS: _written(lists), _STYLES: with_numbering(styles, kind)}


def _has_styles(name: str) -> bool:
    held = ("word/header", "word/footer", "word/footnotes", "word/endnotes", "word/comments")
    return name.startswith(held)


def _finish_text(root: etree._Element, page: Page) -> None:
    # Spacers go first, and sections are laid last: both are seen from the neighbours of a mark.
    _drop_spacers(root)
    settle_headings(root)
    look = page.look
    settle_tables(root, look.width, page.wide, look.pale, look.dark)
    set_style_of_text(root)
    _keep_announced(root)
    _loosen(root)
    framed(root, look.left, look.width, page.top)
    for inline in root.iter(f"{{{NAMES['wp']}}}inline"):
        # Without them LibreOffice adds 3 mm on each side, and a row of logos wraps (measured).
        for side in ("distT", "distB", "distL", "distR"):
            inline.set(side, "0")
    for drawing in root.iter(f"{{{NAMES['wp']}}}docPr"):
        _settle_words(drawing)
    for paragraph in root.iter(w("p")):
        if style_of(paragraph) == "SautDePage":
            _break_next(paragraph)
    _end_after_table(root)
    lay_sections(root, page.sections)


def _keep_announced(root: etree._Element) -> None:
    """Each paragraph that announces, concludes or is short under a title, kept with the next."""
    for paragraph in root.findall("w:body/w:p", NAMES):
        words = str(paragraph.xpath("string()"))
        above, under = neighbour(paragraph, after=False), neighbour(paragraph)
        titled = above is not None and str(style_of(above)).startswith(_TITLES)
        followed = under is not None and str(style_of(under)).startswith(_TEXTS)
        shown = under is not None and style_of(under) == "TitreGraphique" and concludes(words)
        short = titled and followed and len(words) < _A_LINE
        # Of several speakers, the second never stands alone on the next page.
        spoken = style_of(paragraph) == "Question" and _listed(under)
        if announces(words) or (words and (shown or short or spoken)):
            set_property(paragraph, "keepNext")
        last = under is not None and (
            str(style_of(under)).endswith(LAST_ITEM) or not _listed(neighbour(under))
        )
        if _listed(paragraph) and _listed(under) and (last or not _listed(above)):
            # Two points of a list, or two quotations, at least on each page.
            set_property(paragraph, "keepNext")


def _listed(paragraph: etree._Element | None) -> bool:
    return paragraph is not None and str(style_of(paragraph)).startswith(("List", "BlockText"))


def _loosen(root: etree._Element) -> None:
    """A drawing free of what follows it, unless its table does, or the names of its parts.

    What its table follows stands off it.
    """
    for paragraph in root.findall("w:body/w:p", NAMES):
        following, style = neighbour(paragraph), str(style_of(paragraph))
        if not style.startswith(("Dessin", KEYS)):
            continue
        under = "" if following is None else str(style_of(following))
        if following is not None and following.tag == w("tbl"):
            set_property(paragraph, "spacing").set(w("after"), str(round(UNDER_DRAWING * 20)))
        elif style == KEYS and not under.startswith("Dessin"):
            set_property(paragraph, "keepNext").set(w("val"), "0")
        elif style == "Dessin" and under != KEYS:
            set_style(paragraph, "DessinSeul")


def _drop_spacers(root: etree._Element) -> None:
    """No empty paragraph where pandoc sees two tables in a row and a caption parts them."""
    for paragraph in root.findall("w:body/w:p", NAMES):
        following, parent = paragraph.getnext(), paragraph.getparent()
        parted = following is not None and following.tag != w("tbl")
        if len(paragraph) == 0 and parted and parent is not None:
            parent.remove(paragraph)


def _end_after_table(root: etree._Element) -> None:
    """A paragraph as low as may be after a last table, where Word lays one of full height."""
    tables = root.findall(f"{w('body')}/{w('tbl')}")
    following = (node for node in tables[-1].itersiblings()) if tables else ()
    if tables and not any(node.tag == w("p") for node in following):
        tables[-1].addnext(etree.fromstring(ANCHOR))


def _settle_words(drawing: etree._Element) -> None:
    """A decorative image says so, and nothing else."""
    if drawing.get("descr") == DECORATIVE:
        drawing.set("descr", "")
        drawing.append(etree.fromstring(_DECORATIVE))
    if drawing.get("title") == "":
        del drawing.attrib["title"]


def _break_next(mark: etree._Element) -> None:
    """Give the page break to the paragraph that follows; the mark stays before a table or a title.

    A title that both begins a page and keeps with what follows makes LibreOffice 7.4 forget the
    other titles' « keep with next » on that page (measured): one is left alone at its foot.
    """
    following, parent = neighbour(mark), mark.getparent()
    if following is not None and following.tag == w("sdt"):
        following = following.find(".//w:p", NAMES)
    if following is None or following.tag != w("p") or parent is None:
        return
    if str(style_of(following)) in {"Article", "TitreLibre"} or str(style_of(following)).startswith(
        "Heading"
    ):
        at_top(following)
        return
    # A new section begins a new page by itself.
    if style_of(following) != "DebutPaysage":
        set_property(following, "pageBreakBefore")
        at_top(following)
    parent.remove(mark)


def _written(root: etree._Element) -> bytes:
    return bytes(etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True))
