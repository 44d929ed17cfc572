"""Styles of a DOCX: ours alone, those of the gallery and those that the document uses."""

import re
from collections.abc import Collection

from lxml import etree

from dla_docs.formats.docx.wordml import NAMES, set_style, style_of, w

_USED = re.compile(rb'<w:(?:pStyle|rStyle|tblStyle|basedOn|next|link) w:val="([^"]+)"')
_LISTED = {"ListBullet", "ListNumber", "ListBulletFin", "ListNumberFin"}
_IN_TABLES = {None, "Compact", "BodyText", "FirstParagraph", *_LISTED}
"""What pandoc calls the paragraphs of a cell, lists included; some have no style."""
_ACCENTED = {"Encadre": "Encadré", "Libelle": "Libellé"}
"""What a reader calls the styles offered, by what pandoc finds them by."""
_DENSE = {
    "Tableau": "TableauDense",
    "TableauListe": "TableauDenseListe",
    "TableauTotal": "TableauDenseFort",
    "TableauRetenu": "TableauDenseFort",
}
"""By style of a paragraph of a table, that of a table in smaller letters."""


def set_style_of_text(root: etree._Element) -> None:
    """Our name on what pandoc calls otherwise: the text outside tables."""
    for paragraph in root.iter(w("p")):
        if style_of(paragraph) in {"FirstParagraph", "Compact"}:
            set_style(paragraph, "BodyText")


def set_style_of_cells(table: etree._Element) -> None:
    """Our names on the paragraphs of a table of data: its head, its cells, the lists in them."""
    for row in table.findall("w:tr", NAMES):
        head = row.find("w:trPr/w:tblHeader", NAMES) is not None
        for paragraph in row.iter(w("p")):
            if style_of(paragraph) in _IN_TABLES:
                if paragraph.find(".//w:drawing", NAMES) is not None:
                    # A line of an exact height would cut it.
                    set_style(paragraph, "Figure")
                    continue
                listed = paragraph.find("w:pPr/w:numPr", NAMES) is not None
                own = "TableauListe" if listed else "Tableau"
                set_style(paragraph, "TableauTete" if head else own)


def set_style_of_dense(table: etree._Element) -> None:
    """Smaller letters in a table that asks for them; those of its head are already."""
    for paragraph in table.iter(w("p")):
        if (smaller := _DENSE.get(str(style_of(paragraph)))) is not None:
            set_style(paragraph, smaller)


def kept_styles(part: bytes, others: Collection[bytes]) -> bytes:
    """The styles that a reader may choose and those in use, with what they are made from.

    Pandoc adds thirty for programs' code, and our reference has those of every type.
    """
    root = etree.fromstring(part)
    styles = {style.get(w("styleId")): style for style in root.findall("w:style", NAMES)}
    kept = {name for name, style in styles.items() if _offered(style)}
    kept |= {found.decode() for other in others for found in _USED.findall(other)}
    wanted, seen = list(kept), set[str | None]()
    while wanted:
        name = wanted.pop()
        if name in styles and name not in seen:
            seen.add(name)
            wanted += [found.decode() for found in _USED.findall(etree.tostring(styles[name]))]
    for name, style in styles.items():
        if name not in seen:
            root.remove(style)
            continue
        shown = style.find("w:name", NAMES)
        if shown is not None and (accented := _ACCENTED.get(str(shown.get(w("val"))))):
            shown.set(w("val"), accented)
    return bytes(etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True))


def _offered(style: etree._Element) -> bool:
    """Whether it is in the gallery, or is what a paragraph is without any."""
    default = style.get(w("default")) is not None
    return default or style.find("w:qFormat", NAMES) is not None
