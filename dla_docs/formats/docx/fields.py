"""Fields of a form in Word: content controls for short answers, empty boxes for long ones.

The printed label of each carries a bookmark, by which a filled form is read back whatever program
saved it: names of controls are lost by LibreOffice 7.4, bookmarks never (measured).
"""

import hashlib
import zlib
from collections.abc import Callable
from functools import partial
from xml.sax.saxutils import escape, quoteattr

from lxml import etree

from dla_docs.formats.docx.frames import ANCHOR
from dla_docs.formats.docx.headings import part_from_boxes
from dla_docs.formats.docx.wordml import NAMES, W, neighbour, set_property, style_of, w
from dla_docs.formats.fields import (
    CELL_PROMPT,
    Dress,
    dressed_form,
    in_cell,
    lines_under,
    prompt_of,
    room_to_sign,
)
from dla_docs.formats.office import tidy
from dla_docs.forms.fields import Field, Form, Kind, Sheet
from dla_docs.tree.nodes import Node, Nodes, attributes, div, para, raw_block, raw_inline, string

_W14 = "http://schemas.microsoft.com/office/word/2010/wordml"
_W15 = "http://schemas.microsoft.com/office/word/2012/wordml"
_ANSWERS = "urn:dla-docs:formulaire"
"""Namespace of the part that holds the short answers as data."""
_RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_CUSTOM_XML = "http://schemas.openxmlformats.org/officeDocument/2006/customXml"
_ITEM = "customXml/item1.xml"
_PROPERTIES = "customXml/itemProps1.xml"
_FIRST_BOOKMARK = 50_000
"""Bookmarks of a document have each a number; pandoc counts its own from the first ones."""
_GUTTER_MM = 2.5
"""Half of what parts two answers side by side."""


def with_fields(form: Form, text_width: float) -> Nodes:
    """The blocks of a form with its fields; `text_width` in millimetres."""
    ranks = {key: rank for rank, key in enumerate(form.fields)}
    places = {key: rank for rank, key in enumerate(_bound(form), 1)}

    def control(field: Field) -> Node:
        return raw_inline("openxml", _control(field, places.get(field.key, 0), form))

    def answer(field: Field, label: Nodes, help: Nodes) -> Nodes:
        return _answer(field, label, help, ranks[field.key], control)

    return dressed_form(form, Dress(answer, partial(_rows, text_width=text_width), control))


def with_answers(archive: bytes, form: Form) -> bytes:
    """A written document completed: rows that one can add, and the part that holds the answers."""
    item = _item(form)
    name = _identity(item)
    return tidy(
        archive,
        {
            "word/document.xml": lambda part: _body(part, form, name),
            "word/_rels/document.xml.rels": _related,
            "[Content_Types].xml": _typed,
        },
        {
            _ITEM: item,
            _PROPERTIES: _item_properties(name),
            "customXml/_rels/item1.xml.rels": _relation(
                "rId1", "customXmlProps", "itemProps1.xml"
            ).encode(),
        },
    )


def _identity(item: bytes) -> str:
    """The name of a part for the controls bound to it: of what it holds, the same each time."""
    digits = hashlib.sha256(item).hexdigest()[:32].upper()
    parts = (digits[:8], digits[8:12], digits[12:16], digits[16:20], digits[20:])
    return f"{{{'-'.join(parts)}}}"


def _bound(form: Form) -> list[str]:
    """The keys of the answers that are data too.

    One of a row that is copied would be the same in each, and a sum is computed.
    """
    cells = {key for sheet in form.sheets.values() for key in sheet.keys}
    short = {Kind.SHORT, Kind.DATE, Kind.NUMBER}
    return [key for key, f in form.fields.items() if f.kind in short and key not in cells]


def _answer(
    field: Field, label: Nodes, help: Nodes, rank: int, control: Callable[[Field], Node]
) -> Nodes:
    """An answer under its label: an empty box for a long one, or a control for a short one.

    No prompt in the box: what is typed over one keeps its grey, in Word as in LibreOffice.
    """
    number = _FIRST_BOOKMARK + rank
    start = raw_inline("openxml", f'<w:bookmarkStart w:id="{number}" w:name="{field.anchor}"/>')
    end = raw_inline("openxml", f'<w:bookmarkEnd w:id="{number}"/>')
    aside = {"t": "Span", "c": [attributes(custom_style="AideChamp"), help]}
    heading = [start, *(label or ([aside] if help else [])), end]
    if label and help:
        heading += [*string("\u2002"), aside]
    # Without a word of its own, an answer is named by the heading above it: the mark is its own.
    above = [div([para(heading)], custom_style="LibelleChamp")] if label or help else []
    mark = [] if above else [start, end]
    if field.kind is Kind.SIGNATURE:
        return [*above, *room_to_sign()]
    if field.kind is Kind.LONG:
        blank = raw_inline("openxml", "<w:r><w:t/></w:r>")
        under = [para([blank])] * lines_under(field.lines)
        return [*above, div([para([*mark, blank]), *under], custom_style="Reponse")]
    return [*above, div([para([*mark, control(field)])], custom_style="Champ")]


def _rows(cells: list[Nodes], text_width: float) -> Nodes:
    """Answers two a row, in a table that one sees nothing of."""
    half = round(text_width * 1440 / 25.4 / 2)
    gutter = round(_GUTTER_MM * 1440 / 25.4)
    none = "".join(f'<w:{side} w:val="nil"/>' for side in _SIDES)
    opening = (
        f'<w:tbl><w:tblPr><w:tblW w:w="{2 * half}" w:type="dxa"/><w:tblInd w:w="0" w:type="dxa"/>'
        f'<w:tblBorders>{none}</w:tblBorders><w:tblLayout w:type="fixed"/><w:tblCellMar>'
        '<w:left w:w="0" w:type="dxa"/><w:right w:w="0" w:type="dxa"/></w:tblCellMar></w:tblPr>'
        f'<w:tblGrid><w:gridCol w:w="{half}"/><w:gridCol w:w="{half}"/></w:tblGrid>'
    )
    blocks = [raw_block("openxml", opening)]
    for rank, cell in enumerate(cells):
        left = rank % 2 == 0
        margin = f'<w:{"right" if left else "left"} w:w="{gutter}" w:type="dxa"/>'
        width = f'<w:tcW w:w="{half}" w:type="dxa"/>'
        start = f"<w:tc><w:tcPr>{width}<w:tcMar>{margin}</w:tcMar></w:tcPr>"
        blocks.append(raw_block("openxml", f"<w:tr>{start}" if left else start))
        blocks += [*in_cell(cell), raw_block("openxml", "</w:tc>" if left else "</w:tc></w:tr>")]
    return [*blocks, raw_block("openxml", "</w:tbl>")]


_SIDES = ("top", "left", "bottom", "right", "insideH", "insideV")


def _control(field: Field, place: int, form: Form) -> str:
    """The control of an answer. A box has no alias: LibreOffice 7.4 spreads it (measured)."""
    of_total = next((s for s in form.sheets.values() if s.total == field.key), None)
    if of_total:
        return _formula() if of_total.typed_sum else _prompt(CELL_PROMPT)
    if field.summed:
        return _prompt(prompt_of(field))
    alias = "" if field.row or field.kind is Kind.TICK else _alias(field)
    number = zlib.crc32(field.key.encode()) & 0x7FFFFFFF
    about = f'{alias}<w:tag w:val="{field.key}"/><w:id w:val="{number}"/>'
    if field.kind is Kind.TICK:
        sign = "☒" if field.ticked else "☐"
        drawn = f'<w:r><w:rPr><w:rStyle w:val="Coche"/></w:rPr><w:t>{sign}</w:t></w:r>'
        return _sdt(f"{about}{_tick(field.ticked)}", drawn)
    # LibreOffice gives a prompt the grey of its paragraph; what is typed over it in Word is of ink.
    about = f'<w:rPr><w:rStyle w:val="Saisie"/></w:rPr>{about}'
    about += "<w:showingPlcHdr/>" + (_binding(place) if place else "") + _kind(field)
    return _sdt(about, _prompt(prompt_of(field)))


def _prompt(words: str) -> str:
    return f'<w:r><w:rPr><w:rStyle w:val="Invite"/></w:rPr><w:t>{words}</w:t></w:r>'


def _binding(place: int) -> str:
    """Where the answer is data: `place` counts the answers of the part from 1."""
    return (
        f"<w:dataBinding w:prefixMappings=\"xmlns:f='{_ANSWERS}'\""
        f' w:xpath="/f:formulaire[1]/f:reponse[{place}]" w:storeItemID="@@ITEM@@"/>'
    )


def _sdt(properties: str, content: str) -> str:
    return f"<w:sdt><w:sdtPr>{properties}</w:sdtPr><w:sdtContent>{content}</w:sdtContent></w:sdt>"


def _alias(field: Field) -> str:
    # Word cuts it at 64 letters.
    return f"<w:alias w:val={quoteattr(field.label[:64])}/>"


def _kind(field: Field) -> str:
    if field.kind is Kind.DATE:
        return (
            '<w:date><w:dateFormat w:val="dd/MM/yyyy"/><w:lid w:val="fr-FR"/>'
            '<w:storeMappedDataAs w:val="date"/><w:calendar w:val="gregorian"/></w:date>'
        )
    if field.kind is Kind.LIST:
        choices = "".join(
            f"<w:listItem w:displayText={quoteattr(c)} w:value={quoteattr(c)}/>"
            for c in field.choices
        )
        return f"<w:dropDownList>{choices}</w:dropDownList>"
    return "<w:text/>"


def _tick(ticked: bool) -> str:
    return (
        f'<w14:checkbox xmlns:w14="{_W14}"><w14:checked w14:val="{int(ticked)}"/>'
        '<w14:checkedState w14:val="2612" w14:font="MS Gothic"/>'
        '<w14:uncheckedState w14:val="2610" w14:font="MS Gothic"/></w14:checkbox>'
    )


def _formula() -> str:
    """A sum that Word and LibreOffice compute: of what stands above, however many rows."""
    instruction = escape(' =SUM(ABOVE) \\# "# ##0,00" ', {'"': "&quot;"})
    return f'<w:fldSimple w:instr="{instruction}"><w:r><w:t>0,00</w:t></w:r></w:fldSimple>'


def _body(part: bytes, form: Form, item: str) -> bytes:
    root = etree.fromstring(part.replace(b"@@ITEM@@", item.encode()))
    for sheet in form.sheets.values():
        _repeat(root, sheet)
    for first in root.findall("w:body/w:p", NAMES):
        # The others of a box went with its first.
        if style_of(first) == "Reponse" and next(first.iterancestors()).tag == w("body"):
            _whole(first)
    part_from_boxes(root)
    for cell in root.iter(w("tc")):
        asked = [form.fields[tag] for tag in _tags(cell) if tag in form.fields]
        if any(field.kind is not Kind.TICK for field in asked) and asked[0].row:
            _frame(cell)
    return bytes(etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True))


def _whole(first: etree._Element) -> None:
    """A box and its label in a row that is not split.

    LibreOffice keeps a heading with a table, not with the paragraphs of a box (measured).
    """
    held, label = [first], first.getprevious()
    while (under := held[-1].getnext()) is not None and style_of(under) == "Reponse":
        held.append(under)
    if label is not None and style_of(label) == "LibelleChamp":
        # Kept with the next in a table, LibreOffice would keep the table with what follows (seen).
        set_property(label, "keepNext").set(w("val"), "0")
        held.insert(0, label)
    table = etree.fromstring(_BOX)
    held[0].addprevious(table)
    next(table.iter(w("tc"))).extend(held)
    # Two tables that touch are one for Word and LibreOffice; a cell ends with a paragraph.
    following, before = neighbour(table), neighbour(table, after=False)
    if following is None or following.tag != w("p"):
        table.addnext(etree.fromstring(ANCHOR))
    if before is not None and before.tag == w("tbl"):
        before.addnext(etree.fromstring(ANCHOR))


_BOX = (
    f'<w:tbl xmlns:w="{W}"><w:tblPr><w:tblW w:w="5000" w:type="pct"/>'
    '<w:tblLayout w:type="fixed"/><w:tblCellMar>'
    '<w:left w:w="0" w:type="dxa"/><w:right w:w="0" w:type="dxa"/></w:tblCellMar></w:tblPr>'
    # 150 mm, the width of the text, which the percentage corrects elsewhere.
    '<w:tblGrid><w:gridCol w:w="8504"/></w:tblGrid>'
    "<w:tr><w:trPr><w:cantSplit/></w:trPr>"
    '<w:tc><w:tcPr><w:tcW w:w="5000" w:type="pct"/></w:tcPr></w:tc></w:tr></w:tbl>'
)


def _frame(cell: etree._Element) -> None:
    """The ground and the edge of a cell to fill, or of a filled one above it."""
    properties = cell.find("w:tcPr", NAMES)
    if properties is None:
        properties = etree.Element(w("tcPr"))
        cell.insert(0, properties)
    for edges in properties.findall("w:tcBorders", NAMES):
        properties.remove(edges)
    edges = etree.Element(w("tcBorders"))
    for side in _SIDES[:4]:
        line = {w("val"): "single", w("sz"): "4", w("space"): "0", w("color"): "878D95"}
        etree.SubElement(edges, w(side), line)
    shade = etree.Element(w("shd"), {w("val"): "clear", w("color"): "auto", w("fill"): "FAFAF8"})
    after = {w(name) for name in ("tcW", "gridSpan", "vMerge")}
    place = sum(child.tag in after for child in properties)
    properties[place:place] = [edges, shade]


def _repeat(root: etree._Element, sheet: Sheet) -> None:
    """The blank rows of a table as a section that one can lengthen, row by row."""
    blank = [row for row in root.iter(w("tr")) if _rank(row, sheet) in sheet.blank]
    if not blank:
        return
    for row in blank[0].itersiblings(w("tr"), preceding=True):
        known = [cell for cell in row.findall("w:tc", NAMES) if not _tags(cell)]
        for cell in known if row.find("w:trPr/w:tblHeader", NAMES) is None else ():
            _frame(cell)
    section = _wrapper(f"{sheet.key}_lignes", "repeatingSection")
    blank[0].addprevious(section)
    for row in blank:
        item = _wrapper("", "repeatingSectionItem")
        item[-1].append(row)
        section[-1].append(item)


def _rank(row: etree._Element, sheet: Sheet) -> int:
    keys = [tag for tag in _tags(row) if tag in sheet.keys]
    return sheet.keys[keys[0]] if keys else 0


def _tags(element: etree._Element) -> list[str]:
    """The tags of the controls in an element."""
    return [str(tag.get(w("val"))) for tag in element.iterfind(".//w:sdtPr/w:tag", NAMES)]


def _wrapper(tag: str, kind: str) -> etree._Element:
    named = f'<w:tag w:val="{tag}"/>' if tag else ""
    return etree.fromstring(
        f'<w:sdt xmlns:w="{W}" xmlns:w15="{_W15}"><w:sdtPr>{named}<w15:{kind}/></w:sdtPr>'
        "<w:sdtContent/></w:sdt>"
    )


def _item(form: Form) -> bytes:
    """The short answers, none yet: LibreOffice reads them over the text when it opens the file."""
    answers = "".join(f'<reponse cle="{key}"/>' for key in _bound(form))
    return f'<formulaire xmlns="{_ANSWERS}">{answers}</formulaire>'.encode()


def _item_properties(name: str) -> bytes:
    return (
        f'<ds:datastoreItem xmlns:ds="{_CUSTOM_XML}" ds:itemID="{name}">'
        f'<ds:schemaRefs><ds:schemaRef ds:uri="{_ANSWERS}"/></ds:schemaRefs></ds:datastoreItem>'
    ).encode()


def _relation(name: str, kind: str, target: str) -> str:
    return (
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        f'<Relationship Id="{name}" Type="{_RELATIONS}/{kind}" Target="{target}"/></Relationships>'
    )


def _related(part: bytes) -> bytes:
    added = _relation("rIdFormulaire", "customXml", f"../{_ITEM}").partition("<Relationship ")
    line = f"<Relationship {added[2]}".encode()
    return part.replace(b"</Relationships>", line)


def _typed(part: bytes) -> bytes:
    kind = "application/vnd.openxmlformats-officedocument.customXmlProperties+xml"
    line = f'<Override PartName="/{_PROPERTIES}" ContentType="{kind}"/></Types>'
    return part.replace(b"</Types>", line.encode())
