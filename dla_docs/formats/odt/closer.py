"""The styles of an ODT set closer, that its last page is not nearly empty."""

from collections.abc import Iterable

from lxml import etree

from dla_docs.formats.notch import UNDER_FIGURE, Notch
from dla_docs.formats.odt.odf import NAMES, odf

_KEPT = (
    "Logos",
    "Ancre",
    "Header",
    "Footer",
    "Onglet",
    "Title",
    "Genre",
    "Subtitle",
)
_ALSO = ("Champ", "Reponse", "Libelle", "Mention", "Etape", "Signature", "SansLogos", "Trait")
"""What begins the names of the styles whose place is that of the sheet, or of a form."""
_TITLES = ("Heading", "TitreSansNumero", "Article")
_AROUND = ("EnBref", "Encadre", "Chiffre", "Verdict")
"""The same of those that lose less: they part the page for the eye."""
_BOXES = {"Cartouche", "CartoucheCourt", "Boite", "Chiffres", "Fiche", "FicheCourte", "Question"}
"""The same of the tables that are boxes."""
_LEAST, _LINE = odf("style", "line-height-at-least"), odf("fo", "line-height")
_ABOVE, _BELOW = odf("fo", "margin-top"), odf("fo", "margin-bottom")
_SIZE = odf("fo", "font-size")
_PADDING = ("padding", "padding-top", "padding-bottom")
_TABLES = ("Table_20_Contents", "TableauDense", "Table_20_Heading")


def set_closer(root: etree._Element, notch: Notch) -> None:
    """The paragraphs of a document, by their styles, one notch closer."""
    for default in root.iterfind(".//style:default-style[@style:family='paragraph']", NAMES):
        for letters in default.findall("style:text-properties", NAMES):
            letters.set(_SIZE, f"{notch.size:g}pt")
    for style in root.iterfind("office:styles/style:style[@style:family='paragraph']", NAMES):
        name = str(style.get(odf("style", "name")))
        if name in _TABLES:
            _smaller(style, notch)
        elif not name.startswith((*_KEPT, *_ALSO)):
            for spaced in style.findall("style:paragraph-properties", NAMES):
                _tighten(spaced, notch, _left(name, notch))
                if name.startswith(_TITLES):
                    _raise_under(spaced, notch.under)
                elif name == "Figure":
                    _raise_under(spaced, UNDER_FIGURE)


def set_rows_closer(root: etree._Element, notch: Notch) -> None:
    """The rows of tables, the lists and the spaces around tables of a content, one notch closer."""
    for style in root.iterfind("office:automatic-styles/style:style", NAMES):
        name = str(style.get(odf("style", "name")))
        if name.startswith(("CelluleEntete", "CelluleTotal", "CelluleRetenue")) or name in {
            "Cellule",
            "CelluleDense",
        }:
            cells = style.findall("style:table-cell-properties", NAMES)
            _scale(cells, (odf("fo", side) for side in _PADDING), notch.cell_space)
        tables = style.findall("style:table-properties", NAMES)
        if name not in {"Bande", "Couverture", "Etapes"}:
            _scale(tables, (_ABOVE, _BELOW), _around(name, notch))
        if style.get(odf("style", "list-style-name")):
            _scale(style.findall("style:paragraph-properties", NAMES), (_BELOW,), notch.space)


def _around(table: str, notch: Notch) -> float:
    return min(notch.heads, 1.0) if table in _BOXES else notch.space


def _left(name: str, notch: Notch) -> float:
    """The part of its spaces that a style keeps: titles alone may gain some."""
    if name.startswith(_TITLES):
        return notch.heads
    return min(notch.heads, 1.0) if name.startswith(_AROUND) else notch.space


def _tighten(spaced: etree._Element, notch: Notch, left: float) -> None:
    _scale([spaced], (_ABOVE, _BELOW), left)
    if spaced.get(_LEAST) == "15pt":
        # Exactly: the font's own line would be higher.
        del spaced.attrib[_LEAST]
        spaced.set(_LINE, f"{notch.line:g}pt")


def _raise_under(spaced: etree._Element, points: float) -> None:
    """Points under a title or a drawing, at least; those that a style inherits are as they were."""
    length = spaced.get(_BELOW, "")
    if length.endswith("pt") and float(length[:-2]) < points:
        spaced.set(_BELOW, f"{points:g}pt")


def _smaller(style: etree._Element, notch: Notch) -> None:
    """The letters and lines of a table."""
    for letters in style.findall("style:text-properties", NAMES):
        letters.set(_SIZE, f"{notch.cell_size:g}pt")
    for spaced in style.findall("style:paragraph-properties", NAMES):
        spaced.set(_LINE, f"{notch.cell_line:g}pt")


def _scale(found: Iterable[etree._Element], names: Iterable[str], part: float) -> None:
    """A part of some lengths, in their own unit."""
    listed = list(names)
    for properties in found:
        for name in listed:
            length = properties.get(name, "")
            unit = length[-2:]
            if unit in {"pt", "mm"} and not length.startswith("-"):
                properties.set(name, f"{round(float(length[:-2]) * part, 2):g}{unit}")
