"""Workbooks as LibreOffice opens them: every number, as it was written, on every sheet."""

import csv
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest

from tests.clients.outils import run

pytestmark = pytest.mark.clients

EVERY_SHEET = "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,false,false,false,false,-1"
"""Commas, quotes, UTF-8, values rather than what is shown, and each sheet in a file of its own."""


def test_libreoffice_reads_every_sheet(
    fichiers: Callable[[str], dict[str, Path]], tmp_path: Path
) -> None:
    profile = (tmp_path / "profil").as_uri()
    office = ["soffice", "--headless", "--norestore", f"-env:UserInstallation={profile}"]
    for name, path in fichiers("xlsx").items():
        folder = tmp_path / name
        run(*office, "--convert-to", EVERY_SHEET, "--outdir", folder, path)
        for sheet in openpyxl.load_workbook(path):
            lines = (folder / f"{name}-{sheet.title}.csv").read_text(encoding="utf-8").splitlines()
            read = {word for line in csv.reader(lines) for word in line}
            numbers = [c.value for row in sheet for c in row if isinstance(c.value, int | float)]
            assert {f"{number:g}" for number in numbers} <= read, (name, sheet.title)
