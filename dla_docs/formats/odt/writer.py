"""ODT: pandoc's writer over the reference document, then what pandoc does not write."""

from collections.abc import Callable, Mapping

from lxml import etree

from dla_docs.engines.pandoc import Writing
from dla_docs.formats.contents import odt_contents
from dla_docs.formats.draft import PICTURE, mark_pages, picture
from dla_docs.formats.odt.fonts import MEDIA_TYPE, Face, declare, faces, parts_of
from dla_docs.formats.odt.odf import NAMES, odf
from dla_docs.formats.office import (
    ADDRESSEE,
    DECORATIVE,
    ENVELOPE,
    FOOT_OF_COVER,
    Markup,
    dress,
    tidy,
)
from dla_docs.formats.shared import (
    SHORT_TABLE,
    Engines,
    Properties,
    alternative,
    announces,
    prepared,
)
from dla_docs.tree.nodes import nodes
from dla_docs.tree.passes import Tree

_MASTERS = {"SautDePage": "Suite", "DebutPaysage": "Paysage", "FinPaysage": "Suite"}
"""Marks of a new page, and the page style each one opens."""
_TYPES = {"ttf": MEDIA_TYPE, "png": "image/png"}
"""What the list of parts calls those that are added, by the end of their name."""
_MARKUP = Markup(
    "opendocument",
    "<text:tab/>",
    lambda style: f'<text:p text:style-name="{style}"/>',
    lambda character: {"t": "Str", "c": character},
    odt_contents,
)


def write_odt(tree: Tree, properties: Properties, engines: Engines) -> bytes:
    """An OpenDocument text with its styles, headers and footers."""
    tree = prepared(tree, properties, engines.charter)
    blocks, media = dress(tree, engines, _MARKUP)
    written = engines.pandoc.write(
        blocks,
        properties.office(),
        Writing(
            "odt",
            properties.epoch,
            template=engines.charter.text("page.opendocument"),
            reference=engines.charter.reference("odt"),
            media=media,
            binary=True,
        ),
    )
    embedded = faces(engines.charter)
    words = [alternative(image) for image in nodes(blocks, "Image")]
    width = engines.charter.text_width
    drawn = {PICTURE: picture(engines.charter)} if properties.draft else {}
    added = {**parts_of(embedded), **drawn}
    changes: dict[str, Callable[[bytes], bytes]] = {
        "content.xml": lambda part: _content(part, words, width),
        "styles.xml": lambda part: _styles(part, embedded, properties.draft),
        "META-INF/manifest.xml": lambda part: _manifest(part, added),
    }
    return tidy(written, changes, added)


def _styles(part: bytes, embedded: tuple[Face, ...], draft: bool) -> bytes:
    """The styles, which say where fonts are, with the mark of a draft behind their pages."""
    root = etree.fromstring(mark_pages(part) if draft else part)
    declare(root, embedded)
    return bytes(etree.tostring(root, xml_declaration=True, encoding="UTF-8"))


def _manifest(part: bytes, added: Mapping[str, bytes]) -> bytes:
    """The list of parts, named as the validator and the specification want, with those added."""
    root = etree.fromstring(part.replace(b'media-type="application/xml"', b'media-type="text/xml"'))
    for path in added:
        entry = etree.SubElement(root, odf("manifest", "file-entry"))
        entry.set(odf("manifest", "full-path"), path)
        entry.set(odf("manifest", "media-type"), _TYPES[path.rpartition(".")[2]])
    return bytes(etree.tostring(root, xml_declaration=True, encoding="UTF-8"))


def _content(part: bytes, alternatives: list[str], width: float) -> bytes:
    root = etree.fromstring(part)
    automatic = root.find("office:automatic-styles", NAMES)
    assert automatic is not None, "page.opendocument holds automatic styles"
    for table in root.iter(odf("table", "table")):
        _dress_table(table, automatic)
    for frame, words in zip(root.iter(odf("draw", "frame")), alternatives, strict=True):
        if words != DECORATIVE:
            # Pandoc drops alternative texts in ODT. No `svg:title` beside: LibreOffice's PDF says
            # both (measured). After the image: the schema orders a frame's content.
            description = etree.SubElement(frame, odf("svg", "desc"))
            description.text = words
    for paragraph in root.findall(f".//text:p[@text:style-name='{FOOT_OF_COVER[0]}']", NAMES):
        _foot_of_cover(paragraph, width)
    for paragraph in root.findall(f".//text:p[@text:style-name='{ADDRESSEE}']", NAMES):
        _window(paragraph)
    for style, master in _MASTERS.items():
        for paragraph in root.findall(f".//text:p[@text:style-name='{style}']", NAMES):
            _break_next(paragraph, master, automatic)
    for paragraph in root.findall("office:body/office:text/text:p", NAMES):
        if announces(str(paragraph.xpath("string()"))):
            _keep_next(paragraph, automatic)
    _end_after_table(root, automatic)
    return bytes(etree.tostring(root, xml_declaration=True, encoding="UTF-8"))


def _end_after_table(root: etree._Element, automatic: etree._Element) -> None:
    """A paragraph as low as may be after a last table.

    LibreOffice adds one of its own otherwise, of full height: at the foot of a page, it alone made
    another (seen on two documents of the demonstration).
    """
    body = root.find("office:body/office:text", NAMES)
    assert body is not None, "an OpenDocument text has a body"
    if len(body) and body[-1].tag == odf("table", "table"):
        properties = _table_properties(body[-1], automatic)
        if properties is not None:
            properties.set(odf("fo", "margin-bottom"), "0mm")
        etree.SubElement(body, odf("text", "p"), {odf("text", "style-name"): "Ancre"})


def _keep_next(paragraph: etree._Element, automatic: etree._Element) -> None:
    """A paragraph on the page of what it announces, by a style of its own over the one it has."""
    attribute = odf("text", "style-name")
    inherited = paragraph.get(attribute, "Standard")
    # A style of the content inherits from none of the content.
    if automatic.find(f"style:style[@style:name='{inherited}']", NAMES) is not None:
        return
    name = f"Annonce{inherited}"
    paragraph.set(attribute, name)
    if automatic.find(f"style:style[@style:name='{name}']", NAMES) is None:
        style = _style(automatic, name, "paragraph")
        style.set(odf("style", "parent-style-name"), inherited)
        properties = etree.SubElement(style, odf("style", "paragraph-properties"))
        properties.set(odf("fo", "keep-with-next"), "always")


def _dress_table(table: etree._Element, automatic: etree._Element) -> None:
    """The styles of `page.opendocument` on rows and cells; short tables are never split."""
    signed = table.find(".//text:p[@text:style-name='Signature']", NAMES) is not None
    properties = _table_properties(table, automatic)
    if properties is not None:
        # By eye, page by page on the demonstration.
        properties.set(odf("fo", "margin-bottom"), "2.5mm")
        if signed or len(table.findall("table:table-row", NAMES)) <= SHORT_TABLE:
            properties.set(odf("style", "may-break-between-rows"), "false")
    attribute = odf("table", "style-name")
    for row in table.iter(odf("table", "table-row")):
        row.set(attribute, "Ligne")
    for cell in table.iter(odf("table", "table-cell")):
        # Pandoc writes this style in the content, where the reference cannot change it.
        header = cell.get(attribute) == "TableHeaderRowCell"
        plain = "CelluleEntete" if header else "Cellule"
        filled = "CelluleSignature" if cell.xpath("normalize-space()") else "CelluleVide"
        cell.set(attribute, filled if signed else plain)


def _foot_of_cover(paragraph: etree._Element, width: float) -> None:
    """The funders in a frame at the foot of the page, whatever the cover says above them."""
    _framed(paragraph, FOOT_OF_COVER, "Financeurs", "PiedDeCouverture", (width, 10))


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


def _table_properties(table: etree._Element, automatic: etree._Element) -> etree._Element | None:
    """The properties of a table's own style, where pandoc wrote one."""
    name = table.get(odf("table", "style-name"))
    style = automatic.find(f"style:style[@style:name='{name}']", NAMES)
    if style is None:
        return None
    properties = style.find("style:table-properties", NAMES)
    if properties is None:
        properties = etree.SubElement(style, odf("style", "table-properties"))
    return properties


def _break_next(mark: etree._Element, master: str, automatic: etree._Element) -> None:
    """Start what follows a mark on a new page, with the header and footer of a page style.

    The mark stays before a title, for the reason given in `docx/writer.py`.
    """
    following, parent = mark.getnext(), mark.getparent()
    assert parent is not None, "a mark is in the text"
    attribute = odf("text", "style-name")
    plain = mark.get(attribute) == "SautDePage"
    if plain and following is not None and following.tag == odf("text", "h"):
        following = mark
    else:
        parent.remove(mark)
    if following is None:
        return
    if following.tag == odf("text", "table-of-content"):
        following = following.find(".//text:p", NAMES)
        assert following is not None, "contents have a title"
    if following.tag == odf("table", "table"):
        # A table has a style of its own, written by pandoc.
        own = automatic.find(
            f"style:style[@style:name='{following.get(odf('table', 'style-name'))}']", NAMES
        )
        if own is not None:
            own.set(odf("style", "master-page-name"), master)
        return
    inherited = following.get(attribute, "Standard")
    if inherited in _MASTERS and following is not mark:
        return
    name = f"{master}{inherited}"
    following.set(attribute, name)
    if automatic.find(f"style:style[@style:name='{name}']", NAMES) is not None:
        return
    style = _style(automatic, name, "paragraph")
    style.set(odf("style", "parent-style-name"), inherited)
    style.set(odf("style", "master-page-name"), master)
    properties = etree.SubElement(style, odf("style", "paragraph-properties"))
    properties.set(odf("fo", "break-before"), "page")
    # LibreOffice reads both margins as one: the one left out would be none. 6 points are those
    # below a heading of level 1, which begins most pages.
    properties.set(odf("fo", "margin-top"), "0pt")
    properties.set(odf("fo", "margin-bottom"), "6pt")


def _style(automatic: etree._Element, name: str, family: str) -> etree._Element:
    style = etree.SubElement(automatic, odf("style", "style"))
    style.set(odf("style", "name"), name)
    style.set(odf("style", "family"), family)
    return style
