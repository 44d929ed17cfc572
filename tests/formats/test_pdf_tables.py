"""PDF: what a table tells the page template."""

from dla_docs.formats.pdf_tables import called_table
from dla_docs.tree.nodes import Node, Nodes, para, string
from dla_docs.tree.tables import table


def test_a_row_that_heads_others_is_told_for_the_pages_after_its_own() -> None:
    def row(words: Nodes) -> Nodes:
        return [{"t": "BulletList", "c": [[para(words)], [para(string("10 %"))]]}]

    heading: Node = {"t": "BulletList", "c": [[para([{"t": "Strong", "c": string("Suivi")}])], []]}
    rows = [row(string("Fonction")), *[row(string("Part"))] * 8, [heading], row(string("Part"))]
    built = table([{"t": "BulletList", "c": rows}], [80.0, 20.0], ["AlignLeft", "AlignRight"])
    assert built is not None
    assert called_table(built)[0]["c"][1] == "#tableau(groupes: (8,))["
