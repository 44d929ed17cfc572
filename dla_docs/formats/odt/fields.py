"""Fields of a form in Writer: empty places for what is typed, controls for what is chosen.

The printed label of each, or its cell, carries a bookmark, by which a filled form is read back:
LibreOffice 7.4 forgets the names of controls, and the tab key leads before their prompt, which
stays, grey, after what is typed (measured).
"""

from collections.abc import Mapping
from functools import partial
from itertools import cycle
from xml.sax.saxutils import quoteattr

from lxml import etree

from dla_docs.charter.charter import Charter
from dla_docs.formats.fields import (
    ANSWER_LINE,
    CELL_PROMPT,
    Dress,
    dressed_form,
    help_of,
    in_cell,
    lines_under,
    prompt_of,
    room_to_sign,
)
from dla_docs.formats.odt.odf import NAMES, odf
from dla_docs.formats.office import tidy
from dla_docs.forms.fields import Field, Form, Kind, Sheet
from dla_docs.tree.nodes import Node, Nodes, attributes, div, para, raw_block, raw_inline, string

_LOEXT = "urn:org:documentfoundation:names:experimental:office:xmlns:loext:1.0"
"""LibreOffice's own names: content controls are not of OpenDocument yet."""
_CONTROL = f"{{{_LOEXT}}}content-control"
_PAIR = "Champs"
"""The name that begins those of the tables that hold two answers side by side."""
_LABELS = ' table:protected="true"'
"""What no one writes in, and the tab key passes over."""
_BLANK = raw_inline("opendocument", "<text:span/>")
"""Where one types: pandoc drops a paragraph of nothing."""
_LONG, _PADDING = "Reponse", 25.5
"""The style of a box for a long answer, that a number ends where it has more lines; points that the
box of one keeps under its words."""
_GUTTER_MM = 2.5
"""Half of what parts two answers side by side."""


def with_controls(form: Form) -> Nodes:
    """The blocks of a form with its fields."""
    dress = Dress(partial(_answer, form=form), side_by_side, partial(_control, form=form))
    return dressed_form(form, dress)


def with_cells(archive: bytes, form: Form, charter: Charter) -> bytes:
    """A written document completed: the look of its tables of answers, and its sums."""
    colours = charter.values["couleurs"]
    styles = _styles(charter.text_width, str(colours["champ"]), str(colours["contour"]))
    return tidy(archive, {"content.xml": lambda part: _content(part, form, styles, colours)})


def _answer(field: Field, label: Nodes, help: Nodes, form: Form) -> Nodes:
    """An answer under its label: an empty box, or a control for a choice."""
    help = help_of(field, help)
    start = raw_inline("opendocument", f'<text:bookmark-start text:name="{field.anchor}"/>')
    end = raw_inline("opendocument", f'<text:bookmark-end text:name="{field.anchor}"/>')
    aside = {"t": "Span", "c": [attributes(custom_style="AideChamp"), help]}
    heading = [start, *(label or ([aside] if help else [])), end]
    if label and help:
        heading += [*string("\u2002"), aside]
    above = [div([para(heading)], custom_style="LibelleChamp")] if label or help else []
    mark = [] if above else [start, end]
    if field.kind is Kind.SIGNATURE:
        return [*above, *room_to_sign()]
    if field.kind is Kind.LONG:
        under = lines_under(field.lines)
        style = f"{_LONG}{under or ''}"
        return [*above, div([para([*mark, _BLANK])], custom_style=style)]
    return [*above, div([para([*mark, _control(field, form)])], custom_style="Champ")]


def side_by_side(cells: list[Nodes]) -> Nodes:
    """Answers two a row, in a table that one sees nothing of.

    Their labels are a row above, protected: the tab key leads from an answer to the next.
    """
    opening = (
        f'<table:table table:name="{_PAIR}" table:style-name="{_PAIR}">'
        f'<table:table-column table:style-name="{_PAIR}.A" table:number-columns-repeated="2"/>'
    )
    blocks = [raw_block("opendocument", opening)]
    for first in range(0, len(cells), 2):
        pair = [in_cell(cell) for cell in cells[first : first + 2]]
        # Without a label, an answer is alone in its cell.
        if any(len(cell) > 1 for cell in pair):
            blocks += _row([cell[:-1] for cell in pair], _LABELS)
        blocks += _row([cell[-1:] for cell in pair], "")
    return [*blocks, raw_block("opendocument", "</table:table>")]


def _row(cells: list[Nodes], kind: str) -> Nodes:
    """A row of cells of a kind."""
    blocks = [raw_block("opendocument", "<table:table-row>")]
    for cell in cells:
        start = f'<table:table-cell office:value-type="string"{kind}>'
        blocks += [raw_block("opendocument", start), *cell]
        blocks.append(raw_block("opendocument", "</table:table-cell>"))
    return [*blocks, raw_block("opendocument", "</table:table-row>")]


def _control(field: Field, form: Form) -> Node:
    """The control of an answer."""
    of_total = next((s for s in form.sheets.values() if s.total == field.key), None)
    if of_total:
        return {"t": "Str", "c": "0,00" if of_total.typed_sum else CELL_PROMPT}
    if field.summed:
        return {"t": "Str", "c": prompt_of(field)}
    named = f"loext:tag={quoteattr(field.key)}"
    if field.kind is Kind.TICK:
        sign = "☒" if field.ticked else "☐"
        state = "true" if field.ticked else "false"
        kind = (
            f'loext:checkbox="true" loext:checked="{state}" loext:checked-state="☒"'
            ' loext:unchecked-state="☐"'
        )
        drawn = f'<text:span text:style-name="Coche">{sign}</text:span>'
        return raw_inline("opendocument", _written(f"{named} {kind}", drawn))
    if field.kind is not Kind.LIST:
        mark = f'<text:bookmark text:name="{field.anchor}"/><text:span/>'
        return raw_inline("opendocument", mark) if field.row else _BLANK
    choices = "".join(
        f"<loext:list-item loext:display-text={quoteattr(c)} loext:value={quoteattr(c)}/>"
        for c in field.choices
    )
    about = f'{named} loext:dropdown="true"'
    return raw_inline("opendocument", _written(about, f"{choices}<text:span/>"))


def _written(about: str, content: str) -> str:
    return f"<loext:content-control {about}>{content}</loext:content-control>"


def _content(part: bytes, form: Form, styles: str, colours: Mapping[str, object]) -> bytes:
    root = etree.fromstring(part)
    automatic = root.find("office:automatic-styles", NAMES)
    assert automatic is not None, "page.opendocument holds automatic styles"
    for style in etree.fromstring(styles):
        automatic.append(style)
    used = {str(p.get(odf("text", "style-name"))) for p in root.iter(odf("text", "p"))}
    for name in sorted(name for name in used if name.removeprefix(_LONG).isdigit()):
        automatic.append(_longer(name, str(colours["contour"]), str(colours["texte"])))
    pairs = [t for t in root.iter(odf("table", "table")) if t.get(odf("table", "name")) == _PAIR]
    for rank, table in enumerate(pairs, 1):
        # LibreOffice names a table once.
        table.set(odf("table", "name"), f"{_PAIR}{rank}")
        for side, cell in zip(cycle("AB"), table.iter(odf("table", "table-cell"))):
            cell.set(odf("table", "style-name"), f"{_PAIR}.{side}1")
    sheets = {key: sheet for sheet in form.sheets.values() for key in sheet.keys}
    anchors = {form.fields[key].anchor: key for key in sheets}
    for cell in root.iter(odf("table", "table-cell")):
        names = [m.get(odf("text", "name"), "") for m in cell.iter(odf("text", "bookmark"))]
        names += [m.get(f"{{{_LOEXT}}}tag", "") for m in cell.iter(_CONTROL)]
        keys = [key for key in (anchors.get(name, name) for name in names) if key in sheets]
        if keys and form.fields[keys[0]].kind is not Kind.TICK:
            _frame(cell, keys[0], sheets[keys[0]])
            _sum_up(cell, sheets[keys[0]])
    return bytes(etree.tostring(root, xml_declaration=True, encoding="UTF-8"))


def _frame(cell: etree._Element, key: str, sheet: Sheet) -> None:
    """The frame of a cell to fill; the rows above the first blank one, filled, have the same."""
    framed = [cell]
    row = cell.getparent()
    if row is not None and sheet.keys[key] == min(sheet.blank, default=0):
        for above in row.itersiblings(row.tag, preceding=True):
            framed += above
    for one in framed:
        one.set(odf("table", "style-name"), f"{_PAIR}.Vide")


def _longer(name: str, edge: str, ink: str) -> etree._Element:
    """The style of a box of more lines than one, by its name; an end alone would have no edge."""
    under = _PADDING + int(name.removeprefix(_LONG)) * ANSWER_LINE
    attributes = {odf("style", "name"): name, odf("style", "family"): "paragraph"}
    style = etree.Element(odf("style", "style"), attributes)
    style.set(odf("style", "parent-style-name"), _LONG)
    properties = etree.SubElement(style, odf("style", "paragraph-properties"))
    for side, padding in (("top", "1mm"), ("left", "1.8mm"), ("right", "1.8mm")):
        properties.set(odf("fo", f"border-{side}"), f"0.5pt solid {edge}")
        properties.set(odf("fo", f"padding-{side}"), padding)
    properties.set(odf("fo", "border-bottom"), f"1pt solid {ink}")
    properties.set(odf("fo", "padding-bottom"), f"{under:g}pt")
    return style


def _sum_up(cell: etree._Element, sheet: Sheet) -> None:
    """The sum of the last row of the table of a cell, which Writer computes."""
    table = next(cell.iterancestors(odf("table", "table")))
    if not (sheet.total and sheet.typed_sum):
        return
    column = sheet.product[0]
    rows = list(table.iter(odf("table", "table-row")))
    total = rows[-1].findall("table:table-cell", NAMES)[column - 1]
    letter = chr(ord("A") + column - 1)
    total.set(odf("table", "formula"), f"ooow:sum <{letter}2:{letter}{len(rows) - 1}>")
    total.set(odf("office", "value-type"), "float")
    total.set(odf("office", "value"), "0")


def _styles(text_width: float, ground: str, edge: str) -> str:
    """The automatic styles of tables of answers."""
    spaces = " ".join(
        f'xmlns:{name}="{NAMES[name]}"' for name in ("style", "fo", "table", "office")
    )

    def cell(name: str, properties: str) -> str:
        return (
            f'<style:style style:name="{_PAIR}.{name}" style:family="table-cell">'
            f"<style:table-cell-properties {properties}/></style:style>"
        )

    return (
        f"<office:automatic-styles {spaces}>"
        f'<style:style style:name="{_PAIR}" style:family="table"><style:table-properties'
        f' style:width="{text_width:g}mm" table:align="left" fo:margin-top="0mm"'
        ' fo:margin-bottom="0mm" style:may-break-between-rows="false"/></style:style>'
        f'<style:style style:name="{_PAIR}.A" style:family="table-column">'
        f'<style:table-column-properties style:column-width="{text_width / 2:g}mm"/></style:style>'
        + cell("A1", f'fo:padding="0mm" fo:padding-right="{_GUTTER_MM}mm" fo:border="none"')
        + cell("B1", f'fo:padding="0mm" fo:padding-left="{_GUTTER_MM}mm" fo:border="none"')
        + cell(
            "Vide",
            'fo:padding="1mm" fo:padding-left="2mm" '
            f'fo:background-color="{ground}" fo:border="0.5pt solid #878d95"',
        )
        + "</office:automatic-styles>"
    )
