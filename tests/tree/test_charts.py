"""Charts: a list becomes a drawing, its table, and words for those who do not see it."""

from typing import Any

import pytest

from dla_docs.model.errors import TemplateError
from dla_docs.tree.charts import charts, facts_of, with_drawings
from dla_docs.tree.nodes import Node, body_rows, classes, div, nodes, pairs, para, string, text

CHARTER: dict[str, Any] = {
    "couleurs": {
        **{"texte": "#1B1D21", "texte_discret": "#53575E"},
        **{"filet": "#B3B8BF", "alerte": "#B00047"},
    },
    "famille": {"fonce": "#0B4F5F", "moyen": "#4F8D9B", "clair": "#E5F0F2"},
    "polices": {"texte": "Source Sans 3"},
}


def listed(*rows: tuple[str, ...]) -> Node:
    cells = [[[{"t": "Plain", "c": string(cell)}] for cell in row] for row in rows]
    return {"t": "BulletList", "c": [[{"t": "BulletList", "c": row}] for row in cells]}


def chart(*rows: tuple[str, ...], **options: str) -> Node:
    options = {"titre": "Jours par étape", **options}
    return div([listed(("Étape", "Jours"), *rows)], "graphique", **options)


def alternative(*rows: tuple[str, ...], **options: str) -> str:
    (built,) = charts([chart(*rows, **options)])
    return " ".join(pairs(built)["alternative"].split())


def said(built: Node) -> list[list[str]]:
    (table,) = nodes([built], "Table")
    return [[text(cell).strip() for cell in row] for row in body_rows(table)]


def test_a_list_becomes_a_table_with_its_values_in_french() -> None:
    (built,) = charts([chart(("Lancement", "1"), ("Suivi", "1234.5"), unite="jour")])
    assert said(built) == [["Lancement", "1\u00a0jour"], ["Suivi", "1\u202f234,5\u00a0jours"]]


def test_alternative_tells_the_extremes() -> None:
    told = alternative(("A", "12"), ("B", "45"), ("C", "30"), unite="jour")
    assert told == (
        "Graphique en barres : Jours par étape. 3 barres, de 12 jours (A) à 45 jours (B) ; "
        "les valeurs sont dans le tableau qui suit."
    )


def test_alternative_of_one_bar_and_of_equal_bars() -> None:
    assert alternative(("A", "12")).endswith("étape. A : 12.")
    assert alternative(("A", "12"), ("B", "12")).endswith("2 barres égales, 12 chacune.")


def test_bars_with_columns_of_their_own_draw_the_rows_that_are_shown() -> None:
    rows = (("oui", "Suivre", "60 %"), ("", "Écrire", "40 %"))
    block = div(
        [listed(("Dessinée", "Mission", "2025"), *rows)],
        "graphique",
        **{"titre": "Temps", "colonnes": "-dessine,libelle,valeur", "largeurs": "80,20"},
    )
    (built,) = charts([block])
    assert facts_of(built).series()[0][1] == ("60 %",)
    assert [row[0] for row in said(built)] == ["Suivre", "Écrire"]


def test_a_chart_without_data_is_dropped() -> None:
    assert charts([chart()]) == []


def test_a_chart_has_a_title() -> None:
    with pytest.raises(TemplateError, match="n’a pas de titre"):
        charts([chart(("A", "1"), titre=" ")])


def test_an_unknown_form_is_refused() -> None:
    with pytest.raises(TemplateError, match="« barre » n’est pas une forme"):
        charts([chart(("A", "1"), forme="barre")])


def test_a_column_may_be_for_the_drawing_alone_and_a_row_for_the_table_alone() -> None:
    content = [listed(("", "Critère", "Note"), ("oui", "Budget", "4"), ("", "Total", "4"))]
    options = {"titre": "Notes", "forme": "groupees", "colonnes": "-dessine,libelle,valeur"}
    (built,) = charts([div(content, "graphique", **options)])
    assert said(built) == [["Budget", "4"], ["Total", "4"]]
    assert facts_of(built).column("libelle") == ("Budget",)


def test_the_table_below_a_drawing_may_have_a_caption_of_its_own() -> None:
    content = [listed(("Critère", "Note"), ("Budget", "4"))]
    options = {"titre": "Notes", "colonnes": "libelle,valeur", "largeurs": "80,20"}
    options |= {"legende-tableau": "Notes détaillées"}
    (table,) = nodes(charts([div(content, "graphique", **options)]), "Table")
    assert text(table["c"][1]).strip() == "Notes détaillées"


def test_a_row_has_a_cell_for_each_role() -> None:
    with pytest.raises(TemplateError, match="compte 3 cases au lieu de 2"):
        charts([chart(("A", "1", "2"))])


def test_each_drawing_is_one_more_image_of_the_document() -> None:
    blocks = charts([chart(("A", "1")), para(string("Entre deux.")), chart(("B", "2"))])
    changed, images = with_drawings(blocks, (), CHARTER, 170)
    assert [image["c"][2][0] for image in nodes(changed, "Image")] == ["image:0", "image:1"]
    assert [image.kind for image in images] == ["svg", "svg"]


def test_the_facts_of_a_drawing_are_not_printed() -> None:
    changed, _ = with_drawings(charts([chart(("A", "1"))]), (), CHARTER, 170)
    assert not any(nodes(changed, "BulletList"))


def test_a_page_of_the_web_has_a_second_drawing_for_a_telephone() -> None:
    changed, images = with_drawings(charts([chart(("A", "1"))]), (), CHARTER, 150, narrow=92)
    kinds = [kind for d in nodes(changed, "Div") for kind in classes(d) if "-" in kind]
    assert kinds == ["titre-graphique", "dessin-large", "dessin-etroit"]
    assert images[1].width < images[0].width


def test_what_cannot_be_drawn_leaves_its_table_alone() -> None:
    options = {"forme": "calendrier", "colonnes": "numero,jour"}
    (built,) = charts([chart(("1", "à convenir"), **options)])
    assert built["t"] == "Table"


def test_a_number_still_to_give_leaves_the_table_alone() -> None:
    lacking = chart(("A", "12"), ("B", "?"))
    (mark,) = (n for n in nodes([lacking], "Str") if n["c"] == "?")
    mark |= {"t": "Span", "c": [["", ["a-completer"], []], string("à compléter : Poids")]}
    (built,) = charts([lacking])
    assert built["t"] == "Table"
    assert text(built).count("à compléter : Poids") == 1


def test_a_drawing_that_tells_all_leaves_its_table_to_a_workbook() -> None:
    (read,) = charts([chart(("A", "12"), ("B", "45"), **{"dessin-seul": "sauf-classeur"})])
    assert said(read) == [["A", "12"], ["B", "45"]]
    (drawn,), _ = with_drawings([read], (), CHARTER, 150)
    assert not any(nodes([drawn], "Table"))


def test_a_drawing_that_tells_all_on_a_page_leaves_its_table_out_of_a_pdf_alone() -> None:
    (read,) = charts([chart(("A", "12"), ("B", "45"), **{"dessin-seul": "en-grand"})])
    every = [with_drawings([read], (), CHARTER, 150, bare=bare)[0] for bare in (False, True)]
    assert [any(nodes(blocks, "Table")) for blocks in every] == [True, False]


def test_notes_that_a_table_gives_are_not_drawn_above_it() -> None:
    options = {"forme": "groupees", "colonnes": "libelle,valeur,-note", "dessin-seul": "en-grand"}
    rows = listed(("Étape", "Jours", "DLA"), ("A", "12", "7,25"), ("B", "45", "8,75"))
    (read,) = charts([div([rows], "graphique", titre="Jours", **options)])
    words = [
        with_drawings([read], (), CHARTER, 150, bare=bare)[1][0].words for bare in (False, True)
    ]
    assert ["7,25" in said for said in words] == [False, True]


def test_a_chart_that_cannot_be_drawn_keeps_its_table_whatever_it_asks() -> None:
    rows = (("A", "à venir"), ("B", "à venir"))
    options = {"forme": "groupees", "colonnes": "libelle,valeur", "dessin-seul": "oui"}
    built = charts([chart(*rows, **options)])
    assert any(nodes(built, "Table"))
