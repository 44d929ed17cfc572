"""The length of a document, guessed: the funders are never alone on a last page of Word."""

from dla_docs.formats.estimate import PAGE, ends_well, height, leaves_a_hole
from dla_docs.formats.funders import with_funders
from dla_docs.tree.divisions import FUNDERS_FOOT, HEAD
from dla_docs.tree.nodes import Nodes, div, inner, para, string
from dla_docs.tree.passes import Tree

LINE = para(string("mot " * 20))
EMPTY: list[object] = [["", [], []], []]
TABLE = [["", [], []], [None, []], [], EMPTY, [], EMPTY]
FOOT = div([para(string("Financé par"))], FUNDERS_FOOT)


def text_of(pages: float) -> Nodes:
    count = round(pages * PAGE / height([LINE], ()))
    return [LINE] * count


def test_a_line_of_text_takes_fifteen_points_and_six_after() -> None:
    assert height([LINE], ()) == 21


def test_the_middle_of_a_last_page_has_room() -> None:
    assert ends_well(text_of(2.5), ())


def test_near_the_edge_of_a_page_nobody_knows() -> None:
    assert not ends_well(text_of(2.05), ())
    assert not ends_well(text_of(2.95), ())


def test_the_funders_of_a_page_stand_at_its_foot() -> None:
    head = div([LINE], HEAD)
    (moved, *rest) = with_funders(Tree([head, *text_of(0.9), FOOT], ()))
    assert inner(moved)[-1] == FOOT
    assert FOOT not in rest


def test_those_of_a_long_text_end_it() -> None:
    blocks = [div([LINE], HEAD), *text_of(2.5), FOOT]
    assert with_funders(Tree(blocks, ())) == blocks


def test_a_picture_that_they_would_send_away_stays() -> None:
    drawing = f'<wp:extent cx="1" cy="{400 * 12700}"'
    picture = div([{"t": "RawBlock", "c": ["openxml", drawing]}, {"t": "Table", "c": TABLE}])
    assert leaves_a_hole([*text_of(0.4), picture, *text_of(0.5)], ())
    assert not leaves_a_hole([*text_of(0.8), picture, *text_of(0.5)], ())
