"""The words of a DOCX or of an ODT: those one reads, in order; what is hostile is refused."""

from io import BytesIO
from zipfile import ZipFile

import pytest

from dla_docs.engines.archives import ArchiveFault
from dla_docs.engines.office_text import lines_of

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
T = 'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"'
DOCX = (
    f"<w:document {W}><w:p><w:r><w:t>Notre </w:t></w:r><w:del><w:r><w:delText>vieille</w:delText>"
    "</w:r></w:del><w:r><w:t>méthode</w:t></w:r></w:p>\n<w:p><w:r><w:t>Trois</w:t><w:tab/>"
    "<w:t>jours</w:t></w:r></w:p></w:document>"
)
ODT = (
    f"<text:text {T}><text:tracked-changes><text:p>Ôté</text:p></text:tracked-changes>"
    "<text:h>Budget</text:h><text:p>Cinq <text:span>jours</text:span> en tout</text:p></text:text>"
)


def packed(name: str, part: str) -> bytes:
    file = BytesIO()
    with ZipFile(file, "w") as archive:
        archive.writestr(name, part)
    return file.getvalue()


def test_a_docx_is_read_by_paragraphs_without_what_was_deleted() -> None:
    assert lines_of(packed("word/document.xml", DOCX), ".docx") == ("Notre méthode", "Trois jours")


def test_an_odt_is_read_by_paragraphs_without_what_was_deleted() -> None:
    assert lines_of(packed("content.xml", ODT), ".odt") == ("Budget", "Cinq jours en tout")


@pytest.mark.parametrize(
    "content",
    [
        b"PK\x03\x04 coupe",
        packed("content.xml", "<a"),
        packed("autre.xml", ODT),
        packed("content.xml", '<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>'),
        packed("content.xml", "<a>" * 5000 + "</a>" * 5000),
    ],
    ids=["coupée", "sans fin", "sans texte", "entités", "emboîtée"],
)
def test_what_is_damaged_or_hostile_is_refused(content: bytes) -> None:
    with pytest.raises(ArchiveFault, match="l’archive"):
        lines_of(content, ".odt")
