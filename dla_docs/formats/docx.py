"""DOCX: pandoc's writer over the reference document, then what pandoc does not write."""

from collections.abc import Iterator
from xml.sax.saxutils import escape

from lxml import etree

from dla_docs.formats.house import SHORT_TABLE, House, Properties
from dla_docs.formats.office import FOOT_OF_COVER, dress, tidy
from dla_docs.pandoc import Writing
from dla_docs.tree import Tree

_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_WP = "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"
_NAMES = {"w": _W, "wp": _WP}
_TAB = "<w:r><w:tab/></w:r>"
_BREAK = '<w:p><w:pPr><w:pStyle w:val="SautDePage"/></w:pPr></w:p>'
_ANCHOR = f'<w:p xmlns:w="{_W}"><w:pPr><w:pStyle w:val="Ancre"/></w:pPr></w:p>'
_FRAME = {
    "wrap": "notBeside",
    "vAnchor": "margin",
    "hAnchor": "margin",
    "xAlign": "center",
    "yAlign": "bottom",
}


def write_docx(tree: Tree, properties: Properties, house: House) -> bytes:
    """A Word document with its styles, headers and footers."""
    blocks, media = dress(tree, house, "openxml", _TAB, _BREAK)
    written = house.pandoc.write(
        blocks,
        properties.office(),
        Writing(
            "docx",
            properties.epoch,
            template=house.layout.text("page.openxml"),
            reference=house.layout.reference("docx"),
            media=media,
            binary=True,
        ),
    )

    def margins(part: bytes) -> bytes:
        title, reference = escape(properties.title), escape(properties.reference)
        return part.replace(b"@@TITRE@@", title.encode()).replace(
            b"@@REFERENCE@@", reference.encode()
        )

    width = round(house.layout.text_width * 1440 / 25.4)
    return tidy(
        written,
        {
            "word/document.xml": lambda part: _body(part, width),
            "word/header*": margins,
            "word/footer*": margins,
        },
    )


def _body(part: bytes, text_width: int) -> bytes:
    root = etree.fromstring(part)
    for row in root.iter(_w("tr")):
        _keep_row(row)
    for table in root.iter(_w("tbl")):
        _keep_short(table)
    for table in _tables(root, "Signatures"):
        _open_corner(table)
    for paragraph in _paragraphs(root, FOOT_OF_COVER[0]):
        _foot_of_cover(paragraph, text_width)
    for inline in root.iter(f"{{{_WP}}}inline"):
        # Without them LibreOffice adds 3 mm on each side, and a row of logos wraps (measured).
        for side in ("distT", "distB", "distL", "distR"):
            inline.set(side, "0")
    for paragraph in _paragraphs(root, "SautDePage"):
        _break_next(paragraph)
    return bytes(etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True))


def _keep_row(row: etree._Element) -> None:
    """A row that no page break splits; first in its properties, as the schema wants."""
    properties = row.find("w:trPr", _NAMES)
    if properties is None:
        properties = etree.Element(_w("trPr"))
        row.insert(0, properties)
    properties.insert(0, etree.Element(_w("cantSplit")))


def _keep_short(table: etree._Element) -> None:
    """Every row of a short table kept with the next one."""
    rows = table.findall("w:tr", _NAMES)
    body = [row for row in rows if row.find("w:trPr/w:tblHeader", _NAMES) is None]
    if len(body) > SHORT_TABLE:
        return
    for row in rows[:-1]:
        for paragraph in row.iter(_w("p")):
            _set(paragraph, "keepNext", before=("pStyle",))


def _open_corner(table: etree._Element) -> None:
    """No frame around the empty cells that complete the last row of signatures."""
    for cell in table.iter(_w("tc")):
        if cell.xpath("normalize-space()"):
            continue
        properties = cell.find("w:tcPr", _NAMES)
        if properties is None:
            properties = etree.Element(_w("tcPr"))
            cell.insert(0, properties)
        borders = etree.SubElement(properties, _w("tcBorders"))
        for side in ("bottom", "right"):
            etree.SubElement(borders, _w(side), {_w("val"): "nil"})


def _foot_of_cover(paragraph: etree._Element, width: int) -> None:
    """The funders in one frame at the foot of the page, whatever the cover says above them.

    Word fastens a frame to the paragraph that follows it: a tiny one, so that the frame does not
    go over the page with the next heading.
    """
    following: etree._Element | None = paragraph
    last = paragraph
    while following is not None and _style(following) in FOOT_OF_COVER:
        frame = _set(following, "framePr", before=("pStyle", "keepNext", "keepLines"))
        for name, value in {"w": str(width), **_FRAME}.items():
            frame.set(_w(name), value)
        last, following = following, following.getnext()
    last.addnext(etree.fromstring(_ANCHOR))


def _set(paragraph: etree._Element, name: str, before: tuple[str, ...]) -> etree._Element:
    """A property of a paragraph; `before` names those that the schema wants first."""
    properties = paragraph.find("w:pPr", _NAMES)
    if properties is None:
        properties = etree.Element(_w("pPr"))
        paragraph.insert(0, properties)
    found = properties.find(f"w:{name}", _NAMES)
    if found is None:
        found = etree.Element(_w(name))
        place = [child for child in properties if child.tag in {_w(n) for n in before}]
        properties.insert(len(place), found)
    return found


def _break_next(paragraph: etree._Element) -> None:
    """Give the page break to the paragraph that follows; the mark goes, unless a table does."""
    following = paragraph.getnext()
    while following is not None and following.tag.endswith(("bookmarkStart", "bookmarkEnd")):
        following = following.getnext()
    parent = paragraph.getparent()
    if following is None or following.tag != _w("p") or parent is None:
        return
    first = ("pStyle", "keepNext", "keepLines")
    _set(following, "pageBreakBefore", before=first)
    # At the top of a page, where other programs drop it too.
    _set(following, "spacing", before=(*first, "pageBreakBefore")).set(_w("before"), "0")
    parent.remove(paragraph)


def _tables(root: etree._Element, style: str) -> Iterator[etree._Element]:
    for table in root.iter(_w("tbl")):
        found = table.find("w:tblPr/w:tblStyle", _NAMES)
        if found is not None and found.get(_w("val")) == style:
            yield table


def _paragraphs(root: etree._Element, style: str) -> list[etree._Element]:
    return [paragraph for paragraph in root.iter(_w("p")) if _style(paragraph) == style]


def _style(paragraph: etree._Element) -> str | None:
    name = paragraph.find("w:pPr/w:pStyle", _NAMES)
    return None if name is None else name.get(_w("val"))


def _w(name: str) -> str:
    return f"{{{_W}}}{name}"
