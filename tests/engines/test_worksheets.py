"""Sheets of workbooks: values as they are, and the cells that look full and hold nothing."""

import datetime
import io
import zipfile

import openpyxl

from dla_docs.engines.unvalued import ERROR, FORMULA, unvalued
from dla_docs.engines.worksheets import Unread, Worksheet, worksheets
from tests.lists.books import Rows, workbook


def sheet_of(rows: Rows) -> Worksheet:
    [sheet] = worksheets(None, workbook(rows))
    assert isinstance(sheet, Worksheet)
    return sheet


def test_numbers_days_and_truths_keep_their_nature() -> None:
    day = datetime.date(2026, 3, 12)
    sheet = sheet_of([["A", 1205871500033, 1.5, True, day]])
    assert sheet.rows == ((1, ("A", 1205871500033.0, 1.5, True, day)),)


def test_a_formula_without_a_value_is_told() -> None:
    assert sheet_of([["A"], ["=1+1"]]).flaws == {(2, 1): FORMULA}


def test_a_cell_in_error_is_told() -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet["B2"] = "#N/A"
    buffer = io.BytesIO()
    book.save(buffer)
    with zipfile.ZipFile(buffer) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    assert unvalued(parts) == {"Sheet": {(2, 2): ERROR}}


def test_the_cells_of_libreoffice_are_counted_with_those_that_repeat() -> None:
    content = (
        '<table:table table:name="L&amp;M"><table:table-row table:number-rows-repeated="3">'
        "<table:table-cell/></table:table-row><table:table-row>"
        '<table:table-cell table:number-columns-repeated="2"/>'
        '<table:table-cell calcext:value-type="error" table:formula="of:=1&gt;"/>'
        '<table:table-cell table:formula="of:=[.A1]"/></table:table-row></table:table>'
    )
    found = unvalued({"content.xml": content.encode()})
    assert found == {"L&M": {(4, 3): ERROR, (4, 4): FORMULA}}


def test_the_days_of_old_macintoshes_are_told() -> None:
    book = openpyxl.Workbook()
    book.epoch = openpyxl.utils.datetime.CALENDAR_MAC_1904
    buffer = io.BytesIO()
    book.active.append(["A"])  # type: ignore[union-attr]
    book.save(buffer)
    [sheet] = worksheets(None, buffer.getvalue())
    assert isinstance(sheet, Worksheet) and sheet.late


def test_what_is_no_workbook_is_told() -> None:
    assert list(worksheets(None, b"PK\x03\x04")) == [
        Unread("n’est pas lisible (l’archive est abîmée)")
    ]


def test_a_sheet_of_libreoffice_behind_a_password_is_told() -> None:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as target:
        target.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        target.writestr("META-INF/manifest.xml", "<manifest:encryption-data/>")
    assert list(worksheets(None, buffer.getvalue())) == [Unread("est protégé par un mot de passe")]
