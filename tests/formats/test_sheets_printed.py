"""XLSX: where the printed pages of a sheet end, and how wide they are."""

from dla_docs.formats.sheets.book import Sheet, Table
from dla_docs.formats.sheets.cells import Cell, typed
from dla_docs.formats.sheets.decimals import even
from dla_docs.formats.sheets.letters import lines
from dla_docs.formats.sheets.printed import Placed, breaks_of, scale_of
from dla_docs.formats.sheets.widths import LANDSCAPE, PORTRAIT, own_room, room_of, widths_of


def sheet(*words: str) -> Sheet:
    row = tuple(map(Cell, words))
    return Sheet("Une", (Table("Une", (), (row,), (False,) * len(row)),))


def test_a_short_table_that_would_be_parted_begins_a_page() -> None:
    assert breaks_of([Placed(3, 300, 9), Placed(14, 100, 3)], 400) == [14]


def test_a_long_table_is_parted_rather_than_leave_a_page_empty() -> None:
    assert breaks_of([Placed(3, 100, 3), Placed(9, 380, 20)], 400) == []


def test_the_first_table_stays_under_the_title_of_its_sheet() -> None:
    assert breaks_of([Placed(3, 390, 20)], 400) == []


def test_a_workbook_has_the_pages_that_its_widest_sheet_asks_for() -> None:
    assert room_of([sheet("mot", "mot")]) == PORTRAIT
    assert room_of([sheet("mot"), sheet(*["phrase " * 9] * 6)]) == LANDSCAPE
    assert room_of([sheet(*["phrase " * 9] * 20)]) == 0


def test_a_sheet_of_texts_lies_rather_than_make_them_narrow() -> None:
    texts = sheet("27 novembre 2025", *["phrase " * 9] * 3)
    assert room_of([texts]) == LANDSCAPE
    assert min(widths_of(texts.tables, LANDSCAPE)[1:]) >= 40


def test_the_widest_columns_give_way_until_the_page_holds_them() -> None:
    assert sum(widths_of(sheet("mot", *["phrase " * 9] * 3).tables, PORTRAIT)) == PORTRAIT


def test_a_wide_sheet_stands_upright_where_its_columns_of_texts_stay_readable() -> None:
    texts = sheet("27 novembre 2025", *["phrase " * 9] * 3)
    assert own_room(texts, LANDSCAPE) == PORTRAIT
    assert own_room(sheet("mot", *["phrase " * 9] * 6), LANDSCAPE) == LANDSCAPE


def test_narrow_letters_hold_on_a_line_where_wide_ones_take_two() -> None:
    assert (lines("illisible " * 3, 24), lines("MAMMOMMEM " * 3, 24)) == (1, 3)
    assert lines("une\ndeux", 24) == 2


def test_numbers_of_a_kind_have_as_many_decimals() -> None:
    rows = [("Jours", "10,5", "33"), ("Coût", "5\u00a0€", "6\u00a0€")]
    table = tuple(tuple(typed(word, right=True) for word in row) for row in rows)
    assert [cell.format for cell in even(table)[0][1:]] == ["#,##0.0", "#,##0.0"]
    assert even(table)[1] == table[1]


def test_a_sheet_is_a_little_smaller_where_that_spares_a_page() -> None:
    assert scale_of([Placed(3, 300, 9), Placed(14, 620, 30)], PORTRAIT) < 82
    assert scale_of([Placed(3, 300, 9), Placed(14, 900, 30)], PORTRAIT) == 82
    assert scale_of([Placed(3, 300, 9)], PORTRAIT) == 82
