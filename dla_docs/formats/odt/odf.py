"""The names of OpenDocument, and the styles that a content defines."""

from dataclasses import dataclass

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


@dataclass(frozen=True)
class Styles:
    """The styles that a content defines, by name: a long document has thousands."""

    root: etree._Element
    named: dict[str, etree._Element]

    @classmethod
    def of(cls, root: etree._Element) -> "Styles":
        """The styles under an element."""
        found = root.iterchildren(odf("style", "style"))
        return cls(root, {str(style.get(odf("style", "name"))): style for style in found})

    def own(self, element: etree._Element, space: str) -> etree._Element | None:
        """The one of an element, if the content defines it."""
        return self.named.get(str(element.get(odf(space, "style-name"))))

    def add(self, name: str, family: str) -> etree._Element:
        """A new one."""
        style = etree.SubElement(self.root, odf("style", "style"))
        style.set(odf("style", "name"), name)
        style.set(odf("style", "family"), family)
        self.named[name] = style
        return style

    def derived(self, element: etree._Element, prefix: str) -> etree._Element | None:
        """One over that of a paragraph, given to it; None for one defined or done already.

        A style of the content inherits from none of the content.
        """
        inherited = element.get(odf("text", "style-name"), "Standard")
        if inherited in self.named:
            return None
        name = f"{prefix}{inherited}"
        element.set(odf("text", "style-name"), name)
        if name in self.named:
            return None
        style = self.add(name, "paragraph")
        style.set(odf("style", "parent-style-name"), inherited)
        return style
