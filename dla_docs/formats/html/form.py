"""A form in one HTML file: real fields, and a script that saves a filled copy of the page.

The copy holds its answers twice: in its fields, and as JSON in `#dla-donnees`, by which it is read
back. Nothing leaves the page: it may load nothing, and runs the one script whose sum it names.
"""

import json
from base64 import b64encode
from hashlib import sha256
from html import escape
from typing import Any

from dla_docs.formats.fields import Dress, dressed_form
from dla_docs.forms.asked import choices_of
from dla_docs.forms.fields import Entry, Field, Form, Kind
from dla_docs.tree.divisions import BOXES, HEAD, LANDSCAPE_START, OWN_PAGE
from dla_docs.tree.nodes import (
    Node,
    Nodes,
    div,
    each,
    inner,
    is_div,
    level,
    nodes,
    para,
    raw_block,
    raw_inline,
)

_POLICY = (
    "default-src 'none'; img-src data:; font-src data:; style-src 'unsafe-inline'; "
    "script-src 'sha256-{sum}'; base-uri 'none'; form-action 'none'"
)
_TICK, _ONE = '<input type="checkbox"', '<input type="radio"'
_TYPED = {
    Entry.EMAIL: 'type="email" autocomplete="email"',
    Entry.PHONE: 'type="tel" autocomplete="tel"',
    Entry.SITE: 'type="url" autocomplete="url"',
    Entry.DIGITS: 'type="text" inputmode="numeric"',
    Entry.DECIMAL: 'type="text" inputmode="decimal"',
    Entry.COMPANY: 'type="text" autocomplete="organization"',
    Entry.PERSON: 'type="text" autocomplete="name"',
    Entry.ROLE: 'type="text" autocomplete="organization-title"',
}
"""The keys that a telephone shows for a short answer, and what a browser may propose."""
_TOOLS = """<div id="dla-outils" class="outils-formulaire" role="region" aria-label="Formulaire"
  hidden>
<button type="button" id="dla-enregistrer">Enregistrer une copie remplie</button>
<button type="button" id="dla-imprimer">Imprimer</button>
<p id="dla-etat" role="status"></p>
</div>
"""


def with_inputs(form: Form) -> Nodes:
    """The blocks of a form with fields of HTML."""
    blocks = dressed_form(form, Dress(_answer, _row, _inline))
    blocks = each(blocks, "Div", lambda block: _boxes(block) if is_div(block, BOXES) else [block])
    return _held(each(blocks, "Para", _labelled))


def with_script(page: bytes, form: Form, style: str, script: str) -> bytes:
    """A written page completed: its policy, the look of its fields, its tools, its data."""
    total = b64encode(sha256(script.encode()).digest()).decode()
    policy = escape(_POLICY.format(sum=total), quote=False)
    head = f'<meta http-equiv="Content-Security-Policy" content="{policy}">'
    data = "".join(
        f'<script type="application/json" id="{name}">{_json(value)}</script>\n'
        for name, value in (("dla-plan", _told(form)), ("dla-donnees", {}))
    )
    text = page.decode()
    text = text.replace('<meta charset="utf-8">', f'<meta charset="utf-8">\n  {head}', 1)
    text = text.replace("</style>", f"{style}\n  </style>", 1)
    before, _, after = text.rpartition("</body>")
    return f"{before}{data}<script>{script}</script>\n</body>{after}".encode()


def _held(blocks: Nodes) -> Nodes:
    """The parts that ask for something, with their tools: the bar lies over no letter before."""
    asks = [rank for rank, block in enumerate(blocks) if _asks(block)]
    heads = [_part(blocks, rank) for rank, block in enumerate(blocks) if _begins(block)]
    own = [rank for rank, block in enumerate(blocks) if is_div(block, OWN_PAGE)]
    after = next((rank + 1 for rank, block in enumerate(blocks) if is_div(block, HEAD)), 0)
    above = [rank for rank in own or heads if rank < asks[0]] or [after]
    end = next((rank for rank in heads if rank > asks[-1]), len(blocks))
    opening, closing = '<section class="a-remplir">', f"{_TOOLS}</section>"
    held = [raw_block("html", opening), *blocks[above[-1] : end], raw_block("html", closing)]
    return [*blocks[: above[-1]], *held, *blocks[end:]]


def _asks(block: Node) -> bool:
    return any(" name=" in raw["c"][1] for raw in nodes([block], "RawBlock", "RawInline"))


def _begins(block: Node) -> bool:
    return block["t"] == "Header" and level(block) == 1


def _part(blocks: Nodes, heading: int) -> int:
    """Where a part begins: a landscape page begins before its heading."""
    return heading - is_div(blocks[heading - 1], LANDSCAPE_START) if heading else 0


def _json(value: Any) -> str:
    """JSON that no word of an answer can end before its time."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).replace("<", "\\u003c")


def _told(form: Form) -> dict[str, Any]:
    """What the script must know: the rows that one may add, and what is computed."""
    tables = {
        sheet.key: {
            "lignes": list(sheet.blank),
            "champs": dict(sheet.keys),
            "produit": list(sheet.product or ()),
            "total": sheet.total,
        }
        for sheet in form.sheets.values()
        if sheet.blank
    }
    taxed = {f.key: list(f.taxed) for f in form.fields.values() if f.taxed}
    return {"tables": tables, "taxes": taxed}


def _answer(field: Field, label: Nodes, help: Nodes) -> Nodes:
    name = escape(field.key)
    heard = "" if label or help else f' aria-label="{escape(field.label)}"'
    heard += f' aria-describedby="aide_{name}"' if label and help else ""
    words = label or help
    above: Nodes = []
    if words:
        alone = "" if label else ' class="aide-champ"'
        start = raw_inline("html", f'<label for="c_{name}"{alone}>')
        above = [start, *words, raw_inline("html", "</label>")]
    if label and help:
        start = raw_inline("html", f' <span class="aide-champ" id="aide_{name}">')
        above += [start, *help, raw_inline("html", "</span>")]
    if field.kind is Kind.SIGNATURE:
        box = raw_block("html", '<div class="case-signature"></div>')
        return [div([div([{"t": "Plain", "c": words}], "libelle-champ"), box], "champ")]
    heading = [div([{"t": "Plain", "c": above}], "libelle-champ")] if above else []
    return [div([*heading, raw_block("html", _input(field, heard))], "champ")]


def _input(field: Field, heard: str) -> str:
    name = f'id="c_{escape(field.key)}" name="{escape(field.key)}"{heard}'
    match field.kind:
        case Kind.LONG:
            return _area(name, max(3, field.lines))
        case Kind.DATE:
            return f'<input type="date" {name}>'
        case Kind.LIST:
            choices = "".join(f"<option>{escape(c)}</option>" for c in ("", *field.choices))
            return f"<select {name}>{choices}</select>"
        case Kind.NUMBER:
            return f'<input type="text" inputmode="decimal" {name}>'
        case Kind.TICK:
            return _box(field, name, heard)
        case _ if field.row:
            # A cell is narrow: what is written in it goes to the line.
            keys = _TYPED.get(field.entry, "").partition(" ")[2] if field.entry else ""
            return _area(f"{name} {keys}" if keys else name, 1)
        case _:
            typed = _TYPED[field.entry] if field.entry else 'type="text"'
            return f"<input {typed} {name}>"


def _box(field: Field, name: str, heard: str) -> str:
    """A box; those of which one alone is ticked have one name, and each its key as value."""
    ticked = " checked" if field.ticked else ""
    if not field.group:
        return f"{_TICK} {name}{ticked}>"
    key = escape(field.key)
    return f'{_ONE} id="c_{key}" name="{escape(field.group)}" value="{key}"{heard}{ticked}>'


def _area(name: str, lines: int) -> str:
    """A text of several lines, which grows with what is written: printed, nothing is cut."""
    return f'<textarea {name} rows="{lines}" style="--lignes:{lines}"></textarea>'


def _row(cells: list[Nodes]) -> Nodes:
    return [div([block for cell in cells for block in cell], "champs")]


def _inline(field: Field) -> Node:
    return raw_inline("html", _input(field, f' aria-label="{escape(field.label)}"'))


def _boxes(block: Node) -> Nodes:
    """A question and its choices, each a box and its words in one label."""
    question = [b for b in inner(block) if b["t"] != "BulletList"]
    words = [inline for b in question for inline in b["c"]]
    named = [raw_inline("html", "<legend>"), *words, raw_inline("html", "</legend>")]
    listed = [_labelled(para(b["c"]))[0] for choice in choices_of(block) for b in choice]
    legend = [{"t": "Plain", "c": named}] if words else []
    opening = raw_block("html", '<fieldset class="cases-champ">')
    return [opening, *legend, *listed, raw_block("html", "</fieldset>")]


def _labelled(paragraph: Node) -> Nodes:
    """A paragraph that a box begins, as the label of that box: one may click on its words."""
    inlines = paragraph["c"]
    first = inlines[0] if inlines else {"t": ""}
    if first["t"] != "RawInline" or not first["c"][1].startswith((_TICK, _ONE)):
        return [paragraph]
    # Its words name it: it needs no other name.
    box = first["c"][1].partition(" aria-label=")[0] + (
        " checked>" if first["c"][1].endswith(" checked>") else ">"
    )
    words = [raw_inline("html", f"<label>{box}"), *inlines[1:], raw_inline("html", "</label>")]
    return [para(words)]
