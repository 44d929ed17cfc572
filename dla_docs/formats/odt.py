"""ODT: pandoc's writer over the reference document, then what pandoc does not write."""

from lxml import etree

from dla_docs.formats.house import SHORT_TABLE, House, Properties, alternative
from dla_docs.formats.office import FOOT_OF_COVER, dress, tidy
from dla_docs.pandoc import Writing
from dla_docs.tree import Tree
from dla_docs.walk import nodes

_URNS = {
    "style": "urn:oasis:names:tc:opendocument:xmlns:style:1.0",
    "text": "urn:oasis:names:tc:opendocument:xmlns:text:1.0",
    "table": "urn:oasis:names:tc:opendocument:xmlns:table:1.0",
    "draw": "urn:oasis:names:tc:opendocument:xmlns:drawing:1.0",
    "fo": "urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0",
    "svg": "urn:oasis:names:tc:opendocument:xmlns:svg-compatible:1.0",
    "office": "urn:oasis:names:tc:opendocument:xmlns:office:1.0",
}
_TAB = "<text:tab/>"
_BREAK = '<text:p text:style-name="SautDePage"/>'


def write_odt(tree: Tree, properties: Properties, house: House) -> bytes:
    """An OpenDocument text with its styles, headers and footers."""
    blocks, media = dress(tree, house, "opendocument", _TAB, _BREAK)
    written = house.pandoc.write(
        blocks,
        properties.office(),
        Writing(
            "odt",
            properties.epoch,
            template=house.layout.text("page.opendocument"),
            reference=house.layout.reference("odt"),
            media=media,
            binary=True,
        ),
    )
    words = [alternative(image) for image in nodes(blocks, "Image")]
    width = house.layout.text_width
    return tidy(
        written,
        {
            "content.xml": lambda part: _content(part, words, width),
            # The validator wants what the specification names.
            "META-INF/manifest.xml": lambda part: part.replace(
                b'media-type="application/xml"', b'media-type="text/xml"'
            ),
        },
    )


def _content(part: bytes, alternatives: list[str], width: float) -> bytes:
    root = etree.fromstring(part)
    automatic = root.find("office:automatic-styles", _URNS)
    assert automatic is not None, "page.opendocument holds automatic styles"
    for table in root.iter(_name("table", "table")):
        _dress_table(table, automatic)
    for frame, words in zip(root.iter(_name("draw", "frame")), alternatives, strict=True):
        # After the image: the schema orders a frame's content.
        description = etree.SubElement(frame, _name("svg", "desc"))
        description.text = words
    for paragraph in root.findall(f".//text:p[@text:style-name='{FOOT_OF_COVER[0]}']", _URNS):
        _foot_of_cover(paragraph, width)
    for paragraph in root.findall(".//text:p[@text:style-name='SautDePage']", _URNS):
        _break_next(paragraph, automatic)
    return bytes(etree.tostring(root, xml_declaration=True, encoding="UTF-8"))


def _dress_table(table: etree._Element, automatic: etree._Element) -> None:
    """The styles of `page.opendocument` on rows and cells; short tables are never split."""
    signed = table.find(".//text:p[@text:style-name='Signature']", _URNS) is not None
    properties = _table_properties(table, automatic)
    if properties is not None:
        properties.set(_name("fo", "margin-bottom"), "2.5mm")
        if signed or len(table.findall("table:table-row", _URNS)) <= SHORT_TABLE:
            properties.set(_name("style", "may-break-between-rows"), "false")
    attribute = _name("table", "style-name")
    for row in table.iter(_name("table", "table-row")):
        row.set(attribute, "Ligne")
    for cell in table.iter(_name("table", "table-cell")):
        header = cell.get(attribute) == "TableHeaderRowCell"
        plain = "CelluleEntete" if header else "Cellule"
        filled = "CelluleSignature" if cell.xpath("normalize-space()") else "CelluleVide"
        cell.set(attribute, filled if signed else plain)


def _foot_of_cover(paragraph: etree._Element, width: float) -> None:
    """The funders in a frame at the foot of the page, whatever the cover says above them."""
    anchor = etree.Element(_name("text", "p"), {_name("text", "style-name"): "Ancre"})
    paragraph.addprevious(anchor)
    frame = etree.SubElement(
        anchor,
        _name("draw", "frame"),
        {
            _name("draw", "style-name"): "PiedDeCouverture",
            _name("draw", "name"): "Financeurs",
            _name("text", "anchor-type"): "paragraph",
            _name("svg", "width"): f"{width:g}mm",
            _name("draw", "z-index"): "0",
        },
    )
    box = etree.SubElement(frame, _name("draw", "text-box"), {_name("fo", "min-height"): "10mm"})
    following: etree._Element | None = paragraph
    while following is not None and following.get(_name("text", "style-name")) in FOOT_OF_COVER:
        moved, following = following, following.getnext()
        box.append(moved)


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


def _break_next(paragraph: etree._Element, automatic: etree._Element) -> None:
    """Start the paragraph that follows on a new page, with the ordinary header and footer."""
    following, parent = paragraph.getnext(), paragraph.getparent()
    if following is None or parent is None or following.tag == _name("table", "table"):
        return
    attribute = _name("text", "style-name")
    name = f"Apres{following.get(attribute, 'Standard')}"
    style = _style(automatic, name, "paragraph")
    style.set(_name("style", "parent-style-name"), following.get(attribute, "Standard"))
    style.set(_name("style", "master-page-name"), "Suite")
    properties = etree.SubElement(style, _name("style", "paragraph-properties"))
    properties.set(_name("fo", "break-before"), "page")
    # LibreOffice reads both margins as one: the one left out would be none.
    properties.set(_name("fo", "margin-top"), "0pt")
    properties.set(_name("fo", "margin-bottom"), "6pt")
    following.set(attribute, name)
    parent.remove(paragraph)


def _style(automatic: etree._Element, name: str, family: str) -> etree._Element:
    style = etree.SubElement(automatic, _name("style", "style"))
    style.set(_name("style", "name"), name)
    style.set(_name("style", "family"), family)
    return style


def _name(space: str, local: str) -> str:
    return f"{{{_URNS[space]}}}{local}"
