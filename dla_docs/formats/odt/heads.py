"""The heads of documents, and the blocks that say the essential, as Writer lays them."""

from itertools import zip_longest

from dla_docs.formats.balance import balanced
from dla_docs.formats.draft import WORD
from dla_docs.formats.odt.layouts import FORMAT, Cell, Row, layout, styled
from dla_docs.formats.shared import BY_HAND, by_hand, cells_of, dressed
from dla_docs.model.values import NO_BREAK
from dla_docs.tree.divisions import (
    BAND,
    BRIEF,
    CARTOUCHE,
    DRAFT,
    FIGURES,
    HEAD,
    IN_ORDER,
    KIND,
    NOTE,
    OBJECT,
    QUESTION,
    RECORD,
    SIGNATURES,
    STEPS,
    SUBTITLE,
    TITLE,
    VERDICT,
)
from dla_docs.tree.head import OF_ITS_OWN, OF_LETTER, STEP_NAMES, model_of
from dla_docs.tree.nodes import (
    Node,
    Nodes,
    div,
    inner,
    is_div,
    is_strong,
    nodes,
    pairs,
    para,
    raw_inline,
    string,
    text,
)

_SUFFIXES = {"couverture": "Couverture", "bandeau": "Bande"}
"""What ends the name of a style over a band, by model of head; nothing elsewhere."""
_STYLES = {KIND: "Genre", TITLE: "Title", SUBTITLE: "Subtitle"}
_WIDTH, _GUTTER = 150.0, 5.0
"""Millimetres of the text, and between two columns of figures."""
_LABEL = 45.0
"""Millimetres of a label of a `fiche`, with the space after it."""
SHORT_RECORD = 8
"""Entries of the longest `fiche` that no page break may split."""
SHORT_TEXT = 700
"""Signs of that one: whole, a longer one would leave a third of a page blank before it."""


def arranged(blocks: Nodes) -> Nodes:
    """The blocks with their head and boxes as tables."""
    return dressed(
        [_head(block) if is_div(block, HEAD) else block for block in map(balanced, blocks)],
        {
            CARTOUCHE: _cartouche,
            VERDICT: _verdict,
            BRIEF: _brief,
            FIGURES: _figures,
            QUESTION: _question,
            RECORD: _record,
            IN_ORDER: _in_order,
            NOTE: _note,
            OBJECT: _object,
            SIGNATURES: _signatures,
        },
    )


def _head(head: Node) -> Node:
    """A head: its parts in the styles of its model, its band as a table of one column."""
    model = model_of(head)
    drafted = any(is_div(block, DRAFT) for block in inner(head))
    result: Nodes = []
    for block in inner(head):
        if is_div(block, BAND):
            result += _band(inner(block), _SUFFIXES.get(model, ""), drafted)
        elif is_div(block, CARTOUCHE):
            result.append(div(inner(block), CARTOUCHE, modele=model))
        elif not is_div(block, DRAFT) or model == OF_LETTER:
            result.append(block)
    return {"t": "Div", "c": [head["c"][0], result]}


def _band(blocks: Nodes, suffix: str, drafted: bool) -> Nodes:
    """What names the document, over a ground of colour where `suffix` says which."""
    words: Nodes = []
    steps: Nodes = []
    for block in blocks:
        if is_div(block, STEPS):
            steps = _steps(int(pairs(block).get("courante", "0")), "Clair" if suffix else "")
        else:
            style = next((style for name, style in _STYLES.items() if is_div(block, name)), "")
            first = drafted and not words
            words += styled(_drafted(inner(block)) if first else inner(block), f"{style}{suffix}")
    if not suffix:
        return [*words, *steps]
    # Alone, the words leave as much under them as the band has above its steps.
    cell = Cell("BandeHaut" if steps or suffix != "Bande" else "BandeSeule", words)
    top = Row([cell], f"{suffix}{'' if steps else 'Seule'}")
    return layout(suffix, [], [top, *([Row([Cell("BandeBas", steps)])] if steps else [])])


def _drafted(blocks: Nodes) -> Nodes:
    """The kind of a document after the mark of a draft, so that it is read aloud."""
    first, *rest = blocks
    mark = [*string(WORD), {"t": "Space"}, *string("–"), {"t": "Space"}]
    return [{"t": first["t"], "c": [*mark, *first["c"]]}, *rest]


def _steps(current: int, shade: str) -> Nodes:
    """The five steps: a line each, that of the current one thick, and their names under them."""
    lines: list[Cell] = []
    names: list[Cell] = []
    for rank, name in enumerate(STEP_NAMES, 1):
        here = "Courante" if rank == current else ""
        if lines:
            lines.append(Cell("Vide", []))
            names.append(Cell("Vide", []))
        lines.append(Cell(f"Etape{here}{shade}", []))
        words = [para(string(f"{rank} {name}"))]
        names.append(Cell("Vide", styled(words, f"Etapes{here}{shade}")))
    # 28.4 mm a step and 2 mm between two, of a text of 150.
    shares = [share for _ in STEP_NAMES for share in (28.4, 2.0)][:-1]
    return layout("Etapes", shares, [Row(lines, "Etape"), Row(names)])


def _cartouche(block: Node) -> Nodes:
    """To whom, by whom, when: two to four columns, a label over its value."""
    covered = pairs(block).get("modele") == OF_ITS_OWN
    kind, label = ("", "LibelleFonce") if covered else ("Court", "Libelle")
    cells = [
        Cell(f"Cartouche{kind}", [*styled(term, label), *styled(value, "Cartouche")])
        for term, value in _entries(block)
    ]
    wide = _WIDTH / max(1, len(cells))
    return layout(f"Cartouche{kind}", [wide] * len(cells), [Row(cells)]) if cells else []


def _verdict(block: Node) -> Nodes:
    """The word of a decision, then what it says, in a frame."""
    negative = "Negatif" if pairs(block).get("negatif") else ""
    first, rest = inner(block)[:1], inner(block)[1:]
    content = [*styled(first, f"Verdict{negative}"), *rest]
    return layout("Boite", [_WIDTH + 4], [Row([Cell(f"Verdict{negative}", content)])])


def _brief(block: Node) -> Nodes:
    """What a reader must know: a sentence, then three to six facts in columns."""
    facts = _entries(block)
    # Three columns for three, five or six facts, four for four.
    count = {1: 1, 2: 2, 4: 4}.get(len(facts), 3)
    words = [b for b in inner(block) if b["t"] != "DefinitionList"]
    title = styled([para(string("En bref"))], "EnBrefTitre")
    rows = [Row([Cell("EnBrefHaut", [*title, *styled(words, "EnBref")], count)])]
    for start in range(0, len(facts), count):
        line = facts[start : start + count]
        last = "Fin" if start + count >= len(facts) else ""
        cells = [
            Cell(
                f"EnBref{'Suite' if rank else ''}{last}",
                [*styled(term, "Libelle"), *styled(value, "EnBrefValeur")],
            )
            for rank, (term, value) in enumerate(line)
        ]
        cells += [Cell(f"EnBrefSuite{last}", [])] * (count - len(line))
        rows.append(Row(cells))
    # The first column begins in the margin.
    wide = _WIDTH / count
    return layout("Boite", [4 + wide, *[wide] * (count - 1)], rows)


def _note(block: Node) -> Nodes:
    """What is set apart, on a pale ground: its title, if it has one, and all that follows."""
    first, *rest = inner(block)
    titled = is_strong(first)
    title = styled([para(first["c"][0]["c"])], "EncadreTitre") if titled else []
    words = [
        child
        for block in (rest if titled else [first, *rest])
        for child in (styled([block], "Encadre") if block["t"] in {"Para", "Plain"} else [block])
    ]
    return layout("Boite", [_WIDTH + 4], [Row([Cell("Encadre", [*title, *words])])])


def _figures(block: Node) -> Nodes:
    """Three or four figures over what they count, each under a rule."""
    cells: list[Cell] = []
    for figure, words in _entries(block):
        cells += [Cell("Vide", [])] if cells else []
        content = [*styled(figure, "Chiffres"), *styled(words, "ChiffresTexte")]
        cells.append(Cell("Chiffre", content))
    count = (len(cells) + 1) // 2
    if not count:
        return []
    wide = (_WIDTH - _GUTTER * (count - 1)) / count
    shares = [share for _ in range(count) for share in (wide, _GUTTER)][:-1]
    return layout("Chiffres", shares, [Row(cells)])


def _question(block: Node) -> Nodes:
    """The question of a document beside a stroke in the margin."""
    first, rest = inner(block)[:1], inner(block)[1:]
    content = [*styled(first, "ExergueLibelle"), *styled(rest, "Exergue")]
    return _beside_stroke("Question", content)


def _object(block: Node) -> Nodes:
    """What a letter is about, beside the same stroke."""
    return _beside_stroke("Objet", styled(inner(block), "Objet"))


def _beside_stroke(style: str, content: Nodes) -> Nodes:
    """Paragraphs on the axis, beside a stroke in the margin."""
    stroke = styled([para(string(NO_BREAK))], "Trait")
    row = Row([Cell("Vide", stroke), Cell("Vide", []), Cell("Vide", content)])
    return layout(style, [9, _GUTTER, _WIDTH], [row])


def _in_order(block: Node) -> Nodes:
    """What is right, point by point, on two columns: their ticks are in their words."""
    points = [Cell("EnOrdre", styled(cell, "EnOrdre")) for cell in cells_of(block)]
    points += [Cell("Vide", [])] * (len(points) % 2)
    lines = [Row(points[rank : rank + 2]) for rank in range(0, len(points), 2)]
    return layout("Fiche", [_WIDTH / 2] * 2, lines) if lines else []


def _record(block: Node) -> Nodes:
    """Labels beside their values; a short one is never split."""
    lines = [
        Row([Cell("Fiche", styled(term, "FicheLibelle")), Cell("Fiche", styled(value, "Fiche"))])
        for term, value in _entries(block)
    ]
    if not lines:
        return []
    short = len(lines) <= SHORT_RECORD and sum(map(len, map(text, inner(block)))) <= SHORT_TEXT
    return layout("FicheCourte" if short else "Fiche", [_LABEL, _WIDTH - _LABEL], lines)


def _signatures(block: Node) -> Nodes:
    """Boxes to sign in, two a row."""
    lines: list[Row] = []
    cells = cells_of(block)
    # One alone, or the last of an odd number, leaves the place beside it empty.
    nothing: Nodes = []
    for first, second in zip_longest(cells[::2], cells[1::2], fillvalue=nothing):
        if lines:
            lines.append(Row([Cell("Vide", [])] * 3, "Espace"))
        gutter = Cell("Vide", [])
        lines.append(Row([_signed(first), gutter, _signed(second)], "Signature"))
    return layout("Signatures", [72.5, _GUTTER, 72.5], lines) if lines else []


def _signed(blocks: Nodes) -> Cell:
    """The box of a signatory; an empty place beside the last one of an odd number."""
    if not blocks:
        return Cell("Vide", [])
    role, *others = blocks
    lines = [
        line
        for block in others
        for line in _signing_line(block, "SignatureNom" if is_strong(block) else "Signature")
    ]
    return Cell("Signature", [*styled([role], "SignatureRole"), *lines])


def _signing_line(block: Node, style: str) -> Nodes:
    """A line of who signs, in its style; one filled in by hand is discreet, or ends on a rule."""
    asked = text(block).rstrip(f"{NO_BREAK} :…")
    if filled := by_hand(block, raw_inline(FORMAT, "<text:s/><text:tab/>")):
        return styled([para(filled)], "SignatureLieu")
    return styled([block], "SignatureTrace" if asked in BY_HAND else style)


def _entries(block: Node) -> list[tuple[Nodes, Nodes]]:
    """The labels and values of the definition lists of a division, as paragraphs."""
    return [
        ([para(term)], [child for definition in definitions for child in definition])
        for listed in nodes(inner(block), "DefinitionList")
        for term, definitions in listed["c"]
    ]
