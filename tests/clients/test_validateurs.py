"""What independent checkers say: PDF/UA for the PDF, the schemas for DOCX, ODT, PPTX and XLSX."""

import re
import tempfile
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from lxml import etree
from openxml_audit import OdfValidator, OpenXmlValidator, ValidationSeverity
from outloud import check

from tests.clients.outils import convert

pytestmark = pytest.mark.clients

Files = Callable[[str], dict[str, Path]]

PLANCHE = "territoire--planche"
FALSE_ALARMS = {"TBL-014"}
"""Ruled tables that outloud believes untagged; their tags are there (`test_lecteurs.py`)."""


def pdf_faults(path: Path) -> list[str]:
    """Errors and warnings, and the rules that could not be run."""
    result = check(str(path))
    broken = [f"{run.rule} : {run.reason}" for run in result.runs if run.status == "crashed"]
    serious = [f for f in result.findings if f.severity in {"error", "warning"}]
    said = [f"{f.rule} p. {f.page} : {f.message}" for f in serious if f.rule not in FALSE_ALARMS]
    return [*([result.error] if result.error else []), *broken, *said]


LOEXT = "urn:org:documentfoundation:names:experimental:office:xmlns:loext:1.0"


def without_foreign(path: Path, folder: Path) -> Path:
    """An ODT as its schema is asked to judge it: without what OpenDocument does not name.

    A document is an extended one (ODF 1.3, part 3, 2.2.3) where it follows the schema once what
    has other names is taken away, the text held kept: fields of a form, styles hidden from lists.
    """
    plain = folder / path.name
    with zipfile.ZipFile(path) as source, zipfile.ZipFile(plain, "w") as target:
        for entry in source.infolist():
            content = source.read(entry)
            if entry.filename in {"content.xml", "styles.xml"}:
                root = etree.fromstring(content)
                etree.strip_elements(root, f"{{{LOEXT}}}list-item", with_tail=False)
                etree.strip_tags(root, f"{{{LOEXT}}}content-control")
                etree.strip_attributes(root, f"{{{LOEXT}}}hidden")
                content = etree.tostring(root, xml_declaration=True, encoding="UTF-8")
            target.writestr(entry, content)
    return plain


def schema_faults(path: Path) -> list[str]:
    """Errors alone. Without `relaxng_validation` the schema of an ODT is not looked at."""
    odf = path.suffix == ".odt"
    checker = OdfValidator(relaxng_validation=True) if odf else OpenXmlValidator()
    with tempfile.TemporaryDirectory() as folder:
        return _errors(checker, without_foreign(path, Path(folder)) if odf else path)


def _errors(checker: OdfValidator | OpenXmlValidator, path: Path) -> list[str]:
    found = checker.validate(str(path)).errors
    return [str(error) for error in found if error.severity is ValidationSeverity.ERROR]


def test_every_pdf_passes_pdf_ua(fichiers: Files) -> None:
    faults = {name: pdf_faults(path) for name, path in fichiers("pdf").items()}
    assert {name: found for name, found in faults.items() if found} == {}


@pytest.mark.parametrize("kind", ["docx", "odt", "pptx", "xlsx"])
def test_every_office_file_follows_its_schema(fichiers: Files, kind: str) -> None:
    faults = {name: schema_faults(path) for name, path in fichiers(kind).items()}
    assert {name: found for name, found in faults.items() if found} == {}


def test_the_pdf_checker_sees_a_fault(fichiers: Files, tmp_path: Path) -> None:
    """LibreOffice's ordinary PDF does not say that it is accessible."""
    (name, path), *_ = fichiers("docx").items()
    assert pdf_faults(convert([path], "pdf", tmp_path / "pdf") / f"{name}.pdf")


@pytest.mark.parametrize(
    ("kind", "part", "wrong"),
    [
        ("docx", "word/document.xml", "<w:tbl/>"),
        ("odt", "content.xml", "<text:p faux='1'/>"),
        ("pptx", "ppt/slides/slide1.xml", "<p:faux/>"),
        ("xlsx", "xl/worksheets/sheet1.xml", "<faux/>"),
    ],
)
def test_the_schema_checker_sees_a_fault(
    fichiers: Files, tmp_path: Path, kind: str, part: str, wrong: str
) -> None:
    path, spoilt = fichiers(kind)[PLANCHE], tmp_path / f"faux.{kind}"
    with zipfile.ZipFile(path) as source, zipfile.ZipFile(spoilt, "w") as target:
        for name in source.namelist():
            content = source.read(name)
            if name == part:
                content, count = re.subn(rb"(<w:body>|<office:text[^>]*>|</p:spTree>|<sheetData>)",
                                         lambda at: at[0] + wrong.encode(), content)  # fmt: skip
                assert count == 1
            target.writestr(name, content)
    assert schema_faults(spoilt)
