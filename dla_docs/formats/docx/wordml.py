"""The few acts on WordprocessingML that DOCX needs: names, styles, properties of a paragraph."""

from lxml import etree

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
NAMES = {
    "w": W,
    "wp": "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing",
}
_PROPERTIES, _STYLE, _VALUE = (f"{{{W}}}{name}" for name in ("pPr", "pStyle", "val"))
_FIRST = ("pStyle", "keepNext", "keepLines", "pageBreakBefore")
"""What the schema wants before any other property of a paragraph."""


def w(name: str) -> str:
    """A name of WordprocessingML, as lxml writes it."""
    return f"{{{W}}}{name}"


def style_of(paragraph: etree._Element) -> str | None:
    """The style of a paragraph."""
    # By rank, which the schema settles: it is asked of every paragraph, many times (five times
    # quicker than to look for it by its name).
    properties = paragraph[0] if len(paragraph) else None
    if properties is None or not len(properties) or properties.tag != _PROPERTIES:
        return None
    return properties[0].get(_VALUE) if properties[0].tag == _STYLE else None


def set_style(paragraph: etree._Element, name: str) -> None:
    """Give a paragraph another style; it comes first of its properties, as the schema wants."""
    properties = properties_of(paragraph)
    style = properties.find("w:pStyle", NAMES)
    if style is None:
        style = etree.Element(w("pStyle"))
        properties.insert(0, style)
    style.set(w("val"), name)


def properties_of(paragraph: etree._Element) -> etree._Element:
    """The properties of a paragraph, made where it has none: first in it, as the schema wants."""
    properties = paragraph.find("w:pPr", NAMES)
    if properties is None:
        properties = etree.Element(w("pPr"))
        paragraph.insert(0, properties)
    return properties


def set_property(paragraph: etree._Element, name: str) -> etree._Element:
    """One of the first properties of a paragraph, `framePr` or `spacing`, in the schema's order."""
    properties = properties_of(paragraph)
    element = properties.find(f"w:{name}", NAMES)
    if element is None:
        element = etree.Element(w(name))
        first = _FIRST[: _FIRST.index(name)] if name in _FIRST else _FIRST
        before = {w(other) for other in (*first, *(("tabs",) if name == "spacing" else ()))}
        properties.insert(sum(child.tag in before for child in properties), element)
    return element


def neighbour(element: etree._Element, *, after: bool = True) -> etree._Element | None:
    """What comes next, or before, bookmarks aside."""
    step = element.getnext if after else element.getprevious
    while (other := step()) is not None and other.tag in {w("bookmarkStart"), w("bookmarkEnd")}:
        step = other.getnext if after else other.getprevious
    return other


def at_top(paragraph: etree._Element) -> None:
    """No space above at the top of a page, where some programs drop it and others do not."""
    set_property(paragraph, "spacing").set(w("before"), "0")
