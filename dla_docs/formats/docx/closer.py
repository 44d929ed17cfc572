"""The styles of a Word document set closer, that its last page is not nearly empty."""

from collections.abc import Mapping

from lxml import etree

from dla_docs.formats.docx.wordml import NAMES, w
from dla_docs.formats.notch import UNDER_FIGURE, Notch

_KEPT = ("Logos", "Ancre", "Entre", "Header", "Footer", "Onglet", "Title", "Titre", "Genre")
_ALSO = (
    "Champ",
    "Reponse",
    "Libelle",
    "SautDePage",
    "Mention",
    "Etape",
    "Signature",
    "SousTitre",
    "Subtitle",
)
"""What begins the names of the styles whose place is that of the sheet, or of a form."""
_TITLES, _AROUND = ("Heading", "TitreLibre", "Article"), ("EnBref", "Encadre", "Chiffre", "Verdict")
"""The same of those that lose less: they part the page for the eye."""
_TEXT = "300"
"""The lines of the text, in twentieths of a point: those that are set closer."""


def set_closer(parts: Mapping[str, bytes], notch: Notch) -> dict[str, bytes]:
    """The styles of a document, and the spaces that its text says, one notch closer."""
    text = etree.fromstring(parts["word/document.xml"])
    for spacing in text.findall(".//w:p/w:pPr/w:spacing[@w:before]", NAMES):
        _tighten(spacing, notch, min(notch.heads, 1.0))
    styles = etree.fromstring(parts["word/styles.xml"])
    _styles(styles, notch)
    return {"word/document.xml": _written(text), "word/styles.xml": _written(styles)}


def _styles(root: etree._Element, notch: Notch) -> None:
    for size in root.findall("w:docDefaults/w:rPrDefault/w:rPr/*", NAMES):
        if size.tag in {w("sz"), w("szCs")}:
            size.set(w("val"), str(round(notch.size * 2)))
    for spacing in root.findall("w:docDefaults/w:pPrDefault/w:pPr/w:spacing", NAMES):
        _tighten(spacing, notch, notch.space)
    for style in root.findall("w:style", NAMES):
        name = str(style.get(w("styleId")))
        if name.startswith("Tableau"):
            _smaller(style, notch)
        if not name.startswith((*_KEPT, *_ALSO)) or name == "TitreLibre":
            _spaced(style, name, notch)
        for side in style.findall("w:tblPr/w:tblCellMar/*", NAMES):
            if side.tag in {w("top"), w("bottom")}:
                side.set(w("w"), str(round(int(str(side.get(w("w")))) * notch.cell_space)))


def _spaced(style: etree._Element, name: str, notch: Notch) -> None:
    for spacing in style.findall("w:pPr/w:spacing", NAMES):
        _tighten(spacing, notch, _left(name, notch))
        if name.startswith(_TITLES):
            _raise_under(spacing, round(notch.under * 20))
        elif name == "Figure":
            _raise_under(spacing, round(UNDER_FIGURE * 20))


def _raise_under(spacing: etree._Element, twips: int) -> None:
    """The space under a title or a drawing, at least."""
    if int(spacing.get(w("after"), "0")) < twips:
        spacing.set(w("after"), str(twips))


def _left(name: str, notch: Notch) -> float:
    """The part of its spaces that a style keeps: titles alone may gain some."""
    if name.startswith(_TITLES):
        return notch.heads
    return min(notch.heads, 1.0) if name.startswith(_AROUND) else notch.space


def _tighten(spacing: etree._Element, notch: Notch, left: float) -> None:
    for side in ("before", "after"):
        if (value := spacing.get(w(side))) is not None:
            spacing.set(w(side), str(round(int(value) * left)))
    if spacing.get(w("line")) == _TEXT:
        # Exactly: the font's own line would be higher.
        spacing.set(w("line"), str(round(notch.line * 20)))
        spacing.set(w("lineRule"), "exact")


def _smaller(style: etree._Element, notch: Notch) -> None:
    """The letters and lines of a table."""
    for size in style.findall("w:rPr/*", NAMES):
        if size.tag in {w("sz"), w("szCs")}:
            size.set(w("val"), str(min(round(notch.cell_size * 2), int(str(size.get(w("val")))))))
    for spacing in style.findall("w:pPr/w:spacing[@w:line]", NAMES):
        line = min(round(notch.cell_line * 20), int(str(spacing.get(w("line")))))
        spacing.set(w("line"), str(line))


def _written(root: etree._Element) -> bytes:
    return bytes(etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True))
