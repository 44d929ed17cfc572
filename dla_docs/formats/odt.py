"""ODT: pandoc's writer over the reference document, then what pandoc does not write."""

from collections.abc import Callable

from lxml import etree

from dla_docs.engines.pandoc import Writing
from dla_docs.formats.contents import odt_contents
from dla_docs.formats.draft import PICTURE, mark_pages, picture
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

_URNS = {
    "style": "urn:oasis:names:tc:opendocument:xmlns:style:1.0",
    "text": "urn:oasis:names:tc:opendocument:xmlns:text:1.0",
    "table": "urn:oasis:names:tc:opendocument:xmlns:table:1.0",
    "draw": "urn:oasis:names:tc:opendocument:xmlns:drawing:1.0",
    "fo": "urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0",
    "svg": "urn:oasis:names:tc:opendocument:xmlns:svg-compatible:1.0",
    "office": "urn:oasis:names:tc:opendocument:xmlns:office:1.0",
}
_MASTERS = {"SautDePage": "Suite", "DebutPaysage": "Paysage", "FinPaysage": "Suite"}
"""Marks of a new page, and the page style each one opens."""
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
    words = [alternative(image) for image in nodes(blocks, "Image")]
    width = engines.charter.text_width
    changes: dict[str, Callable[[bytes], bytes]] = {
        "content.xml": lambda part: _content(part, words, width),
        "META-INF/manifest.xml": lambda part: _manifest(part, properties.draft),
    }
    if not properties.draft:
        return tidy(written, changes)
    changes["styles.xml"] = mark_pages
    return tidy(written, changes, {PICTURE: picture(engines.charter)})


def _manifest(part: bytes, draft: bool) -> bytes:
    """The list of parts, named as the validator and the specification want."""
    part = part.replace(b'media-type="application/xml"', b'media-type="text/xml"')
    if not draft:
        return part
    root = etree.fromstring(part)
    space = root.nsmap["manifest"]
    entry = etree.SubElement(root, f"{{{space}}}file-entry")
    entry.set(f"{{{space}}}full-path", PICTURE)
    entry.set(f"{{{space}}}media-type", "image/png")
    return bytes(etree.tostring(root, xml_declaration=True, encoding="UTF-8"))


def _content(part: bytes, alternatives: list[str], width: float) -> bytes:
    root = etree.fromstring(part)
    automatic = root.find("office:automatic-styles", _URNS)
    assert automatic is not None, "page.opendocument holds automatic styles"
    for table in root.iter(_name("table", "table")):
        _dress_table(table, automatic)
    for frame, words in zip(root.iter(_name("draw", "frame")), alternatives, strict=True):
        if words != DECORATIVE:
            # Pandoc drops alternative texts in ODT. No `svg:title` beside: LibreOffice's PDF says
            # both (measured). After the image: the schema orders a frame's content.
            description = etree.SubElement(frame, _name("svg", "desc"))
            description.text = words
    for paragraph in root.findall(f".//text:p[@text:style-name='{FOOT_OF_COVER[0]}']", _URNS):
        _foot_of_cover(paragraph, width)
    for paragraph in root.findall(f".//text:p[@text:style-name='{ADDRESSEE}']", _URNS):
        _window(paragraph)
    for style, master in _MASTERS.items():
        for paragraph in root.findall(f".//text:p[@text:style-name='{style}']", _URNS):
            _break_next(paragraph, master, automatic)
    for paragraph in root.findall("office:body/office:text/text:p", _URNS):
        if announces(str(paragraph.xpath("string()"))):
            _keep_next(paragraph, automatic)
    _end_after_table(root, automatic)
    return bytes(etree.tostring(root, xml_declaration=True, encoding="UTF-8"))


def _end_after_table(root: etree._Element, automatic: etree._Element) -> None:
    """A paragraph as low as may be after a last table.

    LibreOffice adds one of its own otherwise, of full height: at the foot of a page, it alone made
    another (seen on two documents of the demonstration).
    """
    body = root.find("office:body/office:text", _URNS)
    assert body is not None, "an OpenDocument text has a body"
    if len(body) and body[-1].tag == _name("table", "table"):
        properties = _table_properties(body[-1], automatic)
        if properties is not None:
            properties.set(_name("fo", "margin-bottom"), "0mm")
        etree.SubElement(body, _name("text", "p"), {_name("text", "style-name"): "Ancre"})


def _keep_next(paragraph: etree._Element, automatic: etree._Element) -> None:
    """A paragraph on the page of what it announces, by a style of its own over the one it has."""
    attribute = _name("text", "style-name")
    inherited = paragraph.get(attribute, "Standard")
    # A style of the content inherits from none of the content.
    if automatic.find(f"style:style[@style:name='{inherited}']", _URNS) is not None:
        return
    name = f"Annonce{inherited}"
    paragraph.set(attribute, name)
    if automatic.find(f"style:style[@style:name='{name}']", _URNS) is None:
        style = _style(automatic, name, "paragraph")
        style.set(_name("style", "parent-style-name"), inherited)
        properties = etree.SubElement(style, _name("style", "paragraph-properties"))
        properties.set(_name("fo", "keep-with-next"), "always")


def _dress_table(table: etree._Element, automatic: etree._Element) -> None:
    """The styles of `page.opendocument` on rows and cells; short tables are never split."""
    signed = table.find(".//text:p[@text:style-name='Signature']", _URNS) is not None
    properties = _table_properties(table, automatic)
    if properties is not None:
        # By eye, page by page on the demonstration.
        properties.set(_name("fo", "margin-bottom"), "2.5mm")
        if signed or len(table.findall("table:table-row", _URNS)) <= SHORT_TABLE:
            properties.set(_name("style", "may-break-between-rows"), "false")
    attribute = _name("table", "style-name")
    for row in table.iter(_name("table", "table-row")):
        row.set(attribute, "Ligne")
    for cell in table.iter(_name("table", "table-cell")):
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
    frame.set(_name("svg", "x"), f"{left:g}mm")
    frame.set(_name("svg", "y"), f"{top:g}mm")


def _framed(
    paragraph: etree._Element,
    styles: tuple[str, ...],
    name: str,
    style: str,
    size: tuple[float, float],
) -> etree._Element:
    """A frame of `size` millimetres around a paragraph and those of the same styles after it."""
    anchor = etree.Element(_name("text", "p"), {_name("text", "style-name"): "Ancre"})
    paragraph.addprevious(anchor)
    frame = etree.SubElement(
        anchor,
        _name("draw", "frame"),
        {
            _name("draw", "style-name"): style,
            _name("draw", "name"): name,
            _name("text", "anchor-type"): "paragraph",
            _name("svg", "width"): f"{size[0]:g}mm",
            _name("draw", "z-index"): "0",
        },
    )
    # The least: the box grows with what it holds.
    least = {_name("fo", "min-height"): f"{size[1]:g}mm"}
    box = etree.SubElement(frame, _name("draw", "text-box"), least)
    following: etree._Element | None = paragraph
    while following is not None and following.get(_name("text", "style-name")) in styles:
        moved, following = following, following.getnext()
        box.append(moved)
    return frame


def _table_properties(table: etree._Element, automatic: etree._Element) -> etree._Element | None:
    """The properties of a table's own style, where pandoc wrote one."""
    name = table.get(_name("table", "style-name"))
    style = automatic.find(f"style:style[@style:name='{name}']", _URNS)
    if style is None:
        return None
    properties = style.find("style:table-properties", _URNS)
    if properties is None:
        properties = etree.SubElement(style, _name("style", "table-properties"))
    return properties


def _break_next(mark: etree._Element, master: str, automatic: etree._Element) -> None:
    """Start what follows a mark on a new page, with the header and footer of a page style.

    The mark stays before a title, for the reason given in `docx/writer.py`.
    """
    following, parent = mark.getnext(), mark.getparent()
    assert parent is not None, "a mark is in the text"
    attribute = _name("text", "style-name")
    plain = mark.get(attribute) == "SautDePage"
    if plain and following is not None and following.tag == _name("text", "h"):
        following = mark
    else:
        parent.remove(mark)
    if following is None:
        return
    if following.tag == _name("text", "table-of-content"):
        following = following.find(".//text:p", _URNS)
        assert following is not None, "contents have a title"
    if following.tag == _name("table", "table"):
        # A table has a style of its own, written by pandoc.
        own = automatic.find(
            f"style:style[@style:name='{following.get(_name('table', 'style-name'))}']", _URNS
        )
        if own is not None:
            own.set(_name("style", "master-page-name"), master)
        return
    inherited = following.get(attribute, "Standard")
    if inherited in _MASTERS and following is not mark:
        return
    name = f"{master}{inherited}"
    following.set(attribute, name)
    if automatic.find(f"style:style[@style:name='{name}']", _URNS) is not None:
        return
    style = _style(automatic, name, "paragraph")
    style.set(_name("style", "parent-style-name"), inherited)
    style.set(_name("style", "master-page-name"), master)
    properties = etree.SubElement(style, _name("style", "paragraph-properties"))
    properties.set(_name("fo", "break-before"), "page")
    # LibreOffice reads both margins as one: the one left out would be none. 6 points are those
    # below a heading of level 1, which begins most pages.
    properties.set(_name("fo", "margin-top"), "0pt")
    properties.set(_name("fo", "margin-bottom"), "6pt")


def _style(automatic: etree._Element, name: str, family: str) -> etree._Element:
    style = etree.SubElement(automatic, _name("style", "style"))
    style.set(_name("style", "name"), name)
    style.set(_name("style", "family"), family)
    return style


def _name(space: str, local: str) -> str:
    return f"{{{_URNS[space]}}}{local}"
