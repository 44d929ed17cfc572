"""How close Word sets a document: what goes a little over a page holds on it."""

from dla_docs.formats.docx.notch import CLOSER, FULL_PAGE, LETTER, ONE_PAGE, notch_of
from dla_docs.formats.estimate import PAGE, height
from dla_docs.tree.divisions import HEAD, OWN_PAGE
from dla_docs.tree.nodes import Nodes, attributes, div, para, string

LINE = para(string("mot " * 20))
HEADED = div([LINE], HEAD)
ADDRESSED = {"t": "Div", "c": [attributes("", [HEAD], modele="lettre"), [LINE]]}


def text_of(pages: float) -> Nodes:
    return [LINE] * round(pages * PAGE / height([LINE], ()))


def test_a_page_and_a_little_more_is_set_on_one_page() -> None:
    assert notch_of([HEADED, *text_of(1.1)], ()) == ONE_PAGE
    assert notch_of([HEADED, *text_of(1.3)], ()) == FULL_PAGE


def test_a_text_that_fills_its_last_page_is_as_the_charter_says() -> None:
    assert notch_of([HEADED, *text_of(1.6)], ()) is None
    assert notch_of([HEADED, *text_of(0.7)], ()) is None


def test_a_long_text_that_goes_a_little_over_is_closer() -> None:
    assert notch_of([HEADED, *text_of(3.2)], ()) == CLOSER


def test_each_part_that_begins_a_page_is_looked_at() -> None:
    parts = [HEADED, *text_of(1.6), div([], OWN_PAGE), *text_of(2.2)]
    assert notch_of(parts, ()) == CLOSER


def test_a_long_letter_is_closer_and_a_short_one_is_not() -> None:
    assert notch_of([ADDRESSED, *text_of(0.8)], ()) == LETTER
    assert notch_of([ADDRESSED, *text_of(0.4)], ()) is None


def test_what_has_no_head_is_left_as_it_is() -> None:
    assert notch_of(text_of(1.2), ()) is None
