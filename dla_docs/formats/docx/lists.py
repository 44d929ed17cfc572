"""Lists of Word: dashes and numbers on the axis, each paragraph in the style of its list."""

from lxml import etree

from dla_docs.formats.docx.wordml import NAMES, neighbour, set_style, style_of, w

DASH = "–"
LAST_ITEM = "Fin"
"""How the style of the last item of a list ends."""
_BLANK, _CONTINUED = "990", "1000"
"""The model and the list without a sign: the further paragraphs of an item."""
_STEP = {"bullet": 240, "number": 340}
"""Twips from a sign to its words: a dash and 2,4 mm; two figures, a full stop and 2,4 mm."""
_PLAIN = {None, "Compact", "BodyText", "FirstParagraph"}
"""The styles of an item as pandoc writes it; none in a letter."""


def styled_lists(root: etree._Element, numbering: etree._Element) -> None:
    """`List Bullet` or `List Number` on each paragraph of a list, the last one with room after."""
    numbered = _numbered(numbering)
    top = ""
    for paragraph in root.iter(w("p")):
        depth, number = _place(paragraph)
        if not number or style_of(paragraph) not in _PLAIN:
            continue
        top = number if depth == 0 and number != _CONTINUED else top
        below, next_number = _place(neighbour(paragraph))
        goes_on = below > 0 or next_number in {top, _CONTINUED}
        name = "ListNumber" if number in numbered else "ListBullet"
        set_style(paragraph, name if goes_on else f"{name}{LAST_ITEM}")


def _place(paragraph: etree._Element | None) -> tuple[int, str]:
    """The depth of a paragraph in its list, and its list; an empty name out of any."""
    place = None if paragraph is None else paragraph.find("w:pPr/w:numPr", NAMES)
    if place is None:
        return 0, ""
    values = {child.tag: child.get(w("val"), "") for child in place}
    return int(values.get(w("ilvl"), "0")), values.get(w("numId"), "")


def set_signs(numbering: etree._Element) -> None:
    """The dash of French lists at every level, in the text's font; numbers beside the axis."""
    for model in numbering.findall("w:abstractNum", NAMES):
        # One that a style names is that of headings: the reference has laid it.
        if model.find("w:lvl/w:pStyle", NAMES) is not None:
            continue
        for level in model.findall("w:lvl", NAMES):
            _set_level(level, blank=model.get(w("abstractNumId")) == _BLANK)


def _set_level(level: etree._Element, blank: bool) -> None:
    bullet = level.find("w:numFmt", NAMES).get(w("val")) == "bullet"  # type: ignore[union-attr]
    step = _STEP["bullet" if bullet else "number"]
    depth = int(level.get(w("ilvl"), "0"))
    place = level.find("w:pPr/w:ind", NAMES)
    if place is not None:
        place.set(w("left"), str(step * (depth + 1)))
        place.set(w("hanging"), str(step))
    if not bullet or blank:
        return
    sign = level.find("w:lvlText", NAMES)
    if sign is not None:
        sign.set(w("val"), DASH)
    # Symbol and Wingdings, which would be asked for a dash.
    for properties in level.findall("w:rPr", NAMES):
        level.remove(properties)


def _numbered(numbering: etree._Element) -> set[str | None]:
    """The lists whose first sign is a number."""
    models = {
        model.get(w("abstractNumId"))
        for model in numbering.findall("w:abstractNum", NAMES)
        if (sign := model.find("w:lvl/w:numFmt", NAMES)) is not None
        and sign.get(w("val")) != "bullet"
    }
    return {
        number.get(w("numId"))
        for number in numbering.findall("w:num", NAMES)
        if (model := number.find("w:abstractNumId", NAMES)) is not None
        and model.get(w("val")) in models
    }
