"""A received file is read by what it is; what it is not gets one sentence, and what to do."""

import pytest

from dla_docs.reading.read import Unread, read_file
from tests.reading.files import archive, blank_pdf, docx, odt, paragraph

REPEATED = (
    '<table:table><table:table-row table:number-rows-repeated="50">'
    '<table:table-cell table:number-columns-repeated="50">'
)
CLOSED = "</table:table-cell></table:table-row></table:table>"
PDF = blank_pdf(40)
ENTITY = '<!DOCTYPE x [<!ENTITY a "b">]><w:document/>'


@pytest.mark.parametrize(
    ("content", "format"),
    [
        (docx(paragraph("un")), "docx"),
        (odt("<text:p>un</text:p>"), "odt"),
        (b"\xef\xbb\xbf<!DOCTYPE html><title>a</title><p>un</p>", "html"),
    ],
)
def test_a_file_is_read_by_its_content_whatever_its_name(content: bytes, format: str) -> None:
    read = read_file(content)
    assert (read.format, [words.text for words in read.words()]) == (format, ["un"])


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"", "vide"),
        (b"%PDF-1.7 et rien d'autre", "abîmé"),
        (b"\x89PNG\r\n\x1a\n", "une image"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "avant 2007"),
        (b"Bonjour, voici ma proposition", "ce genre de fichier"),
        (b"PK\x03\x04 et rien", "abîmée"),
        (archive({"lettre.txt": "bonjour"}), "ni un document Word"),
        (archive({"word/document.xml": ENTITY}), "abîmée"),
        (archive({"word/document.xml": b"0" * 40_000_000}), "démesurée"),
        (archive({"word/document.xml": "<w:document"}), "abîmée"),
        (b"<html></html>", ""),
        (docx(paragraph("un") * 10_001), "dix mille paragraphes"),
        (odt(REPEATED * 4 + "<text:p>un</text:p>" + CLOSED * 4), "démesuré"),
        (archive({"META-INF/manifest.xml": "<m:encryption-data/>"}), "mot de passe"),
        (PDF[: len(PDF) // 2], "abîmé"),
    ],
)
def test_what_is_no_form_is_told_with_what_to_do(content: bytes, told: str) -> None:
    if not told:
        assert list(read_file(content).words()) == []
        return
    with pytest.raises(Unread, match=told) as refused:
        read_file(content)
    assert refused.value.hint


@pytest.mark.parametrize(
    "content",
    [
        archive({"xl/workbook.xml": "<workbook/>"}),
        archive(
            {
                "mimetype": "application/vnd.oasis.opendocument.spreadsheet",
                "content.xml": "<office:document-content/>",
            }
        ),
    ],
)
def test_a_workbook_is_sent_to_the_command_that_reads_lists(content: bytes) -> None:
    with pytest.raises(Unread, match="c’est un classeur") as refused:
        read_file(content)
    assert "dla import" in refused.value.hint
