"""Bare Typst: the very source that we give it, in one process.

What is left of the ratio is what we do before: the context, the template, pandoc, our passes over
the tree; and the notches, where a page is laid out again for its last page not to be nearly empty.
"""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import typst

from benchmarks.measure import Work, paired
from benchmarks.ours import SAME, Desk
from benchmarks.results import Line
from dla_docs.documents.documents import Document
from dla_docs.engines.fonts import family_folder
from dla_docs.engines.page_ends import AS_SET
from dla_docs.engines.typst import AGED, NOTCH, STANDARDS

SECONDS = 15.0


def measured(desk: Desk) -> Iterator[Line]:
    """Seconds a document. Fonts are loaded once, as ours are."""
    documents = desk.ours.of(SAME)
    sources = [_laid(desk, document, rank) for rank, document in enumerate(documents)]
    families = {family for _, named in sources for family in named}
    folders = [folder for family in sorted(families) if (folder := family_folder(family))]
    fonts = typst.Fonts(include_system_fonts=False, font_paths=folders)
    stamp = datetime(2026, 1, 1, tzinfo=UTC)
    empty = desk.folder / "vide.typ"
    empty.touch()

    def compose() -> None:
        for main, _ in sources:
            made = typst.Compiler(str(main), font_paths=fonts)
            made.compile(format="pdf", pdf_standards=STANDARDS, timestamp=stamp)
            # As ours does: what was composed in the former run would be found again in memory.
            for _ in range(AGED):
                typst.Compiler(str(empty), font_paths=fonts).compile(format="svg")

    yield Line(
        "Typst seul, dans un processus, sur la source que dla lui donne (par PDF)",
        paired(
            Work(desk.ours.making(documents, "pdf"), len(documents)),
            Work(compose, len(sources)),
            SECONDS,
        ),
    )


def _laid(desk: Desk, document: Document, rank: int) -> tuple[Path, tuple[str, ...]]:
    source, files, fonts = desk.ours.pages(document)
    folder = desk.folder / f"typst-{rank}"
    folder.mkdir()
    files |= {NOTCH: AS_SET.source.encode()}
    for name, content in files.items():
        (folder / name).write_bytes(content)
    (folder / "main.typ").write_text(source, encoding="utf-8")
    return folder / "main.typ", fonts
