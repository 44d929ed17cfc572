"""Workbooks as LibreOffice opens them: every number, as it was written, on every sheet."""

import csv
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from dla_docs.formats.sheets.writing import FRENCH
from tests.clients.outils import run

pytestmark = pytest.mark.clients

EVERY_SHEET = "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,false,false,false,false,-1"
"""Commas, quotes, UTF-8, values rather than what is shown, and each sheet in a file of its own."""


@pytest.fixture(scope="module")
def sheets(
    fichiers: Callable[[str], dict[str, Path]], tmp_path_factory: pytest.TempPathFactory
) -> Path:
    """A folder with each sheet of each workbook, in one launch: a launch takes seconds."""
    folder = tmp_path_factory.mktemp("classeurs")
    office = ["soffice", "--headless", "--norestore"]
    office.append(f"-env:UserInstallation={(folder / 'profil').as_uri()}")
    given = fichiers("xlsx").values()
    run(*office, "--convert-to", EVERY_SHEET, "--outdir", folder / "csv", *given, timeout=400)
    return folder / "csv"


def numbers(sheet: Any) -> Iterator[str]:
    """The numbers of a sheet; LibreOffice keeps the sign of a percentage, and its French comma."""
    for cell in (cell for row in sheet for cell in row if isinstance(cell.value, int | float)):
        share = "%" in cell.number_format
        word = f"{cell.value * 100:.10g}%" if share else f"{cell.value:.10g}"
        yield word.replace(".", ",") if FRENCH in cell.number_format else word


def test_libreoffice_reads_every_number_of_every_sheet(
    fichiers: Callable[[str], dict[str, Path]], sheets: Path
) -> None:
    for name, path in fichiers("xlsx").items():
        for sheet in openpyxl.load_workbook(path):
            text = (sheets / f"{name}-{sheet.title}.csv").read_text(encoding="utf-8")
            read = {word for line in csv.reader(text.splitlines()) for word in line}
            assert set(numbers(sheet)) <= read, (name, sheet.title)
