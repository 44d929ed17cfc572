"""Named questions about pandoc's nodes, and a tree rebuilt node by node."""

from dla_docs.tree.nodes import (
    Node,
    Nodes,
    attributes,
    body_rows,
    div,
    each,
    identifier,
    inner,
    is_div,
    items,
    level,
    para,
    string,
    target,
    text,
)

HEADER: Node = {"t": "Header", "c": [2, attributes("cadre"), string("Le cadre")]}
LINK: Node = {"t": "Link", "c": [attributes(), string("ici"), ["https://exemple.fr", ""]]}


def test_a_heading_says_its_level_its_identifier_and_its_words() -> None:
    assert (level(HEADER), identifier(HEADER), text(inner(HEADER))) == (2, "cadre", "Le cadre")


def test_a_link_says_where_it_leads() -> None:
    assert (target(LINK), text(inner(LINK))) == ("https://exemple.fr", "ici")


def test_a_division_is_known_by_any_of_its_classes() -> None:
    block = div([], "fiche", "large")
    assert is_div(block, "encadre", "large")
    assert not is_div(block, "encadre")
    assert not is_div(para([{"t": "Span", "c": [attributes("", ["large"]), []]}]), "large")


def test_the_items_of_every_list_follow_one_another() -> None:
    lists: Nodes = [{"t": "BulletList", "c": [[para(string(n))]]} for n in ("un", "deux")]
    assert [text(item).strip() for item in items([*lists, para([])])] == ["un", "deux"]


def test_the_rows_of_a_table_are_the_blocks_of_its_cells() -> None:
    cell = [attributes(), {"t": "AlignDefault"}, 1, 1, [para(string("a"))]]
    body = [attributes(), 0, [], [[attributes(), [cell, cell]]]]
    table = {"t": "Table", "c": [attributes(), [None, []], [], [], [body], []]}
    assert body_rows(table) == [[[para(string("a"))], [para(string("a"))]]]


def test_each_replaces_a_node_by_none_or_several_however_deep() -> None:
    nested = [div([div([para(LINK["c"][1])], "saut"), para([LINK, LINK])])]
    doubled = each(nested, "Para", lambda paragraph: [paragraph, paragraph])
    assert text(doubled).split() == ["ici", "ici", "iciici", "iciici"]
    assert text(each(nested, "Link", lambda link: [])).split() == ["ici"]


def test_each_leaves_the_tree_it_was_given_as_it_was() -> None:
    given = [div([HEADER])]
    each(given, "Header", lambda header: [])
    assert given == [div([HEADER])]
