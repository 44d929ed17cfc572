"""DOCX: pandoc's writer over the reference document, then what pandoc does not write."""

from collections.abc import Iterator
from xml.sax.saxutils import escape

from lxml import etree

from dla_docs.formats.house import House, Properties
from dla_docs.formats.office import dress, tidy
from dla_docs.pandoc import Writing
from dla_docs.tree import Tree

_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_WP = "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"
_NAMES = {"w": _W, "wp": _WP}
_TAB = "<w:r><w:tab/></w:r>"
_BREAK = '<w:p><w:pPr><w:pStyle w:val="SautDePage"/></w:pPr></w:p>'


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

    height = round(float(house.layout.charter["signatures"]["hauteur_mm"]) * 1440 / 25.4)
    return tidy(
        written,
        {
            "word/document.xml": lambda part: _body(part, height),
            "word/header*": margins,
            "word/footer*": margins,
        },
    )


def _body(part: bytes, signature_height: int) -> bytes:
    root = etree.fromstring(part)
    for row in root.iter(_w("tr")):
        _keep_row(row)
    for table in _tables(root, "Signatures"):
        for row in table.iter(_w("tr")):
            _row_height(row, signature_height)
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


def _row_height(row: etree._Element, height: int) -> None:
    properties = row.find("w:trPr", _NAMES)
    if properties is not None:
        size = {_w("val"): str(height), _w("hRule"): "atLeast"}
        properties.append(etree.Element(_w("trHeight"), size))


def _break_next(paragraph: etree._Element) -> None:
    """Give the page break to the paragraph that follows; the mark goes, unless a table does."""
    following = paragraph.getnext()
    while following is not None and following.tag.endswith(("bookmarkStart", "bookmarkEnd")):
        following = following.getnext()
    parent = paragraph.getparent()
    if following is None or following.tag != _w("p") or parent is None:
        return
    properties = following.find("w:pPr", _NAMES)
    if properties is None:
        properties = etree.Element(_w("pPr"))
        following.insert(0, properties)
    style = properties.find("w:pStyle", _NAMES)
    keep = [e for e in properties if e.tag in {_w("keepNext"), _w("keepLines")}]
    place = len(keep) + (1 if style is not None else 0)
    properties.insert(place, etree.Element(_w("pageBreakBefore")))
    parent.remove(paragraph)


def _tables(root: etree._Element, style: str) -> Iterator[etree._Element]:
    for table in root.iter(_w("tbl")):
        found = table.find("w:tblPr/w:tblStyle", _NAMES)
        if found is not None and found.get(_w("val")) == style:
            yield table


def _paragraphs(root: etree._Element, style: str) -> list[etree._Element]:
    found = []
    for paragraph in root.iter(_w("p")):
        name = paragraph.find("w:pPr/w:pStyle", _NAMES)
        if name is not None and name.get(_w("val")) == style:
            found.append(paragraph)
    return found


def _w(name: str) -> str:
    return f"{{{_W}}}{name}"
