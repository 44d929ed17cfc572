"""Which notch a document is set with: its last page, guessed, is not nearly empty."""

from dla_docs.formats.estimate import PAGE, Atom, height
from dla_docs.formats.fitting import Page, Sheet, fit_of, pages
from dla_docs.formats.notch import LADDER, LETTER, WORD, Notch
from dla_docs.tree.divisions import FUNDERS_FOOT, HEAD, OWN_PAGE
from dla_docs.tree.nodes import Nodes, attributes, div, para, string

LINE = para(string("mot " * 20))
HEADED = div([LINE], HEAD)
ADDRESSED = {"t": "Div", "c": [attributes("", [HEAD], modele="lettre"), [LINE]]}


def text_of(pages: float) -> Nodes:
    return [LINE] * round(pages * PAGE / height([LINE], ()))


def letters_of(notch: Notch) -> tuple[float, float]:
    return notch.size, notch.cell_size


def rank(blocks: Nodes) -> int:
    """How far a text goes down the ladder."""
    notch: Notch | None = fit_of(blocks, (), WORD).notch
    return 0 if notch is None else [(c.size, c.cell_size) for c in LADDER].index(letters_of(notch))


def test_a_page_and_a_little_more_is_set_on_one_page() -> None:
    assert rank([HEADED, *text_of(1.1)]) > 0


def test_a_text_that_fills_its_last_page_is_as_the_charter_says() -> None:
    assert [rank([HEADED, *text_of(length)]) for length in (0.7, 1.6, 3.6)] == [0, 0, 0]


def test_a_long_text_that_goes_a_little_over_is_closer() -> None:
    assert rank([HEADED, *text_of(3.12)]) == 1


def test_each_part_that_begins_a_page_is_looked_at() -> None:
    assert rank([HEADED, *text_of(1.6), div([], OWN_PAGE), *text_of(2.12)]) > 0


def test_a_long_letter_is_closer_and_a_short_one_is_not() -> None:
    assert fit_of([ADDRESSED, *text_of(0.8)], (), WORD).notch == LETTER
    assert fit_of([ADDRESSED, *text_of(0.4)], (), WORD).notch is None


def test_a_form_that_fills_its_page_sets_its_letter_closer() -> None:
    form = [div([], OWN_PAGE), *text_of(0.98)]
    assert fit_of([ADDRESSED, *text_of(0.4), *form], (), WORD).notch == LETTER


def test_what_has_no_head_is_left_as_it_is() -> None:
    assert fit_of(text_of(1.1), (), WORD).notch is None


def test_the_funders_end_a_text_whose_last_page_has_room_for_them() -> None:
    foot = div([para(string("Financé par"))], FUNDERS_FOOT)
    ends = [fit_of([HEADED, *text_of(long), foot], (), WORD).at_end for long in (1.5, 0.5)]
    assert ends == [True, False]


def test_funders_of_the_last_page_stay_there_whatever_the_length() -> None:
    foot = div([para(string("Financé par"))], FUNDERS_FOOT, place="derniere")
    ends = [fit_of([HEADED, *text_of(long), foot], (), WORD).at_end for long in (0.5, 2.95)]
    assert ends == [True, True]


def test_answers_that_grow_never_move_the_funders_to_the_first_page() -> None:
    foot = div([para(string("Financé par"))], FUNDERS_FOOT)
    assert fit_of([HEADED, *text_of(2.95), foot], (), WORD, movable=False).at_end


def test_a_title_goes_to_the_page_of_what_follows_it() -> None:
    first, second = pages([Atom(600), Atom(20, keep=True), Atom(60)], 1.0, 0.0)
    assert (first.held, second.held) == (600, 80)


def test_the_lines_of_a_paragraph_part_two_by_two_at_least() -> None:
    first, second = pages([Atom(630), Atom(66, line=15)], 1.0, 0.0)
    assert (first.room, second.held) == (0, 36)


def test_the_funders_take_their_room_from_the_first_page_alone() -> None:
    assert [page.held for page in pages([Atom(300)] * 5, 1.0, 100.0)] == [300, 600, 600]


def test_what_a_closer_text_leaves_goes_back_around_its_titles() -> None:
    notch = fit_of([HEADED, *text_of(1.25)], (), WORD).notch
    assert notch is not None and notch.heads >= 1.0


def test_a_title_begins_the_last_page_that_would_be_short() -> None:
    title = {"t": "Header", "c": [2, attributes(), [string("Suites")]]}
    sheet = Sheet([[HEADED, *text_of(0.7), title, *text_of(0.5)]], (), WORD, 0.0)
    assert sheet.cut(LADDER[0], at_end=False) is title


def test_no_title_begins_a_last_page_that_is_full() -> None:
    title = {"t": "Header", "c": [2, attributes(), [string("Suites")]]}
    assert fit_of([HEADED, *text_of(0.75), title, *text_of(0.9)], (), WORD).cut is None


def test_the_title_that_begins_the_last_page_is_the_one_that_leaves_no_hole() -> None:
    one, two = ({"t": "Header", "c": [2, attributes(), string(words)]} for words in ("Un", "Deux"))
    text = [HEADED, *text_of(0.64), one, *text_of(0.19), two, *text_of(0.3)]
    assert Sheet([text], (), WORD, 0.0).cut(LADDER[0], at_end=False) is two


def test_a_last_page_for_signatures_alone_ends_worse() -> None:
    sheet, whole = Sheet([[]], (), WORD, 0.0), [Page(600, 67, 9)] * 2
    alone, several = ([[*whole, Page(310, 357, held)]] * 3 for held in (1, 4))
    assert sheet.badness(alone, at_end=True) > sheet.badness(several, at_end=True)


def test_a_title_of_word_keeps_its_air_however_close_the_text_is() -> None:
    notches = [fit_of([HEADED, *text_of(long)], (), WORD).notch for long in (1.1, 1.2, 1.3, 1.35)]
    assert all(notch is None or notch.heads >= WORD.least for notch in notches)
    assert any(notch is not None for notch in notches)


def test_a_few_lines_of_a_second_page_hold_on_the_first_set_closest() -> None:
    few, half = [Page(550, 117), Page(120, 547)], [Page(550, 117), Page(300, 367)]
    sheet = Sheet([text_of(0.95)], (), WORD, 61.0)
    assert sheet.wins_a_page([few] * 3)
    assert not sheet.wins_a_page([half] * 3)
    assert not Sheet([text_of(1.4)], (), WORD, 61.0).wins_a_page([few] * 3)


def test_the_funders_end_two_full_pages_and_no_others() -> None:
    ends = [Sheet([text_of(long)], (), WORD, 61.0).ends_better(LADDER[0]) for long in (1.8, 1.3)]
    assert ends == [True, False]


def test_funders_that_drive_text_to_a_half_empty_page_go_under_it() -> None:
    logo = {"t": "Image", "c": [attributes(), string("Logo"), ["logo.svg", ""]]}
    foot = div([{"t": "Para", "c": [logo] * 7}], FUNDERS_FOOT)
    title = {"t": "Header", "c": [1, attributes("deux"), string("Deux")]}
    text = [HEADED, *text_of(0.8), title, *text_of(0.42)]
    assert fit_of([*text, foot], (), WORD).at_end


def test_three_pages_of_which_most_of_one_is_blank_are_two_set_closest() -> None:
    sheet = Sheet([[]], (), WORD, 60.0)
    full, short = Page(PAGE * 0.9, PAGE * 0.1), Page(PAGE * 0.3, PAGE * 0.7, 2)
    tight = [[full, Page(PAGE * 0.8, PAGE * 0.2, 2)]] * 3
    assert sheet.spares_a_page([[full, full, short]] * 3, tight)
    assert sheet.spares_a_page([[full, full], *[[full, full, short]] * 2], tight)
    assert not sheet.spares_a_page([[full, full, full]] * 3, tight)
    assert not sheet.spares_a_page([[full, short]] * 3, tight)
