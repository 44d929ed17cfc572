"""PDF: what a table tells the page template."""

from collections.abc import Sequence

from dla_docs.formats.pdf_tables import called_table
from dla_docs.tree.nodes import Node, Nodes, para, string
from dla_docs.tree.tables import table


def announced(*groups: str, rows: int = 4) -> str:
    """How the page template is called for groups of so many rows."""

    def row(words: Nodes) -> Node:
        return {"t": "BulletList", "c": [[para(words)], [para(string("10 %"))]]}

    def group(words: str) -> Sequence[list[Node]]:
        title = [para([{"t": "Strong", "c": string(words)}])]
        return [[{"t": "BulletList", "c": [title, []]}], *[[row(string("Part"))]] * rows]

    lines = [[row(string("Fonction"))], *(line for words in groups for line in group(words))]
    built = table([{"t": "BulletList", "c": lines}], [80.0, 20.0], ["AlignLeft", "AlignRight"])
    assert built is not None
    return str(called_table(built)[0]["c"][1])


def test_a_row_that_heads_others_is_told_for_the_pages_after_its_own() -> None:
    assert announced("Accueil", "Suivi") == "#tableau(groupes: (0, 5,))["


def test_of_many_groups_the_last_are_told_again_for_all_would_be_headers() -> None:
    assert announced("Accueil", "Suivi", "Bilan") == "#tableau(groupes: (5, 10,))["


def test_a_group_of_many_words_is_told_once_and_so_are_those_before_it() -> None:
    long = "Animation du dispositif et participation aux réseaux de ce territoire"
    assert announced("Accueil", long) == "#tableau()["
    assert announced(long, "Suivi") == "#tableau(groupes: (5,))["
