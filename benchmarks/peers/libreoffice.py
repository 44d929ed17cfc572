"""docxtpl, then LibreOffice: how a PDF is made from a Word template without Word."""

import shutil
from collections.abc import Iterator
from functools import partial
from pathlib import Path

from benchmarks.commands import run
from benchmarks.machine import installed
from benchmarks.measure import Work, paired
from benchmarks.ours import SAME, Desk
from benchmarks.peers.docxtpl import filling
from benchmarks.results import Line

SECONDS = 20.0
WAYS = {
    "docxtpl + LibreOffice, une commande par document (par PDF)": False,
    "docxtpl + LibreOffice, une commande pour tous (par PDF)": True,
}


def measured(desk: Desk) -> Iterator[Line]:
    """Seconds a document: LibreOffice started for each one, then once for all."""
    program = shutil.which("soffice") or shutil.which("libreoffice")
    if not (program and installed("docxtpl")):
        missing = "LibreOffice" if not program else "docxtpl"
        yield from (Line(way, absent=f"{missing} n’est pas installé") for way in WAYS)
        return
    documents = desk.ours.of(SAME)
    fills = filling(desk)
    profile = (desk.folder / "profil").as_uri()
    convert = [program, f"-env:UserInstallation={profile}", "--headless", "--convert-to", "pdf"]
    folder = desk.folder / "bureau"
    folder.mkdir()

    def make(together: bool) -> None:
        paths = [folder / f"{rank}.docx" for rank in range(len(fills))]
        for path, fill in zip(paths, fills, strict=True):
            path.write_bytes(fill())
        for batch in [paths] if together else [[path] for path in paths]:
            run([*convert, "--outdir", folder, *batch])
        _expect(folder, len(paths))

    ours = Work(desk.ours.making(documents, "pdf"), len(documents))
    for way, together in WAYS.items():
        yield Line(way, paired(ours, Work(partial(make, together), len(documents)), SECONDS))


def _expect(folder: Path, count: int) -> None:
    """LibreOffice says that all went well where it converted nothing."""
    made = list(folder.glob("*.pdf"))
    assert len(made) == count, f"LibreOffice a fait {len(made)} PDF sur {count}"
    for path in made:
        path.unlink()
