"""The Markdown of every demonstration document, compared byte for byte with `tests/golden/`.

`pytest tests/test_golden.py --maj` writes it again; read the difference in git before keeping it.
"""

from difflib import unified_diff
from pathlib import Path

import pytest

from dla_docs.context.context import build_context
from dla_docs.tree.template import Templates, Text
from tests.scenes import demonstration, demonstration_documents, representatives

FOLDER = Path(__file__).parent / "golden"


def golden(filled: Text) -> str:
    """The filled template, then each text it sets aside under a mark with its rank and folder."""
    parts = [filled.markdown.rstrip("\n")]
    for rank, rich in enumerate(filled.riches):
        parts.append(f"<!-- texte {rank} ({rich.folder}) -->\n\n{rich.strip()}")
    logos = [f"<!-- logo {rank} : {logo.ensemble}, {logo.file} -->"
             for rank, logo in enumerate(filled.logos)]  # fmt: skip
    return "\n\n".join([*parts, *logos]) + "\n"


def texts() -> dict[Path, str]:
    """The text of each representative of the demonstration, by the file that keeps it."""
    examined = demonstration()
    templates = Templates(examined.corpus.workspace)
    found = {}
    for document in representatives(demonstration_documents()):
        context = build_context(
            document, examined.corpus, examined.findings, examined.rules, types=examined.types
        )
        found[FOLDER / f"{document.label}.md"] = golden(templates.fill(context))
    return found


def test_the_text_of_a_document_is_the_one_kept(request: pytest.FixtureRequest) -> None:
    changes: list[str] = []
    for path, text in texts().items():
        if request.config.getoption("--maj"):
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8", newline="\n")
        kept = path.read_text(encoding="utf-8") if path.is_file() else ""
        changes += unified_diff(kept.splitlines(True), text.splitlines(True), path.name, "")
    assert changes == [], "à relire, puis : make golden"


def test_no_text_is_kept_but_those_that_are_compared() -> None:
    compared = {f"{d.label}.md" for d in representatives(demonstration_documents())}
    assert {path.relative_to(FOLDER).as_posix() for path in FOLDER.rglob("*.md")} == compared
