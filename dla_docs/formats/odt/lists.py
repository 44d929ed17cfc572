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
    """The last item of a list of the text, over the space of a paragraph."""
    attribute = odf("text", "style-name")
    for listed in root.findall("office:body/office:text/text:list", NAMES):
        last = listed.findall(".//text:p", NAMES)[-1:]
        for paragraph in last:
            style = styles.own(paragraph, "text")
            if style is None:
                continue
            name = f"{style.get(odf('style', 'name'))}Fin"
            paragraph.set(attribute, name)
            if name in styles.named:
                continue
            ended = deepcopy(style)
            ended.set(odf("style", "name"), name)
            for properties in ended.findall("style:paragraph-properties", NAMES):
                properties.set(odf("fo", "margin-bottom"), "6pt")
                properties.attrib.pop(odf("fo", "keep-with-next"), "")
            styles.root.append(ended)
            styles.named[name] = ended
