"""A LibreOffice document as it is read."""

from dla_docs.reading.blocks import Grid, Role
from dla_docs.reading.odt import read_odt
from tests.reading.files import odt


def test_paragraphs_headings_and_items_come_in_order() -> None:
    body = (
        "<text:h>Titre</text:h><text:p>un<text:s text:c='2'/>deux<text:line-break/>trois</text:p>"
        "<text:list><text:list-item><text:p>puce</text:p></text:list-item></text:list>"
    )
    found = [(words.text, words.role) for words in read_odt(odt(body)).words()]
    expected = [("Titre", Role.HEADING), ("un  deux\ntrois", Role.PARAGRAPH), ("puce", Role.ITEM)]
    assert found == expected


def test_words_deleted_with_tracked_changes_are_not_read() -> None:
    deleted = "<text:tracked-changes><text:deletion><text:p>avant</text:p></text:deletion>"
    read = read_odt(odt(f"{deleted}</text:tracked-changes><text:p>après</text:p>"))
    assert [words.text for words in read.words()] == ["après"]
    assert read.revised


def test_a_field_that_lost_its_name_keeps_its_text() -> None:
    body = "<text:p><loext:content-control>écrit</loext:content-control></text:p>"
    (words,) = read_odt(odt(body)).words()
    assert (words.text, words.controls[0].name) == ("écrit", "")


def test_a_box_is_read_by_its_state() -> None:
    box = '<loext:content-control loext:checkbox="true" loext:checked="true">☐'
    (words,) = read_odt(odt(f"<text:p>{box}</loext:content-control> Oui</text:p>")).words()
    assert words.text == "☒ Oui"


def test_a_cell_repeated_a_thousand_times_is_read_fifty_times() -> None:
    cell = '<table:table-cell table:number-columns-repeated="1000"><text:p>a</text:p>'
    body = (
        f"<table:table><table:table-row>{cell}</table:table-cell></table:table-row></table:table>"
    )
    (grid,) = read_odt(odt(body)).blocks
    assert isinstance(grid, Grid)
    assert len(grid.rows[0]) == 50


def test_a_comment_is_a_text_of_the_margin_and_a_frame_follows_its_paragraph() -> None:
    note = "<office:annotation><text:p>en marge</text:p></office:annotation>"
    frame = "<draw:frame><draw:text-box><text:p>cadre</text:p></draw:text-box></draw:frame>"
    read = read_odt(odt(f"<text:p>un{note}{frame}</text:p>"))
    found = [(words.text, words.role) for words in read.words()]
    assert found == [
        ("un", Role.PARAGRAPH), ("cadre", Role.PARAGRAPH), ("en marge", Role.MARGIN)
    ]  # fmt: skip


def test_a_merged_cell_keeps_its_columns() -> None:
    row = (
        '<table:table-cell table:number-columns-spanned="2"><text:p>un</text:p></table:table-cell>'
        "<table:covered-table-cell/><table:table-cell><text:p>deux</text:p></table:table-cell>"
    )
    content = odt(f"<table:table><table:table-row>{row}</table:table-row></table:table>")
    (grid,) = read_odt(content).blocks
    assert isinstance(grid, Grid)
    assert [(cell.text, cell.span) for cell in grid.rows[0]] == [("un", 2), ("", 1), ("deux", 1)]


def test_pages_are_told_where_the_program_says_where_they_end() -> None:
    body = "<text:p>un</text:p><text:p>de<text:soft-page-break/>ux</text:p><text:p>trois</text:p>"
    read = read_odt(odt(body))
    assert ([one.page for one in read.words()], read.pages) == ([1, 1, 2], 2)
