"""The last thing of an office file: after a table, nothing that could make a page of its own."""

import zipfile
from pathlib import Path

from lxml import etree

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"


def body(path: Path, part: str, name: str) -> etree._Element:
    with zipfile.ZipFile(path) as archive:
        found = etree.fromstring(archive.read(part)).find(f".//{name}")
    assert found is not None
    return found


def test_an_odt_never_ends_on_a_table(documents_demo: Path) -> None:
    """LibreOffice lays a paragraph of full height there: at the foot of a page, a blank page."""
    last = [body(f, "content.xml", f"{OFFICE}text")[-1] for f in documents_demo.rglob("*.odt")]
    styles = {node.get(f"{TEXT}style-name") for node in last}
    assert f"{TABLE}table" not in {node.tag for node in last}
    assert "Ancre" in styles


def test_a_docx_never_ends_on_a_table(documents_demo: Path) -> None:
    """Nor Word, which does the same."""
    files = sorted(documents_demo.rglob("*.docx"))
    drawn = {f"{W}p", f"{W}tbl"}
    last = [
        [node.tag for node in body(f, "word/document.xml", f"{W}body") if node.tag in drawn][-1]
        for f in files
    ]
    assert set(last) == {f"{W}p"}
