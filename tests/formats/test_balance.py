"""The title of a document in a word processor: lines of like length, no word alone."""

import pytest

from dla_docs.formats.balance import balanced
from dla_docs.tree.divisions import HEAD, TITLE
from dla_docs.tree.nodes import Node, attributes, inner, para, string, text


def _head(title: str, model: str) -> Node:
    named = {"t": "Div", "c": [attributes("", [TITLE]), [para(string(title))]]}
    return {"t": "Div", "c": [attributes("", [HEAD], modele=model), [named]]}


@pytest.mark.parametrize(
    ("title", "model", "shown"),
    [
        ("Conduite de la période de transition", "couverture", "de_transition"),
        ("Conduite de la période de transition", "court", "de transition"),
        ("Agrandissement de la micro-crèche des Petits Sabots", "court", "des_Petits_Sabots"),
    ],
)
def test_the_words_of_a_second_line_go_together(title: str, model: str, shown: str) -> None:
    found = text(inner(balanced(_head(title, model)))).replace("\u00a0", "_")
    assert found.strip().endswith(shown)


def test_a_title_on_three_lines_ends_with_two_words() -> None:
    title = (
        "Un projet, une gouvernance et des comptes pour les dix prochaines années du Guillestrois"
    )
    found = text(inner(balanced(_head(title, "couverture")))).replace("\u00a0", "_")
    assert found.strip().endswith("années du_Guillestrois")
