"""The Markdown of every demonstration document, compared byte for byte with `tests/golden/`.

`pytest tests/test_golden.py --maj` writes it again; read the difference in git before keeping it.
"""

from pathlib import Path

import pytest

from dla_docs.context.context import build_context
from dla_docs.documents.documents import Document
from dla_docs.flow import Examined, choose
from dla_docs.select import Request, State
from dla_docs.tree.template import Templates, Text

FOLDER = Path(__file__).parent / "golden"


def golden(filled: Text) -> str:
    """The filled template, then each text it sets aside under a mark with its rank and folder."""
    parts = [filled.markdown.rstrip("\n")]
    for rank, rich in enumerate(filled.riches):
        parts.append(f"<!-- texte {rank} ({rich.folder}) -->\n\n{rich.strip()}")
    logos = [f"<!-- logo {rank} : {logo.ensemble}, {logo.file} -->"
             for rank, logo in enumerate(filled.logos)]  # fmt: skip
    return "\n\n".join([*parts, *logos]) + "\n"


def test_the_text_of_a_document_is_the_one_kept(
    document_quelconque: Document, examen: Examined, request: pytest.FixtureRequest
) -> None:
    context = build_context(document_quelconque, examen.corpus, examen.findings, examen.rules)
    found = golden(Templates(examen.corpus.workspace).fill(context))
    path = FOLDER / f"{document_quelconque.label}.md"
    if request.config.getoption("--maj"):
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(found, encoding="utf-8", newline="\n")
    assert path.is_file(), "à écrire avec : pytest tests/test_golden.py --maj"
    assert path.read_text(encoding="utf-8") == found


def test_no_text_is_kept_for_a_document_that_is_gone(examen: Examined) -> None:
    ready = [c for c in choose(Request(), examen) if c.state is State.READY]
    expected = {f"{choice.document.label}.md" for choice in ready}
    kept = {path.relative_to(FOLDER).as_posix() for path in FOLDER.rglob("*.md")}
    assert set() == kept - expected


def test_every_type_has_a_text(examen: Examined) -> None:
    names = {path.stem for path in FOLDER.rglob("*.md")}
    missing = [t for t in examen.types if not any(n == t or n.startswith(f"{t}-") for n in names)]
    assert missing == []
