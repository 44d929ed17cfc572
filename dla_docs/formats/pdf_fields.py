"""Fields of a form in PDF: places that Typst laid out as links, made into fields to fill.

A link `champ:<key>` gives the rectangle, the page and the place in the tree of tags: nothing is
measured. Alone knows pikepdf. The file stays accessible and archival: each field has an appearance,
a name that is heard, and the font it writes with; no script, no action.
"""

import io
from collections.abc import Iterator, Set
from functools import partial

from pikepdf import Array, Dictionary, Name, Object, Pdf, Stream, String
from pikepdf import open as parsed

from dla_docs.engines.winansi import FIRST, LAST, Face, winansi
from dla_docs.formats.fields import Dress, dressed_form, height, help_of
from dla_docs.forms.asked import choices_of
from dla_docs.forms.fields import Field, Form, Kind
from dla_docs.tree.divisions import BOXES
from dla_docs.tree.nodes import Node, Nodes, each, inner, is_div, raw_block, raw_inline, text

SCHEME = "champ:"
"""What a link to a field begins with, in `page.typ` too."""
_FONT = Name("/Texte")
_INK = "0.106 0.114 0.129 rg"
"""The ink of the charter, #1B1D21."""
_SIZE, _SMALL, _FITTED = 10.5, 9.5, 0.0
"""Points of what is written in an answer, and in a cell of a table; none, the reader of the file
takes the size by which all of a text is seen, 12 at most in those of everyday: what is clipped on
a screen is lost on paper."""
_TEXTS = frozenset({Kind.SHORT, Kind.LONG})
"""What goes to the line in its box; a date or a figure has but one."""
_PRINTED, _MULTILINE, _COMBO, _RIGHT = 4, 1 << 12, 1 << 17, 2
"""Numbers of PDF: a field that is printed, a text of several lines, a list that unrolls, a text
set on the right."""
_ON, _OFF = Name("/Oui"), Name("/Off")
_SHORT_CHOICE, _CHOICE = 24, 40
"""Letters of the choices that stand three on a line, and two."""
_COMMENTED, _COMMENT_MM = 36, 4.3
"""Letters of a line of what is commented, its column's title included, and its millimetres."""


_CLOSE = raw_block("typst", ")")


def with_links(form: Form) -> Nodes:
    """The blocks of a form, each place to write a link that the page template draws."""
    ruled = {sheet.key for sheet in form.sheets.values() if sheet.blank}
    ticked = {
        sheet.key
        for sheet in form.sheets.values()
        if any(form.fields[key].kind is Kind.TICK for key in sheet.keys)
    }
    shapes = {
        key: "cellule-champ"
        if sheet.key in ruled
        else _comment(form.fields[key])
        if sheet.key in ticked
        else "case-a-remplir"
        for sheet in form.sheets.values()
        for key in sheet.keys
    }
    dress = Dress(_answer, _row, lambda field: _inline(field, shapes.get(field.key, "ligne-champ")))
    blocks = dressed_form(form, dress)
    blocks = each(blocks, "Div", lambda block: _boxes(block) if is_div(block, BOXES) else [block])
    return each(blocks, "Table", partial(_ruled, ruled=ruled))


def _comment(field: Field) -> str:
    """A cell beside boxes to tick, about as high as what it comments: the end of its label."""
    lines = max(2, -(-len(field.label) // _COMMENTED))
    return f"case-a-remplir.with(hauteur: {lines * _COMMENT_MM:.1f}mm)"


def _answer(field: Field, label: Nodes, help: Nodes) -> Nodes:
    key = "" if field.kind is Kind.SIGNATURE else field.key
    start = raw_block("typst", f'#champ("{key}", {height(field.lines):.1f}mm, ')
    aside = _content(help_of(field, help))
    return [start, *_content(label), raw_block("typst", ", "), *aside, _CLOSE]


def _content(inlines: Nodes) -> Nodes:
    """Words as an argument of Typst, which tells none from an empty one."""
    if not inlines:
        return [raw_block("typst", "none")]
    return [raw_block("typst", "["), {"t": "Plain", "c": inlines}, raw_block("typst", "]")]


def _row(cells: list[Nodes]) -> Nodes:
    result = [raw_block("typst", "#champs(")]
    for cell in cells:
        result += [raw_block("typst", "["), *cell, raw_block("typst", "],")]
    return [*result, raw_block("typst", ")")]


def _inline(field: Field, shape: str) -> Node:
    if field.kind is Kind.TICK:
        return raw_inline("typst", f'#case-champ("{field.key}");#h(1.8mm, weak: true);')
    return raw_inline("typst", f'#{shape}("{field.key}");')


def _boxes(block: Node) -> Nodes:
    """A question and its choices, as many on a line as their length lets."""
    choices = choices_of(block)
    longest = max((len(text(choice)) for choice in choices), default=0)
    columns = 3 if longest <= _SHORT_CHOICE else 2 if longest <= _CHOICE else 1
    question = [b for b in inner(block) if b["t"] != "BulletList"]
    result = [raw_block("typst", f"#cases-champ({columns}, ["), *question, raw_block("typst", "],")]
    for choice in choices:
        result += [raw_block("typst", "["), *choice, raw_block("typst", "],")]
    return [*result, raw_block("typst", ")")]


def _ruled(table: Node, ruled: Set[str]) -> Nodes:
    """A table to fill with its rows ruled, those already filled alike."""
    key = dict(table["c"][0][2]).get("cle", "")
    if key not in ruled:
        return [table]
    return [raw_block("typst", "#tableau-a-remplir["), table, raw_block("typst", "]")]


def with_widgets(content: bytes, form: Form, family: str) -> bytes:
    """The fields of a form, in the place of the links of its pages; the same bytes each time."""
    face = winansi(family)
    with parsed(io.BytesIO(content)) as pdf:
        font = pdf.make_indirect(_font(pdf, face)) if face else None
        parents = dict(_numbered(pdf.Root.StructTreeRoot.ParentTree))
        fields = Array()
        cells = {key for sheet in form.sheets.values() for key in sheet.keys}
        for page in pdf.pages:
            for link in page.obj.get("/Annots", Array()):
                field = form.fields.get(_key(link))
                if field is not None:
                    _widget(pdf, link, page.obj, field, field.key in cells)
                    _tag(parents[int(link.StructParent)], field)
                    fields.append(link)
        resources = Dictionary(Font=Dictionary({str(_FONT): font})) if font else Dictionary()
        pdf.Root.AcroForm = pdf.make_indirect(
            Dictionary(Fields=fields, DR=resources, DA=String(_style(_SIZE)))
        )
        filled = io.BytesIO()
        pdf.save(filled, deterministic_id=True)
        return filled.getvalue()


def _key(annotation: Object) -> str:
    action = annotation.get("/A")
    address = str(action.get("/URI", "")) if action is not None else ""
    return address.removeprefix(SCHEME) if address.startswith(SCHEME) else ""


def _numbered(tree: Object) -> Iterator[tuple[int, Object]]:
    """The numbers of a tree of numbers with what each stands for."""
    listed = list(tree.get("/Nums", Array()))
    for number, value in zip(listed[::2], listed[1::2], strict=True):
        yield int(number), value
    for kid in tree.get("/Kids", Array()):
        yield from _numbered(kid)


def _widget(pdf: Pdf, link: Object, page: Object, field: Field, in_cell: bool) -> None:
    """A link made into the widget of a field."""
    for key in ("/A", "/Border", "/Contents", "/C", "/H", "/BS"):
        if key in link:
            del link[key]
    heard = f"{field.label} ({field.help})" if field.help else field.label
    link.Subtype, link.P, link.F = Name.Widget, page, _PRINTED
    link.T, link.TU = String(field.key), String(heard)
    if field.kind is Kind.TICK:
        _tick(pdf, link, field)
        return
    if in_cell:
        # Over the dots of an empty cell, once something is written.
        link.MK = Dictionary(BG=Array([1, 1, 1]))
    if field.right:
        link.Q = _RIGHT
    plain = _SMALL if in_cell else _SIZE
    link.DA = String(_style(_FITTED if field.kind in _TEXTS else plain))
    if field.kind is Kind.LIST:
        link.FT, link.Ff = Name.Ch, _COMBO
        link.Opt = Array([String(choice) for choice in ("", *field.choices)])
    else:
        link.FT, link.Ff = Name.Tx, _MULTILINE if field.kind in _TEXTS else 0
    link.V = String("")
    link.AP = Dictionary(N=_drawing(pdf, link, "/Tx BMC EMC"))


def _tick(pdf: Pdf, link: Object, field: Field) -> None:
    """A box: Typst drew its square, the field draws the cross within."""
    x0, y0, x1, y1 = (float(side) for side in link.Rect)
    wide, high = x1 - x0, y1 - y0
    left, right, low, top = 0.25 * wide, 0.75 * wide, 0.25 * high, 0.75 * high
    cross = (
        f"q 1.2 w 1 J {_INK.replace('rg', 'RG')} {left:.2f} {low:.2f} m {right:.2f} {top:.2f} l "
        f"{left:.2f} {top:.2f} m {right:.2f} {low:.2f} l S Q"
    )
    link.FT, link.Ff = Name.Btn, 0
    link.AP = Dictionary(
        N=Dictionary({str(_ON): _drawing(pdf, link, cross), str(_OFF): _drawing(pdf, link, "")})
    )
    link.V = link.AS = _ON if field.ticked else _OFF


def _drawing(pdf: Pdf, link: Object, content: str) -> Object:
    x0, y0, x1, y1 = (float(side) for side in link.Rect)
    drawing = Stream(pdf, content.encode())
    drawing.Type, drawing.Subtype = Name.XObject, Name.Form
    drawing.BBox = Array([0, 0, round(x1 - x0, 3), round(y1 - y0, 3)])
    drawing.Resources = Dictionary()
    return pdf.make_indirect(drawing)


def _tag(element: Object, field: Field) -> None:
    """The tag of a link becomes that of a field, with the words by which it is heard."""
    element.S = Name.Form
    element.Alt = String(field.label)


def _style(size: float) -> str:
    return f"{_FONT} {size:g} Tf {_INK}"


def _font(pdf: Pdf, face: Face) -> Dictionary:
    """The font of the answers, embedded: an archive and an accessible file both want it."""
    file = Stream(pdf, face.content)
    file.Length1 = len(face.content)
    name = Name(f"/AAAAAA+{face.name}")
    descriptor = Dictionary(
        Type=Name.FontDescriptor,
        FontName=name,
        # A font whose letters are those of the encoding.
        Flags=32,
        FontBBox=Array(list(face.box)),
        ItalicAngle=0,
        Ascent=face.ascent,
        Descent=face.descent,
        CapHeight=face.capitals,
        StemV=80,
        FontFile2=pdf.make_indirect(file),
    )
    return Dictionary(
        Type=Name.Font,
        Subtype=Name.TrueType,
        BaseFont=name,
        FirstChar=FIRST,
        LastChar=LAST,
        Widths=Array(list(face.widths)),
        Encoding=Name.WinAnsiEncoding,
        FontDescriptor=pdf.make_indirect(descriptor),
        ToUnicode=pdf.make_indirect(Stream(pdf, _letters(face))),
    )


def _letters(face: Face) -> bytes:
    """The map from codes to letters, a hundred at a time as the format wants."""
    pairs = [f"<{code:02X}> <{letter:04X}>" for code, letter in face.letters.items()]
    groups = [pairs[start : start + 100] for start in range(0, len(pairs), 100)]
    listed = "\n".join(
        f"{len(group)} beginbfchar\n" + "\n".join(group) + "\nendbfchar" for group in groups
    )
    return (
        "/CIDInit /ProcSet findresource begin\n12 dict begin\nbegincmap\n"
        "/CMapName /Lettres def\n/CMapType 2 def\n"
        "1 begincodespacerange\n<00> <FF>\nendcodespacerange\n"
        f"{listed}\nendcmap\nCMapName currentdict /CMap defineresource pop\nend\nend\n"
    ).encode()
