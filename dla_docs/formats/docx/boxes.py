"""Divisions whose form is a box or columns: what Word shows of « en bref », a verdict, figures.

Measures are those of the charter of pages, in millimetres from the axis.
"""

from dataclasses import dataclass

from dla_docs.charter.charter import Charter
from dla_docs.formats.docx.cells import Cell, Row, Rule, laid
from dla_docs.formats.shared import BY_HAND, by_hand
from dla_docs.formats.widths import MARGINS, fitted, needed
from dla_docs.tree.nodes import (
    Node,
    Nodes,
    div,
    inner,
    is_strong,
    pairs,
    para,
    raw_inline,
    string,
    text,
)

OUT = 4.0
"""How far a box goes to the left of the axis, where its own text stays."""
STAGES = ("Accueil", "Diagnostic", "Parcours", "Mission", "Suivi")
"""The steps of the démarche."""
SIGNED = 45.0
"""Least height of the box of a signature, in millimetres."""
BRIEF_SIZE = 11.7
"""Points of the letters of a fact, which are bold: 11, and wider than those that are not."""
_POINT = 25.4 / 72
_OVER_STEPS = 3.0
"""Millimetres from the words of a band to the rule of its steps."""


@dataclass(frozen=True)
class Look:
    """What boxes take of the charter: colours as RRGGBB, width of the text in millimetres."""

    dark: str
    pale: str
    grey: str
    line: str
    alert: str
    width: float
    left: float
    right: float
    label: float

    @classmethod
    def of(cls, charter: Charter) -> "Look":
        """The look of a charter."""
        colours, margins = charter.values["couleurs"], charter.values["marges"]
        names = ("principale", "fond", "texte_discret", "filet", "alerte")
        dark, pale, grey, line, alert = (str(colours[name])[1:].upper() for name in names)
        sides = float(margins["gauche_mm"]), float(margins["droite_mm"])
        label = float(charter.values["fiche"]["libelle_mm"])
        return cls(dark, pale, grey, line, alert, charter.text_width, *sides, label)


def entries_of(block: Node) -> list[tuple[Nodes, Nodes]]:
    """The labels of a division and their values, blocks."""
    lists = (b for b in inner(block) if b["t"] == "DefinitionList")
    return [
        (term, [b for definition in definitions for b in definition])
        for found in lists
        for term, definitions in found["c"]
    ]


def styled(blocks: Nodes, style: str) -> Node:
    """Blocks as paragraphs of a style."""
    return div([para(b["c"]) if b["t"] == "Plain" else b for b in blocks], custom_style=style)


def brief(block: Node, look: Look) -> Nodes:
    """« En bref » on a pale ground: a sentence or none, then facts in three or four columns."""
    facts = entries_of(block)
    sentence = [b for b in inner(block) if b["t"] != "DefinitionList"]
    held = [styled([para(string("En bref"))], "En bref")]
    held += [styled(sentence, "Body Text")] if sentence else []
    columns = 4 if len(facts) == 4 else min(3, max(1, len(facts)))
    said = [_said(label, value, "LibelleBloc", "ValeurBref") for label, value in facts]
    width, gutter = look.width - OUT, 6.0
    needs = [
        max((needed(value, BRIEF_SIZE) - MARGINS for _, value in facts[rank::columns]), default=0.0)
        for rank in range(columns)
    ]
    shares = _shared(columns, width, gutter, needs)
    rows = _columns(said, shares, gutter, {}, {"bottom": 9 * _POINT})
    return _grounded([*held, *(laid(rows, after=True) if rows else [])], look)


def framed_note(block: Node, look: Look) -> Nodes:
    """An `encadre`: a title, if it has one, and what is set apart."""
    first, *rest = inner(block)
    strong = is_strong(first)
    title = [styled([_plain(first)], "EncadreTitre")] if strong else []
    words = rest if strong else inner(block)
    return _grounded([*title, *([styled(words, "Encadre")] if words else [])], look)


def _grounded(held: Nodes, look: Look) -> Nodes:
    """Blocks on a pale ground with a dark edge, out of the axis; in one cell, that has no seam."""
    margins = {"top": 9 * _POINT, "left": OUT, "bottom": 3 * _POINT, "right": OUT}
    edge = {"left": Rule(3.5, look.dark)}
    return laid([Row((Cell(look.width + OUT, held, look.pale, edge, margins),))], -OUT)


def verdict(block: Node, look: Look) -> Nodes:
    """A decision in a frame, its word first; in red, and thicker, when it blocks."""
    blocked = bool(pairs(block).get("negatif"))
    word, *rest = inner(block)
    rule = Rule(3.0, look.alert) if blocked else Rule(1.5, look.dark)
    held = [styled([word], "VerdictNegatif" if blocked else "Verdict")]
    held += [styled(rest, "Body Text")] if rest else []
    margins = {"top": 10 * _POINT, "left": OUT, "bottom": 5 * _POINT, "right": OUT}
    rules = dict.fromkeys(("top", "left", "bottom", "right"), rule)
    return laid([Row((Cell(look.width + OUT, held, "", rules, margins),))], -OUT)


def figures(block: Node, look: Look) -> Nodes:
    """Figures and what they count, each under a thick rule."""
    shown = entries_of(block)
    columns = min(4, max(1, len(shown)))
    rows = []
    for start in range(0, len(shown), columns):
        held = [
            [styled([para(term)], "Chiffre"), styled(value, "ChiffreLegende")]
            for term, value in shown[start : start + columns]
        ]
        rows.append(_apart(held, columns, look.width, {"top": Rule(2.0, look.dark)}))
    return laid(rows)


def cartouche(block: Node, look: Look, short: bool) -> Nodes:
    """Who a document is for and from: two to four columns, between two rules in a short head."""
    label = "LibelleBloc" if short else "LibelleCouverture"
    said = [_said(term, value, label, "ValeurBloc") for term, value in entries_of(block)]
    columns = min(4, max(1, len(said)))
    rules = {"top": Rule(1.2, look.dark), "bottom": Rule(0.5, look.line)} if short else {}
    margins = {"top": 5 * _POINT, "bottom": 6 * _POINT}
    return laid(_columns(said, _shared(columns, look.width, 5.0), 5.0, rules, margins))


def record(block: Node, look: Look) -> Nodes:
    """A `fiche`: labels in a column, values beside them."""
    gutter = 3.0
    value_width = look.width - look.label - gutter
    rows = [
        Row(
            (
                Cell(
                    look.label + gutter,
                    [styled([para(term)], "FicheLibelle")],
                    margins={"right": gutter},
                ),
                Cell(value_width, [styled(value, "Fiche")] if value else []),
            )
        )
        for term, value in entries_of(block)
    ]
    return laid(rows)


def in_order(cells: list[Nodes], look: Look) -> Nodes:
    """What is right, point by point, on two columns: their ticks are in their words."""
    held = [[styled(cell, "EnOrdre")] for cell in cells]
    columns = _shared(2, look.width, 5.0)
    return laid(_columns(held, columns, 5.0, {}, {"bottom": 3 * _POINT}))


def stages(current: int, look: Look, above: Nodes | None = None, height: float = 0.0) -> Nodes:
    """The five steps of the démarche, the current one thick; said in one sentence to who hears.

    On a band they are white, under the words of its title, whose row has a least `height`.
    """
    strong, soft = (look.dark, look.grey) if above is None else ("FFFFFF", "FFFFFF")
    style = "Etape" if above is None else "EtapeBande"
    gap = 2.0
    segment = (look.width - gap * (len(STAGES) - 1)) / len(STAGES)
    cells: list[Cell] = []
    for rank, name in enumerate(STAGES, 1):
        here = rank == current
        rule = Rule(7.0, strong) if here else Rule(1.0, soft)
        words = styled([para(string(f"{rank}\u00a0{name}"))], style + ("Courante" if here else ""))
        cells += [Cell(gap, [])] if cells else []
        cells.append(Cell(segment, [words], rules={"top": rule}))
    rows = [Row(tuple(cells))]
    if above is not None:
        apart = {"bottom": _OVER_STEPS}
        rows.insert(0, Row((Cell(look.width, above, margins=apart, span=len(cells)),), height))
    said = f"Étape {current} sur {len(STAGES)} : {STAGES[current - 1].lower()}"
    return laid(rows, words=said, after=above is not None)


def _shared(
    columns: int, width: float, gutter: float, needs: list[float] | None = None
) -> list[float]:
    """Widths of columns that share a width, alike but for one that needs more."""
    whole = width - gutter * (columns - 1)
    asked = [need / whole for need in needs or [0.0] * columns]
    return [share * whole for share in fitted([1 / columns] * columns, asked)]


def _columns(
    held: list[Nodes],
    widths: list[float],
    gutter: float,
    rules: dict[str, Rule],
    margins: dict[str, float],
) -> list[Row]:
    """Blocks in columns, as many rows as they need."""
    columns = len(widths)
    after = [gutter] * (columns - 1) + [0.0]
    filled = held + [[]] * (-len(held) % columns)
    return [
        Row(
            tuple(
                Cell(wide + space, blocks, "", rules, {**margins, "right": space})
                for wide, space, blocks in zip(
                    widths, after, filled[start : start + columns], strict=True
                )
            )
        )
        for start in range(0, len(filled), columns)
    ]


def _said(label: Nodes, value: Nodes, label_style: str, value_style: str) -> Nodes:
    return [styled([para(label)], label_style), styled(value, value_style)]


def _apart(held: list[Nodes], columns: int, width: float, rules: dict[str, Rule]) -> Row:
    """Columns whose rules do not touch: narrow cells without a rule part them."""
    gap = 5.0
    column = (width - gap * (columns - 1)) / columns
    cells: list[Cell] = []
    for rank in range(columns):
        cells += [Cell(gap, [])] if rank else []
        filled = rank < len(held)
        cells.append(Cell(column, held[rank] if filled else [], rules=rules if filled else {}))
    return Row(tuple(cells))


def signed(cells: list[Nodes], look: Look) -> Nodes:
    """A box of 45 mm a party, two a row: who, then the place to sign; the last one on the left."""
    gap = 5.0
    width = (look.width - gap) / 2
    grey = Rule(0.5, look.line)
    rules = {"top": Rule(1.2, look.dark), "left": grey, "bottom": grey, "right": grey}
    margins = {"top": 2.0, "left": 3.0, "bottom": 2.0, "right": 3.0}
    rows: list[Row] = []
    for start in range(0, len(cells), 2):
        boxes = [
            Cell(width, _signatory(held), "", rules, margins) for held in cells[start : start + 2]
        ]
        boxes += [Cell(width, [])] * (2 - len(boxes))
        if rows:
            rows.append(Row((Cell(width, []), Cell(gap, []), Cell(width, [])), gap, exact=True))
        rows.append(Row((boxes[0], Cell(gap, []), boxes[1]), SIGNED))
    return laid(rows)


def _signatory(held: Nodes) -> Nodes:
    """Who signs: in what capacity, which organisation, then the person and the lines to fill in."""
    role, *others = held
    return [
        styled([_plain(role)], "SignatureRole"),
        *(styled([_plain(b)], "SignatureNom") if is_strong(b) else _line(b) for b in others),
    ]


def _line(block: Node) -> Node:
    """A line of who signs; one that is filled in has a line to write on."""
    asked = text(block).rstrip("\u00a0 :…")
    if asked not in BY_HAND:
        return styled([block], "Signature")
    tab = raw_inline("openxml", '<w:r><w:t xml:space="preserve"> </w:t><w:tab/></w:r>')
    return styled([para(by_hand(block, tab) or block["c"])], "SignatureLigne")


def _plain(block: Node) -> Node:
    """A paragraph without the bold of its template: its style says it."""
    return para(
        [n for node in block["c"] for n in (node["c"] if node["t"] == "Strong" else [node])]
    )
