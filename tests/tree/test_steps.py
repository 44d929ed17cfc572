"""A way in steps: an arrow each, the reader's in strong colour, words for who does not see it."""

import pytest
from lxml import etree

from dla_docs.model.errors import TemplateError
from dla_docs.tree.charts import charts, with_drawings
from dla_docs.tree.nodes import Node, body_rows, div, nodes, pairs, string

CHARTER = {
    "couleurs": {
        "accent": "#0B5C7A",
        "fond": "#EBF1F8",
        "texte": "#1E2329",
        "texte_discret": "#555",
    },
    "polices": {"texte": "Source Sans 3"},
}
SVG = "{http://www.w3.org/2000/svg}"
ROWS = (
    ("Étape", "Avec", "Quoi"),
    ("Accueil", "DLA", "On écoute."),
    ("Suivi & fin", "DLA", "On relit."),
)


def way(**options: str) -> Node:
    cells = [[[{"t": "Plain", "c": string(cell)}] for cell in row] for row in ROWS]
    listed = {"t": "BulletList", "c": [[{"t": "BulletList", "c": row}] for row in cells]}
    return div([listed], "graphique", forme="etapes", titre="La démarche", **options)


def test_the_words_tell_the_steps_and_the_table_is_kept() -> None:
    (built,) = charts([way(retour="1", pourquoi="besoin")])
    told = " ".join(pairs(built)["alternative"].split())
    assert told.startswith("Schéma en 2 étapes qui se suivent : La démarche. 1. Accueil, 2. Suivi")
    assert "ramener à l’étape 1 (besoin)" in told
    (table,) = nodes([built], "Table")
    assert len(body_rows(table)) == 2


def test_the_step_of_the_reader_is_in_strong_colour() -> None:
    blocks, images = with_drawings(charts([way(actif="2")]), (), CHARTER, 170)
    paths = etree.fromstring(images[0].content).findall(f"{SVG}path")
    assert [path.get("fill") for path in paths] == ["#EBF1F8", "#0B5C7A"]
    assert [i["c"][2][0] for i in nodes(blocks, "Image")] == ["image:0"]


@pytest.mark.parametrize("option", [{"actif": "3"}, {"retour": "x"}])
def test_a_rank_that_no_step_has_is_refused(option: dict[str, str]) -> None:
    with pytest.raises(TemplateError, match="n’est le numéro d’aucune"):
        charts([way(**option)])
