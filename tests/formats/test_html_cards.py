"""What a telephone reads of a table: which cells bear the name of their column."""

from dla_docs.formats.html.cards import ALONE, carded
from dla_docs.tree.nodes import Node, Nodes, classes, inner, pairs, para, raw_inline, string
from dla_docs.tree.tables import table

BOX = raw_inline("html", '<input type="checkbox">')


def first_of(*cells: Nodes) -> list[Node]:
    """The cells of the row of a table, whose first column is « Ce qui est dit »."""
    head: list[Nodes] = [[para(string("Ce qui est dit"))], [para(string("Par"))]]
    rows = [{"t": "BulletList", "c": row} for row in (head, list(cells))]
    built = table([{"t": "BulletList", "c": [[row] for row in rows]}], [80.0, 20.0], ["l", "l"])
    assert built is not None
    (folded,) = inner(carded(built)[0])
    return [{"t": "Div", "c": [cell[0], []]} for cell in folded["c"][4][0][3][0][1]]


def test_a_list_names_no_card_so_it_bears_the_name_of_its_column() -> None:
    listed: Nodes = [{"t": "BulletList", "c": [[para(string("un"))], [para(string("deux"))]]}]
    first, _ = first_of(listed, [para(string("tous"))])
    assert pairs(first)["data-label"] == "Ce qui est dit"


def test_a_box_among_words_is_not_a_field_alone() -> None:
    cells = first_of([para([BOX, *string(" relu")])], [para([BOX])])
    assert [ALONE in classes(cell) for cell in cells] == [False, True]


def test_a_rank_and_its_name_name_a_card() -> None:
    alone = {"t": "OrderedList", "c": [[1, {"t": "Decimal"}, {"t": "Period"}], [[para([])]]]}
    alone["c"][1][0][0]["c"] = string("Accueil")
    first, second = first_of([alone], [para(string("tous"))])
    assert "data-label" not in pairs(first)
    assert pairs(second)["data-label"] == "Par"
