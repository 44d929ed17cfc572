"""Bare pandoc: the same words in Markdown, to DOCX, by a process a document."""

from collections.abc import Iterator
from functools import partial
from pathlib import Path

from benchmarks.commands import run
from benchmarks.content import as_markdown, content_of
from benchmarks.measure import Work, paired
from benchmarks.ours import SAME, Desk
from benchmarks.results import Line
from dla_docs.model.resources import installed_package

SECONDS = 15.0


def measured(desk: Desk) -> Iterator[Line]:
    """Seconds a document. The Markdown is already there."""
    documents = desk.ours.of(SAME)
    texts = [
        as_markdown(content_of(desk.ours.made(document, "docx")[0]), desk.folder / f"md-{rank}")
        for rank, document in enumerate(documents)
    ]
    yield Line(
        "pandoc seul, un processus par document (par DOCX)",
        paired(
            Work(desk.ours.making(documents, "docx"), len(documents)),
            Work(partial(_convert, texts), len(texts)),
            SECONDS,
        ),
    )


def _convert(texts: list[Path]) -> None:
    program = installed_package("pypandoc") / "files" / "pandoc"
    for text in texts:
        run([program, text, "-o", text.with_suffix(".docx"), "--resource-path", text.parent])
