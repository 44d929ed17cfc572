"""DOCX: pandoc's writer over the reference document, then what pandoc does not write."""

from collections.abc import Callable, Iterator, Mapping
from functools import partial
from xml.sax.saxutils import escape

from lxml import etree

from dla_docs.engines.pandoc import Writing
from dla_docs.formats.contents import docx_contents
from dla_docs.formats.docx.charts import chart_changes, chart_parts, native
from dla_docs.formats.docx.fonts import changes_of, faces, parts_of
from dla_docs.formats.docx.sections import Sections, lay_sections, sections_of
from dla_docs.formats.docx.wordml import NAMES, W, at_top, neighbour, set_property, style_of, w
from dla_docs.formats.draft import mark_header
from dla_docs.formats.native_charts import ChartPart
from dla_docs.formats.office import (
    ADDRESSEE,
    DECORATIVE,
    ENVELOPE,
    FOOT_OF_COVER,
    Markup,
    dress,
    tidy,
)
from dla_docs.formats.shared import SHORT_TABLE, TICKED, Engines, Properties, announces, prepared
from dla_docs.tree.nodes import Node, raw_inline
from dla_docs.tree.passes import Tree

_A = "http://schemas.openxmlformats.org/drawingml/2006/main"
_ADEC = "http://schemas.microsoft.com/office/drawing/2017/decorative"
_DECORATIVE = (
    f'<a:extLst xmlns:a="{_A}"><a:ext uri="{{C183D7F6-B498-43B3-948B-1728B52AA6E4}}">'
    f'<adec:decorative xmlns:adec="{_ADEC}" val="1"/></a:ext></a:extLst>'
)
_W14 = "http://schemas.microsoft.com/office/word/2010/wordml"
_ANCHOR = f'<w:p xmlns:w="{W}"><w:pPr><w:pStyle w:val="Ancre"/></w:pPr></w:p>'
_FRAME = {
    "wrap": "notBeside",
    "vAnchor": "margin",
    "hAnchor": "margin",
    "xAlign": "center",
    "yAlign": "bottom",
}


def write_docx(tree: Tree, properties: Properties, engines: Engines) -> bytes:
    """A Word document with its styles, headers and footers."""
    charts: list[ChartPart] = []
    tree = prepared(tree, properties, engines.charter, native=partial(native, charts))
    blocks, media = dress(tree, engines, _MARKUP)
    written = engines.pandoc.write(
        blocks,
        properties.office(),
        Writing(
            "docx",
            properties.epoch,
            template=engines.charter.text("page.openxml"),
            reference=engines.charter.reference("docx"),
            media=media,
            binary=True,
        ),
    )

    title, reference = escape(properties.title), escape(properties.reference)

    def margins(part: bytes) -> bytes:
        part = part.replace(b"@@TITRE@@", title.encode())
        return part.replace(b"@@REFERENCE@@", reference.encode())

    def header(rank: int) -> Callable[[bytes], bytes]:
        def change(part: bytes) -> bytes:
            filled = margins(part)
            return mark_header(filled, rank, engines.charter) if properties.draft else filled

        return change

    # In twips, 1440 an inch.
    width = round(engines.charter.text_width * 1440 / 25.4)
    model = sections_of(engines.charter.reference("docx"))
    fonts = engines.charter.values["polices"]
    embedded = faces(str(fonts["texte"]), str(fonts["titres"]))
    return tidy(
        written,
        {
            **changes_of(embedded),
            **chart_changes(charts),
            "word/document.xml": lambda part: _body(part, width, model),
            # The reference has three: each mark needs a number of its own.
            **{f"word/header{rank}.xml": header(rank) for rank in (1, 2, 3)},
            "word/footer*": margins,
        },
        {**parts_of(embedded), **chart_parts(charts)},
    )


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


_MARKUP = Markup("openxml", "<w:r><w:tab/></w:r>", _mark, _box, docx_contents)


def _body(part: bytes, text_width: int, model: Sections) -> bytes:
    root = etree.fromstring(part)
    # Spacers go first, and sections are laid last: both are seen from the neighbours of a mark.
    _drop_spacers(root)
    for row in root.iter(w("tr")):
        _keep_row(row)
    for table in root.iter(w("tbl")):
        _keep_short(table)
    _keep_announced(root)
    for table in _tables(root, "Signatures"):
        _open_corner(table)
    for paragraph in _paragraphs(root, FOOT_OF_COVER[0]):
        _foot_of_cover(paragraph, text_width)
    for paragraph in _paragraphs(root, ADDRESSEE):
        _window(paragraph)
    for inline in root.iter(f"{{{NAMES['wp']}}}inline"):
        # Without them LibreOffice adds 3 mm on each side, and a row of logos wraps (measured).
        for side in ("distT", "distB", "distL", "distR"):
            inline.set(side, "0")
    for drawing in root.iter(f"{{{NAMES['wp']}}}docPr"):
        _settle_words(drawing)
    for paragraph in _paragraphs(root, "SautDePage"):
        _break_next(paragraph)
    _end_after_table(root)
    lay_sections(root, model)
    return bytes(etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True))


def _keep_announced(root: etree._Element) -> None:
    """Each paragraph that announces kept on the page of what follows."""
    for paragraph in root.findall("w:body/w:p", NAMES):
        if announces(str(paragraph.xpath("string()"))):
            set_property(paragraph, "keepNext")


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
        tables[-1].addnext(etree.fromstring(_ANCHOR))


def _keep_row(row: etree._Element) -> None:
    """A row that no page break splits; first in its properties, as the schema wants.

    On each row: in the style of the table alone, LibreOffice ignores it (measured).
    """
    properties = row.find("w:trPr", NAMES)
    if properties is None:
        properties = etree.Element(w("trPr"))
        row.insert(0, properties)
    properties.insert(0, etree.Element(w("cantSplit")))


def _keep_short(table: etree._Element) -> None:
    """Every row of a short table kept with the next one."""
    rows = table.findall("w:tr", NAMES)
    body = [row for row in rows if row.find("w:trPr/w:tblHeader", NAMES) is None]
    if len(body) > SHORT_TABLE:
        return
    for row in rows[:-1]:
        for paragraph in row.iter(w("p")):
            set_property(paragraph, "keepNext")


def _open_corner(table: etree._Element) -> None:
    """No frame around the empty cells that complete the last row of signatures."""
    for cell in table.iter(w("tc")):
        if cell.xpath("normalize-space()"):
            continue
        properties = cell.find("w:tcPr", NAMES)
        if properties is None:
            properties = etree.Element(w("tcPr"))
            cell.insert(0, properties)
        borders = etree.SubElement(properties, w("tcBorders"))
        for side in ("bottom", "right"):
            etree.SubElement(borders, w(side), {w("val"): "nil"})


def _foot_of_cover(paragraph: etree._Element, width: int) -> None:
    """The funders in one frame at the foot of the page, whatever the cover says above them.

    Word fastens a frame to the paragraph that follows it: a tiny one, so that the frame does not
    go over the page with the next heading.
    """
    last = _framed(paragraph, FOOT_OF_COVER, {"w": str(width), **_FRAME})
    last.addnext(etree.fromstring(_ANCHOR))


def _window(paragraph: etree._Element) -> None:
    """The addressee where the window of an envelope is: LibreOffice reads no frame in a style."""
    left, top, width, height = (str(round(length * 1440 / 25.4)) for length in ENVELOPE)
    place = {"w": width, "h": height, "hRule": "atLeast", "wrap": "around"}
    place |= {"vAnchor": "page", "hAnchor": "page", "x": left, "y": top}
    _framed(paragraph, (ADDRESSEE,), place)


def _framed(
    paragraph: etree._Element, styles: tuple[str, ...], attributes: Mapping[str, str]
) -> etree._Element:
    """The last of the paragraphs of some styles that follow one another, all in one frame."""
    following: etree._Element | None = paragraph
    last = paragraph
    while following is not None and style_of(following) in styles:
        frame = set_property(following, "framePr")
        for name, value in attributes.items():
            frame.set(w(name), value)
        last, following = following, following.getnext()
    return last


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
    if str(style_of(following)).startswith("Heading"):
        at_top(following)
        return
    # A new section begins a new page by itself.
    if style_of(following) != "DebutPaysage":
        set_property(following, "pageBreakBefore")
        at_top(following)
    parent.remove(mark)


def _tables(root: etree._Element, style: str) -> Iterator[etree._Element]:
    for table in root.iter(w("tbl")):
        own = table.find("w:tblPr/w:tblStyle", NAMES)
        if own is not None and own.get(w("val")) == style:
            yield table


def _paragraphs(root: etree._Element, style: str) -> list[etree._Element]:
    return [paragraph for paragraph in root.iter(w("p")) if style_of(paragraph) == style]
