"""WeasyPrint, from the HTML that we make: a PDF, neither tagged nor archival, unlike ours."""

import logging
from collections.abc import Iterator

from benchmarks.machine import installed
from benchmarks.measure import Work, paired
from benchmarks.ours import SAME, Desk
from benchmarks.results import Line

WHAT, SECONDS = "WeasyPrint, dans un processus (par PDF)", 20.0


def measured(desk: Desk) -> Iterator[Line]:
    """Seconds a document, in one process. The HTML is already there."""
    if not installed("weasyprint"):
        yield Line(WHAT, absent="WeasyPrint n’est pas installé")
        return
    try:
        from weasyprint import HTML
    except OSError:
        yield Line(WHAT, absent="WeasyPrint est installé, sans la bibliothèque Pango qu’il demande")
        return
    # It says at each page which declarations it does not know.
    logging.getLogger("weasyprint").setLevel(logging.CRITICAL)
    logging.getLogger("fontTools").setLevel(logging.CRITICAL)
    documents = desk.ours.of(SAME)
    pages = [desk.ours.made(document, "html")[0].decode() for document in documents]
    yield Line(
        WHAT,
        paired(
            Work(desk.ours.making(documents, "pdf"), len(documents)),
            Work(lambda: [HTML(string=page).write_pdf() for page in pages], len(pages)),
            SECONDS,
        ),
    )
