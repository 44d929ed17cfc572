"""What a telephone reads of a table: which cells bear the name of their column."""

from dla_docs.formats.html.cards import ALONE, BY_THREE, BY_TWO, CARDS, GROUP, STACKED, carded
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


def kinds_of(*rows: list[str], aligns: str = "ldd") -> tuple[list[str], list[list[str]]]:
    """The classes of a table, whose first row is its head, and those of each of its other rows."""
    cells: Nodes = [
        {"t": "BulletList", "c": [[para(string(word))] if word else [] for word in row]}
        for row in rows
    ]
    sides = ["AlignRight" if side == "d" else "AlignLeft" for side in aligns]
    built = table([{"t": "BulletList", "c": [[row] for row in cells]}], [10.0] * len(sides), sides)
    assert built is not None
    (folded,) = inner(carded(built)[0])
    return folded["c"][0][1], [row[0][1] for row in folded["c"][4][0][3]]


def test_a_label_and_three_sums_stay_a_table() -> None:
    row = ["Produits", "412 000 €", "438 500 €", "468 200 €"]
    assert kinds_of(["Exercice", "2022", "2023", "2024"], row, aligns="lddd")[0] == []


def test_more_short_figures_keep_their_columns_under_the_name_of_their_row() -> None:
    head = ["Ce qui est compté", "Total", "2025", "2026", "DLA 04", "DLA 05"]
    assert kinds_of(head, ["Jours", *"12345"], aligns="lddddd")[0] == [STACKED]


def test_figures_of_a_card_stand_by_two_or_by_three() -> None:
    head, row = ["Objectif", "Orientation"], ["Accueil", "Activité générale"]
    by_two = kinds_of([*head, "2025", "2026"], [*row, "1", "2"], aligns="lldd")
    by_three = kinds_of([*head, "2025", "2026", "Visé"], [*row, "1", "2", "3"], aligns="llddd")
    assert (by_two[0], by_three[0]) == ([CARDS, BY_TWO], [CARDS, BY_THREE])


def test_two_figures_too_long_for_half_a_line_stand_under_their_names() -> None:
    head, row = ["Versement", "Versé après"], ["Acompte", "Signature"]
    kinds = kinds_of([*head, "Part", "Montant TTC"], [*row, "30 %", "3 270,60 €"], aligns="lldd")
    assert kinds[0] == [CARDS, BY_THREE]


def test_a_row_that_says_nothing_but_its_name_is_the_title_of_those_that_follow() -> None:
    rows = [["Calades", "", ""], ["Rapport", "hier", "tous"], ["Parcours", "", ""]]
    assert kinds_of(["Accord", "Donné le", "Pour qui"], *rows, aligns="lll")[1] == [[GROUP], [], []]


def test_a_rank_stands_beside_the_one_text_that_it_numbers() -> None:
    said = "Le cahier des charges est revu."
    assert kinds_of(["Dossier", "Suite"], ["1", said], aligns="ll")[0] == []
    assert kinds_of(["Dossier", "Suite"], ["Les Calades", said], aligns="ll")[0] == [CARDS]
