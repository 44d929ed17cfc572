"""The names of OpenDocument, and the styles that a content defines."""

from lxml import etree

_ODF = "urn:oasis:names:tc:opendocument:xmlns:"
NAMES = {
    "style": f"{_ODF}style:1.0",
    "text": f"{_ODF}text:1.0",
    "table": f"{_ODF}table:1.0",
    "draw": f"{_ODF}drawing:1.0",
    "fo": f"{_ODF}xsl-fo-compatible:1.0",
    "svg": f"{_ODF}svg-compatible:1.0",
    "office": f"{_ODF}office:1.0",
    "manifest": f"{_ODF}manifest:1.0",
    "xlink": "http://www.w3.org/1999/xlink",
}


def odf(space: str, local: str) -> str:
    """A qualified name as lxml writes it."""
    return f"{{{NAMES[space]}}}{local}"


def add_style(automatic: etree._Element, name: str, family: str) -> etree._Element:
    """A new style of the content."""
    style = etree.SubElement(automatic, odf("style", "style"))
    style.set(odf("style", "name"), name)
    style.set(odf("style", "family"), family)
    return style


def own_style(
    element: etree._Element, space: str, automatic: etree._Element
) -> etree._Element | None:
    """The style that the content defines for an element, if it does."""
    name = element.get(odf(space, "style-name"))
    return automatic.find(f"style:style[@style:name='{name}']", NAMES)


def derived(
    element: etree._Element, prefix: str, automatic: etree._Element
) -> etree._Element | None:
    """A style over the one that a paragraph has, given to it; None for one defined or done already.

    A style of the content inherits from none of the content.
    """
    attribute = odf("text", "style-name")
    inherited = element.get(attribute, "Standard")
    if own_style(element, "text", automatic) is not None:
        return None
    element.set(attribute, f"{prefix}{inherited}")
    if own_style(element, "text", automatic) is not None:
        return None
    style = add_style(automatic, f"{prefix}{inherited}", "paragraph")
    style.set(odf("style", "parent-style-name"), inherited)
    return style
