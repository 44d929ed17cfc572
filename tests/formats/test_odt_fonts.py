"""The charter's fonts inside an ODT: LibreOffice shows what the PDF shows."""

import zipfile
from pathlib import Path

import pytest
from lxml import etree

STYLE = "{urn:oasis:names:tc:opendocument:xmlns:style:1.0}"
SVG = "{urn:oasis:names:tc:opendocument:xmlns:svg-compatible:1.0}"
HREF = "{http://www.w3.org/1999/xlink}href"


@pytest.fixture(scope="module")
def odt(documents_demo: Path) -> zipfile.ZipFile:
    return zipfile.ZipFile(sorted(documents_demo.rglob("convention.odt"))[0])


def test_each_face_that_the_styles_name_is_in_the_file(odt: zipfile.ZipFile) -> None:
    styles = etree.fromstring(odt.read("styles.xml"))
    named = [node.get(HREF) for node in styles.iter(f"{SVG}font-face-uri")]
    held = [name for name in odt.namelist() if name.startswith("Fonts/")]
    assert sorted(named) == sorted(held)
    assert len(held) >= 4


def test_a_family_with_faces_goes_by_its_own_name_alone(odt: zipfile.ZipFile) -> None:
    styles = etree.fromstring(odt.read("styles.xml"))
    faces = [node for node in styles.iter(f"{STYLE}font-face") if len(node)]
    families = {node.get(f"{SVG}font-family") for node in faces}
    assert families == {"'Source Sans 3'", "'EB Garamond'"}


def test_each_part_is_in_the_list_of_parts(odt: zipfile.ZipFile) -> None:
    manifest = odt.read("META-INF/manifest.xml").decode()
    outside = {"mimetype", "META-INF/manifest.xml"}
    assert [n for n in odt.namelist() if n not in outside and f'"{n}"' not in manifest] == []
