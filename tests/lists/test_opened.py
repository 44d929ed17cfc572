"""Files as people send them: read as what they are, or refused in one sentence, within bounds."""

import io
import random
import zipfile
from datetime import date
from pathlib import Path

import openpyxl
import pytest
from odfdo import Document, Table

from dla_docs.engines.worksheets import MOST_ROWS
from dla_docs.lists.opened import opened
from dla_docs.model.errors import RequestError
from tests.lists.books import workbook

ROWS = [["Raison sociale", "SIRET"], ["Été", "73282932000074"]]
DAY = date(2026, 3, 12)
OLD = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)


def refusal(folder: Path, name: str, content: bytes) -> str:
    path = folder / name
    path.write_bytes(content)
    with pytest.raises(RequestError) as caught:
        opened(path)
    assert caught.value.message.startswith(name)
    return f"{caught.value.message} / {caught.value.hint}"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
@pytest.mark.parametrize("sign", [";", ",", "\t"])
def test_a_text_is_read_in_the_encodings_of_spreadsheets(
    encoding: str, sign: str, tmp_path: Path
) -> None:
    path = tmp_path / "liste.csv"
    path.write_bytes("\r\n".join(sign.join(row) for row in ROWS).encode(encoding))
    sheets = opened(path)
    assert [row for _, row in sheets[";,\t".index(sign)].rows] == [tuple(row) for row in ROWS]


def test_a_cell_of_a_text_may_hold_lines_and_signs(tmp_path: Path) -> None:
    path = tmp_path / "liste.csv"
    path.write_text('Nom;Notes\n"A; B";"un\ndeux"\n\nC;', encoding="utf-8")
    assert opened(path)[0].rows[1:] == ((2, ("A; B", "un\ndeux")), (4, ("C", "")))


def test_the_rows_of_a_workbook_keep_their_numbers(tmp_path: Path) -> None:
    path = tmp_path / "liste.xlsx"
    path.write_bytes(workbook([[], ["", "Nom"], [], ["", "A"]]))
    assert opened(path)[0].rows == ((2, ("", "Nom")), (4, ("", "A")))


WRONG = {
    "texte.xlsx": (b"Raison sociale;SIRET\nA;1\n", "en réalité un texte"),
    "vide.csv": (b" \n", "est vide"),
    "vieux.xls": (OLD, "ancien Office"),
    "cle.xlsx": (OLD + "EncryptedPackage".encode("utf-16-le"), "mot de passe"),
    "page.xlsx": (b"<html><table><tr><td>Nom</td></tr></table></html>", "page de site"),
    "lettre.csv": (b"%PDF-1.4", "ni un classeur"),
    "nul.csv": (b"Nom;SIRET\nA\0;1", "ni un classeur"),
    "guillemet.csv": (b'Nom;SIRET\n"A;1\n' + b"x" * 200_000, "guillemet"),
    "tronque.xlsx": (workbook(ROWS)[:2000], "l’archive est abîmée"),
    "classeur.csv": (workbook(ROWS), "en réalité un classeur Excel"),
}


@pytest.mark.parametrize("name", WRONG)
def test_what_is_no_list_is_refused_with_what_to_do(name: str, tmp_path: Path) -> None:
    content, reason = WRONG[name]
    assert reason in refusal(tmp_path, name, content)


def test_a_file_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(RequestError, match="n’existe pas"):
        opened(tmp_path / "absent.csv")


def test_a_workbook_with_macros_is_refused(tmp_path: Path) -> None:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as target:
        kind = "application/vnd.ms-excel.sheet.macroEnabled.main+xml"
        target.writestr("[Content_Types].xml", f'<Types><Default ContentType="{kind}"/></Types>')
    assert "macros" in refusal(tmp_path, "liste.xlsm", buffer.getvalue())


def swollen(inside: bytes) -> bytes:
    """A workbook with something more in its sheet."""
    buffer = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(workbook(ROWS))) as source,
        zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as target,
    ):
        for name in source.namelist():
            part = source.read(name)
            if name.endswith("sheet1.xml"):
                part = part.replace(b"</sheetData>", inside + b"</sheetData>")
            target.writestr(name, part)
    return buffer.getvalue()


def test_a_sheet_that_swells_is_refused(tmp_path: Path) -> None:
    row = b'<row r="9"><c r="A9" t="inlineStr"><is><t>' + b"A" * 70_000_000 + b"</t></is></c></row>"
    assert "démesurée" in refusal(tmp_path, "bombe.xlsx", swollen(row))


def test_a_cell_at_the_end_of_the_sheet_takes_neither_memory_nor_time(tmp_path: Path) -> None:
    row = b'<row r="1048576"><c r="XFD1048576" t="inlineStr"><is><t>x</t></is></c></row>'
    assert "trop de mémoire ou de temps" in refusal(tmp_path, "loin.xlsx", swollen(row))


def test_a_list_of_more_rows_than_any_is_cut(tmp_path: Path) -> None:
    path = tmp_path / "longue.csv"
    path.write_text("Nom;Ville\n" + "A;B\n" * (MOST_ROWS + 1), encoding="utf-8")
    sheet = opened(path)[0]
    assert sheet.cut and len(sheet.rows) == MOST_ROWS


@pytest.mark.parametrize("seed", range(12))
def test_a_damaged_workbook_is_read_or_refused(seed: int, tmp_path: Path) -> None:
    chance, content = random.Random(seed), bytearray(workbook(ROWS))
    for _ in range(3):
        content[chance.randrange(len(content))] = chance.randrange(256)
    path = tmp_path / "liste.xlsx"
    path.write_bytes(bytes(content))
    try:
        assert all(len(row) <= 2 for sheet in opened(path) for _, row in sheet.rows)
    except RequestError as refused:
        assert refused.message.startswith("liste.xlsx ") and refused.hint


def test_hidden_sheets_are_told_apart(tmp_path: Path) -> None:
    book = openpyxl.load_workbook(io.BytesIO(workbook(ROWS)))
    book.create_sheet("Brouillon").sheet_state = "hidden"
    path = tmp_path / "liste.xlsx"
    book.save(path)
    assert [(sheet.name, sheet.hidden) for sheet in opened(path)] == [
        ("Liste", False),
        ("Brouillon", True),
    ]


def test_a_sheet_of_libreoffice_is_read(tmp_path: Path) -> None:
    sheet = Table("Liste")
    sheet.set_values([["Raison sociale", "SIRET", "Jour"], ["Été", 1205871500033, DAY]])
    document = Document("spreadsheet")
    document.body.clear()
    document.body.append(sheet)
    document.save(tmp_path / "liste.ods")
    [read] = opened(tmp_path / "liste.ods")
    assert read.rows[1] == (2, ("Été", 1205871500033.0, DAY))
