"""docxtpl, which fills a Word template with Jinja: the same words, headings and tables.

Its templates are made here by python-docx, one a document: a person who draws them by hand has
fixed titles and values where the data go, and so have they. Nothing is checked, read from YAML, or
made accessible on that side.
"""

import sys
from collections.abc import Callable, Iterator
from io import BytesIO
from pathlib import Path

from benchmarks.content import as_template, content_of
from benchmarks.machine import installed
from benchmarks.measure import Work, paired
from benchmarks.ours import SAME, Desk
from benchmarks.results import Line

TIMES, SECONDS = 3, 15.0
"""Times that each document is made in a run: pandoc, which starts at each run of ours, and whose
start is counted, then weighs two milliseconds a document."""


def measured(desk: Desk) -> Iterator[Line]:
    """Seconds a document, in one process."""
    if not installed("docxtpl"):
        yield Line("docxtpl", absent="docxtpl n’est pas installé")
        return
    documents = desk.ours.of(SAME)
    filled = filling(desk)
    count = TIMES * len(documents)
    yield Line(
        "docxtpl, dans un processus (par DOCX)",
        paired(
            Work(desk.ours.making(documents, "docx", times=TIMES), count),
            Work(lambda: [fill() for _ in range(TIMES) for fill in filled], count),
            SECONDS,
        ),
    )


def filling(desk: Desk) -> list[Callable[[], bytes]]:
    """What fills the template of each document. Stops when it does not say the same words."""
    result = []
    for rank, document in enumerate(desk.ours.of(SAME)):
        content = content_of(desk.ours.made(document, "docx")[0])
        path = desk.folder / f"modele-{rank}.docx"
        fill = _filling(path, as_template(content, path))
        if content_of(fill()).words() != content.words():
            sys.exit(f"docxtpl n’écrit pas les mêmes mots que dla : {document.label}")
        result.append(fill)
    desk.ours.on.engines.pandoc.close()
    return result


def _filling(path: Path, values: dict[str, list[object]]) -> Callable[[], bytes]:
    from docxtpl import DocxTemplate

    def fill() -> bytes:
        # Read again each time: docxtpl fills a template once.
        template, target = DocxTemplate(path), BytesIO()
        template.render(values, autoescape=True)
        template.save(target)
        return target.getvalue()

    return fill
