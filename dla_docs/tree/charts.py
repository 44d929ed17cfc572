"""Charts: a division `graphique` around a table of data becomes a drawing, its table, and words.

Read once for all formats: what is drawn is what the table prints (`drawings/`). Columns and rows
may be for the drawing alone, or for the table alone.
"""

from collections.abc import Callable, Mapping
from typing import Any

from dla_docs.drawings.facts import NOTE, VALUE, Facts, is_number, positive
from dla_docs.drawings.forms import BARS, FORMS
from dla_docs.drawings.ink import MM, Palette, palette
from dla_docs.engines.images import Image
from dla_docs.model.errors import TemplateError
from dla_docs.model.likeness import did_you_mean, nearest_word
from dla_docs.model.values import NO_BREAK, count, number
from dla_docs.tree.divisions import CHART, CHART_TITLE, DRAWING, MISSING, TABLE
from dla_docs.tree.nodes import (
    Node,
    Nodes,
    attributes,
    classes,
    div,
    each,
    inner,
    is_div,
    items,
    nodes,
    pairs,
    para,
    string,
    text,
)
from dla_docs.tree.tables import table, tables

_FACTS = "donnees"
"""The class of the facts of a chart, kept beside its table until it is drawn: a division of ours,
which no template writes and no format sees."""
_HIDDEN = "-"
"""Before the role of a column that is drawn and not printed."""
_WIDE, _NARROW = f"{DRAWING}-large", f"{DRAWING}-etroit"
"""The classes of the two drawings of a page of the web."""
_NEAR = 0.86
"""The part of the width for which the first is drawn: shown wider, its letters are of 14 pixels."""
_ALONE, _IN_BOOK, _LARGE = "dessin-seul", "sauf-classeur", "en-grand"
"""The option of a drawing that needs no table, as its words tell it all; its values where a
workbook has the table still, and where every format but a PDF has it."""

Native = Callable[[Facts, Palette, Image, str], Nodes]
"""What makes the blocks of a format of a drawing and its words; none where it has no chart."""


_CAPTION = "legende-tableau"
"""The attribute that gives the caption of the table below a drawing, where it may stand apart."""


def charts(blocks: Nodes) -> Nodes:
    """Read each `graphique`: the title, the facts to draw, the table, the alternative text.

    Written as a list of lists headed by a line of column titles, with attributes `titre` (needed),
    `forme` and `colonnes`: the role of each column, `-` before those that are not printed. The
    others are of the form (`drawings/forms.py`) or of the table (`tables.py`). One without any line
    is dropped. Raises TemplateError.
    """
    return each(blocks, "Div", lambda block: _read(block) if _is_chart(block) else [block])


def with_drawings(
    blocks: Nodes,
    images: tuple[Image, ...],
    charter: Mapping[str, Any],
    width: float,
    native: Native | None = None,
    narrow: float = 0,
    bare: bool = False,
) -> tuple[Nodes, tuple[Image, ...]]:
    """Draw each chart, `width` millimetres wide, as one more image of the document.

    `native` may give the blocks of a format in place of the image. `narrow` is the width of a
    second drawing, for a telephone, in a page of the web, which shows one or the other. `bare`: a
    drawing that tells all on the width of a page has no table.
    """
    drawn, colours = list(images), palette(charter)

    def shows(picture: Image, words: str, kind: str) -> Node:
        drawn.append(picture)
        address = [f"image:{len(drawn) - 1}", ""]
        image = {"t": "Image", "c": [attributes(), string(words), address]}
        return div([para([image])], DRAWING, kind)

    def drawing(block: Node) -> Nodes:
        if "alternative" not in pairs(block):
            return [block]
        facts, words = facts_of(block), pairs(block)["alternative"]
        form, alone = FORMS[facts.form], pairs(block).get(_ALONE)
        tabled = alone == _LARGE and not bare
        if tabled:
            # What a number is the mean of is read in the table, once.
            facts = facts.without(NOTE)
            words = form.tell(facts)
        picture = form.draw(facts, colours, width * MM)
        shown = native(facts, colours, picture, words) if native else []
        if narrow and form.narrow:
            shown = [shows(form.draw(facts, colours, _NEAR * width * MM), words, _WIDE)]
            shown += [shows(form.draw(facts, colours, narrow * MM), words, _NARROW)]
        elif not shown:
            shown = [shows(picture, words, f"{DRAWING}-{facts.form}")]
        content = [n for b in inner(block) for n in (shown if is_div(b, _FACTS) else [b])]
        if alone and not tabled:
            content = [held for held in content if held["t"] != "Table"]
        return [div(content, CHART)]

    return each(blocks, "Div", drawing), tuple(drawn)


def facts_of(chart: Node) -> Facts:
    """The facts of a chart that was read."""
    options = pairs(chart)
    (held,) = (block for block in inner(chart) if is_div(block, _FACTS))
    (head, *rows) = _lines(inner(held))
    roles = tuple(options["colonnes"].split(","))
    return Facts(options["forme"], options["titre"], roles, head, tuple(rows), options)


def _is_chart(division: Node) -> bool:
    return is_div(division, CHART) and "alternative" not in pairs(division)


def _read(division: Node) -> Nodes:
    """The division with its facts and its table, and in its attributes what is said of them."""
    options = pairs(division)
    title, form = options.get("titre", "").strip(), options.get("forme", BARS)
    if not title:
        raise TemplateError('un graphique n’a pas de titre : écrivez titre="…"')
    if form not in FORMS:
        near = did_you_mean(nearest_word(form, FORMS))
        raise TemplateError(f"« {form} » n’est pas une forme de graphique", near)
    roles = options.get("colonnes") or ",".join(FORMS[form].roles)
    listed = [_cells(item) for item in items(inner(division))]
    if len(listed) < 2:
        return []
    _fit(listed, roles, form)
    if _lacks_a_value(listed, roles):
        return _table(listed, roles, {k: v for k, v in options.items() if k != _ALONE})
    simple = form == BARS and "colonnes" not in options
    if simple:
        _count(listed, options.get("unite", "").strip())
    held = div([_list(listed)], _FACTS)
    options |= {"forme": form, "titre": title, "colonnes": roles.replace(_HIDDEN, "")}
    read = div([held], CHART, **options)
    if not FORMS[form].fits(facts_of(read)):
        return _table(listed, roles, {k: v for k, v in options.items() if k != _ALONE})
    options["alternative"] = FORMS[form].tell(facts_of(read))
    if simple:
        values = facts_of(read).series()[0][1]
        options["valeurs"] = ";".join(str(positive(said)) for said in values)
    heading = div([para(string(title))], CHART_TITLE)
    return [div([heading, held, *_table(listed, roles, options)], CHART, **options)]


def _lacks_a_value(listed: list[list[Nodes]], roles: str) -> bool:
    """Whether a draft has still to give one of the numbers that would be drawn."""
    places = [p for p, role in enumerate(roles.split(",")) if role.lstrip(_HIDDEN) == VALUE]
    cells = [row[p] for row in listed[1:] for p in places]
    return any(MISSING in classes(span) for span in nodes(cells, "Span"))


def _table(listed: list[list[Nodes]], roles: str, options: Mapping[str, str]) -> Nodes:
    """The table below a drawing: the columns that are printed, in the rows that are."""
    if options.get(_ALONE, _IN_BOOK) not in {_IN_BOOK, _LARGE}:
        return []
    kept = [rank for rank, role in enumerate(roles.split(",")) if not role.startswith(_HIDDEN)]
    printed = _list([[row[rank] for rank in kept] for row in listed])
    if "largeurs" in options:
        own = {
            k: v for k, v in options.items() if k not in {"titre", "forme", "colonnes", _CAPTION}
        }
        caption = [para(string(options[_CAPTION]))] if _CAPTION in options else []
        return tables([div([*caption, printed], TABLE, **own)])
    # A label is a phrase, a value a few figures.
    others = len(kept) - 1
    widths = [100.0 - 30.0 * others if others < 3 else 40.0, *([30.0] * others)]
    built = table([printed], widths, ["AlignLeft", *(["AlignRight"] * others)])
    named = {k: options[k] for k in ("feuille",) if options.get(k)}
    if built and named:
        built["c"][0] = attributes(**named)
    return [built] if built else []


def _fit(listed: list[list[Nodes]], roles: str, form: str) -> None:
    size = len(roles.split(","))
    if not roles:
        raise TemplateError(
            f"un graphique « {form} » ne dit pas ce que sont ses colonnes",
            'nommez-les dans l’ordre : colonnes="libelle,valeur,valeur"',
        )
    for row in listed:
        if len(row) != size:
            said = " ".join(text(cell).strip() for cell in row)[:40]
            raise TemplateError(
                f"une ligne de graphique compte {len(row)} cases au lieu de {size} : « {said} »"
            )


def _count(listed: list[list[Nodes]], unit: str) -> None:
    """The bare numbers of simple bars in French, with their unit."""
    for _, right in listed[1:]:
        said = text(right).strip()
        value = positive(said)
        if is_number(said):
            # The decimals that are written in French stay: 5,00 under 4,25.
            places = len(said.partition(",")[2]) or None
            words = _with_unit(value, unit) if unit else number(value, places)
            right[:] = [{"t": "Plain", "c": string(words)}]


def _with_unit(value: Any, unit: str) -> str:
    return count(value, unit) if unit.isalpha() else f"{number(value)}{NO_BREAK}{unit}"


def _cells(item: Nodes) -> list[Nodes]:
    return items(item)


def _list(rows: list[list[Nodes]]) -> Node:
    """Rows of cells as they are written: a list of lists."""
    return {"t": "BulletList", "c": [[{"t": "BulletList", "c": row}] for row in rows]}


def _lines(blocks: Nodes) -> list[tuple[str, ...]]:
    """The words of the cells of each row."""
    return [tuple(text(cell).strip() for cell in items(item)) for item in items(blocks)]
