"""A Word document as it is read: texts, tables, bookmarks, fields, and what is beside the text."""

from dla_docs.reading.blocks import Grid, Role
from dla_docs.reading.docx import read_docx
from tests.reading.files import W, archive, docx, paragraph


def texts(content: bytes) -> list[str]:
    return [words.text for words in read_docx(content).words()]


def test_paragraphs_come_in_order_with_their_breaks() -> None:
    body = paragraph("un") + "<w:p><w:r><w:t>deux</w:t><w:br/><w:t>lignes</w:t></w:r></w:p>"
    assert texts(docx(body)) == ["un", "deux\nlignes"]


def test_words_deleted_with_tracked_changes_are_not_read_and_added_ones_are() -> None:
    body = (
        "<w:p><w:del><w:r><w:delText>avant</w:delText></w:r></w:del>"
        "<w:ins><w:r><w:t>après</w:t></w:r></w:ins></w:p>"
    )
    read = read_docx(docx(body))
    assert [words.text for words in read.words()] == ["après"]
    assert read.revised


def test_a_bookmark_is_of_the_paragraph_where_it_begins() -> None:
    body = '<w:bookmarkStart w:name="l_un"/>' + paragraph("un") + paragraph("deux")
    first, second = read_docx(docx(body)).words()
    assert (first.anchors, second.anchors) == (("l_un",), ())


def test_a_field_has_its_name_its_text_and_says_if_it_shows_its_prompt() -> None:
    about = '<w:sdtPr><w:tag w:val="siret"/><w:showingPlcHdr/></w:sdtPr>'
    content = "<w:sdtContent><w:r><w:t>Écrire ici</w:t></w:r></w:sdtContent>"
    (words,) = read_docx(docx(f"<w:p><w:sdt>{about}{content}</w:sdt></w:p>")).words()
    (control,) = words.controls
    assert (control.name, control.text, control.prompt) == ("siret", "Écrire ici", True)


def test_a_box_is_read_by_its_state_whatever_sign_is_drawn() -> None:
    about = '<w:sdtPr><w14:checkbox><w14:checked w14:val="1"/></w14:checkbox></w:sdtPr>'
    content = "<w:sdtContent><w:r><w:t>☐</w:t></w:r></w:sdtContent>"
    assert texts(docx(f"<w:p><w:sdt>{about}{content}</w:sdt></w:p>")) == ["☒"]


def test_an_old_form_has_its_boxes_and_its_texts() -> None:
    box = "<w:checkBox><w:default w:val='0'/><w:checked/></w:checkBox>"
    body = (
        f'<w:p><w:r><w:fldChar w:fldCharType="begin"><w:ffData>{box}</w:ffData></w:fldChar></w:r>'
        "<w:r><w:instrText>FORMCHECKBOX</w:instrText></w:r><w:r><w:t>Oui</w:t></w:r></w:p>"
    )
    assert texts(docx(body)) == ["☒ Oui"]


def test_a_table_has_its_rows_whatever_wraps_them() -> None:
    cell = f"<w:tc>{paragraph('a')}</w:tc>"
    rows = f"<w:tr>{cell}</w:tr><w:sdt><w:sdtContent><w:tr>{cell}</w:tr></w:sdtContent></w:sdt>"
    (grid,) = read_docx(docx(f"<w:tbl>{rows}</w:tbl>")).blocks
    assert isinstance(grid, Grid)
    assert [[cell.text for cell in row] for row in grid.rows] == [["a"], ["a"]]
    assert [words.cell for words in grid.words()] == [(1, 1, 1), (1, 2, 1)]


def test_a_text_box_is_read_once_after_the_paragraph_that_holds_it() -> None:
    box = f"<w:txbxContent>{paragraph('dans le cadre')}</w:txbxContent>"
    both = f"<w:Choice>{box}</w:Choice><w:Fallback>{box}</w:Fallback>"
    assert texts(docx(f"<w:p><w:r><w:t>avant</w:t>{both}</w:r></w:p>")) == [
        "avant",
        "dans le cadre",
    ]


def test_a_comment_is_a_text_of_the_margin() -> None:
    read = read_docx(docx(paragraph("un"), comments=paragraph("réponse en marge")))
    assert [(w.text, w.role) for w in read.words()][1:] == [("réponse en marge", Role.MARGIN)]


def test_a_merged_cell_keeps_its_columns() -> None:
    about = '<w:tcPr><w:gridSpan w:val="2"/></w:tcPr>'
    cells = f"<w:tc>{about}{paragraph('un')}</w:tc><w:tc>{paragraph('deux')}</w:tc>"
    (grid,) = read_docx(docx(f"<w:tbl><w:tr>{cells}</w:tr></w:tbl>")).blocks
    assert isinstance(grid, Grid)
    assert [(cell.text, cell.span) for cell in grid.rows[0]] == [("un", 2), ("", 1), ("deux", 1)]


def test_notes_at_the_end_are_read_as_what_is_in_the_margin() -> None:
    read = read_docx(docx(paragraph("un"), endnotes=paragraph("en note")))
    assert [(w.text, w.role) for w in read.words()][1:] == [("en note", Role.MARGIN)]


def test_what_is_at_the_head_of_pages_is_apart() -> None:
    read = read_docx(docx(paragraph("un"), header2=paragraph("en tête")))
    assert [words.text for words in read.edges] == ["en tête"]


def test_data_of_fields_that_are_no_xml_lose_nothing_of_the_text() -> None:
    content = archive(
        {"word/document.xml": f"<w:document {W}><w:body>{paragraph('un')}</w:body></w:document>",
         "customXml/item1.xml": ""}
    )  # fmt: skip
    assert texts(content) == ["un"]


def test_words_crossed_out_are_known_for_that() -> None:
    crossed = "<w:p><w:r><w:rPr><w:strike/></w:rPr><w:t>un</w:t></w:r></w:p>"
    assert [w.struck for w in read_docx(docx(crossed + paragraph("deux"))).words()] == [True, False]


def test_a_page_begun_by_hand_and_a_bold_line_are_told() -> None:
    bold = "<w:p><w:r><w:rPr><w:b/></w:rPr><w:t>I - Prix</w:t></w:r></w:p>"
    turned = '<w:p><w:r><w:br w:type="page"/></w:r></w:p>'
    found = [one for one in read_docx(docx(paragraph("un") + turned + bold)).words() if one.text]
    assert [(one.sheet, one.strong) for one in found] == [(1, False), (2, True)]
