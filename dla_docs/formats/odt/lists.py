"""The lists of an ODT: dashes and numbers at the axis, which pandoc sets far in the page."""

from copy import deepcopy

from lxml import etree

from dla_docs.formats.odt.odf import NAMES, Styles, odf

DASH, _BULLET, _NUMBER = "–", 3.9, 6.0
"""What begins an item, and the millimetres from there to its text, by kind."""


def lay_lists(styles: Styles) -> None:
    """Each list style with its signs, each level one step further than the one above."""
    for style in styles.root.findall("text:list-style", NAMES):
        for level in style:
            rank = int(level.get(odf("text", "level"), "1"))
            bullet = level.tag == odf("text", "list-level-style-bullet")
            step = _BULLET if bullet else _NUMBER
            if bullet:
                level.set(odf("text", "bullet-char"), DASH)
                level.attrib.pop(odf("style", "num-suffix"), "")
            for properties in level.findall("style:list-level-properties", NAMES):
                properties.set(odf("fo", "text-align"), "start")
                for label in properties:
                    label.set(odf("text", "list-tab-stop-position"), f"{step * rank:g}mm")
                    label.set(odf("fo", "text-indent"), f"-{step:g}mm")
                    label.set(odf("fo", "margin-left"), f"{step * rank:g}mm")
    for style in styles.root.findall("style:style[@style:list-style-name]", NAMES):
        if style.find("style:paragraph-properties", NAMES) is None:
            style.insert(0, etree.Element(odf("style", "paragraph-properties")))
        for spaced in style.findall("style:paragraph-properties", NAMES):
            spaced.set(odf("fo", "margin-top"), "0pt")
            spaced.set(odf("fo", "margin-bottom"), "2pt")


def part_lists(root: etree._Element, styles: Styles) -> None:
    """The last item of a list of the text, over the space of a paragraph, never alone on a page."""
    for listed in root.findall("office:body/office:text/text:list", NAMES):
        held = listed.findall(".//text:p", NAMES)
        for paragraph in held[-2:-1]:
            _styled(paragraph, styles, "Avant", **{"keep-with-next": "always"})
        for paragraph in held[-1:]:
            _styled(paragraph, styles, "Fin", **{"margin-bottom": "6pt", "keep-with-next": "auto"})


def _styled(paragraph: etree._Element, styles: Styles, suffix: str, **wanted: str) -> None:
    """A paragraph in a style of its own, that of its list with other properties."""
    style = styles.own(paragraph, "text")
    if style is None:
        return
    name = f"{style.get(odf('style', 'name'))}{suffix}"
    paragraph.set(odf("text", "style-name"), name)
    if name in styles.named:
        return
    derived = deepcopy(style)
    derived.set(odf("style", "name"), name)
    for properties in derived.findall("style:paragraph-properties", NAMES):
        for key, value in wanted.items():
            properties.set(odf("fo", key), value)
    styles.root.append(derived)
    styles.named[name] = derived
