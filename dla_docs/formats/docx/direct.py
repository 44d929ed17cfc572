"""What pandoc writes on paragraphs and words, said by styles: changing a style changes them all."""

from collections.abc import Callable
from functools import cache

from lxml import etree

from dla_docs.formats.docx.wordml import NAMES, set_style, style_of, w
from dla_docs.model.values import NO_BREAK
from dla_docs.tree.divisions import BADGES

_ALIGNED = {"Tableau", "TableauTete", "TableauTotal", "TableauRetenu"}
_DENSE = {"TableauDense", "TableauDenseFort"}
_STRONG, _RAISED = "Strong", "Exposant"
"""The styles of strong words and of what is raised."""
_FULL = "PastillePleine"
"""The style of white words on a full box; the colour is written too, for LibreOffice 7.4 reads none
of a style of characters in a table (measured), and black would not be legible there."""


def say_by_styles(root: etree._Element, styles: etree._Element) -> None:
    """The alignment of cells, and strong or raised words, by styles of a document."""
    for paragraph in root.iter(w("p")):
        _align(paragraph)
    for words in root.iter(w("rStyle")):
        if words.get(w("val")) == _FULL:
            words.addnext(etree.Element(w("color"), {w("val"): "FFFFFF"}))
        if words.get(w("val")) in BADGES.values():
            _widen(words)
    bold = _bold(styles)
    for paragraph in root.iter(w("p")):
        within = bold(str(style_of(paragraph)))
        for properties in paragraph.iterfind(".//w:r/w:rPr", NAMES):
            _name(properties, within)


def _widen(words: etree._Element) -> None:
    """Room on each side of a badge, of its own ground: a border would strike its last letter."""
    run = next(words.iterancestors(w("r")))
    for said in run.findall("w:t", NAMES):
        said.text = f"{NO_BREAK}{said.text}{NO_BREAK}"


def _align(paragraph: etree._Element) -> None:
    """Left is how text stands; figures, on the right, have a style."""
    for found in paragraph.findall("w:pPr/w:jc", NAMES):
        side, style = found.get(w("val")), str(style_of(paragraph))
        figures = side == "right" and style in _ALIGNED | _DENSE
        if figures:
            set_style(paragraph, f"{style}Chiffre")
        parent = found.getparent()
        if parent is not None and (figures or side == "left"):
            parent.remove(found)


def _name(properties: etree._Element, within: bool) -> None:
    """A style in place of a direct property, unless the words have one.

    Bold in a style inside a bold one would be plain again: Word toggles it.
    """
    bold = properties.findall("w:b", NAMES) + properties.findall("w:bCs", NAMES)
    raised = properties.findall("w:vertAlign[@w:val='superscript']", NAMES)
    styled = properties.find("w:rStyle", NAMES) is not None
    if any(child.get(w("val")) is not None for child in bold):
        return
    if bold and within:
        _drop(properties, bold)
    elif bold and not styled and not raised:
        _drop(properties, bold)
        properties.insert(0, etree.Element(w("rStyle"), {w("val"): _STRONG}))
    if raised and not styled and (not bold or within):
        _drop(properties, raised)
        properties.insert(0, etree.Element(w("rStyle"), {w("val"): _RAISED}))


def _drop(properties: etree._Element, found: list[etree._Element]) -> None:
    for child in found:
        properties.remove(child)


def _bold(styles: etree._Element) -> Callable[[str], bool]:
    """Whether the letters of a style of paragraph are bold, by itself or by what it is over."""
    named = {str(style.get(w("styleId"))): style for style in styles.findall("w:style", NAMES)}

    # Of the two hundred that there are, a document asks for twenty.
    @cache
    def is_bold(name: str) -> bool:
        style = named.get(name)
        if style is None:
            return False
        said = style.find("w:rPr/w:b", NAMES)
        if said is not None:
            return said.get(w("val")) not in {"0", "false"}
        over = style.find("w:basedOn", NAMES)
        return over is not None and is_bold(str(over.get(w("val"))))

    return is_bold
