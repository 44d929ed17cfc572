"""The charter's fonts inside a DOCX: Word and LibreOffice show what the PDF shows."""

import zipfile
from pathlib import Path

import pytest
from lxml import etree

from dla_docs.engines.subsets import subset
from dla_docs.formats.docx.fonts import faces

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


@pytest.fixture(scope="module")
def docx(documents_demo: Path) -> zipfile.ZipFile:
    return zipfile.ZipFile(sorted(documents_demo.rglob("convention.docx"))[0])


def test_a_veiled_face_is_unveiled_by_its_key() -> None:
    face = faces("Source Sans 3", "Source Sans 3")[0]
    key = bytes.fromhex(face.key.strip("{}").replace("-", ""))[::-1] * 2
    head = bytes(a ^ b for a, b in zip(face.content[:32], key, strict=True))
    assert head + face.content[32:] == subset("Source Sans 3", "regular")


def test_titles_in_another_family_bring_its_two_upright_faces() -> None:
    embedded = faces("Source Sans 3", "EB Garamond")
    slots = [face.slot for face in embedded if face.family == "EB Garamond"]
    assert slots == ["embedRegular", "embedBold"]
    assert len(embedded) == 6


def test_each_face_of_the_table_of_fonts_is_in_the_file(docx: zipfile.ZipFile) -> None:
    table = etree.fromstring(docx.read("word/fontTable.xml"))
    named = [node for node in table.iter() if etree.QName(node).localname.startswith("embed")]
    held = [name for name in docx.namelist() if name.endswith(".odttf")]
    assert len(named) == len(held) >= 4
    assert len({node.get(f"{W}fontKey") for node in named}) == len(held)


def test_the_fonts_of_the_machine_are_not_added_at_saving(docx: zipfile.ZipFile) -> None:
    settings = etree.fromstring(docx.read("word/settings.xml"))
    assert settings.find(f"{W}embedTrueTypeFonts") is not None
    assert settings.find(f"{W}saveSubsetFonts") is not None
    assert settings.find(f"{W}embedSystemFonts") is None
