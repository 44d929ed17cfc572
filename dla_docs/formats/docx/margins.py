"""Running heads and feet of Word: the tab that names the family, the title, the number of pages."""

from collections.abc import Callable
from xml.sax.saxutils import escape

from lxml import etree

from dla_docs.charter.charter import Charter
from dla_docs.formats.docx.cells import twips
from dla_docs.formats.docx.wordml import NAMES, set_property, set_style, w
from dla_docs.formats.draft import WORD, mark_header
from dla_docs.formats.office import emitter_lines
from dla_docs.formats.properties import Properties

HEADERS = (1, 2, 3)
"""Those of the reference: of every page, of the first one, of landscape pages."""
_RANK, _LETTER = 9, 1.42
"""Letters of « 10 sur 10 », and millimetres of a bold one in a foot."""
_LINE, _AROUND = 3.9, 1.4
"""Millimetres of a line of a foot, and of what stands above and below them."""


def changes_of(
    properties: Properties, charter: Charter, covered: bool, room: float = 0.0
) -> dict[str, Callable[[bytes], bytes]]:
    """What each header and footer says; a first page that is `covered` has no tab.

    `room`: millimetres of the first page left above its foot, to the funders.
    """
    words = {
        "FAMILLE": str(charter.values["famille"]["nom"]),
        "TITRE": properties.running_title,
        "PIECE": properties.piece,
        "EMETTEUR": properties.emitter,
        "PAGE": properties.before_page,
    }

    def said(part: bytes) -> bytes:
        for name, value in words.items():
            part = part.replace(f"@@{name}@@".encode(), escape(value).encode())
        return part

    def header(rank: int) -> Callable[[bytes], bytes]:
        def change(part: bytes) -> bytes:
            filled = said(part)
            if covered and rank == HEADERS[1]:
                filled = _without_tab(filled)
            return _draft(filled, rank, charter) if properties.draft else filled

        return change

    def footer(rank: int) -> Callable[[bytes], bytes]:
        above = room + charter.foot_height if room and rank == HEADERS[1] else 0.0
        return lambda part: _footed(said(part), properties, above)

    # Each mark of a draft needs a number of its own.
    headers = {f"word/header{rank}.xml": header(rank) for rank in HEADERS}
    return headers | {f"word/footer{rank}.xml": footer(rank) for rank in HEADERS}


def _footed(part: bytes, properties: Properties, room: float) -> bytes:
    """A foot: who writes on one line where the page leaves it the width, or on two; its room."""
    root = etree.fromstring(part)
    lines = emitter_lines(properties)
    if len(lines) > 1:
        for words in [t for t in root.iter(w("t")) if t.text == properties.emitter]:
            words.text, second = lines[0], etree.Element(w("t"))
            second.text = lines[1]
            words.addnext(second)
            words.addnext(etree.Element(w("br")))
    else:
        _share(root, twips((len(properties.before_page) + _RANK) * _LETTER))
    if room:
        spacer = etree.Element(w("p"))
        set_style(spacer, "Ancre")
        above = room - len(lines) * _LINE - _AROUND
        line = {"line": str(twips(above)), "lineRule": "exact"}
        for name, value in line.items():
            set_property(spacer, "spacing").set(w(name), value)
        root.insert(0, spacer)
    return _written(root)


def _share(root: etree._Element, narrow: int) -> None:
    """The two columns of a foot: the second as narrow as the number of the page lets it be."""
    for pair in ([*root.iter(w("gridCol"))], [*root.iter(w("tcW"))]):
        first, second = pair
        whole = sum(int(str(column.get(w("w")))) for column in pair)
        first.set(w("w"), str(whole - narrow))
        second.set(w("w"), str(narrow))


def _without_tab(part: bytes) -> bytes:
    """The head of a cover: its band is its tab."""
    root = etree.fromstring(part)
    for table in root.findall("w:tbl", NAMES):
        root.remove(table)
    return _written(root)


def _draft(part: bytes, rank: int, charter: Charter) -> bytes:
    """The head of a draft: a white tab in the colour of alerts says it, and the mark is behind."""
    root = etree.fromstring(part)
    alert = str(charter.values["couleurs"]["alerte"])[1:].upper()
    for cell in root.findall("w:tbl/w:tr/w:tc[1]", NAMES):
        for fill in cell.findall("w:tcPr/w:shd", NAMES):
            _frame(fill, alert)
        for paragraph in cell.findall("w:p", NAMES):
            set_style(paragraph, "OngletProjet")
            for words in paragraph.iter(w("t")):
                words.text = WORD
    return mark_header(_written(root), rank, charter)


def _frame(fill: etree._Element, colour: str) -> None:
    """Three sides in place of the ground: the fourth is the edge of the sheet."""
    borders = etree.Element(w("tcBorders"))
    for side in ("top", "bottom", "right"):
        line = {"val": "single", "sz": "8", "space": "0", "color": colour}
        etree.SubElement(borders, w(side), {w(name): value for name, value in line.items()})
    parent = fill.getparent()
    assert parent is not None, "a ground is in a cell"
    parent.replace(fill, borders)


def _written(root: etree._Element) -> bytes:
    return bytes(etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True))
